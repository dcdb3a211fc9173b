"""Whether a block of figures speaks of the company, of a segment or of a single mine."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orebook.lexicon import load
from orebook.lexicon.concepts import metals
from orebook.model.named import NamedTuple

COMPANY = "company"
SEGMENT = "segment"
MINE = "mine"

_BRACKETS = re.compile(r"\([^()]*\)?")
_WORDS = re.compile(r"[a-z]+")
STEM = 4  # letters by which `produced` and `production`, `cost` and `costs` are one word
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


@lru_cache(maxsize=1024)
def is_closing(label: str) -> bool:
    """Whether a row is called a total or an average, or has no name at all: it is no mine of its block."""
    return level_of(label).level == COMPANY or not _closing()[0].isdisjoint(_WORDS.findall(label.lower()))


@lru_cache(maxsize=1024)
def closes(label: str, heading: str) -> bool:
    """Whether a row is the total or average of all that stands under the heading, and of nothing narrower.

    `Average cash cost per ounce` is that of `Cash costs ($/oz)`; `Average price realized` and `Total Nevada` are not.
    """
    words, fillers = _closing()
    told = {word[:STEM] for word in _WORDS.findall(heading.lower())}
    rest = set(_WORDS.findall(_BRACKETS.sub(" ", label.lower()))) - words - fillers
    return is_closing(label) and {word[:STEM] for word in rest} <= told


@cache
def _closing() -> tuple[frozenset[str], frozenset[str]]:
    data = load("levels")["closing"]
    return frozenset(data["words"]), frozenset(data["fillers"])


@lru_cache(maxsize=1024)
def is_price(text: str) -> bool:
    """Whether a rate is the price of what is sold."""
    return not _rate().price.isdisjoint(_WORDS.findall(text.lower()))


@lru_cache(maxsize=1024)
def kinship(rate: str, amount: str) -> int:
    """2 where a rate is called after an amount (`Cash costs per ounce sold` after `Cash costs`, `Average realized silver
    price` after `Silver revenue`), 1 where the two have a word in common, else 0."""
    data = _rate()
    words, told = _spelled(rate, data), _spelled(amount, data)
    if not data.price.isdisjoint(words):
        sold = not data.revenue.isdisjoint(told)
        return (2 if metal_in(rate) in ("", metal_in(amount)) else 1) if sold else 0
    core = {word[:STEM] for word in words if word not in data.words and word not in metals()}
    stems = {word[:STEM] for word in told}
    return 0 if core.isdisjoint(stems) else 2 if core <= stems else 1


def _spelled(text: str, data: _Rate) -> list[str]:
    """The words of a text without its brackets, abbreviations spelt out."""
    made = _WORDS.findall(_BRACKETS.sub(" ", text.lower()))
    return [each for word in made for each in data.short.get(word, (word,))]


class _Rate(NamedTuple):
    words: frozenset[str]
    price: frozenset[str]
    revenue: frozenset[str]
    short: dict[str, tuple[str, ...]]


@cache
def _rate() -> _Rate:
    data = load("levels")["rate"]
    short = {word: tuple(long.split()) for word, long in data["short"].items()}
    return _Rate(frozenset(data["words"]), frozenset(data["price"]), frozenset(data["revenue"]), short)


@lru_cache(maxsize=1024)
def basis_in(text: str, *, quantity: bool = False) -> str:
    """What a cost counts by, `produced` or `sold`; "" where the text names neither, or both.

    `quantity` is True for the words over what is counted: `Gold production (oz)` is what was produced.
    """
    data = load("levels")["basis"]
    words = data["words"] | data["quantities"] if quantity else data["words"]
    found = {words[word] for word in _WORDS.findall(text.lower()) if word in words}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def metal_in(text: str) -> str:
    """The one metal that a text names, in lower case; "" where it names none, or several."""
    found = set(_WORDS.findall(text.lower())).intersection(metals())
    return found.pop() if len(found) == 1 else ""
