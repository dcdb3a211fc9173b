"""The balance sheet."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.company import Company
from orebook.close.graph import Graph
from orebook.close.lines import BALANCE
from orebook.close.sheet import Sheet, Style
from orebook.close.sheets.page import Page, money_caption
from orebook.model.period import Period


def balance(graph: Graph, company: Company) -> Sheet:
    calendar = company.calendar
    end = Period(calendar.last)
    start = calendar.to_date(calendar.last).opening()
    page = Page(graph, company.scale, (end, start))
    page = page if page.known("total_assets") else Page(graph, company.scale, (end,))
    page.heading("ASSETS", space=False)
    current = _balance_section(page, "Current assets:", "current_assets", "Total current assets")
    rest = _lines(page, "assets")
    total = page.row("Total assets", "total_assets", page.total, rule=True, double=True)
    page.sum_of(total, [current, *rest])
    page.heading("LIABILITIES")
    due = _balance_section(page, "Current liabilities:", "current_liabilities", "Total current liabilities")
    rest = _lines(page, "liabilities")
    owed = page.row("Total liabilities", "total_liabilities", page.money, rule=True)
    page.sum_of(owed, [due, *rest])
    page.heading("SHAREHOLDERS' EQUITY")
    rest = _lines(page, "equity")
    equity = page.row("Total shareholders' equity", "total_equity", page.money, rule=True)
    page.sum_of(equity, rest)
    title = "Total liabilities and shareholders' equity"
    both = page.row(title, "total_liabilities_and_equity", page.total, rule=True, double=True)
    page.sum_of(both, [(owed, 1), (equity, 1)])
    page.row("Common shares outstanding at end of period", "shares_outstanding", Style(0, Fraction(1000)), space=True)
    return Sheet(
        "Consolidated Balance Sheets", money_caption(company, "; shares in thousands"), page.columns, tuple(page.rows)
    )


def _lines(page: Page, section: str, indent: int = 0) -> list[tuple[int, int]]:
    return [
        (page.row(line.title, line.id, page.money, indent=indent), 1)
        for line in BALANCE.values()
        if line.section == section and page.moved(line.id)
    ]


def _balance_section(page: Page, heading: str, section: str, title: str) -> tuple[int, int]:
    if not page.known(f"total_{section}"):
        return -1, 1
    page.heading(heading)
    parts = _lines(page, section, 2)
    at = page.row(title, f"total_{section}", page.money, rule=True, indent=5)
    page.sum_of(at, parts)
    return at, 1
