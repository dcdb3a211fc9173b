"""Adjusted operating cost: the base of the World Gold Council's all-in measures."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Measure
from orebook.measures.sources import WGC_2013, WGC_2013_FROM
from orebook.measures.units import USD

VERSIONS = (
    Measure(
        "adjusted_operating_cost",
        "Adjusted operating costs",
        parse(
            "site_cost + royalties + production_taxes + realised_hedges_on_cost + community + permitting"
            " + treatment_and_freight + site_noncash_pay + stockpile_write_down + operational_stripping"
            " - by_product_credits"
        ),
        USD,
        WGC_2013,
        since=WGC_2013_FROM,
    ),
)
