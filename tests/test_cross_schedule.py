"""EX-27 against the statements of its submission."""

from __future__ import annotations

from pathlib import Path

import pytest

from orebook.check import run
from orebook.check.schedule import meanings
from orebook.lexicon import load
from orebook.model.tie import BREAKS, Tie
from orebook.pipeline import read

RELEASE = (Path(__file__).parent / "cases" / "cross" / "silverbell.txt").read_text(encoding="ascii")
HEAD = """<SEC-DOCUMENT>0000000001-08-000001.txt : 20080801
<SEC-HEADER>0000000001-08-000001.hdr.sgml : 20080801
CONFORMED SUBMISSION TYPE:	10-Q
CONFORMED PERIOD OF REPORT:	20080630
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-Q
<SEQUENCE>1
<TEXT>
"""
SCHEDULE = """</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-27
<SEQUENCE>2
<TEXT>
<ARTICLE> 5
<MULTIPLIER> 1,000
<S>                             <C>
<PERIOD-TYPE>                   6-MOS
<FISCAL-YEAR-END>                         DEC-31-2008
<PERIOD-END>                               JUN-30-2008
<CASH>                                          15,815
<INVENTORY>                                      6,470
<CURRENT-ASSETS>                                31,597
<TOTAL-ASSETS>                                  93,987
<CURRENT-LIABILITIES>                           10,735
<SALES>                                         42,364
<INCOME-PRETAX>                                  7,872
<INCOME-TAX>                                     1,460
<NET-INCOME>                                     6,412
<EPS-PRIMARY>                                      .12
<EPS-DILUTED>                                        0
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def ties(schedule: str) -> list[Tie]:
    book = read((HEAD + RELEASE + schedule).encode("ascii"), "submission.txt")
    return [tie for tie in run(book).ties if tie.code == "EX01"]


def test_every_tag_ties() -> None:
    assert {tie.target.row.label for tie in ties(SCHEDULE)} == {
        "CASH",
        "INVENTORY",
        "CURRENT-ASSETS",
        "TOTAL-ASSETS",
        "CURRENT-LIABILITIES",
        "SALES",
        "INCOME-PRETAX",
        "INCOME-TAX",
        "NET-INCOME",
        "EPS-PRIMARY",
    }
    assert not [tie for tie in ties(SCHEDULE) if tie.verdict == BREAKS]


@pytest.mark.parametrize(
    ("old", "new", "grade"),
    [("93,987", "93,978", "required"), ("93,987", "91,044", "analytic"), ("6,412\n<EPS", "6,142\n<EPS", "required")],
)
def test_a_slip_breaks_and_another_figure_is_a_query(old: str, new: str, grade: str) -> None:
    broken = [tie for tie in ties(SCHEDULE.replace(old, new)) if tie.verdict == BREAKS]
    assert [tie.grade for tie in broken] == [grade]


def test_a_loose_tag_says_nothing_when_it_differs_by_more_than_a_slip() -> None:
    assert not [tie for tie in ties(SCHEDULE.replace("15,815", "17,204")) if tie.verdict == BREAKS]
    broken = [tie for tie in ties(SCHEDULE.replace("15,815", "18,515")) if tie.verdict == BREAKS]
    assert [tie.grade for tie in broken] == ["required"]


def test_a_schedule_of_another_period_is_not_compared() -> None:
    digits = str.maketrans("123456789", "234567891")
    other = "\n".join(
        line.translate(digits) if line.startswith(("<C", "<I", "<T", "<S", "<N", "<E")) and "," in line else line
        for line in SCHEDULE.splitlines()
    )
    assert ties(other) == []


def test_every_tag_means_lines_that_the_vocabulary_knows() -> None:
    known = {
        line.partition(" = ")[0] for block in load("concepts")["vocabulary"] for line in block["words"].split("\n")
    }
    for tag, meaning in meanings().items():
        assert set(meaning.concepts) <= known, tag
