"""Movements and balances: stated where they hold, silent where something unprinted moved them."""

from __future__ import annotations

from pathlib import Path

import pytest

from orebook.check import run
from orebook.model.tie import BREAKS, Tie
from orebook.pipeline import read

RELEASE = (Path(__file__).parent / "cases" / "cross" / "silverbell.txt").read_text(encoding="ascii")


def ties(text: str, code: str) -> dict[str, Tie]:
    said = run(read(text.encode("ascii"), "release.txt"))
    return {tie.target.row.label: tie for tie in said.ties if tie.code == code}


def test_movements_of_working_capital_and_deferred_taxes() -> None:
    found = ties(RELEASE, "RL02")
    assert set(found) == {
        "Accounts and notes receivable",
        "Inventories",
        "Accounts payable and accrued expenses",
        "Deferred income taxes",
    }
    assert {tie.kind for tie in found.values()} == {"difference"}
    assert {tie.grade for tie in found.values()} == {"required"}


def test_a_movement_that_does_not_hold_is_not_stated_among_few() -> None:
    text = RELEASE.replace("530        (120)", "480        (120)").replace("11,940", "11,890")
    assert text.count("11,890") == 2
    assert "Inventories" not in ties(text, "RL02")


def test_the_odd_movement_out_of_many_is_a_query(shared: Path) -> None:
    found = ties((shared / "seeds" / "hecla-1995q3.txt").read_text(encoding="ascii"), "RL02")
    assert [label for label, tie in found.items() if tie.verdict == BREAKS] == ["Accounts and notes receivable"]
    assert found["Accounts and notes receivable"].grade == "analytic"


@pytest.mark.parametrize(
    ("label", "terms"),
    [
        ("Retained earnings", 2),
        ("Long-term debt", 3),
        ("Restricted investments", 2),
    ],
)
def test_balances_roll_forward(label: str, terms: int) -> None:
    tie = ties(RELEASE, "RL03")[label]
    assert (tie.kind, tie.grade) == ("rollforward", "required")
    assert len(tie.operands) in {terms, terms + 1}
    assert tie.verdict != BREAKS


def test_a_balance_that_something_else_moved_is_not_stated() -> None:
    text = RELEASE.replace("12,500       12,000", "12,700       12,000").replace("26,645", "26,845")
    assert "Long-term debt" not in ties(text, "RL03")


def test_net_change_in_cash_with_an_exchange_effect_below_it() -> None:
    line = next(line for line in RELEASE.splitlines() if line.startswith(" equivalents "))
    effect = "Effect of exchange rates on cash".ljust(34) + "(115)".rjust(13) + "45".rjust(13)
    text = RELEASE.replace(line, f"{line}\n{effect}").replace(" 15,815", " 15,700").replace("31,597", "31,482")
    [tie] = ties(text.replace("93,987", "93,872"), "RL01").values()
    assert tie.verdict != BREAKS
    assert len(tie.operands) == 3
