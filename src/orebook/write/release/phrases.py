"""Figures and periods put into words: `$12.4 million`, `negative $4.91`, `10 cents`, `third quarter of 2007`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from orebook.model.fact import Fact
from orebook.model.period import MONTHS, Period
from orebook.write.words import COUNTS, ONE, UNITS

ORDINALS = ("", "first", "second", "third", "fourth")
SIZES = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
OPTIONS = (*SIZES, "cents", "size", "plain", "capitals", "no decimals", "1 decimal", "2 decimals")


def rounded(value: Fraction, places: int) -> str:
    """`value` with commas and `places` decimals; half a unit of the last one goes away from zero."""
    shifted = abs(value) * 10**places
    whole = int(shifted + Fraction(1, 2))
    left, right = divmod(whole, 10**places)
    text = f"{left:,}" + (f".{right:0{places}}" if places else "")
    return f"-{text}" if value < 0 and whole else text


def places_in(options: Sequence[str], otherwise: int) -> int:
    """The decimals that the options ask for."""
    for option in options:
        if option.endswith(("decimal", "decimals")):
            count = option.split(" ")[0]
            return 0 if count == "no" else int(count)
    return otherwise


def figure_words(value: Fraction, fact: Fact, options: Sequence[str]) -> str:
    """An amount in the unit of `fact`, as the options ask.

    Without options it has the digits that the table prints. A value below zero is said to be negative, unless
    the option `size` leaves that to the words around it.
    """
    sign = "negative " if value < 0 and "size" not in options else ""
    size = next((option for option in options if option in SIZES), "")
    value = abs(value)
    if "cents" in options:
        count = rounded(value * 100, places_in(options, max(0, fact.decimals - 2)))
        return f"{sign}{count} {'cent' if count == '1' else 'cents'}"
    if size:
        number = f"{rounded(value / SIZES[size], places_in(options, 1))} {size}"
    else:
        number = rounded(value, places_in(options, fact.decimals if fact.scale == 1 else 0))
    return sign + _with_unit(number, fact.unit, plain="plain" in options)


def _with_unit(number: str, unit: str, *, plain: bool) -> str:
    many, _, _ = unit.partition("/")
    if many == "USD":
        return f"${number}"
    if many == "cents":
        return f"{number} {'cent' if number == '1' else 'cents'}"
    if unit == "%":
        return f"{number}%"
    if plain or many == "pure" or "/" in unit:
        return number
    if len(many) == 3 and many.isupper():
        return f"{many} {number}"
    return f"{number} {ONE.get(many, many) if number == '1' else UNITS.get(many, many)}"


def percent_words(value: Fraction, options: Sequence[str]) -> str:
    """A share as a percentage: `46%`."""
    return f"{rounded(value * 100, places_in(options, 0))}%"


def date_words(period: Period) -> str:
    """`September 30, 2007`."""
    return f"{MONTHS[period.end.month - 1]} {period.end.day}, {period.end.year}"


def period_words(period: Period, first_month: int = 1) -> str:
    """`third quarter of 2007`, `first nine months of 2007`, `year 2007`, for a year that begins in `first_month`."""
    months = period.months or 0
    passed = (period.end.month - first_month) % 12 + 1
    if months == 3 and passed % 3 == 0:
        return f"{ORDINALS[passed // 3]} quarter of {period.end.year}"
    if months == 12:
        return f"year {period.end.year}" if passed == 12 else f"year ended {date_words(period)}"
    count = COUNTS[months] if months < len(COUNTS) else str(months)
    return (
        f"first {count} months of {period.end.year}"
        if months == passed
        else f"{count} months ended {date_words(period)}"
    )
