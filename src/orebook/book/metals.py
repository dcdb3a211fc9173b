"""Two units of one heading: ounces for precious metals, weights for base metals (`Metal produced (oz/lbs)`), where the rows
or the columns tell which metal is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orebook.book.labels import Labelled
from orebook.book.stated import Stated, units_by_metal
from orebook.book.units import PHYSICAL, Counted, Ground, names_unit, recounted, scale_of
from orebook.model.fact import Column, Fact

_PRECIOUS = r"(?i)\b(?:gold|silver|platinum|palladium|rhodium|precious|au|ag|pt|pd)\b"
_BASE = r"(?i)\b(?:lead|zinc|copper|nickel|cobalt|molybdenum|tin|tungsten|uranium|base|pb|zn|cu|ni|mo)\b"
_BY_METAL = "unit.of-the-metal"
_EITHER = Counted("pure", 1, ("unit.either-of-two",))


def with_metals(facts: list[Fact], rows: list[Labelled], columns: Iterable[Column], ground: Ground) -> list[Fact]:
    """The figures of a table, those that two units are stated for in the one that their metal is counted by; a mere number
    where nothing tells the metal."""
    texts = {row.label for row in rows}.union(*{(row.banner, *row.headings) for row in rows})
    texts.update(column.heading for column in columns)
    told = {text: units for text in texts if (units := units_by_metal(text))}
    return [_by_metal(fact, told, ground) for fact in facts] if told else facts


def _texts(fact: Fact) -> Iterator[str]:
    """What may state the unit of a figure, the nearest first."""
    yield fact.row.label
    yield from reversed(fact.row.heading)
    yield fact.column.heading


def _by_metal(fact: Fact, told: dict[str, tuple[Stated, Stated]], ground: Ground) -> Fact:
    if fact.unit == "%" and "%" in fact.text:
        return fact
    stating = next((text for text in _texts(fact) if text in told or names_unit(text)), "")
    if stating not in told:
        return fact
    side = _side(_texts(fact))
    if side is None:
        return recounted(fact, _EITHER)
    unit, said = told[stating][side]
    if "$" in fact.text and unit in PHYSICAL:
        return fact
    money = ground.caption.currency or "USD"
    return recounted(fact, Counted(unit.replace("{money}", money), scale_of(unit, said, ground), (_BY_METAL,)))


def _side(texts: Iterable[str]) -> int | None:
    """0 for a precious metal, 1 for a base metal, as the nearest text that names one tells; None where none does, or one
    names both kinds."""
    for text in texts:
        kinds = [re.search(pattern, text) is not None for pattern in (_PRECIOUS, _BASE)]
        if any(kinds):
            return None if all(kinds) else kinds.index(True)
    return None
