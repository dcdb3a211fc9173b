"""The context of a check: one book, sorted once so that every check can look things up.

A `Sheet` is a table as rows of figures; an `Index` finds figures by concept, label, period, table kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, wraps
from itertools import groupby
from typing import Generic, TypeVar

from orebook.model.book import Book
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.interval import Interval, of_fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import slotted
from orebook.model.spot import Spot

Kept = TypeVar("Kept")
Made = TypeVar("Made")
FINEST = 6  # decimals
SUBUNITS = 2 * 10**FINEST
"""Halves of a millionth: figures of up to six decimals and their rounding are whole numbers of these."""

Counts = tuple[int, int, int, int]
"""A figure in subunits: the ends of its interval, the amount nearest to the printed one within it, the printed amount."""


class _Same(Generic[Kept]):
    """A value compared by identity, as the key of `kept`."""

    def __init__(self, value: Kept) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


def kept(most: int = 1) -> Callable[[Callable[[Kept], Made]], Callable[[Kept], Made]]:
    """Keep what a function makes of each of the last `most` values, told apart by identity: several checks ask for it."""

    def keeping(make: Callable[[Kept], Made]) -> Callable[[Kept], Made]:
        of = lru_cache(maxsize=most)(lambda same: make(same.value))
        return wraps(make)(lambda value: of(_Same(value)))

    return keeping


@slotted
class Line:
    """A row with its figures: `cells` maps the number of a column to the figure printed there."""

    row: Row
    cells: Mapping[int, Fact]


class Sheet(NamedTuple):
    """A table as printed: its rows with figures from top to bottom and its columns from left to right."""

    table: Table
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


class Sightings:
    """The best that a book says about each figure: the intervals of all its sightings, intersected.

    Kept by the place where a figure stands, which is quicker to look up than the figure: sightings are of one book, and
    a figure that is only supposed needs sightings of its own.
    """

    def __init__(self, sharper: Mapping[Spot, Interval] | None = None) -> None:
        self._known: dict[Spot, Interval] = {}
        self._counts: dict[Spot, Counts | None] = {}
        self._own_counts: dict[Spot, Counts | None] = {}
        self._sharper = sharper or {}

    def counts(self, fact: Fact) -> Counts | None:
        """What all sightings of the figure say together; None where it is printed too finely."""
        try:
            return self._counts[fact.spot]
        except KeyError:
            own, best = self.own_counts(fact), self._sharper.get(fact.spot)
            made = self._counts[fact.spot] = own if best is None else _sharper(own, best)
            return made

    def own_counts(self, fact: Fact) -> Counts | None:
        """What this one printed figure says; None where it is printed too finely."""
        try:
            return self._own_counts[fact.spot]
        except KeyError:
            made = self._own_counts[fact.spot] = _counted(fact)
            return made

    def own(self, fact: Fact) -> Interval:
        """What this one printed figure says."""
        found = self._known.get(fact.spot)
        if found is None:
            found = self._known[fact.spot] = of_fact(fact)
        return found

    def best(self, fact: Fact) -> Interval:
        """What all sightings of the figure say together."""
        found = self._sharper.get(fact.spot)
        return self.own(fact) if found is None else found


def _counted(fact: Fact) -> Counts | None:
    if fact.value is None:
        return (0, 0, 0, 0)
    if fact.decimals > FINEST or fact.value.adjusted() > FINEST + 12:
        return None
    printed = int(fact.value.scaleb(FINEST)) * 2 * fact.scale
    half = 10 ** (FINEST - fact.decimals) * fact.scale
    return printed - half, printed + half, printed, printed


def _sharper(own: Counts | None, best: Interval) -> Counts | None:
    """The counts of a figure whose sightings together say more than it does by itself."""
    low, beyond = divmod(best.bottom * SUBUNITS, best.unit)
    high, above = divmod(best.top * SUBUNITS, best.unit)
    if own is None or beyond or above:
        return None
    return low, high, min(max(own[3], low), high), own[3]


class Context(NamedTuple):
    """What the checks of one book share.

    `by_concept` and `by_label` (case and blanks folded) list facts in document order. `groups` maps a fact
    to all sightings of the same fact, itself included; it is filled once the checks of the first stage
    (same fact printed twice) have run, and is empty before.
    """

    book: Book
    sheets: tuple[Sheet, ...]
    by_concept: Mapping[str, Sequence[Fact]]
    by_label: Mapping[str, Sequence[Fact]]
    sightings: Sightings
    groups: Mapping[Fact, tuple[Fact, ...]] = {}

    def of_kind(self, *kinds: str) -> tuple[Sheet, ...]:
        """The sheets whose table the lexicon recognised as one of these kinds."""
        return tuple(sheet for sheet in self.sheets if sheet.table.kind in kinds)

    def find(self, concept: str, period: Period | None, kinds: Sequence[str] = ()) -> list[Fact]:
        """The figures of a concept about a period, in tables of some kinds (any, where none is given)."""
        return [
            fact
            for fact in self.by_concept.get(concept, ())
            if fact.period == period and (not kinds or fact.table.kind in kinds)
        ]


@lru_cache(maxsize=4096)
def fold(label: str) -> str:
    """A label without case, blanks doubled and a closing colon."""
    return " ".join(label.casefold().split()).rstrip(": ")


def context(book: Book) -> Context:
    """Sort a book for its checks."""
    by_table: dict[int, list[Fact]] = defaultdict(list)
    by_concept: dict[str, list[Fact]] = defaultdict(list)
    by_label: dict[str, list[Fact]] = defaultdict(list)
    for _, facts in groupby(book.facts, key=lambda fact: id(fact.row)):
        found = [*facts]
        row = found[0].row
        by_table[found[0].table.number] += found
        by_label[fold(row.label)] += found
        if row.concept is not None:
            by_concept[row.concept] += found
    sheets = tuple(sheet(facts) for _, facts in sorted(by_table.items()))
    return Context(book, sheets, by_concept, by_label, Sightings())


def sheet(facts: Iterable[Fact]) -> Sheet:
    """The figures of one table as a sheet."""
    rows: dict[int, tuple[Row, dict[int, Fact]]] = {}
    columns: dict[int, Column] = {}
    table = None
    for fact in facts:
        table = fact.table
        columns.setdefault(fact.column.number, fact.column)
        rows.setdefault(fact.row.number, (fact.row, {}))[1][fact.column.number] = fact
    if table is None:
        raise ValueError("a sheet needs at least one figure")
    lines = tuple(Line(row, cells) for _, (row, cells) in sorted(rows.items()))
    return Sheet(table, tuple(column for _, column in sorted(columns.items())), lines)
