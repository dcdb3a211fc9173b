"""Thousands parted by blanks (`12 345 678`), as South African, Canadian and European reports print them.

Source of the form: ISO 80000-1, 7.3.1 (groups of three digits parted by a small space).
"""

from __future__ import annotations

import re

_FEWEST = 2  # lines that end in such a figure
_LAST = 3  # digits of the last group
_PARTING = (" ", ",")
# Patterns that few documents need are compiled where they are used.
_AT_END = r"(?:(?<=\s\s)|(?<=[($£€-])|(?<=[R$£€] ))\d{1,3}(?: \d{3})+$"
_GROUPED = r"(?:(?<=\s\s)|(?<=[($£€-])|(?<=[R$£€] )|^)\d{1,3}(?: \d{3})+(?=\.\d|\s?[)%]|\s\s|\s*$)"


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
