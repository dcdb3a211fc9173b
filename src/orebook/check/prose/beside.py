"""What the numbers beside one in its sentence tie to, and which of them it is told of."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from orebook.check.prose import levels, meaning
from orebook.check.prose.amounts import holds, magnitude
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, Line
from orebook.check.prose.manner import CHANGE, GROWTH
from orebook.check.prose.numbers import MONEY, QUANTITY
from orebook.check.prose.outcome import Outcome
from orebook.check.prose.phrases import UP_TO
from orebook.check.prose.timing import is_again
from orebook.model.fact import Fact

if TYPE_CHECKING:
    from orebook.check.prose.run import Found

_CHANGED = re.compile(r"[^.;]{0,70}$")
_TO_OR_FROM = re.compile(r",?\s+(?:to|from)\s+(?:about\s+|approximately\s+)?")
_TELLING = 2
_PAIR = 2
_SHARED = re.compile(r"\s*[,(]?\s*(?:or\s+)?(?:an?\s+)?(?:about\s+|approximately\s+)?(?:loss\s+of\s+)?")


def anchors(found: Found, at: int, index: Index) -> list[tuple[Line, Fact]]:
    """The rows that the neighbouring numbers tie to, the nearest first; not what is told per share after a whole amount that
    ties, as it is rounded more, nor, where the number says itself what it is of, a row two numbers off that is not so called
    (`revenues increase 36 % and earnings per share 37 % to $2.15`)."""
    made = []
    own = frozenset(word for word in found.said.cues[at].own if index.weights.get(word, 0) > _TELLING)
    for step in (1, -2, 2) if is_shared(found, at) else (1, -1, 2, -2):
        place = at + step
        if 0 <= place < len(found.outcomes):
            line, outcome = found.lines[place], found.outcomes[place]
            if line is not None and outcome is not None and not (own and abs(step) > 1 and own.isdisjoint(line.words)):
                made.append((line, outcome.operands[0]))
    return made


def other_day(found: Found, at: int) -> Outcome | None:
    """`Debt decreased from $12,500,000 to $10,000,000 during the first nine months`: the figure of another day in the row of
    balances that the other end of a change ties to."""
    cue, text = found.said.cues[at], found.said.sentence.text
    for place in (at + 1, at - 1):
        line = found.lines[place] if 0 <= place < len(found.lines) else None
        if line is None or found.said.cues[place].number.unit != cue.number.unit:
            continue
        one, two = sorted((cue.number, found.said.cues[place].number), key=attrgetter("start"))
        if not _TO_OR_FROM.fullmatch(text, one.end, two.start) or any(period.months for period in line.facts):
            continue
        told = found.outcomes[place]
        for fact in line.facts.values():
            if told is not None and fact not in told.operands and holds(cue, magnitude(fact)):
                return levels.outcome(cue, levels.Match(fact, line, cue.periods[0], meaning.LEAST, ()))
    return None


def is_shared(found: Found, at: int) -> bool:
    """Whether the two numbers before one are an amount, which ties to a row, and its part per share."""
    cues_ = found.said.cues
    if at < _PAIR or found.lines[at - 2] is None:
        return False
    whole, part = cues_[at - 2].number, cues_[at - 1].number
    said = (whole.unit, part.unit) == ("M", "M/share")
    return said and _SHARED.fullmatch(found.said.sentence.text, whole.end, part.start) is not None


def told_before(found: Found, at: int) -> Outcome | None:
    """What became of the last amount before a number that is told as a level, or of one that is told as the excess of one
    figure over another."""
    for cue, outcome in zip(reversed(found.said.cues[:at]), reversed(found.outcomes[:at]), strict=True):
        if cue.role not in (GROWTH, CHANGE) or (outcome is not None and outcome.kind == "difference"):
            return outcome
    return None


def told_across(found: Found, at: int) -> Outcome | None:
    """What became of the last number of its unit on the other side of the comparison, in the same clause."""
    cue = found.said.cues[at]
    for other, outcome in zip(reversed(found.said.cues[:at]), reversed(found.outcomes[:at]), strict=True):
        if other.number.unit == cue.number.unit and other.side < cue.side and other.clause == cue.clause:
            return outcome
    return None


def told_of(found: Found, at: int) -> tuple[str, ...]:
    """The units of the amount right before a growth that says nothing else of what it is: `sales of 234 thousand ounces were
    2 percent lower` is no revenue."""
    cue = found.said.cues[at]
    place = at - 2 if is_shared(found, at) else at - 1
    before = found.said.cues[place] if at else None
    if (
        before is None
        or not cue.own <= before.strong
        or before.number.bare
        or before.number.kind not in (MONEY, QUANTITY)
    ):
        return ()
    return () if before.number.unit == "pure" else meaning.families(before)


def amounts(found: Found) -> list[tuple[Cue, Fact, Line]]:
    """The amounts of a sentence that tie to a figure each."""
    every = zip(found.said.cues, found.outcomes, found.lines, strict=True)
    return [
        (cue, made.operands[0], line)
        for cue, made, line in every
        if made is not None and line is not None and made.tied
    ]


def levels_before(found: Found, at: int) -> list[Fact]:
    """The figures that the numbers before one tie to, in its unit."""
    unit = found.said.cues[at].number.unit
    every = zip(found.said.cues[:at], found.outcomes[:at], strict=True)
    return [
        made.operands[0]
        for cue, made in every
        if made is not None and made.kind == "level" and made.tied and cue.number.unit == unit
    ]


def linked(found: Found, at: int) -> list[tuple[Line, Fact]]:
    """The row of the very number that a growth leads to (`increased 46 % to $21 million`) or follows
    (`$16.1 million, up 286 %`)."""
    text, cues_ = found.said.sentence.text, found.said.cues
    cue = cues_[at].number
    if leads(found, at):
        places = [at + 1]
    elif at and _CHANGED.match(text[cues_[at - 1].number.end : cue.start]):
        places = [at - 2] if is_shared(found, at) else [at - 1]
    else:
        places = []
    return [
        (line, outcome.operands[0])
        for place in places
        if (line := found.lines[place]) is not None and (outcome := found.outcomes[place]) is not None
    ]


_CLAUSE = re.compile(r"\b(?:as|and|while|because|when|but|although)\s", re.IGNORECASE)


def leads(found: Found, at: int) -> bool:
    """True where a number is followed by the one that it leads to: `46 % to $21 million`, and not, by another clause, `12 %
    higher, as grades improved to 2.87 g/t`."""
    text, cues_ = found.said.sentence.text, found.said.cues
    if at + 1 == len(cues_):
        return False
    start = cues_[at].number.end
    to = UP_TO.search(text, start, cues_[at + 1].number.start)
    return to is not None and _CLAUSE.search(text, start, to.start()) is None


def led_to(found: Found, at: int) -> tuple[str, ...]:
    """The units of the very number that a growth leads to (`sales rose 12 % to 84,300 ounces` are no revenue) or that
    says it again (`decreased 15.9 %, or $65 million`); none where it leads to no number, or to one that says no unit."""
    cues_, text = found.said.cues, found.said.sentence.text
    beside = [cues_[at + 1]] if leads(found, at) and cues_[at + 1].side == cues_[at].side else []
    pairs = [(at, at + 1, at + 1), (at - 1, at, at - 1)]
    beside += [
        cues_[other]
        for one, two, other in pairs
        if one >= 0
        and two < len(cues_)
        and not cues_[other].number.bare
        and is_again(cues_[one].number, cues_[two].number, text)
    ]
    for cue in beside:
        if cue.number.kind in (MONEY, QUANTITY) and cue.number.unit != "pure":
            return meaning.families(cue)
    return ()
