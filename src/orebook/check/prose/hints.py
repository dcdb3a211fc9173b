"""Plain strings in a text, found without a pattern: what a pattern cannot do without is looked for first, many times
quicker than the pattern itself would be."""

from __future__ import annotations

from collections.abc import Iterable


def holds(text: str, parts: Iterable[str]) -> bool:
    """True where a text holds one of some strings."""
    return any(map(text.__contains__, parts))


def places(text: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Where some strings stand in a text, from left to right: start and end."""
    made: list[tuple[int, int]] = []
    for part in parts:
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
