"""Sentences of a year-end release, whose tables print the last quarter and the year."""

from __future__ import annotations

import pytest

from orebook.check import run
from orebook.model.tie import BREAKS
from orebook.pipeline import read

RELEASE = """
                  STONEFIELD METALS CORP. REPORTS FOURTH QUARTER 1996 RESULTS

{text}

                              OPERATING DATA

                                Three Months Ended         Year Ended
                                   December 31,           December 31,
                                  1996      1995         1996      1995
Gold production (ounces):
  Coyote Creek                  38,929    40,117      133,494   129,306
  Iron Horse                    29,477    28,930       83,636    92,614
Cash production cost per ounce:
  Coyote Creek                    $243      $238         $229      $240
  Iron Horse                      $251      $249         $266      $262
"""


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        (
            "In the fourth quarter of 1996 Coyote Creek produced 38,929 ounces. Iron Horse produced 83,636 ounces in 1996.",
            ["38,929", "83,636"],
        ),
        (
            "Production at Iron Horse was 29,477 ounces. In 1996, gold production at Iron Horse fell 10% to 83,636 ounces.",
            ["29,477", "83,636", "83,636"],
        ),
        (
            "Coyote Creek and Iron Horse produced 133,494 and 83,636 ounces in 1996 at costs of $229 and $266, respectively.",
            ["133,494", "83,636", "$229", "$266"],
        ),
    ],
)
def test_a_year_alone_is_the_whole_year(text: str, tied: list[str]) -> None:
    claims = run(read(RELEASE.format(text=text).encode("ascii"), "release.txt")).claims
    assert [claim.operands[0].text for claim in claims if claim.operands] == tied
    assert not [claim.number for claim in claims if claim.verdict == BREAKS]


def test_another_figure_than_the_year_s_is_a_break() -> None:
    text = "In 1996, Coyote Creek produced 134,394 ounces of gold."
    claims = run(read(RELEASE.format(text=text).encode("ascii"), "release.txt")).claims
    assert [(claim.number, claim.verdict) for claim in claims] == [("134,394", BREAKS)]


def test_few_flows_beside_many_balances_tell_the_current_period() -> None:
    rows = "\n".join(f"{f'Balance {at}':33}{1_000 + at:>9,}  {2_000 + at:>9,}" for at in range(60))
    text = f"""
                           BALANCE SHEETS
                                      June 30,  December 31,
                                         1998          1997
{rows}

     Sales were $4,118 in the six months ended June 30, 1996.

                                  SALES
                                     Three Months   Six Months
                                     Ended June 30, Ended June 30,
                                         1996          1996
Sales                                  $2,204        $4,118
"""
    claims = {claim.number: claim for claim in run(read(text.encode("ascii"), "report.txt")).claims}
    assert [fact.text for fact in claims["$4,118"].operands] == ["$4,118"]
