"""The printed figures of a close as formulas: each fetches its quantity and rounds it as it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from orebook.close import Closed
from orebook.close.graph import GIVEN, Graph, equation_text
from orebook.close.sheet import Row, Sheet, rounded
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.write.number import finite_places, plain
from orebook.write.sheets.live import Cell, Live, Made, Place
from orebook.write.sheets.names import reference

Figure = tuple[Row, int]
"""A row of a sheet and the number of a column."""
_UNMATCHED = "typed, for the figure could not be matched to a quantity of the close."


def printed(closed: Closed, book: Book, cells: Mapping[int, Cell]) -> Live:
    """For each figure of the report of a close, the formula over the cells of its quantities (`cells`, by node)."""
    made: dict[Place, Made] = {}
    notes: dict[Place, str] = {}
    matched = dict(_matched(closed.sheets, book))
    for fact in book.facts:
        row, column = matched.get(fact.place, (None, 0))
        quantity = row.quantities[column] if row is not None and row.quantities else None
        node = None if quantity is None else closed.graph.find(quantity)
        if row is None or node is None or node not in cells:
            notes[fact.place] = _UNMATCHED
            continue
        exact = closed.graph.values[node]
        moved = _moved(row, row.values[column], exact)
        if moved:
            notes[fact.place] = (
                f"the rounding convention moved this figure by {plain(moved)} so that its total adds; the move is a"
                " number in the formula and follows no input."
            )
        made[fact.place] = Made(_text(row, cells[node], moved), _told(closed.graph, node), link=True)
    return Live(made, notes)


def _matched(sheets: tuple[Sheet, ...], book: Book) -> Iterator[tuple[Place, Figure]]:
    """The figures of the tables with those of the sheets, both in the order of the report.

    A sheet without figures reads as no table, and reading may take something else of a page for a figure; a table is
    a sheet's where it has all its figures, under its labels for the most part.
    """
    by_table: dict[int, list[Fact]] = {}
    for fact in book.facts:
        by_table.setdefault(fact.table.number, []).append(fact)
    left = [sorted(by_table[number], key=lambda fact: fact.place) for number in sorted(by_table)]
    for figures in (list(_figures(sheet)) for sheet in sheets):
        for at, facts in enumerate(left if figures else ()):
            pairs = _pairs(figures, facts)
            if pairs:
                left = left[at + 1 :]
                yield from ((fact.place, figure) for fact, figure in pairs)
                break


def _pairs(figures: list[Figure], facts: list[Fact]) -> list[tuple[Fact, Figure]]:
    """Each figure with the next fact that prints it; nothing where one has none or the labels are others."""
    rest = iter(facts)
    made = []
    for figure in figures:
        fact = next((fact for fact in rest if _is_same(fact, figure)), None)
        if fact is None:
            return []
        made.append((fact, figure))
    named = sum(fact.label == " ".join(figure[0].label.split()) for fact, figure in made)
    return made if 2 * named > len(made) else []


def _figures(sheet: Sheet) -> Iterator[Figure]:
    for row in sheet.rows:
        for column, value in enumerate(row.values):
            if value is not None:
                yield row, column


def _is_same(fact: Fact, figure: Figure) -> bool:
    row, column = figure
    value = row.values[column]
    return value is not None and rounded(value, row.style) == Fraction(fact.value or 0)


def _moved(row: Row, value: Fraction | None, exact: Fraction | None) -> Fraction:
    """By how much the printed figure differs from its quantity as rounded."""
    if value is None or exact is None:
        return Fraction(0)
    return rounded(value, row.style) - rounded(row.sign * exact, row.style)


def _text(row: Row, cell: Cell, moved: Fraction) -> str:
    scale = row.style.scale
    size = ""
    if scale != 1:
        size = f"/{plain(scale)}" if finite_places(scale.denominator) is not None else f"*{1 / scale}"
    sign = "-" if row.sign < 0 else ""
    text = f"=ROUND({sign}{reference(cell.sheet, cell.row, cell.column)}{size},{row.style.decimals})"
    if not moved:
        return text
    return f"{text}{'-' if moved < 0 else '+'}{plain(abs(moved))}"


def _told(graph: Graph, node: int) -> str:
    """What the figure is and where it comes from."""
    origin = graph.origins[node]
    if origin == GIVEN:
        return f"{graph.keys[node]}\nentered: {graph.sources[node]}"
    return f"{graph.keys[node]}\n{equation_text(graph, graph.relations[origin])}"
