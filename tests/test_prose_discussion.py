"""Whole texts as companies write them, each with what its numbers rest on: `tests/cases/prose/told/NAME.txt` and `NAME.tsv`
(line, number, verdict, figures as printed)."""

from __future__ import annotations

from pathlib import Path

import pytest

from orebook.check import run
from orebook.pipeline import read

FOLDER = Path(__file__).parent / "cases" / "prose" / "told"


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Each number of a text: its line, what it is, the verdict, and the figures that it rests on."""
    return [
        (
            str(claim.spot.line),
            " ".join(claim.number.split()),
            claim.verdict,
            " | ".join(fact.text.strip(" $") for fact in claim.operands),
        )
        for claim in run(read(text.encode("ascii"), "report.txt")).claims
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_what_a_text_tells(path: Path) -> None:
    rows = [row.split("\t") for row in path.with_suffix(".tsv").read_text(encoding="ascii").splitlines()]
    assert told(path.read_text(encoding="ascii")) == [(*row, *[""] * (4 - len(row))) for row in rows]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("was 39.0% and", "was 39.3% and"),
        ("24.5% last year", "25.4% last year"),
        ("was\n5.1% of", "was\n5.4% of"),
        ("for 37.4% of", "for 34.7% of"),
        ("improved by $3.6", "improved by $6.3"),
        ("improved by $3.6", "declined by $3.6"),
    ],
)
def test_what_does_not_hold_does_not_tie(said: str, wrong: str) -> None:
    text = (FOLDER / "discussion.txt").read_text(encoding="ascii")
    assert said in text
    changed = [two for one, two in zip(told(text), told(text.replace(said, wrong)), strict=True) if one[2:] != two[2:]]
    assert changed
    assert changed[0][2:] == ("untied", "")
