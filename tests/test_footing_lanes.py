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
