"""Close: derive from its books everything that a quarter's report says.

`close(folder)` is the whole of it. What it gives holds the report as a book, which check, the page and the
workbook take as they take a book that was read.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from orebook.close.books import Books, read_books
from orebook.close.closing import build_graph
from orebook.close.convention import LARGEST_PART, Move, adjusted
from orebook.close.gaps import conflicts, cycles, missing, undefined
from orebook.close.graph import Graph, change
from orebook.close.guidance import Outcome, judge
from orebook.close.problems import BooksError, Problem
from orebook.close.quantity import Conflict, Missing, Quantity, Source
from orebook.close.reading import book_of
from orebook.close.roll import Rolled, roll
from orebook.close.rolled import is_rolled, read_rolled, rolled_bounds, rolled_graph, rolled_sheets
from orebook.close.sheet import Gap, Sheet, gaps, known, render
from orebook.close.sheets import sheets_of
from orebook.close.trace import Step, trace
from orebook.model.book import Book
from orebook.model.named import NamedTuple

_SEPARATOR = ["", ""]


class Closed(NamedTuple):
    """A closed quarter: the report of `company` for the period that ends on `end`.

    `book` is the report as a book, `sheets` its tables with unrounded figures, `graph` all quantities behind
    them. `missing` names the leaves that nobody gave and what they block, `conflicts` the figures that two
    sources give differently, `cycles` figures defined by each other, `undefined` ratios to zero, `gaps` the
    totals whose printed parts do not add on paper. `books` are those of a company; None for a rolled report. `moves` are the figures that
    a rounding convention moved.
    """

    book: Book
    company: str
    end: date
    graph: Graph
    sheets: tuple[Sheet, ...]
    missing: tuple[Missing, ...]
    conflicts: tuple[Conflict, ...]
    cycles: tuple[tuple[Quantity, ...], ...]
    undefined: tuple[Quantity, ...]
    gaps: tuple[Gap, ...]
    books: Books | None = None
    moves: tuple[Move, ...] = ()

    def value(self, quantity: Quantity) -> Fraction | None:
        """The figure behind what is printed, with all its digits; None where it is not known."""
        node = self.graph.find(quantity)
        return None if node is None else self.graph.values[node]

    def trace(self, quantity: Quantity) -> tuple[Step, ...]:
        """How a figure was derived, down to the leaves. Raises `KeyError` where it has no value."""
        return trace(self.graph, quantity)


def close(folder: str | Path) -> Closed:
    """Close the books in `folder`.

    Raises `BooksError` with every problem of the books at once, and `FileNotFoundError` for no folder.
    """
    path = Path(folder)
    if is_rolled(path):
        rolled = read_rolled(path)
        graph = rolled_graph(rolled)
        made = _closed(rolled.company, rolled.frame.end, graph, rolled_sheets(rolled, graph), path.name)
        return made._replace(conflicts=conflicts(graph, within=rolled_bounds(rolled, graph)))
    books = read_books(path)
    graph = build_graph(books)
    company = books.company
    sheets, moves = sheets_of(books, graph), tuple[Move, ...]()
    if company.rounding == LARGEST_PART:
        sheets, moves = adjusted(sheets)
    made = _closed(company.name, company.calendar.last, graph, sheets, path.name)
    return made._replace(books=books, conflicts=conflicts(graph), moves=moves)


def _closed(company: str, end: date, graph: Graph, sheets: tuple[Sheet, ...], name: str) -> Closed:
    return Closed(
        book_of(report_text(company, sheets), name),
        company,
        end,
        graph,
        sheets,
        missing(graph),
        (),
        cycles(graph),
        undefined(graph),
        tuple(gap for sheet in sheets for gap in gaps(sheet)),
    )


def report_text(company: str, sheets: tuple[Sheet, ...]) -> str:
    """The report as plain text, one table after another; of an unfinished one, what has figures."""
    lines: list[str] = []
    for sheet in [made for made in map(known, sheets) if made.columns] or sheets:
        lines += [*_SEPARATOR, *render(company, sheet)] if lines else render(company, sheet)
    return "\n".join(lines) + "\n"


def guidance(closed: Closed) -> tuple[Outcome, ...]:
    """What became of every range in the books' guidance."""
    if closed.books is None:
        return ()
    actuals = {}
    for given in closed.books.guidance:
        node = closed.graph.find(given.quantity)
        if node is not None:
            actuals[given.quantity] = closed.graph.values[node], str(closed.graph.units[node])
    return judge(closed.books.guidance, actuals)


__all__ = [
    "Books",
    "BooksError",
    "Closed",
    "Conflict",
    "Gap",
    "Missing",
    "Outcome",
    "Problem",
    "Quantity",
    "Rolled",
    "Source",
    "change",
    "close",
    "guidance",
    "report_text",
    "roll",
]
