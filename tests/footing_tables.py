"""Tables of the footing tests: figures in a few lines of text, as a book."""

from __future__ import annotations

from decimal import Decimal

from orebook.model.book import Book, Identity
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.slotted import replaced
from orebook.model.spot import Spot

TABLE = Table(0, "a table")


def book(text: str, unit: str = "USD", headings: tuple[str, ...] = (), kind: str = "") -> Book:
    """A book of one table: `label | figure | figure` a line, `---` a rule, a line ending with a colon a heading.

    `label [oz] | ...` is a row of another unit, a heading `Gold [oz]` one over a column of another.
    """
    table = replaced(TABLE, kind=kind)
    facts: list[Fact] = []
    under: list[tuple[int, str]] = []
    rule, lines = "", text.splitlines()
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        if line.strip() == "---":
            rule = "-"
        elif line.rstrip().endswith(":"):
            under = [(depth, name) for depth, name in under if depth < indent] + [(indent, line.strip(" :"))]
        elif line.strip():
            label, *figures = (cell.strip() for cell in line.split("|"))
            under = [(depth, name) for depth, name in under if depth < indent or (not label and depth <= indent)]
            label, _, own = label.removesuffix("]").partition(" [")
            row = Row(number, label, tuple(name for _, name in under), indent=indent, line=number, rule_above=rule)
            facts.extend(
                replaced(_fact(row, at, figure, own or _of_column(headings, at) or unit, headings), table=table)
                for at, figure in enumerate(figures, 1)
                if figure
            )
            rule = ""
    return Book("case", Identity(), tuple(" " * len(line) for line in lines), (), (table,), tuple(facts), ())


def _of_column(headings: tuple[str, ...], at: int) -> str:
    return headings[at - 1].partition("[")[2].rstrip("]") if headings else ""


def _fact(row: Row, at: int, text: str, unit: str, headings: tuple[str, ...]) -> Fact:
    nil, percent = text == "--", text.endswith("%")
    value = None if nil else Decimal(text.strip("()%").replace(",", "")) * (-1 if text.startswith("(") else 1)
    decimals = max(0, -int(value.as_tuple().exponent)) if value is not None else 0
    column = Column(at, headings[at - 1] if headings else f"column {at}", percent=percent)
    spot = Spot(row.line, 20 * at, 20 * at + len(text))
    return Fact(spot, text, value, decimals, "%" if percent else unit, 1, None, TABLE, row, column)
