"""All-in cost: all-in sustaining cost and what is spent on operations yet to come."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import SOLD, Basis, Measure
from orebook.measures.sources import WGC_2013, WGC_2013_FROM
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "all_in_cost",
        "All-in costs",
        parse(
            "all_in_sustaining_cost + non_current_operations + growth_exploration + growth_development + growth_capital"
        ),
        USD,
        WGC_2013,
        since=WGC_2013_FROM,
    ),
    Measure(
        "all_in_cost_per_ounce",
        "All-in costs per ounce sold",
        parse("all_in_cost / sold.{primary}"),
        USD_PER_OUNCE,
        WGC_2013,
        since=WGC_2013_FROM,
        basis=Basis(volume=SOLD),
    ),
)
