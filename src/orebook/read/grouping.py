"""Figures that are not printed the English way: thousands parted by blanks (`12 345 678`) or points (`1.234`), and
commas before decimals (`1 234,5`), as South African, Canadian, Latin American and European reports print them.

Source of the forms: ISO 80000-1, 7.3.1 (groups of three digits parted by a small space) and 7.3.2 (the decimal sign is a
comma or a point on the line).
"""

from __future__ import annotations

import re

_FEWEST = 2  # lines that end in such a figure
_LAST = 3  # digits of the last group
_PARTING = (" ", ",")
_RARELY = 5  # figures that show the one form for each that may be of the other
# One look that spares most documents the rest.
_SOME_COMMA = re.compile(r",\d\d?[)%]?\n")
_SMALL_BLANKS = ("\xa0", "\u2009", "\u202f")
# Patterns that few documents need are compiled where they are used.
_COLUMN = r"(?:(?<=\s\s)|(?<=[($£€+-])|(?<=[R$£€] )|^)"
_AT_END = r"(?:(?<=\s\s)|(?<=[($£€-])|(?<=[R$£€] ))\d{1,3}(?: \d{3})+$"
_GROUPED = r"(?:(?<=\s\s)|(?<=[($£€-])|(?<=[R$£€] )|^)\d{1,3}(?: \d{3})+(?=\.\d|\s?[)%]|\s\s|\s*$)"
_COMMA_AT_END = r"(?:(?<=\s\s)|(?<=[($£€+-])|(?<=[R$£€] ))(?:\d{1,3}(?P<parted>[. ]\d{3})*|\d+),\d{1,2}\)?%?$"
_OTHER_AT_END = (
    r"(?:\s\s|[($£€])(?:\d[\d,]*\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3}){2,}|(?P<either>[1-9]\d{0,2},\d{3}))\)?%?$"
)
_WITH_COMMA = (
    rf"{_COLUMN}(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?: \d{{3}})+|\d+)?(?:,\d+)?(?=\s?[)%]|[xXc¢](?=\s|$)|\s\s|\s*$)"
)
_TURNED = str.maketrans(". ,", ",,.")


def groups_by_blanks(lines: tuple[str, ...]) -> bool:
    """Whether a document parts thousands by blanks: the first line that ends in a group of three digits does so, and
    more lines do than end in groups parted by commas."""
    first = next((line for line in lines if line[-4:-3] in _PARTING and line[-_LAST:].isdecimal()), "")
    if first[-4:-3] != " ":
        return False
    found = sum(re.search(_AT_END, line) is not None for line in lines if line[-4:-3] == " ")
    return found >= _FEWEST and found > sum(line[-4:-3] == "," for line in lines)


def closed_up(line: str) -> str:
    """A line with commas for the blanks within its figures: every character keeps its place."""
    return re.sub(_GROUPED, _with_commas, line) if " " in line else line


def _with_commas(match: re.Match[str]) -> str:
    return match.group().replace(" ", ",")


def in_english(lines: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The lines (`text` is all of them, a line end between) with the figures of a document that prints decimal commas
    printed the English way; the lines themselves where it prints none. Every character keeps its place."""
    if _SOME_COMMA.search(text) and has_decimal_commas(lines):
        return tuple([_with_points(line) for line in lines])
    return lines


def with_plain_blanks(lines: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The lines (`text` is all of them) with plain blanks for the small or hard ones that part groups of digits."""
    if not any(map(text.__contains__, _SMALL_BLANKS)):
        return lines
    return tuple([re.sub(r"(?<=\d)[\xa0\u2009\u202f](?=\d{3}(?!\d))", " ", line) for line in lines])


def has_decimal_commas(lines: tuple[str, ...]) -> bool:
    """Whether all the figures that end lines and can be of one form alone have decimal commas, two of them or more.

    `1,234` may be either: none may stand there, unless groups parted by points or blanks show what parts thousands.
    """
    found = [line for line in lines if "," in line[-3:-1]]
    matches = [match for line in found if (match := re.search(_COMMA_AT_END, line))] if len(found) >= _FEWEST else []
    if len(matches) < _FEWEST:
        return False
    others = [match for line in lines if line[-1:] in "0123456789)%" and (match := re.search(_OTHER_AT_END, line))]
    either = sum(match["either"] is not None for match in others)
    parted = sum(match["parted"] is not None for match in matches)
    return either == len(others) and (not either or (parted >= _FEWEST and either * _RARELY <= len(matches)))


def _with_points(line: str) -> str:
    return re.sub(_WITH_COMMA, _turned, line) if any(map(str.isdecimal, line)) else line


def _turned(match: re.Match[str]) -> str:
    return match.group().translate(_TURNED)
