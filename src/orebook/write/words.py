"""What a person calls things: periods, units, scales and the path of a figure, in words.

Everything that is shown goes through `visible`, so that no control character of a filing reaches a reader's
eye or terminal as anything but an escape.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from orebook.model.fact import Column, Fact, Row
from orebook.model.period import MONTHS, Period
from orebook.write.number import plain

if TYPE_CHECKING:
    from fractions import Fraction

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SCALES = {1: "", 1000: "thousand", 1_000_000: "million", 1_000_000_000: "billion"}
UNITS = {
    "USD": "US dollars",
    "oz": "ounces",
    "ton": "tons",
    "tonne": "tonnes",
    "lb": "pounds",
    "cents": "cents",
    "g": "grams",
    "t": "tonne",
    "shares": "shares",
    "days": "days",
    "%": "percent",
    "pure": "number",
}
ONE = {"oz": "ounce", "ton": "ton", "tonne": "tonne", "lb": "pound", "share": "share", "t": "tonne"}

# Control characters, zero-width characters, line separators, everything that turns the writing direction,
# halves of surrogate pairs, and what is no character at all (a workbook that holds it cannot be opened). A tab stays:
# filings lay tables out with it.
_HIDDEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """`text` with each control or direction character shown as an escape: `‹U+202E›`."""
    return _HIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return f"‹U+{ord(match.group()):04X}›"


def day(period: Period) -> str:
    """The day on which a period ends: "30 September 2007"."""
    end = period.end
    return f"{end.day} {MONTHS[end.month - 1]} {end.year}"


def period_words(period: Period | None) -> str:
    """A period as one says it: "three months to 30 September 2007", "at 31 December 2006"."""
    if period is None:
        return ""
    if period.months is None:
        return f"at {day(period)}"
    if period.weeks is not None:
        return f"{period.weeks} weeks to {day(period)}"
    if period.months == 12:
        return f"year to {day(period)}"
    if period.months == 1:
        return f"month to {day(period)}"
    count = COUNTS[period.months] if period.months < len(COUNTS) else str(period.months)
    return f"{count} months to {day(period)}"


def unit_words(unit: str, scale: int = 1) -> str:
    """A unit with its scale as one says it: "thousand US dollars", "US dollars per ounce"."""
    many, _, per = unit.partition("/")
    name = UNITS.get(many, visible(many))
    if per:
        name = f"{name} per {ONE.get(per, visible(per))}"
    size = SCALES.get(scale, str(scale))
    return f"{size} {name}" if size else name


def grouped(value: Decimal | Fraction | int | None, decimals: int = 0) -> str:
    """A number in plain digits with commas between thousands and at least `decimals` decimals; "nil" for None."""
    text = plain(value)
    if text is None:
        return "nil"
    whole, _, part = text.lstrip("-").partition(".")
    part = part.ljust(decimals, "0")
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{int(whole or '0'):,}{'.' if part else ''}{part}"


def path(fact: Fact) -> tuple[str, ...]:
    """What a figure stands under and is called, outermost first: table, mine, headings, label."""
    row = fact.row
    steps = (fact.table.title, row.entity or "", *row.heading, row.label)
    return tuple(visible(step) for step in steps if step)


def row_name(row: Row) -> str:
    """The shortest name of a row that tells it from its neighbours: its label, else the heading over it."""
    return visible(row.label or (f"{row.heading[-1]} (total)" if row.heading else "(no label)"))


def column_name(column: Column) -> str:
    """The printed heading of a column, else its period."""
    return visible(column.heading) or period_words(column.period)


def place(fact: Fact) -> str:
    """The name of a figure's place, as deep links write it: `L284C67`."""
    return f"L{fact.spot.line}C{fact.spot.start}"


def short_name(name: str) -> str:
    """A document's name without its folders."""
    return visible(name.replace("\\", "/").rpartition("/")[2] or name)
