"""Equivalent ounces: every metal at its price, counted in ounces of the primary metal.

The prices used belong to the figure: they are named in the formula and kept with it.
"""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Measure
from orebook.measures.units import OUNCE

VERSIONS = (
    Measure(
        "equivalent_ounces",
        "Equivalent ounces",
        parse("value_of_production / price.{primary}"),
        OUNCE,
        "value of the production of all metals at stated prices over the price of the primary metal",
    ),
)
