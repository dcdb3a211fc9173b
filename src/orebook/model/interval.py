"""Intervals: what a printed figure says about the number behind it.

A figure printed with d decimals stands for every number that rounds to it: the closed interval
`[v - 1/2*10^-d, v + 1/2*10^-d]`, times its scale (XBRL Calculations 1.1, round to nearest). A nil mark is
exact zero. All ends are exact; nothing here knows a tolerance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import lcm

from orebook.model.fact import Fact

Rational = Fraction | int

ZERO = Fraction(0)
WELL_WITHIN_PRECISION = 24  # digits; the decimal context keeps 28


class Interval:
    """The closed interval from `low` to `high`, in amounts (scale applied) unless said otherwise.

    Both ends are kept as whole numbers of one `unit`-th: intervals are made and added by the ten thousand, and
    fractions, which look for the common divisor at every step, are an order slower than whole numbers.
    """

    __slots__ = ("bottom", "top", "unit")

    def __init__(self, low: Rational, high: Rational) -> None:
        """From two fractions or whole numbers."""
        self.unit = low.denominator * high.denominator
        self.bottom = low.numerator * high.denominator
        self.top = high.numerator * low.denominator

    @property
    def low(self) -> Fraction:
        return Fraction(self.bottom, self.unit)

    @property
    def high(self) -> Fraction:
        return Fraction(self.top, self.unit)

    @property
    def width(self) -> Fraction:
        return Fraction(self.top - self.bottom, self.unit)

    @property
    def middle(self) -> Fraction:
        return Fraction(self.bottom + self.top, 2 * self.unit)

    def __iter__(self) -> Iterator[Fraction]:
        """The two ends, so that `low, high = interval`."""
        return iter((self.low, self.high))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Interval):
            return NotImplemented
        low, high = self.bottom * other.unit, self.top * other.unit
        return low == other.bottom * self.unit and high == other.top * self.unit

    def __hash__(self) -> int:
        return hash((self.low, self.high))

    def __repr__(self) -> str:
        return f"Interval({self.low}, {self.high})"

    def contains(self, number: Rational) -> bool:
        point, per = number.numerator * self.unit, number.denominator
        return self.bottom * per <= point <= self.top * per

    def holds_inside(self, other: Interval) -> bool:
        """Whether the middle of another, whatever its sign, lies between the ends."""
        middle, unit = abs(other.bottom + other.top) * self.unit, 2 * other.unit
        return self.bottom * unit < middle < self.top * unit

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        one, two = self.unit, other.unit
        return self.bottom * two <= other.top * one and other.bottom * one <= self.top * two

    def overlaps(self, other: Interval) -> bool:
        """Whether the two have more than an end in common."""
        one, two = self.unit, other.unit
        return self.bottom * two < other.top * one and other.bottom * one < self.top * two

    def meet(self, other: Interval) -> Interval | None:
        """What both say; None where they contradict each other."""
        bottoms, tops, unit = _aligned(self, other)
        bottom, top = max(bottoms), min(tops)
        return counted(bottom, top, unit) if bottom <= top else None

    def plus(self, other: Interval) -> Interval:
        (one, two), (three, four), unit = _aligned(self, other)
        return counted(one + two, three + four, unit)

    def minus(self, other: Interval) -> Interval:
        (one, two), (three, four), unit = _aligned(self, other)
        return counted(one - four, three - two, unit)

    def times(self, other: Interval) -> Interval:
        unit = self.unit * other.unit
        if self.bottom >= 0 and other.bottom >= 0:
            return counted(self.bottom * other.bottom, self.top * other.top, unit)
        a, b, c, d = self.bottom, self.top, other.bottom, other.top
        ends = (a * c, a * d, b * c, b * d)
        return counted(min(ends), max(ends), unit)

    def over(self, other: Interval) -> Interval | None:
        """The quotient; None (no bound) where the divisor may be zero."""
        low, high = other.bottom, other.top
        if low <= 0 <= high:
            return None
        return self.times(counted(low * other.unit, high * other.unit, low * high))

    def scaled(self, factor: Rational) -> Interval:
        times, per = factor.numerator, factor.denominator
        if times < 0:
            return counted(self.top * times, self.bottom * times, self.unit * per)
        return self if times == per == 1 else counted(self.bottom * times, self.top * times, self.unit * per)

    def multiples(self, one: Rational) -> range:
        """The whole numbers of `one` that lie within the interval."""
        below, per = self.bottom * one.denominator, self.unit * one.numerator
        return range(-(-below // per), self.top * one.denominator // per + 1)

    def clamp(self, number: Fraction) -> Fraction:
        """The number of the interval that is nearest to `number`."""
        point, per = number.numerator * self.unit, number.denominator
        if point < self.bottom * per:
            return self.low
        return self.high if point > self.top * per else number


def counted(bottom: int, top: int, unit: int) -> Interval:
    """The interval from `bottom` to `top`, both in `unit`-ths (`unit` above zero)."""
    made = Interval.__new__(Interval)
    made.bottom, made.top, made.unit = bottom, top, unit
    return made


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of intervals; exact zero where there is none."""
    bottom, top, unit = 0, 0, 1
    for part in parts:
        if part.unit != unit:
            common = lcm(unit, part.unit)
            bottom, top, unit = bottom * (common // unit), top * (common // unit), common
            times = common // part.unit
            bottom, top = bottom + part.bottom * times, top + part.top * times
        else:
            bottom, top = bottom + part.bottom, top + part.top
    return counted(bottom, top, unit)


def _aligned(one: Interval, other: Interval) -> tuple[tuple[int, int], tuple[int, int], int]:
    """The lower ends and the upper ends of two intervals in one unit."""
    unit, another = one.unit, other.unit
    if unit == another:
        return (one.bottom, other.bottom), (one.top, other.top), unit
    if unit % another == 0:
        times = unit // another
        return (one.bottom, other.bottom * times), (one.top, other.top * times), unit
    if another % unit == 0:
        times = another // unit
        return (one.bottom * times, other.bottom), (one.top * times, other.top), another
    bottoms, tops = (one.bottom * another, other.bottom * unit), (one.top * another, other.top * unit)
    return bottoms, tops, unit * another


NIL = Interval(0, 0)


def exact(number: Rational) -> Interval:
    """A number known without rounding."""
    return counted(number.numerator, number.numerator, number.denominator)


def rounded(value: Fraction, decimals: int, scale: int = 1) -> Interval:
    """The interval of `value` printed with `decimals` decimals (negative: rounded left of the point)."""
    half = Fraction(scale, 2 * 10**decimals) if decimals >= 0 else Fraction(scale * 10**-decimals, 2)
    amount = value * scale
    return Interval(amount - half, amount + half)


def of_fact(fact: Fact) -> Interval:
    """The amounts (scale applied) that a printed figure may stand for; a nil mark is exact zero."""
    if fact.value is None:
        return NIL
    twice, unit = _halves(fact.value, fact.decimals)
    return counted((twice - 1) * fact.scale, (twice + 1) * fact.scale, unit)


def rounding(fact: Fact) -> Interval:
    """By how much the number behind a printed figure may differ from it: half a unit of its last digit either way."""
    if fact.value is None:
        return NIL
    return counted(-fact.scale, fact.scale, 2 * 10**fact.decimals)


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
