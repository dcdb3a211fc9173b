"""Lines of one label in two tables, which the lexicon does not know as one fact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from orebook.check import run
from orebook.model.tie import BREAKS
from orebook.pipeline import read

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "cross" / "namesakes.yaml").read_text(encoding="utf-8"))
COLUMNS = """
                                   Three Months Ended      Year Ended
                                      December 31,        December 31,
                                     2006      2005      2006      2005
-----------------------------------------------------------------------
"""


def release(first: list[str], second: list[str]) -> str:
    tables = [
        f"\n{title}\n(in thousands of dollars)\n{COLUMNS}{'Sustained margin':<30}{''.join(f'{each:>11}' for each in row)}\n"
        for title, row in (("OVERVIEW OF THE YEAR", first), ("NON-STATUTORY MEASURES", second))
    ]
    return f"HIGH BENCH MINES INC.\n{''.join(tables)}"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_line_of_one_label(case: dict[str, Any]) -> None:
    said = run(read(release(case["first"], case["second"]).encode("ascii"), "release.txt"))
    assert sum(tie.code == "CR01" and tie.verdict != BREAKS for tie in said.ties) == case["ties"]
    for grade, key in (("break", "breaks"), ("query", "queries")):
        assert [found.printed for found in said.findings if found.grade == grade] == case.get(key, [])
