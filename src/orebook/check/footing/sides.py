"""FT02 footing.sides-differ: the two sides of a balance sheet differ.

What it ties: total assets to total liabilities and equity, column by column.

Why: double entry makes them equal to the last digit; a difference is always an error.

Ties: `Total assets` 250 and `Total liabilities and shareholders' equity` 250.

Breaks: 250 over 249.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.check.context import Context, Line, Sheet
from orebook.check.footing.words import begins
from orebook.model.equation import IDENTITY, REQUIRED, Equation
from orebook.model.tie import Operand

CODE = "FT02"
NAME = "footing.sides-differ"


def run(context: Context) -> Iterator[Equation]:
    """The sides of every table that prints both."""
    for sheet in context.sheets:
        for left, right in sides(sheet):
            for number, target in left.cells.items():
                other = right.cells.get(number)
                if other is not None and other.unit == target.unit:
                    formula = "the other side of the balance sheet"
                    yield Equation(CODE, NAME, IDENTITY, REQUIRED, target, (Operand(other),), formula)


def sides(sheet: Sheet) -> Iterator[tuple[Line, Line]]:
    """Pairs of the row of total assets and the next row of total liabilities and equity."""
    left: Line | None = None
    for line in sheet.lines:
        if begins("left_side", line.row.label):
            left = line
        elif left is not None and begins("right_side", line.row.label):
            yield left, line
            left = None
