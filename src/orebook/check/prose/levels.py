"""Levels: a number that says how much something was, and the printed figure that says the same.

A value that agrees is not enough: period, entity and measure must agree too.
"""

from __future__ import annotations

from fractions import Fraction

from orebook.check.prose.amounts import digits, holds, magnitude, signs
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, Line, size, span
from orebook.check.prose.meaning import at, entity, families, ranked, score, timing
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.words import SHARE_KINDS, vocabulary
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.named import NamedTuple
from orebook.model.period import Period

FLOORS = {1: 45, 2: 38, 3: 30}


class Match(NamedTuple):
    """A figure taken for what a number says: `score` is how well the words agree, out of 100."""

    fact: Fact
    line: Line
    period: Period
    score: int
    rank: tuple[int, ...]


def matches(cue: Cue, index: Index, floor: int) -> list[Match]:
    """The figures that agree with a number in value, period, entity and words, the best first."""
    said = cue.heard
    if cue.qualifier in ("over", "under"):
        reach = cue.number.value / 8
        said = (
            Interval(cue.number.value, said.high + reach)
            if cue.qualifier == "over"
            else Interval(max(said.low - reach, Fraction(0)), cue.number.value + cue.number.step / 2)
        )
    found = []
    for kind in families(cue):
        for fact, line in index.near(kind, said):
            match = _match(cue, fact, line, said, index, floor)
            if match is not None:
                found.append(match)
    found.sort(key=lambda match: match.rank, reverse=True)
    return found


def _match(cue: Cue, fact: Fact, line: Line, said: Interval, index: Index, floor: int) -> Match | None:
    place = timing(cue, fact)
    if place is None:
        return None
    who = entity(cue, line, index)
    if not who:
        return None
    if line.family == "M/share" and _is_of_other_shares(cue, line):
        return None
    if "price" in line.words and _is_other_price(cue, line, index):
        return None
    if cue.number.unit == "pure" and fact.decimals and cue.number.step == 1 and (fact.value or 0) % 1:
        return None  # `two programs` are not 2.43 of anything
    printed = magnitude(fact)
    if not printed.meets(said) or not holds(cue, printed) or not signs(cue, fact):
        return None
    good = score(cue, line, index, floor)
    if good < floor:
        return None
    period = cue.periods[place] if place < len(cue.periods) else cue.periods[0]
    return Match(
        fact,
        line,
        period,
        good,
        (who, good - 8 * place, len(line.label & cue.strong), -fact.table.number, -fact.spot.line),
    )


def _is_of_other_shares(cue: Cue, line: Line) -> bool:
    """Whether a sentence tells of diluted shares alone, and a row of basic ones alone, or the reverse."""
    said, its = cue.around & SHARE_KINDS, line.label & SHARE_KINDS
    return len(said) == len(its) == 1 and said != its


def _is_other_price(cue: Cue, line: Line, index: Index) -> bool:
    """Whether a sentence tells what the market paid, and a row what the company was paid."""
    own, market = vocabulary().prices
    printed = index.printed(line)
    return not cue.strong.isdisjoint(market) and not own.isdisjoint(printed) and market.isdisjoint(printed)


def find(cue: Cue, index: Index, beside: Line | None = None) -> Match | None:
    """The figure that a number says, or None. The fewer digits are printed, the better the words must agree.

    `beside` is the row that the number it is compared with ties to: of two rows that agree, that one is meant.
    """
    floor = FLOORS.get(digits(cue), 25) + (20 if cue.number.unit == "%" else 0)
    if cue.ahead:
        floor = 75
    found = [match for match in matches(cue, index, floor) if not _narrower(cue, match, index)]
    found = [match for match in found if not _blurred(cue, match, index)]
    if found:
        return next((match for match in found if match.line is beside), found[0])
    return _threshold(cue, index) if cue.qualifier in ("over", "under") and not cue.ahead else None


def _narrower(cue: Cue, match: Match, index: Index) -> bool:
    """True where a row is called by a word that makes another measure of it and that the sentence does not say, while a row
    called as the sentence has it prints another figure (`cash costs` are not `cash operating costs`)."""
    known = vocabulary()
    unsaid = (match.line.label & known.narrowing) - cue.strong - cue.around
    if not known.basis.isdisjoint(cue.around):
        unsaid -= known.basis
    if not unsaid or match.line.family == "M/share":
        return False
    return any(
        line.table.number == match.line.table.number
        and line.names == match.line.names
        and at(line, match.period, index) is not None
        and line.label.isdisjoint(unsaid)
        for _, line in ranked(cue, index, max(match.score + 10, 75))
    )


def _blurred(cue: Cue, match: Match, index: Index) -> bool:
    """True where only the rounding of a figure lets it agree, and a finer sighting of it, named as well, does not."""
    if cue.qualifier or cue.heard.holds_inside(span(match.fact)):
        return False
    printed = magnitude(match.fact)
    for _, line in ranked(cue, index, match.score):
        fact = at(line, match.period, index)
        if fact is not None and fact.value is not None and fact is not match.fact:
            finer = magnitude(fact)
            if printed.low < finer.low and finer.high < printed.high and not holds(cue, finer):
                return True
    return False


def outdone(cue: Cue, match: Match, partner: Cue, beside: Line, index: Index) -> bool:
    """True where the number on the other side of the comparison ties to a row that the words name far better, and that
    prints another figure for this one's period: then a row that fits by value is chance."""
    if match.line is beside or not cue.firm or match.score >= 85 or not partner.periods:
        return False
    same = match.line.facts.get(partner.periods[0])
    if same is not None and holds(partner, magnitude(same)):
        return False
    fact = beside.facts.get(cue.periods[0])
    return fact is not None and score(cue, beside, index) >= match.score + 25 and not holds(cue, magnitude(fact))


def _threshold(cue: Cue, index: Index) -> Match | None:
    """`More than $10 million`: the figure that the words name must be more; for a round number, how much more
    is not said."""
    if digits(cue) > 1 or cue.number.unit == "%":
        return None
    who = 0
    for good, line in ranked(cue, index, 60)[:3]:
        fact = at(line, cue.periods[0], index)
        if fact is None or fact.value is None or entity(cue, line, index) < who:
            continue
        if signs(cue, fact) and holds(cue, magnitude(fact)):
            return Match(fact, line, cue.periods[0], good, ())
        who = entity(cue, line, index)
    return None


def outcome(cue: Cue, match: Match, *, ties: bool = False) -> Outcome:
    """What a match says of the number; `ties` is True where it was found because it does."""
    value = size(match.fact)
    sign = "|" if value < 0 < cue.number.sign else ""
    trace = (f"words agree {match.score} of 100",)
    kind = "count" if cue.number.unit == "pure" else "level"
    good = ties or (holds(cue, magnitude(match.fact)) and signs(cue, match.fact))
    return Outcome(
        kind, (match.fact,), value, verdict(good, cue.number.value, value), f"{sign}{name(match.fact)}{sign}", trace
    )


def nearest(cue: Cue, index: Index) -> tuple[Fact, ...]:
    """The figures that an untied number most likely means, whatever their values: at most three."""
    made = []
    for _, line in ranked(cue, index, 35)[:3]:
        fact = at(line, cue.periods[0], index) if cue.periods else None
        if fact is not None:
            made.append(fact)
    return tuple(made)
