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
from functools import lru_cache
from itertools import pairwise
from math import lcm

from orebook.check.context import SUBUNITS, Sightings
from orebook.check.plain import plain
from orebook.model.equation import Equation, compute
from orebook.model.fact import Fact
from orebook.model.interval import ZERO, Interval, amount, counted, exact
from orebook.model.slotted import replaced, slotted
from orebook.model.spot import Spot
from orebook.model.tie import BREAKS, ONE, TIES, UNOBSERVABLE, WITHIN, Tie


@slotted
class Measured:
    """The printed and the computed amount and the largest difference that rounding explains, in `unit`-ths."""

    printed: int
    computed: int
    allowed: int
    unit: int
    bounded: bool = True

    @property
    def verdict(self) -> str:
        if not self.bounded:
            return UNOBSERVABLE
        gap = abs(self.printed - self.computed)
        if gap > self.allowed:
            return BREAKS
        size = max(abs(self.printed), abs(self.computed))
        if size and reaches_first_digit(self.allowed, size, self.unit):
            return UNOBSERVABLE
        return WITHIN if gap else TIES


def evaluate(equation: Equation, sightings: Sightings) -> Tie:
    """Re-perform one equation with the best sighting of every figure."""
    return _tie(equation, _measure(equation, sightings))


def verdict(equation: Equation, sightings: Sightings) -> str:
    """Only the verdict of an equation."""
    return _measure(equation, sightings).verdict


def _measure(equation: Equation, sightings: Sightings) -> Measured:
    sums = _count(equation, sightings)
    if sums is not None:
        return sums
    target, printed = sightings.best(equation.target), amount(equation.target)
    values = [sightings.best(operand.fact) for operand in equation.operands]
    bounds = compute(equation, values)
    if bounds is None:
        return Measured(printed.numerator, 0, 0, printed.denominator, bounded=False)
    centre = _centre(equation, values, bounds, sightings)
    printed_unit, bounds_unit = printed.denominator, bounds.unit
    unit = lcm(centre.denominator, printed_unit, bounds_unit, target.unit)
    middle, figure = centre.numerator * (unit // centre.denominator), printed.numerator * (unit // printed_unit)
    least, most = target.bottom * (unit // target.unit), target.top * (unit // target.unit)
    low, high = bounds.bottom * (unit // bounds_unit), bounds.top * (unit // bounds_unit)
    return Measured(figure, middle, _allowed(figure, middle, (least, most), (low, high)), unit)


def _count(equation: Equation, sightings: Sightings) -> Measured | None:
    """The measure of a plain sum in subunits; None for other forms.

    The same figures that `compute` gives, without intervals in between because most ties are sums.
    """
    whole = plain(equation, sightings.counts)
    if whole is None:
        return None
    printed, ends = whole.target[3], whole.target[:2]
    return Measured(printed, whole.centre, _allowed(printed, whole.centre, ends, (whole.low, whole.high)), SUBUNITS)


def _point(fact: Fact, value: Interval, sightings: Sightings) -> Interval:
    """The printed amount of a figure, or the nearest to it within what all its sightings allow."""
    counts = sightings.counts(fact)
    return exact(value.clamp(amount(fact))) if counts is None else counted(counts[2], counts[2], SUBUNITS)


def _centre(equation: Equation, values: list[Interval], bounds: Interval, sightings: Sightings) -> Fraction:
    """The figure computed from the printed digits, or from the nearest numbers that all sightings allow."""
    points = [_point(operand.fact, value, sightings) for operand, value in zip(equation.operands, values, strict=True)]
    made = compute(equation, points)
    return bounds.middle if made is None else made.low


def _allowed(printed: int, centre: int, target: tuple[int, int], bounds: tuple[int, int]) -> int:
    """The largest difference, on the side of the gap, that rounding explains; all in one unit."""
    if printed >= centre:
        return max(0, (bounds[1] - centre) + (printed - target[0]))
    return max(0, (centre - bounds[0]) + (target[1] - printed))


def reaches_first_digit(allowed: int, size: int, unit: int) -> bool:
    """Whether a difference is as large as one in the first digit of a positive size (both in `unit`-ths)."""
    if size >= unit:
        return bool(allowed >= 10 ** (len(str(size // unit)) - 1) * unit)
    while size < unit:
        size, allowed = size * 10, allowed * 10
    return allowed >= unit


def _tie(equation: Equation, measured: Measured) -> Tie:
    """The tie in units of the target's last scale."""
    unit, difference = measured.unit * equation.target.scale, measured.printed - measured.computed
    printed = Fraction(measured.printed, unit)
    # Most ties come out to the digit: then two of the four fractions need not be reduced again.
    computed, gap = (Fraction(measured.computed, unit), Fraction(difference, unit)) if difference else (printed, ZERO)
    allowed = _fraction_of(measured.allowed, unit)
    return Tie(
        equation.code, equation.name, equation.kind, equation.grade, equation.target, equation.operands,
        printed, computed, gap, allowed, measured.verdict, equation.formula,
    )  # fmt: skip


_fraction_of = lru_cache(maxsize=256)(Fraction)  # what rounding explains is the same for most ties


def siblings(equations: Sequence[Equation], sightings: Sightings) -> list[Equation]:
    """Identities between figures that break against the same target and agree with each other.

    Two sightings of 46,984 against one of 46,989 are a pair that agrees and a third that does not.
    """
    against: dict[Fact, list[Equation]] = {}
    for equation in equations:
        tie_like = len(equation.operands) == 1 and equation.operands[0].weight in (ONE, None)
        if tie_like and not sightings.own(equation.target).meets(sightings.own(equation.operands[0].fact)):
            against.setdefault(equation.target, []).append(equation)
    return [
        replaced(one, target=one.operands[0].fact, operands=other.operands)
        for group in against.values()
        for one, other in pairwise(group)
        if sightings.own(one.operands[0].fact).meets(sightings.own(other.operands[0].fact))
    ]


def _overlap(one: Interval, other: Interval) -> bool:
    """Whether two intervals have more than an end in common, or are one number."""
    return one.overlaps(other) or one == other


def joined(
    equations: list[Equation], sightings: Sightings
) -> tuple[dict[Spot, Interval], dict[Fact, tuple[Fact, ...]]]:
    """Join the sightings that identities connect: their common interval, by place, and the group of each figure.

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
            same_sign = operand.weight in (ONE, None)
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
) -> tuple[dict[Spot, Interval], dict[Fact, tuple[Fact, ...]]]:
    sharper: dict[Spot, Interval] = {}
    members: dict[Fact, tuple[Fact, ...]] = {}
    for facts in groups.values():
        common: Interval | None = sightings.own(facts[0])
        for fact in facts[1:]:
            common = common.meet(sightings.own(fact)) if common is not None else None
        if common is None:
            continue
        for fact in facts:
            sharper[fact.spot] = common
            members[fact] = tuple(facts)
    return sharper, members
