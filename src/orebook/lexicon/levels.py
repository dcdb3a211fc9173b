"""Whether a block of figures speaks of the company, of a segment or of a single mine."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from orebook.lexicon import load
from orebook.lexicon.concepts import metals

COMPANY = "company"
SEGMENT = "segment"
MINE = "mine"

_BRACKETS = re.compile(r"\([^()]*\)?")
_WORDS = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[a-z]+|\b\d{1,3}\b")


class Level(NamedTuple):
    """`name` is the same for every printed form of one mine or segment; "" for the company."""

    level: str
    name: str
    metal: str = ""


@lru_cache(maxsize=1024)
def level_of(entity: str | None) -> Level:
    """What a block's heading names. None, the heading of no block, is the company."""
    words = _PARTS.findall(_BRACKETS.sub(" ", (entity or "").lower().replace("'s ", " ")))
    if not any(map(str.isalpha, words)):
        return Level(COMPANY, "")
    company, segment, noise = _vocabulary()
    text = f" {' '.join(words)} "
    metal = metal_in(text)
    if not metal and any(text.endswith(f" {phrase} ") for phrase in company):
        return Level(COMPANY, "")
    kept = " ".join(word for word in words if word not in noise and word not in segment)
    if segment.intersection(words):
        return Level(SEGMENT, kept, metal)
    return Level(MINE, kept or text.strip(), metal)


@cache
def _vocabulary() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    data = load("levels")
    return tuple(data["company"]["phrases"]), frozenset(data["segment"]["words"]), frozenset(data["noise"]["words"])


@lru_cache(maxsize=4096)
def metal_in(text: str) -> str:
    """The one metal that a text names, in lower case; "" where it names none, or several."""
    found = set(_WORDS.findall(text.lower())).intersection(metals())
    return found.pop() if len(found) == 1 else ""
