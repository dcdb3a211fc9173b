"""A number that two sentences tell, and one of them otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from orebook.check.prose import amounts, breaks, levels, meaning
from orebook.check.prose.context import Cue
from orebook.check.prose.index import Index, Line
from orebook.check.prose.manner import LEVEL
from orebook.check.prose.outcome import Outcome
from orebook.check.prose.words import vocabulary

if TYPE_CHECKING:
    from orebook.check.prose.run import Found

_JOINED = re.compile(r"\b(?:and|plus|including|together)\b")
_DIGITS = 2
_TELLING = 2


def otherwise(found: Sequence[Found], index: Index) -> None:
    """`An accrual of $33.1 million`, elsewhere `the accrual of $23.1 million`, which its row prints: an untied amount is
    contradicted where another sentence says as much, of the same measure and period, but for a slip of the pen.

    The words of one must say all that those of the other say, the number's own nothing that may be added to it, neither sentence may hold a word that makes another measure
    of it, and no figure that the number may mean be just so much. In a quarterly or annual report too many sentences are
    about parts of which none is named.
    """
    if index.report:
        return
    told: dict[tuple[str, object], list[tuple[Found, Cue, Outcome, Line]]] = defaultdict(list)
    for each in found:
        for cue, made, line in zip(each.said.cues, each.outcomes, each.lines, strict=True):
            if made is not None and line is not None and made.kind == "level" and made.tied and not cue.ahead:
                told[cue.number.unit, cue.number.step].append((each, cue, made, line))
    for each in found:
        for at, cue in enumerate(each.said.cues):
            if each.outcomes[at] is None and cue.role == LEVEL and not cue.ahead:
                for where, other, made, line in told.get((cue.number.unit, cue.number.step), ()):
                    if where is not each and _is_retold(cue, other, made, line, index):
                        each.outcomes[at] = _contradicted(cue, other, made, line)
                        break


def _is_retold(cue: Cue, other: Cue, made: Outcome, line: Line, index: Index) -> bool:
    """Whether a number is another one, which ties to a row, but for a slip of the pen."""
    if cue.number.bare or not cue.periods or not amounts.slip(cue, other.number.value, _DIGITS):
        return False
    known = vocabulary()
    if cue.around & known.narrowing != other.around & known.narrowing:
        return False
    mine, its = _telling(cue, index), _telling(other, index)
    if not (mine <= its or its <= mine) or mine & its <= breaks.GENERAL:
        return False
    if _JOINED.search(f"{cue.before} {cue.after}") and not cue.strong - other.strong - line.words <= known.light:
        return False  # `exploration and roads`
    if meaning.at(line, cue.periods[0], index) is not made.operands[0] or not meaning.entity(cue, line, index):
        return False
    floor = levels.FLOORS.get(amounts.digits(cue), meaning.LEAST)
    return meaning.score(cue, line, index) >= floor and not breaks.elsewhere(cue, index, floor)


def _telling(cue: Cue, index: Index) -> frozenset[str]:
    return frozenset(word for word in cue.strong if index.weights.get(word, 0) > _TELLING)


def _contradicted(cue: Cue, other: Cue, made: Outcome, line: Line) -> Outcome:
    match = levels.Match(made.operands[0], line, cue.periods[0], 0, ())
    broken = levels.outcome(cue, match)
    return broken._replace(trace=(f"another sentence says {other.number.text} of the same figure",))
