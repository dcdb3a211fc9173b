"""Measures: dated formulas with unit and source, one measure a file."""

from __future__ import annotations

from datetime import date

from orebook.measures import (
    adjusted_operating_cost,
    all_in_cost,
    all_in_sustaining_cost,
    c1,
    c2,
    c3,
    cash_operating_cost,
    cash_production_cost,
    co_product_cost,
    cost_of_sales,
    earnings_per_share,
    equivalent_ounces,
    full_cost,
    site_cost,
    total_cash_cost,
    total_production_cost,
    treatment_and_freight,
)
from orebook.measures.formula import Formula, FormulaError, evaluate, parse, unit_of
from orebook.measures.measure import Basis, Measure
from orebook.measures.units import Unit, UnitError, parse_unit

MEASURES: tuple[Measure, ...] = (
    *site_cost.VERSIONS,
    *treatment_and_freight.VERSIONS,
    *cash_production_cost.VERSIONS,
    *full_cost.VERSIONS,
    *cash_operating_cost.VERSIONS,
    *total_cash_cost.VERSIONS,
    *total_production_cost.VERSIONS,
    *cost_of_sales.VERSIONS,
    *adjusted_operating_cost.VERSIONS,
    *all_in_sustaining_cost.VERSIONS,
    *all_in_cost.VERSIONS,
    *c1.VERSIONS,
    *c2.VERSIONS,
    *c3.VERSIONS,
    *co_product_cost.VERSIONS,
    *equivalent_ounces.VERSIONS,
    *earnings_per_share.VERSIONS,
)


def in_force(day: date) -> tuple[Measure, ...]:
    """The measures whose version was in force on `day`, in the order in which they build on each other."""
    return tuple(measure for measure in MEASURES if measure.in_force(day))


__all__ = [
    "MEASURES",
    "Basis",
    "Formula",
    "FormulaError",
    "Measure",
    "Unit",
    "UnitError",
    "evaluate",
    "in_force",
    "parse",
    "parse_unit",
    "unit_of",
]
