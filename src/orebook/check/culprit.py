"""The culprit: the one figure whose change would mend the most broken ties and break none.

For every figure of a group of broken ties, each tie says what the figure would have to be. A figure is
suspected where one value satisfies the broken ties and still satisfies every tie that holds. A figure that is
printed alike in several places may be wrong in all of them: its sightings are tried together too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from orebook.check.context import Sightings
from orebook.model.equation import Equation, compute, solve
from orebook.model.fact import Fact
from orebook.model.interval import Interval, amount, of_fact

Groups = Mapping[Fact, tuple[Fact, ...]]


class Suspicion(NamedTuple):
    """Figures to change (one, or all sightings of one), what they mend, and what they would have to be.

    `value` is an interval of amounts; `plain` is True where a plain slip (a digit, two digits swapped, the
    sign) leads from what is printed to it.
    """

    facts: tuple[Fact, ...]
    mends: int
    value: Interval
    plain: bool

    @property
    def fact(self) -> Fact:
        return self.facts[0]


def culprit(
    broken: Sequence[Equation], holding: Sequence[Equation], sightings: Sightings, groups: Groups
) -> Suspicion | None:
    """The one suspect of a group of broken ties; None where no figure, or more than one, would do.

    `holding` are the ties that hold and share a figure with the group. All sightings of a figure together are
    suspected only where no single one would mend as many; among equals a plain slip is preferred.
    """
    facts = dict.fromkeys(fact for equation in broken for fact in equation.facts)
    alone = [(fact,) for fact in facts]
    best = _best(alone, broken, holding, sightings)
    together = dict.fromkeys(groups[fact] for fact in facts if len(groups.get(fact, ())) > 1)
    wider = _best(list(together), broken, holding, sightings)
    if wider and (not best or wider[0].mends > best[0].mends):
        best = wider
    slips_only = [suspicion for suspicion in best if suspicion.plain]
    choice = slips_only if len(slips_only) == 1 else best
    return choice[0] if len(choice) == 1 else None


def _best(
    candidates: Sequence[tuple[Fact, ...]],
    broken: Sequence[Equation],
    holding: Sequence[Equation],
    sightings: Sightings,
) -> list[Suspicion]:
    """The suspicions that mend the most."""
    found = [made for facts in candidates if (made := _suspect(facts, broken, holding, sightings)) is not None]
    most = max((suspicion.mends for suspicion in found), default=0)
    return [suspicion for suspicion in found if suspicion.mends == most]


def _suspect(
    facts: tuple[Fact, ...], broken: Sequence[Equation], holding: Sequence[Equation], sightings: Sightings
) -> Suspicion | None:
    value: Interval | None = None
    for equation in holding:
        needed = needs(equation, facts, sightings)
        if needed is not None:
            value = needed if value is None else value.meet(needed)
            if value is None:
                return None
    mends = 0
    for equation in broken:
        needed = needs(equation, facts, sightings)
        if needed is None:
            continue
        both = needed if value is None else value.meet(needed)
        if both is not None:
            value, mends = both, mends + 1
    if value is None or not mends:
        return None
    return Suspicion(facts, mends, value, is_slip(facts[0], value))


def needs(equation: Equation, facts: Sequence[Fact], sightings: Sightings) -> Interval | None:
    """What an equation says that the one of `facts` in it would have to be, as printed (rounded).

    None where it says nothing: it holds none of them, or only them.
    """
    places = {fact.place for fact in facts}
    inside = [fact for fact in equation.facts if fact.place in places]
    if not inside or len(inside) == len(equation.facts):
        return None
    values = [sightings.own(operand.fact) for operand in equation.operands]
    if equation.target.place in places:
        found = compute(equation, values)
    else:
        index = next(at for at, operand in enumerate(equation.operands) if operand.fact.place in places)
        found = solve(equation, index, sightings.own(equation.target), values)
    if found is None:
        return None
    half = of_fact(inside[0]).width / 2
    return Interval(found.low - half, found.high + half)


def is_slip(fact: Fact, value: Interval) -> bool:
    """Whether a printable number inside `value` differs from the printed one by one plain slip."""
    printed, unit = amount(fact), Fraction(fact.scale) / 10**fact.decimals
    return any(value.contains(Fraction(number) * unit) for number in slips(int(printed / unit)))


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
