"""The sheets that list: findings by weight, every claim, every fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.tie import Claim, Finding
from orebook.write.number import plain
from orebook.write.sheets.cells import put_number, put_text
from orebook.write.sheets.live import Cell
from orebook.write.sheets.names import reference
from orebook.write.sheets.tables import LINE_HEIGHT, Context

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


class Fetched(NamedTuple):
    """A figure that a list fetches from the sheet where it stands."""

    cell: Cell
    value: Decimal


class Way(NamedTuple):
    """A cell of another sheet that a click leads to."""

    cell: Cell


Value = str | int | Decimal | date | Fetched | Way | None
Column = tuple[str, int]

_CLEAN = "nothing to report: no relation that was found breaks"


def _list(sheet: Worksheet, context: Context, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
    """A header, frozen and with a filter, over rows; the columns are (name, width)."""
    for index, (name, width) in enumerate(columns):
        put_text(sheet, context.styles, (0, index), name, "corner")
        sheet.set_column(index, index, width)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            put(sheet, context, (last, column), value)
        high = max(_lines_high(value, width) for value, (_, width) in zip(row, columns, strict=True))
        if high > 1:
            sheet.set_row(last, LINE_HEIGHT * high)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")


def _lines_high(value: Value, width: int) -> int:
    """How many lines a wrapped text takes; a spreadsheet does not work that out for a file it did not write."""
    return min(12, -(-len(value) // max(width - 2, 1))) if isinstance(value, str) else 1


def put(sheet: Worksheet, context: Context, where: tuple[int, int], value: Value, align: str = "") -> None:
    styles = context.styles
    if value is None or value == "":
        return
    more: dict[str, object] = {"align": align} if align else {}
    if isinstance(value, Fetched):
        sheet.write_formula(*where, f"={_cell(value.cell)}", styles("number", **more), value.value)
    elif isinstance(value, Way):
        name = _cell(value.cell)
        sheet.write_url(*where, f"internal:{name}", styles("wrap", underline=1, indent=1, **more), name)
    elif isinstance(value, date):
        sheet.write_datetime(*where, datetime(value.year, value.month, value.day), styles("date", **more))  # noqa: DTZ001
    elif isinstance(value, int | Decimal):
        put_number(sheet, where, value, styles("number", **more))
    elif value in ("break", "query"):
        put_text(sheet, styles, where, value, value)
    else:
        put_text(sheet, styles, where, value, "wrap")


def finding_sheet(sheet: Worksheet, context: Context, findings: Iterable[Finding]) -> None:
    """The findings in the order given, each with the way to the cell in which its figure stands."""
    columns = (
        *(("Grade", 9), ("Code", 9), ("Message", 70), ("Printed", 18), ("Recomputed", 18), ("Difference", 14)),
        *(("Allowed", 12), ("Line", 8), ("Column", 8), ("Cell", 28), ("Suspect", 28)),
    )
    rows: list[Sequence[Value]] = [
        (
            *(each.grade, each.code, each.message, _number(each.printed), _number(each.computed)),
            *(_number(each.difference), _number(each.allowed), each.spot.line, each.spot.start),
            _way(context.cells.get((each.spot.line, each.spot.start))),
            None if each.suspect is None else _way(context.cells.get((each.suspect.line, each.suspect.start))),
        )
        for each in findings
    ]
    _list(sheet, context, columns, rows or [("", "", _CLEAN, *[""] * (len(columns) - 3))])


def claim_sheet(sheet: Worksheet, context: Context, claims: Iterable[Claim]) -> None:
    """Every number of the text and what it ties to."""
    columns = (
        *(("Line", 8), ("Column", 8), ("Number", 22), ("Kind", 14), ("Verdict", 20), ("Printed", 18)),
        *(("Recomputed", 18), ("By", 40), ("Figures", 60)),
    )
    rows = (
        (
            *(each.spot.line, each.spot.start, each.number, each.kind, each.verdict),
            *(_exact(each.printed), _exact(each.computed), each.formula),
            ", ".join(_cell(context.cells.get(fact.place)) for fact in each.operands),
        )
        for each in claims
    )
    _list(sheet, context, columns, rows)


def fact_sheet(sheet: Worksheet, context: Context, book: Book) -> None:
    """Every figure, one a row, with the fields of the records."""
    columns = (
        *(("Table", 30), ("Entity", 24), ("Heading", 30), ("Label", 40), ("Value", 16), ("Nil", 6), ("Unit", 12)),
        *(("Scale", 10), ("Months", 8), ("End", 12), ("Concept", 30), ("Share", 8), ("Decimals", 9), ("Line", 8)),
        *(("Start", 7), ("Stop", 7), ("Printed", 16), ("Cell", 26), ("Marks", 24)),
    )
    _list(sheet, context, columns, (_fact_row(fact, context) for fact in book.facts))


def _fact_row(fact: Fact, context: Context) -> Sequence[Value]:
    period = fact.period
    marks = () if context.marks is None else context.marks.get(fact.place, ("none",))
    value: Value = fact.value
    if context.closed and fact.place in context.live.made:
        value = Fetched(context.cells[fact.place], fact.value or Decimal(0))
    return (
        *(fact.table.title, fact.entity, " › ".join(fact.heading), fact.label, value, "nil" if fact.nil else ""),
        *(fact.unit, fact.scale, period.months if period else None, period.end if period else None, fact.concept),
        *(fact.row.share, fact.decimals, fact.spot.line, fact.spot.start, fact.spot.end, fact.text),
        *(_cell(context.cells.get(fact.place)), ", ".join(marks)),
    )


def _way(cell: Cell | None) -> Way | None:
    return None if cell is None else Way(cell)


def _cell(cell: Cell | None) -> str:
    return "" if cell is None else reference(cell.sheet, cell.row, cell.column)


def _number(text: str) -> Value:
    """A number where the text is one in plain digits, else the text."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return value if value.is_finite() else text


def _exact(value: Fraction | None) -> Value:
    text = plain(value)
    return None if text is None else Decimal(text)
