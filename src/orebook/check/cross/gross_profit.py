"""CR03 cross.segment-margin-breaks: a segment's gross profit is not its sales less its cost.

What it ties: the gross profit of a segment, and of the company, as the highlights print it, to the sales in
the highlights less the cost of sales with depreciation in the reconciliation of cash costs.

Why: three figures of one segment stand in two tables that are made by different hands.

Ties: sales 39,809 less cost 19,091 is the gross profit 20,718.

Breaks: sales 29,255 less cost 16,896 is 12,359, and 12,361 is printed, where the other columns agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.check.context import Context
from orebook.check.cross.agreement import graded, tried
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import COMPANY, Level, level_of
from orebook.lexicon.wording import normal
from orebook.model.equation import DIFFERENCE, REQUIRED, Equation
from orebook.model.tie import MINUS, ONE, Operand

CODE = "CR03"
NAME = "cross.segment-margin-breaks"
SALES = frozenset({"SalesRevenueNet", "Revenues"})
PROFIT = frozenset({"GrossProfit"})


def run(view: Context) -> Iterator[Equation]:
    """Gross profit = sales - cost, for each segment of the highlights and for the company."""
    rows, known = entries(view), view.sightings
    costs: dict[Level, list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.concept == "CostOfRevenue" and entry.table.kind == "reconciliation":
            costs[_whose(entry.level)].append(entry)
    if not costs:
        return
    shown = [entry for entry in rows if entry.table.kind in ("highlights", "segments")]
    sales: dict[tuple[int, Level], Entry] = {}
    for entry in shown:
        about = _about(entry, "sale", SALES)
        if about is not None:
            sales.setdefault((entry.table.number, about), entry)
    for profit in shown:
        about = _about(profit, "gross profit", PROFIT)
        sale = sales.get((profit.table.number, about)) if about is not None else None
        if about is not None and sale is not None:
            for cost in costs.get(about, ()):
                yield from graded(tried(_columns(profit, sale, cost), known), known)


def _about(entry: Entry, section: str, concepts: frozenset[str]) -> Level | None:
    """Whose gross profit (or sales) a row is: a segment's under such a heading, or the company's."""
    if entry.concept in concepts:
        return Level(COMPANY, "")
    if entry.row.heading and section in normal(entry.row.heading[-1]) and entry.concept is None:
        return _whose(level_of(entry.row.label))
    return None


def _whose(level: Level) -> Level:
    """The level without the metal, which a label and a heading may or may not name."""
    return level._replace(metal="")


def _columns(profit: Entry, sale: Entry, cost: Entry) -> Iterator[Equation]:
    for period, target in profit.figures.items():
        sold, spent = sale.figures.get(period), cost.figures.get(period)
        if sold is not None and spent is not None:
            operands = (Operand(sold, ONE), Operand(spent, MINUS))
            yield Equation(CODE, NAME, DIFFERENCE, REQUIRED, target, operands, "sales less cost")
