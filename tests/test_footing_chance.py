"""Chance sums do not pass for structure, and long tables end."""

from __future__ import annotations

import os
import random
from functools import partial
from pathlib import Path

import pytest

from orebook import pipeline
from orebook.check import run
from orebook.check.context import context
from orebook.check.footing.discover import Relation, discover
from orebook.check.footing.matrix import Lane, Vector, lanes
from orebook.model.slotted import replaced
from tests.footing_tables import book
from tests.steps import steps

SEEDS = Path(os.environ.get("OREBOOK_SHARED", "../shared")) / "seeds"


def scrambled(lane: Lane, rng: random.Random) -> Lane:
    """The lane with every figure replaced by one of as many digits."""

    def other(value: int | None, slack: int) -> int | None:
        if not value or not slack:
            return value
        least = 10 ** (len(str(abs(value) // (2 * slack))) - 1)
        return rng.randrange(least, 10 * least) * 2 * slack * (1 if value > 0 else -1)

    def row(vector: Vector) -> Vector:
        figures = zip(vector.values, vector.slack, strict=True)
        return replaced(vector, values=tuple(other(value, slack) for value, slack in figures))

    return replaced(lane, vectors=tuple(row(vector) for vector in lane.vectors))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the shared seeds (OREBOOK_SHARED)")
def test_figures_at_random_show_no_structure() -> None:
    rng = random.Random(20071108)  # noqa: S311
    rows = real = chance = 0
    for path in sorted(SEEDS.glob("*.txt")):
        for sheet in context(pipeline.read(path)).sheets:
            for lane in lanes(sheet):
                real += sum(bool(relation.holding) for relation in discover(sheet, lane))
                for _ in range(3):
                    found: list[Relation] = discover(sheet, scrambled(lane, rng))
                    chance += sum(bool(relation.holding) for relation in found)
                    rows += len(lane.vectors)
    assert real > 100
    assert chance * 500 < rows


def long_table(rows: int, rng: random.Random) -> str:
    """A table of `rows` rows in blocks of ten with totals."""
    lines: list[str] = []
    sums = [0] * 4
    for at in range(rows):
        if at % 10 == 9:
            lines += ["---", "Total block | " + " | ".join(map(str, sums))]
            sums = [0] * 4
        else:
            figures = [rng.randrange(1000, 99999) for _ in sums]
            sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
            lines.append(f"row {at} | " + " | ".join(map(str, figures)))
    return "\n".join(lines)


def test_work_grows_near_linearly_with_the_rows() -> None:
    rng = random.Random(1)  # noqa: S311
    ran = {}
    for rows in (500, 2000):
        made = book(long_table(rows, rng))
        checked, ran[rows] = steps(partial(run, made))
        assert len(checked.ties) == 4 * (rows // 10)
    assert ran[2000] < 8 * ran[500]


def test_a_table_without_end_is_not_searched_and_said_so() -> None:
    checked = run(book("\n".join(f"row {at} | 1 | 2 | 3 | 4" for at in range(10_001))))
    assert checked.ties == ()
    assert any("not searched" in note for note in checked.notes)
