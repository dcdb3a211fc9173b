"""Ties across tables on a made-up release: all hold as printed, and each slip is found by the checks that see it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from orebook.check import run
from orebook.model.tie import BREAKS, Checked
from orebook.pipeline import read

FOLDER = Path(__file__).parent / "cases" / "cross"
RELEASE = (FOLDER / "silverbell.txt").read_text(encoding="ascii")
SLIPS = yaml.safe_load((FOLDER / "slips.yaml").read_text(encoding="utf-8"))

# What an auditor would re-perform in the release, by check; the footing of the tables apart.
TIES = {
    "CR01": 42,
    "CR02": 4,
    "CR03": 6,
    "CR04": 4,
    "UC01": 18,
    "UC02": 4,
    "RL01": 1,
    "RL02": 4,
    "RL03": 5,
    "ST01": 4,
    "ST02": 4,
}


def checked(text: str) -> Checked:
    return run(read(text.encode("ascii"), "silverbell.txt"))


def slipped(case: dict[str, Any]) -> tuple[str, int]:
    """The release with a case's slip in it, and the line of the slip."""
    at = RELEASE.index(case["old"], RELEASE.index(case["after"]))
    old, new = case["old"], case["new"].rjust(len(case["old"]))
    if case.get("everywhere"):
        return RELEASE.replace(old, new), RELEASE.count("\n", 0, at) + 1
    text = RELEASE[:at] + new + RELEASE[at + len(old) :]
    return text, RELEASE.count("\n", 0, at) + 1


def test_release_ties_as_printed() -> None:
    said = checked(RELEASE)
    assert said.findings == ()
    inferred = [tie for tie in said.ties if tie.grade != "required"]
    assert {(tie.code, tie.operands[-1].fact.row.label) for tie in inferred} == {("UC01", "Gold produced (oz.)")}
    found = Counter(tie.code for tie in said.ties)
    assert {code: found[code] for code in TIES} == TIES


@pytest.mark.parametrize("case", SLIPS, ids=[case["name"] for case in SLIPS])
def test_slip(case: dict[str, Any]) -> None:
    text, line = slipped(case)
    said = checked(text)
    broken = {tie.code for tie in said.ties if tie.verdict == BREAKS and tie.grade == "required"}
    queried = {tie.code for tie in said.ties if tie.verdict == BREAKS and tie.grade == "analytic"}
    assert set(case.get("codes", ())) <= broken
    assert set(case.get("queries", ())) <= queried
    if not case.get("codes"):
        assert not {code for code in broken if not code.startswith("FT")}
    if case.get("located"):
        breaks = [finding for finding in said.findings if finding.grade == "break"]
        assert line in {finding.suspect.line for finding in breaks if finding.suspect is not None}


def test_an_average_copied_from_the_closing_number_of_shares_is_a_query() -> None:
    line = next(line for line in RELEASE.splitlines() if "shareholders' equity" in line and "93,987" in line)
    shares = "Common shares outstanding at end\n" + " of period".ljust(34) + "50,310".rjust(13) + "49,990".rjust(13)
    rule = " " * 34 + "    =========    ========="
    text = RELEASE.replace(line, f"{line}\n{rule}\n\n{shares}").replace(
        "(dollars in thousands - unaudited)", "(dollars and shares in thousands)", 1
    )
    queries = [found for found in checked(text).findings if found.code == "ST04"]
    assert [(found.grade, found.printed) for found in queries] == [("query", "50310")]
    assert not [found for found in checked(text.replace("49,990", "50,310")).findings if found.code == "ST04"]


PAYMENT = """
Segment Information
Three months ended September 30, 2014
(in thousands)

                              Kestrel     Halvard       Total
                            ---------   ---------   ---------
Revenue                        66,420      38,125     104,545
Capital expenditures           15,453       8,743      24,196

Free Cash Flow
(in thousands)

                                  Three Months Ended
                                    September 30,
                                   2014        2013
                              ---------   ---------
Cash flow from operations        32,776      17,741
Capital expenditures           {paid}     (18,992)
                              ---------   ---------
Free cash flow                    8,580      (1,251)
"""


@pytest.mark.parametrize(("paid", "verdicts"), [(" (24,196)", {"ties"}), (" (24,169)", {"breaks"})])
def test_a_payment_is_listed_in_one_table_and_taken_off_in_another(paid: str, verdicts: set[str]) -> None:
    said = checked(PAYMENT.format(paid=paid))
    assert {tie.verdict for tie in said.ties if tie.code in ("CR01", "FT01")} >= verdicts
    assert any(tie.verdict == BREAKS for tie in said.ties) == (verdicts == {"breaks"})
