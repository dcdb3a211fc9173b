"""Levels: a number that says how much something was, and the printed figure that says the same.

A value that agrees is not enough: period, entity and measure must agree too. And a value that disagrees is
a break only where all three are beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from orebook.check.prose.context import Cue, nearest_words
from orebook.check.prose.index import Index, Line, size, span
from orebook.check.prose.numbers import QUANTITY
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.words import tokens, vocabulary
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.period import Period

_PROPER = re.compile(r"(?<![.!?;]\s)(?<!^)(?<=[a-z,]\s)[A-Z][a-z]{2,}")
_LAST = re.compile(r"[,;:]\s")
_MONTHS = frozenset("january february march april may june july august september october november december sept nov dec oct company".split())
PER_SHARE = frozenset(("applicable", "common", "shareholder", "net", "share", "basic"))
RATES = ("M/share", "M/oz", "M/lb", "M/ton", "M/tonne", "M")


class Match(NamedTuple):
    """A figure taken for what a number says: `score` is how well the words agree, out of 100."""

    fact: Fact
    line: Line
    period: Period
    score: int
    rank: tuple[int, ...]


def printed(cue: Cue) -> Interval:
    """The numbers that a careful reader hears: the printed digits' interval, widened or shut by a qualifier."""
    number = cue.number
    half = number.step / 2
    low, high = number.value - half, number.value + half
    coarse = number.coarse / 2
    if cue.qualifier in ("about", "near") or number.coarse >= 1000 * number.step:
        low, high = number.value - coarse, number.value + coarse
    if cue.qualifier == "near":
        high = number.value
    if cue.qualifier == "about":
        low, high = min(low, number.value - number.step), max(high, number.value + number.step)
    return Interval(low, high)


def holds(cue: Cue, value: Interval) -> bool:
    """True where the interval of the figure allows what the sentence says.

    Two intervals that only touch do not do: 2.26 and 2.27 are two figures, though 2.265 might be printed as either.
    """
    said = printed(cue)
    if cue.qualifier == "over":
        return value.high >= cue.number.value
    if cue.qualifier == "under":
        return value.low <= cue.number.value
    if cue.qualifier == "about" or value.low == value.high:
        return value.low <= said.high and said.low <= value.high
    return value.low < said.high and said.low < value.high


def families(cue: Cue) -> tuple[str, ...]:
    """The units that a number may be in."""
    return RATES if cue.number.bare else (cue.number.unit,)


def magnitude(fact: Fact) -> Interval:
    """The interval of a figure's magnitude."""
    value = span(fact)
    return value if value.low >= 0 else Interval(-value.high, -value.low) if value.high <= 0 else Interval(Fraction(0), max(-value.low, value.high))


def score(cue: Cue, line: Line, index: Index) -> int:
    """How well the words of a row agree with those of a number, out of 100; 0 where they cannot mean the same."""
    known = vocabulary()
    said = cue.strong
    if cue.names & line.names:
        said = said | (frozenset(word for name in cue.names for word in name.split()) & line.words)
    if line.family == "M/share":
        said, label = said - PER_SHARE, line.label - PER_SHARE
    else:
        label = line.label
    shared = said & line.words
    if not shared:
        return 0
    for group, within in known.groups:
        mine, its = said & group, (line.label if within else line.words) & group
        if mine and its and not mine & its and (not within or (within in said and within in label)):
            return 0
    total = index.weigh(label) or 1
    covered = index.weigh(said & label) + index.weigh((cue.around - said) & label) // 2
    asked = index.weigh(said)
    if said - shared and max(map(index.weight, said)) > max(map(index.weight, shared)):
        asked += 4
    found = index.weigh(shared)
    result = 55 * found // max(asked, 1) + 45 * covered // total
    if not (said & label):
        result -= 15
    result -= 20 * len((said - line.words) & known.narrowing)
    result -= 25 * len((label - said - cue.around) & known.narrowing)
    return max(result, 0)


def digits(cue: Cue) -> int:
    """How many significant digits are printed."""
    whole = int(cue.number.value / cue.number.step)
    return len(str(whole).rstrip("0")) if whole else 1


def signs(cue: Cue, fact: Fact) -> bool:
    """False where the sentence says negative and the figure is positive, or plainly the reverse."""
    if fact.value is None or cue.number.unit == "M":
        return True
    if cue.number.sign < 0:
        return fact.value < 0
    return fact.value >= 0 or cue.number.unit in ("M/share",) or "loss" in cue.before.lower()


def entity(cue: Cue, line: Line) -> int:
    """2 where the entities agree, 1 where neither side names one or it is only carried over, 0 where they differ."""
    if cue.names:
        if line.names:
            return 2 if cue.names & line.names else 0
        words = {word for name in cue.names for word in name.split()}
        if not line.names and words <= line.words:
            return 2
        if words <= {word for text in (line.row.label.lower(), *(h.lower() for h in line.row.heading)) for word in text.split()}:
            return 2
        if not cue.settled:
            return 1
        return 1 if not line.names and line.label & vocabulary().events else 0
    return 0 if line.names else 2


def matches(cue: Cue, index: Index, floor: int) -> list[Match]:
    """The figures that agree with a number in value, period, entity and words, the best first."""
    said = printed(cue)
    if cue.qualifier in ("over", "under"):
        reach = cue.number.value / 8
        said = Interval(cue.number.value, said.high + reach) if cue.qualifier == "over" else Interval(max(said.low - reach, Fraction(0)), cue.number.value + cue.number.step / 2)
    found = []
    for kind in families(cue):
        for fact, line in index.near(kind, max(said.low, Fraction(0)), said.high):
            match = _match(cue, fact, line, said, index, floor)
            if match is not None:
                found.append(match)
    found.sort(key=lambda match: match.rank, reverse=True)
    return found


def _match(cue: Cue, fact: Fact, line: Line, said: Interval, index: Index, floor: int) -> Match | None:
    if not magnitude(fact).meets(said) or not holds(cue, magnitude(fact)) or not signs(cue, fact):
        return None
    place = timing(cue, fact, index)
    if place is None:
        return None
    who = entity(cue, line)
    if not who:
        return None
    good = score(cue, line, index)
    if good < floor:
        return None
    period = cue.periods[place] if place < len(cue.periods) else cue.periods[0]
    return Match(fact, line, period, good, (who, good - 8 * place, -fact.table.number, -fact.spot.line))


def timing(cue: Cue, fact: Fact, index: Index) -> int | None:
    """The place of a figure's period among the plausible ones; None where it is none of them."""
    period = fact.period
    if period is None:
        return None
    key = Period(period.end, period.months)
    for place, wanted in enumerate(cue.periods):
        if key == wanted or (key.is_instant and key.end == wanted.end):
            return place
        if wanted.is_instant and key.end == wanted.end:
            return place + 1
    return None


def ranked(cue: Cue, index: Index, floor: int) -> list[tuple[int, Line]]:
    """The rows that a number may be about by its words and entity, whatever their values, the best first."""
    made = []
    for kind in families(cue):
        for line in index.naming(kind, cue.strong):
            if entity(cue, line):
                good = score(cue, line, index)
                if good >= floor:
                    made.append((good, line))
    made.sort(key=lambda pair: (-10 * entity(cue, pair[1]) - pair[0], pair[1].table.number, pair[1].row.number))
    return made


def at(line: Line, period: Period, index: Index) -> Fact | None:
    """The figure of a row for a period; a balance is taken at the period's close."""
    fact = line.facts.get(period)
    if fact is None:
        fact = line.facts.get(index.calendar.find(None, period.end))
    return fact


def signed(facts: Iterable[tuple[int, Fact]]) -> Interval:
    """The interval of a signed sum of figures."""
    low = high = Fraction(0)
    for weight, fact in facts:
        part = span(fact).scaled(Fraction(weight))
        low, high = low + part.low, high + part.high
    return Interval(low, high)


def near(cue: Cue, fact: Fact) -> Fraction:
    """How far a figure's magnitude is from the number."""
    return abs(abs(size(fact)) - cue.number.value)


FLOORS = {1: 45, 2: 38, 3: 30}


def find(cue: Cue, index: Index) -> Match | None:
    """The figure that a number says, or None. The fewer digits are printed, the better the words must agree."""
    floor = FLOORS.get(digits(cue), 25)
    if cue.ahead:
        floor = 75
    found = matches(cue, index, floor)
    if found:
        return found[0]
    return _threshold(cue, index) if cue.qualifier in ("over", "under") and not cue.ahead else None


def _threshold(cue: Cue, index: Index) -> Match | None:
    """`More than $10 million`: the figure that the words name must be more; for a round number, how much more
    is not said."""
    if digits(cue) > 1:
        return None
    for good, line in ranked(cue, index, 60)[:3]:
        fact = at(line, cue.periods[0], index)
        if fact is not None and fact.value is not None and signs(cue, fact) and holds(cue, magnitude(fact)):
            return Match(fact, line, cue.periods[0], good, ())
    return None


def outcome(cue: Cue, match: Match) -> Outcome:
    """What a match says of the number."""
    value = size(match.fact)
    sign = "|" if value < 0 < cue.number.sign else ""
    trace = (f"words agree {match.score} of 100",)
    kind = "count" if cue.number.unit == "pure" else "level"
    good = holds(cue, magnitude(match.fact)) and signs(cue, match.fact)
    return Outcome(kind, (match.fact,), value, verdict(good, cue.number.value, value), f"{sign}{name(match.fact)}{sign}", trace)


def contradicted(cue: Cue, index: Index) -> Match | None:
    """The figure that a number contradicts: period, entity and measure all named, and no other reading fits."""
    if cue.number.bare or cue.qualifier == "under" or cue.loose or (cue.number.kind == QUANTITY and cue.number.unit == "pure"):
        return None
    best = [(good, line) for good, line in ranked(cue, index, 45) if at(line, cue.periods[0], index) is not None]
    if not best:
        return None
    top = best[0][0]
    doubtful = [(good, line) for good, line in best if good >= top - 20]
    slips = [(good, line) for good, line in doubtful if _timely(cue, line) and _slipped(cue, good, line, index)]
    plain = [(good, line) for good, line in best[:1] if good >= 75 and _timely(cue, line) and _plainly(cue, line, index)]
    if not (slips or plain) or _elsewhere(cue, index):
        return None
    good, line = (slips or plain)[0]
    fact = at(line, cue.periods[0], index)
    if fact is None or fact.value is None or (holds(cue, magnitude(fact)) and signs(cue, fact)):
        return None
    return Match(fact, line, cue.periods[0], good, ())


def _plainly(cue: Cue, line: Line, index: Index) -> bool:
    """True where words and size leave no doubt: every word is the row's, none of the row's that narrows it is missing,
    more than a general word agrees, and the two are of one order of magnitude."""
    fact = at(line, cue.periods[0], index)
    if fact is None or unheard(cue, line, index) or (cue.strong & line.label) <= {"cost", "price", "produce"} - line.context:
        return False
    known = vocabulary()
    if line.label & known.narrowing and not line.label - known.filler <= cue.strong:
        return False
    size_said, size_printed = cue.number.value, abs(size(fact))
    return size_said <= 10 * size_printed and size_printed <= 10 * size_said


def _elsewhere(cue: Cue, index: Index) -> bool:
    """True where another period or entity prints the number under words that agree: perhaps that one is meant."""
    anywhere = cue._replace(periods=index.calendar.known, names=frozenset())
    named = cue._replace(periods=index.calendar.known)
    return any(True for each in (anywhere, named) for _ in matches(each, index, 40))


def _slipped(cue: Cue, good: int, line: Line, index: Index) -> bool:
    """A slip of the pen in a number of three digits or more; the more digits agree, the less the words must."""
    if not _slip(cue, line, index):
        return False
    many = digits(cue) > 3
    return good >= (45 if many else 60) and (many or good >= 85 or not unheard(cue, line, index))


def _slip(cue: Cue, line: Line, index: Index) -> bool:
    """True where the number is the figure but for one digit, or two digits in each other's place: a slip of the pen."""
    fact = at(line, cue.periods[0], index)
    if fact is None or digits(cue) < 3:
        return False
    printed_digits = str(int(cue.number.value / cue.number.step))
    figure = str(int(abs(size(fact)) / cue.number.step + Fraction(1, 2)))
    if len(figure) != len(printed_digits):
        return False
    wrong = [place for place, (a, b) in enumerate(zip(printed_digits, figure, strict=True)) if a != b]
    return len(wrong) == 1 or (len(wrong) == 2 and sorted(printed_digits) == sorted(figure))


def _timely(cue: Cue, line: Line) -> bool:
    """True where the period is beyond doubt: named in the sentence, or a balance that is simply today's."""
    return cue.firm or all(period.is_instant for period in line.facts)


def unheard(cue: Cue, line: Line, index: Index) -> frozenset[str]:
    """Words of the sentence that the row does not account for, and that may make another measure of it."""
    names = frozenset(word for name in cue.names for word in name.split())
    known = vocabulary()
    left = cue.strong - line.words - names - index.company - known.filler
    if line.family == "M/share":
        left -= PER_SHARE
    if "before" in tokens(cue.before):
        left |= {"before"} - line.words
    return left | _proper(cue, line, index) | (cue.around & known.basis) - line.words


def _proper(cue: Cue, line: Line, index: Index) -> frozenset[str]:
    """Proper nouns beside the number that neither row nor entity nor company account for: they narrow it."""
    text = f" {line.row.label} {line.row.entity or ''} {' '.join(line.row.heading)} ".lower()
    before = nearest_words(cue.before) if cue.names & line.names else cue.before
    found = {word.lower() for word in _PROPER.findall(f"{_LAST.split(before)[-1]} ; {cue.after}")}
    known = index.company | index.title | {word for name in cue.names for word in name.split()} | _MONTHS
    return frozenset(word for word in found if word not in text and word.removesuffix("s") not in known and word not in known)


def nearest(cue: Cue, index: Index) -> tuple[Fact, ...]:
    """The figures that an untied number most likely means, whatever their values: at most three."""
    made = []
    for _, line in ranked(cue, index, 35)[:3]:
        fact = at(line, cue.periods[0], index) if cue.periods else None
        if fact is not None:
            made.append(fact)
    return tuple(made)
