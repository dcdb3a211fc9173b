"""The workbook: a sheet a table with live figures, and the findings, claims and facts as lists.

Of a filed report, a figure is live where the report's own relations give it. Of a close, every figure is: the inputs
of the books stand on sheets of their own, all that is derived from them is a formula by the close's equations, and
the printed tables fetch and round.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from orebook.model.book import Book
from orebook.model.tie import Checked
from orebook.write.extras import MissingExtraError
from orebook.write.marks import by_weight, marks
from orebook.write.sheets import lists
from orebook.write.sheets.formulas import live
from orebook.write.sheets.live import Cell, Live
from orebook.write.sheets.names import figure_name, reference, sheet_names
from orebook.write.sheets.styles import Styles
from orebook.write.sheets.tables import Context, cells_of, table_sheet
from orebook.write.view import Line, View, views
from orebook.write.words import short_name, visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from orebook.close import Closed

_FIXED = ("About", "Findings", "Claims", "Facts", "Checks")


def workbook(book: Book, checked: Checked | None, closed: Closed | None = None) -> bytes:
    """The bytes of an `.xlsx` file of `book`, with the relations, notes and findings of `checked` where it is given.

    `closed` is the close that made `book`: its equations then drive the workbook. Otherwise a figure is a formula
    where a relation that `checked` found shows it as printed. The figure is stored with each formula; every other
    figure is typed. Nothing of the document becomes a formula or a link. Needs XlsxWriter (the extra `xlsx`); raises
    MissingExtraError without it.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and needed only here
    except ImportError as missing:
        raise MissingExtraError("a workbook", "XlsxWriter", "xlsx") from missing
    buffer = io.BytesIO()
    off = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, off) as made:
        made.set_properties(
            {"title": visible(book.identity.company) or short_name(book.name), "comments": "Written by orebook"}
        )
        if closed is None:
            _filed(made, book, checked)
        else:
            _closed(made, book, checked, closed)
    return buffer.getvalue()


def _filed(made: Workbook, book: Book, checked: Checked | None) -> None:
    from orebook.write.sheets.about import about_sheet  # noqa: PLC0415

    seen = views(book)
    names = sheet_names((view.table for view in seen), _FIXED)
    cells = cells_of(seen, names)
    context = _context(made, book, checked, cells, live(checked, cells))
    about_sheet(made.add_worksheet("About"), context, book, checked)
    _tables(made, seen, names, context, checked)
    if checked is not None:
        lists.claim_sheet(made.add_worksheet("Claims"), context, checked.claims)
    lists.fact_sheet(made.add_worksheet("Facts"), context, book)
    _name_figures(made, seen, cells)


def _closed(made: Workbook, book: Book, checked: Checked | None, closed: Closed) -> None:
    from orebook.write.sheets.about import closed_sheet  # noqa: PLC0415
    from orebook.write.sheets.grids import Quantities, grid_sheet, once_sheet  # noqa: PLC0415
    from orebook.write.sheets.printed import printed  # noqa: PLC0415
    from orebook.write.sheets.proofs import proof_sheet, proofs  # noqa: PLC0415
    from orebook.write.sheets.quantities import plan  # noqa: PLC0415

    seen = views(book)
    names = sheet_names((view.table for view in seen), _FIXED)
    cells = cells_of(seen, names)
    planned = plan(closed, (*_FIXED, *names))
    context = _context(made, book, checked, cells, printed(closed, book, planned.cells))._replace(closed=True)
    quantities = Quantities(closed, planned, context.styles, [])
    about = made.add_worksheet("About")
    _tables(made, seen, names, context, checked)
    found = proofs(quantities)
    if found:
        proof_sheet(made.add_worksheet("Checks"), found, quantities)
    if planned.once:
        once_sheet(made.add_worksheet(planned.once_sheet), quantities)
    for grid in planned.grids:
        grid_sheet(made.add_worksheet(grid.sheet), grid, quantities)
    lists.fact_sheet(made.add_worksheet("Facts"), context, book)
    closed_sheet(about, context, checked, quantities, found)
    _name_figures(made, seen, cells)


def _context(
    made: Workbook, book: Book, checked: Checked | None, cells: dict[tuple[int, int], Cell], figures: Live
) -> Context:
    return Context(
        document=short_name(book.name),
        styles=Styles(made),
        cells=cells,
        live=figures,
        marks=None if checked is None else marks(checked),
    )


def _tables(
    made: Workbook, seen: tuple[View, ...], names: tuple[str, ...], context: Context, checked: Checked | None
) -> None:
    """What was found, first of all, and the tables."""
    if checked is not None:
        lists.finding_sheet(made.add_worksheet("Findings"), context, by_weight(checked.findings))
    for view, name in zip(seen, names, strict=True):
        table_sheet(made.add_worksheet(name), view, context)


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
