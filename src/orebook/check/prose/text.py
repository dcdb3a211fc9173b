"""Paragraphs as running text: line ends healed, blanks folded, and every character's place remembered.

A number cut by a line end (`$44.7 / million`) is one number here; its place is where its first
character stands in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"(?:--?|[•·●▪■*o§–—])$")
_END = re.compile(r"""(?<=[.!?])["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9$])|(?<=\S)\s+(?=[•●▪■§]\s)""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Mr|Mrs|Ms|Dr|No|Nos|St|vs|v|approx|oz|lb|lbs|avg|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec|Cos|Bros|Assoc|a\.m|p\.m|i\.e|e\.g|etc|al)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_CAPTION = re.compile(r"[^a-z]*[A-Z]{3}[^a-z]*$")


class Running(NamedTuple):
    """Running text with the places of its words: `starts[i]` is the offset in `text` of the word that
    stands at `places[i]` (line, column)."""

    text: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`."""
        at = bisect_right(self.starts, offset) - 1
        line, column = self.places[at]
        return line, column + offset - self.starts[at]


class Sentence(NamedTuple):
    """A sentence: offsets `start` to `end` in its paragraph's running text, and its words."""

    start: int
    end: int
    text: str


def running(lines: Sequence[str], first: int, last: int) -> Running:
    """The lines `first` to `last` (from 1) as one running text.

    A word cut at a line end by its own hyphen is joined again. A line that opens with a bullet, and
    what follows a caption in capitals, starts a sentence of its own: `breaks` are those offsets.
    """
    parts: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    breaks: list[int] = []
    size = 0
    cut = False
    caption = False
    for number in range(first, last + 1):
        line = lines[number - 1]
        words = [(m.start(), m.group()) for m in _WORD.finditer(line)]
        if not words:
            continue
        fresh = caption or bool(_BULLET.match(words[0][1]))
        for index, (column, word) in enumerate(words):
            if size and not (index == 0 and cut and word[0].islower()):
                parts.append(" ")
                size += 1
            if index == 0 and fresh:
                breaks.append(size)
            starts.append(size)
            places.append((number, column))
            parts.append(word)
            size += len(word)
        tail = words[-1][1]
        cut = tail.endswith("-") and not tail.endswith("--") and len(tail) > 2
        caption = number == first and len(line.strip()) < 72 and bool(_CAPTION.match(line.strip()))
    return Running("".join(parts), tuple(starts), tuple(places), tuple(breaks))


def sentences(running_text: Running) -> tuple[Sentence, ...]:
    """The sentences of a running text, in order."""
    text = running_text.text
    ends = set(running_text.breaks)
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text, max(0, match.start() - 12), match.start()):
            ends.add(match.end())
    marks = [0, *sorted(end for end in ends if 0 < end < len(text)), len(text)]
    return tuple(Sentence(start, end, text[start:end]) for start, end in pairwise(marks) if end > start)
