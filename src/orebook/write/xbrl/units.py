"""The unit of a figure as XBRL writes it: measures over measures, and what its value is divided by to count in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from orebook.model.fact import Fact
from orebook.model.named import NamedTuple

ISO4217 = "http://www.xbrl.org/2003/iso4217"
XBRLI = "http://www.xbrl.org/2003/instance"
UTR = "http://www.xbrl.org/2009/utr"
OWN = "https://orebook.example/xbrl/units"
"""Measures that no registry has."""

MONEY, SHARES, PER_SHARE, MASS, PERCENT, PURE, RATE = "money", "shares", "per share", "mass", "percent", "pure", "rate"
ADDITIVE = frozenset((MONEY, SHARES, PER_SHARE, MASS))
"""Kinds of figures of which a dash says that there was none of it; of a price or a rate it says that there is no such."""

_CENTS = "cents"
_CURRENCY = re.compile(r"[A-Z]{3}$")
_NAME = re.compile(r"[A-Za-z][A-Za-z_]*$")
# The ounces of precious metals are troy ounces; the tons of the registry are short ones, its tonnes metric.
_REGISTERED = {"oz": "ozt", "ton": "T", "tonne": "t", "t": "t", "kg": "kg", "g": "g", "lb": "lb", "m": "m", "ft": "ft"}
_MASSES = frozenset(("oz", "ton", "tonne", "t", "kg", "g", "lb"))


class Measure(NamedTuple):
    """A measure: the name space that defines it, and its name there."""

    space: str
    name: str


class Unit(NamedTuple):
    """What a figure counts in. `kind` is one of the kinds above, `places` by how many the decimal point moves to the
    left when a printed number is stated in it (2 for per cents and cents)."""

    name: str
    kind: str
    above: Measure
    below: Measure | None = None
    places: int = 0


def currency_of(facts: Iterable[Fact]) -> str:
    """The one currency that a book's money is in, of which its cents are; "" where there is none, or several."""
    found = {part for fact in facts for part in fact.unit.split("/")[:1] if _CURRENCY.match(part)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1024)
def unit_of(unit: str, currency: str) -> Unit | None:
    """A unit of the records (`USD/oz`, `%`, `cents/lb`); None where XBRL has no way to say it.

    `currency` is what cents are of, "" where nobody knows.
    """
    top, stroke, bottom = unit.partition("/")
    if unit == "%":
        return Unit("pure", PERCENT, Measure(XBRLI, "pure"), places=2)
    places = 2 if top == _CENTS else 0
    top = currency if top == _CENTS else top
    above = _measure(top)
    below = _measure("shares" if bottom == "share" else bottom) if stroke else None
    if above is None or (stroke and below is None):
        return None
    name = f"{above.name}_per_{below.name}" if below else above.name
    return Unit(name, _kind(top, bottom), above, below, places)


def _measure(name: str) -> Measure | None:
    if name in ("shares", "pure"):
        return Measure(XBRLI, name)
    if name in _REGISTERED:
        return Measure(UTR, _REGISTERED[name])
    if _CURRENCY.match(name):
        return Measure(ISO4217, name)
    return Measure(OWN, name) if _NAME.match(name) else None


def _kind(top: str, bottom: str) -> str:
    if bottom:
        return PER_SHARE if bottom == "share" and _CURRENCY.match(top) else RATE
    if top in ("shares", "pure"):
        return SHARES if top == "shares" else PURE
    return MONEY if _CURRENCY.match(top) else MASS if top in _MASSES else RATE
