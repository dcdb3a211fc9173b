"""Whether the words of a template agree with its figures: `increased` where they fell is an error, not a style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from orebook.lexicon import load
from orebook.model.named import NamedTuple
from orebook.write.release.fields import Value
from orebook.write.release.grammar import Field, Words

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_STOP = re.compile(r"[.!?;](?=\s|$)|,\s+(?:while|but|whereas)\b")
# `increased 46% to`: so many words may stand between a word of direction and the level that it leads to.
_NEAR = 3


class Spoken(NamedTuple):
    """A part of a sentence as it was written: the template's words, or a field with its value and its movement.

    `moved` is -1, 0 or 1 for a figure that fell, stood or rose since a year ago, None where that is not known.
    """

    part: Words | Field
    value: Value | None = None
    moved: int | None = None


class Clash(NamedTuple):
    """A word that the figures contradict: where it stands in the template, and what the figures say."""

    line: int
    column: int
    message: str


class _Heard(NamedTuple):
    """A word of direction or of sign: `at` counts the words and fields of the sentence."""

    at: int
    line: int
    column: int
    word: str


@cache
def _directions() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words for up, for down, and for better."""
    raw = load("prose")["direction"]
    return frozenset(raw["up"].split()), frozenset(raw["down"].split()), frozenset(raw["better"].split())


@cache
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    """Words for a figure below zero, and for income above it."""
    raw = load("release")["sign"]
    return frozenset(raw["loss"]), frozenset(raw["income"])


def clashes(parts: Sequence[Spoken]) -> list[Clash]:
    """What the words of a paragraph say against its figures, sentence by sentence."""
    return [clash for sentence in _sentences(parts) for clash in _in_sentence(sentence)]


def _sentences(parts: Sequence[Spoken]) -> list[list[Spoken]]:
    made: list[list[Spoken]] = [[]]
    for spoken in parts:
        if isinstance(spoken.part, Field):
            made[-1].append(spoken)
            continue
        at = 0
        words = spoken.part
        for match in _STOP.finditer(words.text):
            made[-1].append(Spoken(_cut(words, at, match.end())))
            made.append([])
            at = match.end()
        made[-1].append(Spoken(_cut(words, at, len(words.text))))
    return made


def _cut(words: Words, start: int, end: int) -> Words:
    return Words(words.line, words.column + start, words.text[start:end])


def _in_sentence(sentence: Sequence[Spoken]) -> list[Clash]:
    heard: list[_Heard] = []
    fields: list[tuple[int, Spoken]] = []
    index = 0
    for spoken in sentence:
        if isinstance(spoken.part, Field):
            fields.append((index, spoken))
            index += 1
            continue
        for match in _WORD.finditer(spoken.part.text):
            heard.append(_Heard(index, spoken.part.line, spoken.part.column + match.start(), match.group()))
            index += 1
    made: list[Clash] = []
    for at, spoken in fields:
        made += _against_direction(at, spoken, heard, fields)
        made += _against_sign(at, spoken, heard, fields)
    return made


def _against_direction(
    at: int, spoken: Spoken, heard: Sequence[_Heard], fields: Sequence[tuple[int, Spoken]]
) -> list[Clash]:
    """A word of direction that governs a movement, or leads to a level, and says the opposite."""
    if spoken.moved is None or not isinstance(spoken.part, Field) or spoken.part.period.startswith("year-ago"):
        return []
    up, down, better = _directions()
    words = [word for word in heard if word.word.lower() in up | down | better]
    if not words or any(other.part.form == "direction" for _, other in fields if isinstance(other.part, Field)):
        return []
    nearest = min(words, key=lambda word: (abs(word.at - at), word.at > at))
    if spoken.part.form == "level" and not 0 < at - nearest.at <= _NEAR:
        return []
    cost = spoken.value is not None and spoken.value.named is not None and spoken.value.named.cost
    word = nearest.word.lower()
    says = -1 if word in down or (cost and word in better) else 1
    if says == spoken.moved:
        return []
    happened = {1: "rose", 0: "did not change", -1: "fell"}[spoken.moved]
    return [
        Clash(nearest.line, nearest.column, f"“{nearest.word}” contradicts the figures: {spoken.part.name} {happened}")
    ]


def _against_sign(
    at: int, spoken: Spoken, heard: Sequence[_Heard], fields: Sequence[tuple[int, Spoken]]
) -> list[Clash]:
    """A loss that is called income, or the reverse; a figure below zero whose sign nothing tells."""
    value, field = spoken.value, spoken.part
    if value is None or not isinstance(field, Field) or field.form != "level" or value.amount == 0:
        return []
    loss, income = _signs()
    before = [word for word in heard if word.at < at and word.word.lower() in loss | income]
    told = any(i < at and isinstance(other.part, Field) and other.part.form == "sign" for i, other in fields)
    bare = "size" in field.options and value.amount < 0
    if not before:
        return (
            [Clash(field.line, field.column, f"{field.name} is below zero and no word before it says so")]
            if bare and not told
            else []
        )
    if told or value.named is None or not value.named.income:
        return []
    last = before[-1]
    says_loss = last.word.lower() in loss
    if says_loss == (value.amount < 0) or (value.amount < 0 and "size" not in field.options):
        return []
    what = "below" if value.amount < 0 else "above"
    return [Clash(last.line, last.column, f"“{last.word}” contradicts the figures: {field.name} is {what} zero")]
