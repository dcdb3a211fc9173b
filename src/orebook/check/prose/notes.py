"""Numbers in notes that explain figures of the table they stand under.

Two relations are known. A note to a total that `includes $N related to` a unit not shown: N is what the
total's row holds beyond the rows of the units that are shown. A note on production by others: the ounces a
unit produced, less theirs, are the ounces that the unit cost is divided by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from orebook.check.prose import amounts, meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, Line, size
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.words import fold
from orebook.model.book import Paragraph
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.period import Period

_INCLUDES = re.compile(r"\bincludes?\b", re.IGNORECASE)


def noted(paragraph: Paragraph, index: Index) -> list[Line]:
    """The rows that carry a note's mark in the table that it belongs to."""
    if not paragraph.note or paragraph.table is None:
        return []
    return [line for line in index.lines if line.table.number == paragraph.table and paragraph.note in line.row.notes]


def level(cue: Cue, rows: Sequence[Line], index: Index) -> Outcome | None:
    """A number that is the very amount of a row its note explains."""
    if cue.role != "level" or not cue.periods:
        return None
    own = [line for line in rows if line.family == cue.number.unit]
    if len(own) > 3:
        return None
    for line in own:
        for period in _when(cue, index):
            fact = meaning.at(line, period, index)
            if fact is not None and fact.value is not None and amounts.holds(cue, amounts.magnitude(fact)):
                trace = ("the figure is of the row that the note explains",)
                return Outcome(
                    "level", (fact,), size(fact), verdict(True, cue.number.value, size(fact)), name(fact), trace
                )
    return None


def contradicted(cue: Cue, rows: Sequence[Line], index: Index) -> Outcome | None:
    """The one amount of a note that is, but for one digit, the one amount of the rows that it explains."""
    own = [line for line in rows if line.family == cue.number.unit]
    if index.report or len(own) > 3 or not cue.firm or cue.loose or _INCLUDES.search(cue.before):
        return None
    for period in _when(cue, index):
        printed = {size(fact): fact for line in own if (fact := meaning.at(line, period, index)) is not None}
        fact = next(iter(printed.values()), None)
        if len(printed) == 1 and fact is not None and fact.value is not None and amounts.slip(cue, size(fact), least=2):
            trace = ("the figure is of the row that the note explains, but for one digit",)
            made = verdict(False, cue.number.value, size(fact))
            return Outcome("level", (fact,), size(fact), made, name(fact), trace)
    return None


def _when(cue: Cue, index: Index) -> list[Period]:
    """The periods meant; an earlier quarter lies within the year to date."""
    made = list(cue.periods[:2])
    first = cue.periods[0]
    known = index.calendar
    if not known.has(first) and known.ytd is not None and first.end < known.end:
        made.append(known.ytd)
    return made


def residual(cue: Cue, rows: Sequence[Line], index: Index) -> Outcome | None:
    """`Includes approximately $905,000 related to …`: what a total holds beyond the units shown."""
    if not _INCLUDES.search(cue.before) or not cue.periods:
        return None
    for total in rows:
        if total.names or total.family != cue.number.unit:
            continue
        parts = [
            line
            for line in index.lines
            if line.table.number == total.table.number and line.names and line.row.label == total.row.label
        ]
        for count in range(2, min(len(parts), 5) + 1):
            for group in combinations(parts, count):
                for period in cue.periods[:2]:
                    made = _residual(cue, total, group, period)
                    if made is not None:
                        return made
    return None


def _residual(cue: Cue, total: Line, group: Sequence[Line], period: Period) -> Outcome | None:
    """The rest of a total over its units, if in every other period nothing is left over."""
    for other in total.facts:
        if other != period:
            rest = _rest(total, group, other)
            if rest is None or not rest.contains(Fraction(0)):
                return None
    rest = _rest(total, group, period)
    if rest is None or not amounts.holds(cue, Interval(*sorted((abs(rest.low), abs(rest.high))))):
        return None
    facts = (total.facts[period], *(line.facts[period] for line in group))
    computed = size(facts[0]) - sum((size(fact) for fact in facts[1:]), Fraction(0))
    formula = " - ".join(name(fact) for fact in facts)
    trace = ("what the total holds beyond the units shown; in the other columns nothing is left over",)
    return Outcome("difference", facts, computed, verdict(True, cue.number.value, computed), formula, trace)


def _rest(total: Line, group: Sequence[Line], period: Period) -> Interval | None:
    facts = [line.facts.get(period) for line in (total, *group)]
    if any(fact is None for fact in facts):
        return None
    return amounts.signed((1 if at == 0 else -1, fact) for at, fact in enumerate(facts) if fact is not None)


def others(run: Sequence[Cue], rows: Sequence[Line], index: Index) -> list[Outcome | None]:
    """`181 and 934 ounces … were produced from third-party operations`: produced less theirs is the divisor.

    The relation is taken as meant where at least half of the numbers of the list satisfy it.
    """
    made: list[Outcome | None] = [None] * len(run)
    ounces = [line for line in index.lines if line.family == "oz" and "produce" in line.words]
    noted_rows = {id(line) for line in rows}
    for base in (line for line in ounces if "divided" in line.label and not line.names):
        for line in ounces:
            if (
                line.table.number == base.table.number
                or not _names_it(run[0], line)
                or not base.label & line.label - {"produce"}
            ):
                continue
            if id(base) not in noted_rows and id(line) not in noted_rows:
                continue
            outcomes = [_other(cue, line, base) for cue in run]
            held = sum(1 for outcome in outcomes if outcome is not None and outcome.tied)
            if 2 * held >= len(run) and held:
                return list(outcomes)
    return made


def _names_it(cue: Cue, line: Line) -> bool:
    return bool(line.names) and any(
        frozenset(fold(word, {}) for word in name.split()) <= cue.around for name in line.names
    )


def _other(cue: Cue, line: Line, base: Line) -> Outcome | None:
    made: list[Fact] = []
    for source in (line, base):
        fact = source.facts.get(cue.periods[0]) if cue.periods else None
        if fact is None or fact.value is None:
            return None
        made.append(fact)
    produced, divisor = made
    left = amounts.signed(((1, produced),))
    rest = Interval(
        left.low - cue.number.value - cue.number.step / 2, left.high - cue.number.value + cue.number.step / 2
    )
    computed = size(produced) - cue.number.value
    good = rest.meets(amounts.magnitude(divisor))
    formula = f"{name(produced)} - {cue.number.text} against {name(divisor)}"
    trace = ("ounces of others are left out of the ounces that the cost is divided by",)
    return Outcome("difference", (produced, divisor), computed, verdict(good, size(divisor), computed), formula, trace)
