"""Cash operating cost: the first of the Gold Institute's three steps."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Basis, Measure
from orebook.measures.sources import GOLD_INSTITUTE, GOLD_INSTITUTE_FROM
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "cash_operating_cost",
        "Cash operating costs",
        parse("site_cost + treatment_and_freight - by_product_credits"),
        USD,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
    ),
    Measure(
        "cash_operating_cost_per_ounce",
        "Cash operating costs per ounce",
        parse("cash_operating_cost / produced.{primary}"),
        USD_PER_OUNCE,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
        basis=Basis(),
    ),
)
