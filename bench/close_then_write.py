"""Closes each seed from its leaf figures, writes the outcome as a release, reads that, and compares every figure.

    python bench/close_then_write.py [FILE...]

Without files, the seeds of the folder that OREBOOK_SHARED names. A derived figure is the middle of what its printed
leaves allow, rounded as the seed rounds it; what the seed prints in its place has no part in it. Each figure that the
written release prints otherwise is listed with its reason:

- `break`: the check finds the seed's own figure in a break;
- `follows`: it is derived from a figure of this list that is, or follows from, a break;
- `rounding`: the leaves, each within its own rounding, allow the printed figure too, so they cannot tell it;
- `UNEXPLAINED`, and `LOST` for a figure that does not read back as it was closed: exit status 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from orebook.check import collect, run
from orebook.close.reclose import Derived, Reclosed, reclose
from orebook.model.book import Book
from orebook.model.equation import REQUIRED
from orebook.model.fact import Fact
from orebook.model.interval import of_fact
from orebook.model.slotted import replaced
from orebook.model.tie import BREAKS
from orebook.pipeline import read
from orebook.write.release import render
from orebook.write.release.figures import figure_of
from orebook.write.release.phrases import rounded
from orebook.write.release.trip import fact_key
from seeds import documents

REASONS = ("break", "follows", "rounding", "UNEXPLAINED", "LOST")


class Result(NamedTuple):
    """One seed: its figures, those of them that were derived, and the reason of each difference."""

    figures: int
    derived: int
    reasons: tuple[str, ...]


def report(path: Path) -> Result:
    """Close, write and read one seed again; print what differs."""
    book = read(path)
    made = reclose(book, collect(book).equations)
    first = first_derived(made)
    closed = tuple(closed_fact(fact, first[fact]) if fact in first else fact for fact in book.facts)
    again = read(render(book._replace(facts=closed), "text").encode(), path.name).facts
    if len(again) != len(closed):
        print(f"{path.name}: {len(closed)} figures written, {len(again)} read")
        return Result(len(closed), len(first), ("LOST",))
    triples = tuple(zip(book.facts, closed, again, strict=True))
    lost = {fact for fact, written, new in triples if fact_key(new) != fact_key(written) or not holds(first, fact, new)}
    off = {fact: new for fact, _, new in triples if fact in lost or fact_key(fact) != fact_key(new)}
    reasons = explained({fact: first.get(fact) for fact in off}, broken_places(book), lost)
    for fact, new in off.items():
        line = f"{fact.spot.line}:{fact.spot.start} {fact.label[:50]}"
        print(f"  {line}: printed {printed(fact)}, written {printed(new)} ({reasons[fact]})")
    result = Result(len(closed), len(first), tuple(reasons.values()))
    print(f"{path.name}: {summary(result)}")
    return result


def first_derived(made: Reclosed) -> dict[Fact, Derived]:
    """For each figure that is no leaf, the derivation that gave it first: the one that the close went on from."""
    leaves = {*made.leaves, *made.taken}
    first: dict[Fact, Derived] = {}
    for derived in made.derived:
        if derived.fact not in leaves:
            first.setdefault(derived.fact, derived)
    return first


def closed_fact(fact: Fact, derived: Derived) -> Fact:
    """The fact with what the leaves give in the place of what was printed, in the form that was printed."""
    number = rounded(derived.interval.middle / fact.scale, fact.decimals)
    value = Decimal(number.replace(",", ""))
    if fact.value is None and value == 0:
        return fact
    sign, digits = figure_of(fact)
    if number.startswith("-") and not digits.startswith("-"):
        number = f"({number[1:]})"
    percent = "%" if digits.endswith("%") else ""
    return replaced(fact, text=f"{sign}{number}{percent}", value=value)


def holds(first: Mapping[Fact, Derived], fact: Fact, new: Fact) -> bool:
    """Whether the figure that was read is one that the leaves allow."""
    return fact not in first or first[fact].interval.meets(of_fact(new))


def broken_places(book: Book) -> set[tuple[int, int]]:
    """Where the seed prints a figure of a required tie that the check breaks."""
    ties = [tie for tie in run(book).ties if tie.verdict == BREAKS and tie.grade == REQUIRED]
    return {fact.place for tie in ties for fact in (tie.target, *(operand.fact for operand in tie.operands))}


def explained(off: Mapping[Fact, Derived | None], broken: set[tuple[int, int]], lost: set[Fact]) -> dict[Fact, str]:
    """The reason of each difference; what follows from a break is found step by step."""
    reasons = {fact: "LOST" if fact in lost else "break" for fact in off if fact in lost or fact.place in broken}
    grown = True
    while grown:
        from_break = {fact for fact, reason in reasons.items() if reason != "LOST"}
        more = {fact for fact, derived in off.items() if fact not in reasons and operands(derived) & from_break}
        reasons.update(dict.fromkeys(more, "follows"))
        grown = bool(more)
    rest = {fact: "rounding" if derived and derived.agrees else "UNEXPLAINED" for fact, derived in off.items()}
    return {fact: reasons.get(fact, rest[fact]) for fact in off}


def operands(derived: Derived | None) -> set[Fact]:
    """The figures from which a figure was derived; none for a copy."""
    equation = derived.equation if derived else None
    return {operand.fact for operand in equation.operands} if equation else set()


def printed(fact: Fact) -> str:
    """The figure as printed, blanks left out."""
    return "".join(fact.text.split())


def summary(result: Result) -> str:
    """The counts on one line."""
    equal = result.figures - len(result.reasons)
    share = Fraction(100 * (result.derived - len(result.reasons)), result.derived or 1)
    counts = ", ".join(f"{result.reasons.count(reason)} {reason}" for reason in REASONS if reason in result.reasons)
    leaves = result.figures - result.derived
    line = f"{result.figures} figures ({leaves} leaves, {result.derived} derived), {equal} equal"
    return f"{line} ({float(share):.1f}% of the derived), {len(result.reasons)} differ{': ' if counts else ''}{counts}"


def main() -> int:
    folder = Path(os.environ.get("OREBOOK_SHARED", "../shared")) / "seeds"
    paths = documents(map(Path, sys.argv[1:])) or sorted(folder.glob("*.txt"))
    if not paths:
        sys.exit(f"no seeds in {folder}: set OREBOOK_SHARED")
    results = [report(path) for path in paths]
    reasons = tuple(reason for result in results for reason in result.reasons)
    print(f"all: {summary(Result(sum(r.figures for r in results), sum(r.derived for r in results), reasons))}")
    return 1 if {"UNEXPLAINED", "LOST"} & set(reasons) else 0


if __name__ == "__main__":
    sys.exit(main())
