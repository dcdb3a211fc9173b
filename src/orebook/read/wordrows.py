"""Rows that print words where others print figures: `Mining method     Underground     Open pit`.

They head nothing, neither the columns nor the rows below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from orebook.model.slotted import replaced
from orebook.read.header import Chunk, chunks_of
from orebook.read.lines import FIGURES, TEXT, WORDS, Line, is_date
from orebook.read.tokens import Piece

_COUNTED = r"(?i)(?:about |over |under )?\d+(?:\.\d+)?\+? (?:years?|days|hours|miles|km|feet|people)$"
# What columns are headed by, beside periods: units and measures, kinds of figures, parts of a company.
_HEADS = (
    r"(?i)[%$€£#]|\b(?:ounces?|oz|tons?|tonnes?|pounds|lbs?|grams?|prices?|grades?|amounts?|quantit\w+|costs?|averages?|totals?|changes?|variances?"
    r"|shares?|per|percent\w*|high|low|actual|budget\w*|plan|guidance|restated|reported|adjust\w+|forma|quarters?|months|weeks|ended|ytd|date"
    r"|years?|fiscal|mines?|operations|consolidated|company|corporate|eliminat\w+|level|assets|liabilities|value|gross|net|tax|before|after"
    r"|recover\w+|gold|silver|lead|zinc|copper|current|prior|increase|decrease|notes?|unaudited|audited)\b"
)
_FEWEST = 2  # columns
_SLACK = 4  # characters
_MOST = 3  # rows under each other


def are_values(words: Iterable[str]) -> bool:
    """Whether words in columns say something of what the columns are about, and head none."""
    return not any(not re.match(_COUNTED, word) and (is_date(word) or re.search(_HEADS, word)) for word in words)


def mark(lines: list[Line], gapped: Iterable[int]) -> None:
    """Give rows of words between two rows of figures, which touch them, a kind of their own.

    `gapped` are the places of the lines whose words two blanks or more part.
    """
    done = 0
    for first in gapped:
        if first <= done or lines[first - 1].kind != FIGURES or lines[first].kind != TEXT:
            continue
        done = first
        while done < len(lines) and lines[done].kind == TEXT:
            done += 1
        if done < len(lines) and lines[done].kind == FIGURES and done - first <= _MOST:
            above, below = lines[first - 1], lines[done]
            if all(_is_of_words(line, above, below) for line in lines[first:done]):
                lines[first:done] = [replaced(line, kind=WORDS) for line in lines[first:done]]


def _is_of_words(line: Line, above: Line, below: Line) -> bool:
    """Whether a line begins where labels do, and prints words in each column of the rows about it."""
    if "  " not in line.label or line.label[-1] == ":" or line.indent > max(above.indent, below.indent) + _SLACK:
        return False
    label, *words = chunks_of(line.text)
    if len(words) < _FEWEST or label[0][-1] == ":":
        return False
    fits = any(_stand_under(words, row.pieces) for row in (above, below))
    return fits and are_values(text for text, _, _ in words)


def _stand_under(words: list[Chunk], pieces: list[Piece]) -> bool:
    """Whether each of some words stands in the place of a figure."""
    return len(words) == len(pieces) and all(
        start <= piece.edge + _SLACK and end >= piece.left - _SLACK
        for (_, start, end), piece in zip(words, pieces, strict=True)
    )
