"""Figures behind which words say how many they count: `$62 million`, and `$60 - $65 million`, whose word is of both ends."""

from __future__ import annotations

from orebook.book.printed import counted_by, is_signed
from orebook.model.fact import Fact
from orebook.model.slotted import replaced

_RULE = "scale.words-after-figure"


def with_counts(row: list[Fact], money: str) -> list[Fact]:
    """The figures of a row, those with such words counted by them; what bears a sign of money without them stays as it is."""
    scales = [counted_by(fact.text) for fact in row]
    for at in range(len(row) - 1):
        low, high = row[at : at + 2]
        if scales[at] is None and low.column.heading and low.column.heading == high.column.heading:
            scales[at] = scales[at + 1]
    return [_counted(fact, scale, money) if scale else fact for fact, scale in zip(row, scales, strict=True)]


def _counted(fact: Fact, scale: int, money: str) -> Fact:
    """A figure that counts so many; one with a sign of money counts that."""
    unit = fact.unit
    if is_signed(fact.text) and not (unit.isupper() and unit.isalpha()):
        unit = money
    return replaced(fact, unit=unit, scale=scale, trace=(*fact.trace, _RULE))
