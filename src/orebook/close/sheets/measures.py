"""Cost measures that stand in no other table: co-product costs, C1 to C3, equivalent ounces."""

from __future__ import annotations

from orebook.close.company import Company, Mine, float_free
from orebook.close.graph import Graph
from orebook.close.sheet import Sheet, Style
from orebook.close.sheets.page import COUNT, Page, per_ounce
from orebook.close.vocabulary import METAL_UNIT
from orebook.measures.units import OUNCE
from orebook.model.period import Period

_PER_PAYABLE_OUNCE = (
    ("c1_cost_per_ounce", "C1 cost per payable ounce"),
    ("c2_cost_per_ounce", "C2 cost per payable ounce"),
    ("c3_cost_per_ounce", "C3 cost per payable ounce"),
)


def other_measures(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    """The other measures that company.toml names, by mine."""
    page = Page(graph, company.scale, columns)
    for mine in company.mines:
        start = len(page.rows)
        share = f" (Reflects {float_free(mine.share * 100)}% share)" if mine.share != 1 else ""
        page.heading(mine.title + share)
        _rows(page, mine, frozenset(company.measures))
        if len(page.rows) == start + 1:
            page.rows.pop()
    return Sheet("Other Cost Measures", "(dollars per unit of metal - unaudited)", columns, tuple(page.rows))


def _rows(page: Page, mine: Mine, wanted: frozenset[str]) -> None:
    for name, title in _PER_PAYABLE_OUNCE:
        if name in wanted:
            page.row(title, name, per_ounce(mine.primary, dollar=True), mine.id)
    if "co_product_cost_per_unit.{metal}" in wanted and len(mine.metals) > 1:
        for metal in mine.metals:
            ounces = METAL_UNIT[metal] == OUNCE
            style = per_ounce(metal, dollar=True) if ounces else Style(0, dollar=True)
            unit = "ounce" if ounces else "ton"
            page.row(f"Co-product cost per {unit} of {metal}", f"co_product_cost_per_unit.{metal}", style, mine.id)
    if "equivalent_ounces" in wanted:
        page.row(f"{mine.primary.title()} equivalent produced (oz.)", "equivalent_ounces", COUNT, mine.id)
