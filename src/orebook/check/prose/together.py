"""Claims that only together tie: shares of a total, told in different sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from orebook.check.prose import amounts, meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.hints import holds
from orebook.check.prose.index import Index, Line, size
from orebook.check.prose.manner import LEVEL
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.words import tokens
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.period import Period
from orebook.model.tie import BREAKS

if TYPE_CHECKING:
    from orebook.check.prose.run import Found

_MOST = 8


def shares(found: list[Found], index: Index) -> None:
    """`Lucky Friday … $30.1 million`, later `Greens Creek … $30.6 million`: with no figure of their own, untied
    amounts of one measure and period but different entities may together be the figure of their segment."""
    groups: dict[tuple[Period, str, frozenset[str]], list[tuple[Found, int, Cue]]] = {}
    for each in found:
        for at, cue in enumerate(each.said.cues):
            if (
                each.outcomes[at] is None
                and cue.role == LEVEL
                and cue.names
                and cue.settled
                and cue.periods
                and cue.firm
                and not cue.ahead
            ):
                words = frozenset(w for w in cue.strong if index.weights.get(w, 0) > 2)
                if words and not cue.number.bare:
                    groups.setdefault((cue.periods[0], cue.number.unit, words), []).append((each, at, cue))
    for (period, unit, words), members in groups.items():
        if 2 <= len(members) <= _MOST:
            _try(members, period, unit, words, index)


_WITHS = ("including", "after", "net of", "less")
_WITH = re.compile(
    r"\b(?:including|after|net\s+of|less)\s+(?:the\s+)?(?:effects?\s+of\s+)?([^,.;]{4,60})", re.IGNORECASE
)


def charged(found: list[Found], index: Index) -> None:
    """`Including the effects of preferred dividends, losses totaled $18.1 million`: a printed income less an amount
    that only the same paragraph tells; the two claims support each other."""
    for at, each in enumerate(found):
        text = each.said.sentence.text
        match = _WITH.search(text) if holds(text.lower(), _WITHS) else None
        if match is None:
            continue
        words = tokens(match.group(1))
        told = [other for other in found[max(0, at - 8) : at + 1] if other.said.paragraph is each.said.paragraph]
        open_ones = [
            place
            for place, cue in enumerate(each.said.cues)
            if each.outcomes[place] is None
            and cue.number.unit == "M"
            and cue.role == LEVEL
            and cue.periods
            and cue.firm
        ]
        held = [place for place in open_ones if _charge(each, place, words, told, index)]
        if len(held) * 2 >= len(open_ones) > len(held):
            for place in open_ones:
                if place not in held:
                    _fail(each, place, words, told, index)


def _charge(each: Found, place: int, words: frozenset[str], told: list[Found], index: Index) -> bool:
    """Tie a total to a printed income less an amount told nearby; True where one serves."""
    cue = each.said.cues[place]
    for _, fact, other, at in _charges(cue, words, told, index):
        item = other.said.cues[at]
        half = item.number.step / 2
        left = amounts.signed(((1, fact),))
        rest = Interval(left.low - item.number.value - half, left.high - item.number.value + half)
        if amounts.holds(cue, Interval(*sorted((abs(rest.low), abs(rest.high))))):
            _tie_charge(each, place, other, at, fact)
            return True
    return False


def _fail(each: Found, place: int, words: frozenset[str], told: list[Found], index: Index) -> None:
    """Where the other totals of the list hold, the one that does not is contradicted."""
    cue = each.said.cues[place]
    best = max(_charges(cue, words, told, index), key=lambda entry: entry[0], default=None)
    if best is None:
        return
    _, fact, other, at = best
    item = other.said.cues[at]
    left = size(fact) - item.number.value
    formula = f"{name(fact)} - {item.number.text}"
    trace = ("the other totals of the list are the printed income less the amount told; this one is not",)
    each.outcomes[place] = Outcome("difference", (fact,), left, BREAKS, formula, trace)
    other.outcomes[at] = Outcome("difference", (fact,), abs(size(fact) + cue.number.value), BREAKS, formula, trace)


def _charges(cue: Cue, words: frozenset[str], told: list[Found], index: Index) -> list[tuple[int, Fact, Found, int]]:
    """The printed incomes that a total may start from, each with an untied amount that may be taken from it."""
    made = []
    for good, line in meaning.ranked(cue, index, 35)[:6]:
        fact = line.facts.get(cue.periods[0])
        if fact is None or fact.value is None or "income" not in line.label:
            continue
        for other in told:
            for at, item in enumerate(other.said.cues):
                free = (
                    other.outcomes[at] is None and item is not cue and item.number.unit == "M" and words & item.strong
                )
                if free and cue.periods[0] in item.periods:
                    made.append((good, fact, other, at))
    return made


def _tie_charge(each: Found, place: int, other: Found, at: int, fact: Fact) -> None:
    cue, item = each.said.cues[place], other.said.cues[at]
    left = size(fact) - item.number.value
    trace = ("with an amount that the same paragraph tells; the two claims support each other",)
    each.outcomes[place] = Outcome(
        "difference", (fact,), left, verdict(True, cue.number.value, left), f"{name(fact)} - {item.number.text}", trace
    )
    gap = abs(size(fact) + cue.number.value)
    other.outcomes[at] = Outcome(
        "difference", (fact,), gap, verdict(True, item.number.value, gap), f"{cue.number.text} less {name(fact)}", trace
    )


def _try(members: list[tuple[Found, int, Cue]], period: Period, unit: str, words: frozenset[str], index: Index) -> None:
    for count in range(len(members), 1, -1):
        for group in combinations(members, count):
            if len({cue.names for _, _, cue in group}) < count:
                continue
            line = _total(group, period, unit, words, index)
            if line is not None:
                _tie(group, line, period)
                return
    if len(members) == 2 and not index.report:
        _slipped(members, period, unit, words, index)


def _slipped(
    members: list[tuple[Found, int, Cue]], period: Period, unit: str, words: frozenset[str], index: Index
) -> None:
    """Two shares that would make up a total but for a slip of the pen in one of them, whichever it is."""
    one, two = (cue for _, _, cue in members)
    for line in index.naming(unit, words):
        fact = line.facts.get(period)
        if fact is None or fact.value is None or not words <= line.words or one.names == two.names:
            continue
        rests = ((cue, size(fact) - other.number.value) for cue, other in ((one, two), (two, one)))
        if any(rest > 0 and amounts.slip(cue, rest) for cue, rest in rests):
            _share(members, line, period, good=False)
            return


def _total(
    group: tuple[tuple[Found, int, Cue], ...], period: Period, unit: str, words: frozenset[str], index: Index
) -> Line | None:
    low = sum((cue.number.value - cue.number.step / 2 for _, _, cue in group), Fraction(0))
    high = sum((cue.number.value + cue.number.step / 2 for _, _, cue in group), Fraction(0))
    for line in index.naming(unit, words):
        fact = line.facts.get(period)
        if fact is not None and words <= line.words and amounts.magnitude(fact).meets(Interval(low, high)):
            return line
    return None


def _tie(group: Sequence[tuple[Found, int, Cue]], line: Line, period: Period) -> None:
    _share(group, line, period, good=True)


def _share(group: Sequence[tuple[Found, int, Cue]], line: Line, period: Period, *, good: bool) -> None:
    fact = line.facts[period]
    for found, at, cue in group:
        others = [other for _, _, other in group if other is not cue]
        computed = size(fact) - sum((other.number.value for other in others), Fraction(0))
        formula = f"{name(fact)} - " + " - ".join(
            f"{other.number.text} ({', '.join(sorted(other.names))})" for other in others
        )
        found.outcomes[at] = Outcome(
            "sum", (fact,), computed, verdict(good, cue.number.value, computed), formula, (_WHOLE if good else _SHORT,)
        )


_WHOLE = "no figure of its own is printed: with the other entities' amounts it makes up the total"
_SHORT = (
    "no figure of its own is printed: with the other entities' amounts it would make up the total but for one digit"
)
