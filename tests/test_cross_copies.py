"""One fact printed twice: what makes two rows of one period the same fact, and their difference a break."""

from __future__ import annotations

import pytest

from orebook.check import run
from orebook.model.tie import BREAKS
from orebook.pipeline import read

REPORT = """                    SILVERBELL MINES LTD.
            Consolidated Statements of Operations
                  (dollars in thousands)

                                            Six Months Ended
                                               June 30, 2018
                                               -------------
Sales of products                                   $ 42,364
Cost of sales                                         36,152
                                               -------------
Operating income                                    $  6,212
                                               =============

            Reconciliation of Operating Income to EBITDA
                  (dollars in thousands)

                                            Six Months Ended
                                               June 30, 2018
                                               -------------
Operating income                                    $  6,212
Depreciation and amortization                          2,481
                                               -------------
EBITDA                                              $  8,693
                                               =============
"""


def breaks(last: str) -> list[str]:
    """The checks that break where the last operating income of the report is another."""
    head, _, tail = REPORT.rpartition("6,212")
    ties = run(read(f"{head}{last}{tail}".encode("ascii"), "silverbell.txt")).ties
    return [tie.code for tie in ties if tie.code == "CR01" and tie.verdict == BREAKS and tie.grade == "required"]


@pytest.mark.parametrize(
    ("last", "codes"),
    [
        ("6,212", []),
        ("6,221", ["CR01"]),  # two digits exchanged
        ("6,712", ["CR01"]),  # one wrong digit
        ("4,987", []),  # no slip: another fact of the same name
    ],
)
def test_figures_of_one_period_differ_by_a_slip(last: str, codes: list[str]) -> None:
    assert breaks(last) == codes


PARTS = """                    SILVERBELL MINES LTD.
                       Summary of Results
                     (dollars in thousands)

                                  Year Ended      Year Ended
                                 Dec. 31, 2018   Dec. 31, 2017
                                 -------------   -------------
Net income                            $ 17,100        $ 33,800

                    Net Income of the Operations
                     (dollars in thousands)

                       2018       2018       2018       2017
                      Mines   Refining      Total      {last}
                   --------   --------   --------   --------
Sales              $ 95,000   $ 30,000   $125,000   $ 80,000
Costs                46,900     61,000    107,900     {costs}
                   --------   --------   --------   --------
Net income         $ 48,100   $(31,000)  $ 17,100   $ {income}
                   ========   ========   ========   ========
"""


@pytest.mark.parametrize(("last", "queries"), [("Mines", 0), ("Total", 1)])
def test_a_part_alone_in_its_year_is_not_the_whole(last: str, queries: int) -> None:
    text = PARTS.format(last=last, costs="42,000", income="38,000")
    ties = run(read(text.encode("ascii"), "silverbell.txt")).ties
    assert len([tie for tie in ties if tie.code == "CR01" and tie.verdict == BREAKS]) == queries


PER_SHARE = """                    SILVERBELL MINES LTD.
       (dollars in thousands, except per-share amounts)

                                         Six Months Ended
HIGHLIGHTS                       June 30, 2018   June 30, 2017
--------------------------------------------------------------
FINANCIAL DATA
--------------------------------------------------------------
Net loss                             $  (4,812)      $  (2,306)
Loss per common share                    (0.08)          (0.04)

                    SILVERBELL MINES LTD.
            Consolidated Statements of Operations
  (dollars and shares in thousands, except per-share amounts)

                                         Six Months Ended
                                 June 30, 2018   June 30, 2017
                                 -------------   -------------
Sales of products                    $  31,340       $  34,071
Cost of sales                           36,152          36,377
                                 -------------   -------------
Net loss                             $  (4,812)      $  (2,306)
                                 =============   =============
Loss per common share                $   (0.08)      $   (0.04)
                                 =============   =============
"""


@pytest.mark.parametrize(
    ("now", "before", "codes"),
    [
        ("(0.08)", "(0.04)", []),
        ("(0.58)", "(0.04)", ["CR01"]),
        ("(0.06)", "(0.03)", []),  # both differ: a loss of something else
    ],
)
def test_a_loss_per_share_of_one_digit_is_the_same_if_another_year_agrees(
    now: str, before: str, codes: list[str]
) -> None:
    text = PER_SHARE.replace("(0.08)", now, 1).replace("(0.04)", before, 1)
    ties = run(read(text.encode("ascii"), "silverbell.txt")).ties
    assert [tie.code for tie in ties if tie.verdict == BREAKS and tie.grade == "required"] == codes
