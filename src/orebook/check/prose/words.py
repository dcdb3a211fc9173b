"""Words as a reader of releases takes them: turns of phrase, plurals and synonyms folded to one word each.

What is folded into what is data: `lexicon/prose.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from orebook.check.prose.hints import printed
from orebook.lexicon import load
from orebook.model.named import NamedTuple
from orebook.model.slotted import slotted

_WORD = re.compile(r"[a-z&](?:(?<=&)|[a-z0-9’'-]*)")
_NOTHING: frozenset[str] = frozenset()
SHARE_KINDS = frozenset(("basic", "diluted"))


class Phrase(NamedTuple):
    """A turn of phrase and the words that it stands for."""

    wording: re.Pattern[str]
    stands: frozenset[str]
    openings: frozenset[tuple[str, bool]]


@slotted
class Vocabulary:
    """The wording lexicon, compiled: `phrases` gives the turns of phrase by the one and the two letters they open with."""

    phrases: dict[str, list[Phrase]]
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
    prices: tuple[frozenset[str], ...]


@cache
def vocabulary() -> Vocabulary:
    """The wording lexicon, compiled once a process."""
    data: dict[str, Any] = load("prose")
    same = {variant: word for word, variants in data["same"].items() for variant in (word, *variants)}
    way = data["direction"]
    neutral = frozenset(data["words"]["neutral"].split())
    return Vocabulary(
        _phrases(data["phrases"], same, neutral),
        same,
        neutral,
        frozenset(data["words"]["light"].split()),
        frozenset(data["narrowing"]["words"]),
        tuple((frozenset(group["words"]), group.get("with", "")) for group in data["group"]),
        frozenset(way["up"].split()),
        frozenset(way["down"].split()),
        frozenset(way["better"].split()),
        frozenset(data["words"]["events"].split()),
        frozenset(data["words"]["filler"].split()),
        frozenset(data["narrowing"]["basis"].split()),
        tuple(frozenset(words.split()) for words in data["price"].values()),
    )


def _phrases(listed: list[list[str]], same: dict[str, str], neutral: frozenset[str]) -> dict[str, list[Phrase]]:
    made: dict[str, list[Phrase]] = {}
    for pattern, stands in listed:
        words = (fold(raw, same) for raw in stands.split() if raw not in neutral)
        meant = frozenset(word for word in words if word and word not in neutral)
        phrase = Phrase(re.compile(pattern), meant, frozenset(_openings(pattern)))
        for opening in sorted({start for first, _ in phrase.openings for start in (first[:1], first[:2])}):
            made.setdefault(opening, []).append(phrase)
    return made


_PLAIN = re.compile(r"(?:\\b)?((?:[a-z&-](?![?*])|\\\.(?!\?))+)(?=( )(?![?*]))?")


def _openings(pattern: str) -> Iterator[tuple[str, bool]]:
    """What a turn of phrase can open with, and whether its first word ends there.

    A wording opens with letters, or with a group, optional or not, of wordings that do.
    """
    for each in _alternatives(pattern):
        if each.startswith("(?:"):
            close = _close(each)
            yield from _openings(each[3:close])
            if each[close + 1 : close + 2] == "?":
                yield from _openings(each[close + 2 :])
            continue
        match = _PLAIN.match(each)
        if match is None:
            raise ValueError(f"a turn of phrase must open with a letter: {pattern}")
        yield match.group(1).replace("\\", ""), bool(match.group(2))


def _close(pattern: str) -> int:
    """Where the bracket closes that a pattern opens with."""
    depth = 0
    for at, char in enumerate(pattern):
        escaped = at and pattern[at - 1] == "\\"
        depth += 0 if escaped else (char == "(") - (char == ")")
        if not depth:
            return at
    return len(pattern)


def _alternatives(pattern: str) -> list[str]:
    """A pattern's alternatives outside all brackets."""
    made, depth = [""], 0
    for at, char in enumerate(pattern):
        escaped = at and pattern[at - 1] == "\\"
        depth += 0 if escaped else (char == "(") - (char == ")")
        if char == "|" and not depth:
            made.append("")
        else:
            made[-1] += char
    return made


class Raw(NamedTuple):
    """A printed word: the one that stands for it ("" where it tells nothing), and the turns of phrase that may open
    with it, or with a part of it, each with where in the word that is."""

    word: str
    opens: list[tuple[int, Phrase]]


_MOST_KEPT = 8192
_PERIOD = re.compile(r"(?:fy|[qhm](?=\d))[\d'-]*")  # `Q3`, what is left of `3Q19`, `FY20`: no measure


@lru_cache(maxsize=_MOST_KEPT)
def _raw(raw: str) -> Raw:
    known = vocabulary()
    word = "" if raw in known.neutral or _PERIOD.fullmatch(raw) else fold(raw, known.same)
    if word in known.neutral:
        word = ""
    starts = [0, *(at + 1 for at, char in enumerate(raw) if char == "-")] if "-" in raw else [0]
    opens = [
        (at, phrase) for at in starts for phrase in known.phrases.get(raw[at : at + 2], ()) if _opens(raw[at:], phrase)
    ]
    return Raw(word, opens)


def _opens(raw: str, phrase: Phrase) -> bool:
    """False where the word, as far as it goes, is not how the turn of phrase opens."""
    for first, ends in phrase.openings:
        if raw == first if ends else raw.startswith(first) or (first.startswith(raw) and not _WORD.fullmatch(first)):
            return True
    return False


_NO_LETTERS = "0123456789'-"


class _Plain(dict[str, str | None]):
    """What stands for printed words; None for one that may open a turn of phrase, which is looked at more closely."""

    def __missing__(self, raw: str) -> str | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        word, opens = _raw(raw.lstrip(_NO_LETTERS))
        self[raw] = made = None if opens or "&" in raw[1:] else word
        return made


@cache
def _plain() -> _Plain:
    return _Plain()


@lru_cache(maxsize=4096)
def tokens(text: str) -> frozenset[str]:
    """The words of a phrase that tell one figure from another."""
    listed = printed(text)
    words = [*map(_plain().__getitem__, listed)]
    made = set(words)
    if None in made:
        made = _with_phrases(text, listed, words)
    made.discard("")
    return frozenset(made) if made else _NOTHING  # type: ignore[arg-type]


def _with_phrases(text: str, listed: list[str], words: list[str | None]) -> set[str | None]:
    """The words of a text in which a turn of phrase may stand; a phrase may end within a printed word, and the rest of that
    is a word of its own."""
    low = text.lower()
    made: set[str | None] = set()
    start = done = 0
    for raw, word in zip(listed, words, strict=True):
        end = start + len(raw)
        if word is not None and start >= done:
            made.add(word)
        elif start >= done and raw.isalpha():
            done = _phrase(low, start, end, made) or done
        elif end > done:
            for match in _WORD.finditer(low, max(start, done), end):
                done = _phrase(low, match.start(), match.end(), made) or done
        start = end + 1
    return made


def _phrase(low: str, start: int, end: int, made: set[str | None]) -> int:
    """Add a word of a text, or the words that the turn of phrase stands for that it opens; where that ends, or 0."""
    read = _raw(low[start:end])
    for at, phrase in read.opens:
        found = phrase.wording.match(low, start + at)
        if found is not None:
            done = found.end()
            made |= phrase.stands
            if at or done < end:
                made |= {_raw(low[start : start + at]).word, _raw(low[done:end]).word}
            return done
    made.add(read.word)
    return 0


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
