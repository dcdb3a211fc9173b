"""The example report that ships: read without a problem, with the figures that were filed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from orebook.pipeline import read
from tests.notation import shown

NAME = "silverton-2007q3"
GOLDEN = Path(__file__).parent / "golden" / f"{NAME}.facts"


def test_the_example_reads_without_a_problem(root: Path) -> None:
    book = read(root / "examples" / f"{NAME}.txt")
    assert book.problems == ()
    assert book.identity.company == "SILVERTON MINING COMPANY"
    assert str(book.identity.period_end) == "2007-09-30"
    assert {fact.period is None for fact in book.facts} == {False}


def test_the_example_reads_as_it_did(root: Path, update_golden: bool) -> None:
    told = shown(read(root / "examples" / f"{NAME}.txt")) + "\n"
    if update_golden:
        GOLDEN.write_text(told, encoding="utf-8")
    assert told.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_the_example_prints_the_filed_figures(root: Path, shared: Path) -> None:
    """Every figure of the key, table by table and in its order: value, unit, scale and period."""
    key = [json.loads(line) for line in (shared / "keys" / "2007q3" / "facts.jsonl").read_text().splitlines()]
    filed = [
        (None if fact["nil"] else Decimal(fact["value"]), fact["unit"], fact["scale"], fact["period"]) for fact in key
    ]
    book = read(root / "examples" / f"{NAME}.txt")
    printed = [
        (fact.value, fact.unit, fact.scale, fact.period.record() if fact.period else None) for fact in book.facts
    ]
    if len(filed) != len(printed):
        pytest.fail(f"{len(filed)} figures were filed, the example prints {len(printed)}")
    assert [pair for pair in zip(filed, printed, strict=True) if pair[0] != pair[1]] == []
