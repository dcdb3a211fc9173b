"""Income per share: slips that contradict the report whatever was divided."""

from __future__ import annotations

import pytest

from orebook.check import run
from orebook.model.tie import BREAKS
from orebook.pipeline import read

STATEMENT = """                    SILVERBELL MINES LTD.
            Consolidated Statements of Operations
     (dollars and shares in thousands, except per share)

                                            Six Months Ended
                                   -------------------------
                                       June 30,     June 30,
                                           2018         2017

Sales of products                      $ 42,364     $ 37,125
Cost of sales                            36,152       41,943
                                      ---------    ---------
Net income (loss)                      $  6,212     $ (4,818)
                                      =========    =========
Basic income (loss) per common share   $   1.23     $  (0.97)
                                      =========    =========
Basic weighted average number of
 common shares outstanding                5,031        4,988
                                      =========    =========
"""


def broken(text: str) -> list[str]:
    ties = run(read(text.encode("ascii"), "silverbell.txt")).ties
    return [tie.grade for tie in ties if tie.code == "ST01" and tie.verdict == BREAKS]


def test_the_statement_ties() -> None:
    assert broken(STATEMENT) == []


@pytest.mark.parametrize(("old", "new"), [("(0.97)", " 0.97 "), ("5,031", "4,988")])
def test_a_lost_sign_and_copied_shares_are_breaks(old: str, new: str) -> None:
    assert broken(STATEMENT.replace(old, new)) == ["required"]


def test_a_lost_sign_is_a_break_in_a_figure_of_one_digit_too() -> None:
    text = STATEMENT.replace("1.23", "0.10").replace("5,031", "62,120").replace("4,988", "60,225")
    assert broken(text.replace("(0.97)", "(0.08)")) == []
    assert broken(text.replace("(0.97)", " 0.08 ")) == ["required"]


def test_another_quotient_may_rest_on_another_basis() -> None:
    assert "required" not in broken(STATEMENT.replace("1.23", "1.16"))


ATTRIBUTED = STATEMENT.replace(
    "Basic income",
    """Net income (loss) attributable to:
  Shareholders of the Company          $  5,534     $ (4,290)
  Non-controlling interest                  678         (528)
                                      ---------    ---------
                                       $  6,212     $ (4,818)
                                      =========    =========
Basic income""",
).replace("$   1.23     $  (0.97)", "$   1.10     $  (0.86)")


def test_what_is_divided_is_the_income_of_the_shareholders_of_the_company() -> None:
    ties = run(read(ATTRIBUTED.encode("ascii"), "silverbell.txt")).ties
    assert [tie.operands[0].fact.text for tie in ties if tie.code == "ST01"] == ["$  5,534", "$ (4,290)"]
    assert broken(ATTRIBUTED) == []
    assert broken(ATTRIBUTED.replace("$  (0.86)", "$   0.86 ")) == ["required"]


def test_what_is_attributable_to_the_company_by_its_name_is_divided() -> None:
    line = "Net income (loss)                      $  6,212     $ (4,818)\n"
    owned = "Net loss attributable to noncontrolling interest 310   290\nNet income attributable to Silverbell  $  6,522     $ (4,528)\n"
    text = STATEMENT.replace(line, line.replace("$", " ") + owned).replace("1.23", "1.30").replace("(0.97)", "(0.91)")
    ties = [tie for tie in run(read(text.encode("ascii"), "silverbell.txt")).ties if tie.code == "ST01"]
    assert [tie.operands[0].fact.text for tie in ties] == ["$  6,522", "$ (4,528)"]
    assert broken(text) == []


IN_PARTS = """                    SILVERBELL MINES LTD.
            Consolidated Statements of Operations
     (dollars and shares in thousands, except per share)

                                            Six Months Ended
                                   -------------------------
                                       June 30,     June 30,
                                           2001         2000

Sales of products                      $ 42,364     $ 37,125
Cost of sales                            36,152       41,943
                                      ---------    ---------
Income (loss) from continuing
 operations                               6,212       (4,818)
Discontinued operations, net of
 income tax                                (111)         412
                                      ---------    ---------
Net income (loss)                      $  6,101     $ (4,406)
                                      =========    =========
Basic income (loss) per common share:
  Income (loss) from continuing
   operations                          $   1.23     $  (0.97)
  Discontinued operations                 (0.02)        0.08
                                      ---------    ---------
  Basic income (loss) per common
   share                               $   1.21     $  (0.88)
                                      =========    =========
Basic weighted average number of
 common shares outstanding                5,031        4,988
                                      =========    =========
"""


def parted(text: str) -> list[str]:
    ties = run(read(text.encode("ascii"), "silverbell.txt")).ties
    return [tie.target.row.label for tie in ties if tie.kind == "ratio" and tie.target.row.heading]


def test_each_part_of_the_income_makes_its_part_of_a_share() -> None:
    said = parted(IN_PARTS)
    assert said.count("Discontinued operations") == 2
    assert said.count("Income (loss) from continuing operations") == 2


def test_a_part_of_another_basis_is_left_to_the_sum_of_the_parts() -> None:
    said = parted(IN_PARTS.replace("1.23", "1.20").replace("1.21", "1.18"))
    assert said.count("Discontinued operations") == 2
    assert "Income (loss) from continuing operations" not in said


def test_diluted_parts_count_by_diluted_shares() -> None:
    text = IN_PARTS.replace("Basic income (loss) per common share:", "Diluted income (loss) per common share:")
    assert "Discontinued operations" not in parted(text)
