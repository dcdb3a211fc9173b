"""The moments that labels name: `Cash, end of period`, `Balance at January 1`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from orebook.book.captions import scale_in
from orebook.book.periods import read_words
from orebook.book.stated import stated_unit
from orebook.book.wording import holds, words
from orebook.model.period import MONTHS, Period

# What is counted at the ends of a period: `Beginning backlog`, `Ending units in service`.
_COUNTED = frozenset((
    "backlog", "inventory", "inventories", "units", "stores", "customers", "subscribers", "headcount", "restaurants", "lots",
    "locations", "members", "fleet", "employees", "homes", "contracts", "orders",
))  # fmt: skip
_ENDS = {"beginning": "start", "opening": "start", "ending": "end"}
_AT_END = re.compile(
    r"\bat\s+(?:the\s+)?end\s+of\b|\bend\s+of\s+(?:the\s+)?(?:period|year|quarter)\b|\b(?:period|year|quarter)[- ]end\b|,\s*end(?:ing)?\b|\b(?:ending|closing) balances?\b",
    re.IGNORECASE,
)
_BALANCE_OF = re.compile(
    r"(?:cash|balance)\b|(?:[a-z]+ )?assets(?:, | )(?:at|as of)\b|.* [-–—] [a-z]+ \d{1,2}$", re.IGNORECASE
)
_MOMENT = re.compile(r"[Ee]nd|END|[Bb]eginning|BEGINNING|start|pening|PENING|losing|LOSING")
_AT_START = re.compile(
    r"\bat\s+(?:the\s+)?beginning\s+of\b|\bbeginning\s+of\s+(?:the\s+)?(?:period|year|quarter)\b|,\s*beginning\b|\b(?:beginning|opening) balances?\b|\bat start of\b",
    re.IGNORECASE,
)


@lru_cache(4096)
def moment_in(label: str) -> str:
    """The moment of its column's period that a label names: `end`, `start`, or "" for none."""
    if not _MOMENT.search(label):
        return ""
    said = label.lower().split(maxsplit=2)
    if len(said) > 1 and said[1] in _COUNTED and said[0] in _ENDS:
        return _ENDS[said[0]]
    if _AT_END.search(label):
        return "end"
    return "start" if _AT_START.search(label) else ""


@lru_cache(1024)
def closes_over(heading: str) -> bool:
    """Whether a heading says that what stands under it is counted at the end of the column's period: `Customers at end of
    period`."""
    return bool(_MOMENT.search(heading) and re.search(_AT_THE_END, heading))


# Few headings say so: the pattern is made where one may.
_AT_THE_END = (
    r"(?i)\S[, (]+(?:at )?(?:the )?(?:end of (?:the )?(?:period|year|quarter)|(?:period|year|quarter)[- ]end)\)?$"
)


@lru_cache(4096)
def day_of_balance(label: str) -> tuple[int, int] | None:
    """Month and day of `Cash, January 1`, `Balance at March 31` and `Cash at 30 September`, without a year."""
    if not _BALANCE_OF.match(label) or not (label[-1:].isdigit() or label.rpartition(" ")[2] in MONTHS):
        return None
    reading = read_words(label)
    return (reading.month, reading.day) if reading.month and reading.day and not reading.year else None


def day_under(label: str, heading: str) -> tuple[int, int] | None:
    """Month and day of a row that is a day of the year and nothing else, under a heading that ends in `at` or `as of`."""
    if not heading.endswith((" at", " as of")) or not is_day(label):
        return None
    reading = read_words(label)
    return (reading.month, reading.day) if reading.month and reading.day else None


def is_day(label: str) -> bool:
    """Whether a label is a day of the year and nothing else: `March 31`."""
    month, _, day = label.partition(" ")
    return day.isdecimal() and month in MONTHS


def moment_of(day: tuple[int, int], period: Period) -> str:
    """Whether a day of the year is the `end` or the `start` of a period; "" for neither."""
    if period.months is None:
        return ""
    if (period.end.month, period.end.day) == day:
        return "end"
    opening = period.opening().end
    first = opening + timedelta(days=1)
    return "start" if day in ((opening.month, opening.day), (first.month, first.day)) else ""


def tells_balances(labels: Iterable[str]) -> bool:
    """Whether a table that is no statement prints balances among its flows."""
    return any(map(names_balance, labels))


def names_balance(label: str) -> bool:
    """Whether a label is that of a balance, with a bracket that says what it counts or without: `Long-term debt ($ millions)`."""
    known, low = words().balances, label.lower()
    if low in known or low[-1:] != ")":
        return low in known
    before, _, bracket = low.rpartition(" (")
    return before in known and bool(scale_in(bracket) or stated_unit(f"({bracket}"))


def is_balance(label: str, headings: tuple[str, ...]) -> bool:
    """Whether a row among flows names a balance, or stands under a heading that does (`Balance Sheet Data`); `Long-term
    debt` under `Interest charges` names what it cost."""
    if names_balance(label):
        return not any(holds(words().over_flows, heading) for heading in headings)
    return any(holds(words().over_balances, heading) for heading in headings)
