"""Plain words in a text, found without a pattern: what a pattern cannot do without is looked for first, many times
quicker than the pattern itself would be."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _table(kept: str) -> bytes:
    """For each character its small letter, itself where it is kept, else a blank."""
    same = {char: char for char in f"{_LETTERS}0123456789{kept}"} | {char.upper(): char for char in _LETTERS}
    return "".join(same.get(chr(code), " ") for code in range(256)).encode("latin-1")


_PRINTED, _PARTS = _table("'&-"), _table("")


def printed(text: str) -> list[str]:
    """The words of a text in small letters as they stand, with the hyphens, apostrophes and ampersands in them; one character
    parts each from the next, so that nothing ("") stands between two that are part of no word."""
    return text.replace("’", "'").encode("latin-1", "replace").translate(_PRINTED).decode("latin-1").split(" ")


def parts(text: str) -> frozenset[str]:
    """The words of a text in small letters, hyphenated ones in their parts."""
    return frozenset(text.encode("latin-1", "replace").translate(_PARTS).decode("latin-1").split())


def parted(text: str) -> list[str]:
    """The same with hyphenated words in their parts, and nothing but letters and digits in them."""
    return text.encode("latin-1", "replace").translate(_PARTS).decode("latin-1").split(" ")


def holds(text: str, strings: Iterable[str]) -> bool:
    """True where a text holds one of some strings."""
    return any(map(text.__contains__, strings))


def places(text: str, strings: Iterable[str]) -> list[tuple[int, int]]:
    """Where some strings stand in a text, from left to right: start and end."""
    made: list[tuple[int, int]] = []
    for part in strings:
        at = text.find(part)
        while at >= 0:
            end = at + len(part)
            made.append((at, end))
            at = text.find(part, end)
    made.sort()
    return made


def closes(text: str, at: int) -> bool:
    """True where no word goes on at a place of a text."""
    return not (text[at : at + 1].isalnum() or text[at : at + 1] == "_")


def begins(text: str, at: int) -> bool:
    """True where no word goes on from before a place of a text."""
    return not at or closes(text, at - 1)


def words_or(wordings: Iterable[str], *others: str) -> re.Pattern[str]:
    """A pattern for whole words in small letters, or for other wordings that open with a plain character.

    Every alternative opens with a plain character, so that all places where none can begin are passed over at once,
    which a pattern that opens with `\\b` does not.
    """
    by_first: dict[str, list[str]] = {}
    for wording in wordings:
        by_first.setdefault(wording[0], []).append(wording[1:])
    words = (rf"{first}(?<!\w{first})(?:{'|'.join(rest)})\b" for first, rest in by_first.items())
    return re.compile("|".join((*others, *words)))
