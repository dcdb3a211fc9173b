"""RL03 roll.balance-differs: a balance is not the balance before it and what flowed in between.

What it ties: retained earnings to income and dividends, debt to borrowings and repayments, treasury stock,
investments, paid-in capital and dividends payable to the flows that move them.

Why: these accounts have few causes of change, and each is printed in another statement.

Ties: a deficit of 327,522, income applicable to common shareholders of 44,551, a deficit of 282,970 (the odd
1 is rounding).

Breaks: never. A conversion, a currency or an unprinted entry may have moved the balance, so the tie is stated
only where it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from orebook.check.context import Context, kept
from orebook.check.cross.agreement import digits, holds
from orebook.check.roll.statements import Statements, statements
from orebook.model.equation import IDENTITY, REQUIRED, ROLLFORWARD, Equation
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.tie import MINUS, ONE, Operand

CODE = "RL03"
NAME = "roll.balance-differs"

FLOW, RESULT, STOCK = "flow", "result", "stock"


class Mover(NamedTuple):
    """What moves a balance: lines of a statement (`stock`: the movement of another balance), with their sign.

    Without `needed`, a line that is not printed, or nil, is left out.
    """

    where: str
    concept: str
    sign: Fraction = ONE
    needed: bool = False


class Roll(NamedTuple):
    """A balance sheet line and what moves it."""

    concept: str
    movers: tuple[Mover, ...]


COMMON = (
    Mover(FLOW, "PaymentsOfDividendsCommonStock"),
    Mover(FLOW, "PaymentsOfDividends"),
)
DEBT = (
    Mover(FLOW, "ProceedsFromIssuanceOfLongTermDebt"),
    Mover(FLOW, "RepaymentsOfLongTermDebt", ONE, True),
    Mover(FLOW, "EarlyRepaymentOfSeniorDebt"),
)
CAPITAL = (
    Mover(FLOW, "ShareBasedCompensation"),
    Mover(FLOW, "ProceedsFromStockOptionsExercised"),
    Mover(FLOW, "ProceedsFromWarrantExercises"),
    Mover(FLOW, "ProceedsFromIssuanceOfCommonStock"),
)
DEFICIT = "RetainedEarningsAccumulatedDeficit"

ROLLS = (
    Roll(DEFICIT, (Mover(RESULT, "NetIncomeLossAvailableToCommonStockholdersBasic", ONE, True), *COMMON)),
    Roll(DEFICIT, (Mover(RESULT, "NetIncomeLoss", ONE, True), *COMMON)),
    Roll(
        DEFICIT,
        (Mover(FLOW, "NetIncomeLoss", ONE, True), Mover(FLOW, "PaymentsOfDividendsPreferredStock"), *COMMON),
    ),
    Roll("LongTermDebtNoncurrent", DEBT),
    Roll("LongTermDebtNoncurrent", (Mover(STOCK, "DebtCurrent", MINUS, True), *DEBT)),
    Roll("RestrictedInvestments", (Mover(FLOW, "orebook:ChangeInRestrictedInvestments", MINUS, True),)),
    Roll(
        "ShortTermInvestments",
        (
            Mover(FLOW, "PaymentsToAcquireShortTermInvestments", MINUS, True),
            Mover(FLOW, "ProceedsFromMaturityOfInvestments", MINUS),
        ),
    ),
    Roll(
        "LongTermInvestments",
        (
            Mover(FLOW, "PaymentsToAcquireInvestments", MINUS, True),
            Mover(FLOW, "ProceedsFromSaleOfInvestments", MINUS),
            Mover(FLOW, "GainLossOnInvestments", MINUS),
            Mover(STOCK, "orebook:NetUnrealizedGainLossOnInvestments"),
            Mover(FLOW, "orebook:BorrowingsAgainstLifeInsurance", MINUS),
        ),
    ),
    Roll("TreasuryStockValue", (Mover(FLOW, "PaymentsForRepurchaseOfCommonStock", ONE, True),)),
    Roll("AdditionalPaidInCapital", (Mover(STOCK, "CommonStockValue", MINUS, True), *CAPITAL)),
    Roll("CommonStocksIncludingAdditionalPaidInCapital", CAPITAL),
    Roll(
        "DividendsPayableCurrent",
        (
            Mover(RESULT, "PreferredStockDividendsIncomeStatementImpact", MINUS, True),
            Mover(FLOW, "PaymentsOfDividendsPreferredStock", ONE, True),
        ),
    ),
)


def run(view: Context) -> Iterator[Equation]:
    """Closing balance = opening balance + what moved it."""
    for equation in possible(view):
        if holds(equation, view.sightings):
            yield equation


@kept()
def possible(view: Context) -> tuple[Equation, ...]:
    """Every roll of a balance that would say something, whether it holds or not."""
    return tuple(_rolls(view))


def _rolls(view: Context) -> Iterator[Equation]:
    for books in statements(view):
        made = (_rolled(books, roll) for roll in ROLLS)
        for equation in (*made, *_dividends(books)):
            if equation is not None and _tells(equation):
                yield equation


def _tells(equation: Equation) -> bool:
    """Whether something of two digits or more moved: a balance that only stands still says nothing."""
    if equation.kind == IDENTITY:
        return digits(equation.target) > 2
    return any(digits(operand.fact) > 1 for operand in equation.operands[1:])


def _rolled(books: Statements, roll: Roll) -> Equation | None:
    closing, opening = books.stock_of(roll.concept, books.end), books.stock_of(roll.concept, books.begin)
    if len(closing) != 1 or len(opening) != 1:
        return None
    operands = [Operand(opening[0], ONE)]
    for mover in roll.movers:
        found = _moved(books, mover)
        if not found and mover.needed:
            return None
        operands += found
    if len(operands) == 1:
        return None
    formula = "the opening balance and what moved it"
    return Equation(CODE, NAME, ROLLFORWARD, REQUIRED, closing[0], tuple(operands), formula)


def _moved(books: Statements, mover: Mover) -> list[Operand]:
    if mover.where == STOCK:
        closing, opening = books.stock_of(mover.concept, books.end), books.stock_of(mover.concept, books.begin)
        if len(closing) != 1 or len(opening) != 1:
            return []
        return [Operand(closing[0], mover.sign), Operand(opening[0], -mover.sign)]
    found = books.flow_of(mover.concept) if mover.where == FLOW else books.result_of(mover.concept)
    return [Operand(fact, mover.sign) for fact in found if mover.needed or fact.value]


def _dividends(books: Statements) -> Iterator[Equation]:
    """The preferred dividends of the last quarter against those payable at its end."""
    for quarter in _quarters(books, "PreferredStockDividendsIncomeStatementImpact"):
        for payable in books.stock_of("DividendsPayableCurrent", books.end):
            operands = (Operand(quarter, MINUS),)
            yield Equation(CODE, NAME, IDENTITY, REQUIRED, payable, operands, "the dividends of the quarter")


def _quarters(books: Statements, concept: str) -> list[Fact]:
    """A line of the statement of operations over the quarter that ends with the balance sheet."""
    quarter = Period(books.flow.end, 3)
    return [entry.figures[quarter] for entry in books.results.get(concept, ()) if quarter in entry.figures]
