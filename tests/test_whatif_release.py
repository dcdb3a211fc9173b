"""The price sensitivity of a release: metal contained and metal payable, beside what the release says."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from orebook.close.report import sensitivity_lines
from orebook.close.sensitivity import sensitivities, statements
from orebook.pipeline import read

SEEDS = Path(os.environ.get("OREBOOK_SHARED", Path(__file__).parents[1] / ".." / "shared")) / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no seeds in {SEEDS}: set OREBOOK_SHARED")
HALF_A_DOLLAR = Fraction(1, 2)


def test_fifty_cents_a_pound_of_lead_over_a_year() -> None:
    book = read(SEEDS / "hecla-2007q3.txt")
    quarter, nine_months = sensitivities(book, "lead", HALF_A_DOLLAR)
    assert (quarter.produced, quarter.contained) == (Fraction(5729), Fraction(22_916_000))
    assert quarter.paid == Fraction(21_770_200)
    assert nine_months.contained == Fraction(24_424_000)
    (said,) = statements(book, "lead")
    assert (said.step, said.worth, said.line) == (HALF_A_DOLLAR, Fraction(20_000_000), 93)
    assert said.worth < quarter.paid < quarter.contained
    lines = sensitivity_lines((quarter, nine_months), (said,))
    assert any("contained" in line and "22,916,000" in line for line in lines)
    assert any("payable" in line and "21,770,200" in line for line in lines)


def test_a_by_product_price_lowers_the_unit_cost_of_its_mines() -> None:
    quarter, _ = sensitivities(read(SEEDS / "hecla-2007q3.txt"), "lead", HALF_A_DOLLAR)
    costs = {unit.entity.split(" UNIT")[0]: unit.cost_per_ounce for unit in quarter.units}
    assert costs["LUCKY FRIDAY"] == -Fraction(4032 * 2000 * 95, 2 * 100 * 661_511)


def test_a_metal_that_is_not_produced_has_none() -> None:
    assert sensitivities(read(SEEDS / "hecla-2007q3.txt"), "copper", HALF_A_DOLLAR) == ()
