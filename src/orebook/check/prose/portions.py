"""A part of a whole that a sentence tells in percent: `$196.5 million, or 25 % of revenue`, `silver was 64 % of sales`.

Said only where it holds: what a portion is of, and at what level, a sentence seldom tells in full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orebook.check.prose import meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index
from orebook.check.prose.numbers import PERCENT
from orebook.check.prose.outcome import Outcome
from orebook.check.prose.relations import quotient
from orebook.check.prose.words import tokens
from orebook.model.fact import Fact
from orebook.model.period import Period

_OF = re.compile(
    r",?\s+of\s+(?!which\b|the\s+(?:increase|decrease|change)\b)"
    r"([a-z' &-]{4,60}?)(?=$|[,.;)(]|\s(?:in|for|during|compared|versus|as|and|while|against|was|were|from|at|to)\b)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:\s?\([^()]*\))?,?\s*(?:\bor|\(|\bwhich\s+(?:is|was)|,|\band\s+(?:accounted\s+for|represented|made\s+up))\s*"
    r"(?:about|approximately|nearly|some|over)?\s*"
)
_SUBJECT = re.compile(
    r"([\w'& -]{3,60}?)\s+(?:accounted\s+for|represented|made\s+up|contributed|(?:was|were)\s+(?:provided|accrued|recorded)\s+at|was|were|(?:rose|fell|grew|increased|decreased|declined|improved|dropped|came|amounted)\s+to)\s+(?:about\s+|approximately\s+|nearly\s+|over\s+)?$",
    re.IGNORECASE,
)
_CAME_TO = r"(?:was|were|is|are|of|equaled|averaged|amounted\s+to|(?:increas|decreas|declin|improv)ed\s+(?:to|from)|(?:rose|fell|grew)\s+(?:to|from))\s"
_PERCENTAGE = re.compile(
    rf"(?P<part>[\w'& -]{{3,60}}?),?\s+as\s+a\s+percent(?:age)?\s+of\s+(?P<whole>[a-z' &-]{{4,40}}?),?\s+(?:for\s[^,;]{{4,60}}\s)?{_CAME_TO}",
    re.IGNORECASE,
)
_PERCENTAGE_FIRST = re.compile(
    rf"\bas\s+a\s+percent(?:age)?\s+of\s+(?P<whole>[a-z' &-]{{4,40}}?),\s+(?P<part>[\w'& -]{{3,60}}?)\s+(?:for\s[^,;]{{4,60}}\s)?{_CAME_TO}",
    re.IGNORECASE,
)
_PAIR = 2  # the part and the whole
_COST = frozenset(("cost",))  # `research expense`, of a row `Research`
_ALL, _TOTAL = frozenset(("total",)), ("the total", "total", "our total", "its total")


def portion(cue: Cue, text: str, before: Cue | None, beside: Fact | None, index: Index) -> Outcome | None:
    """The ratio of two rows that a percentage is; `before` is the number before it and `beside` the figure that one ties to."""
    if cue.number.kind != PERCENT:
        return None
    found = _OF.match(text, cue.number.end)
    if found is None:
        return _as_percentage(cue, text, index) if "as a percent" in text.lower() else None
    whole = _ALL if found.group(1).lower() in _TOTAL else tokens(found.group(1))
    gap = text[before.number.end : cue.number.start] if before is not None else None
    again = gap is not None and _AGAIN.fullmatch(gap)
    parts = [beside] if again and beside is not None else [] if again else _named(cue, text, whole, index)
    made = _of_any(cue, parts, whole, index)
    return made or (_of_entity(cue, whole, index) if cue.names and cue.settled and not again else None)


def _as_percentage(cue: Cue, text: str, index: Index) -> Outcome | None:
    """`Gross profit as a percentage of net sales was 39.0 %`, `as a percentage of net sales, gross profit was`."""
    for pattern in (_PERCENTAGE, _PERCENTAGE_FIRST):
        found = pattern.search(text, 0, cue.number.start)
        if found is not None:
            whole = tokens(found["whole"])
            return _of_any(cue, _called(cue, tokens(found["part"]), whole, index), whole, index)
    return None


def _of_any(cue: Cue, parts: Sequence[Fact], whole: frozenset[str], index: Index) -> Outcome | None:
    return next((made for part in parts if (made := _share(cue, part, whole, index)) is not None), None)


def then(cue: Cue, told: Outcome | None, index: Index) -> Outcome | None:
    """`39.0 % of net sales, as compared with 38.5 % a year earlier`: the rows of the ratio `told`, at the time that it is
    compared with. Said only where it holds."""
    if told is None or told.kind != "ratio" or not told.tied or len(told.operands) != _PAIR:
        return None
    facts: list[Fact] = []
    for now in told.operands:
        line = index.line_of(now)
        months = None if now.period is None else now.period.months
        fact = meaning.at(line, index.calendar.find(months, cue.periods[0].end), index) if line is not None else None
        if fact is None or fact is now or not fact.value:
            return None
        facts.append(fact)
    percent = cue.number.kind == PERCENT
    made = quotient(cue, facts[0], facts[1], 100 if percent else 1)
    if made is None or not made.tied:
        return None
    return made._replace(formula=f"{made.formula} * 100") if percent else made


def _of_entity(cue: Cue, whole: frozenset[str], index: Index) -> Outcome | None:
    """`Pine Creek contributed 49 % of silver production`: a mine's row over the row of all mines that is called alike; of
    what has shares, amounts and quantities, not of rates."""
    period = cue.periods[0]
    for kind in sorted(kind for kind in index.families if "/" not in kind and kind != "%"):
        rows = [line for line in index.naming(kind, whole) if whole <= line.words]
        facts = [(line, fact) for line in rows if (fact := meaning.at(line, period, index)) is not None and fact.value]
        for part, mine in facts:
            for total, every in facts:
                if part.names & cue.names and not total.names and part.label <= total.words:
                    made = quotient(cue, mine, every, 100)
                    if made is not None and made.tied:
                        return made._replace(formula=f"{made.formula} * 100")
    return None


def _named(cue: Cue, text: str, whole: frozenset[str], index: Index) -> list[Fact]:
    """The figures of the rows that the subject names: `silver accounted for` those of `Silver revenue`, or of `Silver` in a
    block of revenues."""
    start = max(text.rfind(mark, 0, cue.number.start) for mark in (". ", ", ", "; ")) + 1
    found = _SUBJECT.search(text, start, cue.number.start)
    return _called(cue, tokens(found.group(1)), whole, index) if found else []


def _called(cue: Cue, words: frozenset[str], whole: frozenset[str], index: Index) -> list[Fact]:
    """The figures of the rows that are called by some words, or stand so in a block that is called as the whole."""
    if not words or not whole:
        return []
    words = (
        words - _COST if len(words) > 1 and not any(words <= line.words for line in index.naming("M", words)) else words
    )
    rows = [line for line in index.naming("M", words) if words <= line.words <= words | whole | line.context]
    facts = [meaning.at(line, period, index) for line in rows for period in cue.periods[:1]]
    return [fact for fact in facts if fact is not None and fact.value]


def _share(cue: Cue, part: Fact, whole: frozenset[str], index: Index) -> Outcome | None:
    if part.period is None:
        return None
    for total in _wholes(whole, Period(part.period.end, part.period.months), part, index):
        made = quotient(cue, part, total, 100)
        if made is not None and made.tied:
            return made._replace(formula=f"{made.formula} * 100")
    return None


def _wholes(words: frozenset[str], period: Period, part: Fact, index: Index) -> Sequence[Fact]:
    """The figures of the rows called just so, those of the part's own table first, and of the row that is called as the part
    under a heading called so (`Net sales: Access equipment` beside `Operating income: Access equipment`)."""
    if words == _ALL:
        # `37.4 % of the total`: of the last row of the part's own table that is called a total, or nothing.
        return [
            fact
            for line in reversed(index.lines)
            if line.table.number == part.table.number
            and line.label <= _ALL
            and (fact := meaning.at(line, period, index)) is not None
            and fact.value
        ]
    alike = [
        line
        for line in index.naming("M", words)
        if line.row.label == part.row.label and line.row is not part.row and words <= line.words - line.label
    ]
    rows = alike + sorted(
        index.called(words),
        key=lambda line: (line.table.number != part.table.number, len(line.label), line.place),
    )
    found = [meaning.at(line, period, index) for line in rows]
    return [fact for fact in found if fact is not None and fact.value and fact is not part]
