"""A figure as each report prints it, and what a report changes of what the one before it printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from orebook.check.cross.copies import LAST, RANK, TURNS_SIGN
from orebook.check.reports import EQUAL, RESTATED, agreement
from orebook.model.fact import Fact
from orebook.model.interval import of_fact
from orebook.model.named import NamedTuple
from orebook.store.load import Place
from orebook.store.measure import contradict, statement_of

Changes = Mapping[tuple[Place, Place], tuple[str, str]]
"""The verdict on a figure (the second place) against an earlier one (the first), and why, where the two differ."""
ELSEWHERE = "the two stand in rows that the reports do not show to be one"
_SCHEDULE = "schedule"


class Report(NamedTuple):
    """Who says so: a kept report. `key` is the beginning of its content's digest, which tells reports of one name apart."""

    key: str
    document: str
    company: str
    form: str
    ends: date | None
    filed: date | None
    accession: str


class Copy(NamedTuple):
    """A printed figure with its key in the store."""

    place: Place
    fact: Fact


class Vintage(NamedTuple):
    """What one report prints of one figure.

    `fact` is the copy with the most digits; `copies` are all of them, in the order of statements, highlights, others.
    `conflict` is True where they contradict each other: `fact` is then only the first of them, and there is no verdict.
    `verdict` is against the report before: `equal`, `rounded otherwise`, `re-presented` or `restated`; "" for the first
    report, beside a conflict, and where two differing figures stand in rows that comparing the reports does not match.
    `why` explains it.
    """

    report: Report
    fact: Fact
    copies: tuple[Fact, ...]
    conflict: bool = False
    verdict: str = ""
    why: str = ""


def vintages(told: Sequence[tuple[Report, Sequence[Copy]]], changes: Changes) -> tuple[Vintage, ...]:
    """The vintages of one figure, from the copies that each report prints, the earliest report first."""
    ordered = [(report, sorted(copies, key=rank)) for report, copies in told]
    made = [_vintage(report, copies) for report, copies in ordered]
    for place, ((_, olds), (_, news)) in enumerate(pairwise(ordered), 1):
        if not (made[place - 1].conflict or made[place].conflict):
            verdict, why = _verdict(olds, news, changes)
            made[place] = made[place]._replace(verdict=verdict, why=why)
    return tuple(made)


def rank(copy: Copy) -> tuple[int, int, int]:
    """The place of a copy among those of one report: statements first, highlights and others after, schedules last."""
    kind = copy.fact.table.kind
    return int(kind == _SCHEDULE), RANK.get(kind, LAST), copy.place[1]


def _vintage(report: Report, copies: Sequence[Copy]) -> Vintage:
    facts = tuple(copy.fact for copy in copies)
    first = facts[0]
    plain = [fact for fact in facts if not _turned(first, fact)]
    if contradict(plain):
        return Vintage(report, first, facts, conflict=True)
    return Vintage(report, min(plain, key=_coarseness), facts)


def _turned(first: Fact, fact: Fact) -> bool:
    """Whether a copy prints the figure with the other sign, as the statement of cash flows does with gains."""
    if fact is first or not _may_turn(first, fact) or of_fact(fact).meets(of_fact(first)):
        return False
    return of_fact(fact).scaled(-1).meets(of_fact(first))


def _may_turn(one: Fact, other: Fact) -> bool:
    kinds = {one.table.kind, other.table.kind}
    return len(kinds) == 2 and bool(kinds & TURNS_SIGN) and "/" not in one.unit


def _coarseness(fact: Fact) -> int:
    """How far apart two numbers are that differ in the last printed digit, in a unit that all figures share; the scale's
    zeros count against the decimals."""
    return len(str(fact.scale)) - fact.decimals


def _verdict(olds: Sequence[Copy], news: Sequence[Copy], changes: Changes) -> tuple[str, str]:
    """What two reports say of one figure: whether they agree, in copies of one statement where both have one; else what
    comparing the reports told."""
    old, new = _counterparts(olds, news)
    agreed = agreement(old, new) or (EQUAL if _turned(old, new) else "")
    if agreed:
        return agreed, ""
    told = [found for one in news for other in olds if (found := changes.get((other.place, one.place)))]
    return min(told, key=lambda found: found[0] == RESTATED, default=("", ELSEWHERE))


def _counterparts(olds: Sequence[Copy], news: Sequence[Copy]) -> tuple[Fact, Fact]:
    """The finest copies of two reports, in the first statement of the later one that both print."""
    kinds = {statement_of(copy.fact.table) for copy in olds}
    same = next((kind for copy in news if (kind := statement_of(copy.fact.table)) in kinds), None)
    sides = ([copy for copy in side if same is None or statement_of(copy.fact.table) == same] for side in (olds, news))
    old, new = (min((copy.fact for copy in side), key=_coarseness) for side in sides)
    return old, new
