"""Checks a book: re-performs every relation that the printed figures suggest.

`run(book)` is the whole of it: checks make equations, one evaluator makes ties of them, broken ties become
findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from orebook.check.catalogue import CLAIMS, POSSIBLE, RELATIONS, SAME_FACT, Check, Said
from orebook.check.context import Context, Sightings, context
from orebook.check.evaluate import evaluate, joined, siblings
from orebook.check.findings import explained, findings
from orebook.check.witness import heard, unclaimed
from orebook.model.book import Book
from orebook.model.equation import REQUIRED, Equation
from orebook.model.named import NamedTuple
from orebook.model.tie import Checked, Claim, Finding, Tie


class _Said:
    """What checks said so far, each relation once."""

    def __init__(self) -> None:
        self.equations: dict[frozenset[tuple[int, int]], Equation] = {}
        self.findings: list[Finding] = []
        self.claims: list[Claim] = []
        self.notes: list[str] = []

    def hear(self, said: Iterable[Said]) -> None:
        for item in said:
            if isinstance(item, Equation):
                self._add(item)
            elif isinstance(item, Finding):
                self.findings.append(item)
            elif isinstance(item, Claim):
                self.claims.append(item)
            elif item not in self.notes:
                self.notes.append(item)

    def _add(self, equation: Equation) -> None:
        """Keep one equation for the same figures: the first, unless a later one is required and it was not."""
        key = equation.members
        known = self.equations.get(key)
        if known is None or (known.grade != REQUIRED and equation.grade == REQUIRED):
            self.equations[key] = equation


class Collected(NamedTuple):
    """What the checks of a book say before anything is evaluated, with the context they saw."""

    view: Context
    equations: tuple[Equation, ...]
    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]
    members: AbstractSet[frozenset[tuple[int, int]]] = frozenset()


def collect(book: Book, checks: Sequence[Sequence[Check]] | None = None) -> Collected:
    """Run the checks: first those that join sightings of the same fact, then the others with the joined ones."""
    first, *others = checks or (SAME_FACT, RELATIONS, CLAIMS)
    view, said = context(book), _Said()
    for check in first:
        said.hear(check.run(view))
    said.hear(siblings(list(said.equations.values()), view.sightings))
    view = _sharpened(view, list(said.equations.values()))
    for check in (check for stage in others for check in stage):
        said.hear(check.run(view))
    equations = tuple(said.equations.values())
    return Collected(
        view, equations, tuple(said.findings), tuple(said.claims), tuple(said.notes), said.equations.keys()
    )


def run(book: Book, checks: Sequence[Sequence[Check]] | None = None) -> Checked:
    """Check a book: all ties, claims and findings in document order, and notes on what was not searched."""
    said = collect(book, checks)
    pairs = [(evaluate(equation, said.view.sightings), equation) for equation in said.equations]
    pairs.sort(key=_place)
    found = explained(pairs, said.view, said.members, said.claims, POSSIBLE)
    suspects = [suspect for some in found for suspect, ties in some.explained if ties[0][0].grade == REQUIRED]
    claims = [heard(claim, suspects) for claim in said.claims]
    made = (*findings(found), *unclaimed(said.findings, claims))
    return Checked(
        tuple(tie for tie, _ in pairs),
        tuple(sorted(claims, key=lambda claim: claim.spot[:2])),
        tuple(sorted(made, key=lambda finding: finding.spot[:2])),
        said.notes,
    )


def _place(pair: tuple[Tie, Equation]) -> tuple[int, int]:
    return pair[1].target.place


def _sharpened(view: Context, identities: list[Equation]) -> Context:
    sharper, groups = joined(identities, view.sightings)
    return view._replace(sightings=Sightings(sharper), groups=groups)
