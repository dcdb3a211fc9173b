"""The layout vocabulary, ready for use."""

from __future__ import annotations

import re
from functools import cache

from orebook.lexicon import listed
from orebook.lexicon.layout import LAYOUT
from orebook.model.named import NamedTuple

# Endings of companies' names that are common words of titles too, and words that only titles hold beside them.
_COMMON = frozenset(("resources", "mines", "mining", "group", "industries", "partners"))
_OF_TITLES = ("reserve", "reserves", "measured", "indicated", "inferred", "total", "summary", "cost", "costs", "production",
              "sales", "by")  # fmt: skip
_BETWEEN = re.compile(r"[^a-z0-9)']+")


class Words(NamedTuple):
    """The word lists of `lexicon/layout.py`."""

    entity: tuple[str, ...]
    not_entity: tuple[str, ...]
    beside: frozenset[str]
    closing: tuple[str, ...]
    closing_whole: frozenset[str]
    company: frozenset[str]
    untitled: frozenset[str]
    bare: frozenset[str]
    classes: frozenset[str]
    trade: frozenset[str]
    titles: frozenset[str]
    balances: frozenset[str]
    over_balances: tuple[str, ...]
    over_flows: tuple[str, ...]


@cache
def words() -> Words:
    """The vocabulary, loaded once a process."""
    entity, closing, balances = LAYOUT["entity"], LAYOUT["closing"], LAYOUT["balances"]
    return Words(
        listed(entity["words"]),
        listed(entity["unless"]),
        frozenset(listed(entity["beside"])),
        listed(closing["starts"]),
        frozenset(listed(closing["whole"])),
        frozenset(ending.replace(".", "") for ending in listed(LAYOUT["company"]["endings"])),
        frozenset(listed(LAYOUT["untitled"]["words"])),
        frozenset(listed(entity["bare"])),
        frozenset(listed(entity["classes"])),
        frozenset(entity["trade"].split()),
        frozenset(entity["titles"].split()),
        frozenset(listed(balances["words"])),
        listed(balances["headings"]),
        listed(balances["flows"]),
    )


def holds(phrases: tuple[str, ...], text: str) -> bool:
    """Whether one of the phrases stands in a text as whole words."""
    padded = f" {_BETWEEN.sub(' ', text.lower())} "
    return any(f" {phrase} " in padded for phrase in phrases)


def ends_like_company(text: str) -> bool:
    """Whether the last word of a line, a bracket after it left out, is one that companies' names end in."""
    bare = text.partition(" (")[0] if text.endswith(")") else text
    last = bare.rstrip(" .,").rpartition(" ")[2].lower().replace(".", "").strip(",")
    if last not in words().company:
        return False
    # `RESERVES AND RESOURCES`, `PRODUCTION BY MINES` and `MINERAL RESOURCES` are titles.
    return last not in _COMMON or not (holds(_OF_TITLES, bare) or bare.lower().startswith("mineral "))
