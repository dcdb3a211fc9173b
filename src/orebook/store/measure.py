"""What each row of a report measures, so that rows of many reports can be one series.

A row measures its concept where the vocabulary has one, else what its label, section and statement say; always of one
entity (the company, a segment, a mine) and, where it names one, of one metal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from orebook.check.context import fold
from orebook.check.cross.rows import Entry
from orebook.lexicon.wording import normal
from orebook.model.book import Book
from orebook.model.fact import Fact, Table
from orebook.model.interval import Interval, of_fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.store.file import storable
from orebook.store.standing import NAMESAKES, Standing, stood

_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\]]*\]?")
_NUMBERS = re.compile(r"(?<![\d.,])\d{1,4}(?:\.\d+)?(?![\d,])")  # `8.5`, `2003`; no count of shares, which moves
_PART = "\x1f"


class Measured(NamedTuple):
    """What each row measures (by the identity of the row): a text that is equal for rows of one series, in whatever report
    they stand. And of figures, by their identity, the words of their columns where those are needed, and why they stand in
    no series."""

    measures: dict[int, str]
    parts: dict[int, str]
    left_out: dict[int, int]


def measured(book: Book) -> Measured:
    """What the rows of a book measure."""
    rows, parts, left_out = stood(book)
    return Measured(_told_apart(rows, left_out), parts, left_out)


def statement_of(table: Table) -> str:
    """The statement that a table is part of: its kind, else its title."""
    return table.kind or normal(table.title)


def contradict(facts: Iterable[Fact]) -> bool:
    """Whether figures that are said to be one cannot be: no number rounds to all of them."""
    shared: Interval | None = None
    for fact in facts:
        own = of_fact(fact)
        shared = own if shared is None else shared.meet(own)
        if shared is None:
            return True
    return False


def _told_apart(rows: Sequence[Standing], left_out: dict[int, int]) -> dict[int, str]:
    """The measures of rows, those of one table that measure the same and differ told apart by headings and label; the
    figures of those that not even that tells apart are left out."""
    made: dict[int, str] = {}
    for group in _together(rows, _measure).values():
        if len(group) == 1 or not _differ(group):
            made.update((id(row.entry.row), _measure(row.entry)) for row in group)
            continue
        for alike in _together(group, _closely).values():
            if len(alike) > 1 and _differ(alike):
                left_out.update((id(fact), NAMESAKES) for row in alike for _, _, fact in row.figures)
            else:
                made.update((id(row.entry.row), _closely(row.entry)) for row in alike)
    return made


def _together(rows: Iterable[Standing], measure: Callable[[Entry], str]) -> dict[tuple[int, str], list[Standing]]:
    """The rows of each table that have the same measure."""
    groups: dict[tuple[int, str], list[Standing]] = defaultdict(list)
    for row in rows:
        groups[row.entry.table.number, measure(row.entry)].append(row)
    return groups


def _differ(group: Iterable[Standing]) -> bool:
    """Whether rows print different figures about one period in one unit."""
    same: dict[tuple[str, Period, str], list[Fact]] = defaultdict(list)
    for row in group:
        for period, part, fact in row.figures:
            same[fact.unit, period, part].append(fact)
    return any(len(facts) > 1 and contradict(facts) for facts in same.values())


def _measure(entry: Entry) -> str:
    """What a row measures, as far as the vocabulary knows or its label and section say."""
    if entry.concept:
        return _made(entry, entry.concept, "", "", "")
    section = normal(entry.row.heading[-1]) if entry.row.heading else ""
    return _made(entry, "", statement_of(entry.table), section, _words(entry.row.label))


def _closely(entry: Entry) -> str:
    """The same with all that the row is printed under."""
    above = "|".join(fold(heading) for heading in entry.row.heading)
    return _made(entry, entry.concept or "", statement_of(entry.table), above, fold(entry.row.label))


def _made(entry: Entry, *meaning: str) -> str:
    """One text of what a row means, and of which entity and metal."""
    level = entry.level
    return storable(_PART.join((*meaning, level.level, level.name, entry.metal)))


@lru_cache(maxsize=8192)
def _words(label: str) -> str:
    """A label in its normal form, with the numbers that tell it from its neighbours (`9% notes due 2003`)."""
    return " ".join((normal(label), *_NUMBERS.findall(_BRACKETS.sub(" ", label))))
