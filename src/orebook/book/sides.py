"""Columns in metric units and rand beside columns in imperial units and dollars, as South African reports print them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orebook.book.captions import scale_in
from orebook.book.stated import two_units
from orebook.model.fact import Column, Fact
from orebook.model.slotted import replaced

_SIDES = ("etric", "mperial")
_CURRENCIES = (("rand", "ZAR"), ("dollar", "USD"))
_RULE = "unit.side-of-the-table"


def with_sides(facts: list[Fact], columns: Iterable[Column]) -> list[Fact]:
    """The figures of a table, each in the unit that its row's label states for its side, or in the side's currency."""
    sides = _sides_of(columns)
    return [_on_its_side(fact, *sides[fact.column.number]) for fact in facts] if sides else facts


def _sides_of(columns: Iterable[Column]) -> Mapping[int, tuple[int, str]]:
    """For each column its side (0 metric, 1 imperial) and the currency that its heading names; empty where the headings
    do not tell a side of every column, and both sides."""
    made: dict[int, tuple[int, str]] = {}
    for column in columns:
        side = next((at for at, word in enumerate(_SIDES) if word in column.heading), None)
        if side is None:
            return {}
        low = column.heading.lower()
        made[column.number] = side, next((code for word, code in _CURRENCIES if word in low), "")
    return made if {side for side, _ in made.values()} == {0, 1} else {}


def _on_its_side(fact: Fact, side: int, currency: str) -> Fact:
    if fact.unit == "%":
        return fact
    units = two_units(fact.label)
    if units is not None:
        unit, text = units[side]
        unit, scale = unit.replace("{money}", currency or "USD"), scale_in(text) or 1
    elif currency and (fact.unit == "pure" or fact.unit.isupper()) and fact.scale > 1:
        unit, scale = currency, fact.scale
    else:
        return fact
    return replaced(fact, unit=unit, scale=scale, trace=(*fact.trace, _RULE))
