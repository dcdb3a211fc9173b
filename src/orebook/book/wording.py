"""The layout vocabulary, ready for use."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from orebook.lexicon import load


class Words(NamedTuple):
    """Compiled word lists of `lexicon/layout.toml`."""

    entity: re.Pattern[str]
    not_entity: re.Pattern[str]
    beside: frozenset[str]
    closing: tuple[str, ...]
    company: re.Pattern[str]
    untitled: frozenset[str]


@cache
def words() -> Words:
    """The vocabulary, compiled once a process."""
    raw = load("layout")
    return Words(
        _any(raw["entity"]["words"]),
        _any(raw["entity"]["unless"]),
        frozenset(raw["entity"]["beside"]),
        tuple(raw["closing"]["starts"]),
        re.compile(
            r"\b(?:" + "|".join(map(re.escape, raw["company"]["endings"])) + r")\.?(?:\s*\([A-Z:;\s]+\))?\s*$",
            re.IGNORECASE,
        ),
        frozenset(raw["untitled"]["words"]),
    )


def _any(items: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(item)}(?!\w)" for item in items), re.IGNORECASE)
