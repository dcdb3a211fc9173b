"""Outcomes as claims, with what was heard, in words, for whoever asks why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from orebook.check.prose import levels
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index
from orebook.check.prose.manner import CHANGE, GROWTH
from orebook.check.prose.numbers import RATIO, Number
from orebook.check.prose.outcome import Outcome
from orebook.check.prose.sentences import Said, Section
from orebook.check.prose.text import Running, Sentence
from orebook.model.spot import Spot
from orebook.model.tie import UNTIED, Claim

if TYPE_CHECKING:
    from orebook.check.prose.run import Found


def claims_of(found: Found, index: Index) -> list[Claim]:
    """The claims of a sentence, one for each of its numbers."""
    reach = _reach(found.said.running, found.said.sentence)
    return [
        _claim(found.said, cue, outcome, index, reach)
        for cue, outcome in zip(found.said.cues, found.outcomes, strict=True)
    ]


def untied(section: Section) -> Iterator[Claim]:
    """The numbers of a paragraph as untied claims: what is said where no dated figure is printed at all."""
    for sentence, found in section.sentences:
        reach = _reach(section.running, sentence)
        for number in found:
            spot = _spot(section.running, sentence, number)
            value = number.value * number.sign
            trace = ("the document prints no dated figure",)
            yield Claim(spot, number.text, "level", (), value, None, UNTIED, reach, trace=trace)


def _spot(text: Running, sentence: Sentence, number: Number) -> Spot:
    """Where a number stands (the first line's part of it where a line end cuts it)."""
    return Spot(*text.reach(sentence.start + number.start, sentence.start + number.end))


def _reach(text: Running, sentence: Sentence) -> tuple[int, int]:
    """The lines of a sentence."""
    return text.line(sentence.start), text.line(max(sentence.start, sentence.end - 1))


def _claim(said: Said, cue: Cue, outcome: Outcome | None, index: Index, reach: tuple[int, int]) -> Claim:
    spot = _spot(said.running, said.sentence, cue.number)
    value = cue.number.value if cue.number.sign > 0 else -cue.number.value
    if outcome is None:
        kind = {GROWTH: "growth", CHANGE: "change"}.get(cue.role, "ratio" if cue.number.kind == RATIO else "level")
        candidates = levels.nearest(cue, index)
        return Claim(spot, cue.number.text, kind, (), value, None, UNTIED, reach, "", candidates, _heard(cue))
    return Claim(
        spot, cue.number.text, outcome.kind, outcome.operands, value, outcome.computed, outcome.verdict, reach, outcome.formula,
        (), (*_heard(cue), *outcome.trace),
    )  # fmt: skip


def _heard(cue: Cue) -> tuple[str, ...]:
    """What was understood, in words, for whoever asks why."""
    made = [f"measure: {' '.join(sorted(cue.strong)) or 'none named'}", f"unit: {cue.number.unit}"]
    if cue.periods:
        period = cue.periods[0]
        length = "at" if period.months is None else f"{period.months} months to"
        made.append(f"period: {length} {period.end}{'' if cue.firm else ' (not named in the sentence)'}")
    if cue.names:
        made.append(f"entity: {', '.join(sorted(cue.names))}{'' if cue.settled else ' (carried over)'}")
    if cue.qualifier:
        made.append(f"qualifier: {cue.qualifier}")
    if cue.ahead:
        made.append("looks ahead")
    return tuple(made)
