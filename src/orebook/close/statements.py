"""The statements from the ledger: operations, balance sheet, and cash flows from balance movements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from orebook.close.builder import Builder
from orebook.close.company import Company
from orebook.close.ledger import Account, Ledger, opening_of
from orebook.close.lines import (
    BALANCE,
    CASH,
    CASH_FLOWS,
    CREDIT,
    DIRECT,
    EARNINGS,
    OPERATIONS,
    OTHER_INCOME,
    OTHER_OPERATING,
    Line,
)
from orebook.close.quantity import Quantity, Source
from orebook.close.spans import spans_of
from orebook.close.totals import COMPANY, entity_of
from orebook.measures.formula import SUM, Formula
from orebook.measures.units import USD
from orebook.model.period import Period

DIVIDENDS = "preferred_dividends_declared"
BY_MINE = ("sales", "reported_cost_of_sales", "reported_depreciation")
Weighted = list[tuple[Quantity, int]]


def add_statements(build: Builder, company: Company, ledger: Ledger, freed: frozenset[Quantity]) -> None:
    """All equations between the trial balance and the statements. Nothing where there is no ledger.

    The movements named in `freed` are not taken from the ledger but left to be derived.
    """
    if not ledger.accounts:
        return
    spans = spans_of(company.calendar, monthly=True)
    months = spans.base
    _give(build, company, ledger, months, freed)
    for month in months:
        _add_operations(build, ledger, month)
    flows = _add_cash_flow_lines(build, ledger, months)
    names = [*_names(ledger), DIVIDENDS, *(f"other_{name}" for name in BY_MINE), *flows]
    for name in names:
        build.spread(name, COMPANY, spans.parts, spans.sums)
    for mine in company.mines:
        for name in BY_MINE:
            if any(account.mine == mine.id and account.line == name for account in ledger.accounts):
                build.spread(name, mine.id, spans.parts, spans.sums)
    for period in dict.fromkeys((*months, *spans.sums)):
        _add_subtotals(build, period)
        _add_cash_flow(build, flows, period)
        for segment in company.segments:
            _add_segment_profit(build, company, segment.id, entity_of(segment), period)
    _add_balances(build, company, ledger, months)
    for period in spans.sums:
        _add_cash_check(build, period)


def _names(ledger: Ledger) -> list[str]:
    mapped = {account.line for account in ledger.accounts}
    return [name for name in OPERATIONS if name in mapped]


def _give(
    build: Builder, company: Company, ledger: Ledger, months: tuple[Period, ...], freed: frozenset[Quantity]
) -> None:
    """The movements as leaves. An account without a row in a month did not move: the balance proves it."""
    stated = {(name, period): (value, source) for name, period, value, source in ledger.movements}
    for account in ledger.accounts:
        for month in months:
            value, source = stated.get((account.name, month), (Fraction(0), account.source))
            movement = Quantity(f"account:{account.name}", COMPANY, month)
            if movement in freed:
                build.graph.node(movement, USD)
            else:
                build.graph.give(movement, value, USD, source)
    opening = opening_of(company.calendar)
    for name, value, source in ledger.opening:
        build.graph.give(Quantity(f"account:{name}", COMPANY, opening), value, USD, source)


def weigh(build: Builder, target: Quantity, parts: Weighted, note: str) -> None:
    """`target` = the signed sum of the parts."""
    formula = Formula(SUM, tuple((part.name, Fraction(sign)) for part, sign in parts))
    build.graph.relate(target, formula, [part for part, _ in parts], note)


def _accounts(accounts: Iterable[Account], sign: int, period: Period) -> Weighted:
    return [(Quantity(f"account:{account.name}", COMPANY, period), sign) for account in accounts]


def _add_operations(build: Builder, ledger: Ledger, month: Period) -> None:
    """The lines of one month; those that belong to mines by mine first, what belongs to none as `other`."""
    by_line: dict[str, dict[str, list[Account]]] = defaultdict(lambda: defaultdict(list))
    for account in ledger.accounts:
        by_line[account.line][account.mine if account.line in BY_MINE else ""].append(account)
    for name in (*OPERATIONS, DIVIDENDS):
        if name not in by_line:
            continue
        sign = OPERATIONS[name].sign if name in OPERATIONS else 1
        parts: Weighted = []
        for mine, accounts in by_line[name].items():
            if mine or name in BY_MINE:
                part = Quantity(name, mine, month) if mine else Quantity(f"other_{name}", COMPANY, month)
                weigh(build, part, _accounts(accounts, sign, month), "the accounts mapped to it")
                parts.append((part, 1))
            else:
                parts.extend(_accounts(accounts, sign, month))
        weigh(build, Quantity(name, COMPANY, month), parts, "all that is mapped to it")


def _add_segment_profit(build: Builder, company: Company, segment: str, entity: str, period: Period) -> None:
    mines = [mine for mine in company.mines if mine.segment == segment]
    parts = [Quantity("sales", mine.id, period) for mine in mines]
    build.total(Quantity("sales", entity, period), parts, "the sum of the segment's mines")
    for mine in mines:
        if build.has("sales", mine.id, period):
            build.define("gross_profit", mine.id, period, "sales - reported_cost_of_sales - reported_depreciation")
    profits = [Quantity("gross_profit", mine.id, period) for mine in mines]
    build.total(Quantity("gross_profit", entity, period), profits, "the sum of the segment's mines")


def _section(section: str) -> str:
    return " + ".join(line.id for line in OPERATIONS.values() if line.section == section)


_SUBTOTALS: tuple[tuple[str, str], ...] = (
    ("total_cost", _section(DIRECT)),
    ("gross_profit", "sales - total_cost"),
    ("total_other_operating", _section(OTHER_OPERATING)),
    ("income_from_operations", "gross_profit - total_other_operating"),
    ("total_other_income", _section(OTHER_INCOME)),
    ("income_before_taxes", "income_from_operations + total_other_income"),
    ("income_from_continuing_operations", "income_before_taxes + income_tax"),
    (
        "net_income",
        "income_from_continuing_operations + discontinued_operations + extraordinary_item + cumulative_effect",
    ),
)


def _add_subtotals(build: Builder, period: Period) -> None:
    build.define(
        "other_gross_profit",
        COMPANY,
        period,
        "other_sales - other_reported_cost_of_sales - other_reported_depreciation",
    )
    for name, formula in _SUBTOTALS:
        build.define(name, COMPANY, period, formula)


def _add_cash_flow_lines(build: Builder, ledger: Ledger, months: tuple[Period, ...]) -> list[str]:
    """Each line of the cash flows of each month, from the movements that are mapped to it."""
    signs: dict[str, list[tuple[Account, int]]] = defaultdict(list)
    for account in ledger.accounts:
        if account.cash_flow:
            income = account.line in OPERATIONS
            signs[account.cash_flow].append((account, 1 if income else CREDIT))
            if account.offset:
                signs[account.offset].append((account, CREDIT))
        elif account.line == DIVIDENDS:
            signs["flow_dividends"].append((account, CREDIT))
    for month in months:
        for name, mapped in signs.items():
            parts = [(Quantity(f"account:{account.name}", COMPANY, month), sign) for account, sign in mapped]
            weigh(build, Quantity(name, COMPANY, month), parts, "the movements mapped to it")
    return [name for name in CASH_FLOWS if name in signs]


def _add_cash_flow(build: Builder, flows: list[str], period: Period) -> None:
    sections: dict[str, list[str]] = defaultdict(list)
    for name in flows:
        sections[CASH_FLOWS[name].section].append(name)
    operating = ["net_income", *sections["noncash"], *sections["changes"]]
    build.define("cash_from_operations", COMPANY, period, " + ".join(operating))
    for section in ("investing", "financing"):
        if sections[section]:
            build.define(f"cash_from_{section}", COMPANY, period, " + ".join(sections[section]))
    build.define("change_in_cash", COMPANY, period, "cash_from_operations + cash_from_investing + cash_from_financing")


def _add_cash_check(build: Builder, period: Period) -> None:
    """Opening cash and the change in cash arrive at the balance sheet's closing cash."""
    opening, closing = (Quantity(CASH, COMPANY, at) for at in (period.opening(), period.instant()))
    change = Quantity("change_in_cash", COMPANY, period)
    if all(build.graph.find(quantity) is not None for quantity in (opening, closing, change)):
        weigh(build, closing, [(opening, 1), (change, 1)], "cash at the beginning and the change in cash")


def _add_balances(build: Builder, company: Company, ledger: Ledger, months: tuple[Period, ...]) -> None:
    by_line: dict[str, list[Account]] = defaultdict(list)
    for account in ledger.accounts:
        if account.line in BALANCE:
            by_line[account.line].append(account)
    has_income = any(account.line in OPERATIONS for account in ledger.accounts)
    if has_income:
        by_line.setdefault(EARNINGS, [])
    opening = opening_of(company.calendar)
    opened = {name for name, _, _ in ledger.opening}
    for name, accounts in by_line.items():
        line = BALANCE[name]
        begun = [account for account in accounts if account.name in opened]
        start = Quantity(name, COMPANY, opening)
        if begun:
            weigh(build, start, _accounts(begun, line.sign, opening), "the opening balances mapped to it")
        else:
            build.zero(start, USD, _no_opening(ledger))
        _roll(build, line, accounts, opening, months)
    for at in (opening, *(month.instant() for month in months)):
        _add_balance_totals(build, by_line, at)


def _roll(build: Builder, line: Line, accounts: list[Account], opening: Period, months: tuple[Period, ...]) -> None:
    before = Quantity(line.id, COMPANY, opening)
    for month in months:
        parts: Weighted = [(before, 1), *_accounts(accounts, line.sign, month)]
        if line.id == EARNINGS:
            parts.append((Quantity("net_income", COMPANY, month), 1))
            if build.has(DIVIDENDS, COMPANY, month):
                parts.append((Quantity(DIVIDENDS, COMPANY, month), -1))
        after = Quantity(line.id, COMPANY, month.instant())
        weigh(build, after, parts, "the balance before and the movements of the month")
        before = after


def _no_opening(ledger: Ledger) -> Source:
    return Source(ledger.accounts[0].source.file, note="no opening balance is mapped to it")


def _add_balance_totals(build: Builder, by_line: dict[str, list[Account]], at: Period) -> None:
    sections: dict[str, list[Quantity]] = defaultdict(list)
    for name, line in BALANCE.items():
        if name in by_line:
            sections[line.section].append(Quantity(name, COMPANY, at))
    current = [Quantity("total_current_assets", COMPANY, at)]
    build.total(current[0], sections["current_assets"], "current assets")
    build.total(Quantity("total_assets", COMPANY, at), [*current, *sections["assets"]], "all assets")
    due = [Quantity("total_current_liabilities", COMPANY, at)]
    build.total(due[0], sections["current_liabilities"], "current liabilities")
    build.total(Quantity("total_liabilities", COMPANY, at), [*due, *sections["liabilities"]], "all liabilities")
    build.total(Quantity("total_equity", COMPANY, at), sections["equity"], "shareholders' equity")
    claims = [Quantity(name, COMPANY, at) for name in ("total_liabilities", "total_equity")]
    both = Quantity("total_liabilities_and_equity", COMPANY, at)
    build.total(both, claims, "all liabilities and equity")
    build.total(Quantity("total_assets", COMPANY, at), [both], "assets equal liabilities and equity")
