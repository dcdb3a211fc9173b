"""Grids -> tables and facts, in document order. Knows meaning, no layout."""

from __future__ import annotations

from operator import attrgetter

from orebook.book.beside import without_periods, without_units
from orebook.book.entities import mines_as_banners
from orebook.book.figures import facts_of
from orebook.book.handed import as_repeated
from orebook.book.labels import label_rows
from orebook.book.options import scaled_options
from orebook.book.periods import A_YEAR, ORDINALS
from orebook.book.positions import positions
from orebook.book.references import without_references
from orebook.book.shape import Setting, Shape, shape_of
from orebook.model.fact import Fact, Table
from orebook.model.grid import Grid, Layout
from orebook.model.slotted import replaced


def build(
    layout: Layout, setting: Setting, *, first_number: int = 0, part: int = 0
) -> tuple[tuple[Table, ...], tuple[Fact, ...]]:
    """The tables and facts of one document, in document order; tables are numbered from `first_number`."""
    stated, more = positions(layout, first_number, part)
    starts = [*(grid.first_line for grid in layout.grids), *(table.first_line for table in stated)]
    numbers = [0] * len(starts)
    for rank, index in enumerate(sorted(range(len(starts)), key=starts.__getitem__)):
        numbers[index] = first_number + rank
    tables, facts = _tabulated(layout.grids, setting, numbers, part)
    if not stated:
        return tables, facts
    placed = {
        table.number: replaced(table, number=number)
        for table, number in zip(stated, numbers[len(layout.grids) :], strict=True)
    }
    more = tuple(replaced(fact, table=placed[fact.table.number]) for fact in more)
    by_line = sorted((*tables, *placed.values()), key=lambda table: table.number)
    return tuple(by_line), tuple(sorted((*facts, *more), key=attrgetter("spot")))


def _tabulated(
    grids: tuple[Grid, ...], setting: Setting, numbers: list[int], part: int
) -> tuple[tuple[Table, ...], tuple[Fact, ...]]:
    """The tables of the grids, the n-th with the n-th number, and their facts."""
    tables: list[Table] = []
    facts: list[Fact] = []
    before: Shape | None = None
    handed: set[int] = set()
    for laid, number in zip(grids, numbers, strict=False):
        grid, units = without_units(without_references(_with_first_year(laid) if laid.stub else laid))
        grid, times = without_periods(grid)
        rows, mines = mines_as_banners(label_rows(grid.rows))
        shape = shape_of(grid, rows, setting, before, number, part)
        tables.append(shape.table)
        made = facts_of(rows, shape, setting, mines, units, times)
        facts.extend(_with_rule(made, grid) if grid.foreign else made)
        if shape.handed:
            handed.add(number)
        before = shape
    return tuple(tables), tuple(scaled_options(as_repeated(facts, frozenset(handed)), setting.money))


def _with_first_year(grid: Grid) -> Grid:
    """A grid whose rows stand under years, of which the first is printed beside headings that name quarters by their
    number alone (`1996     First     Second`): it heads the rows below it as the others do."""
    line, year = grid.stub[-1]
    others = [row for row in grid.rows if not row.cells and A_YEAR.fullmatch(row.label)]
    if not A_YEAR.fullmatch(year) or not others or not grid.rows[0].cells:
        return grid
    if not any(head.text.lower() in ORDINALS for head in grid.headers) or any("uarter" in h.text for h in grid.headers):
        return grid
    first = replaced(others[0], line=line, label=year, blank_above=True)
    return grid._replace(rows=(first, *grid.rows), stub=grid.stub[:-1])


def _with_rule(facts: list[Fact], grid: Grid) -> list[Fact]:
    """The facts of a grid, those that English would print otherwise with the rule by which they were read."""
    printed = {cell.spot for row in grid.rows for cell in row.cells if cell.english}
    return [replaced(f, trace=(*f.trace, "value.decimal-commas")) if f.spot in printed else f for f in facts]
