"""RL01 roll.cash-movement-breaks: the net change in cash is not the movement of the balance sheet's cash.

What it ties: the last line of the cash flow statement's three parts to the cash of the two balance sheets.

Why: the cash flow statement explains exactly this movement.

Ties: cash of 75,878 and 120,925, a net increase of 45,047.

Breaks: a net increase of 45,074. What is printed between the net change and the closing cash (the effect of
exchange rates) belongs to the movement.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.check.context import Context, Sightings
from orebook.check.roll.statements import CASH, Statements, statements
from orebook.model.equation import DIFFERENCE, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.period import Period
from orebook.model.tie import MINUS, ONE, Operand

CODE = "RL01"
NAME = "roll.cash-movement-breaks"
CHANGE = "CashAndCashEquivalentsPeriodIncreaseDecrease"
FORMULA = "the movement of the balance sheet's cash"


def run(view: Context) -> Iterator[Equation]:
    """Net change in cash = closing cash - opening cash."""
    for books in statements(view):
        for concept in CASH:
            closing = _agreed(books, concept, books.end, view.sightings)
            opening = _agreed(books, concept, books.begin, view.sightings)
            if closing is not None and opening is not None:
                for target in books.flow_of(CHANGE)[-1:]:
                    effects = tuple(Operand(fact, MINUS) for fact in _below(books, target))
                    operands = (Operand(closing, ONE), Operand(opening, MINUS), *effects)
                    yield Equation(CODE, NAME, DIFFERENCE, REQUIRED, target, operands, FORMULA)


def _below(books: Statements, change: Fact) -> list[Fact]:
    """What the statement prints between the net change and the closing cash, opening cash apart."""
    cash = [entry for concept in CASH for entry in books.flows.get(concept, ())]
    last = max((entry.row.number for entry in cash), default=0)
    apart = {entry.row.number for entry in cash}
    return [
        entry.figures[books.flow]
        for entry in books.lines
        if change.row.number < entry.row.number < last and entry.row.number not in apart and books.flow in entry.figures
    ]


def _agreed(books: Statements, concept: str, when: Period, known: Sightings) -> Fact | None:
    """The balance sheet's cash, where the cash flow statement begins or ends with the same."""
    for stock in books.stock_of(concept, when):
        if any(known.own(stock).meets(known.own(flow)) for flow in books.flow_of(concept, when)):
            return stock
    return None
