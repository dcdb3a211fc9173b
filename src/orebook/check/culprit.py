"""The culprit: the one figure whose change would mend the most broken ties and break none.

For every figure of a group of broken ties, each tie says what the figure would have to be. A figure is
suspected where one value satisfies the broken ties and still satisfies every tie that holds. A figure that is
printed alike in several places may be wrong in all of them: its sightings are tried together too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from orebook.check.context import Sightings
from orebook.model.equation import LINEAR, Equation, compute, solve
from orebook.model.fact import Fact
from orebook.model.interval import ZERO, Interval, amount, of_fact

LIGHT, CLEAR = 1, 2  # strain that every sum may have, and strain that speaks against a change
Groups = Mapping[Fact, tuple[Fact, ...]]


class Suspicion(NamedTuple):
    """Figures to change (one, or all sightings of one), what they mend, and what they would have to be.

    `value` is an interval of amounts, `best` the printable amount that suits all ties through the figure best, and
    `strain` how far it still is from what they give: in last digits for sums, which mostly foot to the digit, and
    for other forms in halves of the width that rounding leaves.
    """

    facts: tuple[Fact, ...]
    mends: int
    value: Interval
    best: Fraction
    strain: Fraction

    @property
    def fact(self) -> Fact:
        return self.facts[0]


class Evidence(NamedTuple):
    """What a book says beside its broken ties, by figure.

    `holding` are the required ties through a figure that hold; no suspect may break one. `expected` are analytic
    ties, with whether each holds; `told` counts the sentences that contradict a figure less those that confirm it,
    `copied` are figures that stand in the next column of their row too. The latter three only decide between
    suspects that are otherwise equal. `groups` are the sightings of each figure.
    """

    holding: Mapping[Fact, Sequence[Equation]]
    expected: Mapping[Fact, Sequence[tuple[Equation, bool]]]
    told: Mapping[Fact, int]
    copied: AbstractSet[Fact]
    sightings: Sightings
    groups: Groups


def culprit(broken: Sequence[Equation], evidence: Evidence) -> Suspicion | None:
    """The one suspect of a group of broken ties; None where no figure, or more than one, would do.

    All sightings of a figure together are suspected only where no single one would mend as many. Among equals
    decide, in this order: what speaks against one of them (analytic ties, sentences), a figure that stands in the
    next column too, ties that the change would suit clearly better, and a plain slip of the pen. Where every change
    would leave other ties a strain, none is named.
    """
    facts = dict.fromkeys(fact for equation in broken for fact in equation.facts)
    groups = evidence.groups
    best: Sequence[Suspicion] = _best([(fact,) for fact in facts], broken, evidence)
    together = dict.fromkeys(groups[fact] for fact in facts if len(groups.get(fact, ())) > 1)
    wider = _best(list(together), broken, evidence)
    if wider and (not best or wider[0].mends > best[0].mends):
        best = wider
    for narrow in (_accused, _copied, _at_ease, _plain):
        if len(best) > 1:
            best = narrow(best, evidence)
    return best[0] if len(best) == 1 else None


def _accused(best: Sequence[Suspicion], evidence: Evidence) -> Sequence[Suspicion]:
    hinted = _most(best, lambda suspicion: _hints(suspicion, evidence))
    return hinted if _hints(hinted[0], evidence) > 0 else best


def _copied(best: Sequence[Suspicion], evidence: Evidence) -> Sequence[Suspicion]:
    return _most(best, lambda suspicion: any(fact in evidence.copied for fact in suspicion.facts))


def _at_ease(best: Sequence[Suspicion], _: Evidence) -> Sequence[Suspicion]:
    """Those whose change leaves little strain, where the others are left with clearly more; none if all strain."""
    least = min(suspicion.strain for suspicion in best)
    return [suspicion for suspicion in best if suspicion.strain < least + CLEAR] if least <= LIGHT else ()


def _plain(best: Sequence[Suspicion], _: Evidence) -> Sequence[Suspicion]:
    return _most(best, slip)


def _most(suspicions: Sequence[Suspicion], key: Callable[[Suspicion], int]) -> list[Suspicion]:
    most = max(map(key, suspicions))
    return [suspicion for suspicion in suspicions if key(suspicion) == most]


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


def _best(candidates: Sequence[tuple[Fact, ...]], broken: Sequence[Equation], evidence: Evidence) -> list[Suspicion]:
    """The suspicions that mend the most."""
    found = [made for facts in candidates if (made := _suspect(facts, broken, evidence)) is not None]
    most = max((suspicion.mends for suspicion in found), default=0)
    return [suspicion for suspicion in found if suspicion.mends == most]


def _suspect(facts: tuple[Fact, ...], broken: Sequence[Equation], evidence: Evidence) -> Suspicion | None:
    value: Interval | None = None
    asked: list[tuple[Equation, Interval]] = []
    near = {id(equation): equation for fact in facts for equation in evidence.holding.get(fact, ())}
    for equation in near.values():
        needed = needs(equation, facts, evidence.sightings)
        if needed is not None:
            asked.append((equation, needed))
            value = needed if value is None else value.meet(needed)
            if value is None:
                return None
    mends = 0
    for equation in broken:
        needed = needs(equation, facts, evidence.sightings)
        both = needed if needed is None or value is None else value.meet(needed)
        if needed is not None and both is not None:
            asked.append((equation, needed))
            value, mends = both, mends + 1
    if value is None or not mends:
        return None
    unit = _unit(facts[0])
    points = [(need.middle, unit if equation.kind in LINEAR else need.width / 2) for equation, need in asked]
    return Suspicion(facts, mends, value, *_best_value(unit, points))


def _best_value(unit: Fraction, asked: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    """The printable amount that is nearest to what the ties ask (a middle, and what counts as one off it)."""
    points = {round(middle / unit) * unit for middle, _ in asked}

    def strain(point: Fraction) -> Fraction:
        return sum((abs(point - middle) / one for middle, one in asked if one), ZERO)

    best = min(points, key=strain)
    return best, strain(best)


def needs(equation: Equation, facts: Sequence[Fact], sightings: Sightings) -> Interval | None:
    """What an equation says that the one of `facts` in it would have to be, as printed (rounded).

    None where it says nothing: it holds none of them, or only them.
    """
    places = {fact.spot for fact in facts}
    inside = [fact for fact in equation.facts if fact.spot in places]
    if not inside or len(inside) == len(equation.facts):
        return None
    values = [sightings.own(operand.fact) for operand in equation.operands]
    if equation.target.spot in places:
        found = compute(equation, values)
    else:
        index = next(at for at, operand in enumerate(equation.operands) if operand.fact.spot in places)
        found = solve(equation, index, sightings.own(equation.target), values)
    if found is None:
        return None
    half = of_fact(inside[0]).width / 2
    return Interval(found.low - half, found.high + half)


def slip(suspicion: Suspicion) -> int:
    """2 where one slip of the pen leads from what is printed to the best value, 1 where to one digit beside it."""
    best, made = suspicion.best / _unit(suspicion.fact), _slipped(suspicion.fact)
    if best in made:
        return 2
    return int(best - 1 in made or best + 1 in made)


def is_slip(fact: Fact, value: Interval) -> bool:
    """Whether a printable number inside `value` differs from the printed one by one plain slip."""
    unit = _unit(fact)
    low, high = ceil(value.low / unit), floor(value.high / unit)
    return any(low <= number <= high for number in _slipped(fact))


def _unit(fact: Fact) -> Fraction:
    """What one of the last printed digit counts for."""
    return Fraction(fact.scale, 10**fact.decimals)


def _slipped(fact: Fact) -> set[int]:
    return slips(int(amount(fact) / _unit(fact)))


def slips(number: int) -> set[int]:
    """The numbers that one wrong digit, two neighbouring digits swapped, or a lost sign make of `number`."""
    sign, digits = (-1 if number < 0 else 1), str(abs(number))
    made = {-number}
    for at, digit in enumerate(digits):
        place = 10 ** (len(digits) - at - 1)
        made.update(sign * (abs(number) + (other - int(digit)) * place) for other in range(10))
        if at + 1 < len(digits):
            made.add(sign * int(digits[:at] + digits[at + 1] + digit + digits[at + 2 :]))
    return made - {number}
