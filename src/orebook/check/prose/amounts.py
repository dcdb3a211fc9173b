"""What a number in a sentence allows a figure to be: printed digits, qualifiers, signs. Exact throughout."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from orebook.check.prose.context import Cue
from orebook.check.prose.index import span
from orebook.model.fact import Fact
from orebook.model.interval import NIL, Interval, counted

COUNTED = frozenset(("oz", "ton", "tonne", "lb", "kg", "shares"))
"""Quantities have no sign of their own: what a table takes off in brackets (`Depletion (223)`), a sentence tells without."""


def holds(cue: Cue, value: Interval) -> bool:
    """True where the interval of the figure allows what the sentence says.

    Two intervals that only touch do not do: 2.26 and 2.27 are two figures, though 2.265 might be printed as either.
    """
    number = cue.number.value
    if cue.qualifier == "over":
        return value.top * number.denominator >= number.numerator * value.unit
    if cue.qualifier == "under":
        return value.bottom * number.denominator <= number.numerator * value.unit
    if cue.qualifier == "about" or value.bottom == value.top:
        return value.meets(cue.heard)
    return value.overlaps(cue.heard)


def magnitude(fact: Fact) -> Interval:
    """The interval of a figure's magnitude."""
    return positive(span(fact))


def positive(value: Interval) -> Interval:
    """The interval of a number's magnitude."""
    if value.bottom >= 0:
        return value
    if value.top <= 0:
        return counted(-value.top, -value.bottom, value.unit)
    return counted(0, max(-value.bottom, value.top), value.unit)


def signed(facts: Iterable[tuple[int, Fact]]) -> Interval:
    """The interval of a signed sum of figures."""
    made = NIL
    for weight, fact in facts:
        made = made.plus(span(fact)) if weight > 0 else made.minus(span(fact))
    return made


def digits(cue: Cue) -> int:
    """How many significant digits are printed."""
    whole = _counted(cue)
    return len(str(whole).rstrip("0")) if whole else 1


def _counted(cue: Cue) -> int:
    """A number counted in units of its last printed digit."""
    value, under = cue.number.value.as_integer_ratio()
    step, per = cue.number.step.as_integer_ratio()
    return value * per // (under * step)


def slip(cue: Cue, amount: Fraction, least: int = 3) -> bool:
    """True where a number of `least` digits or more (from three on, trailing zeros not counted) is an amount but for one
    digit, or two digits in each other's place."""
    printed = str(_counted(cue))
    if len(printed) < least or (least > 2 and len(printed.rstrip("0")) < least):
        return False
    value, under = amount.as_integer_ratio()
    step, per = cue.number.step.as_integer_ratio()
    one = under * step
    meant = str((2 * abs(value) * per + one) // (2 * one))
    if len(meant) != len(printed):
        return False
    wrong = [place for place, (one, two) in enumerate(zip(printed, meant, strict=True)) if one != two]
    return len(wrong) == 1 or (len(wrong) == 2 and sorted(printed) == sorted(meant))


_LOSS = re.compile(r"\b(?:net|operating|pre-?tax)\s+loss(?:es)?\s+(?:of|was|were|totaled)\s+(?:\w+\s+){0,2}$")
_BOTH = re.compile(r"\b(?:income|earnings|profit)\b[^()]*\(loss(?:es)?\)")


def _of_other_sign(cue: Cue, fact: Fact) -> bool:
    """True where the sentence says a net loss, and the row, of income or loss, prints an income."""
    if fact.value is None or fact.value <= 0 or not _LOSS.search(cue.before[-40:].lower()):
        return False
    return bool(_BOTH.search(fact.row.label.lower()))


def signs(cue: Cue, fact: Fact) -> bool:
    """False where the sentence says negative and the figure is positive, or plainly the reverse."""
    if fact.value is None:
        return True
    if cue.number.unit == "M":
        return not _of_other_sign(cue, fact)
    if cue.number.unit in COUNTED:
        return True
    if cue.number.sign < 0:
        return fact.value < 0
    return fact.value >= 0 or cue.number.unit == "M/share" or "loss" in cue.before.lower()
