"""Production data, mine by mine."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.company import Company, Mine, float_free
from orebook.close.graph import Graph
from orebook.close.sheet import Sheet, Style
from orebook.close.sheets.page import COUNT, Page, add_costs
from orebook.close.vocabulary import METAL_UNIT
from orebook.measures.units import OUNCE
from orebook.model.period import Period

PER_TON = Style(2, dollar=True)


def production(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    for mine in company.mines:
        if not page.known("ore", mine.id) and not any(
            page.known(f"produced.{metal}", mine.id) for metal in mine.metals
        ):
            continue
        share = f" (Reflects {float_free(mine.share * 100)}% share)" if mine.share != 1 else ""
        page.heading(mine.title + share)
        _mine_rows(page, mine)
    return Sheet("Production Data", "", columns, tuple(page.rows))


def _mine_rows(page: Page, mine: Mine) -> None:
    page.row("Tons of ore milled", "ore", COUNT, mine.id, space=True)
    page.row("Days of operation", "days", COUNT, mine.id)
    page.row("Mining cost per ton", "mining_per_ton", PER_TON, mine.id)
    page.row("Milling cost per ton", "milling_per_ton", PER_TON, mine.id)
    for metal in mine.graded:
        if METAL_UNIT[metal] == OUNCE:
            style = Style(2 if metal == "silver" else 3)
            page.row(f"Ore grade milled - {metal.title()} (oz./ton)", f"grade.{metal}", style, mine.id)
    for metal in mine.metals:
        unit = "oz." if METAL_UNIT[metal] == OUNCE else "tons"
        page.row(f"{metal.title()} produced ({unit})", f"produced.{metal}", COUNT, mine.id)
        if metal in mine.third_party:
            page.row(f"{metal.title()} from third-party ore ({unit})", f"third_party.{metal}", COUNT, mine.id)
    add_costs(page, mine.id, mine.primary)
    thousands = Style(0, Fraction(1000), dollar=True)
    page.row("Capital additions (in thousands)", "capital", thousands, mine.id)
