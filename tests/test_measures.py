"""The measures: what each formula gives on figures worked by hand, and that units are carried."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from orebook.measures import MEASURES, FormulaError, UnitError, evaluate, in_force, parse, parse_unit, unit_of
from orebook.measures.formula import Formula
from orebook.measures.units import CONSTANTS, OUNCE, TON, USD

CASES = [
    ("a + b - c", {"a": 1, "b": 2, "c": 4}, Fraction(-1)),
    ("- a + 0.5 * b", {"a": 1, "b": 3}, Fraction(1, 2)),
    ("a * b / c", {"a": 2, "b": 9, "c": 4}, Fraction(9, 2)),
    ("tons * pounds_per_ton * price", {"tons": 3, "price": Fraction(3, 2)}, Fraction(9000)),
    ("largest(a, b)", {"a": -3, "b": 2}, Fraction(2)),
    ("smallest(a, b)", {"a": -3, "b": 2}, Fraction(-3)),
    ("a", {"a": 7}, Fraction(7)),
]


@pytest.mark.parametrize(("text", "values", "expected"), CASES)
def test_formula_gives(text: str, values: dict[str, int], expected: Fraction) -> None:
    assert evaluate(parse(text), {name: Fraction(value) for name, value in values.items()}) == expected


@pytest.mark.parametrize(("text", "_values", "_expected"), CASES)
def test_formula_prints_and_reads_back(text: str, _values: dict[str, int], _expected: Fraction) -> None:
    formula = parse(text)
    if formula.factor == 1:
        assert parse(str(formula)) == formula


@pytest.mark.parametrize("text", ["", "a +", "a * b + c", "a (b)", "a ** b", "3 + a", "a ? b", "+ + a"])
def test_unreadable_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


def test_ounces_never_add_to_tons() -> None:
    with pytest.raises(UnitError, match=r"oz.*ton"):
        unit_of(parse("gold + ore"), {"gold": OUNCE, "ore": TON})


def test_pounds_per_ton_carries_its_unit() -> None:
    units = {"lead": TON, "price": parse_unit("cents/lb")[0]}
    assert unit_of(parse("lead * pounds_per_ton * price"), units) == USD


@pytest.mark.parametrize(
    ("text", "printed", "factor"),
    [("cents/lb", "USD/lb", "1/100"), ("%", "pure", "1/100"), ("koz", "oz", "1000"), ("g/t", "g/tonne", "1")],
)
def test_unit_spellings(text: str, printed: str, factor: str) -> None:
    unit, scale = parse_unit(text)
    assert (str(unit), scale) == (printed, Fraction(factor))


def test_unknown_unit_is_named() -> None:
    with pytest.raises(UnitError, match="furlong"):
        parse_unit("USD/furlong")


def test_conversions_are_exact() -> None:
    assert CONSTANTS["pounds_per_tonne"][0] * CONSTANTS["tonnes_per_ton"][0] == CONSTANTS["pounds_per_ton"][0]


def test_every_measure_states_source_and_unit() -> None:
    for measure in MEASURES:
        assert measure.source, measure.name
        assert measure.title, measure.name
        assert measure.formula.terms, measure.name


def test_versions_of_one_measure_do_not_overlap() -> None:
    for day in (date(1995, 9, 30), date(2003, 9, 30), date(2007, 9, 30), date(2013, 9, 30), date(2020, 3, 31)):
        names = [measure.name for measure in in_force(day)]
        assert len(names) == len(set(names)), day


def _formula(name: str, day: date) -> Formula:
    return next(measure.formula for measure in in_force(day) if measure.name == name)


def test_leases_joined_the_all_in_sustaining_cost() -> None:
    before = _formula("all_in_sustaining_cost", date(2018, 12, 31))
    after = _formula("all_in_sustaining_cost", date(2019, 3, 31))
    assert set(after.names) - set(before.names) == {"sustaining_leases"}


def test_reconciliation_of_a_printed_column() -> None:
    """Greens Creek, third quarter of 2004, in thousands."""
    values = {
        "total_cash_cost": 1190,
        "treatment_and_freight": 3063,
        "by_product_credits": 6272,
        "inventory_change": 1541,
        "reclamation_and_other": 59,
        "excluded_costs": 0,
    }
    formula = _formula("cost_of_sales", date(2004, 9, 30))
    assert evaluate(formula, {name: Fraction(value) for name, value in values.items()}) == 5999
