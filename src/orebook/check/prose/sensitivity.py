"""`A 50 cent increase per pound in the price of lead over a year could have a $20 million impact`: re-performed.

A year's production at the present rate, in the unit of the price, times the change of the price. Payable
percentages are not printed, so only the order of magnitude is checked: the trailing zeros of the amount are
not taken as meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, size
from orebook.check.prose.manner import CHANGE
from orebook.check.prose.numbers import MONEY
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.words import vocabulary
from orebook.model.fact import Fact
from orebook.model.interval import Interval

_EFFECT = re.compile(r"\b(?:impact|effect|change|increase|difference|add|benefit)\b", re.IGNORECASE)
_POUNDS = {"ton": Fraction(2000), "tonne": Fraction("2204.62262"), "lb": Fraction(1)}
_PER_OUNCE = {"oz": Fraction(1)}


def impact(cue: Cue, earlier: Sequence[Cue], text: str, index: Index) -> Outcome | None:
    """The amount that a change of a metal's price makes in a year."""
    if cue.number.unit != "M" or not cue.ahead or not _EFFECT.search(cue.after) or "price" not in cue.around:
        return None
    metals = cue.strong & vocabulary().groups[0][0]
    steps = [other for other in earlier if other.number.kind == MONEY and other.role == CHANGE]
    if len(metals) != 1 or len(steps) != 1:
        return None
    per = _PER_OUNCE if re.search(r"per\s+ounce", text, re.IGNORECASE) else _POUNDS
    tried = [
        (Fraction(12 * each, period.months) * size(fact) * steps[0].number.value, each, period.months, fact)
        for unit, each in per.items()
        for line in index.naming(unit, metals)
        if not line.names
        for period, fact in line.facts.items()
        if period.months and period.end == index.calendar.end and fact.value is not None
    ]
    for made, each, months, fact in tried:
        if _heard(cue).contains(made):
            return _outcome(cue, steps[0], made, each, months, fact, good=True)
    most = max(tried, key=lambda entry: entry[0], default=None)
    if most is not None and _heard(cue).low > most[0]:
        return _outcome(cue, steps[0], *most, good=False)
    return None


def _outcome(cue: Cue, step: Cue, made: Fraction, each: Fraction, months: int, fact: Fact, *, good: bool) -> Outcome:
    formula = f"{name(fact)} * 12 / {months} * {each} * {step.number.text}"
    trace = _TRACE if good else "more than the whole of a year's production at its present rate would bring"
    return Outcome("change", (fact,), made, verdict(good, cue.number.value, made), formula, (trace,))


_TRACE = "a year at the present rate of production; order of magnitude only, as payable percentages are not printed"


def _heard(cue: Cue) -> Interval:
    half = cue.number.coarse / 2
    return Interval(cue.number.value - half, cue.number.value + half)
