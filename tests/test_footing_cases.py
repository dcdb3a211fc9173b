"""Footing: which rows add up which, and what breaks. The cases are data, in `cases/footing`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from orebook.check import run
from orebook.model.tie import BREAKS, Tie
from tests.footing_tables import book

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases" / "footing").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def said(tie: Tie) -> str:
    """A vertical tie as the cases write it: labels, the target first."""
    parts = " ".join(f"{'-' if o.weight == -1 else '+'} {o.fact.row.label}" for o in tie.operands)
    return f"{tie.target.row.label} = {parts.removeprefix('+ ')}"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    checked = run(book(case["table"], case.get("unit", "USD"), tuple(case.get("headings", ())), case.get("kind", "")))
    found = {said(tie) for tie in checked.ties if tie.grade == "required"}
    assert set(case["ties"]) <= found
    if not case["ties"]:
        assert not found
    broken = {
        f"{tie.target.row.label}/{tie.target.column.number}"
        for tie in checked.ties
        if tie.verdict == BREAKS and tie.grade == "required"
    }
    assert broken >= set(case.get("breaks", ()))
    assert bool(broken) == bool(case.get("breaks"))
    assert any(finding.grade == "break" for finding in checked.findings) == bool(case.get("breaks"))
    if "queries" in case:
        assert sum(finding.grade == "query" for finding in checked.findings) == case["queries"]
    for label, kind in case.get("kinds", {}).items():
        assert kind in {tie.kind for tie in checked.ties if tie.target.row.label == label}
