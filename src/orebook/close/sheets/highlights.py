"""The highlights: the figures that a reader looks for first."""

from __future__ import annotations

from orebook.close.company import Company
from orebook.close.graph import Graph
from orebook.close.sheet import Sheet, Style
from orebook.close.sheets.page import COUNT, Page, add_costs, money_caption, per_ounce
from orebook.close.totals import entity_of
from orebook.close.vocabulary import METAL_UNIT
from orebook.measures.units import OUNCE
from orebook.model.period import Period


def highlights(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    page.heading("FINANCIAL DATA", space=False)
    page.row("Sales of products", "sales", page.total, space=True)
    page.row("Gross profit", "gross_profit", page.money)
    page.row("Net income (loss)", "net_income", page.money)
    page.row("Basic income (loss) per common share", "basic_earnings_per_share", Style(2))
    page.row("Cash flow provided by operating activities", "cash_from_operations", page.money)
    for bridge in company.bridges:
        page.row(bridge.title, bridge.id, page.money)
    _by_segment(page, company, "SALE OF PRODUCTS", ("sales", "Total sales"), "other_sales")
    _by_segment(page, company, "GROSS PROFIT (LOSS)", ("gross_profit", "Total gross profit"), "other_gross_profit")
    page.heading("PRODUCTION SUMMARY - TOTALS")
    for metal in company.metals:
        words = "Ounces" if METAL_UNIT[metal] == OUNCE else "Tons"
        page.row(f"{metal.title()} - {words}", f"produced.{metal}", COUNT)
        page.row(f"{metal.title()} from third-party ore - {words}", f"third_party.{metal}", COUNT)
    for segment in company.segments:
        add_costs(page, entity_of(segment), segment.primary, suffix=" ($/oz.)", dollar=False)
    page.heading("AVERAGE METAL PRICES")
    titles = dict(company.price_titles)
    for metal in company.metals:
        unit, style = ("$/oz.", per_ounce(metal)) if METAL_UNIT[metal] == OUNCE else ("$/pound", Style(2))
        page.row(f"{metal.title()} - Realized ({unit})", f"price.realized.{metal}", style)
        title = titles.get(metal, "Market")
        page.row(f"{metal.title()} - {title} ({unit})", f"price.market.{metal}", style)
    caption = money_caption(company, ", except per share, per ounce and per pound amounts")
    return Sheet("", caption, columns, tuple(page.rows), "HIGHLIGHTS")


def _by_segment(page: Page, company: Company, title: str, names: tuple[str, str], other: str) -> None:
    if not page.known(names[0]):
        return
    page.heading(title)
    parts: list[tuple[int, int]] = []
    for segment in company.segments:
        style = page.money if parts else page.total
        at = page.row(segment.title, names[0], style, entity_of(segment), space=not parts)
        parts.append((at, 1))
    parts.append((page.row("Other", other, page.money), 1))
    page.sum_of(page.row(names[1], names[0], page.total, indent=2, rule=True), parts)
