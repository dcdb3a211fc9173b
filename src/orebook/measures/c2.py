"""C2, production cost: C1 and depreciation."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import PAYABLE, Basis, Measure
from orebook.measures.sources import BROOK_HUNT
from orebook.measures.units import USD, USD_PER_OUNCE

VERSIONS = (
    Measure("c2_cost", "C2 cost", parse("c1_cost + depreciation"), USD, BROOK_HUNT),
    Measure(
        "c2_cost_per_ounce",
        "C2 cost per payable ounce",
        parse("c2_cost / payable.{primary}"),
        USD_PER_OUNCE,
        BROOK_HUNT,
        basis=Basis(volume=PAYABLE),
    ),
)
