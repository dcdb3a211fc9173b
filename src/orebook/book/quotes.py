"""Prices of the company's stock: the highest and the lowest of each quarter, as annual reports quote them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orebook.book.units import Counted, recounted
from orebook.model.fact import Fact

_BOTH = frozenset(("high", "low"))
_LAST = frozenset("hHwW")
# What has a price of its own beside the stock.
_OTHER = r"(?i)\b(?:gold|silver|lead|zinc|copper|platinum|palladium|nickel|uranium|metals?|oil|gas|fuel|ounce|pound|london|comex|lme|notes?|bonds?|debentures?)\b"
_STOCK = r"(?i)\b(?:stock|shares?)\b"
_MOST = 100_000  # dollars a share


def with_stock_prices(facts: list[Fact], headings: Iterable[str], labels: Iterable[str]) -> list[Fact]:
    """The figures of a table, those under High and Low (or in rows called so) money per share where nothing but the stock
    can be meant; `headings` and `labels` are those of all its columns and rows."""
    columns = _ends_alike(headings)
    if not columns and not any(label[-4:].lower() == "high" for label in labels):
        return facts
    if columns and not re.search(_OTHER, _words(facts)):
        return [_per_share(fact) if _end(fact.column.heading) in _BOTH else fact for fact in facts]
    rows = _ends_alike({fact.row.label for fact in facts})
    if not rows or not re.search(_STOCK, _words(facts)) or re.search(_OTHER, _words(facts)):
        return facts
    return [_per_share(fact) if _end(fact.row.label) in _BOTH else fact for fact in facts]


def _end(text: str) -> str:
    return text.rpartition(" ")[2].lower()


def _ends_alike(texts: Iterable[str]) -> bool:
    """Whether some of the texts end in High and some in Low."""
    return {_end(text) for text in texts if text[-1:] in _LAST} >= _BOTH


def _words(facts: list[Fact]) -> str:
    """All that the headings, the title and the labels of a table say."""
    first = facts[0].table
    said = {text for fact in facts for text in (fact.column.heading, fact.row.label, *fact.row.heading)}
    return " ; ".join((first.title, first.caption, *sorted(said)))


def _per_share(fact: Fact) -> Fact:
    """A price that was taken for an amount of money; what is printed with thousands parted is none."""
    printed = fact.value is not None and abs(fact.value) < _MOST and "," not in fact.text
    if not printed or not fact.unit.isupper() or fact.column.percent:
        return fact
    return recounted(fact, Counted(f"{fact.unit}/share", 1, ("unit.price-of-stock",)))
