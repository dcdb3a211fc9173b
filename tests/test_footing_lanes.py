"""Totals of tables whose columns count in several units."""

from __future__ import annotations

from orebook.check import run
from orebook.model.tie import BREAKS
from orebook.pipeline import read

COSTS = """All-in sustaining costs
(dollars in millions, ounces in thousands)
                             Three Months Ended September 30, 2018
                       Costs of     Sustaining   All-in        Ounces
                         sales        capital      costs         sold
Gold
Basin                      $214            $40       $254          244
Twin Creeks                 57              6         63           84
North                      271             46        317          328
Boulder                    137             11        148          156
Tana                        71             17         88          122
Other South                  -              2          2            -
South                      208             30        238          278
Corporate and other          3              2          5            -
Total Gold                $482            $78       $560          606
"""


def breaks(text: str) -> list[tuple[str, str]]:
    ties = run(read(text.encode("ascii"), "costs.txt")).ties
    return [(tie.target.row.label, str(tie.computed)) for tie in ties if tie.verdict == BREAKS]


def test_a_total_has_the_parts_that_the_columns_of_another_unit_tell() -> None:
    assert breaks(COSTS) == []


def test_a_slip_is_found_by_the_parts_of_another_unit() -> None:
    assert breaks(COSTS.replace("606", "609")) == [("Total Gold", "606")]


CHANGES = """Consolidated Operating Results
(dollars in thousands)
                               Three Months Ended June 30,            Change
                                    2019              2018               $            %
Revenue:
  Broadband                      $801,200          $711,000        $90,200        12.7%
  Video                         1,171,800         1,197,000        (25,200)        (2.1)%
                              -----------       -----------    -----------
    Total revenue               1,973,000         1,908,000         65,000         3.4%
Operating expenses:
  Programming                     820,000           790,000        (30,000)        (3.8)%
  Other                           860,000           880,000         20,000         2.3%
                              -----------       -----------    -----------
    Total operating expenses    1,680,000         1,670,000        (10,000)        (0.6)%
                              -----------       -----------    -----------
Operating income                 $293,000          $238,000        $55,000        23.1%
"""


def test_changes_of_costs_that_are_told_by_their_effect_add_up_to_that_of_the_result() -> None:
    assert breaks(CHANGES) == []


def test_a_change_of_the_result_that_adds_up_neither_way_is_a_break() -> None:
    assert ("Operating income", "75000") in breaks(CHANGES.replace("$55,000", "$56,000"))
