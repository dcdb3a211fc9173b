"""Total cash cost: cash operating cost, royalties and taxes on production."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Basis, Measure
from orebook.measures.sources import GOLD_INSTITUTE, GOLD_INSTITUTE_FROM
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "total_cash_cost",
        "Total cash costs",
        parse("cash_operating_cost + royalties + production_taxes"),
        USD,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
    ),
    Measure(
        "total_cash_cost_per_ounce",
        "Total cash costs per ounce",
        parse("total_cash_cost / produced.{primary}"),
        USD_PER_OUNCE,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
        basis=Basis(),
    ),
)
