"""Co-product cost: the gross cost shared over the metals by their revenue, in place of credits."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import CO_PRODUCT, Basis, Measure
from orebook.measures.sources import GOLD_INSTITUTE, GOLD_INSTITUTE_FROM
from orebook.measures.units import PURE, USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "gross_cash_cost",
        "Total cash costs before by-product credits",
        parse("total_cash_cost + by_product_credits"),
        USD,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
    ),
    Measure(
        "co_product_weight.{metal}",
        "Share of revenue",
        parse("revenue.{metal} / revenue"),
        PURE,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
    ),
    Measure(
        "co_product_cost.{metal}",
        "Co-product cost",
        parse("co_product_weight.{metal} * gross_cash_cost"),
        USD,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
    ),
    Measure(
        "co_product_cost_per_unit.{metal}",
        "Co-product cost per unit of metal",
        parse("co_product_cost.{metal} / produced.{metal}"),
        USD_PER_OUNCE,
        GOLD_INSTITUTE,
        since=GOLD_INSTITUTE_FROM,
        basis=Basis(metals=CO_PRODUCT),
        note="per ton for metals that are produced in tons",
    ),
)
