"""Production tables: costs per ounce, averages over mines, and limits that no rounding passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from orebook.check import run
from orebook.model.tie import BREAKS, WITHIN, Checked
from orebook.pipeline import read

HEAD = """
                       HIGH BENCH MINES INC.
                          Production Data

                           Three Months Ended     Nine Months Ended
                               Sept. 30,              Sept. 30,
                           2006        2005       2006        2005
----------------------------------------------------------------------
"""
NORTH = """NORTH PIT UNIT
----------------------------------------------------------------------
Tons of ore milled         72,592    72,713     241,011     202,140
Ore grade milled - Silver
 (oz./ton)                   9.89     10.96       10.46       11.41
Silver produced (oz.)     661,511   737,450   2,317,741   2,106,367
Average cost per ounce of
 silver produced:
  Total cash costs         $ 4.20    $ 4.10      $ 4.15      $ 4.05
----------------------------------------------------------------------
"""
OTHER = """OTHER
----------------------------------------------------------------------
Silver produced (oz.)       2,310     2,207       6,120       5,904
"""


def checked(text: str) -> Checked:
    return run(read((HEAD + text).encode("ascii"), "release.txt"))


def queries(said: Checked) -> list[tuple[str, str, str]]:
    return [(found.code, found.printed, found.computed) for found in said.findings if found.grade == "query"]


def test_plausible_quantities_say_nothing() -> None:
    assert checked(NORTH + OTHER).findings == ()


@pytest.mark.parametrize(
    ("old", "new", "query"),
    [
        (" 72,592", "  7,259", ("UC04", "661511", "71791.51")),
        ("241,011", " 24,101", ("UC04", "24101", "72592")),
        ("241,011", " 41,011", ("UC04", "41011", "72592")),
        ("   9.89", "   0.98", ("UC04", "661511", "71140.16")),
    ],
)
def test_quantities_that_cannot_be_are_queries(old: str, new: str, query: tuple[str, str, str]) -> None:
    said = checked((NORTH + OTHER).replace(old, new))
    assert query in queries(said)
    assert not [found for found in said.findings if found.grade == "break"]


SOUTH = NORTH.replace("NORTH PIT", "SOUTH PIT").replace("4.20", "5.20").replace("661,511", "330,756")
HIGHLIGHTS = """                       HIGH BENCH MINES INC.
               (dollars in thousands, except per ounce)

                           Three Months Ended     Nine Months Ended
                               Sept. 30,              Sept. 30,
HIGHLIGHTS                 2006        2005       2006        2005
----------------------------------------------------------------------
PRODUCTION SUMMARY
Silver - Ounces           992,267  1,474,900   4,635,482   4,212,734
Average cost per ounce of
 silver produced:
  Total cash costs ($/oz.)   4.53       4.10        4.15        4.05

"""


def averages(text: str) -> list[tuple[str, str]]:
    ties = run(read((HIGHLIGHTS + HEAD + text).encode("ascii"), "release.txt")).ties
    return [(tie.grade, tie.verdict) for tie in ties if tie.code == "UC02"]


def test_average_over_all_mines_is_required() -> None:
    found = averages(NORTH + SOUTH)
    assert len(found) == 4
    assert {grade for grade, _ in found} == {"required"}
    assert BREAKS not in {verdict for _, verdict in found}


def test_wrong_average_breaks_where_the_other_columns_agree() -> None:
    found = averages((NORTH + SOUTH).replace("$ 5.20", "$ 5.02"))
    assert found.count(("required", BREAKS)) == 1


def test_unit_with_ounces_but_no_cost_makes_the_average_a_query() -> None:
    found = averages(NORTH + SOUTH + OTHER)
    assert {grade for grade, _ in found} == {"analytic"}


def test_recovered_grade_is_never_more_than_a_query() -> None:
    said = checked((NORTH + OTHER).replace("Ore grade milled - Silver", "Silver recovered grade   "))
    broken = [tie for tie in said.ties if tie.code == "UC03" and tie.verdict == BREAKS]
    assert len(broken) == 4
    assert {tie.grade for tie in broken} == {"analytic"}


ONLY = (
    HEAD
    + """NORTH PIT UNIT
----------------------------------------------------------------------
Gold produced (oz.)        37,732    47,814     104,785     133,900
Average cost per ounce of
 gold produced:
  Total cash costs         $  161    $  121      $  145      $  130
----------------------------------------------------------------------
SOUTH PIT UNIT
----------------------------------------------------------------------
Silver produced (oz.)     661,511   737,450   2,317,741   2,106,367
Gold produced (oz.)         7,401     7,333      22,355      23,049

                       HIGH BENCH MINES INC.
             Reconciliation of Cash Costs per Ounce
       (dollars and ounces in thousands, except per ounce)

                           Three Months Ended     Nine Months Ended
                               Sept. 30,              Sept. 30,
                           2006        2005       2006        2005
----------------------------------------------------------------------
GOLD SEGMENT
Total cash costs          $ 6,075   $ 5,802    $ 15,194    $ 17,359
Divided by gold ounces
 produced                      38        48         105         134
   Total cash cost per
    ounce produced         $  161    $  121      $  145      $  130
"""
)


def sole(text: str) -> tuple[list[str], list[tuple[str, str, str]], list[str]]:
    """Of the only mine's cost per ounce: the ties to its ounces that hold, the queries, and the breaks."""
    said = run(read(text.encode("ascii"), "release.txt"))
    ties = [
        tie.kind
        for tie in said.ties
        if tie.code == "UC01" and tie.verdict != BREAKS and tie.operands[-1].fact.row.label == "Gold produced (oz.)"
    ]
    return sorted(ties), queries(said), [found.code for found in said.findings if found.grade == "break"]


def test_the_only_mine_that_prints_a_cost_divides_the_company_s_by_its_ounces() -> None:
    assert sole(ONLY) == (["identity"] * 4 + ["ratio"] * 4, [], [])


def test_thousands_that_hide_a_cost_per_ounce_are_a_query() -> None:
    found = sole(ONLY.replace("37,732", "37,512"))
    assert found == (["identity"] * 4 + ["ratio"] * 3, [("UC01", "161", "161.95")], [])


def test_ounces_of_others_in_one_year_leave_the_columns_of_the_other() -> None:
    others = ONLY.replace("$ 6,075", "$ 5,796").replace("      38 ", "      36 ")
    others = others.replace("$ 15,194", "$ 14,645").replace("   105 ", "   101 ")
    assert sole(others) == (["identity"] * 2 + ["ratio"] * 2, [], [])


def test_ounces_that_agree_in_one_column_are_not_the_same() -> None:
    others = ONLY.replace("      38 ", "      36 ").replace("     134\n", "     131\n")
    assert sole(others)[0] == []


TWO_PITS = """
                       HIGH BENCH MINES INC.
                          Operating Data

                              Three months ended June 30, 2006
                              North     South
                               Pit       Pit      Total
Ounces produced              30,210    12,100    42,310
"""
BESIDE = f"""{TWO_PITS}Cost per ounce:
  Cash operating cost          $228      $243      $232
  Royalties and taxes             9         9         9
  Total cash cost               237       252       241
  Depreciation                   62        70        64
  Total production cost        $299      $322      $305
"""


def beside(text: str) -> Checked:
    return run(read(text.encode("ascii"), "release.txt"))


def test_a_total_column_of_unit_costs_is_the_average_of_the_columns_beside_it() -> None:
    said = beside(BESIDE)
    averages = [tie for tie in said.ties if tie.code == "UC05"]
    assert [tie.target.text for tie in averages] == ["$232", "9", "241", "64", "$305"]
    assert not said.findings
    assert [len(tie.operands) for tie in averages] == [4] * 5


def test_an_average_that_no_weights_give_is_a_break() -> None:
    said = beside(BESIDE.replace("$232", "$262"))
    assert [(found.code, found.printed) for found in said.findings] == [("UC05", "262")]
    broken = [tie for tie in said.ties if tie.verdict == BREAKS]
    assert {tie.code for tie in broken} == {"FT01", "UC05"}
    assert all(tie.grade == "required" for tie in broken)


def test_a_table_without_ounces_proves_no_average() -> None:
    assert not [
        tie for tie in beside(BESIDE.replace("Ounces produced ", "Stripping ratio ")).ties if tie.code == "UC05"
    ]


BLOCKS = """
                       HIGH BENCH MINES INC.
                        Operating Statistics

                                      Three Months Ended June 30,
                                           2006          2005
                                         --------      --------
Basin Mine (Nevada)
Gold ounces produced                       41,002        43,115
Cash costs per ounce sold                $    398      $    371

Cerro Azul Mine (Mexico)
Gold ounces produced                       20,202        21,004
Cash costs per ounce sold                $    440      $    412

Total
Gold ounces produced                       61,204        64,119
Cash costs per ounce sold                $    412      $    384
"""


def test_blocks_named_after_mines_average_to_the_total_below_them() -> None:
    averages = [tie for tie in beside(BLOCKS).ties if tie.code == "UC02"]
    assert [(tie.target.text, tie.target.entity, tie.verdict) for tie in averages] == [
        ("$    412", "Total", WITHIN),
        ("$    384", "Total", WITHIN),
    ]
    assert [found.code for found in beside(BLOCKS.replace("$    412      $    384", "$    452      $    384")).findings]


CASES = Path(__file__).parent / "cases" / "unitcost"
ROWS = yaml.safe_load((CASES / "rows.yaml").read_text(encoding="utf-8"))
BLOCKED = yaml.safe_load((CASES / "blocks.yaml").read_text(encoding="utf-8"))
TABLES = yaml.safe_load((CASES / "tables.yaml").read_text(encoding="utf-8"))
STATISTICS = """
                       HIGH BENCH MINES INC.
                        Operating Statistics

                          Three Months Ended    Six Months Ended
                               June 30,             June 30,
                              2006      2005      2006      2005
------------------------------------------------------------------
"""


@pytest.mark.parametrize("case", ROWS, ids=[case["name"] for case in ROWS])
def test_the_row_that_closes_a_block_of_rates(case: dict[str, Any]) -> None:
    assert_said(beside(STATISTICS + case["table"]), "UC06", case)


@pytest.mark.parametrize("case", BLOCKED, ids=[case["name"] for case in BLOCKED])
def test_the_company_below_blocks_of_mines(case: dict[str, Any]) -> None:
    said = beside(STATISTICS + case["table"])
    assert_said(said, "UC02", case)
    assert len(said.notes) == case.get("notes", 0)


@pytest.mark.parametrize("case", TABLES, ids=[case["name"] for case in TABLES])
def test_a_rate_and_what_it_is_made_of(case: dict[str, Any]) -> None:
    assert_said(beside(f"HIGH BENCH MINES INC.\n\n{case['head']}{case['table']}"), case["code"], case)


def assert_said(said: Checked, code: str, case: dict[str, Any]) -> None:
    ties = [tie for tie in said.ties if tie.code == code]
    holding = [tie for tie in ties if tie.verdict != BREAKS]
    assert [tie.target.text for tie in holding if tie.grade == "required"] == case.get("held", [])
    assert [tie.target.text for tie in holding if tie.grade == "analytic"] == case.get("analytic", [])
    found = [(found.code, found.grade, found.printed) for found in said.findings if found.code == code]
    assert found == [
        (code, grade, printed)
        for grade, key in (("break", "breaks"), ("query", "queries"))
        for printed in case.get(key, ())
    ]


SOLD = f"""{TWO_PITS}Cost per ounce sold:
  Cash operating cost          $228      $343      $261
  Royalties and taxes             9        39        18
  Total cash cost               237       382       281
  Depreciation                   62        90        70
"""


@pytest.mark.parametrize(
    ("basis", "total", "grade"),
    [
        (" sold", "291", []),
        ("", "291", ["analytic"]),
        (" sold", "381", ["required"]),
        (" produced", "291", ["required"]),
    ],
)
def test_other_ounces_may_explain_a_total_column_unless_both_say_what_they_count(
    basis: str, total: str, grade: list[str]
) -> None:
    text = SOLD.replace("ounce sold", f"ounce{basis}").replace("281", total)
    broken = [tie.grade for tie in beside(text).ties if tie.code == "UC05" and tie.verdict == BREAKS]
    assert broken == grade


@pytest.mark.parametrize(("basis", "grade"), [("sold", []), ("produced", ["required"])])
def test_other_ounces_may_explain_an_average_over_blocks_unless_both_say_what_they_count(
    basis: str, grade: list[str]
) -> None:
    text = BLOCKS.replace("ounce sold", f"ounce {basis}").replace("$    412      $    384", "$    415      $    384")
    broken = [tie.grade for tie in beside(text).ties if tie.code == "UC02" and tie.verdict == BREAKS]
    assert broken == grade
