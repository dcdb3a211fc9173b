"""Treatment and freight: what smelters, refiners and carriers charge."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Measure
from orebook.measures.sources import GOLD_INSTITUTE
from orebook.measures.units import USD

VERSIONS = (
    Measure(
        "treatment_and_freight",
        "Treatment & freight costs",
        parse("treatment + refining + freight"),
        USD,
        GOLD_INSTITUTE,
    ),
)
