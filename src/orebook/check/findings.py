"""Findings: one for each defect, however many ties it breaks.

Broken ties that share a figure are one group; the figure whose change would mend most of them is named as
the suspect, those ties become one finding, and what it does not mend is looked at again. Ties of grade
`required` make breaks, analytic ones queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from orebook.check.context import Sightings
from orebook.check.culprit import Groups, Suspicion, culprit, needs
from orebook.model.equation import IDENTITY, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.tie import BREAKS, UNOBSERVABLE, Finding, Tie

BREAK = "break"
QUERY = "query"
Pair = tuple[Tie, Equation]


def findings(ties: Sequence[Tie], equations: Iterable[Equation], sightings: Sightings, same: Groups) -> list[Finding]:
    """The findings of all broken ties, in document order; `same` are the sightings of each figure."""
    known = {_key(equation.target, equation.members): equation for equation in equations}
    pairs = [(tie, known[_key(tie.target, _members(tie))]) for tie in ties]
    broken = [pair for pair in pairs if pair[0].verdict == BREAKS]
    if not broken:
        return []
    touching = _touching(pairs)
    found = [
        finding
        for grade in (REQUIRED, None)
        for group in _groups([pair for pair in broken if (pair[0].grade == REQUIRED) == (grade == REQUIRED)])
        for finding in _of_group(group, touching, sightings, same)
    ]
    return sorted(found, key=lambda finding: finding.spot[:2])


def _key(target: Fact, members: frozenset[tuple[int, int]]) -> tuple[object, ...]:
    return target.place, members


def _members(tie: Tie) -> frozenset[tuple[int, int]]:
    return frozenset((tie.target.place, *(operand.fact.place for operand in tie.operands)))


def _touching(pairs: Sequence[Pair]) -> dict[Fact, list[Equation]]:
    """The required equations that hold, by the figures in them."""
    made: dict[Fact, list[Equation]] = defaultdict(list)
    for tie, equation in pairs:
        if tie.verdict not in (BREAKS, UNOBSERVABLE) and tie.grade == REQUIRED:
            for fact in equation.facts:
                made[fact].append(equation)
    return made


def _groups(broken: Sequence[Pair]) -> list[list[Pair]]:
    """Broken ties joined where they share a figure."""
    group_of: dict[Fact, list[Pair]] = {}
    for pair in broken:
        joined = [pair]
        for fact in pair[1].facts:
            other = group_of.get(fact)
            if other is not None and other is not joined:
                if len(other) > len(joined):
                    joined, other = other, joined
                joined.extend(other)
                for _, equation in other:
                    group_of.update(dict.fromkeys(equation.facts, joined))
        group_of.update(dict.fromkeys(pair[1].facts, joined))
    unique = {id(group): group for group in group_of.values()}
    return [sorted(group, key=lambda pair: pair[0].target.place) for group in unique.values()]


def _of_group(
    group: list[Pair], touching: dict[Fact, list[Equation]], sightings: Sightings, same: Groups
) -> list[Finding]:
    equations = [equation for _, equation in group]
    facts = {fact for equation in equations for fact in equation.facts}
    facts.update(other for fact in list(facts) for other in same.get(fact, ()))
    near = {id(other): other for fact in facts for other in touching.get(fact, ())}
    suspect = culprit(equations, list(near.values()), sightings, same)
    if suspect is None:
        return [_finding([pair], None) for pair in _without_repeats(group, sightings)]
    mended = [pair for pair in group if _mends(pair[1], suspect, sightings)]
    left = [pair for pair in group if pair not in mended]
    rest = [finding for some in _groups(left) for finding in _of_group(some, touching, sightings, same)]
    return [_finding(mended, _printed_in(suspect, mended)), *rest]


def _printed_in(suspect: Suspicion, mended: Sequence[Pair]) -> Fact:
    """Of the sightings suspected, the first that stands in a broken tie."""
    broken = {fact for _, equation in mended for fact in equation.facts}
    return next((fact for fact in suspect.facts if fact in broken), suspect.fact)


def _mends(equation: Equation, suspect: Suspicion, sightings: Sightings) -> bool:
    needed = needs(equation, suspect.facts, sightings)
    return needed is not None and needed.meet(suspect.value) is not None


def _without_repeats(group: list[Pair], sightings: Sightings) -> list[Pair]:
    """Of ties that ask the same of one target, the one with the smallest unexplained difference."""
    kept: list[Pair] = []
    for pair in sorted(group, key=lambda pair: _excess(pair[0])):
        asked = needs(pair[1], (pair[0].target,), sightings)
        if not any(_asks_alike(asked, pair, other, sightings) for other in kept):
            kept.append(pair)
    return sorted(kept, key=lambda pair: pair[0].target.place)


def _asks_alike(asked: Interval | None, pair: Pair, other: Pair, sightings: Sightings) -> bool:
    if pair[0].target is not other[0].target:
        return False
    also = needs(other[1], (pair[0].target,), sightings)
    return asked is None or also is None or asked.meets(also)


def _excess(tie: Tie) -> Fraction:
    return abs(tie.difference) - tie.allowed


def _finding(pairs: Sequence[Pair], suspect: Fact | None) -> Finding:
    """One finding of ties that one defect breaks; its place is the suspect, or else the target."""
    tie = next((pair[0] for pair in pairs if pair[0].target is suspect), pairs[0][0])
    spot = tie.target.spot if suspect is None else suspect.spot
    return Finding(
        tie.code,
        BREAK if tie.grade == REQUIRED else QUERY,
        spot,
        message(tie, suspect, len(pairs) - 1),
        plain(tie.printed, tie.target.decimals),
        plain(tie.computed, tie.target.decimals),
        plain(tie.difference, tie.target.decimals),
        plain(tie.allowed, tie.target.decimals),
        None if suspect is None else suspect.spot,
        tuple(pair[0] for pair in pairs),
    )


def message(tie: Tie, suspect: Fact | None, others: int) -> str:
    """The defect in a sentence, with the figures."""
    decimals = tie.target.decimals
    gap, allowed = plain(abs(tie.difference), decimals), plain(tie.allowed, decimals)
    said = (
        f"{name(tie.target)} is printed as {plain(tie.printed, decimals)},"
        f" but {_source(tie)} {plain(tie.computed, decimals)}:"
        f" off by {gap}, where rounding explains at most {allowed}"
    )
    if others:
        said += f"; {others} more {'tie breaks' if others == 1 else 'ties break'} with it"
    if suspect is not None and suspect is not tie.target:
        said += f"; the likely culprit is {name(suspect)}, printed as {suspect.text}"
    elif suspect is None:
        said += "; which of the figures is wrong cannot be told"
    return said


def _source(tie: Tie) -> str:
    if tie.kind == IDENTITY:
        first = tie.operands[0].fact
        return f"{name(first)} on line {first.spot.line} makes it"
    return f"{tie.formula or 'the figures it is made of'} would make it"


def name(fact: Fact) -> str:
    """A figure in words: its label, or what it stands under."""
    label = fact.row.label or (f"the unlabelled figure under {fact.row.heading[-1]!r}" if fact.row.heading else "")
    return repr(fact.row.label) if fact.row.label else label or "the unlabelled figure"


def plain(number: Fraction, decimals: int) -> str:
    """A fraction in decimals: exact where few digits do, else to two digits beyond the printed ones.

    A nil or whole figure has no decimals; trailing zeros beyond the printed decimals are dropped.
    """
    places = max(decimals, 0) + 2
    scaled = number * 10**places
    whole = round(scaled)
    digits = str(abs(whole)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}"
    while text[-1] == "0" and len(text) - text.index(".") - 1 > max(decimals, 0):
        text = text[:-1]
    return ("-" if whole < 0 else "") + text.rstrip(".")
