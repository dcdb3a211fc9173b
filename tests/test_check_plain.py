"""Plain sums in whole numbers say what intervals say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orebook.check.context import Sightings
from orebook.check.culprit import needs
from orebook.check.plain import plain
from orebook.model.equation import REQUIRED, SUM, Equation, compute, solve
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.interval import of_fact, rounding
from orebook.model.period import Period
from orebook.model.spot import Spot
from orebook.model.tie import MINUS, ONE, Operand

TABLE, COLUMN, WHEN = Table(0, "a table"), Column(0, ""), Period(date(2006, 3, 31), 3)
PRINTED = st.none() | st.tuples(st.integers(-99_999, 99_999), st.integers(0, 3))
SCALES = st.sampled_from([1, 1000])


@st.composite
def sums(draw: st.DrawFn) -> Equation:
    """A target and the figures that are added to it or taken from it, some of them nil."""
    facts = []
    for at in range(draw(st.integers(2, 6))):
        told = draw(PRINTED)
        value, decimals = (None, 0) if told is None else (Decimal(told[0]).scaleb(-told[1]), told[1])
        row = Row(at, f"row {at}")
        facts.append(Fact(Spot(at, 0, 5), "", value, decimals, "USD", draw(SCALES), WHEN, TABLE, row, COLUMN))
    operands = tuple(Operand(fact, draw(st.sampled_from([ONE, MINUS]))) for fact in facts[1:])
    return Equation("X", "x", SUM, REQUIRED, facts[0], operands)


@given(sums())
def test_a_plain_sum_holds_where_its_intervals_meet(equation: Equation) -> None:
    whole = plain(equation, Sightings().own_counts)
    computed = compute(equation, [of_fact(operand.fact) for operand in equation.operands])
    assert whole is not None
    assert computed is not None
    assert whole.holds == computed.meets(of_fact(equation.target))


@given(sums())
def test_what_a_plain_sum_needs_is_what_intervals_need(equation: Equation) -> None:
    values = [of_fact(operand.fact) for operand in equation.operands]
    for at, operand in enumerate(equation.operands):
        solved = solve(equation, at, of_fact(equation.target), values)
        assert solved is not None
        assert needs(equation, (operand.fact,), Sightings()) == solved.plus(rounding(operand.fact))
    computed = compute(equation, values)
    assert computed is not None
    assert needs(equation, (equation.target,), Sightings()) == computed.plus(rounding(equation.target))


def test_a_figure_finer_than_a_subunit_is_no_plain_sum() -> None:
    fine = Fact(Spot(1, 0, 9), "", Decimal("0.1234567"), 7, "USD", 1, WHEN, TABLE, Row(1, "fine"), COLUMN)
    whole = Fact(Spot(2, 0, 9), "", Decimal(1), 0, "USD", 1, WHEN, TABLE, Row(2, "whole"), COLUMN)
    assert plain(Equation("X", "x", SUM, REQUIRED, whole, (Operand(fine, ONE),)), Sightings().own_counts) is None
