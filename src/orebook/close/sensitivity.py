"""What a metal's price means to a company, from the production that a release prints.

A release states tons produced, which is metal contained in concentrate; what is paid for is less. Both are
given, side by side with what the release itself says of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from orebook.measures.smelter_terms import TYPICAL_PAYABLE
from orebook.measures.units import CONSTANTS
from orebook.model.book import Book, Paragraph
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period

_PER_POUND = {"ton": CONSTANTS["pounds_per_ton"][0], "tonne": CONSTANTS["pounds_per_tonne"][0], "lb": Fraction(1)}
_STEP = re.compile(
    r"(?:(?P<cents>\d+(?:\.\d+)?)[\s-]+cents?|\$(?P<dollars>\d+\.\d+)(?!\d|\s+[mb]illion))", re.IGNORECASE
)
_WORTH = re.compile(r"\$(?P<number>\d+(?:\.\d+)?)\s+(?P<size>million|billion)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z)][.;])\s+")


class Unit(NamedTuple):
    """A mine's part: its production in the period, and what the step does to its primary metal's unit cost."""

    entity: str
    produced: Fraction
    cost_per_ounce: Fraction | None
    facts: tuple[Fact, ...]


class Sensitivity(NamedTuple):
    """The worth of a step in a metal's price over a year, at the production of `period`.

    `contained` counts all metal produced, `paid` the part that smelters usually pay for. `unit` is that of
    the production.
    """

    metal: str
    step: Fraction
    period: Period
    produced: Fraction
    unit: str
    contained: Fraction
    paid: Fraction
    payable: Fraction
    units: tuple[Unit, ...]


class Statement(NamedTuple):
    """What a release itself says: a step of the price in dollars, its worth in dollars, and the line."""

    metal: str
    step: Fraction
    worth: Fraction
    line: int


def sensitivities(book: Book, metal: str, step: Fraction, payable: Fraction | None = None) -> tuple[Sensitivity, ...]:
    """The worth of `step` dollars (per pound, or per ounce) for each period that the release prints production
    of the latest year for; shortest period first. Empty where it prints none."""
    facts = _production(book, metal)
    latest = max((fact.period.end for fact in facts if fact.period), default=None)
    periods = {fact.period for fact in facts if fact.period and fact.period.months and fact.period.end == latest}
    part = TYPICAL_PAYABLE.get(metal, Fraction(1)) if payable is None else payable
    made = []
    for period in sorted(periods, key=lambda at: at.months or 0):
        of_period = [fact for fact in facts if fact.period == period]
        made.append(_sensitivity(book, of_period, period, (metal, step, part)))
    return tuple(made)


def _sensitivity(book: Book, facts: list[Fact], period: Period, terms: tuple[str, Fraction, Fraction]) -> Sensitivity:
    metal, step, part = terms
    unit = facts[0].unit
    produced = sum((Fraction(fact.amount) for fact in facts), Fraction(0))
    year = Fraction(12, period.months or 12)
    worth = produced * _PER_POUND.get(unit, Fraction(1)) * step * year
    units = tuple(_unit(book, fact, period, metal, step * part) for fact in facts if fact.entity)
    return Sensitivity(metal, step, period, produced, unit, worth, worth * part, part, units)


def _unit(book: Book, fact: Fact, period: Period, metal: str, paid: Fraction) -> Unit:
    """A by-product's price moves the unit cost of the metal that the mine costs its ounces in."""
    primary = _primary(book, fact)
    ounces = [
        other
        for other in book.facts
        if primary and other.entity == fact.entity and other.period == period and _produces(other, primary)
    ]
    produced = Fraction(fact.amount)
    if not ounces or primary == metal or not ounces[0].amount:
        return Unit(fact.entity or "", produced, None, (fact,))
    credit = produced * _PER_POUND.get(fact.unit, Fraction(1)) * paid
    return Unit(fact.entity or "", produced, -credit / Fraction(ounces[0].amount), (fact, ounces[0]))


def _primary(book: Book, fact: Fact) -> str:
    """The metal over whose ounces the block of a mine prints its cost."""
    for other in book.facts:
        if other.entity == fact.entity and other.table == fact.table:
            for heading in (*other.heading, other.label):
                found = re.search(r"per ounce of (\w+)", heading, re.IGNORECASE)
                if found:
                    return found[1].lower()
    return ""


def _production(book: Book, metal: str) -> list[Fact]:
    """The production of a metal by mine; where no mine prints it, the company's totals."""
    found = [fact for fact in book.facts if _produces(fact, metal)]
    by_mine = _once(fact for fact in found if fact.entity)
    return by_mine or _once(fact for fact in book.facts if _is_total(fact, metal))


def _produces(fact: Fact, metal: str) -> bool:
    return (
        fact.unit in {"ton", "tonne", "lb", "oz"}
        and re.match(rf"{metal}\s+produced\b", fact.label, re.IGNORECASE) is not None
    )


def _is_total(fact: Fact, metal: str) -> bool:
    return (
        fact.unit in {"ton", "tonne", "lb", "oz"}
        and re.match(rf"{metal}\s*-\s*\w+", fact.label, re.IGNORECASE) is not None
    )


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """One figure a mine and period: the first that is printed."""
    made: dict[tuple[str | None, Period | None], Fact] = {}
    for fact in facts:
        made.setdefault((fact.entity, fact.period), fact)
    return list(made.values())


def statements(book: Book, metal: str) -> tuple[Statement, ...]:
    """What the release says of the worth of a step in the metal's price."""
    made = []
    for paragraph in book.prose:
        text = " ".join(" ".join(book.lines[paragraph.first - 1 : paragraph.last]).split())
        for sentence in _SENTENCE.split(text):
            step, worth = _STEP.search(sentence), _WORTH.search(sentence)
            if step and worth and re.search(rf"price of {metal}|{metal} price", sentence, re.IGNORECASE):
                size = 10**9 if worth["size"].lower() == "billion" else 10**6
                dollars = Fraction(step["cents"]) / 100 if step["cents"] else Fraction(step["dollars"])
                made.append(
                    Statement(metal, dollars, Fraction(worth["number"]) * size, _line(book, worth[0], paragraph))
                )
    return tuple(made)


def _line(book: Book, printed: str, paragraph: Paragraph) -> int:
    """The line of the paragraph on which a figure stands, its first line where the figure is broken."""
    lines = range(paragraph.first, paragraph.last + 1)
    return next((line for line in lines if printed in book.lines[line - 1]), paragraph.first)
