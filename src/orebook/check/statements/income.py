"""ST02 statements.line-combines-others: a line repeats several lines of the statement of operations, wrongly.

What it ties: depreciation in the cash flow statement to the lines of depreciation and amortization in the
statement of operations; total revenue in the highlights to sales and the other income printed below; and the
preferred dividends paid to those declared, in the periods in which they are equal.

Why: the cash flow statement adds back all depreciation, whichever line of operations it was charged to.

Ties: 27,017 in cost of sales and 743 in other expenses, 27,760 in the cash flow statement.

Breaks: 21,288 and 251 beside 21,547, where the other year agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orebook.check.context import Context
from orebook.check.cross.agreement import confirmed, graded, tried
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import COMPANY
from orebook.model.equation import IDENTITY, REQUIRED, SUM, Equation
from orebook.model.tie import ONE, Operand

CODE = "ST02"
NAME = "statements.line-combines-others"
DEPRECIATION = ("DepreciationDepletionAndAmortization", "AmortizationOfIntangibleAssets")
DECLARED, PAID = "PreferredStockDividendsIncomeStatementImpact", "PaymentsOfDividendsPreferredStock"
OTHER_INCOME = ("InterestAndOtherIncome", "InvestmentIncomeInterest", "OtherNonoperatingIncomeExpense")


def run(view: Context) -> Iterator[Equation]:
    """Depreciation and dividends of the cash flow statement, and total revenue of the highlights."""
    known = view.sightings
    rows = [entry for entry in entries(view) if entry.level.level == COMPANY and entry.concept is not None]
    stated = [entry for entry in rows if entry.table.kind == "operations"]
    for number in dict.fromkeys(entry.table.number for entry in stated):
        table = [entry for entry in stated if entry.table.number == number]
        charged = [entry for entry in table if entry.concept in DEPRECIATION]
        sold = [entry for entry in table if entry.concept == "SalesRevenueNet"][:1]
        declared = [entry for entry in table if entry.concept == DECLARED]
        for entry in rows:
            if entry.table.kind == "cash-flows" and entry.concept == PAID:
                for other in declared:
                    yield from confirmed(_sums(entry, [other]), known)
            if entry.table.kind == "cash-flows" and entry.concept == DEPRECIATION[0] and len(charged) > 1:
                yield from graded(tried(_sums(entry, charged), known), known)
            if entry.table.kind == "highlights" and entry.concept == "Revenues" and sold:
                for other in table:
                    if other.concept in OTHER_INCOME:
                        yield from graded(tried(_sums(entry, [*sold, other]), known), known)


def _sums(whole: Entry, parts: Sequence[Entry]) -> Iterator[Equation]:
    for period, target in whole.figures.items():
        if all(period in part.figures for part in parts):
            operands = tuple(Operand(part.figures[period], ONE) for part in parts)
            kind = SUM if len(operands) > 1 else IDENTITY
            yield Equation(CODE, NAME, kind, REQUIRED, target, operands, "the lines of the statement of operations")
