"""Two reports of one company: the same, rounded otherwise, re-presented or restated."""

from __future__ import annotations

from pathlib import Path

from orebook.check.reports import EQUAL, REPRESENTED, RESTATED, ROUNDED, Reports, compare
from orebook.pipeline import read

RELEASE = (Path(__file__).parent / "cases" / "cross" / "silverbell.txt").read_text(encoding="ascii")
EXPLORATION = next(line for line in RELEASE.splitlines() if "Exploration" in line)


def compared(later: str) -> Reports:
    return compare(
        read(RELEASE.encode("ascii"), "earlier.txt"),
        read(later.encode("ascii"), "later.txt"),
    )


def differing(reports: Reports) -> list[tuple[str, str, str]]:
    return [(c.old.text.strip(), c.new.text.strip(), c.verdict) for c in reports.comparisons if c.verdict != EQUAL]


def test_a_report_equals_itself() -> None:
    reports = compared(RELEASE)
    assert reports.findings == ()
    assert reports.count(EQUAL) == len(reports.comparisons) > 200


def test_a_line_divided_in_two_is_represented() -> None:
    less = EXPLORATION.replace("2,210", "2,110").replace("1,980", "1,930")
    added = (
        EXPLORATION.replace("Exploration    ", "Pre-development").replace("2,210", "  100").replace("1,980", "   50")
    )
    reports = compared(RELEASE.replace(EXPLORATION, f"{less}\n{added}"))
    assert differing(reports) == [("2,210", "2,110", REPRESENTED), ("1,980", "1,930", REPRESENTED)]
    [first, _] = reports.findings
    assert "'Pre-development' takes 100 of it" in first.message
    assert (first.grade, first.printed, first.computed, first.difference) == ("query", "2110", "2210", "-100")


def test_an_amount_moved_between_two_lines_is_represented() -> None:
    reports = compared(RELEASE.replace("  2,210", "  2,200").replace("  3,100", "  3,110"))
    assert {verdict for _, _, verdict in differing(reports)} == {REPRESENTED}
    assert all("moved by as much the other way" in finding.message for finding in reports.findings)


def test_changed_income_is_restated() -> None:
    reports = compared(RELEASE.replace("6,412", "6,312"))
    assert {(old, new) for old, new, _ in differing(reports)} == {("6,412", "6,312"), ("$ 6,412", "$ 6,312")}
    assert reports.count(RESTATED) == len(reports.findings)


def test_a_last_digit_is_rounded_otherwise() -> None:
    reports = compared(RELEASE.replace("$ 2,437", "$ 2,438"))
    assert {verdict for _, _, verdict in differing(reports)} == {ROUNDED}


def test_a_split_of_the_shares_is_represented() -> None:
    later = RELEASE.replace("50,310", "100,620").replace("49,880", " 99,760").replace("$ 0.12", "$ 0.06")
    reports = compared(later.replace("$ 0.08", "$ 0.04"))
    assert reports.count(REPRESENTED) == len(reports.findings) == 6
    assert all("each share was split 2 for 1" in finding.message for finding in reports.findings)


def test_a_cost_of_sales_is_a_line_of_its_statement(shared: Path) -> None:
    """Net income stands, though revenue, its cost and three expenses are divided otherwise."""
    years = sorted((shared / "corpus" / "submissions").glob("MICROSOFT*"))[-2:]
    old, new = map(read, years)
    moved = {
        c.new.row.label: c.verdict for c in compare(old, new).comparisons if c.new.table.title == "Income Statements"
    }
    assert (moved["Revenue"], moved["Cost of revenue"], moved["Net income"]) == (REPRESENTED, REPRESENTED, EQUAL)


def test_exploration_moved_to_a_new_line_a_year_later(shared: Path) -> None:
    old, new = (read(shared / "seeds" / f"hecla-{key}.txt") for key in ("2003q3", "2004q3"))
    reports = compare(old, new)
    assert reports.count(EQUAL) > 270
    moved = [c for c in reports.comparisons if c.new.row.label == "Exploration" and c.new.table.kind == "operations"]
    assert [(c.old.text.strip(), c.new.text.strip(), c.verdict) for c in moved] == [
        ("2,562", "2,468", REPRESENTED),
        ("8,333", "7,285", REPRESENTED),
    ]
    assert [operand.fact.text.strip() for operand in moved[0].parts] == ["94"]
    costs = [c for c in reports.comparisons if c.verdict == ROUNDED and c.new.row.label == "Total cash costs"]
    assert ("$  3,516", "$ 3,515") in {(c.old.text, c.new.text) for c in costs}
    assert reports.count(RESTATED) == 0
