"""Numbers that a sentence itself supports: one measure in two units, and a product spelled out."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from orebook.check.prose import amounts
from orebook.check.prose.context import Cue
from orebook.check.prose.outcome import Outcome, verdict
from orebook.lexicon import load
from orebook.model.interval import Interval

_BRIDGE = re.compile(r"^[^.;]{0,40}?\(\s*(?:or\s+|about\s+|approximately\s+)?$|^[\s\w]{0,30},\s*or\s+$", re.IGNORECASE)
_LEADING = re.compile(r",\s*or\s|\bfor\b|\bcontain\w*|\btotal\w*", re.IGNORECASE)


@cache
def _per() -> dict[tuple[str, str], Fraction]:
    return {(entry["from"], entry["to"]): Fraction(entry["per"]) for entry in load("prose")["conversion"]}


def converted(cue: Cue, before: Cue | None, gap: str) -> Outcome | None:
    """`51.5 grams per tonne (1.50 ounces per ton)`: the number before it in another unit."""
    if before is None:
        return None
    units = (_unit(before), _unit(cue))
    per = _per()
    rate = per.get(units) or per.get(units[::-1])
    if rate is None or not _BRIDGE.match(gap):
        return None
    factor = 1 / rate if units in per else rate
    half = before.number.step / 2
    value = Interval((before.number.value - half) * factor, (before.number.value + half) * factor)
    computed = before.number.value * factor
    sign = "/" if units in per else "*"
    formula = f"{before.number.text} {sign} {_plain(rate)} ({units[0]} to {units[1]})"
    return Outcome(
        "unit-conversion", (), computed, verdict(amounts.holds(cue, value), cue.number.value, computed), formula
    )


def _unit(cue: Cue) -> str:
    return cue.number.unit.removesuffix("s") if cue.number.unit == "miles" else cue.number.unit


def _plain(value: Fraction) -> str:
    whole, rest = divmod(value, 1)
    return str(whole) if not rest else f"{whole}.{str(int(rest * 10**8)).rjust(8, '0').rstrip('0')}"


def product(cue: Cue, earlier: tuple[Cue, ...], gap: str) -> Outcome | None:
    """`1.64 million tons at 0.356 ounce per ton, or nearly 600,000 ounces`: the two numbers before it multiplied."""
    if len(earlier) < 2 or cue.number.unit != "oz" or earlier[-1].number.unit != "oz/ton":
        return None
    one, two = earlier[-2:]
    if one.number.unit != "ton" or not _LEADING.search(gap + cue.after):
        return None
    halves = one.number.step / 2, two.number.step / 2
    low = (one.number.value - halves[0]) * (two.number.value - halves[1])
    high = (one.number.value + halves[0]) * (two.number.value + halves[1])
    computed = one.number.value * two.number.value
    good = amounts.holds(cue, Interval(low, high))
    return (
        Outcome(
            "unit-conversion",
            (),
            computed,
            verdict(good, cue.number.value, computed),
            f"{one.number.text} * {two.number.text}",
        )
        if good
        else None
    )
