"""Where every quantity of a closed book stands: what was entered by file of the books, the rest by mine and statement."""

from __future__ import annotations

from collections.abc import Iterable

from orebook.close import Closed
from orebook.close.graph import GIVEN, Graph
from orebook.close.quantity import Quantity, Source
from orebook.close.trace import parents
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.write.sheets.live import Cell
from orebook.write.sheets.names import unique_names

MOST = 100_000
"""Of larger books, only what the report and its parts rest on is written: spreadsheets slow down beyond that."""
HEADS, BODY, FIRST = 3, 5, 2
"""The rows of the headings and of the first line, and the column of the first period, counted from 0."""
VALUE = 2
"""The column of a figure that is stated once."""
ACCOUNT = "account:"
_COMPANY = "Inputs company"
_FIRST = ("Calc company", "Calc balances", "Calc segments")


class Line(NamedTuple):
    """A row of a sheet: a quantity of an entity, with its node for each period."""

    name: str
    entity: str
    unit: str
    nodes: dict[Period, int]


class Grid(NamedTuple):
    """A sheet of quantities, a row each (a text is a heading: the entity), a column a period."""

    sheet: str
    periods: tuple[Period, ...]
    lines: tuple[Line | str, ...]
    entered: bool


class Once(NamedTuple):
    """A figure that holds for many periods and is stated once; one with a note in its source is set by a rule."""

    name: str
    entity: str
    unit: str
    source: Source
    nodes: tuple[int, ...]


class Plan(NamedTuple):
    """The sheets of a closed book's quantities, and the cell of every node that is written."""

    grids: tuple[Grid, ...]
    once_sheet: str
    once: tuple[Once, ...]
    cells: dict[int, Cell]


def plan(closed: Closed, taken: Iterable[str]) -> Plan:
    """Give every known quantity of a closed book its cell; `taken` are the names of other sheets."""
    graph = closed.graph
    once: dict[tuple[Source, str, str], list[int]] = {}
    titles: dict[tuple[str, bool], list[int]] = {}
    mines = frozenset(mine.id for mine in closed.books.company.mines) if closed.books else frozenset[str]()
    for node in wanted(closed):
        quantity = graph.keys[node]
        source = graph.sources.get(node) if graph.origins[node] == GIVEN else None
        if source is None:
            titles.setdefault((_derived_title(quantity, mines), False), []).append(node)
        elif source.note or not source.row:
            once.setdefault((source, quantity.name, quantity.entity), []).append(node)
        else:
            titles.setdefault((_input_title(quantity, source), True), []).append(node)
    order = sorted(titles, key=_standing)
    names = unique_names([_COMPANY, *(title for title, _ in order)], taken)
    grids = tuple(
        _grid(graph, name, titles[title], entered=title[1]) for name, title in zip(names[1:], order, strict=True)
    )
    stated = [_once(graph, source, nodes) for (source, _, _), nodes in once.items()]
    stated.sort(key=lambda each: bool(each.source.note))
    cells = {node: cell for grid in grids for node, cell in _cells(grid)}
    for row, each in enumerate(stated, BODY):
        cells.update(dict.fromkeys(each.nodes, Cell(names[0], row, VALUE)))
    return Plan(grids, names[0] if stated else "", tuple(stated), cells)


def wanted(closed: Closed) -> list[int]:
    """The nodes to write: all that have a value, or, of large books, those that a printed figure rests on."""
    graph = closed.graph
    known = [node for node, value in enumerate(graph.values) if value is not None]
    if len(known) <= MOST:
        return known
    printed = {
        graph.find(quantity)
        for sheet in closed.sheets
        for row in sheet.rows
        for quantity in row.quantities
        if quantity is not None
    }
    stack = [node for node in printed if node is not None and graph.values[node] is not None]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            stack.extend(parents(graph, node))
    return sorted(seen)


def _standing(key: tuple[str, bool]) -> int:
    """Inputs before the company before the mines, of which there may be many."""
    title, entered = key
    return -1 if entered else _FIRST.index(title) if title in _FIRST else len(_FIRST)


def _input_title(quantity: Quantity, source: Source) -> str:
    stem = "ledger" if quantity.name.startswith(ACCOUNT) else source.file.rpartition(".")[0]
    return f"Inputs {stem}"


def _derived_title(quantity: Quantity, mines: frozenset[str]) -> str:
    if quantity.entity in mines:
        return f"Calc {quantity.entity}"
    if quantity.entity.startswith("segment:"):
        return "Calc segments"
    if quantity.entity:
        return "Calc schedules"
    return "Calc company" if quantity.period.months else "Calc balances"


def _grid(graph: Graph, sheet: str, nodes: list[int], *, entered: bool) -> Grid:
    """Lines by entity, in the order in which the books name them; balances before movements, months before sums."""
    by_entity: dict[str, dict[str, Line]] = {}
    for node in nodes:
        name, entity, period = graph.keys[node]
        lines = by_entity.setdefault(entity, {})
        line = lines.get(name) or lines.setdefault(name, Line(name, entity, str(graph.units[node]), {}))
        line.nodes[period] = node
    periods = {graph.keys[node].period for node in nodes}
    made: list[Line | str] = []
    for entity, lines in by_entity.items():
        made += [entity] if entity else []
        made += lines.values()
    ordered = sorted(periods, key=lambda period: (period.months or 0, period.end))
    return Grid(sheet, tuple(ordered), tuple(made), entered)


def _cells(grid: Grid) -> Iterable[tuple[int, Cell]]:
    columns = {period: FIRST + at for at, period in enumerate(grid.periods)}
    for row, line in enumerate(grid.lines, BODY):
        if isinstance(line, Line):
            for period, node in line.nodes.items():
                yield node, Cell(grid.sheet, row, columns[period])


def _once(graph: Graph, source: Source, nodes: list[int]) -> Once:
    quantity = graph.keys[nodes[0]]
    return Once(quantity.name, quantity.entity, str(graph.units[nodes[0]]), source, tuple(nodes))
