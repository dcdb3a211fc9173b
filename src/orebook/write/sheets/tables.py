"""A table's sheet: the report's rows and columns in their order, with live sums, comments and notes."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.write import words
from orebook.write.marks import MARKS
from orebook.write.sheets.cells import put_number, put_text, safe
from orebook.write.sheets.live import Cell, Live, Place
from orebook.write.sheets.names import column_letters
from orebook.write.sheets.styles import Styles
from orebook.write.view import Heading, Line, View

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEADS = 4
BODY = 7
LABEL_WIDTH = 48
NOTE_WIDTH = 70
LINE_HEIGHT = 15
_WORDS = {mark.name: mark.word for mark in MARKS}


class Context(NamedTuple):
    """What the sheets of one workbook share; `closed` tells a report that was derived from one that was filed."""

    document: str
    styles: Styles
    cells: dict[Place, Cell]
    live: Live
    marks: dict[Place, tuple[str, ...]] | None
    closed: bool = False


def cells_of(views: tuple[View, ...], names: tuple[str, ...]) -> dict[Place, Cell]:
    """Where every figure will stand."""
    return {
        fact.place: Cell(name, BODY + offset, column + 1)
        for view, name in zip(views, names, strict=True)
        for offset, line in enumerate(view.lines)
        if isinstance(line, Line)
        for column, fact in enumerate(line.cells)
        if fact is not None
    }


def table_sheet(sheet: Worksheet, view: View, context: Context) -> None:
    """Fill the sheet of one table."""
    _heads(sheet, view, context)
    for row, line in enumerate(view.lines, BODY):
        if isinstance(line, Heading):
            look = "mine" if line.entity else "heading"
            put_text(sheet, context.styles, (row, 0), line.text, look, indent=min(line.depth, 4))
        else:
            _line(sheet, row, line, context)
    _page(sheet, view, context)


def _heads(sheet: Worksheet, view: View, context: Context) -> None:
    styles, table = context.styles, view.table
    put_text(sheet, styles, (0, 0), table.title, "title")
    put_text(sheet, styles, (1, 0), table.caption, "soft")
    put_text(sheet, styles, (2, 0), _origin(view, context), "soft")
    put_text(sheet, styles, (HEADS, 0), "", "corner")
    put_text(sheet, styles, (HEADS + 1, 0), "Period", "under-left")
    put_text(sheet, styles, (HEADS + 2, 0), "Unit", "under-left")
    for index, column in enumerate(view.columns):
        at = index + 1
        put_text(sheet, styles, (HEADS, at), words.column_name(column), "column")
        put_text(sheet, styles, (HEADS + 1, at), words.period_words(column.period), "under")
        put_text(sheet, styles, (HEADS + 2, at), _unit_of(view, index), "under")
    last = len(view.columns) + 1
    put_text(sheet, styles, (HEADS, last), "Unit of the row", "corner", align="left", indent=2)
    if _has_notes(view, context):
        put_text(sheet, styles, (HEADS, last + 1), "Note", "corner")


def _origin(view: View, context: Context) -> str:
    """Where the table stands in its document; of a close, what its figures are made of."""
    if context.closed:
        return f"Closed from the books {context.document}; each figure is fetched in full and rounded as printed"
    first, last = view.table.first_line, view.table.last_line
    lines = f"lines {first} to {last}" if last else ""
    return ", ".join(part for part in (context.document, lines) if part)


def _has_notes(view: View, context: Context) -> bool:
    lines = (line for line in view.lines if isinstance(line, Line))
    return any(fact is not None and fact.place in context.live.notes for line in lines for fact in line.cells)


def _unit_of(view: View, index: int) -> str:
    """The unit that most figures of a column have."""
    facts = [line.cells[index] for line in view.lines if isinstance(line, Line)]
    units = Counter(words.unit_words(fact.unit, fact.scale) for fact in facts if fact is not None)
    return units.most_common(1)[0][0] if units else ""


def _line(sheet: Worksheet, row: int, line: Line, context: Context) -> None:
    styles = context.styles
    put_text(sheet, styles, (row, 0), words.visible(line.row.label), "label", indent=line.depth)
    notes: list[str] = []
    for column, fact in enumerate(line.cells, 1):
        if fact is None:
            continue
        _figure(sheet, row, column, fact, context)
        note = context.live.notes.get(fact.place)
        if note:
            notes.append(f"{column_letters(column)}{row + 1}: {note}")
    last = len(line.cells) + 1
    unit = next((words.unit_words(fact.unit, fact.scale) for fact in line.cells if fact is not None), "")
    put_text(sheet, styles, (row, last), unit, "unit", indent=2)
    told = " ".join(notes)
    high = max(-(-len(line.row.label) // (LABEL_WIDTH - 2 * line.depth)), -(-len(told) // NOTE_WIDTH))
    if high > 1:
        sheet.set_row(row, LINE_HEIGHT * high)
    if notes:
        put_text(sheet, styles, (row, last + 1), told, "note", text_wrap=True)


def _figure(sheet: Worksheet, row: int, column: int, fact: Fact, context: Context) -> None:
    """A figure typed as printed, or the formula that gives it with the figure as its stored value."""
    made = context.live.made.get(fact.place)
    look = context.styles.figure(fact, made)
    value = Decimal(0) if fact.value is None else fact.value
    if made is None:
        put_number(sheet, (row, column), value, look)
    else:
        sheet.write_formula(row, column, made.text, look, value)
    sheet.write_comment(row, column, _comment(fact, context), {"author": "orebook", "x_scale": 2, "font_size": 9})


def _comment(fact: Fact, context: Context) -> str:
    """Where a figure is printed, what it is, what the check says, and why it is typed if a sum was looked for."""
    made = context.live.made.get(fact.place)
    told = [] if context.closed else [_printed(fact)]
    told.append(
        ", ".join(part for part in (words.unit_words(fact.unit, fact.scale), words.period_words(fact.period)) if part)
    )
    if context.marks is not None and not context.closed:
        marks = context.marks.get(fact.place, ("none",))
        told.append(", ".join(_WORDS[mark] for mark in marks))
    told += [*(made.told.split("\n") if made else ()), context.live.notes.get(fact.place, "")]
    return "\n".join(safe(part) for part in told if part)


def _printed(fact: Fact) -> str:
    spot = fact.spot
    return f"Line {spot.line}, columns {spot.start} to {spot.end}: {' '.join(fact.text.split())}"


def _page(sheet: Worksheet, view: View, context: Context) -> None:
    columns = len(view.columns)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, columns, 16)
    sheet.set_column(columns + 1, columns + 1, 22)
    if _has_notes(view, context):
        sheet.set_column(columns + 2, columns + 2, NOTE_WIDTH)
    sheet.set_row(HEADS, 45)
    sheet.set_row(HEADS + 1, 26)
    sheet.set_row(HEADS + 2, 26)
    sheet.freeze_panes(BODY, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADS, BODY - 1)
    sheet.set_footer("&L&A&RPage &P of &N")
