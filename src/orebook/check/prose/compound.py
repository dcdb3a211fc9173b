"""A sum or a difference that a sentence has told, told of again: at another date, by how much it changed, how it grew."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from operator import attrgetter

from orebook.check.prose import amounts, meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, size
from orebook.check.prose.manner import CHANGE, GROWTH
from orebook.check.prose.numbers import MULTIPLE
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.relations import differences
from orebook.check.prose.words import tokens
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced

_PAIR = 2
_EXCESS = re.compile(
    r"(?:^|[,;:]\s|\b(?:that|and|as|while)\s)([A-Za-z][\w' &-]{3,60}?)\s+exceed(?:ed|s)\s+([\w' &-]{3,60}?)\s+by\s+"
    r"(?:about\s|approximately\s|nearly\s|almost\s|over\s|more\sthan\s)*$",
    re.IGNORECASE,
)


class _Whole(NamedTuple):
    """The figures of a sum or a difference at one period, each with its weight."""

    parts: tuple[tuple[int, Fact], ...]

    @property
    def interval(self) -> Interval:
        return amounts.signed(self.parts)

    @property
    def amount(self) -> Fraction:
        return sum((weight * size(fact) for weight, fact in self.parts), Fraction(0))

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for _, fact in self.parts)

    def named(self) -> str:
        first, *rest = self.parts
        return name(first[1]) + "".join(f" {'+' if weight > 0 else '-'} {name(fact)}" for weight, fact in rest)


def again(cue: Cue, told: Outcome | None, index: Index) -> Outcome | None:
    """`Cash and investments of $135.2 million, an increase of $19.9 million or 17 %, compared to $115.3 million at March 31`:
    what else is told of the sum or difference before a number. Said only where it holds."""
    now = _whole(told, index) if told is not None else None
    if now is None or now.facts[0].period is None:
        return None
    own = Period(now.facts[0].period.end, now.facts[0].period.months)
    if cue.role not in (CHANGE, GROWTH):
        return _level(cue, now, index) if cue.side else None
    for period in _before(cue, own, index):
        was = _at(now, period, index)
        found = _moved(cue, now, was) if was is not None else None
        if found is not None:
            return found
    return None


def moved(cue: Cue, index: Index) -> Outcome | None:
    """`Working capital improved by $3.6 million since year end`: by how much a difference that has a name changed up to the
    period said, or up to today. Said only where it holds."""
    known = index.calendar
    today = replaced(cue, periods=(known.find(None, known.end), *cue.periods))
    every = (told for each in (cue, today) for told, _ in differences(each, index))
    return next((made for told in every if (made := again(cue, told, index)) is not None), None)


def excess(cue: Cue, text: str, index: Index) -> Outcome | None:
    """`Current assets exceeded current liabilities by $234.4 million`: two rows that are called just so."""
    found = _EXCESS.search(text, 0, cue.number.start) if "exceed" in text else None
    if found is None or not cue.periods:
        return None
    more, less = (sorted(index.called(tokens(part)), key=attrgetter("place")) for part in found.groups())
    tried = [
        (top, bottom)
        for top, bottom in product(more, less)
        if top.table.number == bottom.table.number and top is not bottom
    ]
    for period in cue.periods[:1]:
        for top, bottom in tried:
            facts = meaning.at(top, period, index), meaning.at(bottom, period, index)
            if facts[0] is not None and facts[1] is not None:
                whole = _Whole(((1, facts[0]), (-1, facts[1])))
                made = _outcome(
                    cue, "difference", whole.facts, whole.amount, amounts.positive(whole.interval), whole.named()
                )
                if made is not None:
                    return made
    return None


def _whole(told: Outcome, index: Index) -> _Whole | None:
    """The sum of several rows, or one row less another, that an outcome tells; None for what else it may be."""
    lines = [index.line_of(fact) for fact in told.operands]
    rows = {line.place for line in lines if line is not None}
    if not told.tied or told.kind not in ("sum", "difference") or not _PAIR <= len(told.operands) == len(rows):
        return None
    if len({fact.period for fact in told.operands}) > 1 or (told.kind == "difference" and len(rows) > _PAIR):
        return None
    weights = [1, -1] if told.kind == "difference" else [1] * len(rows)
    return _Whole(tuple(zip(weights, told.operands, strict=True)))


def _at(whole: _Whole, period: Period, index: Index) -> _Whole | None:
    """The same rows at another period."""
    made = []
    for weight, fact in whole.parts:
        line = index.line_of(fact)
        other = None if line is None else meaning.at(line, period, index)
        if other is None or other is fact or other.value is None:
            return None
        made.append((weight, other))
    return _Whole(tuple(made))


def _before(cue: Cue, own: Period, index: Index) -> list[Period]:
    """What a change of a figure of a period may be measured from: for a balance also the other day that is printed."""
    known = index.calendar
    said = (*cue.periods[:1], *((cue.against,) if cue.against is not None else ()))
    made = [known.find(own.months, period.end) for period in said if period.end < own.end]
    if own.is_instant:
        made += sorted((p for p in known.known if p.is_instant and p.end < own.end), key=lambda p: p.end, reverse=True)[
            :1
        ]
    return made


def _level(cue: Cue, whole: _Whole, index: Index) -> Outcome | None:
    for period in cue.periods[:1]:
        then = _at(whole, index.calendar.find(whole.facts[0].period.months, period.end), index)  # type: ignore[union-attr]
        if then is not None and amounts.holds(cue, amounts.positive(then.interval)):
            kind = "difference" if any(weight < 0 for weight, _ in then.parts) else "sum"
            made = verdict(True, cue.number.value, then.amount)
            return Outcome(kind, then.facts, then.amount, made, then.named())
    return None


def _moved(cue: Cue, now: _Whole, was: _Whole) -> Outcome | None:
    """The change or growth between two days, where it is what the number says, and runs as the words say."""
    above, below = now.interval, was.interval
    gap = now.amount - was.amount
    if cue.way and gap and (gap > 0) != (cue.way > 0):
        return None
    operands = (*now.facts, *was.facts)
    if cue.role == CHANGE:
        said = amounts.positive(Interval(above.low - below.high, above.high - below.low))
        formula = f"({now.named()}) - ({was.named()})"
        return _outcome(cue, "change", operands, gap, said, formula)
    if below.low <= 0:
        return None
    share = Interval(above.low / below.high, above.high / below.low)
    computed = now.amount / was.amount
    if cue.number.kind != MULTIPLE:
        share, computed = (
            amounts.positive(Interval((share.low - 1) * 100, (share.high - 1) * 100)),
            (computed - 1) * 100,
        )
    return _outcome(cue, "growth", operands, computed, share, f"({now.named()}) / ({was.named()})")


def _outcome(
    cue: Cue, kind: str, operands: tuple[Fact, ...], computed: Fraction, said: Interval, formula: str
) -> Outcome | None:
    if not amounts.holds(cue, said):
        return None
    return Outcome(kind, operands, computed, verdict(True, cue.number.value, abs(computed)), formula)
