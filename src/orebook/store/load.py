"""Reports out of a store: what `orebook.check.reports` needs to compare two of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from orebook.check.context import context
from orebook.check.cross.rows import Entry, entries
from orebook.model.book import Book, Identity
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.spot import Spot
from orebook.store.measure import statement_of

Place = tuple[int, int]
"""A fact's key in the store: the number of its row, and its place in the report."""

FACT = (
    "f.row, f.place, f.line, f.first, f.beyond, f.offset_first, f.offset_beyond, f.text, f.value, f.decimals, f.unit,"
    " f.scale, f.months, f.weeks, f.ends"
)
"""The columns of which `fact_of` makes a fact."""
FACT_COLUMNS = FACT.count(",") + 1
_FACTS = f"""
    SELECT {FACT}, r.number, f.column_number, r.label, r.heading, r.entity, r.concept
    FROM rows r JOIN facts f ON f.row = r.id WHERE r.report = ? AND r.table_number = ? ORDER BY f.place
"""  # noqa: S608  the names of columns, and nothing from outside
_POINTS = """
    SELECT r.measure, f.unit, f.months, f.ends, f.part, r.table_number, f.value, f.decimals, f.scale
    FROM rows r JOIN facts f ON f.row = r.id WHERE r.report = ? AND r.measure IS NOT NULL AND f.left_out = 0
"""
_MOST_REPORTS = 64  # reports whose points are held in memory
_MOST_TABLES = 1024  # tables that are held in memory for the reports that come next


Printed = tuple[str | None, int, int]
"""A figure as printed: its value, its decimals, its scale."""
Key = tuple[int, str, int | None, str, str]
"""One point of a series: measure, unit, months, end, words of the column."""


class Told(NamedTuple):
    """How a report prints one point, each way once, and in which of its tables."""

    printed: set[Printed]
    tables: set[int]


class Loaded(NamedTuple):
    """Rows of figures out of the store, and the key of each figure, by where it is printed."""

    entries: tuple[Entry, ...]
    places: dict[tuple[int, int], Place]


class Shelf:
    """The tables of a store as `orebook.check` sees them, and the points of its reports; those asked for last are held in
    memory.

    Reports of one company come one after the other as a rule, and each is compared with the one before.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._tables: dict[tuple[int, int], Loaded] = {}
        self._points: dict[int, dict[Key, Told]] = {}

    def clear(self) -> None:
        """Forgets what is held: what was put into the store was taken back."""
        self._tables.clear()
        self._points.clear()

    def points(self, report: int) -> dict[Key, Told]:
        """All that a report prints of series."""
        made = self._points.pop(report, None)
        if made is None:
            made = {}
            for measure, unit, months, ends, part, table, *printed in self._base.execute(_POINTS, (report,)):
                key = measure, unit, months, ends, part
                told = made.get(key) or made.setdefault(key, Told(set(), set()))
                told.printed.add(tuple(printed))
                told.tables.add(table)
        self._points[report] = made
        if len(self._points) > _MOST_REPORTS:
            del self._points[next(iter(self._points))]
        return made

    def statements(self, report: int, wanted: Iterable[int]) -> Loaded:
        """The statements of a report that hold the `wanted` tables, and the tables of its shares.

        Two reports are compared statement by statement, and by their numbers of shares as a whole: what else they print
        does not change what is said of these tables.
        """
        found = self._base.execute(
            "SELECT number, title, kind, shares FROM tables WHERE report = ?", (report,)
        ).fetchall()
        tables = {number: Table(number, title, kind=kind) for number, title, kind, _ in found}
        statements = {statement_of(tables[number]) for number in wanted}
        rows: list[Entry] = []
        places: dict[tuple[int, int], Place] = {}
        for number, _, _, shares in found:
            if shares or statement_of(tables[number]) in statements:
                loaded = self._table(report, tables[number])
                rows += loaded.entries
                places.update(loaded.places)
        return Loaded(tuple(rows), places)

    def _table(self, report: int, table: Table) -> Loaded:
        known = self._tables.pop((report, table.number), None)
        made = self._tables[report, table.number] = known or self._read(report, table)
        if len(self._tables) > _MOST_TABLES:
            del self._tables[next(iter(self._tables))]
        return made

    def _read(self, report: int, table: Table) -> Loaded:
        """A table out of the store."""
        heads = self._base.execute(
            "SELECT number, heading, percent FROM columns WHERE report = ? AND table_number = ?", (report, table.number)
        )
        columns = {number: Column(number, heading, percent=bool(percent)) for number, heading, percent in heads}
        rows: dict[int, Row] = {}
        facts: list[Fact] = []
        places: dict[tuple[int, int], Place] = {}
        for line in self._base.execute(_FACTS, (report, table.number)):
            number, column, label, heading, entity, concept = line[FACT_COLUMNS:]
            row = rows.get(line[0])
            if row is None:
                row = rows[line[0]] = Row(number, label, headings(heading), entity, concept=concept)
            facts.append(fact := fact_of(line, table, row, columns[column]))
            places[fact.place] = line[0], line[1]
        return Loaded(entries(context(Book("", Identity(), (), (), (table,), tuple(facts), ()))), places)


def fact_of(line: tuple[Any, ...], table: Table, row: Row, column: Column) -> Fact:
    """A fact of the columns `FACT`."""
    _, _, at, first, beyond, offset, offset_beyond, text, value, decimals, unit, scale, months, weeks, ends = line[
        :FACT_COLUMNS
    ]
    spot = Spot(at, first, beyond, None if offset is None else (offset, offset_beyond))
    number = None if value is None else Decimal(value)
    return Fact(spot, text, number, decimals, unit, scale, _period(ends, months, weeks), table, row, column)


@lru_cache(maxsize=1024)
def headings(text: str) -> tuple[str, ...]:
    """The headings of a row, as the store keeps them."""
    return tuple(json.loads(text))


@lru_cache(maxsize=1024)
def _period(ends: str | None, months: int | None, weeks: int | None) -> Period | None:
    return None if ends is None else Period(date.fromisoformat(ends), months, weeks)
