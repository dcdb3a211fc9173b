"""A table drawn at random and printed as text reads back to what was drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from hypothesis import given, settings

from orebook.model.fact import Fact
from orebook.pipeline import read
from tests.grids import Drawn, render, tables

Told = tuple[str | None, tuple[str, ...], str, tuple[Decimal | str | None, ...], str, int, tuple[str, ...]]


@given(tables())
def test_a_drawn_table_reads_back(drawn: Drawn) -> None:
    text = render(drawn)
    book = read(text.encode(), "drawn.txt")
    assert _rows(book.facts, len(drawn.periods)) == _wanted(drawn), f"\n{text}"
    assert len(book.tables) == 1, f"\n{text}"
    assert book.tables[0].title == drawn.title, f"\n{text}"
    columns = {fact.column.number: fact.column.period for fact in book.facts}
    assert tuple(columns[number] for number in sorted(columns)) == drawn.periods, f"\n{text}"
    for fact in book.facts:
        assert book.lines[fact.spot.line - 1][fact.spot.start : fact.spot.end] == fact.text


# A lone column, whose year stands left of its figures, is not drawn here: the first title is taken for both.
several = tables().filter(lambda drawn: len(drawn.periods) > 1)


@settings(max_examples=20)
@given(several, several)
def test_two_tables_do_not_mix(first: Drawn, second: Drawn) -> None:
    # A table without a caption may take that of its neighbour: both have one.
    first, second = (
        drawn if drawn.caption else drawn._replace(caption="(in thousands)", scale=1000) for drawn in (first, second)
    )
    text = f"{render(first)}\n\n{render(second)}"
    book = read(text.encode(), "drawn.txt")
    assert [table.title for table in book.tables] == [first.title, second.title], f"\n{text}"
    told = [[fact for fact in book.facts if fact.table is table] for table in book.tables]
    for drawn, facts in zip((first, second), told, strict=True):
        assert _rows(facts, len(drawn.periods)) == _wanted(drawn), f"\n{text}"
        columns = {fact.column.number: fact.column.period for fact in facts}
        assert tuple(columns[number] for number in sorted(columns)) == drawn.periods, f"\n{text}"


def _wanted(drawn: Drawn) -> list[Told]:
    """What the reader has to say: a scale without a noun (`in thousands`) is one of ounces, too."""
    ounces = 1 if "ollars" in drawn.caption else drawn.scale
    scales = {"USD": drawn.scale, "oz": ounces}
    return [
        (row.entity, row.heading, " ".join(row.label), row.values, row.unit, scales.get(row.unit, 1), row.notes)
        for row in drawn.rows
    ]


def _rows(facts: Iterable[Fact], columns: int) -> list[Told]:
    rows: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        rows[fact.row.number].append(fact)
    return [_row(row, columns) for row in rows.values()]


def _row(facts: list[Fact], columns: int) -> Told:
    cells: dict[int, Decimal | str | None] = {
        fact.column.number: "nil" if fact.value is None else fact.value for fact in facts
    }
    told = next((fact for fact in facts if fact.value is not None), facts[0])
    row = told.row
    values = tuple(cells.get(number) for number in range(columns))
    return row.entity, row.heading, row.label, values, told.unit, told.scale, row.notes
