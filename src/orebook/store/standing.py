"""Which figures of a report stand in series, and why the others do not.

A row's figure of a period is what `orebook.check` compares too: that of the only column of its period, or of the total of
several. Columns side by side under one period (mines, segments, units sold beside revenue) are told apart by the words of
their headings that name no time; where those do not tell them apart, their figures stand in no series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from orebook.check.context import context
from orebook.check.cross.rows import Entry, entries, is_as_reported, is_supposed, metal_of
from orebook.lexicon.levels import level_of
from orebook.lexicon.times import without_time
from orebook.lexicon.wording import normal
from orebook.model.book import Book
from orebook.model.fact import Column, Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period

STANDS = 0
LEFT_OUT = (
    "",
    "without a period",
    "hoped for or hedged",
    "in columns of changes, budgets, shares of a whole, or figures otherwise than reported",
    "side by side under one period, in columns that their headings do not tell apart",
    "pro forma, or opening balances under another date",
    "in rows without a name",
    "in rows of one name that differ",
)
"""Why a figure stands in no series, by its number; the first is for those that stand in one."""
NO_PERIOD, AHEAD, OTHERWISE, BESIDE, SUPPOSED, UNNAMED, NAMESAKES = range(1, len(LEFT_OUT))
_AHEAD = frozenset(("guidance", "hedges"))
_Columns = Mapping[tuple[int, Period], Mapping[int, Column]]


class Standing(NamedTuple):
    """A row with its figures, each with its period and the words of its column where several stand under that period
    ("" for the only one, or the total)."""

    entry: Entry
    figures: list[tuple[Period, str, Fact]]


class Stood(NamedTuple):
    """The rows of a book that stand in series, the words of the columns of figures that need them, and why other figures
    stand in none; both by the identity of the figure."""

    rows: tuple[Standing, ...]
    parts: dict[int, str]
    left_out: dict[int, int]


def stood(book: Book) -> Stood:
    """Which figures of a book stand in series."""
    rows: dict[int, Standing] = {}
    taken: set[int] = set()
    for entry in entries(context(book)):
        if entry.table.kind not in _AHEAD:
            rows[id(entry.row)] = Standing(entry, [(period, "", fact) for period, fact in entry.figures.items()])
            taken.update(map(id, entry.figures.values()))
    parts: dict[int, str] = {}
    left_out: dict[int, int] = {}
    others = _Others(book, taken)
    for fact in others.facts:
        reason, period = others.reason(fact), fact.period
        part = others.words.get((fact.table.number, fact.column.number, period), "") if reason == BESIDE else ""
        if period is not None and part:
            row = rows.get(id(fact.row)) or rows.setdefault(id(fact.row), _row(fact))
            row.figures.append((period, part, fact))
            parts[id(fact)] = part
        else:
            left_out[id(fact)] = reason
    return Stood(tuple(_named(rows.values(), left_out)), parts, left_out)


class _Others:
    """The figures that are not simply what their rows say of a period, and why; what a row or a column says of all its
    figures is looked up once."""

    def __init__(self, book: Book, taken: set[int]) -> None:
        self.facts = [fact for fact in book.facts if id(fact) not in taken]
        self._columns = _columns(book, {fact.table.number for fact in self.facts})
        self.words = dict(_told_apart(self._columns))
        self._reported: dict[int, bool] = {}
        self._supposed: dict[int, bool] = {}

    def reason(self, fact: Fact) -> int:
        """Why a figure is none of those that its row says of a period."""
        if fact.period is None:
            return NO_PERIOD
        if fact.table.kind in _AHEAD:
            return AHEAD
        column, row = id(fact.column), id(fact.row)
        if column not in self._reported:
            self._reported[column] = is_as_reported(fact.column)
        if not self._reported[column]:
            return OTHERWISE
        if row not in self._supposed:
            self._supposed[row] = is_supposed(fact.table, fact.row)
        beside = len(self._columns[fact.table.number, fact.period]) > 1
        return BESIDE if beside and not self._supposed[row] else SUPPOSED


def _named(rows: Iterable[Standing], left_out: dict[int, int]) -> Iterator[Standing]:
    """The rows that have a name; the figures of the others are left out."""
    for row in rows:
        if row.entry.concept or normal(row.entry.row.label):
            yield row
        else:
            left_out.update((id(fact), UNNAMED) for _, _, fact in row.figures)


def _columns(book: Book, tables: set[int]) -> _Columns:
    """The columns of some tables that say what was reported, by table and period."""
    made: dict[tuple[int, Period], dict[int, Column]] = defaultdict(dict)
    for fact in book.facts:
        if fact.table.number in tables and fact.period is not None:
            made[fact.table.number, fact.period][fact.column.number] = fact.column
    return made


def _told_apart(columns: _Columns) -> Iterator[tuple[tuple[int, int, Period | None], str]]:
    """The words of each column that tell it from those beside it under one period."""
    for (table, period), beside in columns.items():
        words = {number: without_time(column.heading) for number, column in beside.items()}
        said = list(words.values())
        for number, own in words.items():
            if own and said.count(own) == 1:
                yield (table, number, period), own


def _row(fact: Fact) -> Standing:
    row = fact.row
    return Standing(Entry(fact.table, row, level_of(row.entity), metal_of(row, {}), {}, fact.unit), [])
