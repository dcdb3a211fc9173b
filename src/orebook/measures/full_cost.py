"""Full cost as reported before the Gold Institute's standard."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Basis, Measure
from orebook.measures.sources import GOLD_INSTITUTE_FROM, HECLA_1995
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "full_cost",
        "Full costs",
        parse("cash_production_cost + depreciation + reclamation"),
        USD,
        HECLA_1995,
        until=GOLD_INSTITUTE_FROM,
        note="printed without a definition: cash production cost and the charges that take no cash",
    ),
    Measure(
        "full_cost_per_ounce",
        "Full costs per ounce",
        parse("full_cost / produced.{primary}"),
        USD_PER_OUNCE,
        HECLA_1995,
        until=GOLD_INSTITUTE_FROM,
        basis=Basis(),
    ),
)
