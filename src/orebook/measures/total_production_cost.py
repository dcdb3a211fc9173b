"""Total production cost: total cash cost and the charges that take no cash."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Basis, Measure
from orebook.measures.sources import GOLD_INSTITUTE, GOLD_INSTITUTE_FROM
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "total_production_cost",
        "Total production costs",
        parse("total_cash_cost + depreciation + reclamation"),
        USD,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
        note="companies differ in whether depreciation is taken on what was produced or on what was sold",
    ),
    Measure(
        "total_production_cost_per_ounce",
        "Total production costs per ounce",
        parse("total_production_cost / produced.{primary}"),
        USD_PER_OUNCE,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
        basis=Basis(),
    ),
)
