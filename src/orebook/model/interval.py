"""Intervals: what a printed figure says about the number behind it.

A figure printed with d decimals stands for every number that rounds to it: the closed interval
`[v - 1/2*10^-d, v + 1/2*10^-d]`, times its scale (XBRL Calculations 1.1, round to nearest). A nil mark is
exact zero. All ends are exact fractions; nothing here knows a tolerance.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from orebook.model.fact import Fact

HALF = Fraction(1, 2)
ZERO = Fraction(0)
WELL_WITHIN_PRECISION = 24  # digits; the decimal context keeps 28


class Interval(NamedTuple):
    """The closed interval from `low` to `high`, in amounts (scale applied) unless said otherwise."""

    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        return self.high - self.low

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

    def contains(self, number: Fraction) -> bool:
        return self.low <= number <= self.high

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def meet(self, other: Interval) -> Interval | None:
        """What both say; None where they contradict each other."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def plus(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, other: Interval) -> Interval:
        if self.low >= 0 and other.low >= 0:
            return Interval(self.low * other.low, self.high * other.high)
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """The quotient; None (no bound) where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        if self.low >= 0 and other.low > 0:
            return Interval(self.low / other.high, self.high / other.low)
        return self.times(Interval(1 / other.high, 1 / other.low))

    def scaled(self, factor: Fraction) -> Interval:
        if factor == 1:
            return self
        if factor == -1:
            return Interval(-self.high, -self.low)
        ends = (self.low * factor, self.high * factor)
        return Interval(*ends) if factor >= 0 else Interval(*reversed(ends))

    def clamp(self, number: Fraction) -> Fraction:
        """The number of the interval that is nearest to `number`."""
        return min(max(number, self.low), self.high)


NIL = Interval(ZERO, ZERO)


def exact(number: Fraction) -> Interval:
    """A number known without rounding."""
    return Interval(number, number)


def rounded(value: Fraction, decimals: int, scale: int = 1) -> Interval:
    """The interval of `value` printed with `decimals` decimals (negative: rounded left of the point)."""
    half = HALF * scale * (Fraction(1, 10**decimals) if decimals >= 0 else Fraction(10**-decimals))
    amount = value * scale
    return Interval(amount - half, amount + half)


def of_fact(fact: Fact) -> Interval:
    """The amounts (scale applied) that a printed figure may stand for; a nil mark is exact zero."""
    if fact.value is None:
        return NIL
    twice, unit = _halves(fact.value, fact.decimals)
    return Interval(Fraction((twice - 1) * fact.scale, unit), Fraction((twice + 1) * fact.scale, unit))


def amount(fact: Fact) -> Fraction:
    """The printed amount as a fraction."""
    if fact.value is None:
        return ZERO
    twice, unit = _halves(fact.value, fact.decimals)
    return Fraction(twice * fact.scale, unit)


def _halves(value: Decimal, decimals: int) -> tuple[int, int]:
    """A printed figure counted in halves of its last printed digit, and how many of those make one.

    Whole numbers throughout: intervals are made for every figure of a book, and fractions are slow to add.
    """
    unit = 2 * 10**decimals
    if value.adjusted() + decimals < WELL_WITHIN_PRECISION:
        return int(2 * value.scaleb(decimals)), unit
    return int(Fraction(value) * unit), unit
