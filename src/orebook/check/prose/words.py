"""Words as a reader of releases takes them: turns of phrase, plurals and synonyms folded to one word each.

What is folded into what is data: `lexicon/prose.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from orebook.lexicon import load

_WORD = re.compile(r"[a-z][a-z0-9’'-]*|&")
_NOTHING: frozenset[str] = frozenset()


class Vocabulary(NamedTuple):
    """The wording lexicon, compiled: `phrase` finds turns of phrase, `stands` what each stands for."""

    phrase: re.Pattern[str]
    stands: tuple[str, ...]
    same: dict[str, str]
    neutral: frozenset[str]
    light: frozenset[str]
    narrowing: frozenset[str]
    groups: tuple[tuple[frozenset[str], str], ...]
    up: frozenset[str]
    down: frozenset[str]
    better: frozenset[str]
    events: frozenset[str]
    filler: frozenset[str]
    basis: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The wording lexicon, compiled once a process."""
    data: dict[str, Any] = load("prose")
    phrases = data["phrases"]
    same = {variant: word for word, variants in data["same"].items() for variant in (word, *variants)}
    way = data["direction"]
    return Vocabulary(
        re.compile(rf"\b(?:{'|'.join(f'({pattern})' for pattern, _ in phrases)})"),
        tuple(stands for _, stands in phrases),
        same,
        frozenset(data["words"]["neutral"].split()),
        frozenset(data["words"]["light"].split()),
        frozenset(data["narrowing"]["words"]),
        tuple((frozenset(group["words"]), group.get("with", "")) for group in data["group"]),
        frozenset(way["up"].split()),
        frozenset(way["down"].split()),
        frozenset(way["better"].split()),
        frozenset(data["words"]["events"].split()),
        frozenset(data["words"]["filler"].split()),
        frozenset(data["narrowing"]["basis"].split()),
    )


@lru_cache(maxsize=4096)
def tokens(text: str) -> frozenset[str]:
    """The words of a phrase that tell one figure from another."""
    known = vocabulary()
    low = text.lower()
    low = known.phrase.sub(lambda match: f" {known.stands[(match.lastindex or 1) - 1]} ", low)
    same, neutral = known.same, known.neutral
    made = set()
    for raw in _WORD.findall(low):
        if raw in neutral:
            continue
        word = fold(raw, same)
        if word and word not in neutral:
            made.add(word)
    return frozenset(made) if made else _NOTHING


def fold(raw: str, same: dict[str, str]) -> str:
    """A word without possessive, hyphen and plural, as its synonym of reference."""
    word = raw.replace("’", "'").removesuffix("'s").strip("'-").replace("-", "").replace("'", "")
    known = same.get(word)
    if known is not None:
        return known
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "su":
        single = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
        return same.get(single, single)
    return word if len(word) > 1 else ""


def direction(text: str) -> int:
    """+1 where the words say up, -1 where they say down, 0 where they say neither, or both; the last one counts."""
    known = vocabulary()
    way = 0
    for raw in _WORD.findall(text.lower()):
        if raw in known.up:
            way = 1
        elif raw in known.down:
            way = -1
    return way


def says_better(text: str) -> bool:
    """True where the words say `improved` rather than up or down."""
    return not vocabulary().better.isdisjoint(_WORD.findall(text.lower()))
