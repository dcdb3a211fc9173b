"""CR05 cross.capital-expenditure-differs: capital expenditure by property is not that of the cash flow statement.

What it ties: the total of a table of capital expenditure by property, and the capital additions that the
mines print in their production blocks, to the additions to property, plant and equipment in the cash flow
statement.

Why: the same money is told by property in one place and in one line in the other.

Ties: 12,618 capitalised in total, additions of (12,618).

Breaks: never. Additions that were not paid, offices and idle properties explain a difference, so the total is
tied where it agrees, and the sum over the mines is a query where it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orebook.check.context import Context
from orebook.check.cross.agreement import confirmed
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import MINE
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, SUM, Equation
from orebook.model.tie import MINUS, Operand

CODE = "CR05"
NAME = "cross.capital-expenditure-differs"
PAID = "PaymentsToAcquirePropertyPlantAndEquipment"
ADDED = "orebook:CapitalAdditions"


def run(view: Context) -> Iterator[Equation]:
    """Additions in the cash flow statement = capital expenditure by property."""
    rows = entries(view)
    paid = [entry for entry in rows if entry.concept == PAID and entry.table.kind == "cash-flows"]
    totals = [entry for entry in rows if entry.table.kind == "capital-expenditures"]
    mines = [entry for entry in rows if entry.concept == ADDED and entry.level.level == MINE]
    for line in paid:
        for total in totals:
            yield from confirmed(_copies(line, total), view.sightings)
        if len(mines) > 1:
            yield from _sums(line, mines)


def _copies(paid: Entry, total: Entry) -> Iterator[Equation]:
    for period, target in paid.figures.items():
        if period in total.figures:
            operands = (Operand(total.figures[period], MINUS),)
            yield Equation(CODE, NAME, IDENTITY, REQUIRED, target, operands, "capital expenditure by property")


def _sums(paid: Entry, mines: Sequence[Entry]) -> Iterator[Equation]:
    for period, target in paid.figures.items():
        operands = tuple(Operand(mine.figures[period], MINUS) for mine in mines if period in mine.figures)
        if len(operands) > 1:
            yield Equation(CODE, NAME, SUM, ANALYTIC, target, operands, "the mines' capital additions")
