"""RL02 roll.movement-differs: a line of the cash flow statement is not the movement of its balance sheet line.

What it ties: the changes in receivables, inventories, payables, taxes and other working capital, and deferred
taxes, to the movement of the same line between the two balance sheets.

Why: where nothing but cash moved a line, its movement is printed twice.

Ties: inventories of 18,616 and 18,045, a change of 571.

Breaks: never. What acquisitions, currency or non-cash entries moved is not printed, so the tie is stated only
where it holds; where most lines of a statement hold, the odd one out is a query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orebook.check.context import Context, Sightings
from orebook.check.cross.agreement import digits, holds
from orebook.check.roll.statements import Statements, statements
from orebook.model.equation import ANALYTIC, DIFFERENCE, REQUIRED, ROLLFORWARD, Equation
from orebook.model.fact import Fact
from orebook.model.slotted import replaced
from orebook.model.tie import MINUS, ONE, Operand

CODE = "RL02"
NAME = "roll.movement-differs"
FORMULA = "the movement of the balance sheet line"

ASSETS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("IncreaseDecreaseInReceivables", (("ReceivablesNetCurrent",), ("AccountsReceivableNetCurrent",))),
    ("IncreaseDecreaseInAccountsReceivable", (("AccountsReceivableNetCurrent",), ("ReceivablesNetCurrent",))),
    ("IncreaseDecreaseInIncomeTaxesReceivable", (("IncomeTaxesReceivable",),)),
    ("IncreaseDecreaseInInventories", (("InventoryNet",),)),
    ("IncreaseDecreaseInOtherCurrentAssets", (("OtherAssetsCurrent",),)),
    (
        "IncreaseDecreaseInPrepaidDeferredExpenseAndOtherAssets",
        (("PrepaidExpenseAndOtherAssetsCurrent",), ("PrepaidExpenseCurrent",)),
    ),
    (
        "IncreaseDecreaseInOtherOperatingAssets",
        (("OtherAssetsCurrent", "OtherAssetsNoncurrent"), ("OtherAssetsNoncurrent",)),
    ),
)
"""A cash flow line and the balance sheet lines (one set or another) whose decrease it is."""

LIABILITIES: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("IncreaseDecreaseInAccountsPayable", (("AccountsPayableCurrent",),)),
    (
        "IncreaseDecreaseInAccountsPayableAndAccruedLiabilities",
        (
            ("AccountsPayableAndAccruedLiabilitiesCurrent",),
            ("AccountsPayableCurrent", "AccruedLiabilitiesCurrent"),
        ),
    ),
    ("IncreaseDecreaseInAccruedLiabilities", (("AccruedLiabilitiesCurrent",),)),
    ("IncreaseDecreaseInEmployeeRelatedLiabilities", (("EmployeeRelatedLiabilitiesCurrent",),)),
    ("IncreaseDecreaseInOtherTaxesPayable", (("TaxesPayableCurrent",),)),
    ("IncreaseDecreaseInAccruedIncomeTaxesPayable", (("AccruedIncomeTaxesCurrent",),)),
    ("IncreaseDecreaseInOtherCurrentLiabilities", (("OtherLiabilitiesCurrent",),)),
    ("IncreaseDecreaseInOtherNoncurrentLiabilities", (("OtherLiabilitiesNoncurrent",),)),
    ("IncreaseDecreaseInOtherOperatingLiabilities", (("OtherLiabilitiesNoncurrent",),)),
    ("IncreaseDecreaseInDeferredRevenue", (("DeferredRevenueCurrent",),)),
)
"""A cash flow line and the balance sheet lines whose increase it is."""

DEFERRED = ("orebook:DeferredIncomeTaxes", "DeferredIncomeTaxAssetsNetCurrent", "DeferredIncomeTaxLiabilitiesNet")
CLOSURE = ("MineReclamationAndClosingLiabilityCurrent", "MineReclamationAndClosingLiability")
ODD_ONE_OUT = 3  # so many lines must hold, and more than fail, for one that does not to be remarkable


def run(view: Context) -> Iterator[Equation]:
    """Cash flow line = movement of the balance sheet line."""
    for books in statements(view):
        singles = [
            single
            for single in (_deferred_taxes(books), _closure(books))
            if single is not None and digits(single.target) > 1 and holds(single, view.sightings)
        ]
        yield from singles
        explained = {single.target for single in singles}
        lines = [choices for choices in _candidates(books) if choices and choices[0].target not in explained]
        yield from _told(lines, view.sightings)


def possible(view: Context) -> Iterator[Equation]:
    """Every movement that a line may be, whether it is or not."""
    for books in statements(view):
        yield from (single for single in (_deferred_taxes(books), _closure(books)) if single is not None)
        for choices in _candidates(books):
            yield from choices


def _told(lines: Sequence[Sequence[Equation]], known: Sightings) -> Iterator[Equation]:
    """The movements that hold, and the odd ones out among many that do."""
    held = [next((equation for equation in choices if holds(equation, known)), None) for choices in lines]
    telling = [equation for equation in held if equation is not None and digits(equation.target) > 2]
    odd = [choices[0] for choices, found in zip(lines, held, strict=True) if found is None]
    many = len(telling) >= ODD_ONE_OUT and len(telling) > len(odd)
    for equation in held:
        if equation is not None and (many or equation in telling):
            yield equation
    if many:
        for equation in odd:
            yield replaced(equation, grade=ANALYTIC)


def _candidates(books: Statements) -> Iterator[list[Equation]]:
    """For each cash flow line, the movements that it may be."""
    for table, rises in ((ASSETS, False), (LIABILITIES, True)):
        for concept, choices in table:
            for target in books.flow_of(concept):
                made = (_movement(books, target, stocks, rises) for stocks in choices)
                yield [equation for equation in made if equation is not None]


def _movement(books: Statements, target: Fact, stocks: Sequence[str], rises: bool) -> Equation | None:
    operands: list[Operand] = []
    for concept in stocks:
        closing, opening = books.stock_of(concept, books.end), books.stock_of(concept, books.begin)
        if len(closing) != 1 or len(opening) != 1:
            return None
        operands += _moved(opening[0], closing[0], rises)
    return Equation(CODE, NAME, DIFFERENCE, REQUIRED, target, tuple(operands), FORMULA)


def _moved(opening: Fact, closing: Fact, rises: bool) -> tuple[Operand, Operand]:
    """Closing less opening where cash rises with the line, opening less closing where it falls."""
    if rises:
        return Operand(closing, ONE), Operand(opening, MINUS)
    return Operand(opening, ONE), Operand(closing, MINUS)


def _deferred_taxes(books: Statements) -> Equation | None:
    """Deferred tax expense as the fall of all deferred tax assets and the rise of the liabilities."""
    targets = books.flow_of("DeferredIncomeTaxExpenseBenefit")
    operands: list[Operand] = []
    total = [entry.row.number for entry in books.stocks.get("Assets", ())]
    for concept in DEFERRED:
        for entry in books.stocks.get(concept, ()):
            closing, opening = entry.figures.get(books.end), entry.figures.get(books.begin)
            if closing is not None and opening is not None:
                operands += _moved(opening, closing, bool(total) and entry.row.number > total[0])
    if len(targets) != 1 or not operands:
        return None
    return Equation(CODE, NAME, DIFFERENCE, REQUIRED, targets[0], tuple(operands), FORMULA)


def _closure(books: Statements) -> Equation | None:
    """The change in closure and other noncurrent liabilities: their rise less what was provided without cash."""
    concepts = (
        "IncreaseDecreaseInOtherNoncurrentLiabilities",
        "orebook:ChangeInReclamationAndOtherNoncurrentLiabilities",
    )
    targets = [fact for concept in concepts for fact in books.flow_of(concept)]
    provided = books.flow_of("orebook:ProvisionForReclamationAndClosureCosts")
    operands: list[Operand] = []
    for concept in (*CLOSURE, "OtherLiabilitiesNoncurrent"):
        for closing, opening in zip(
            books.stock_of(concept, books.end), books.stock_of(concept, books.begin), strict=False
        ):
            operands += _moved(opening, closing, True)
    if len(targets) != 1 or len(provided) != 1 or not operands:
        return None
    operands.append(Operand(provided[0], MINUS))
    return Equation(CODE, NAME, ROLLFORWARD, REQUIRED, targets[0], tuple(operands), FORMULA)
