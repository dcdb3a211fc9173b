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


POLICIES = """
                      HIGH BENCH MINES INC.
                   Consolidated Balance Sheets
                    (dollars in thousands)

                               June 30, 2001    Dec. 31, 2000
                               -------------    -------------
Cash and cash equivalents         $    4,410       $    3,260
Investments                            2,310            2,250
                               -------------    -------------
Total assets                      $    6,720       $    5,510
                               =============    =============

                      HIGH BENCH MINES INC.
               Consolidated Statements of Cash Flows
                    (dollars in thousands)

                                            Six Months Ended
                                              June 30, 2001
                                              -------------
OPERATING ACTIVITIES
Net income                                       $    1,380
                                              -------------
Net cash provided by operating activities             1,380
                                              -------------
INVESTING ACTIVITIES
Purchase of investments and increase in cash
  surrender value of life insurance                    (410)
                                              -------------
Net cash used by investing activities                  (410)
                                              -------------
FINANCING ACTIVITIES
Borrowings against cash surrender value of
  life insurance                                        180
                                              -------------
Net cash provided by financing activities               180
                                              -------------
Net increase in cash and cash equivalents             1,150
Cash and cash equivalents at beginning of period      3,260
                                              -------------
Cash and cash equivalents at end of period       $    4,410
                                              =============
"""


INCOME = """
                      HIGH BENCH MINES INC.
              Consolidated Statements of Operations
                    (dollars in thousands)

                                            Six Months Ended
                                              June 30, 2001
                                              -------------
Sales of products                                $    3,140
Cost of sales                                         1,760
                                              -------------
Net income                                       $    1,380
                                              =============
"""


def test_what_was_earned_rolls_with_the_net_income_of_either_statement() -> None:
    before = POLICIES.replace(
        "Total assets ", "Retained earnings                      2,890            1,510\nTotal assets "
    )
    said = run(read((INCOME + before).encode("ascii"), "release.txt"))
    rolls = [tie for tie in said.ties if tie.code == "RL03" and tie.target.row.label == "Retained earnings"]
    assert {tie.operands[1].fact.table.kind for tie in rolls} == {"operations", "cash-flows"}


def test_what_is_borrowed_against_life_insurance_is_no_longer_invested_in_it() -> None:
    assert "Investments" not in ties(POLICIES, "RL03")
    tie = ties(POLICIES.replace("2,310 ", "2,480 ").replace("6,720", "6,890"), "RL03")["Investments"]
    assert (tie.kind, len(tie.operands), tie.verdict != BREAKS) == ("rollforward", 3, True)


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
