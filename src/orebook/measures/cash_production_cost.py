"""Cash production cost as reported before the Gold Institute's standard."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Basis, Measure
from orebook.measures.sources import GOLD_INSTITUTE_FROM, HECLA_1995
from orebook.measures.units import USD, USD_PER_OUNCE

_NOTE = "the release prints the figure without a definition: all cash costs of the unit, less by-product credits"

VERSIONS = (
    Measure(
        "cash_production_cost",
        "Cash production costs",
        parse("site_cost + treatment_and_freight + royalties + production_taxes - by_product_credits"),
        USD,
        HECLA_1995,
        until=GOLD_INSTITUTE_FROM,
        note=_NOTE,
    ),
    Measure(
        "cash_production_cost_per_ounce",
        "Cash production costs per ounce",
        parse("cash_production_cost / produced.{primary}"),
        USD_PER_OUNCE,
        HECLA_1995,
        until=GOLD_INSTITUTE_FROM,
        basis=Basis(),
    ),
)
