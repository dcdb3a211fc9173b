"""All-in sustaining cost per ounce sold: the version of 2013, and that of 2018 with leases."""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import SOLD, Basis, Measure
from orebook.measures.sources import WGC_2013, WGC_2013_FROM, WGC_2018, WGC_2018_FROM
from orebook.measures.units import USD, USD_PER_OUNCE

_OF_2013 = (
    "adjusted_operating_cost + corporate_administration + reclamation_accretion + reclamation_amortisation"
    " + sustaining_exploration + sustaining_development + sustaining_capital"
)

VERSIONS = (
    Measure(
        "all_in_sustaining_cost",
        "All-in sustaining costs",
        parse(_OF_2013),
        USD,
        WGC_2013,
        since=WGC_2013_FROM,
        until=WGC_2018_FROM,
    ),
    Measure(
        "all_in_sustaining_cost",
        "All-in sustaining costs",
        parse(_OF_2013 + " + sustaining_leases"),
        USD,
        WGC_2018,
        since=WGC_2018_FROM,
        note="payments on leases of sustaining equipment joined in when leases came on to the balance sheet",
    ),
    Measure(
        "all_in_sustaining_cost_per_ounce",
        "All-in sustaining costs per ounce sold",
        parse("all_in_sustaining_cost / sold.{primary}"),
        USD_PER_OUNCE,
        WGC_2013,
        since=WGC_2013_FROM,
        basis=Basis(volume=SOLD),
    ),
)
