"""What each row of a report measures, so that rows of many reports can be one series; and which figures stand in none.

A row measures its concept where the vocabulary has one, else what its label, section and statement say; always of one
entity (the company, a segment, a mine) and, where it names one, of one metal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from orebook.check.context import context, fold
from orebook.check.cross.rows import Entry, entries, is_as_reported
from orebook.lexicon.wording import normal
from orebook.model.book import Book
from orebook.model.fact import Fact, Table
from orebook.model.interval import Interval, of_fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period

STANDS = 0
LEFT_OUT = (
    "",
    "without a period",
    "hoped for or hedged",
    "in columns of changes, budgets, shares of a whole, or figures otherwise than reported",
    "side by side under one period (segments, mines or classes in columns)",
    "pro forma, or opening balances under another date",
    "in rows without a name",
    "in rows of one name that differ",
)
"""Why a figure stands in no series, by its number; the first is for those that stand in one."""
NO_PERIOD, AHEAD, OTHERWISE, BESIDE, SUPPOSED, UNNAMED, NAMESAKES = range(1, len(LEFT_OUT))
_AHEAD = frozenset(("guidance", "hedges"))
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\]]*\]?")
_NUMBERS = re.compile(r"(?<![\d.,])\d{1,4}(?:\.\d+)?(?![\d,])")  # `8.5`, `2003`; no count of shares, which moves
_PART = "\x1f"


class Measure(NamedTuple):
    """What a row measures: `key` is equal for rows of one series, in whatever report they stand."""

    key: str
    concept: str | None
    statement: str
    level: str


class Measured(NamedTuple):
    """The measure of each row (by the identity of the row), and why each figure that stands in no series is left out (by
    its place)."""

    measures: dict[int, Measure]
    left_out: dict[tuple[int, int], int]


def measured(book: Book) -> Measured:
    """What the rows of a book measure."""
    found = [entry for entry in entries(context(book)) if entry.table.kind not in _AHEAD]
    standing = {fact.place for entry in found for fact in entry.figures.values()}
    left_out = _not_standing(book, standing)
    named: list[Entry] = []
    for entry in found:
        if normal(entry.row.label) or entry.concept:
            named.append(entry)
        else:
            left_out.update((fact.place, UNNAMED) for fact in entry.figures.values())
    return Measured(_told_apart(named, left_out), left_out)


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


def _not_standing(book: Book, standing: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Why the figures that stand in no row of a series are left out."""
    out = [fact for fact in book.facts if fact.spot[:2] not in standing]
    tables = {fact.table.number for fact in out}
    columns: dict[tuple[int, Period | None], set[int]] = defaultdict(set)
    for fact in book.facts:
        if fact.table.number in tables:
            columns[fact.table.number, fact.period].add(fact.column.number)
    reasons: dict[tuple[int, int, Period | None], int] = {}
    made: dict[tuple[int, int], int] = {}
    for fact in out:
        same = fact.table.number, fact.column.number, fact.period
        if same not in reasons:
            reasons[same] = _reason(fact, len(columns[fact.table.number, fact.period]) > 1)
        made[fact.place] = reasons[same]
    return made


def _reason(fact: Fact, beside: bool) -> int:
    """Why a figure stands in no series, where its row would; `beside`: other columns of its table have the same period."""
    if fact.period is None:
        return NO_PERIOD
    if fact.table.kind in _AHEAD:
        return AHEAD
    if not is_as_reported(fact.column):
        return OTHERWISE
    return BESIDE if beside else SUPPOSED


def _told_apart(named: Sequence[Entry], left_out: dict[tuple[int, int], int]) -> dict[int, Measure]:
    """The measures of rows, those of one table that measure the same and differ told apart by headings and label; the
    figures of those that not even that tells apart are left out."""
    made: dict[int, Measure] = {}
    for group in _together(named, _measure).values():
        if len(group) == 1 or not _differ(group):
            made.update((id(entry.row), _measure(entry)) for entry in group)
            continue
        for alike in _together(group, _closely).values():
            if len(alike) > 1 and _differ(alike):
                left_out.update((fact.place, NAMESAKES) for entry in alike for fact in entry.figures.values())
            else:
                made.update((id(entry.row), _closely(entry)) for entry in alike)
    return made


def _together(rows: Iterable[Entry], measure: Callable[[Entry], Measure]) -> dict[tuple[int, str], list[Entry]]:
    """The rows of each table that have the same measure."""
    groups: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in rows:
        groups[entry.table.number, measure(entry).key].append(entry)
    return groups


def _differ(group: Iterable[Entry]) -> bool:
    """Whether rows print different figures about one period in one unit."""
    same: dict[tuple[str, Period], list[Fact]] = defaultdict(list)
    for entry in group:
        for period, fact in entry.figures.items():
            same[fact.unit, period].append(fact)
    return any(len(facts) > 1 and contradict(facts) for facts in same.values())


def _measure(entry: Entry) -> Measure:
    """What a row measures, as far as the vocabulary knows or its label and section say."""
    if entry.concept:
        return _made(entry, entry.concept, "", "", "")
    section = normal(entry.row.heading[-1]) if entry.row.heading else ""
    return _made(entry, "", statement_of(entry.table), section, _words(entry.row.label))


def _closely(entry: Entry) -> Measure:
    """The same with all that the row is printed under."""
    above = "|".join(fold(heading) for heading in entry.row.heading)
    return _made(entry, entry.concept or "", statement_of(entry.table), above, fold(entry.row.label))


def _made(entry: Entry, concept: str, statement: str, section: str, words: str) -> Measure:
    level = entry.level
    key = _PART.join((concept, statement, section, words, level.level, level.name, entry.metal))
    return Measure(key, concept or None, statement, level.level)


@lru_cache(maxsize=8192)
def _words(label: str) -> str:
    """A label in its normal form, with the numbers that tell it from its neighbours (`9% notes due 2003`)."""
    return " ".join((normal(label), *_NUMBERS.findall(_BRACKETS.sub(" ", label))))
