"""Whether a row means what a number means: words, entity, period."""

from __future__ import annotations

import re

from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, Line
from orebook.check.prose.phrases import nearest_words
from orebook.check.prose.words import SHARE_KINDS, tokens, vocabulary
from orebook.model.fact import Fact
from orebook.model.period import MONTHS, Period

LEAST = 25
RATES = ("M/share", "M/oz", "M/lb", "M/kg", "M/ton", "M/tonne", "M")
PER_SHARE = frozenset(("applicable", "common", "shareholder", "net", "share", "basic", "pershare"))
_LEFT_OUT = frozenset(("adjusted", "nongaap"))  # one says of a measure what the other does
_PROPER = re.compile(r"(?<![.!?;]\s)(?<!^)(?<=[a-z,]\s)[A-Z][a-z]{2,}")
_LAST = re.compile(r"[,;:]\s")
MONTHS_SAID = frozenset((*map(str.lower, MONTHS), "sept", "nov", "dec", "oct", "company"))


def families(cue: Cue) -> tuple[str, ...]:
    """The units that a number may be in."""
    return RATES if cue.number.bare else (cue.number.unit,)


def score(cue: Cue, line: Line, index: Index, floor: int = 0) -> int:
    """How well the words of a row agree with those of a number, out of 100; 0 where they cannot mean the same, or where
    it is less than `floor` for certain."""
    said = cue.strong
    if line.part and line.part.isdisjoint(said) and line.part.isdisjoint(cue.around):
        return 0
    if line.names and cue.names & line.names:
        said = said | (frozenset(word for name in cue.names for word in name.split()) & line.words)
    if not _LEFT_OUT.isdisjoint(said):
        its = line.words & _LEFT_OUT
        said = said - _LEFT_OUT | its if its else said
    label = line.label
    if line.family == "M/share":
        both = label >= SHARE_KINDS  # one figure for basic and diluted shares
        said, label = said - PER_SHARE, label - (PER_SHARE | SHARE_KINDS if both else PER_SHARE)
    shared = said & line.words
    if not shared or _clash(said, label, line, index):
        return 0
    if cue.names and not line.names and (words := index.spoken(cue.names)) <= line.words:
        said, shared = said | words, shared | words
    return _agreement(said, label, shared, cue.around, line, index, floor)


def _clash(said: frozenset[str], label: frozenset[str], line: Line, index: Index) -> bool:
    """True where both name one of a group (gold, silver …; gross, net …), and not the same one."""
    named = index.grouped.get(said)
    if named is None:
        found = ((said & group, group, within) for group, within in vocabulary().groups if not within or within in said)
        named = index.grouped[said] = [each for each in found if each[0]]
    for mine, group, within in named:
        its = (line.label if within else line.words) & group
        if its and mine.isdisjoint(its) and (not within or within in label):
            return True
    return False


def _agreement(
    said: frozenset[str],
    label: frozenset[str],
    shared: frozenset[str],
    around: frozenset[str],
    line: Line,
    index: Index,
    floor: int,
) -> int:
    """55 parts for the words asked for that the row has, 45 for the words of its label that were said, less for
    words on one side only that make another measure of it."""
    weights = index.weights
    narrowing = vocabulary().narrowing
    asked, most = index.asked(said)
    found = top = 0
    for word in shared:
        weight = weights[word]
        found += weight
        top = max(top, weight)
    if found != asked and most > top:
        asked += 4 if found > 8 else 8
    result = 55 * found // (asked or 1)
    if result + 45 < floor:
        return 0
    mine = near = odd = 0
    for word in label:
        if word in said:
            mine += weights[word]
        elif word in around:
            near += weights[word]
        elif word in narrowing:
            odd += 1
    whole = line.total if label is line.label else sum(weights[word] for word in label)
    result += 45 * (mine + near // 2) // (whole or 1) - 25 * odd
    if not mine:
        result -= 15
    if not narrowing.isdisjoint(said):
        result -= 35 * len((said - line.words) & narrowing)
    return max(result, 0)


def entity(cue: Cue, line: Line, index: Index) -> int:
    """2 where the entities agree, 1 where neither side names one or it is only carried over, 0 where they differ."""
    if not cue.names:
        return 0 if line.names else 2
    key = (cue.names, cue.settled, line.place)
    made = index.who.get(key)
    if made is None:
        made = index.who[key] = _entity(cue, line, index)
    return made


def _entity(cue: Cue, line: Line, index: Index) -> int:
    if line.names:
        return 2 if cue.names & line.names else 0
    words = index.spoken(cue.names)
    if words <= line.words or words <= index.printed(line):
        return 2
    return 1 if not cue.settled or not line.label.isdisjoint(vocabulary().events) else 0


def timing(cue: Cue, fact: Fact) -> int | None:
    """The place of a figure's period among the plausible ones; None where it is none of them."""
    period = fact.period
    if period is None:
        return None
    end, months = period.end, period.months
    for place, wanted in enumerate(cue.periods):
        if end == wanted.end:
            if months is None or months == wanted.months:
                return place
            if wanted.months is None:
                return place + 1
    return None


def ranked(cue: Cue, index: Index, floor: int) -> list[tuple[int, Line]]:
    """The rows that a number may be about by its words and entity, whatever their values, the best first."""
    key = (cue.strong, cue.around, cue.names, cue.settled, families(cue))
    made = index.found.get(key)
    if made is None:
        made = index.found[key] = _ranked(cue, index)
    return [pair for pair in made if pair[0] >= floor]


def _ranked(cue: Cue, index: Index) -> list[tuple[int, Line]]:
    made = []
    for kind in families(cue):
        for line in index.naming(kind, cue.strong):
            who = entity(cue, line, index)
            good = score(cue, line, index) if who else 0
            if good >= LEAST:
                made.append((-100 * (10 * who + good) - len(line.label & cue.strong), good, line))
    made.sort(key=lambda entry: (entry[0], entry[2].table.number, entry[2].row.number))
    return [(good, line) for _, good, line in made]


def at(line: Line, period: Period, index: Index) -> Fact | None:
    """The figure of a row for a period; a balance is taken at the period's close."""
    fact = line.facts.get(period)
    if fact is None:
        fact = line.facts.get(index.calendar.find(None, period.end))
    return fact


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
    known = index.company | index.title | {word for name in cue.names for word in name.split()} | MONTHS_SAID
    return frozenset(
        word for word in found if word not in text and word.removesuffix("s") not in known and word not in known
    )
