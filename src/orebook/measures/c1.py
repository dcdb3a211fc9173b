"""C1, direct cash cost: to the metal's delivery to market, net of by-product credits."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import PAYABLE, Basis, Measure
from orebook.measures.sources import BROOK_HUNT
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "c1_cost",
        "C1 cost",
        parse("site_cost + treatment_and_freight - by_product_credits"),
        USD,
        BROOK_HUNT,
    ),
    Measure(
        "c1_cost_per_ounce",
        "C1 cost per payable ounce",
        parse("c1_cost / payable.{primary}"),
        USD_PER_OUNCE,
        BROOK_HUNT,
        basis=Basis(volume=PAYABLE),
    ),
)
