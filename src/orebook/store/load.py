"""Reports out of a store: what `orebook.check.reports` needs to compare two of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from orebook.model.book import Book, Identity
from orebook.model.fact import Column, Fact, Row, Table
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
_SHARES = """
    SELECT DISTINCT r.table_number FROM rows r JOIN facts f ON f.row = r.id WHERE r.report = ? AND f.unit = 'shares'
"""

Loaded = tuple[Book, dict[int, Place]]
"""A report's figures, and the key of each in the store (by the identity of the fact)."""


def loaded(base: sqlite3.Connection, report: int, wanted: Iterable[int]) -> Loaded:
    """The statements of a report that hold the `wanted` tables, and the tables of its shares, as a book without text.

    Two reports are compared statement by statement, and by their numbers of shares as a whole: what else they print does
    not change what is said of these tables.
    """
    tables = {
        number: Table(number, title, kind=kind)
        for number, title, kind in base.execute("SELECT number, title, kind FROM tables WHERE report = ?", (report,))
    }
    statements = {statement_of(tables[number]) for number in wanted}
    chosen = {number for number, table in tables.items() if statement_of(table) in statements}
    chosen.update(number for (number,) in base.execute(_SHARES, (report,)))
    (name,) = base.execute("SELECT name FROM reports WHERE id = ?", (report,)).fetchone()
    facts: list[Fact] = []
    places: dict[int, Place] = {}
    for number in sorted(chosen):
        for key, fact in _of_table(base, report, tables[number]):
            facts.append(fact)
            places[id(fact)] = key
    return Book(name, Identity(), (), (), tuple(tables.values()), tuple(facts), ()), places


def _of_table(base: sqlite3.Connection, report: int, table: Table) -> Iterator[tuple[Place, Fact]]:
    """The figures of one table in document order, with their keys."""
    columns = {
        number: Column(number, heading, percent=bool(percent))
        for number, heading, percent in base.execute(
            "SELECT number, heading, percent FROM columns WHERE report = ? AND table_number = ?", (report, table.number)
        )
    }
    rows: dict[int, Row] = {}
    for line in base.execute(_FACTS, (report, table.number)):
        number, column, label, heading, entity, concept = line[FACT_COLUMNS:]
        row = rows.get(line[0])
        if row is None:
            row = rows[line[0]] = Row(number, label, tuple(json.loads(heading)), entity, concept=concept)
        yield (line[0], line[1]), fact_of(line, table, row, columns[column])


def fact_of(line: tuple[Any, ...], table: Table, row: Row, column: Column) -> Fact:
    """A fact of the columns `FACT`."""
    _, _, at, first, beyond, offset, offset_beyond, text, value, decimals, unit, scale, months, weeks, ends = line[
        :FACT_COLUMNS
    ]
    spot = Spot(at, first, beyond, None if offset is None else (offset, offset_beyond))
    number = None if value is None else Decimal(value)
    period = None if ends is None else Period(date.fromisoformat(ends), months, weeks)
    return Fact(spot, text, number, decimals, unit, scale, period, table, row, column)
