"""The books of a rolled report: its rows, their formulas, and the figures that people filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from orebook.close.bounds import bounds
from orebook.close.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from orebook.close.files import Record, number, read_rows, read_toml
from orebook.close.frame import KINDS, Frame, Slot
from orebook.close.graph import GIVEN, Graph, solve
from orebook.close.problems import BooksError, Problem
from orebook.close.quantity import Quantity
from orebook.close.roll import COMPARATIVES, FORMULAS, LEAVES, REPORT, ROW_COLUMNS, ROWS
from orebook.close.sheet import Row, Sheet, Style
from orebook.measures.formula import Formula, FormulaError, parse
from orebook.measures.units import PURE
from orebook.model.interval import Interval
from orebook.model.named import NamedTuple
from orebook.model.period import Period

_NIL = frozenset({"-", "--", "- -", "nil"})
_LARGEST = {"table": 9999, "indent": 40, "scale": 10**9, "decimals": 9}


class RowPlan(NamedTuple):
    """A row of the report: where it stands, how it is printed, and in which kinds of slot it has figures."""

    name: str
    table: int
    label: str
    heading: tuple[str, ...]
    entity: str
    indent: int
    unit: str
    style: Style
    scale: int
    rule: bool
    double: bool
    space: bool
    kinds: tuple[str, ...]
    concept: str = ""


class TablePlan(NamedTuple):
    """A table of the report and the slots of its columns."""

    number: int
    title: str
    caption: str
    columns: tuple[Slot, ...]
    kind: str = ""


class RolledBooks(NamedTuple):
    """A rolled report's books: definitions as (row, slot kind, formula, place), figures by row and period."""

    company: str
    frame: Frame
    tables: tuple[TablePlan, ...]
    rows: tuple[RowPlan, ...]
    definitions: tuple[tuple[str, str, Formula, Record], ...]
    figures: dict[tuple[str, Period], tuple[Fraction, Record, str]]


def is_rolled(folder: Path) -> bool:
    """Whether a folder holds the books of a rolled report."""
    return (folder / REPORT).exists()


def read_rolled(folder: Path) -> RolledBooks:
    """Read and validate the books of a rolled report. Raises `BooksError` with every problem at once."""
    problems: list[Problem] = []
    head = read_toml(folder, REPORT, problems)
    if problems:
        raise BooksError(problems)
    frame, tables = _frame(head, problems), _tables(head, problems)
    rows = [_row(record, problems) for record in read_rows(folder, ROWS, ROW_COLUMNS, problems)]
    plans = {row.name: row for row in rows if row is not None}
    numbers = {table.number for table in tables}
    lost = [row for row in plans.values() if row.table not in numbers]
    problems += [Problem(ROWS, 0, "table", f"{row.name}: {REPORT} has no table {row.table}") for row in lost]
    definitions = [
        _definition(record, plans, problems)
        for record in read_rows(folder, FORMULAS, ("row", "slot", "formula"), problems)
    ]
    figures: dict[tuple[str, Period], tuple[Fraction, Record, str]] = {}
    for name in (LEAVES, COMPARATIVES):
        for record in read_rows(folder, name, ("row", "unit"), problems):
            _read_figures(record, plans, figures, frame, problems)
    if problems or frame is None:
        raise BooksError(problems)
    made = tuple(definition for definition in definitions if definition is not None)
    return RolledBooks(str(head["report"].get("company", "")), frame, tables, tuple(plans.values()), made, figures)


def _frame(head: dict[str, Any], problems: list[Problem]) -> Frame | None:
    report = head.get("report")
    if not isinstance(report, dict):
        problems.append(Problem(REPORT, 0, "report", "the file has no [report] block"))
        return None
    end, year_end = report.get("period_end"), report.get("fiscal_year_end", 12)
    if (
        not isinstance(end, date)
        or not FIRST_YEAR < end.year < LAST_YEAR
        or not isinstance(year_end, int)
        or not 1 <= year_end <= 12
    ):
        problems.append(Problem(REPORT, 0, "report", "period_end is a date and fiscal_year_end a month, 1 to 12"))
        return None
    if (end.month - year_end) % 3:
        problems.append(Problem(REPORT, 0, "report.period_end", f"{end} does not close a quarter of the fiscal year"))
        return None
    return Frame(date(end.year, end.month, end.day), year_end)


def _tables(head: dict[str, Any], problems: list[Problem]) -> tuple[TablePlan, ...]:
    made = []
    entries = head.get("tables", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append(Problem(REPORT, 0, "tables", "write each as a [[tables]] block"))
        return ()
    for at, table in enumerate(entries, 1):
        listed, own = table.get("columns", []), table.get("number", at)
        if not isinstance(listed, list) or not isinstance(own, int):
            problems.append(Problem(REPORT, 0, f"tables[{at}]", "columns is a list and number a whole number"))
            continue
        columns = [str(column) for column in listed]
        if not all(re.fullmatch(r"[qyif][01]", column) for column in columns):
            problems.append(Problem(REPORT, 0, f"tables[{at}].columns", "a column is one of q0 q1 y0 y1 i0 i1 f0 f1"))
            continue
        slots = tuple(Slot(column[0], int(column[1])) for column in columns)
        made.append(
            TablePlan(
                own,
                str(table.get("title", "")),
                str(table.get("caption", "")),
                slots,
                str(table.get("kind", "")),
            )
        )
    return tuple(made)


def _row(record: Record, problems: list[Problem]) -> RowPlan | None:
    counts = {name: number(record.cell(name)) for name in ("table", "indent", "scale", "decimals")}
    for name, value in counts.items():
        if value is None or value.denominator != 1 or not 0 <= value <= _LARGEST[name]:
            said = f"'{record.cell(name)}' is not a whole number from 0 to {_LARGEST[name]}"
            problems.append(record.problem(name, said))
            return None
    if not counts["scale"]:
        problems.append(record.problem("scale", "a printed unit counts for 1, 1000 or 1000000, not for nothing"))
        return None
    table, indent, scale, decimals = (int(value or 0) for value in counts.values())
    style = Style(decimals, Fraction(scale), dollar=record.cell("dollar") == "yes")
    heading = tuple(part for part in record.cell("heading").split(" > ") if part)
    rule, double, space = (record.cell(name) == "yes" for name in ("rule", "double", "space"))
    return RowPlan(
        record.cell("row"),
        table,
        record.cell("label"),
        heading,
        record.cell("entity"),
        indent,
        record.cell("unit"),
        style,
        scale,
        rule,
        double,
        space,
        tuple(record.cell("slots").split()),
        record.cell("concept"),
    )


def _definition(
    record: Record, plans: dict[str, RowPlan], problems: list[Problem]
) -> tuple[str, str, Formula, Record] | None:
    name = record.cell("row")
    try:
        formula = parse(record.cell("formula"))
    except FormulaError as error:
        problems.append(record.problem("formula", str(error)))
        return None
    strange = [ref for ref in formula.names if "@" in ref and ref.partition("@")[2] not in KINDS]
    if strange:
        problems.append(record.problem("formula", f"{strange[0]}: after @ comes one of {', '.join(sorted(KINDS))}"))
        return None
    unknown = [ref for ref in (name, *formula.names) if ref.partition("@")[0].partition(".")[0] not in plans]
    if unknown:
        problems.append(record.problem("formula", f"there is no row {', '.join(unknown)} in {ROWS}"))
        return None
    if record.cell("slot") not in KINDS:
        problems.append(record.problem("slot", f"'{record.cell('slot')}' is not one of {', '.join(sorted(KINDS))}"))
        return None
    return name, record.cell("slot"), formula, record


def _read_figures(
    record: Record,
    plans: dict[str, RowPlan],
    figures: dict[tuple[str, Period], tuple[Fraction, Record, str]],
    frame: Frame | None,
    problems: list[Problem],
) -> None:
    """The filled cells of a row: empty is not given, `x` is derived, a dash is nil."""
    plan = plans.get(record.cell("row"))
    if plan is None:
        problems.append(record.problem("row", f"there is no row '{record.cell('row')}' in {ROWS}"))
        return
    if record.cell("unit") != plan.unit:
        problems.append(record.problem("unit", f"{plan.label} is in {plan.unit}, not in '{record.cell('unit')}'"))
    calendar = calendar_of(frame) if frame else None
    for column, text in record.cells.items():
        if calendar is None or column in {"row", "section", "label", "unit", "scale"} or text in {"", "x"}:
            continue
        period = _period(calendar, column)
        value = Fraction(0) if text in _NIL else number(text)
        if period is None:
            problems.append(Problem(record.file, 1, column, f"'{column}' is not a period"))
        elif value is None:
            problems.append(record.problem(column, f"'{text}' is not a number"))
        else:
            figures[plan.name, period] = value * plan.scale, record, column


def calendar_of(frame: Frame) -> Calendar:
    """The calendar that reads the periods of a frame."""
    return Calendar(frame.year_end, frame.end, frame.end)


def _period(calendar: Calendar, text: str) -> Period | None:
    return calendar.parse(text.removeprefix("at "))


def rolled_graph(books: RolledBooks) -> Graph:
    """The solved graph of a rolled report. What is given stays as it was printed, and is compared with what the
    formulas make of it."""
    graph = Graph()
    labels = {row.name: f"{row.name} {row.label}".strip() for row in books.rows}
    for (name, period), (value, record, column) in books.figures.items():
        graph.give(Quantity(labels[name], "", period), value, PURE, record.source(column))
    backs = {table.number: {slot.back for slot in table.columns} for table in books.tables}
    tables = {row.name: row.table for row in books.rows}
    for name, kind, formula, record in books.definitions:
        for back in sorted(backs[tables[name.partition(".")[0]]]):
            _define(graph, books, labels, (name, Slot(kind, back), formula), record)
    for row in books.rows:
        for slot in (Slot(kind, back) for kind in row.kinds for back in sorted(backs[row.table])):
            graph.node(Quantity(labels[row.name], "", books.frame.period(slot)), PURE)
    solve(graph)
    return graph


def _define(
    graph: Graph,
    books: RolledBooks,
    labels: dict[str, str],
    definition: tuple[str, Slot, Formula],
    record: Record,
) -> None:
    name, slot, formula = definition
    target = Quantity(_named(name, labels), "", books.frame.period(slot))
    operands = []
    for ref in formula.names:
        plain, _, kind = ref.partition("@")
        operand = Quantity(_named(plain, labels), "", books.frame.period(Slot(kind or slot.kind, slot.back)))
        graph.node(operand, PURE)
        operands.append(operand)
    if target in operands:
        return
    graph.relate(target, formula, operands, f"{record.file}:{record.row}")


def _named(name: str, labels: dict[str, str]) -> str:
    """A row by its label too; a step of a row (`t01r05.above`) by its own name."""
    return labels.get(name, name)


def rolled_bounds(books: RolledBooks, graph: Graph) -> dict[int, Interval]:
    """What every figure of a rolled report may stand for, its leaves being printed figures."""
    labels = {f"{row.name} {row.label}".strip(): row.style for row in books.rows}
    leaves = {}
    for node, value in enumerate(graph.values):
        if graph.origins[node] == GIVEN and value:
            style = labels[graph.keys[node].name]
            half = style.scale * Fraction(1, 2 * 10**style.decimals)
            leaves[node] = Interval(value - half, value + half)
    return bounds(graph, leaves)


def rolled_sheets(books: RolledBooks, graph: Graph) -> tuple[Sheet, ...]:
    """The tables of the report, filled."""
    return tuple(_sheet(books, graph, table) for table in books.tables if table.columns)


def _sheet(books: RolledBooks, graph: Graph, table: TablePlan) -> Sheet:
    rows: list[Row] = []
    entity, heading = "", tuple[str, ...]()
    for plan in (row for row in books.rows if row.table == table.number):
        if plan.entity != entity:
            entity, heading = plan.entity, ()
            rows.append(Row(entity, space=True))
        rows += _headings(heading, plan.heading)
        heading = plan.heading
        quantities = tuple(_quantity(books, plan, column) for column in table.columns)
        values = tuple(_value(graph, quantity) for quantity in quantities)
        row = Row(plan.label, values, plan.style, plan.indent, name=f"{plan.name} {plan.label}".strip())
        rows.append(row._replace(rule=plan.rule, double=plan.double, space=plan.space, quantities=quantities))
    periods = tuple(books.frame.period(slot) for slot in table.columns)
    return Sheet(table.title, table.caption, periods, tuple(rows))


def _headings(before: tuple[str, ...], now: tuple[str, ...]) -> Iterable[Row]:
    """The headings that open above a row; a colon unless they are all capitals."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    for depth in range(same, len(now)):
        text = now[depth] if now[depth].isupper() else f"{now[depth]}:"
        yield Row(text, indent=2 * depth, space=True)


def _quantity(books: RolledBooks, plan: RowPlan, column: Slot) -> Quantity | None:
    """What a row's figure in a column is of: the column's slot, or the moment at which the row stands."""
    moments = [kind for kind in plan.kinds if kind in {"i", "f", "o"}]
    if column.kind in {"q", "y"} and moments:
        slot = Slot(moments[0], column.back)
    elif column.kind in plan.kinds:
        slot = column
    else:
        return None
    return Quantity(f"{plan.name} {plan.label}".strip(), "", books.frame.period(slot))


def _value(graph: Graph, quantity: Quantity | None) -> Fraction | None:
    node = None if quantity is None else graph.find(quantity)
    return None if node is None else graph.values[node]
