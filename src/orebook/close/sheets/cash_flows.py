"""The statement of cash flows, for the year to date."""

from __future__ import annotations

from orebook.close.company import Company
from orebook.close.graph import Graph
from orebook.close.lines import CASH_FLOWS
from orebook.close.sheet import Row, Sheet
from orebook.close.sheets.page import Page, money_caption
from orebook.model.period import Period


def cash_flows(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    longest = max((period.months or 0 for period in columns), default=0)
    page = Page(graph, company.scale, tuple(period for period in columns if period.months == longest))
    page.heading("OPERATING ACTIVITIES", space=False)
    parts = [(page.row("Net income (loss)", "net_income", page.total, space=True), 1)]
    for section, title in (
        ("noncash", "Noncash elements included in net income:"),
        ("changes", "Change in assets and liabilities:"),
    ):
        parts += _flow_lines(page, section, title)
    title = "Net cash provided by (used in) operating activities"
    made = [(page.row(title, "cash_from_operations", page.money, rule=True), 1)]
    page.sum_of(made[0][0], parts)
    for section in ("investing", "financing"):
        if page.known(f"cash_from_{section}"):
            page.heading(f"{section.upper()} ACTIVITIES")
            parts = _flow_lines(page, section, "")
            title = f"Net cash provided by (used in) {section} activities"
            at = page.row(title, f"cash_from_{section}", page.money, rule=True)
            page.sum_of(at, parts)
            made.append((at, 1))
    change = page.row("Net increase (decrease) in cash and cash equivalents", "change_in_cash", page.money, space=True)
    page.sum_of(change, made)
    _cash_ends(page, change)
    return Sheet("Consolidated Statements of Cash Flows", money_caption(company), page.columns, tuple(page.rows))


def _flow_lines(page: Page, section: str, title: str) -> list[tuple[int, int]]:
    lines = [line for line in CASH_FLOWS.values() if line.section == section and page.moved(line.id)]
    if title and lines:
        page.heading(title, space=False)
    return [
        (page.row(line.title, line.id, page.money, indent=2, space=not title and not at), 1)
        for at, line in enumerate(lines)
    ]


def _cash_ends(page: Page, change: int) -> None:
    opening = Page(page.graph, page.scale, tuple(period.opening() for period in page.columns))
    closing = Page(page.graph, page.scale, tuple(period.instant() for period in page.columns))
    start = Row("Cash and cash equivalents at beginning of period", opening.values("cash"), page.money, name="cash")
    page.rows.append(start._replace(quantities=opening.quantities("cash")))
    end = Row("Cash and cash equivalents at end of period", closing.values("cash"), page.total, name="cash")
    parts = (change, 1), (len(page.rows) - 1, 1)
    page.rows.append(end._replace(rule=True, double=True, parts=parts, quantities=closing.quantities("cash")))
