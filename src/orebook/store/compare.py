"""Two reports of one company, compared when the second is kept: which figures are re-presented, and which restated.

Whether two figures may be one number, their digits say whenever they are asked. Whether one that is not what it was was
divided, moved within its statement, or stated anew, only both statements tell: they are compared here, by
`orebook.check.reports`, and what they tell is kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from orebook.check.reports import REPRESENTED, RESTATED, comparisons, explanation
from orebook.model.interval import NIL, WELL_WITHIN_PRECISION, Interval, rounded
from orebook.store.load import Loaded, Printed, Shelf

# The reports of a company that print something of a period of which one of them does too.
_NEAR = """
    SELECT DISTINCT theirs.report FROM spans own
    JOIN reports other ON other.company = (SELECT company FROM reports WHERE id = own.report)
    JOIN spans theirs ON theirs.report = other.id AND theirs.ends = own.ends AND theirs.months = own.months
    WHERE own.report = ?
"""


def compare_with_neighbours(base: sqlite3.Connection, shelf: Shelf, report: int) -> None:
    """Compares a report with those before and after it that print some of its figures otherwise."""
    order = reports_in_order(base, report)
    if len(order) < 2:
        return
    near = reports_near(base, report)
    found = _differing(shelf, [number for number in order if number in near], report)
    for other, (mine, theirs) in sorted(found.items()):
        sides = shelf.statements(other, theirs), shelf.statements(report, mine)
        old, new = sides if order.index(other) < order.index(report) else sides[::-1]
        _compare(base, old, new)


def reports_near(base: sqlite3.Connection, report: int) -> set[int]:
    """A report, and those of its company that print something of a period of which it does too."""
    return {report, *(number for (number,) in base.execute(_NEAR, (report,)))}


def reports_in_order(base: sqlite3.Connection, report: int) -> list[int]:
    """The reports of a report's company, in the order in which they were given out."""
    found = base.execute(
        "SELECT id FROM reports WHERE company = (SELECT company FROM reports WHERE id = ?) ORDER BY told, ends, id",
        (report,),
    )
    return [number for (number,) in found]


def _differing(shelf: Shelf, near: Sequence[int], report: int) -> dict[int, tuple[set[int], set[int]]]:
    """The reports next before or after a report among those that print some figure, where the two print it otherwise; each
    with the tables of the two in which such figures stand, those of the given report first."""
    own, place = shelf.points(report), near.index(report)
    found: dict[int, tuple[set[int], set[int]]] = {}
    for side in (near[:place][::-1], near[place + 1 :]):
        others = [(number, shelf.points(number)) for number in side]
        for key, told in own.items():
            other = next(((number, points[key]) for number, points in others if key in points), None)
            if other is not None and _differ(told.printed, other[1].printed):
                mine, theirs = found.setdefault(other[0], (set(), set()))
                mine |= told.tables
                theirs |= other[1].tables
    return found


def _differ(some: set[Printed], others: set[Printed]) -> bool:
    """Whether a figure of one report and one of another cannot be one number; not where copies of one report contradict
    each other in more than the sign, because then nothing is said of the two."""
    if some == others or _contradicts(some) or _contradicts(others):
        return False
    return any(not _meet(one, other) for one in some for other in others)


def _meet(one: Printed, other: Printed) -> bool:
    """Whether two printed figures may be one number."""
    if one[1:] == other[1:] and one[0] and other[0] and max(len(one[0]), len(other[0])) < WELL_WITHIN_PRECISION:
        # As fine as each other: the two intervals have an end in common where they are one last digit apart.
        return abs(Decimal(one[0]) - Decimal(other[0])).scaleb(one[1]) <= 1
    return _interval(one).meets(_interval(other))


def _contradicts(copies: set[Printed]) -> bool:
    if len(copies) == 1:
        return False
    shared: Interval | None = None
    for copy in copies:
        own = _interval(copy)
        own = own.scaled(-1) if own.bottom + own.top < 0 else own
        shared = own if shared is None else shared.meet(own)
        if shared is None:
            return True
    return False


def _interval(printed: Printed) -> Interval:
    value, decimals, scale = printed
    return NIL if value is None else rounded(Fraction(value), decimals, scale)


def _compare(base: sqlite3.Connection, old: Loaded, new: Loaded) -> None:
    """Keeps which figures of two reports are re-presented or restated, and why."""
    found = [each for each in comparisons(old.entries, new.entries) if each.verdict in (REPRESENTED, RESTATED)]
    base.executemany(
        "INSERT OR REPLACE INTO changes VALUES (?, ?, ?, ?, ?, ?)",
        [
            (*old.places[each.old.place], *new.places[each.new.place], each.verdict, "; ".join(explanation(each)))
            for each in found
        ],
    )
