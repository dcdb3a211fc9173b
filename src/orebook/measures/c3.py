"""C3, fully allocated cost: C2, royalties, overheads and interest."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import PAYABLE, Basis, Measure
from orebook.measures.sources import BROOK_HUNT
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure(
        "c3_cost",
        "C3 cost",
        parse("c2_cost + royalties + production_taxes + corporate_administration + indirect_exploration + interest"),
        USD,
        BROOK_HUNT,
    ),
    Measure(
        "c3_cost_per_ounce",
        "C3 cost per payable ounce",
        parse("c3_cost / payable.{primary}"),
        USD_PER_OUNCE,
        BROOK_HUNT,
        basis=Basis(volume=PAYABLE),
    ),
)
