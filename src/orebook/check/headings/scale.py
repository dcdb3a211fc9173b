"""HD01 headings.scales-contradict: two tables print the same figures in different scales.

What it ties: the scale in the caption of a table to the scale of other tables that print the same figures.

Why: the figures of a table foot in any scale; only other tables show that its caption says millions where
thousands are meant.

A table without a caption says nothing: only thousands against millions contradict each other.

Ties: sales of 49,228 in thousands in the highlights and 49,228 in thousands in the statement of operations.

Breaks: the same figures, in thousands in one table and in millions in the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from orebook.check.context import Context
from orebook.check.headings.alike import digits, digits_alike, pairs
from orebook.model.fact import Fact, Table
from orebook.model.tie import Finding

CODE = "HD01"
NAME = "headings.scales-contradict"
ENOUGH_DIGITS = 8
_SCALE = re.compile(r"thousand|million|000", re.IGNORECASE)
WORDS = {1: "units", 1000: "thousands", 1_000_000: "millions"}


def run(context: Context) -> Iterator[Finding]:
    """One finding for each table whose scale the other tables contradict."""
    if len({fact.scale for fact in context.book.facts if fact.scale > 1}) < 2:
        return
    apart: dict[tuple[int, int], list[tuple[Fact, Fact]]] = defaultdict(list)
    agreeing: dict[int, set[int]] = defaultdict(set)
    for facts in digits_alike(context):
        for one, other in pairs(facts):
            if one.scale == other.scale > 1:
                agreeing[one.table.number].add(other.table.number)
                agreeing[other.table.number].add(one.table.number)
            elif one.scale != other.scale and min(one.scale, other.scale) > 1:
                apart[one.table.number, other.table.number].append((one, other))
    found = [matches for matches in apart.values() if is_enough(matches)]
    captioned = {table.number for table in context.book.tables if _captioned(table)}
    against = Counter(fact.table.number for matches in found for fact in matches[0])
    told: set[int] = set()
    for matches in found:
        finding = _finding(matches, agreeing, against, captioned)
        if finding.spot.line not in told:
            told.add(finding.spot.line)
            yield finding


def is_enough(matches: Sequence[tuple[Fact, Fact]]) -> bool:
    """Whether so many digits in two figures or more are alike that it is no accident."""
    told = {one.value: digits(one) for one, _ in matches}
    return len(told) > 1 and sum(told.values()) >= ENOUGH_DIGITS


def _finding(
    matches: Sequence[tuple[Fact, Fact]],
    agreeing: Mapping[int, set[int]],
    against: Mapping[int, int],
    captioned: AbstractSet[int],
) -> Finding:
    """A break where both scales are printed: over the table itself, or, of the one that fewer tables contradict and more
    share, over one that prints its figures in the same scale."""
    one, other = matches[0]
    numbers = (one.table.number, other.table.number)
    votes = [(-against[number], len(agreeing.get(number, ()))) for number in numbers]
    wrong, right = (one, other) if votes[0] < votes[1] else (other, one)
    shared = agreeing.get(right.table.number, set()) | {right.table.number}
    sure = wrong.table.number in captioned and bool(shared & captioned)
    message = (
        f"{wrong.row.label!r} and {len(matches) - 1} more figures are printed in {_scale(wrong)},"
        f" but with the same digits in {_scale(right)} from line {right.spot.line} on"
    )
    return Finding(
        CODE,
        "break" if sure else "query",
        wrong.spot,
        message,
        _scale(wrong),
        _scale(right),
        suspect=wrong.spot if votes[0] != votes[1] else None,
    )


def _captioned(table: Table) -> bool:
    """Whether a scale is printed over the table itself."""
    return _SCALE.search(f"{table.caption} {table.title}") is not None


def _scale(fact: Fact) -> str:
    return WORDS.get(fact.scale, str(fact.scale))
