"""Tick marks: what the check says of each figure, in one word a relation.

The marks are an auditor's: footed, rolled forward, recomputed, agreed to another place, tied to the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from orebook.model.named import NamedTuple
from orebook.model.spot import Spot
from orebook.model.tie import BREAKS, TIES, WITHIN, Checked, Finding, Tie

Place = tuple[int, int]


class Mark(NamedTuple):
    """A kind of mark: its short name, the word a person reads, and what it means."""

    name: str
    word: str
    meaning: str


# In order of weight: the first that a figure has is the one that is drawn beside it.
MARKS = (
    Mark("break", "Broken", "the document contradicts itself here, beyond rounding"),
    Mark("query", "Query", "a difference that something not printed may explain"),
    Mark("foot", "Footed", "the figures above add up to it"),
    Mark("roll", "Rolled forward", "opening, movements and closing agree"),
    Mark("calc", "Recomputed", "a rate, an average or a product that comes out"),
    Mark("agree", "Agreed", "printed again elsewhere, and the same"),
    Mark("said", "Tied to text", "a sentence says it, and says it right"),
    Mark("part", "Part of", "goes into a total or a formula that holds"),
    Mark("none", "Untied", "nothing in the document supports or denies it"),
)
RANK = {mark.name: rank for rank, mark in enumerate(MARKS)}
_TARGET = {"sum": "foot", "difference": "foot", "identity": "agree", "rollforward": "roll"}
_OPERAND = {"identity": "agree", "rollforward": "roll"}


def marks(checked: Checked) -> dict[Place, tuple[str, ...]]:
    """The marks of each place that a check touched, weightiest first; a place that is not in it is untied."""
    found: dict[Place, set[str]] = {}
    for place, name in (*_of_ties(checked), *_of_claims(checked), *_of_findings(checked)):
        found.setdefault(place, set()).add(name)
    return {place: tuple(sorted(names, key=RANK.__getitem__)) for place, names in found.items()}


def _of_ties(checked: Checked) -> Iterator[tuple[Place, str]]:
    for tie in checked.ties:
        if tie.verdict == BREAKS:
            yield tie.target.place, "break" if tie.grade == "required" else "query"
        elif tie.verdict in (TIES, WITHIN):
            yield tie.target.place, _TARGET.get(tie.kind, "calc")
            for operand in tie.operands:
                yield operand.fact.place, _OPERAND.get(tie.kind, "part")


def _of_claims(checked: Checked) -> Iterator[tuple[Place, str]]:
    for claim in checked.claims:
        here = (claim.spot.line, claim.spot.start)
        holds = claim.verdict in (TIES, WITHIN)
        yield here, "said" if holds else "break" if claim.verdict == BREAKS else "none"
        if holds:
            yield from ((fact.place, "said") for fact in claim.operands)


def _of_findings(checked: Checked) -> Iterator[tuple[Place, str]]:
    for finding in checked.findings:
        yield (finding.spot.line, finding.spot.start), "break" if finding.grade == "break" else "query"


def by_weight(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings for a person to go through: breaks before queries, the larger gap first, then document order."""
    return tuple(sorted(findings, key=lambda each: (each.grade != "break", -_gap(each), _order(each.spot))))


def _gap(finding: Finding) -> Fraction:
    """How far printed and computed lie apart, as a share of the larger of the two (from 0 to 2)."""
    if finding.ties:
        return max(_share(tie) for tie in finding.ties)
    claim = finding.claim
    if claim is None or claim.printed is None or claim.computed is None:
        return Fraction(0)
    return _relative(claim.printed, claim.computed)


def _share(tie: Tie) -> Fraction:
    return _relative(tie.printed, tie.computed)


def _relative(printed: Fraction, computed: Fraction) -> Fraction:
    size = max(abs(printed), abs(computed))
    return abs(printed - computed) / size if size else Fraction(0)


def _order(spot: Spot) -> Place:
    return spot.line, spot.start
