"""Sums and differences that a sentence names in words, and shares that add up across sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from orebook.check.prose import amounts, meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.hints import begins, holds, places
from orebook.check.prose.index import Index, Line, size
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.check.prose.words import tokens, vocabulary
from orebook.model.fact import Fact
from orebook.model.interval import NIL, Interval
from orebook.model.named import NamedTuple
from orebook.model.period import Period, months_before
from orebook.model.tie import BREAKS

_JOINED = re.compile(r"(?:and|plus|including|combined)\b|total|&")
_JOINTS = ("and", "plus", "total", "including", "combined", "&")
_WITHOUT = re.compile(
    r"\b(?:before|excluding|exclusive\s+of|prior\s+to|without|net\s+of)\s+(?:the\s+|any\s+|these\s+)?([^,.;]{3,90}?)(?=,|;|\.|$|\s(?:of|was|were|the\s+company|totaled|for\s+the)\b)",
    re.IGNORECASE,
)
_ADDED = ("and", "plus", "&")
_MOST = 14
_GENERAL = frozenset(("cost",))
_WEAKEST = 25


class Past(NamedTuple):
    """A claim already made in the paragraph: what it was said of, and the signed figures it rests on."""

    cue: Cue
    outcome: Outcome


def _called(cue: Cue, index: Index) -> bool:
    """True where one row is called so by itself, and prints a figure for the period: then no sum is meant."""
    return any(
        line.facts.get(cue.periods[0]) is not None
        and meaning.entity(cue, line, index)
        and meaning.score(cue, line, index, _SO_CALLED) >= _SO_CALLED
        and not meaning.unheard(cue, line, index)
        for line in index.agreeing(cue.number.unit, cue.strong, 90)
    )


_SO_CALLED = 95


class _Part(NamedTuple):
    """A row that may be a part of a sum: how much of its label is said, its figure, and that one's magnitude."""

    share: int
    line: Line
    fact: Fact
    size: Interval


def joined(cue: Cue, index: Index) -> Outcome | None:
    """`Cash, cash equivalents and short-term investments totaling $195 million`: rows that are named one by one."""
    if not cue.periods or not _joins(cue, _JOINTS):
        return None
    parts = _parts(cue, index)
    if len(parts) < 2 or _called(cue, index):
        return None
    for period in cue.periods[:2]:
        for weakest in (60, 25):
            made = _joined(cue, parts, period, weakest, index)
            if made is not None:
                return made
    return None


def _joins(cue: Cue, joints: Sequence[str]) -> bool:
    """True where one of some words that add up stands beside a number."""
    low = f"{cue.before} {cue.after}".lower()
    return any(
        _JOINED.match(low, start) is not None and (low[start] == "&" or begins(low, start))
        for start, _ in places(low, joints)
    )


def _parts(cue: Cue, index: Index) -> list[tuple[int, Line]]:
    """The rows whose telling words are said, each with how much of its label that is, in percent."""
    made = []
    weight = index.weights.__getitem__
    for line in index.naming("M" if cue.number.unit.startswith("M") else cue.number.unit, cue.strong):
        part = cue.strong & line.label
        if not part or not meaning.entity(cue, line, index):
            continue
        share = 100 * sum(map(weight, part)) // (line.total or 1)
        if share >= _WEAKEST and (
            len(part) == len(line.label) or max(map(weight, part)) >= max(map(weight, line.label)) - 2
        ):
            made.append((share, line))
    return made


def _joined(cue: Cue, parts: list[tuple[int, Line]], period: Period, weakest: int, index: Index) -> Outcome | None:
    by_table: dict[int, list[_Part]] = {}
    for share, line in parts:
        fact = None
        if share >= weakest:
            fact = meaning.at(line, period, index) if weakest > 50 else line.facts.get(period)
        if fact is not None and fact.value is not None:
            by_table.setdefault(line.table.number, []).append(_Part(share, line, fact, amounts.magnitude(fact)))
    found = []
    for entries in by_table.values():
        entries.sort(key=lambda entry: (-entry.share, entry.line.row.number))
        small = [entry for entry in entries[:_MOST] if not _exceeds(cue, entry.size)]
        for count in (2, 3):
            for group in combinations(small, count):
                made = _sum(cue, group, index)
                if made is not None:
                    found.append(made)
    if not found or (weakest < 60 and len(found) > 1):
        return None
    return max(found, key=lambda pair: pair[0])[1]


def _exceeds(cue: Cue, part: Interval) -> bool:
    """Whether a part alone is more than the number, as it is heard or said, can be of a sum."""
    value, under = cue.number.value.as_integer_ratio()
    over_said = part.bottom * under * 4 > value * part.unit * 5
    return over_said and part.bottom * cue.heard.unit > cue.heard.top * part.unit


def _sum(cue: Cue, group: Sequence[_Part], index: Index) -> tuple[int, Outcome] | None:
    """The sum of a group of rows, where each names something that the others do not, and the number agrees."""
    interval = group[0].size
    for part in group[1:]:
        interval = interval.plus(part.size)
    if not amounts.holds(cue, interval) or (cue.qualifier == "over" and interval.low > cue.number.value * 5 / 4):
        return None
    words = [cue.strong & part.line.label for part in group]
    for at, mine in enumerate(words):
        others = frozenset[str]().union(*(w for place, w in enumerate(words) if place != at))
        if not mine - others - _GENERAL:
            return None
    facts = tuple(part.fact for part in group)
    covered = index.weigh(cue.strong & frozenset[str]().union(*words))
    computed = sum((abs(size(fact)) for fact in facts), Fraction(0))
    formula = " + ".join(name(fact) for fact in facts)
    named = sum(part.share for part in group) // len(group)
    return 1000 * named + covered, Outcome("sum", facts, computed, verdict(True, cue.number.value, computed), formula)


def contradicted(cue: Cue, index: Index) -> Outcome | None:
    """A number that two or three rows are named for one by one, words for words, and that is not their sum."""
    if (
        index.report
        or cue.loose
        or not cue.periods
        or cue.number.bare
        or cue.qualifier == "under"
        or not _joins(cue, _ADDED)
    ):
        return None
    said = cue.strong - vocabulary().filler - {"cost", "balance", "sheet"} - index.company
    period = cue.periods[0]
    whole: dict[int, list[Fact]] = {}
    covered: dict[int, frozenset[str]] = {}
    for line in index.naming(cue.number.unit, said):
        fact = meaning.at(line, period, index)
        if fact is None or fact.value is None or line.names or not _head(line) - {"cost"} <= said:
            continue
        if not _head(line) & covered.get(line.table.number, frozenset()):
            whole.setdefault(line.table.number, []).append(fact)
            covered[line.table.number] = covered.get(line.table.number, frozenset()) | _head(line)
    for table, facts in whole.items():
        timely = cue.firm or all(fact.period is not None and fact.period.is_instant for fact in facts)
        if 2 <= len(facts) <= 3 and said <= covered[table] and timely:
            computed = sum((abs(size(fact)) for fact in facts), Fraction(0))
            if any(amounts.holds(cue, amounts.magnitude(fact)) for fact in facts):
                return None  # it says one of them: the sentence goes on with the next
            if not amounts.holds(cue, _added(facts)):
                return Outcome("sum", tuple(facts), computed, BREAKS, " + ".join(name(fact) for fact in facts))
    return None


_IN_ALL = ("total", "combined", "aggregate", "together", "altogether")


def in_all(cue: Cue, said: Sequence[Fact]) -> Outcome | None:
    """`Cash of $120.9 million and investments of $73.9 million, for total liquidity of $194.8 million`: the sum of the
    amounts of the sentence before it, of one period. What else may be counted in is not told, so no number breaks it."""
    if len(said) < 2 or not holds(cue.before.lower(), _IN_ALL) or len({fact.period for fact in said}) > 1:
        return None
    if not amounts.holds(cue, _added(said)):
        return None
    computed = sum((abs(size(fact)) for fact in said), Fraction(0))
    formula = " + ".join(map(name, said))
    return Outcome("sum", tuple(said), computed, verdict(True, cue.number.value, computed), formula)


def _head(line: Line) -> frozenset[str]:
    """The words of a label before its `and`: what `Short-term investments and securities held for sale` is called."""
    return tokens(line.row.label.split(" and ")[0]) or line.label


def _added(facts: Sequence[Fact]) -> Interval:
    made = NIL
    for fact in facts:
        made = made.plus(amounts.magnitude(fact))
    return made


def without(cue: Cue, text: str, past: Sequence[Past], index: Index) -> Outcome | None:
    """`Before write-downs and accruals, a loss of $2.6 million`: an earlier claim less other earlier claims.

    Base and items are what the same paragraph has already tied: the base a claim of the same measure, the
    items those whose words are named after `before`.
    """
    match = _WITHOUT.search(text)
    if match is None or not cue.periods:
        return None
    left_out = tokens(match.group(1))
    telling = cue.strong - left_out
    base = next(
        (p for p in past if _serves(p, cue) and telling and telling <= p.cue.strong and len(p.outcome.operands) == 1),
        None,
    )
    items = [
        p for p in past if p is not base and p.cue.number.unit == "M" and p.cue.own & left_out and p.outcome.operands
    ]
    if base is None or not items:
        return None
    if any(not _serves(item, cue) for item in items):
        return None
    parts = {fact: None for item in items for fact in item.outcome.operands if fact not in base.outcome.operands}
    minus = _added(tuple(parts))
    whole = amounts.magnitude(base.outcome.operands[0])
    left = Interval(whole.low - minus.high, whole.high - minus.low)
    computed = abs(size(base.outcome.operands[0])) - sum((abs(size(fact)) for fact in parts), Fraction(0))
    operands = (base.outcome.operands[0], *parts)
    formula = f"|{name(operands[0])}| - " + " - ".join(f"|{name(fact)}|" for fact in operands[1:])
    trace = ("base and items are the figures that the paragraph's earlier claims tie to",)
    return Outcome(
        "difference", operands, computed, verdict(amounts.holds(cue, left), cue.number.value, computed), formula, trace
    )


def _serves(past: Past, cue: Cue) -> bool:
    fact = past.outcome.operands[0] if past.outcome.operands else None
    return (
        fact is not None
        and past.cue.number.unit == "M"
        and fact.period is not None
        and Period(fact.period.end, fact.period.months) == cue.periods[0]
    )


def a_share(cue: Cue, before: Outcome, gap: str, index: Index) -> Outcome | None:
    """`… or 5 cents per share` right after a difference: the difference over the average number of shares.

    Only an `or` between the two leaves no doubt: then a number that is not that ratio is contradicted.
    """
    if cue.number.unit != "M/share" or before.computed is None or not cue.periods:
        return None
    for line in index.naming("shares", ("share", "average", "weighted")):
        fact = meaning.at(line, cue.periods[0], index)
        if fact is None or fact.value is None or "diluted" in line.label or "average" not in line.label:
            continue
        computed = before.computed / size(fact)
        good = amounts.holds(cue, Interval(computed, computed))
        if good or gap.strip(" ,") == "or":
            formula = f"({before.formula}) / {name(fact)}"
            return Outcome(
                "ratio", (*before.operands, fact), computed, verdict(good, cue.number.value, computed), formula
            )
    return None


def to_date(cue: Cue, index: Index, floor: int) -> Outcome | None:
    """A number of an earlier quarter, which no column prints: the year to date less the current quarter."""
    known = index.calendar
    if known.quarter is None or known.ytd is None or not cue.periods or not _earlier(cue.periods[0], index):
        return None
    for good, line in meaning.ranked(cue, index, floor):
        whole, part = line.facts.get(known.ytd), line.facts.get(known.quarter)
        if whole is None or part is None or good < floor:
            continue
        gap = amounts.positive(amounts.signed(((1, whole), (-1, part))))
        slipped = good >= _SURE and not index.report and amounts.slip(cue, size(whole) - size(part))
        slipped = slipped and not amounts.holds(cue, amounts.magnitude(whole))
        if slipped or amounts.holds(cue, gap):
            computed = size(whole) - size(part)
            made = verdict(amounts.holds(cue, gap), cue.number.value, computed)
            trace = ("no column prints the earlier quarter: the year to date less the current quarter",)
            formula = f"{name(whole)} - {name(part)}"
            return Outcome("difference", (whole, part), computed, made, formula, trace)
    return None


_SURE = 60


def _earlier(period: Period, index: Index) -> bool:
    """True for a stretch of the current year that closed before the current quarter began."""
    known = index.calendar
    if period.months is None or known.ytd is None or known.ytd.months is None or known.has(period):
        return False
    return months_before(known.end, known.ytd.months) < period.end <= months_before(known.end, 3)
