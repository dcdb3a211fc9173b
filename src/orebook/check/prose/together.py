"""Claims that only together tie: shares of a total, told in different sentences."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from orebook.check.prose import levels
from orebook.check.prose.context import LEVEL, Cue
from orebook.check.prose.index import Index, Line, size
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.model.interval import Interval
from orebook.model.period import Period

if TYPE_CHECKING:
    from orebook.check.prose.run import Found

_MOST = 8


def shares(found: list[Found], index: Index) -> None:
    """`Lucky Friday … $30.1 million`, later `Greens Creek … $30.6 million`: with no figure of their own, untied
    amounts of one measure and period but different entities may together be the figure of their segment."""
    groups: dict[tuple[Period, str, frozenset[str]], list[tuple[Found, int, Cue]]] = {}
    for each in found:
        for at, cue in enumerate(each.said.cues):
            if each.outcomes[at] is None and cue.role == LEVEL and cue.names and cue.settled and cue.periods and cue.firm and not cue.ahead:
                words = frozenset(w for w in cue.strong if index.weights.get(w, 0) > 2)
                if words and not cue.number.bare:
                    groups.setdefault((cue.periods[0], cue.number.unit, words), []).append((each, at, cue))
    for (period, unit, words), members in groups.items():
        if 2 <= len(members) <= _MOST:
            _try(members, period, unit, words, index)


def _try(members: list[tuple[Found, int, Cue]], period: Period, unit: str, words: frozenset[str], index: Index) -> None:
    for count in range(len(members), 1, -1):
        for group in combinations(members, count):
            if len({cue.names for _, _, cue in group}) < count:
                continue
            line = _total(group, period, unit, words, index)
            if line is not None:
                _tie(group, line, period)
                return


def _total(group: tuple[tuple[Found, int, Cue], ...], period: Period, unit: str, words: frozenset[str], index: Index) -> Line | None:
    low = sum((cue.number.value - cue.number.step / 2 for _, _, cue in group), Fraction(0))
    high = sum((cue.number.value + cue.number.step / 2 for _, _, cue in group), Fraction(0))
    for line in index.naming(unit, words):
        fact = line.facts.get(period)
        if fact is not None and words <= line.words and levels.magnitude(fact).meets(Interval(low, high)):
            return line
    return None


def _tie(group: tuple[tuple[Found, int, Cue], ...], line: Line, period: Period) -> None:
    fact = line.facts[period]
    for found, at, cue in group:
        others = [other for _, _, other in group if other is not cue]
        computed = size(fact) - sum((other.number.value for other in others), Fraction(0))
        formula = f"{name(fact)} - " + " - ".join(f"{other.number.text} ({', '.join(sorted(other.names))})" for other in others)
        trace = ("no figure of its own is printed: with the other entities' amounts it makes up the total",)
        found.outcomes[at] = Outcome("sum", (fact,), computed, verdict(True, cue.number.value, computed), formula, trace)
