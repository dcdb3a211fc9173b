"""HD02 headings.periods-exchanged: a table prints one period's figures under another period's heading.

What it ties: the period in the heading of each column to the columns of other tables that print the same figures.

Why: a column foots under any heading; only other tables show that two years were exchanged.

Ties: sales of 49,228 under 2007 and 50,414 under 2006 in both tables.

Breaks: 49,228 under 2006 and 50,414 under 2007 in one table, and the other way round in the rest; or a column whose
figures other tables print under another date, where no figure of it stands under its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from orebook.check.context import Context, Sheet
from orebook.check.headings.alike import digits, pairs, subjects
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.tie import Finding

CODE = "HD02"
NAME = "headings.periods-exchanged"
ENOUGH_DIGITS = 8
WEEK = 7  # days by which the end of a year of weeks moves


class Column(NamedTuple):
    """A column of a table, and the period of a figure in it (opening cash stands under a later heading)."""

    table: int
    number: int
    period: Period


Match = tuple[Fact, Fact]


def run(context: Context) -> Iterator[Finding]:
    """One finding for each table whose columns stand under another's periods."""
    straight: Counter[tuple[Column, Column]] = Counter()
    crossed: dict[tuple[Column, Column], list[Match]] = defaultdict(list)
    for facts in subjects(context):
        for one, other in pairs(facts):
            if one.value != other.value or one.scale != other.scale:
                continue
            here, there = _column(one), _column(other)
            if here is None or there is None:
                continue
            if here.period.months != there.period.months:
                continue
            if here.period == there.period:
                straight[here, there] += 1
            else:
                crossed[here, there].append((one, other))
    found = list(_exchanged(crossed, straight))
    told: set[int] = set()
    for matches in found:
        finding = _finding(matches, straight, found, context)
        if finding.spot.line not in told:
            told.add(finding.spot.line)
            yield finding


def _column(fact: Fact) -> Column | None:
    if fact.period is None:
        return None
    return Column(fact.table.number, fact.column.number, fact.period)


def _exchanged(
    crossed: Mapping[tuple[Column, Column], Sequence[Match]], straight: Counter[tuple[Column, Column]]
) -> Iterator[list[Match]]:
    """Two columns of a table and two of another that print the other's figures, and never their own."""
    kept = {(column, other.table) for pair in straight for column, other in (pair, pair[::-1])}
    between: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for (here, there), matches in crossed.items():
        if (here, there.table) not in kept and (there, here.table) not in kept:
            between[here.table, there.table].extend(matches)
    for matches in between.values():
        told = {one.value: digits(one) for one, _ in matches}
        apart = any(len({pair[side].column.number for pair in matches}) > 1 for side in (0, 1))
        enough = len(told) > 1 and sum(told.values()) >= ENOUGH_DIGITS
        if apart and enough and (_both_ways(matches) or _of_balance(matches)):
            yield matches


def _both_ways(matches: Sequence[Match]) -> bool:
    """Whether each of two periods stands over the other's figures, or each of two years at the same time of the year:
    a quarter of weeks ends on another day each year."""
    ways = {(one.period, other.period) for one, other in matches}
    years = {(a.end.year, b.end.year) for a, b in ways if a and b and _same_season(a.end, b.end)}
    return any((back, there) in ways for there, back in ways) or any(
        (back, there) in years for there, back in years if there != back
    )


def _same_season(one: date, other: date) -> bool:
    """Whether two days stand at the same time of their years."""
    return abs(one.timetuple().tm_yday - other.timetuple().tm_yday) <= WEEK


def _of_balance(matches: Sequence[Match]) -> bool:
    """Whether a balance sheet and the cash flows that lead to it are matched: they share cash, at two dates.

    Only years are exchanged: the days of both dates stay.
    """
    one, other = matches[0]
    kinds = {one.table.kind, other.table.kind}
    return kinds == {"balance-sheet", "cash-flows"} and all(_day(a) == _day(b) for a, b in matches)


def _day(fact: Fact) -> tuple[int, int] | None:
    return None if fact.period is None else (fact.period.end.month, fact.period.end.day)


def _finding(
    matches: Sequence[Match],
    straight: Counter[tuple[Column, Column]],
    found: Sequence[Sequence[Match]],
    context: Context,
) -> Finding:
    one, other = matches[0]
    votes = [_votes({_column(pair[side]) for pair in matches}, straight, found, context) for side in (0, 1)]
    wrong, right = (one, other) if votes[0] < votes[1] else (other, one)
    message = (
        f"{wrong.row.label!r} and {len(matches) - 1} more figures stand under {_when(wrong)}, but from line"
        f" {right.spot.line} on the same figures stand under {_when(right)}, and none under its own heading"
    )
    suspect = wrong.spot if votes[0] != votes[1] else None
    return Finding(CODE, "break", wrong.spot, message, _when(wrong), _when(right), suspect=suspect)


def _votes(
    columns: AbstractSet[Column | None],
    straight: Counter[tuple[Column, Column]],
    found: Sequence[Sequence[Match]],
    context: Context,
) -> tuple[int, int, int]:
    """What speaks for the headings over some columns of a table: how few other tables contradict the table, how many
    figures of other tables stand where the columns say, and how many tables print their years in its order."""
    table = next(column.table for column in columns if column is not None)
    against = sum(table in (one.table.number, other.table.number) for one, other in (some[0] for some in found))
    kept = sum(count for pair, count in straight.items() if pair[0] in columns or pair[1] in columns)
    orders = {sheet.table.number: _falls(sheet) for sheet in context.sheets}
    alike = sum(order == orders[table] for order in orders.values() if order is not None)
    return -against, kept, alike


def _falls(sheet: Sheet) -> bool | None:
    """Whether the years over a table fall from left to right; None where there are not two of one length."""
    ends: dict[int | None, list[int]] = defaultdict(list)
    for column in sheet.columns:
        if column.period is not None:
            ends[column.period.months].append(column.period.end.toordinal())
    pair = next((dates for dates in ends.values() if len(dates) > 1), None)
    return None if pair is None else pair[0] > pair[1]


def _when(fact: Fact) -> str:
    period = fact.period
    if period is None:
        return "no period"
    return f"{period.end}" if period.months is None else f"{period.months} months to {period.end}"
