"""Outcomes as claims, with what was heard, in words, for whoever asks why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orebook.check.prose import levels
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index
from orebook.check.prose.manner import CHANGE, GROWTH
from orebook.check.prose.numbers import RATIO
from orebook.check.prose.outcome import Outcome
from orebook.check.prose.sentences import Said
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


def _claim(said: Said, cue: Cue, outcome: Outcome | None, index: Index, lines: Sequence[str]) -> Claim:
    line, start = said.running.place(said.sentence.start + cue.number.start)
    last, end = said.running.place(said.sentence.start + cue.number.end - 1)
    spot = Spot(line, start, end + 1 if last == line else len(lines[line - 1].rstrip()))
    first = said.running.place(said.sentence.start)[0]
    close = said.running.place(max(said.sentence.start, said.sentence.end - 1))[0]
    value = cue.number.value * cue.number.sign
    if outcome is None:
        kind = {GROWTH: "growth", CHANGE: "change"}.get(cue.role, "ratio" if cue.number.kind == RATIO else "level")
        candidates = levels.nearest(cue, index)
        return Claim(spot, cue.number.text, kind, (), value, None, UNTIED, (first, close), "", candidates, _heard(cue))
    return Claim(
        spot, cue.number.text, outcome.kind, outcome.operands, value, outcome.computed, outcome.verdict, (first, close), outcome.formula,
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
