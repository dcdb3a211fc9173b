"""When a relation between rows is established, and what its failures are worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.check.context import Sightings
from orebook.check.cross.agreement import confirmed, graded, holds, tried
from orebook.model.equation import IDENTITY, Equation
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.interval import of_fact
from orebook.model.period import Period
from orebook.model.spot import Spot
from orebook.model.tie import MINUS, ONE, Operand


def fact(text: str, row: int, column: int, scale: int = 1000) -> Fact:
    value = None if text == "--" else Decimal(text)
    decimals = len(text.partition(".")[2])
    return Fact(
        Spot(row * 10 + 1, column * 20, column * 20 + len(text)),
        text,
        value,
        decimals,
        "USD",
        scale,
        Period(date(2001 + column, 12, 31), 12),
        Table(row, f"table {row}"),
        Row(row, f"row {row}"),
        Column(column, ""),
    )


def copies(pairs: list[tuple[str, str]], sign: Fraction = ONE) -> list[Equation]:
    return [
        Equation("X", "x", IDENTITY, "required", fact(one, 0, at), (Operand(fact(other, 1, at), sign),))
        for at, (one, other) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("pairs", "grades"),
    [
        # One telling column is enough where none fails; one of one digit is not, two are.
        ([("1234", "1234")], ["required"]),
        ([("4", "4")], []),
        ([("4", "4"), ("7", "7")], ["required", "required"]),
        # Held more often than failed: the failure is a break, whatever it looks like.
        ([("1234", "1234"), ("777", "777"), ("5000", "9876")], ["required"] * 3),
        # Held as often as failed: a break only where a slip explains it, or the figure of the next column.
        ([("46984", "46989"), ("39658", "39658")], ["required", "required"]),
        ([("46984", "51234"), ("39658", "39658")], ["analytic", "required"]),
        ([("46984", "39658"), ("39658", "39658")], ["required", "required"]),
        # Failed more often than held: two facts, and nothing is said.
        ([("1", "5"), ("300", "400"), ("555", "555")], []),
        # A nil beside a figure may have been left empty.
        ([("2842", "2842"), ("1129", "--")], ["required", "analytic"]),
        ([("2842", "2842"), ("--", "--")], ["required", "required"]),
    ],
)
def test_grades(pairs: list[tuple[str, str]], grades: list[str]) -> None:
    known = Sightings()
    assert [equation.grade for equation in graded(tried(copies(pairs), known), known)] == grades


def test_only_telling_columns_confirm_an_inferred_relation() -> None:
    told = confirmed(copies([("123", "123"), ("12", "12"), ("500", "600")]), Sightings())
    assert [equation.target.text for equation in told] == ["123"]


PRINTED = st.integers(-999, 999)


@given(PRINTED, PRINTED, st.integers(0, 3), st.sampled_from([ONE, MINUS]), st.sampled_from([1, 1000]))
def test_the_quick_comparison_says_what_the_intervals_say(
    one: int, other: int, decimals: int, sign: Fraction, scale: int
) -> None:
    def shown(number: int) -> str:
        return f"{Decimal(number).scaleb(-decimals):f}"

    first, second = fact(shown(one), 0, 0, scale), fact(shown(other), 1, 0, scale)
    equation = Equation("X", "x", IDENTITY, "required", first, (Operand(second, sign),))
    assert holds(equation, Sightings()) == of_fact(first).meets(of_fact(second).scaled(sign))
