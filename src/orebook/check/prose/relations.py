"""Relations between figures that a sentence states: growth, changes, ratios with a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from orebook.check.prose import amounts, meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, Line, size, span
from orebook.check.prose.manner import CHANGE, GROWTH
from orebook.check.prose.numbers import MULTIPLE, PERCENT
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.words import says_better, tokens
from orebook.lexicon import load
from orebook.model.fact import Fact
from orebook.model.interval import Interval, counted
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.tie import WITHIN

SURE = 85  # how well the words of a row must agree, out of 100, for a change to be its alone


class Pair(NamedTuple):
    """A row's figures now and before; `sure` is True where the same sentence ties a level to that
    row, `said` where the two periods are the ones that the sentence names."""

    new: Fact
    old: Fact
    score: int
    sure: bool
    said: bool
    line: Line


def pairs(cue: Cue, index: Index, anchors: Sequence[tuple[Line, Fact]], floor: int) -> list[Pair]:
    """The pairs that a change may be about: rows tied by the neighbouring numbers first, then rows by words."""
    made: dict[tuple[Fact, Fact], Pair] = {}
    spans = _spans(cue, index)
    for line, fact in anchors:
        if cue.role == CHANGE and line.family not in meaning.families(cue):
            continue
        good = max(meaning.score(cue, line, index), 60)
        own = _key(fact)
        for later, earlier in spans:
            if own is None or own in (later, earlier) or own.is_instant:
                _add(made, line, later, earlier, index, good, sure=True)
        if own is not None and not _is_set_against(cue, line, own, index):
            _add(made, line, own, index.calendar.back(own, 1), index, good, sure=True, said=False)
    told = () if cue.firm else tuple(line for line, _ in anchors)
    for good, line in _by_words(cue, index, floor):
        if any(line is each for each in told):
            continue  # of the period that the number beside it ties to, and of no other that might be meant
        if any(index.weights.get(word, 0) >= 9 for word in cue.strong - line.words):
            continue
        for later, earlier in spans:
            _add(made, line, later, earlier, index, good, sure=False)
    return list(made.values())


def _is_set_against(cue: Cue, line: Line, own: Period, index: Index) -> bool:
    """Whether a change is told to be from another period than the year before, of which a row prints a figure."""
    since = cue.against
    if since is None or since.months != own.months or since == index.calendar.back(own, 1):
        return False
    return meaning.at(line, since, index) is not None


def _add(
    made: dict[tuple[Fact, Fact], Pair],
    line: Line,
    later: Period,
    earlier: Period,
    index: Index,
    good: int,
    *,
    sure: bool,
    said: bool = True,
) -> None:
    new = meaning.at(line, later, index)
    if new is None:
        return
    old = meaning.at(line, earlier, index)
    if old is None and new.period is not None and new.period.months is None:
        old = next((fact for fact in line.facts.values() if fact is not new), None)
    if old is not None and new is not old:
        made.setdefault((new, old), Pair(new, old, good, sure, said, line))


def _key(fact: Fact) -> Period | None:
    return None if fact.period is None else Period(fact.period.end, fact.period.months)


def _spans(cue: Cue, index: Index) -> list[tuple[Period, Period]]:
    """From when to when: the periods said and what they are compared with; and today against the period said,
    where that one is the earlier (`doubling the ounces of last year's first quarter`)."""
    known = index.calendar
    made: list[tuple[Period, Period]] = []
    for period in cue.periods[: 1 if cue.firm else 2]:
        against = cue.against
        if against is None or against == period or against.months != period.months:
            against = known.back(period, 1)
        # What is said to have changed since a year before that is not printed may have done so since the quarter before.
        made.append((period, against if known.has(against) else known.earlier(period)))
        today = known.find(period.months, known.end)
        if today != period:
            made.append((today, period))
    return list(dict.fromkeys(made))


_GROWING = (
    "M",
    "M/share",
    "M/oz",
    "M/lb",
    "M/kg",
    "M/ton",
    "M/tonne",
    "oz",
    "kg",
    "ton",
    "tonne",
    "oz/ton",
    "shares",
    "pure",
    "lb",
)


def _by_words(cue: Cue, index: Index, floor: int) -> list[tuple[int, Line]]:
    """The rows that the words of a change agree with, the best first."""
    kinds = _GROWING if cue.role != CHANGE else meaning.RATES if cue.number.bare else meaning.families(cue)
    key = ("change", cue.strong, cue.around, cue.names, cue.settled, kinds)
    made = index.found.get(key)
    if made is None:
        made = index.found[key] = _rows(cue, index, kinds)
    return [pair for pair in made if pair[0] >= floor]


_LEAST = 60
_LEAST_SHARED = 27
"""Less than this part of what the words tell, in percent, leaves a row below 60 of 100 however well its label is said."""


def _rows(cue: Cue, index: Index, kinds: Sequence[str]) -> list[tuple[int, Line]]:
    made = []
    for kind in kinds:
        if kind not in index.families:
            continue
        every = kind == "M/share"
        for line in index.naming(kind, cue.strong) if every else index.agreeing(kind, cue.strong, _LEAST_SHARED):
            who = meaning.entity(cue, line, index)
            good = meaning.score(cue, line, index, _LEAST) if who else 0
            if good >= _LEAST:
                place = (-who, -good, -len(line.label & cue.strong), line.table.number, line.row.number)
                made.append((place, good, line))
    made.sort(key=lambda entry: entry[0])
    return [(good, line) for _, good, line in made]


def rate(new: Fact, old: Fact) -> Interval | None:
    """The growth from old to new in percent of the old figure's magnitude, as an interval; None where old may be 0."""
    was, now = span(old), span(new)
    if was.bottom <= 0 <= was.top:
        return None
    grown = now.over(was)
    if grown is None:
        return None
    rise = counted(100 * (grown.bottom - grown.unit), 100 * (grown.top - grown.unit), grown.unit)
    return rise if was.bottom > 0 else counted(-rise.top, -rise.bottom, rise.unit)


def point(new: Fact, old: Fact) -> Fraction:
    """The growth from the printed figures, in percent; 0 where the old one is 0."""
    was = size(old)
    return (size(new) - was) * 100 / abs(was) if was else Fraction(0)


def growth(
    cue: Cue, index: Index, anchors: Sequence[tuple[Line, Fact]], floor: int, units: Sequence[str] = ()
) -> tuple[Outcome | None, list[Pair]]:
    """`Increased 46 %`, `a 161 % improvement`, `doubled`: the pair of figures that grew so, and all that were tried.

    `units` are those of the number that the growth leads to, where it leads to one.
    """
    tried = pairs(cue, index, anchors, floor)
    if units:
        tried = [pair for pair in tried if pair.line.family in units]
    elif any(pair.sure and pair.said and pair.line.family == "M" for pair in tried):
        # `Income of $12.2 million, or $0.07 per share, up 52 %`: of the amount; its share is rounded more.
        tried = [pair for pair in tried if pair.line.family != "M/share" or "pershare" in cue.own]
    found = next((pair for pair in tried if _grew_so(cue, pair)), None)
    return (None if found is None else _growth(cue, found)), tried


def told(cue: Cue, amounts_said: Sequence[tuple[Cue, Fact, Line]]) -> Outcome | None:
    """The growth between two amounts as the sentence itself rounds them: `increased 35.2 %, $7.3 against $5.4 million`."""
    whole = sum(line.family == "M" for _, _, line in amounts_said) > 1 and "pershare" not in cue.own
    for one, new, line in amounts_said:
        for other, old, row in amounts_said if not whole or line.family != "M/share" else ():
            if (
                line is not row
                or new is old
                or new.period is None
                or old.period is None
                or new.period.end <= old.period.end
            ):
                continue
            was, now = other.heard, one.heard
            if was.low <= 0:
                continue
            corners = [(n - o) * 100 / o for n in (now.low, now.high) for o in (was.low, was.high)]
            if amounts.holds(cue, Interval(*sorted((abs(min(corners)), abs(max(corners)))))):
                formula = (
                    f"({name(new)} - {name(old)}) / |{name(old)}| * 100, of the amounts as the sentence rounds them"
                )
                return Outcome("growth", (new, old), point(new, old), WITHIN, formula)
    return None


def _grew_so(cue: Cue, pair: Pair) -> bool:
    """Whether a pair of figures grew as the number and its words say."""
    grown = rate(pair.new, pair.old)
    if grown is None:
        return False
    if cue.number.kind == MULTIPLE:
        whole = 100 * grown.unit
        return amounts.holds(cue, counted(grown.bottom + whole, grown.top + whole, whole))
    ways = [grown, counted(-grown.top, -grown.bottom, grown.unit)]
    good = [way for way in ways if way.top > 0 and amounts.holds(cue, way)]
    if not good or not cue.way or ways[cue.way < 0] in good:
        return bool(good)
    shrinking = size(pair.new) < 0 and size(pair.old) < 0
    return shrinking or says_better(cue.before[-60:] + " " + cue.after[:40])


def _growth(cue: Cue, pair: Pair) -> Outcome | None:
    if rate(pair.new, pair.old) is None:
        return None
    good, computed = _grew_so(cue, pair), point(pair.new, pair.old)
    new, old = name(pair.new), name(pair.old)
    if cue.number.kind == MULTIPLE:
        computed = computed / 100 + 1
        made = verdict(good, cue.number.value, computed)
        return Outcome("growth", (pair.new, pair.old), computed, made, f"{new} / {old}")
    made = verdict(good, cue.number.value, abs(computed))
    return Outcome("growth", (pair.new, pair.old), computed, made, f"({new} - {old}) / |{old}| * 100")


def doubt(cue: Cue, tried: Sequence[Pair], index: Index) -> Outcome | None:
    """The contradiction where the sentence leaves no doubt which pair it means, and the pair grew otherwise."""
    if index.report or cue.loose or (cue.against is not None and not index.calendar.has(cue.against)):
        return None
    sure = [pair for pair in tried if pair.sure] or [pair for pair in tried if pair.score >= SURE][:1]
    for pair in sure[:1]:
        if not pair.said or meaning.unheard(cue, pair.line, index):
            continue
        made = _growth(cue, pair) if cue.role == GROWTH else _change(cue, pair)
        if made is not None and not made.tied:
            return made
    return None


def change(
    cue: Cue, index: Index, anchors: Sequence[tuple[Line, Fact]], floor: int
) -> tuple[Outcome | None, list[Pair]]:
    """`An increase of $4.8 million`: the pair of figures that differ by so much."""
    tried = pairs(cue, index, anchors, floor)
    found = next((pair for pair in tried if cue.number.kind != PERCENT and _changed_so(cue, pair)), None)
    return (None if found is None else _change(cue, found)), tried


def _changed_so(cue: Cue, pair: Pair) -> bool:
    """Whether the figures of a pair differ by as much as the number says, and the way that its words say."""
    return amounts.holds(cue, _gap(pair)) and not _runs_otherwise(cue, pair)


def _change(cue: Cue, pair: Pair) -> Outcome | None:
    if cue.number.kind == PERCENT:
        return None
    computed = size(pair.new) - size(pair.old)
    good = _changed_so(cue, pair)
    formula = f"{name(pair.new)} - {name(pair.old)}"
    return Outcome("change", (pair.new, pair.old), computed, verdict(good, cue.number.value, computed), formula)


def _gap(pair: Pair) -> Interval:
    """By how much the figures of a pair differ."""
    gap = span(pair.new).minus(span(pair.old))
    one, two = sorted((abs(gap.bottom), abs(gap.top)))
    return counted(one, two, gap.unit)


def _runs_otherwise(cue: Cue, pair: Pair) -> bool:
    """Whether the words say up and the figures say down, or the reverse; what is negative twice is told by its magnitude."""
    new, old = size(pair.new), size(pair.old)
    rise = old - new if new < 0 and old < 0 else new - old
    if not cue.way or not rise or (rise > 0) == (cue.way > 0):
        return False
    return not says_better(cue.before[-60:] + " " + cue.after[:40]) and not (new < 0 < old or old < 0 < new)


def turned(cue: Cue, tried: Sequence[Pair], index: Index) -> Outcome | None:
    """The contradiction where a row that the words name changed by just the amount told, but the other way."""
    if index.report or cue.loose:
        return None
    for pair in tried:
        plain = pair.said and (pair.sure or pair.score >= SURE) and not meaning.unheard(cue, pair.line, index)
        if plain and _runs_otherwise(cue, pair) and amounts.holds(cue, _gap(pair)):
            return _change(cue, pair)
    return None


@cache
def _named() -> tuple[dict[str, Any], ...]:
    return tuple(load("prose")["ratio"])


def named_ratio(cue: Cue, text: str, index: Index) -> Outcome | None:
    """`Current ratio of 5.3:1`, `gross margin of 39.4 percent`: the two rows that a ratio is named after."""
    low = " ".join(text.lower().split())
    for ratio in _named():
        percent = bool(ratio.get("percent"))
        if percent != (cue.number.unit == "%") or not any(phrase in low for phrase in ratio["names"]):
            continue
        for period in (*cue.periods[:2], *(() if percent else (index.calendar.find(None, cue.periods[0].end),))):
            made = _ratio(cue, ratio["over"], period, 100 if percent else 1, index)
            if made is not None:
                return made
    return None


def named_difference(cue: Cue, index: Index) -> Outcome | None:
    """`Working capital of $212.5 million`: the two rows that a difference is named after, where they give the number; what
    else a company takes off, its name does not tell."""
    return next((made for made, gap in differences(cue, index) if amounts.holds(cue, gap)), None)


def differences(cue: Cue, index: Index) -> Iterator[tuple[Outcome, Interval]]:
    """Each two rows that a difference is named after, at the periods that a number may be of, less one another, and the
    interval of that."""
    for known in load("prose")["difference"]:
        if not any(tokens(each) <= (cue.own or cue.strong) for each in known["names"]):
            continue
        for period in (*cue.periods[:1], index.calendar.find(None, cue.periods[0].end)):
            tops, bottoms = (_total(frozenset(words), period, index) for words in known["of"])
            for top, bottom in product(tops, bottoms):
                if top.table.number == bottom.table.number:
                    computed = size(top) - size(bottom)
                    made = verdict(True, cue.number.value, computed)
                    told = Outcome("difference", (top, bottom), computed, made, f"{name(top)} - {name(bottom)}")
                    yield told, amounts.positive(amounts.signed(((1, top), (-1, bottom))))


def _ratio(cue: Cue, over: list[list[str]], period: Period, times: int, index: Index) -> Outcome | None:
    tops, bottoms = (_total(frozenset(words), period, index) for words in over)
    for top in tops:
        for bottom in bottoms:
            if top.table.number != bottom.table.number:
                continue
            made = quotient(cue, top, bottom, times)
            if made is not None and (made.tied or times == 1):
                return made
    return None


def quotient(cue: Cue, top: Fact, bottom: Fact, times: int) -> Outcome | None:
    """A number as so many times the quotient of two figures; None where that has no bound."""
    share = span(top).scaled(Fraction(times)).over(span(bottom))
    if share is None or not size(bottom):
        return None
    computed = size(top) * times / size(bottom)
    good = amounts.holds(cue, Interval(*sorted((abs(share.low), abs(share.high)))))
    formula = f"{name(top)} / {name(bottom)}"
    return Outcome("ratio", (top, bottom), computed, verdict(good, cue.number.value, computed), formula)


def _total(words: frozenset[str], period: Period, index: Index) -> list[Fact]:
    """The figures of the rows whose label is just these words."""
    found = [(line, fact) for line in index.called(words) if (fact := meaning.at(line, period, index)) is not None]
    found.sort(key=lambda pair: (len(pair[0].label), -abs(size(pair[1]))))
    return [fact for _, fact in found]
