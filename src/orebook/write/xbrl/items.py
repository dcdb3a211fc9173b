"""The figures of a book as XBRL states them: value, decimals, unit, context; and those that it cannot state, by cause."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction

from orebook.check.cross.rows import is_total_column
from orebook.lexicon.levels import COMPANY, Level, level_of
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.interval import NIL, Interval, of_fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import slotted
from orebook.write.words import visible
from orebook.write.xbrl.names import Names, bare, beside_time, camel
from orebook.write.xbrl.units import ADDITIVE, Unit, currency_of, unit_of

NO_PERIOD = "no period is stated"
NO_UNIT = "its unit cannot be told in XBRL"
NO_SCALE = "it counts in no power of ten"
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_BESIDE_A_MARK = re.compile(r"[\s$€£%()]+")
_DASHES = re.compile(r"[-–—‒―]+(?:0?[-–—‒―]+)?$|nil$", re.IGNORECASE)


class When(NamedTuple):
    """A period by its first and last day; `start` None is the end of the day `end`."""

    start: date | None
    end: date

    @property
    def name(self) -> str:
        """As an identifier: `D2007-07-01.2007-09-30`, `I2007-09-30`."""
        return f"I{self.end}" if self.start is None else f"D{self.start}.{self.end}"


class Member(NamedTuple):
    """A mine, segment or column that a figure is of, on the axis `axis`."""

    axis: str
    name: str


Where = tuple[When, tuple[Member, ...], Unit]
"""What figures of one concept must share to say the same thing: period, members, unit."""


@slotted
class Item:
    """A figure as stated. `value` None is xsi:nil; `decimals` None is exact (`INF`); `interval` is what the figure stands
    for, per cents and cents as hundredths, None where it is no number."""

    fact: Fact
    value: Decimal | None
    decimals: int | None
    when: When
    members: tuple[Member, ...]
    unit: Unit
    interval: Interval | None

    @property
    def where(self) -> Where:
        return self.when, self.members, self.unit


class Axes(NamedTuple):
    """The members of each axis in document order, with the words that they are printed in."""

    mines: dict[str, str]
    columns: dict[str, str]


class Stated(NamedTuple):
    """What of a book can be stated, the members that it is of, and what is left out with the cause."""

    items: tuple[Item, ...]
    axes: Axes
    left: tuple[tuple[Fact, str], ...]


MINES, COLUMNS = "MineOrSegmentAxis", "ColumnAxis"


def stated(book: Book, names: Names) -> Stated:
    """Every figure of a book as an item, or with the cause why it is none; `names` gives the members' names."""
    currency = currency_of(book.facts)
    able = [(fact, _cause(fact, currency)) for fact in book.facts]
    good = [fact for fact, cause in able if not cause]
    mines, of_mine = _mines(good, names)
    columns, of_place = _columns(good, names)
    items = tuple(
        _item(fact, currency, (*of_mine.get(_mine_key(fact), ()), *of_place.get(fact.place, ()))) for fact in good
    )
    return Stated(items, Axes(mines, columns), tuple((fact, cause) for fact, cause in able if cause))


def _cause(fact: Fact, currency: str) -> str:
    """Why a figure cannot be stated; "" where it can."""
    if fact.period is None:
        return NO_PERIOD
    if unit_of(fact.unit, currency) is None:
        return NO_UNIT
    return "" if _power(fact.scale) is not None else NO_SCALE


def _power(scale: int) -> int | None:
    power = len(str(scale)) - 1
    return power if scale == 10**power else None


def _item(fact: Fact, currency: str, members: tuple[Member, ...]) -> Item:
    unit = unit_of(fact.unit, currency)
    if fact.period is None or unit is None:
        raise ValueError("a figure without period or unit is no item")
    value, decimals = _number(fact, unit)
    return Item(fact, value, decimals, when(fact.period), members, unit, _interval(fact, value, unit))


def _number(fact: Fact, unit: Unit) -> tuple[Decimal | None, int | None]:
    """The value in the unit, exact, and the decimals that its printed digits show.

    A dash or `nil` is an exact zero where figures of the kind are added up; where it stands for a price or a rate, and for
    `n/a` and the like, there is no number to state.
    """
    if fact.value is None:
        printed = _BESIDE_A_MARK.sub("", fact.text)
        return (Decimal(0) if unit.kind in ADDITIVE and _DASHES.match(printed) else None), None
    power = _power(fact.scale) or 0
    return _EXACT.scaleb(fact.value, power - unit.places), fact.decimals - power + unit.places


def when(period: Period) -> When:
    """The days of a period: a duration begins on the day after the one before it closed."""
    if period.is_instant:
        return When(None, period.end)
    return When(period.opening().end + timedelta(days=1), period.end)


def _interval(fact: Fact, value: Decimal | None, unit: Unit) -> Interval | None:
    if value is None:
        return None
    return NIL if fact.value is None else of_fact(fact).scaled(Fraction(1, 10**unit.places))


_MineKey = tuple[Level, str]


def _mine_key(fact: Fact) -> _MineKey:
    """Whom a figure is about, and the share of it."""
    share = fact.row.share
    return level_of(fact.entity), "" if share is None else format(share.normalize(), "f")


def _mines(facts: Sequence[Fact], names: Names) -> tuple[dict[str, str], dict[_MineKey, tuple[Member, ...]]]:
    """The members of the axis of mines and segments, and the member of each whom figures are about.

    One mine is one member whatever its heading's spelling; printed at several shares of it, each share is one.
    """
    shares: dict[Level, set[str]] = defaultdict(set)
    for fact in facts:
        level, share = _mine_key(fact)
        shares[level].add(share)
    labels: dict[str, str] = {}
    members: dict[_MineKey, tuple[Member, ...]] = {}
    by_name: dict[tuple[Level, str], str] = {}
    for fact in facts:
        key = level, share = _mine_key(fact)
        if level.level == COMPANY or key in members:
            continue
        told = share if len(shares[level] - {""}) > 1 else ""
        if (level, told) not in by_name:
            entity = fact.entity or ""
            stem = f"{camel(bare(entity))}{f'At{camel(told)}Percent' if told else ''}"
            by_name[level, told] = name = names.give([f"{stem or 'Entity'}Member"])
            labels[name] = visible(entity)
        members[key] = (Member(MINES, by_name[level, told]),)
    return labels, members


_Column = tuple[int, int, Period | None]


def _columns(facts: Sequence[Fact], names: Names) -> tuple[dict[str, str], dict[tuple[int, int], tuple[Member, ...]]]:
    """Members for the columns that print several figures of one row, period and unit beside each other (segments, a change
    beside what changed), and for the further figures of one cell (the upper end of a range)."""
    same: dict[tuple[int, int, Period | None, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        same[fact.table.number, fact.row.number, fact.period, fact.unit].append(fact)
    labels = _column_labels(_crowded(same.values()))
    members: dict[tuple[int, int], tuple[Member, ...]] = {}
    made: dict[str, Member] = {}
    for found in same.values():
        seen: Counter[_Column] = Counter()
        for fact in found:
            column = _column(fact)
            seen[column] += 1
            label = labels.get(column, "")
            if seen[column] > 1:
                label = f"{label or visible(fact.column.heading) or 'Column'}, figure {seen[column]}"
            if label and label not in made:
                made[label] = Member(COLUMNS, names.give([f"{camel(label) or 'Column'}Member"]))
            if label:
                members[fact.place] = (made[label],)
    return {member.name: label for label, member in made.items()}, members


def _column_labels(crowded: Mapping[_Column, Fact]) -> dict[_Column, str]:
    """What to call each column: what its heading says besides the period, numbered where that is nothing new."""
    taken: set[tuple[int, Period | None, str]] = set()
    labels: dict[_Column, str] = {}
    for column, fact in sorted(crowded.items(), key=lambda each: each[0][:2]):
        table, number, period = column
        heading = visible(fact.column.heading)
        label = beside_time(heading) or heading or f"Column {number + 1}"
        label = f"{label} (column {number + 1})" if (table, period, label) in taken else label
        taken.add((table, period, label))
        labels[column] = label
    return labels


def _column(fact: Fact) -> _Column:
    return fact.table.number, fact.column.number, fact.period


def _crowded(groups: Iterable[Sequence[Fact]]) -> dict[_Column, Fact]:
    """The columns of each period that stand beside others of it, but for the one that is headed as their total: that is
    the whole, as a column alone would be. Each with a figure of it."""
    found = {_column(fact): fact for some in groups if len({fact.column.number for fact in some}) > 1 for fact in some}
    totals: dict[tuple[int, Period | None], list[_Column]] = defaultdict(list)
    for column, fact in found.items():
        if is_total_column(fact.column):
            totals[fact.table.number, fact.period].append(column)
    whole = {columns[0] for columns in totals.values() if len(columns) == 1}
    return {column: fact for column, fact in found.items() if column not in whole}
