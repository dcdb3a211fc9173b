"""What a number in a sentence allows a figure to be: printed digits, qualifiers, signs. Exact throughout."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from orebook.check.prose.context import Cue
from orebook.check.prose.index import span
from orebook.model.fact import Fact
from orebook.model.interval import Interval


def holds(cue: Cue, value: Interval) -> bool:
    """True where the interval of the figure allows what the sentence says.

    Two intervals that only touch do not do: 2.26 and 2.27 are two figures, though 2.265 might be printed as either.
    """
    said = cue.heard
    if cue.qualifier == "over":
        return value.high >= cue.number.value
    if cue.qualifier == "under":
        return value.low <= cue.number.value
    if cue.qualifier == "about" or value.low == value.high:
        return value.low <= said.high and said.low <= value.high
    return value.low < said.high and said.low < value.high


def magnitude(fact: Fact) -> Interval:
    """The interval of a figure's magnitude."""
    value = span(fact)
    return (
        value
        if value.low >= 0
        else Interval(-value.high, -value.low)
        if value.high <= 0
        else Interval(Fraction(0), max(-value.low, value.high))
    )


def signed(facts: Iterable[tuple[int, Fact]]) -> Interval:
    """The interval of a signed sum of figures."""
    low = high = Fraction(0)
    for weight, fact in facts:
        part = span(fact).scaled(Fraction(weight))
        low, high = low + part.low, high + part.high
    return Interval(low, high)


def digits(cue: Cue) -> int:
    """How many significant digits are printed."""
    whole = int(cue.number.value / cue.number.step)
    return len(str(whole).rstrip("0")) if whole else 1


def signs(cue: Cue, fact: Fact) -> bool:
    """False where the sentence says negative and the figure is positive, or plainly the reverse."""
    if fact.value is None or cue.number.unit == "M":
        return True
    if cue.number.sign < 0:
        return fact.value < 0
    return fact.value >= 0 or cue.number.unit == "M/share" or "loss" in cue.before.lower()
