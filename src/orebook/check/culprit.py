"""The culprit: the one figure whose change would mend the most broken ties and break none.

For every figure of a group of broken ties, each tie says what the figure would have to be. A figure is
suspected where one value satisfies the broken ties and still satisfies every tie that holds. A figure that is
printed alike in several places may be wrong in all of them: its sightings are tried together too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import itemgetter

from orebook.check.context import Sightings
from orebook.check.odds import MOST_MEANT, Surroundings, count, odds, slip, unit
from orebook.check.plain import plain
from orebook.model.equation import LINEAR, Equation, compute, solve
from orebook.model.fact import Fact
from orebook.model.interval import ZERO, Interval, rounding
from orebook.model.named import NamedTuple
from orebook.model.tie import MINUS, ONE

Groups = Mapping[Fact, tuple[Fact, ...]]
CLEAR = Fraction(3, 2)  # a suspect so much likelier than the next is clearly so
HINT = 256  # what one analytic tie or sentence that speaks for or against a suspect is worth


class Suspicion(NamedTuple):
    """Figures to change (one, or all sightings of one), what they mend, and what they would have to be.

    `value` is an interval of amounts, `best` the printable amount that suits all ties through the figure best;
    `exact` says that a sum asks for it. `others` is the number of other figures whose change would mend as much, than each
    of which this one is likelier, clearly or not (`clear`); `slip` says in words which slip of the pen may then have made
    what is printed of `best`.
    """

    facts: tuple[Fact, ...]
    mends: int
    value: Interval
    best: Fraction
    exact: bool = True
    slip: str = ""
    others: int = 0
    clear: bool = True

    @property
    def fact(self) -> Fact:
        return self.facts[0]


class Evidence(NamedTuple):
    """What a book says beside its broken ties, by figure.

    `holding` are the required ties through a figure that hold; no suspect may break one. `expected` are analytic
    ties, with whether each holds; `told` counts the sentences that contradict a figure less those that confirm it,
    `around` is what stands around each figure. The latter three only decide between suspects that mend as much.
    `groups` are the sightings of each figure.
    """

    holding: Mapping[Fact, Sequence[Equation]]
    expected: Mapping[Fact, Sequence[tuple[Equation, bool]]]
    told: Mapping[Fact, int]
    around: Surroundings
    sightings: Sightings
    groups: Groups


def culprit(broken: Sequence[Equation], evidence: Evidence) -> Suspicion | None:
    """The suspect of a group of broken ties; None where no figure would do, or several as well.

    All sightings of a figure together are suspected only where no single one would mend as many. Of several that
    mend as much the likeliest is named: see `odds`.
    """
    through: dict[Fact, dict[int, Equation]] = defaultdict(dict)
    for at, equation in enumerate(broken):
        for fact in equation.facts:
            through[fact][at] = equation
    groups = evidence.groups
    best: Sequence[Suspicion] = _best([(fact,) for fact in through], through, evidence)
    together = dict.fromkeys(groups[fact] for fact in through if len(groups.get(fact, ())) > 1)
    wider = _best(list(together), through, evidence)
    if wider and (not best or wider[0].mends > best[0].mends):
        best = wider
    return _likeliest(best, evidence) if best else None


def _likeliest(suspicions: Sequence[Suspicion], evidence: Evidence) -> Suspicion | None:
    """The suspicion whose odds are the best, with its slip, or the only one; None where two are alike."""
    if len(suspicions) == 1:
        return suspicions[0]
    weighed = []
    for suspicion in suspicions:
        fact, best = suspicion.fact, suspicion.best
        weight, kind, number = odds(fact, suspicion.value, best, evidence.around, exact=suspicion.exact)
        told = suspicion._replace(slip=kind, others=len(suspicions) - 1, best=number * unit(fact) if kind else best)
        weighed.append((weight * Fraction(HINT) ** _hints(suspicion, evidence), told))
    weighed.sort(key=itemgetter(0), reverse=True)
    (most, first), (next_most, _) = weighed[:2]
    return first._replace(clear=most >= next_most * CLEAR) if most > next_most else None


def _hints(suspicion: Suspicion, evidence: Evidence) -> int:
    """Analytic ties that the suspect mends less those it breaks, and the sentences against it."""
    score = sum(evidence.told.get(fact, 0) for fact in suspicion.facts)
    near = {id(pair[0]): pair for fact in suspicion.facts for pair in evidence.expected.get(fact, ())}
    for equation, holds in near.values():
        needed = needs(equation, suspicion.facts, evidence.sightings)
        if needed is not None:
            meets = needed.meet(suspicion.value) is not None
            score += (meets and not holds) - (holds and not meets)
    return score


Through = Mapping[Fact, Mapping[int, Equation]]
"""The broken ties through each figure, by their place among all."""


def _best(candidates: Sequence[tuple[Fact, ...]], through: Through, evidence: Evidence) -> list[Suspicion]:
    """The suspicions that mend the most; none can mend more than the broken ties that it stands in."""
    found: list[_Case] = []
    most = 1
    asked = [(facts, {at: one for fact in facts for at, one in through.get(fact, {}).items()}) for facts in candidates]
    asked.sort(key=lambda each: -len(each[1]))
    for facts, broken in asked:
        if len(broken) < most:
            break
        made = _case(facts, [broken[at] for at in sorted(broken)], evidence)
        if made is not None:
            found.append(made)
            most = max(most, made.mends)
    return [_suspicion(case) for case in found if case.mends == most]


class _Case(NamedTuple):
    """Figures, how many broken ties their change mends, what they would have to be, and what each tie asks for."""

    facts: tuple[Fact, ...]
    mends: int
    value: Interval
    asked: Sequence[tuple[Equation, Interval]]


def _case(facts: tuple[Fact, ...], broken: Sequence[Equation], evidence: Evidence) -> _Case | None:
    """What changing `facts` would mend of the broken ties through them; None where it mends none, or breaks another."""
    value: Interval | None = None
    asked: list[tuple[Equation, Interval]] = []
    wanted = [(equation, needed) for equation in broken if (needed := needs(equation, facts, evidence.sightings))]
    near = {id(equation): equation for fact in facts for equation in evidence.holding.get(fact, ())}
    for equation in near.values():
        needed = needs(equation, facts, evidence.sightings)
        if needed is not None:
            if equation.either_sign and not any(needed.meets(other) for _, other in wanted):
                needed = needed.scaled(MINUS)
            asked.append((equation, needed))
            value = needed if value is None else value.meet(needed)
            if value is None or not any(value.meets(other) for _, other in wanted):
                return None
    mends = 0
    for equation, needed in wanted:
        both = needed if value is None else value.meet(needed)
        if both is not None:
            asked.append((equation, needed))
            value, mends = both, mends + 1
    return None if value is None or not mends else _Case(facts, mends, value, asked)


def _suspicion(case: _Case) -> Suspicion:
    """A case with the value that suits it best."""
    points = [(need.middle, None if equation.kind in LINEAR else need.width / 2) for equation, need in case.asked]
    exact = any(equation.kind in LINEAR for equation, _ in case.asked)
    return Suspicion(case.facts, case.mends, case.value, _best_value(unit(case.facts[0]), case.value, points), exact)


def _best_value(one: Fraction, value: Interval, asked: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction:
    """The printable amount inside `value` that is nearest to what the ties ask (a middle, and what counts as one off).

    A sum mostly foots to the digit, so there one off is the last digit (None); in other forms it is half the width
    that rounding leaves.
    """
    within = value.multiples(one)
    points = sorted({min(max(round(middle / one), within.start), within.stop - 1) * one for middle, _ in asked})

    def strain(point: Fraction) -> Fraction:
        return sum((abs(point - middle) / (off or one) for middle, off in asked if off != 0), ZERO)

    return points[0] if len(points) == 1 else min(points, key=strain)


def needs(equation: Equation, facts: Sequence[Fact], sightings: Sightings) -> Interval | None:
    """What an equation says that the one of `facts` in it would have to be, as printed (rounded).

    None where it says nothing: it holds none of them, or only them.
    """
    places = {fact.spot for fact in facts}
    inside = [fact for fact in equation.facts if fact.spot in places]
    if not inside or len(inside) == len(equation.facts):
        return None
    fact = inside[0]
    index = None
    if fact is not equation.target:
        index = next(at for at, operand in enumerate(equation.operands) if operand.fact is fact)
    whole = plain(equation, sightings.own_counts)
    if whole is not None:
        return whole.needs(index, ONE if index is None else equation.operands[index].weight)
    values = [sightings.own(operand.fact) for operand in equation.operands]
    if index is None:
        found = compute(equation, values)
    else:
        found = solve(equation, index, sightings.own(equation.target), values)
    return None if found is None else found.plus(rounding(fact))


def is_slip(fact: Fact, value: Interval) -> bool:
    """Whether a printable number inside `value` differs from the printed one by one plain slip."""
    within = value.multiples(unit(fact))
    printed = count(fact)
    return len(within) <= MOST_MEANT and any(slip(printed, number) for number in within)
