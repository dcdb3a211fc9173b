"""The culprit: the one figure whose change would mend the most broken ties and break none.

For every figure of a group of broken ties, each tie says what the figure would have to be. A figure is
suspected where one value satisfies the broken ties and still satisfies every tie that holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from orebook.check.context import Sightings
from orebook.model.equation import Equation, compute, solve
from orebook.model.fact import Fact
from orebook.model.interval import Interval, amount, of_fact


class Suspicion(NamedTuple):
    """A figure, the broken ties that it alone would mend, and what it would have to be (an amount)."""

    fact: Fact
    mends: int
    value: Interval
    plain: bool


def culprit(broken: Sequence[Equation], holding: Sequence[Equation], sightings: Sightings) -> Suspicion | None:
    """The one suspect of a group of broken ties; None where no figure, or more than one, would do.

    `holding` are the ties that hold and share a figure with the group. Among figures that mend equally many,
    one whose mended value is a plain slip away from the printed one (a digit, two digits swapped, the sign)
    is preferred.
    """
    suspects = [
        suspicion
        for fact in dict.fromkeys(fact for equation in broken for fact in equation.facts)
        if (suspicion := _suspect(fact, broken, holding, sightings)) is not None
    ]
    if not suspects:
        return None
    most = max(suspicion.mends for suspicion in suspects)
    best = [suspicion for suspicion in suspects if suspicion.mends == most]
    plain = [suspicion for suspicion in best if suspicion.plain]
    choice = plain if len(plain) == 1 else best
    return choice[0] if len(choice) == 1 else None


def _suspect(
    fact: Fact, broken: Sequence[Equation], holding: Sequence[Equation], sightings: Sightings
) -> Suspicion | None:
    value: Interval | None = None
    for equation in holding:
        needed = needs(equation, fact, sightings)
        if needed is not None:
            value = needed if value is None else value.meet(needed)
            if value is None:
                return None
    mends = 0
    for equation in broken:
        needed = needs(equation, fact, sightings)
        if needed is None:
            continue
        both = needed if value is None else value.meet(needed)
        if both is not None:
            value, mends = both, mends + 1
    if value is None or not mends:
        return None
    return Suspicion(fact, mends, value, is_slip(fact, value))


def needs(equation: Equation, fact: Fact, sightings: Sightings) -> Interval | None:
    """What the other figures of an equation say that `fact` would have to be, as printed (rounded); None: nothing."""
    values = [sightings.own(operand.fact) for operand in equation.operands]
    place = fact.place
    if equation.target.place == place:
        found = compute(equation, values)
    else:
        index = next((at for at, operand in enumerate(equation.operands) if operand.fact.place == place), None)
        if index is None:
            return None
        found = solve(equation, index, sightings.own(equation.target), values)
    if found is None:
        return None
    half = of_fact(fact).width / 2
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
