"""The first sheet: what the workbook is, what its colours mean, and what is not live in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orebook.close.quantity import Missing
from orebook.model.book import Book
from orebook.model.tie import TIES, WITHIN, Checked
from orebook.write.sheets.cells import put_text
from orebook.write.sheets.grids import Quantities
from orebook.write.sheets.lists import Value, put
from orebook.write.sheets.live import Place
from orebook.write.sheets.names import reference
from orebook.write.sheets.proofs import COUNT, Proof
from orebook.write.sheets.quantities import MOST
from orebook.write.sheets.tables import Context

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_TOLD = 200
Told = list[tuple[str, Value]]
_FILED = (
    ("Blue", "filed", "a figure as filed; its comment says where it is printed"),
    (
        "Black",
        "formula",
        "a sum, copy or quotient of other figures that shows the filed figure; the figure is stored with it",
    ),
    ("Note", "note", "a sum that the report does not foot, or foots only within rounding: typed as filed"),
)
_CLOSED = (
    ("Input", "input", "a figure as the books give it, with its file and row: change it and everything follows"),
    ("Derived", "derived", "a formula over inputs and other formulas, unrounded; our own figure is stored with it"),
    ("Fetched", "link", "a printed figure: fetched from the sheets of inputs and formulas, rounded as it is printed"),
    ("Typed", "typed", "a number that no input moves; the reasons are listed below"),
)


def about_sheet(sheet: Worksheet, context: Context, book: Book, checked: Checked | None) -> None:
    """The first sheet of a report that was filed: what it is, and how the check came out."""
    identity = book.identity
    told: Told = [
        ("Document", context.document),
        ("Form", identity.form),
        ("Period end", identity.period_end),
        ("Filed", identity.filed),
        ("Tables", len(book.tables)),
        ("Figures", len(book.facts)),
        ("Live figures", len(context.live.made)),
        *_outcome(checked),
    ]
    row = _top(sheet, context, identity.company or context.document, told)
    row = _key(sheet, context, _FILED, row)
    problems = [(f"Not read, line {problem.line}", problem.message) for problem in book.problems[:MOST_TOLD]]
    _pairs(sheet, context, problems, row)


def closed_sheet(
    sheet: Worksheet, context: Context, checked: Checked | None, quantities: Quantities, found: Sequence[Proof]
) -> None:
    """The first sheet of a close: what the figures rest on, and what is not live, with the reason."""
    closed, plan = quantities.closed, quantities.plan
    graph = closed.graph
    inputs = len({cell for node, cell in plan.cells.items() if node in graph.sources})
    told: Told = [
        ("Books", context.document),
        ("Period end", closed.end),
        ("Inputs", inputs),
        ("Derived figures", sum(node not in graph.sources for node in plan.cells)),
        ("Printed figures", len(closed.book.facts)),
        ("Printed figures that are live", len(context.live.made)),
        *_outcome(checked),
    ]
    row = _top(sheet, context, closed.company, told)
    if found:
        put_text(sheet, context.styles, (row, 0), "Checks that differ", "text")
        differ = sum(abs(proof.value - (graph.values[proof.relation.target] or 0)) > proof.allowed for proof in found)
        where = f"={reference('Checks', *COUNT)}"
        sheet.write_formula(row, 1, where, context.styles("derived", align="left", num_format="0"), differ)
        row += 1
    row = _key(sheet, context, _CLOSED, row + 1)
    typed = [("Not live", f"{what}: {why}") for what, why in quantities.typed]
    typed += [("Not live", f"{_where(context, place)}: {note}") for place, note in context.live.notes.items()]
    if len(plan.cells) < sum(value is not None for value in graph.values):
        typed.append(("Left out", f"the books hold more than {MOST:,} figures: written is what the report rests on"))
    typed += [("Not live", f"{quantity}: it would divide by zero") for quantity in closed.undefined]
    typed += [("Not live", f"defined by each other: {', '.join(map(str, loop))}") for loop in closed.cycles]
    typed += [("Missing", _missing(each)) for each in closed.missing]
    _pairs(sheet, context, _shortened(typed), row)


def _where(context: Context, place: Place) -> str:
    cell = context.cells[place]
    return reference(cell.sheet, cell.row, cell.column)


def _missing(each: Missing) -> str:
    waits = f"; figures that wait for it: {len(each.blocks)}" if each.blocks else ""
    return f"{each.quantity}: nobody gave it{waits}"


def _shortened(told: list[tuple[str, str]]) -> list[tuple[str, str]]:
    left = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], ("…", f"and {left} more")] if left > 0 else told


def _outcome(checked: Checked | None) -> Told:
    if checked is None:
        return []
    tied = sum(claim.verdict in (TIES, WITHIN) for claim in checked.claims)
    return [
        ("Relations that hold", sum(tie.verdict in (TIES, WITHIN) for tie in checked.ties)),
        ("Numbers of the text that tie", tied if checked.claims else None),
        ("Breaks", sum(finding.grade == "break" for finding in checked.findings)),
        ("Queries", sum(finding.grade != "break" for finding in checked.findings)),
    ]


def _top(sheet: Worksheet, context: Context, title: str, told: Told) -> int:
    """The title and the facts about the workbook; the row below them."""
    put_text(sheet, context.styles, (0, 0), title, "title")
    row = 2
    for name, value in told:
        if value not in (None, ""):
            put_text(sheet, context.styles, (row, 0), name, "text")
            put(sheet, context, (row, 1), value, "left")
            row += 1
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    return row


def _key(sheet: Worksheet, context: Context, meanings: Sequence[tuple[str, str, str]], row: int) -> int:
    """What the colours stand for; the row below."""
    for at, (name, look, meaning) in enumerate(meanings, row + 1):
        put_text(sheet, context.styles, (at, 0), name, look)
        put_text(sheet, context.styles, (at, 1), meaning, "text")
    return row + len(meanings) + 2


def _pairs(sheet: Worksheet, context: Context, told: Sequence[tuple[str, str]], row: int) -> None:
    for at, (name, text) in enumerate(told, row):
        put_text(sheet, context.styles, (at, 0), name, "text")
        put_text(sheet, context.styles, (at, 1), text, "wrap")
