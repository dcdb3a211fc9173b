"""What several mines that a sentence names together made: the sum of their rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter

from orebook.check.prose import amounts, meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.hints import holds
from orebook.check.prose.index import Index, Line, size
from orebook.check.prose.numbers import MONEY, QUANTITY
from orebook.check.prose.outcome import Outcome, name, verdict
from orebook.model.fact import Fact
from orebook.model.interval import NIL, Interval
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.tie import BREAKS

_AND = re.compile(
    r"(?:['’]s)?\s*(?:mines?|units?|operations?|projects?|propert(?:y|ies))?\s*"
    r"(?:,|,?\s*(?:and|plus|&|together\s+with|as\s+well\s+as))\s*(?:the\s+|our\s+|at\s+|from\s+)*",
    re.IGNORECASE,
)
_ONE_BY_ONE = ("each", "respectively", " or ")
_TOGETHER = ("together", "combined", "collectively", "jointly")
_JOINED = frozenset(("together", "combined", "collectively", "jointly", "both", "aggregate"))
_MADE = frozenset(("produce",))  # `Sleeping Giant and Beaufor together contributed 12,379 ounces`
_LEAST, _SURE = 40, 60
_PAIR = 2


class _Part(NamedTuple):
    """A mine's row, its figure, and how well the words agree, out of 100."""

    line: Line
    fact: Fact
    good: int


def together(cue: Cue, text: str, index: Index) -> Outcome | None:
    """`Pine Creek and Old Glory together produced 1.34 million ounces`: the rows of the mines, added up. Where the sentence
    says `together`, a number that is that sum but for a slip of the pen breaks it."""
    if not cue.periods or cue.number.bare or cue.number.kind not in (MONEY, QUANTITY) or "/" in cue.number.unit:
        return None
    low = text.lower()
    named = _named(cue, text, index) if " and " in low and not holds(low, _ONE_BY_ONE) else ()
    if len(named) < _PAIR:
        return None
    for period in cue.periods[: 1 if cue.firm else 2]:
        groups = _groups(cue, named, period, index)
        groups.sort(key=lambda group: -min(part.good for part in group))
        for group in groups:
            if amounts.holds(cue, _added(group)):
                return _outcome(cue, group, good=True)
    groups = _groups(cue, named, cue.periods[0], index)
    if len(groups) == 1 and cue.firm and not (index.report or cue.loose or cue.qualifier) and holds(low, _TOGETHER):
        made = _outcome(cue, groups[0], good=False)
        sure = min(part.good for part in groups[0]) >= _SURE
        return made if sure and amounts.slip(cue, made.computed or Fraction(0)) else None
    return None


def _named(cue: Cue, text: str, index: Index) -> tuple[str, ...]:
    """The mines that a sentence lists last before a number, else first after it."""
    found = index.names.find(text, joined=True)
    before = [each for each in found if each[0] < cue.number.start]
    runs = _runs(before or found, text)
    run = runs[-1 if before else 0] if runs else []
    return tuple(dict.fromkeys(each for _, each in run))


def _runs(found: Sequence[tuple[int, str]], text: str) -> list[list[tuple[int, str]]]:
    """Names that only `and` and commas part."""
    made: list[list[tuple[int, str]]] = []
    for at, each in found:
        before = made[-1][-1] if made else None
        if before is not None and _AND.fullmatch(text, before[0] + len(before[1]), at):
            made[-1].append((at, each))
        else:
            made.append([(at, each)])
    return made


def _groups(cue: Cue, named: Sequence[str], period: Period, index: Index) -> list[list[_Part]]:
    """For each measure that is printed of all the mines in one table, their rows."""
    words = index.spoken(frozenset(named))
    said = (cue.own - words - _JOINED) or (_MADE if cue.number.unit == "oz" else cue.strong - words - _JOINED)
    made: dict[tuple[int, tuple[str, ...], frozenset[str]], dict[str, _Part]] = defaultdict(dict)
    for line in sorted(index.naming(cue.number.unit, said | words), key=attrgetter("place")):
        whose = next((each for each in named if each in line.names), None)
        fact = meaning.at(line, period, index) if whose else None
        if whose is None or fact is None or fact.value is None:
            continue
        one = replaced(cue, strong=said, names=frozenset((whose,)), settled=True)
        good = meaning.score(one, line, index)
        if good >= _LEAST:
            key = line.table.number, line.row.heading, line.label - index.spoken(line.names)
            made[key].setdefault(whose, _Part(line, fact, good))
    return [[parts[each] for each in named] for parts in made.values() if len(parts) == len(named)]


def _added(parts: Sequence[_Part]) -> Interval:
    made = NIL
    for part in parts:
        made = made.plus(amounts.magnitude(part.fact))
    return made


def _outcome(cue: Cue, parts: Sequence[_Part], *, good: bool) -> Outcome:
    computed = sum((abs(size(part.fact)) for part in parts), Fraction(0))
    made = verdict(True, cue.number.value, computed) if good else BREAKS
    formula = " + ".join(name(part.fact) for part in parts)
    return Outcome(
        "sum", tuple(part.fact for part in parts), computed, made, formula, ("the mines are named together",)
    )
