"""A book as plain values, ready to be put into a store: what goes from one process to another."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from orebook.model.book import Book
from orebook.model.collector import without_collector
from orebook.model.fact import Fact, Row
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.store.file import storable
from orebook.store.measure import Measured, measured
from orebook.store.standing import LEFT_OUT, STANDS

Value = str | int | None
Line = tuple[Value, ...]


class Packed(NamedTuple):
    """A report as rows of the store's tables, without the numbers that the store gives.

    `report` holds digest, name, company as printed, form, period end, filing date, accession, number of figures, and
    those left out of series by reason (JSON); `cik` and `names` (all that the company is or was called) say whose
    report it is. A row of `rows` ends with the place of its measure in `measures` (None: it stands in no series), a
    fact begins with the place of its row in `rows`. `spans` are the periods of the figures that stand in series.
    """

    report: Line
    cik: str
    names: tuple[str, ...]
    tables: tuple[Line, ...]
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    facts: tuple[Line, ...]
    measures: tuple[str, ...]
    spans: tuple[Line, ...]


def digest_of(data: bytes) -> str:
    """What tells one content from another: the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def packed(book: Book, digest: str) -> Packed:
    """A book, ready to be kept; `digest` is that of the file's bytes."""
    with without_collector():
        return _packed(book, digest)


def _packed(book: Book, digest: str) -> Packed:
    found = measured(book)
    whose = book.identity
    counts: dict[str, int] = {}
    for reason in found.left_out.values():
        counts[LEFT_OUT[reason]] = counts.get(LEFT_OUT[reason], 0) + 1
    report: Line = (
        digest, storable(book.name), storable(whose.company), storable(whose.form), _day(whose.period_end), _day(whose.filed),
        storable(whose.accession), _day(whose.filed or whose.period_end) or "", len(book.facts), json.dumps(counts),
    )  # fmt: skip
    counting = {fact.table.number for fact in book.facts if fact.unit == "shares"}
    tables: dict[int, Line] = {}
    columns: dict[tuple[int, int], Line] = {}
    places: dict[int, int] = {}
    rows: list[Line] = []
    measures: dict[str, int] = {}
    facts: list[Line] = []
    for fact in book.facts:
        table, column = fact.table, fact.column
        place = places.get(id(fact.row))
        if place is None:
            place = places[id(fact.row)] = len(rows)
            rows.append(_row(fact, found, measures))
            if table.number not in tables:
                tables[table.number] = (
                    table.number,
                    storable(table.title),
                    storable(table.kind),
                    int(table.number in counting),
                )
        if (table.number, column.number) not in columns:
            columns[table.number, column.number] = (
                table.number,
                column.number,
                storable(column.heading),
                int(column.percent),
            )
        facts.append(_fact(place, len(facts), fact, found))
    return Packed(
        report,
        whose.cik,
        tuple(map(storable, (whose.company, *whose.former))),
        tuple(tables.values()),
        tuple(columns.values()),
        tuple(rows),
        tuple(facts),
        tuple(measures),
        _spans(book, found),
    )


def _spans(book: Book, found: Measured) -> tuple[Line, ...]:
    periods = {fact.period for fact in book.facts if id(fact) not in found.left_out}
    return tuple({(period.end.isoformat(), period.months or 0): None for period in periods if period is not None})


def _row(fact: Fact, found: Measured, measures: dict[str, int]) -> Line:
    row: Row = fact.row
    measure = found.measures.get(id(row))
    place = None if measure is None else measures.setdefault(measure, len(measures))
    entity = None if row.entity is None else storable(row.entity)
    return fact.table.number, row.number, storable(row.label), _json(row.heading), entity, row.concept, place


def _fact(row: int, place: int, fact: Fact, found: Measured) -> Line:
    line, start, end, offset = fact.spot
    first, beyond = offset or (None, None)
    value = None if fact.value is None else f"{fact.value:f}"
    part, left_out = storable(found.parts.get(id(fact), "")), found.left_out.get(id(fact), STANDS)
    return (
        row, place, fact.column.number, line, start, end, first, beyond, storable(fact.text), value, fact.decimals,
        storable(fact.unit), fact.scale, *_when(fact.period), part, left_out,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _when(period: Period | None) -> tuple[int | None, int | None, str | None]:
    """A period as the store keeps it: months, weeks, end."""
    return (None, None, None) if period is None else (period.months, period.weeks, period.end.isoformat())


@lru_cache(maxsize=1024)
def _json(headings: tuple[str, ...]) -> str:
    return json.dumps(headings)


def _day(day: object) -> str | None:
    return None if day is None else str(day)
