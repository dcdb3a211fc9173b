"""Evaluates equations: what was printed, what the operands give, and whether rounding explains the difference.

Verdicts, exact and without tolerance:

- `breaks`: the interval of the computed figure and that of the printed one do not meet.
- `unobservable`: they meet, but rounding allows a difference as large as the leading digit of the larger of
  the two figures (or the computed figure has no bound): not even a wrong first digit could be seen.
- `ties`: they meet and the printed digits agree exactly.
- `ties-within-rounding`: they meet and the printed digits differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from orebook.check.context import SUBUNITS, Sightings
from orebook.model.equation import LINEAR, Equation, compute
from orebook.model.fact import Fact
from orebook.model.interval import ZERO, Interval, amount, exact
from orebook.model.tie import BREAKS, TIES, UNOBSERVABLE, WITHIN, Operand, Tie


class Measured(NamedTuple):
    """The printed and the computed amount, the largest difference that rounding explains, and the verdict."""

    printed: Fraction
    computed: Fraction
    allowed: Fraction
    verdict: str


def evaluate(equation: Equation, sightings: Sightings) -> Tie:
    """Re-perform one equation with the best sighting of every figure."""
    return _tie(equation, *_measure(equation, sightings))


def verdict(equation: Equation, sightings: Sightings) -> str:
    """Only the verdict of an equation."""
    counted = _count(equation, sightings)
    return _counted_verdict(*counted) if counted else _measure(equation, sightings).verdict


def _measure(equation: Equation, sightings: Sightings) -> Measured:
    counted = _count(equation, sightings)
    if counted is not None:
        _, allowed, printed, computed = counted
        printed_amount, centre, slack = (Fraction(figure, SUBUNITS) for figure in (printed, computed, allowed))
        return Measured(printed_amount, centre, slack, _counted_verdict(*counted))
    target, printed_amount = sightings.best(equation.target), amount(equation.target)
    values = [sightings.best(operand.fact) for operand in equation.operands]
    bounds = compute(equation, values)
    if bounds is None:
        return Measured(printed_amount, ZERO, ZERO, UNOBSERVABLE)
    centre = _centre(equation, values, bounds)
    rest = printed_amount - centre
    slack = _allowed(rest, printed_amount, centre, target, bounds)
    return Measured(printed_amount, centre, slack, _verdict(rest, slack, max(abs(printed_amount), abs(centre))))


def _count(equation: Equation, sightings: Sightings) -> tuple[int, int, int, int] | None:
    """Gap, allowed difference, printed and computed amount of a plain sum, in subunits; None for other forms.

    The same figures that `compute` gives, counted in whole numbers because most ties are sums.
    """
    counts = sightings.counts(equation.target)
    if equation.kind not in LINEAR or equation.factor != 1 or counts is None:
        return None
    low = high = centre = 0
    for operand in equation.operands:
        part = sightings.counts(operand.fact)
        if part is None or operand.weight not in (1, -1):
            return None
        if operand.weight == 1:
            low, high, centre = low + part[0], high + part[1], centre + part[2]
        else:
            low, high, centre = low - part[1], high - part[0], centre - part[2]
    printed = counts[3]
    gap = printed - centre
    allowed = (high - centre) + (printed - counts[0]) if gap >= 0 else (centre - low) + (counts[1] - printed)
    return gap, max(0, allowed), printed, centre


def _centre(equation: Equation, values: list[Interval], bounds: Interval) -> Fraction:
    """The figure computed from the printed digits, or from the nearest numbers that all sightings allow."""
    points = [
        exact(value.clamp(amount(operand.fact))) for operand, value in zip(equation.operands, values, strict=True)
    ]
    made = compute(equation, points)
    return bounds.middle if made is None else made.low


def _allowed(gap: Fraction, printed: Fraction, centre: Fraction, target: Interval, bounds: Interval) -> Fraction:
    """The largest difference, on the side of the gap, that rounding explains."""
    if gap >= 0:
        return max(ZERO, (bounds.high - centre) + (printed - target.low))
    return max(ZERO, (centre - bounds.low) + (target.high - printed))


def _verdict(gap: Fraction, allowed: Fraction, size: Fraction) -> str:
    if abs(gap) > allowed:
        return BREAKS
    if size and allowed >= leading_place(size):
        return UNOBSERVABLE
    return WITHIN if gap else TIES


def _counted_verdict(gap: int, allowed: int, printed: int, computed: int) -> str:
    """The same in subunits."""
    if abs(gap) > allowed:
        return BREAKS
    size = max(abs(printed), abs(computed))
    if size and allowed >= leading_place(Fraction(size, SUBUNITS)) * SUBUNITS:
        return UNOBSERVABLE
    return WITHIN if gap else TIES


def leading_place(size: Fraction) -> Fraction:
    """The place value of the first digit of a positive number: 100 for 538, 1/100 for 0.05."""
    place = Fraction(10) ** (len(str(int(size))) - 1) if size >= 1 else Fraction(1, 10)
    while place > size:
        place /= 10
    return place


def _tie(equation: Equation, printed: Fraction, computed: Fraction, allowed: Fraction, said: str) -> Tie:
    """The tie in units of the target's last scale."""
    scale = equation.target.scale
    figures = (printed, computed, printed - computed, allowed)
    printed, computed, gap, allowed = figures if scale == 1 else (figure / scale for figure in figures)
    code, name, kind, grade, target, operands, formula, _ = equation
    return Tie(code, name, kind, grade, target, operands, printed, computed, gap, allowed, said, formula)


def printed_weight(tie: Tie, operand: Operand) -> Fraction | None:
    """The factor between the printed values: the weight between amounts, times the ratio of the two scales.

    None for ties that are not linear.
    """
    if tie.kind not in LINEAR or operand.weight is None:
        return None
    if operand.fact.nil or tie.target.nil:
        return operand.weight
    return operand.weight * Fraction(operand.fact.scale, tie.target.scale)


def siblings(equations: Sequence[Equation], sightings: Sightings) -> list[Equation]:
    """Identities between figures that break against the same target and agree with each other.

    Two sightings of 46,984 against one of 46,989 are a pair that agrees and a third that does not.
    """
    against: dict[Fact, list[Equation]] = {}
    for equation in equations:
        tie_like = len(equation.operands) == 1 and equation.operands[0].weight in (None, Fraction(1))
        if tie_like and not sightings.own(equation.target).meets(sightings.own(equation.operands[0].fact)):
            against.setdefault(equation.target, []).append(equation)
    return [
        one._replace(target=one.operands[0].fact, operands=other.operands)
        for group in against.values()
        for one, other in pairwise(group)
        if sightings.own(one.operands[0].fact).meets(sightings.own(other.operands[0].fact))
    ]


def _overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals have more than an end in common, or are one number."""
    return one == other or (one.low < other.high and other.low < one.high)


def joined(
    equations: list[Equation], sightings: Sightings
) -> tuple[dict[Fact, Interval], dict[Fact, tuple[Fact, ...]]]:
    """Join the sightings that identities connect: their common interval, and the group of each figure.

    Only identities that hold join their figures, and only groups whose intervals have a common part: a
    contradiction stays where it is printed and does not spread. Nor do figures join that only touch: 1.15 and
    1.16 may both stand for 1.155, but that the true figure is just this number is not to be built upon.
    """
    roots: dict[Fact, Fact] = {}

    def root(fact: Fact) -> Fact:
        while (above := roots.get(fact, fact)) is not fact:
            fact = above
        return fact

    for equation in equations:
        for operand in equation.operands:
            same_sign = operand.weight in (None, Fraction(1))
            if same_sign and _overlap(sightings.own(equation.target), sightings.own(operand.fact)):
                roots[root(operand.fact)] = root(equation.target)
    groups: dict[Fact, list[Fact]] = {}
    for fact in roots:
        groups.setdefault(root(fact), [root(fact)])
    for fact in list(roots):
        if fact is not (top := root(fact)):
            groups[top].append(fact)
    return _sharpened(groups, sightings)


def _sharpened(
    groups: dict[Fact, list[Fact]], sightings: Sightings
) -> tuple[dict[Fact, Interval], dict[Fact, tuple[Fact, ...]]]:
    sharper: dict[Fact, Interval] = {}
    members: dict[Fact, tuple[Fact, ...]] = {}
    for facts in groups.values():
        common: Interval | None = sightings.own(facts[0])
        for fact in facts[1:]:
            common = common.meet(sightings.own(fact)) if common is not None else None
        if common is None:
            continue
        for fact in facts:
            sharper[fact] = common
            members[fact] = tuple(facts)
    return sharper, members
