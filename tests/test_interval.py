"""The interval core. The cases restate the rules of XBRL Calculations 1.1 for figures as printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.model.equation import (
    DENOMINATOR,
    GROWTH,
    NEW,
    NUMERATOR,
    OLD,
    PRODUCT,
    RATE,
    RATIO,
    REQUIRED,
    SUM,
    WEIGHT,
    WEIGHTED_AVERAGE,
    Equation,
    compute,
    solve,
)
from orebook.model.fact import Column, Fact, Row
from orebook.model.interval import Interval, exact, of_fact, rounded
from orebook.model.spot import Spot
from orebook.model.tie import Operand
from tests.footing_tables import TABLE

F = Fraction


def figure(text: str, scale: int = 1, at: int = 0) -> Fact:
    """A printed figure; `--` is nil."""
    value = None if text == "--" else Decimal(text)
    decimals = 0 if value is None else max(0, -int(value.as_tuple().exponent))
    return Fact(Spot(1, at, at + 1), text, value, decimals, "USD", scale, None, TABLE, Row(1, "row"), Column(at, ""))


@pytest.mark.parametrize(
    ("text", "scale", "low", "high"),
    [
        ("538", 1, F(1075, 2), F(1077, 2)),
        ("538", 1000, F(537500), F(538500)),
        ("0.10", 1, F(95, 1000), F(105, 1000)),
        ("-4.91", 1, F(-4915, 1000), F(-4905, 1000)),
        ("0", 1, F(-1, 2), F(1, 2)),
        ("--", 1000, F(0), F(0)),
        ("1.50", 1_000_000, F(1_495_000), F(1_505_000)),
    ],
    ids=["whole", "thousands", "cents", "negative", "printed zero", "nil is exact", "millions"],
)
def test_a_printed_figure_stands_for_all_that_rounds_to_it(
    text: str, scale: int, low: Fraction, high: Fraction
) -> None:
    assert of_fact(figure(text, scale)) == Interval(low, high)


def test_digits_beyond_the_stated_precision_do_not_sharpen_a_figure() -> None:
    assert rounded(F(1234), -2) == Interval(F(1184), F(1284))


CALCULATIONS = [
    ("sum within rounding", "100", ["33", "33", "33"], True),
    ("sum at the very end of rounding", "100", ["33", "33", "32"], True),
    ("sum beyond rounding", "100", ["33", "33", "31"], False),
    ("nil adds exactly nothing", "100", ["100", "--", "--"], True),
    ("nil total of nothing", "--", ["--", "--"], True),
    ("a nil part lends no rounding", "101", ["99", "--"], False),
    ("a closed end counts as touching", "2", ["0.7", "0.7"], True),
    ("finer parts than total", "1", ["0.45", "0.04"], True),
    ("finer parts, out of reach", "1", ["0.45", "0.03"], False),
]


@pytest.mark.parametrize(("name", "total", "parts", "holds"), CALCULATIONS, ids=[case[0] for case in CALCULATIONS])
def test_a_sum_holds_if_the_intervals_meet(name: str, total: str, parts: list[str], holds: bool) -> None:
    operands = tuple(Operand(figure(part, at=at)) for at, part in enumerate(parts, 1))
    equation = Equation("T", name, SUM, REQUIRED, figure(total), operands)
    made = compute(equation, [of_fact(operand.fact) for operand in operands])
    assert made is not None
    assert made.meets(of_fact(equation.target)) is holds


DUPLICATES = [
    ("complete duplicates", ["679", "679"], True),
    ("consistent, different precision", ["679.884", "680"], True),
    ("inconsistent, the coarse one excludes the fine", ["1340", "1341.4"], False),
    ("inconsistent", ["679", "679.884"], False),
    ("nil and a zero", ["--", "0"], True),
    ("nil and a figure", ["--", "12"], False),
]


@pytest.mark.parametrize(("name", "sightings", "consistent"), DUPLICATES, ids=[case[0] for case in DUPLICATES])
def test_duplicates_are_consistent_if_their_intervals_intersect(
    name: str, sightings: list[str], consistent: bool
) -> None:
    first, second = (of_fact(figure(text)) for text in sightings)
    assert (first.meet(second) is not None) is consistent


def test_an_interval_that_holds_zero_divides_to_no_bound() -> None:
    assert exact(F(1)).over(Interval(F(-1), F(1))) is None
    assert exact(F(1)).over(Interval(F(0), F(1))) is None
    assert exact(F(6)).over(Interval(F(2), F(3))) == Interval(F(2), F(3))


fractions = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=1000)


@st.composite
def intervals_with_a_point(draw: st.DrawFn, least: int = -10_000) -> tuple[Interval, Fraction]:
    ends = st.fractions(min_value=least, max_value=10_000, max_denominator=1000)
    low, point, high = sorted(draw(st.tuples(ends, ends, ends)))
    return Interval(low, high), point


@given(intervals_with_a_point(), intervals_with_a_point(), fractions)
def test_operations_contain_what_points_give(
    a: tuple[Interval, Fraction], b: tuple[Interval, Fraction], factor: Fraction
) -> None:
    (x, p), (y, q) = a, b
    assert x.plus(y).contains(p + q)
    assert x.minus(y).contains(p - q)
    assert x.times(y).contains(p * q)
    assert x.scaled(factor).contains(p * factor)
    quotient = x.over(y)
    assert quotient is None or q == 0 or quotient.contains(p / q)


def equation(kind: str, roles: list[str], weights: list[int | None] | None = None) -> Equation:
    weighed = weights or [None] * len(roles)
    operands = tuple(
        Operand(figure("1", at=at), None if weight is None else F(weight), role)
        for at, (role, weight) in enumerate(zip(roles, weighed, strict=True), 1)
    )
    return Equation("T", "test", kind, REQUIRED, figure("1"), operands)


FORMS = [
    equation(SUM, ["", "", ""], [1, -1, 1]),
    equation(RATIO, [NUMERATOR, NUMERATOR, DENOMINATOR], [1, -1, 1]),
    equation(PRODUCT, ["", ""]),
    equation(WEIGHTED_AVERAGE, [RATE, WEIGHT, RATE, WEIGHT]),
    equation(GROWTH, [NEW, OLD]),
]


@pytest.mark.parametrize("form", FORMS, ids=[form.kind for form in FORMS])
@given(data=st.data())
def test_a_form_contains_what_points_give_and_solving_leads_back(form: Equation, data: st.DataObject) -> None:
    drawn = [data.draw(intervals_with_a_point(least=1)) for _ in form.operands]
    values, points = [value for value, _ in drawn], [exact(point) for _, point in drawn]
    whole, point = compute(form, values), compute(form, points)
    if point is None:
        return
    assert point.low == point.high
    assert whole is None or whole.contains(point.low)
    for at, operand in enumerate(points):
        found = solve(form, at, point, points)
        assert found is None or found.contains(operand.low)


def test_the_weighted_average_is_as_tight_as_its_corners() -> None:
    form = equation(WEIGHTED_AVERAGE, [RATE, WEIGHT, RATE, WEIGHT])
    values = [exact(F(10)), Interval(F(1), F(3)), exact(F(20)), Interval(F(1), F(2))]
    assert compute(form, values) == Interval(F(30 + 20, 3 + 1), F(10 + 40, 1 + 2))
