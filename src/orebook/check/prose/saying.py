"""Outcomes as claims, with what was heard, in words, for whoever asks why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def claims_of(found: Found, index: Index, lines: Sequence[str]) -> list[Claim]:
    """The claims of a sentence, one for each of its numbers."""
    return [
        _claim(found.said, cue, outcome, index, lines)
        for cue, outcome in zip(found.said.cues, found.outcomes, strict=True)
    ]


def untied(section: Section, lines: Sequence[str]) -> Iterator[Claim]:
    """The numbers of a paragraph as untied claims: what is said where no dated figure is printed at all."""
    for sentence, found in section.sentences:
        for number in found:
            spot, reach = _place(section.running, sentence, number, lines)
            value = number.value * number.sign
            trace = ("the document prints no dated figure",)
            yield Claim(spot, number.text, "level", (), value, None, UNTIED, reach, trace=trace)


def _place(text: Running, sentence: Sentence, number: Number, lines: Sequence[str]) -> tuple[Spot, tuple[int, int]]:
    """Where a number stands (the first line's part of it where a line end cuts it), and the lines of its sentence."""
    line, start = text.place(sentence.start + number.start)
    last, end = text.place(sentence.start + number.end - 1)
    spot = Spot(line, start, end + 1 if last == line else len(lines[line - 1].rstrip()))
    return spot, (text.line(sentence.start), text.line(max(sentence.start, sentence.end - 1)))


def _claim(said: Said, cue: Cue, outcome: Outcome | None, index: Index, lines: Sequence[str]) -> Claim:
    spot, reach = _place(said.running, said.sentence, cue.number, lines)
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
