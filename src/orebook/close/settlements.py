"""What lies between metal at its price and sales in the ledger, and what of the ledger follows from it."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.builder import Builder
from orebook.close.company import EQUITY, FULL, Company, Mine
from orebook.close.ledger import Account, Ledger
from orebook.close.mines import give_share
from orebook.close.quantity import Quantity, Source
from orebook.close.spans import Spans
from orebook.close.totals import COMPANY
from orebook.measures.formula import PRODUCT, SUM, Formula
from orebook.measures.units import PURE
from orebook.model.period import Period

CHARGES = ("treatment", "refining", "freight", "by_product_charges")
FOLLOWING = ("sales", "reported_cost_of_sales", "reported_depreciation")
"""The lines of a mine that production, prices and costs determine, given what they leave open."""


def add_settlements(build: Builder, company: Company, spans: Spans) -> None:
    """For each mine and period: sales = metal at its price - charges + settlement.

    The settlement holds what the books do not state piece by piece: timing between production and
    shipment, final settlements, hedges. It is derived, shown, and kept as it is by a what-if.
    """
    for mine in company.mines:
        if mine.method == EQUITY:
            continue
        for period in spans.base:
            _add_settlement(build, mine, period)
    if company.tax_rate is not None:
        for period in company.calendar.months():
            _add_tax(build, company.tax_rate, period)


def _add_settlement(build: Builder, mine: Mine, period: Period) -> None:
    if not build.has("sales", mine.id, period):
        return
    metal = [f"{'sales_value' if name in mine.sold else 'revenue'}.{name}" for name in mine.metals]
    metal += [f"third_party_revenue.{name}" for name in mine.third_party]
    worth = [(name, Fraction(1)) for name in metal] + [(name, Fraction(-1)) for name in CHARGES]
    if mine.method == FULL and mine.share not in {0, 1}:
        give_share(build, mine, period)
        build.define("metal_after_charges", mine.id, period, Formula(SUM, tuple(worth)))
        build.define("whole.metal_after_charges", mine.id, period, "metal_after_charges / ownership_share")
        build.define("settlement", mine.id, period, "sales - whole.metal_after_charges")
    else:
        terms = (("sales", Fraction(1)), *((name, -weight) for name, weight in worth))
        build.define("settlement", mine.id, period, Formula(SUM, terms))


def _add_tax(build: Builder, rate: Fraction, period: Period) -> None:
    """Tax in two parts: that at the stated rate, and the rest, which a what-if keeps."""
    if not build.has("income_tax", COMPANY, period):
        return
    build.graph.give(Quantity("tax_rate", COMPANY, period), rate, PURE, Source("company.toml", column="tax_rate"))
    at_rate = Formula(PRODUCT, (("tax_rate", Fraction(1)), ("income_before_taxes", Fraction(1))))
    build.define("tax_at_rate", COMPANY, period, at_rate)
    build.define("tax_apart_from_rate", COMPANY, period, "income_tax + tax_at_rate")


def freed_accounts(company: Company, ledger: Ledger, spans: Spans) -> frozenset[Quantity]:
    """The ledger movements that a what-if derives instead of taking: sales and costs of the mines, tax, cash."""
    freed: set[Quantity] = set()
    for mine in company.mines:
        if mine.method != EQUITY:
            for line in FOLLOWING:
                account = _first(ledger, line, mine.id)
                if account is not None:
                    freed.update(_movement(account, period) for period in spans.base if mine.works(period.end))
    lines = ["cash"] if company.tax_rate is None else ["cash", "income_tax"]
    for line in lines:
        account = _first(ledger, line, "")
        if account is not None:
            freed.update(_movement(account, month) for month in company.calendar.months())
    return frozenset(freed)


def _first(ledger: Ledger, line: str, mine: str) -> Account | None:
    return next((account for account in ledger.accounts if account.line == line and account.mine == mine), None)


def _movement(account: Account, period: Period) -> Quantity:
    """The movement of the last month of a period."""
    return Quantity(f"account:{account.name}", COMPANY, Period(period.end, 1))
