"""The sheets of a close's quantities: what was entered as marked inputs, everything else as formulas over it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from orebook.close import Closed
from orebook.close.graph import GIVEN, Graph
from orebook.close.quantity import period_text
from orebook.model.named import NamedTuple
from orebook.write.sheets.cells import LARGEST, put_number, put_text
from orebook.write.sheets.equations import formula, solved
from orebook.write.sheets.quantities import BODY, FIRST, HEADS, Grid, Line, Plan
from orebook.write.sheets.styles import Styles
from orebook.write.sheets.titles import entity_title, number_format, rules, sources, span, title

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEADING_HEIGHT = 22
NARROW, WIDE = 13, 30


class Quantities(NamedTuple):
    """What the sheets of a close share: `typed` collects the derived figures that have no formula, and why."""

    closed: Closed
    plan: Plan
    styles: Styles
    typed: list[tuple[str, str]]


def stored(value: Fraction) -> Decimal:
    """A figure as a spreadsheet keeps it with its formula: the nearest binary number, in the digits that tell it
    from its neighbours. What is beyond a spreadsheet's range stays as it is, for `put_number` to write as text."""
    if abs(value) < LARGEST:
        return Decimal(repr(float(value)))
    return Decimal(value.numerator) / Decimal(value.denominator)


def grid_sheet(sheet: Worksheet, grid: Grid, made: Quantities) -> None:
    """Fill a sheet of quantities: a row each, a column a period; where they come from stands at the right."""
    _heads(sheet, grid, made)
    for row, line in enumerate(grid.lines, BODY):
        if isinstance(line, Line):
            _line(sheet, row, line, grid, made)
        else:
            put_text(sheet, made.styles, (row, 0), entity_title(made.closed, line), "mine")
            sheet.set_row(row, HEADING_HEIGHT)
    _page(sheet, grid, _width(grid, made.closed.graph))


def _heads(sheet: Worksheet, grid: Grid, made: Quantities) -> None:
    styles = made.styles
    put_text(sheet, styles, (0, 0), grid.sheet, "title")
    said = "Entered in the books: change a yellow cell and everything follows" if grid.entered else "Derived"
    put_text(sheet, styles, (1, 0), f"{said}. In whole units, unrounded.", "soft")
    last = FIRST + len(grid.periods)
    for column in range(last + 2):
        put_text(sheet, styles, (HEADS, column), "", "span")
    for column, text in ((0, ""), (1, "Unit"), (last, "Source" if grid.entered else "How"), (last + 1, "Name")):
        put_text(sheet, styles, (HEADS + 1, column), text, "corner", indent=1 if column >= last else 0)
    for column, period in enumerate(grid.periods, FIRST):
        put_text(sheet, styles, (HEADS, column), span(period), "span")
        day = datetime(period.end.year, period.end.month, period.end.day)  # noqa: DTZ001 - a day, nowhere in particular
        sheet.write_datetime(HEADS + 1, column, day, styles("day"))


def _line(sheet: Worksheet, row: int, line: Line, grid: Grid, made: Quantities) -> None:
    graph, styles = made.closed.graph, made.styles
    put_text(sheet, styles, (row, 0), title(line.name), "text", indent=1 if line.entity else 0)
    put_text(sheet, styles, (row, 1), "" if line.unit == "pure" else line.unit, "unit")
    values = [value for node in line.nodes.values() if (value := graph.values[node]) is not None]
    shown = number_format(line.unit, line.name, values, entered=grid.entered)
    look = styles("input" if grid.entered else "derived", num_format=shown)
    for node in line.nodes.values():
        cell, value = made.plan.cells[node], graph.values[node]
        if value is not None and graph.origins[node] == GIVEN:
            put_number(sheet, (cell.row, cell.column), stored(value), look)
        elif value is not None:
            _derived(sheet, node, value, look, made)
    last = FIRST + len(grid.periods)
    put_text(sheet, styles, (row, last), sources(graph, line) if grid.entered else rules(graph, line), "far")
    put_text(sheet, styles, (row, last + 1), line.name, "far")


def _derived(sheet: Worksheet, node: int, value: Fraction, look: Format, made: Quantities) -> None:
    """A derived figure as a formula with its value; typed and told where a spreadsheet would refuse the formula."""
    graph, cell = made.closed.graph, made.plan.cells[node]
    text = formula(solved(graph.relations[graph.origins[node]], node), made.plan.cells, cell.sheet)
    if text is None:
        put_number(sheet, (cell.row, cell.column), stored(value), made.styles("typed"))
        name, entity, period = graph.keys[node]
        whose = f" of {entity}" if entity else ""
        reason = "its formula is longer than a spreadsheet takes"
        made.typed.append((f"{title(name)}{whose}, {period_text(period)}", reason))
    else:
        sheet.write_formula(cell.row, cell.column, f"={text}", look, stored(value))


def _width(grid: Grid, graph: Graph) -> int:
    """Wide enough for the largest figure, which a spreadsheet would else show as `###`."""
    nodes = (node for line in grid.lines if isinstance(line, Line) for node in line.nodes.values())
    largest = max((abs(graph.values[node] or Fraction(0)) for node in nodes), default=Fraction(0))
    return min(max(NARROW, len(f"{int(largest):,}") + 4), WIDE)


def _page(sheet: Worksheet, grid: Grid, width: int) -> None:
    last = FIRST + len(grid.periods)
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 1, 10)
    sheet.set_column(FIRST, last - 1, width)
    sheet.set_column(last, last, 60)
    sheet.set_column(last + 1, last + 1, 36)
    sheet.freeze_panes(BODY, FIRST)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, BODY + len(grid.lines) - 1, last - 1)
    sheet.repeat_rows(HEADS, BODY - 1)
    sheet.repeat_columns(0, 1)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.set_tab_color("#FFD966" if grid.entered else "#9AA5B1")


def once_sheet(sheet: Worksheet, made: Quantities) -> None:
    """The figures that hold for many periods; what a rule sets, and nobody enters, is not marked as an input."""
    styles, plan, graph = made.styles, made.plan, made.closed.graph
    put_text(sheet, styles, (0, 0), plan.once_sheet, "title")
    put_text(
        sheet,
        styles,
        (1, 0),
        "Stated once, for every period. Yellow cells are inputs; grey ones follow from a rule.",
        "soft",
    )
    heads = (("What", 44), ("Whose", 30), ("Value", 14), ("Unit", 10), ("Source", 60), ("Name", 36))
    for column, (text, width) in enumerate(heads):
        how = {"align": "right"} if text == "Value" else {"align": "left", "indent": int(column > 2)}
        put_text(sheet, styles, (BODY - 1, column), text, "corner", **how)
        sheet.set_column(column, column, width)
    for row, each in enumerate(plan.once, BODY):
        value = graph.values[each.nodes[0]] or Fraction(0)
        shown = number_format(each.unit, each.name, [value], entered=True)
        put_text(sheet, styles, (row, 0), title(each.name), "text")
        put_text(sheet, styles, (row, 1), entity_title(made.closed, each.entity), "text")
        look = "typed" if each.source.note else "input"
        put_number(sheet, (row, 2), stored(value), styles(look, num_format=shown))
        put_text(sheet, styles, (row, 3), "" if each.unit == "pure" else each.unit, "unit", indent=1)
        put_text(sheet, styles, (row, 4), str(each.source), "far")
        put_text(sheet, styles, (row, 5), each.name, "far")
        if each.source.note:
            made.typed.append(
                (f"{title(each.name)}, {entity_title(made.closed, each.entity)}", f"a rule sets it: {each.source}")
            )
    sheet.freeze_panes(BODY, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_tab_color("#FFD966")
