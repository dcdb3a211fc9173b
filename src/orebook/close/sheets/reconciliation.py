"""The reconciliation of cash costs to the cost of sales, by segment and mine."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.company import Company, float_free
from orebook.close.graph import Graph
from orebook.close.sheet import Sheet, Style
from orebook.close.sheets.page import Page, per_ounce
from orebook.close.totals import entity_of
from orebook.model.period import Period

_RECONCILED = (
    ("treatment_and_freight", "Treatment & freight costs", -1),
    ("by_product_credits", "By-product credits", 1),
    ("inventory_change", "Change in product inventory", 1),
    ("reclamation_and_other", "Reclamation and other costs", 1),
    ("excluded_costs", "Costs excluded from cash costs", 1),
)


def reconciliation(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    for segment in company.segments:
        _reconcile(page, segment.title.upper(), entity_of(segment), segment.primary)
    for mine in company.mines:
        share = f" (Reflects {float_free(mine.share * 100)}% share)" if mine.share != 1 else ""
        _reconcile(page, mine.title + share, mine.id, mine.primary)
    title = "Reconciliation of Cash Costs per Ounce to Generally Accepted Accounting Principles (GAAP)"
    return Sheet(title, "(dollars and ounces in thousands, except per ounce - unaudited)", columns, tuple(page.rows))


def _reconcile(page: Page, title: str, entity: str, primary: str) -> None:
    """A block of the reconciliation, in the form of 2007 where depreciation is part of it."""
    wide = page.known("cost_of_sales_and_depreciation", entity)
    if not page.known("total_cash_cost", entity) or not (wide or page.known("cost_of_sales", entity)):
        return
    page.heading(title)
    thousands, dollars = Style(0, Fraction(1000)), Style(0, Fraction(1000), dollar=True)
    page.row("Total cash costs", "total_cash_cost", dollars, entity, space=True)
    page.row(f"Divided by {primary} ounces produced", f"produced.{primary}", thousands, entity)
    style = per_ounce(primary, dollar=True)
    page.row(
        "Total cash cost per ounce produced",
        "total_cash_cost_per_ounce",
        style,
        entity,
        indent=3,
        rule=True,
        double=True,
    )
    page.heading("Reconciliation to GAAP:", space=False)
    parts = [(page.row("Total cash costs", "total_cash_cost", dollars, entity, indent=3), 1)]
    if wide:
        label = "Depreciation, depletion and amortization"
        parts.append((page.row(label, "depreciation", thousands, entity, indent=3), 1))
    for name, label, sign in _RECONCILED:
        parts.append((page.row(label, name, thousands, entity, sign, indent=3), 1))
    parts += _interests(page, entity, thousands, wide=wide)
    end = "reported_cost_of_sales_and_depreciation" if wide else "reported_cost_of_sales"
    own = "cost_of_sales_and_depreciation" if wide else "cost_of_sales"
    label = "Costs of sales and other direct production costs" + (
        " and depreciation, depletion and amortization" if wide else ""
    )
    name = end if page.known(end, entity) else own
    total = page.row(f"{label} (GAAP)", name, dollars, entity, indent=3, rule=True, double=True)
    page.sum_of(total, parts)


def _interests(page: Page, entity: str, style: Style, *, wide: bool) -> list[tuple[int, int]]:
    name = "interests_of_others" if wide else "interests_of_others_cost_of_sales"
    if not any(page.values(name, entity)):
        return []
    return [(page.row("Interests of others and of affiliates", name, style, entity, indent=3), 1)]
