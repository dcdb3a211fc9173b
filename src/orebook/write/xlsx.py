"""The workbook: a sheet a table with live sums, and the findings, claims and facts as lists."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from orebook.model.book import Book
from orebook.model.tie import Checked
from orebook.write.extras import MissingExtraError
from orebook.write.marks import by_weight, marks
from orebook.write.sheets import lists
from orebook.write.sheets.formulas import Cell, live
from orebook.write.sheets.names import figure_name, reference, sheet_names
from orebook.write.sheets.styles import Styles
from orebook.write.sheets.tables import Context, cells_of, table_sheet
from orebook.write.view import Line, View, views
from orebook.write.words import short_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FIXED = ("About", "Findings", "Claims", "Facts")


def workbook(book: Book, checked: Checked | None) -> bytes:
    """The bytes of an `.xlsx` file of `book`, with the sums, notes and findings of `checked` where it is given.

    A figure is a formula where a relation that `checked` found gives it exactly, and the figure is stored with the
    formula; every other figure is typed as filed. Nothing of the document becomes a formula or a link. Needs
    XlsxWriter (the extra `xlsx`); raises MissingExtraError without it.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and needed only here
    except ImportError as missing:
        raise MissingExtraError("a workbook", "XlsxWriter", "xlsx") from missing
    buffer = io.BytesIO()
    off = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, off) as made:
        _fill(made, book, checked)
    return buffer.getvalue()


def _fill(made: Workbook, book: Book, checked: Checked | None) -> None:
    seen = views(book)
    names = sheet_names((view.table for view in seen), _FIXED)
    cells = cells_of(seen, names)
    context = Context(
        document=short_name(book.name),
        styles=Styles(made),
        cells=cells,
        filled=_filled(cells),
        live=live(checked, cells),
        marks=None if checked is None else marks(checked),
    )
    made.set_properties({"title": book.identity.company or short_name(book.name), "comments": "Written by orebook"})
    lists.about_sheet(made.add_worksheet("About"), context, book, checked)
    if checked is not None:
        lists.finding_sheet(made.add_worksheet("Findings"), context, by_weight(checked.findings))
    for view, name in zip(seen, names, strict=True):
        table_sheet(made.add_worksheet(name), view, context)
    if checked is not None:
        lists.claim_sheet(made.add_worksheet("Claims"), context, checked.claims)
    lists.fact_sheet(made.add_worksheet("Facts"), context, book)
    _name_figures(made, seen, cells)


def _filled(cells: dict[tuple[int, int], Cell]) -> dict[tuple[str, int], set[int]]:
    filled: dict[tuple[str, int], set[int]] = {}
    for cell in cells.values():
        filled.setdefault((cell.sheet, cell.column), set()).add(cell.row)
    return filled


def _name_figures(made: Workbook, seen: tuple[View, ...], cells: dict[tuple[int, int], Cell]) -> None:
    """A defined name for each key figure, at the first place in which the report prints it."""
    named: set[str] = set()
    lines = (line for view in seen for line in view.lines if isinstance(line, Line))
    for fact in (fact for line in lines for fact in line.cells if fact is not None):
        name = figure_name(fact)
        if name and name.casefold() not in named:
            named.add(name.casefold())
            cell = cells[fact.place]
            made.define_name(name, f"={reference(cell.sheet, cell.row, cell.column, fixed=True)}")
