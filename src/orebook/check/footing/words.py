"""What a label says about the part that its row plays: total, result, deduction, opening, closing."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orebook.lexicon import load


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(load("footing")[name], key=len, reverse=True))
    return re.compile(rf"(?<![\w'])(?:{words})(?![\w'])")


@cache
def form_words() -> frozenset[str]:
    """Words of headings and totals that do not tell one section from another."""
    return frozenset(load("footing")["form"])


@lru_cache(maxsize=4096)
def has(name: str, label: str) -> bool:
    """Whether a label holds a word of the vocabulary `name`."""
    return _pattern(name).search(label.casefold()) is not None


@lru_cache(maxsize=4096)
def begins(name: str, label: str) -> bool:
    """Whether a label begins with a word of the vocabulary `name`."""
    return _pattern(name).match(label.casefold().lstrip("( ")) is not None


def deducts(label: str) -> bool:
    """Whether a positive figure under this label is taken away."""
    return has("deduction", label) and not has("addition", label)
