"""Closes each seed again from its leaf figures and compares every derivable figure with what was printed.

    python bench/reclose.py [FILE...]

Without files, the seeds of the folder that OREBOOK_SHARED names. A figure that disagrees is listed with the
check's own verdict beside it: both must name the same figures.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from orebook.check import collect, run
from orebook.close.reclose import Derived, Reclosed, reclose
from orebook.model.equation import REQUIRED
from orebook.model.tie import BREAKS, Tie
from orebook.pipeline import read
from seeds import documents

Place = tuple[int, int]


def report(path: Path) -> tuple[int, int, int, int]:
    """Print one file's result; figures, leaves, comparisons and disagreements."""
    book = read(path)
    made = reclose(book, collect(book).equations)
    breaks = [tie for tie in run(book).ties if tie.verdict == BREAKS and tie.grade == REQUIRED]
    broken = {place for tie in breaks for place in _places(tie)}
    told = {derived.fact.place for derived in made.disagreements}
    for derived in made.disagreements:
        print("  " + _line(derived, broken, told))
    leaves = len(made.leaves) + len(made.taken)
    _check_only(made, breaks)
    figures = {derived.fact for derived in made.derived} - {*made.leaves, *made.taken}
    print(f"{path.name}: {len(book.facts)} figures, {leaves} leaves, {len(figures)} derived,", end=" ")
    agree = len(made.derived) - len(made.disagreements)
    print(f"{agree} of {len(made.derived)} comparisons agree, {len(made.disagreements)} inconsistencies of the report")
    return len(book.facts), leaves, len(made.derived), len(made.disagreements)


def _line(derived: Derived, broken: set[Place], told: set[Place]) -> str:
    fact, interval = derived.fact, derived.interval
    rule = derived.equation.name if derived.equation else "copy"
    low, high = (float(end / fact.scale) for end in interval)
    operands = derived.equation.operands if derived.equation else ()
    if fact.place in broken:
        verdict = "the check breaks it too"
    elif any(operand.fact.place in told for operand in operands):
        verdict = "it rests on a figure of this list"
    else:
        verdict = "THE CHECK DOES NOT BREAK IT"
    return (
        f"{fact.spot.line}:{fact.spot.start} {fact.label[:50]}: {fact.text} for {low:g}..{high:g} ({rule}); {verdict}"
    )


def _check_only(made: Reclosed, breaks: list[Tie]) -> None:
    told = {derived.fact.place for derived in made.disagreements}
    for tie in breaks:
        if not told & _places(tie):
            line, column = tie.target.place
            print(
                f"  {line}:{column} {tie.target.label[:50]}: within rounding from leaves alone; from printed totals the check breaks it ({tie.name})"
            )


def _places(tie: Tie) -> set[Place]:
    return {tie.target.place, *(operand.fact.place for operand in tie.operands)}


def main() -> None:
    folder = Path(os.environ.get("OREBOOK_SHARED", "../shared")) / "seeds"
    paths = documents(map(Path, sys.argv[1:])) or sorted(folder.glob("*.txt"))
    if not paths:
        sys.exit(f"no seeds in {folder}: set OREBOOK_SHARED")
    rows = [report(path) for path in paths]
    figures, leaves, compared, off = (sum(column) for column in zip(*rows, strict=True))
    print(f"all: {figures} figures, {leaves} leaves; {compared - off} of {compared} comparisons agree")


if __name__ == "__main__":
    main()
