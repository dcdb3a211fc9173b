"""Figures behind which words say how many they count (`$62 million`), or by which unit (`8,100 oz.`, `1.2M lbs`), and `$60 -
$65 million`, whose word is of both ends."""

from __future__ import annotations

from orebook.book.captions import scale_in
from orebook.book.printed import counted_by, is_signed, measured_by
from orebook.book.stated import stated_unit
from orebook.model.fact import Fact
from orebook.model.slotted import replaced

_THOUSAND = 1000
_SCALE = "scale.words-after-figure"
_UNIT = "unit.words-after-figure"


def with_counts(row: list[Fact], money: str) -> list[Fact]:
    """The figures of a row, those with such words counted by them; what bears a sign of money without them stays as it is."""
    told = [_told(fact.text) for fact in row]
    for at in range(len(row) - 1):
        low, high = row[at : at + 2]
        if told[at] is None and low.column.heading and low.column.heading == high.column.heading:
            told[at] = told[at + 1]
    return [_counted(fact, *said, money) if said else fact for fact, said in zip(row, told, strict=True)]


def _told(text: str) -> tuple[str, int] | None:
    """The unit and the scale that the words behind a figure state; "" for no unit."""
    scale = counted_by(text)
    if scale is not None:
        return "", scale
    words = f"({measured_by(text)})"
    unit = stated_unit(words)
    return (unit, scale_in(words) or (_THOUSAND if words[1] in "Kk" and unit != "kg" else 1)) if unit else None


def _counted(fact: Fact, said: str, scale: int, money: str) -> Fact:
    """A figure that counts so many; one with a sign of money counts that."""
    if said:
        return replaced(fact, unit=said, scale=scale, trace=(*fact.trace, _UNIT))
    unit = fact.unit
    if is_signed(fact.text) and not (unit.isupper() and unit.isalpha()):
        unit = money
    return replaced(fact, unit=unit, scale=scale, trace=(*fact.trace, _SCALE))
