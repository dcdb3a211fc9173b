"""Site cost: what the mine and the mill spend before anything is shipped."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Measure
from orebook.measures.sources import GOLD_INSTITUTE
from orebook.measures.units import USD

VERSIONS = (
    Measure(
        "site_cost",
        "Site costs",
        parse("mining + milling + site_administration + stripping_adjustment + purchased_ore + other_site_cost"),
        USD,
        GOLD_INSTITUTE,
    ),
)
