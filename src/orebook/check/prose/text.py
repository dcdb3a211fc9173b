"""Paragraphs as running text: line ends healed, blanks folded, and every character's place remembered.

A number cut by a line end (`$44.7 / million`) is one number here; its place is where its first
character stands in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from orebook.check.prose.hints import holds
from orebook.check.prose.scan import Words
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.slotted import slotted

_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"(?:--?|[•·●▪■*o§–—])(?= |$)")
_END = re.compile(r"""[.!?]["'”’)\]]*\s(?=["'“‘(\[]?[A-Z0-9$])""")
_ITEM = re.compile(r"\s(?=[•●▪■§]\s)")
_MARKS = "•●▪■§"
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Mr|Mrs|Ms|Dr|No|NO|Nos|St|vs|v|approx|oz|lb|lbs|avg|est|eq|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec|Cos|Bros|Assoc|a\.m|p\.m|i\.e|e\.g|etc|al)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_CAPTION = re.compile(r"[^a-z]*[A-Z]{3}[^a-z]*$")


@slotted
class Running:
    """Running text with the places of its lines: what stands from `starts[i]` on in `text` is line `numbers[i]` of
    the file, which reads `lines[i]`."""

    text: str
    starts: list[int]
    numbers: list[int]
    lines: list[str]
    breaks: list[int]

    def reach(self, start: int, end: int) -> tuple[int, int, int]:
        """Line and column of what stands from one offset to another, and the column behind its last character there: the end
        of the line where it goes on in the next."""
        at = bisect_right(self.starts, start) - 1
        line, number = self.lines[at], self.numbers[at]
        if at + 1 < len(self.starts) and end > self.starts[at + 1]:
            return number, self.place(start)[1], len(line.rstrip())
        return number, self.place(start)[1], self.place(end - 1)[1] + 1

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`; of a blank, the column after the word before it."""
        at = bisect_right(self.starts, offset) - 1
        left = offset - self.starts[at]
        offsets, columns = _words_of(self.lines[at])
        word = bisect_right(offsets, left) - 1
        return self.numbers[at], columns[word] + left - offsets[word]

    def line(self, offset: int) -> int:
        """The line of the character at `offset`."""
        return self.numbers[bisect_right(self.starts, offset) - 1]


class Sentence(NamedTuple):
    """A sentence: offsets `start` to `end` in its paragraph's running text, and its words."""

    start: int
    end: int
    words: Words

    @property
    def text(self) -> str:
        return self.words.text


def running(lines: Sequence[str], first: int, last: int) -> Running:
    """The lines `first` to `last` (from 1) as one running text.

    A word cut at a line end by its own hyphen is joined again. A line that opens with a bullet, and
    what follows a caption in capitals, starts a sentence of its own: `breaks` are those offsets.
    """
    starts: list[int] = []
    numbers: list[int] = []
    given: list[str] = []
    breaks: list[int] = []
    parts: list[str] = []
    size = 0
    cut = False
    caption = False
    for number in range(first, last + 1):
        line = lines[number - 1]
        part = line.strip()
        if not part:
            continue
        if not _is_folded(part):
            part = " ".join(line.split())
        if size and not (cut and part[0].islower()):
            parts.append(" ")
            size += 1
        if caption or _BULLET.match(part):
            breaks.append(size)
        starts.append(size)
        numbers.append(number)
        given.append(line)
        parts.append(part)
        size += len(part)
        cut = part[-1] == "-" and len(part) > 2 and part[-2] not in "- " and part[-3] != " "
        caption = number == first and _is_caption(line.strip())
    return Running("".join(parts), starts, numbers, given, breaks)


@lru_cache(maxsize=64)
def _words_of(line: str) -> tuple[list[int], list[int]]:
    """Where the words of a line begin, first where the line is folded, then in the line itself; one word where nothing but
    single blanks part them."""
    if _is_folded(line.strip()):
        return [0], [len(line) - len(line.lstrip())]
    columns = [word.start() for word in _WORD.finditer(line)]
    lengths = (len(word) + 1 for word in line.split())
    return [*accumulate(lengths, initial=0)][:-1], columns


def _is_folded(line: str) -> bool:
    """Whether single blanks part the words of a line, and nothing else does."""
    return "  " not in line and line.isprintable()


def _is_caption(line: str) -> bool:
    return len(line) < 72 and bool(_CAPTION.match(line))


def sentences(running_text: Running) -> list[Sentence]:
    """The sentences of a running text, in order."""
    text = running_text.text
    ends = set(running_text.breaks)
    ends.update(match.end() for match in _END.finditer(text) if not abbreviated(text, match.start() + 1))
    if holds(text, _MARKS):
        ends.update(match.end() for match in _ITEM.finditer(text) if not abbreviated(text, match.start()))
    marks = [0, *sorted(end for end in ends if 0 < end < len(text)), len(text)]
    return [Sentence(start, end, Words(text[start:end])) for start, end in pairwise(marks) if end > start]


def abbreviated(text: str, end: int) -> bool:
    """Whether a text ends in an abbreviation there."""
    return _ABBREVIATION.search(text, max(0, end - 12), end) is not None


_PARTED = re.compile(r"\d[ \xa0\u2009\u202f]\d{3}(?!\d)")
_FOREIGN = re.compile(
    r"(?<![A-QS-Za-z0-9_.,])\d{1,3}(?:[ .\xa0\u2009\u202f]\d{3})+(?!\d)(?:,\d{1,2}(?!\d))?|(?<![A-QS-Za-z0-9_.,])\d+,\d{1,2}(?!\d)"
)
_GROUPED = re.compile(r"(?<![A-QS-Za-z0-9_.,])\d{1,3}(?:[ \xa0\u2009\u202f]\d{3})+(?!\d)")
_TURNED = str.maketrans(" .\xa0\u2009\u202f,", ",,,,,.")
COMMAS = "value.decimal-commas"


def foreign(facts: Sequence[Fact]) -> re.Pattern[str] | None:
    """What numbers of a document have to be turned into English ones, as its tables print them: those with commas before
    decimals, or with blanks between thousands alone; None where it prints neither."""
    if any(COMMAS in fact.trace for fact in facts):
        return _FOREIGN
    return _GROUPED if _PARTED.search("\n".join([fact.text for fact in facts])) else None


def english(text: str, numbers: re.Pattern[str]) -> str:
    """A text with some numbers as English prints them; every character keeps its place."""
    return numbers.sub(lambda match: match.group().translate(_TURNED), text)
