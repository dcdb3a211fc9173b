"""The statement of operations."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.company import Company
from orebook.close.graph import Graph
from orebook.close.lines import DIRECT, OPERATIONS, OTHER_INCOME, OTHER_OPERATING
from orebook.close.sheet import Sheet, Style
from orebook.close.sheets.page import PER_SHARE, Page, money_caption
from orebook.model.period import Period


def _section(page: Page, section: str, indent: int = 0) -> list[tuple[int, int]]:
    made = [
        (page.row(line.title, line.id, page.money, indent=indent), 1)
        for line in OPERATIONS.values()
        if line.section == section and page.moved(line.id)
    ]
    return [part for part in made if part[0] >= 0]


def operations(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    sales = page.row("Sales of products", "sales", page.total)
    direct = _section(page, DIRECT)
    cost = direct[0][0] if len(direct) == 1 else page.row("", "total_cost", page.money, rule=True)
    page.sum_of(cost, direct if len(direct) > 1 else [])
    gross = page.row("Gross profit", "gross_profit", page.money, rule=True)
    page.sum_of(gross, [(sales, 1), (cost, -1)])
    operating = _total_section(page, "Other operating expenses:", OTHER_OPERATING, "total_other_operating")
    income = page.row("Income (loss) from operations", "income_from_operations", page.money, rule=True)
    page.sum_of(income, [(gross, 1), (operating, -1)])
    other = _total_section(page, "Other income (expense):", OTHER_INCOME, "total_other_income")
    before = page.row("Income (loss) before income taxes", "income_before_taxes", page.money, rule=True)
    page.sum_of(before, [(income, 1), (other, 1)])
    _below_taxes(page, before)
    _shares(page)
    caption = money_caption(company, ", except per share amounts; shares in thousands")
    return Sheet("Consolidated Statements of Operations", caption, columns, tuple(page.rows))


def _total_section(page: Page, title: str, section: str, total: str) -> int:
    if not page.known(total):
        return -1
    page.heading(title)
    parts = _section(page, section, 2)
    if len(parts) == 1:
        return parts[0][0]
    at = page.row("", total, page.money, rule=True)
    page.sum_of(at, parts)
    return at


def _below_taxes(page: Page, before: int) -> None:
    tax = page.row("Income tax benefit (provision)", "income_tax", page.money)
    after = [line for line in OPERATIONS.values() if line.section == "after_tax" and page.known(line.id)]
    parts = [(before, 1), (tax, 1)]
    if after:
        going = page.row(
            "Income (loss) from continuing operations", "income_from_continuing_operations", page.money, rule=True
        )
        page.sum_of(going, parts)
        parts = [(going, 1), *((page.row(line.title, line.id, page.money), 1) for line in after)]
    net = page.row("Net income (loss)", "net_income", page.money, rule=True)
    page.sum_of(net, parts)
    common = page.row("Preferred stock dividends", "preferred_dividends_declared", page.money, sign=-1)
    undeclared = page.row("Undeclared preferred stock dividends", "preferred_dividends_undeclared", page.money, sign=-1)
    if page.known("income_applicable_to_common") and (common >= 0 or undeclared >= 0):
        title = "Income (loss) applicable to common shareholders"
        at = page.row(title, "income_applicable_to_common", page.total, rule=True, double=True)
        page.sum_of(at, [(net, 1), (common, 1), (undeclared, 1)])


def _shares(page: Page) -> None:
    thousands = Style(0, Fraction(1000))
    page.row("Basic income (loss) per common share", "basic_earnings_per_share", PER_SHARE, space=True)
    if page.known("options_outstanding") or page.known("converted_shares"):
        page.row("Diluted income (loss) per common share", "diluted_earnings_per_share", PER_SHARE)
    page.row(
        "Basic weighted average number of common shares outstanding", "weighted_average_shares", thousands, space=True
    )
