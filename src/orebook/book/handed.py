"""Scales handed on: a table that states none has that of the table above it, unless the figures that it repeats from
elsewhere say otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from orebook.model.fact import Fact
from orebook.model.period import Period
from orebook.model.slotted import replaced

_RULE = "scale.of-the-figures-repeated"
_TELLING = 4  # digits of a figure that chance repeats seldom
_ENOUGH = 8  # digits in all, of two figures or more
_MONEY = 3  # letters of a currency

_Key = tuple[str, Decimal, Period | None]


def as_repeated(facts: list[Fact], handed: frozenset[int]) -> list[Fact]:
    """The facts of a document, those of tables whose scale was handed on (`handed`, by number) in the scale of the rows that
    they repeat: the same label, digits and period."""
    if not handed:
        return facts
    labels = {fact.row.label for fact in facts if fact.table.number in handed}
    asked = {label.lower() for label in labels}
    known: dict[_Key, int] = {}
    for fact in facts:
        # What stands under no scale says nothing of others.
        if fact.scale <= 1 or fact.row.label.lower() not in asked or fact.table.number in handed:
            continue
        if (key := _key(fact)) is not None:
            known.setdefault(key, fact.scale)
    tables: dict[int, list[Fact]] = {number: [] for number in handed}
    for fact in facts:
        if fact.table.number in tables:
            tables[fact.table.number].append(fact)
    told = {number: scales for number, table in tables.items() if (scales := _told(table, known))}
    if not told:
        return facts
    return [_in_scale(fact, *told[fact.table.number]) if fact.table.number in told else fact for fact in facts]


def _key(fact: Fact) -> _Key | None:
    """What makes a figure of money the same as another, its scale apart; None for one that tells too little."""
    value = fact.value
    if value is None or len(fact.unit) != _MONEY or _digits(value) < _TELLING:
        return None
    return fact.label.lower(), abs(value), fact.period


def _digits(value: Decimal) -> int:
    return len(value.as_tuple().digits)


def _told(table: Iterable[Fact], known: dict[_Key, int]) -> tuple[int, int] | None:
    """The scale that a table was handed and the one that the figures it repeats have; None where they do not all say so."""
    found = {key: (fact.scale, known[key]) for fact in table if (key := _key(fact)) is not None and key in known}
    scales = set(found.values())
    if len(scales) != 1 or len({value for _, value, _ in found}) == 1:
        return None
    own, told = scales.pop()
    enough = sum(_digits(value) for value in {value for _, value, _ in found}) >= _ENOUGH
    return (own, told) if own != told and enough else None


def _in_scale(fact: Fact, own: int, told: int) -> Fact:
    if fact.scale != own or len(fact.unit) != _MONEY:
        return fact
    return replaced(fact, scale=told, trace=(*fact.trace, _RULE))
