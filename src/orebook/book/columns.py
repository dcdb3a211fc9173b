"""Column headings -> columns with their periods."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from orebook.book import periods
from orebook.book.calendar import (
    INSTANT_KINDS,
    WHOLE_YEAR,
    Calendar,
    heading_period,
    is_fiscal,
    months_to,
    of_year,
    period_named,
)
from orebook.book.headings import (
    casts_votes,
    falls_due,
    heading_reading,
    headings,
    lone_date,
    named_fiscally,
    said_of_columns,
    with_shared,
)
from orebook.book.marks import without_marks, without_share
from orebook.book.moments import names_balance
from orebook.book.periods import QUARTER_MONTHS, YEAR_MONTHS, Reading
from orebook.book.titles import introduces
from orebook.model.fact import Column
from orebook.model.grid import Grid, HeaderText
from orebook.model.period import Period, months_before
from orebook.model.slotted import replaced

# `1% increase`, `1-percentage-point decrease` head what such a change makes.
_PERCENT = re.compile(
    r"(?<!\d)%|(?<=\d)%(?! (?:increase|decrease|change|point))|(?<!one[- ])(?<!\d[- ])\bper ?cent(?:age)?\b",
    re.IGNORECASE,
)
_THRESHOLD = r"[<>]\s?\d[\d.]*\s?%"  # `Sulfur < 1%` tells which tons
_FEWEST_QUARTERS = 3
_HALF = 6  # months
_QUARTERS = 4  # of a year
_TOTALS = frozenset(("total", "totals", "total year", "year total"))
_AHEAD_KINDS = frozenset(("guidance", "hedges", "balance-sheet"))


def make_columns(
    grid: Grid, above: Reading, title: Reading, kind: str, calendar: Calendar, *, stock: Callable[[], bool]
) -> tuple[tuple[Column, ...], str]:
    """The columns of a grid and the name of the rule that read their periods: `above` is what lines over the table say
    of time, `title` what its title does.

    `stock` asks whether the rows are balances: headings that print a year alone are then the year's end.
    """
    stacks = headings(grid)
    if any("ear" in head.text for head in grid.headers) and falls_due(stacks):
        return _columns(stacks, [_day_of(above, title, periods.read_words(grid.intro))] * grid.columns), "period.title"
    if any("otes" in head.text or "bst" in head.text.lower() for head in grid.headers) and casts_votes(stacks):
        told = [reading for reading in (above, title, periods.read_words(grid.intro)) if reading.months is None]
        return _columns(stacks, [_day_of(*told)] * grid.columns), "period.title"
    return _by_headings(grid, stacks, above, title, kind, calendar, stock=stock)


def _by_headings(
    grid: Grid,
    stacks: list[list[HeaderText]],
    above: Reading,
    title: Reading,
    kind: str,
    calendar: Calendar,
    *,
    stock: Callable[[], bool],
) -> tuple[tuple[Column, ...], str]:
    """The columns as their headings name them, or else the lines above."""
    intro = grid.intro
    readings = [heading_reading(stack) for stack in stacks]
    of_one = any(periods.is_full_period(text) for _, text in grid.stub)
    if not of_one and not any(reading.year or reading.month for reading in readings):
        from_sentence = _from_sentence(intro, grid.columns)
        if from_sentence:
            return _columns(stacks, from_sentence), "period.sentence-above"
    readings = with_shared(readings if calendar.ends_in is None else named_fiscally(readings, stacks, calendar))
    given = above
    if title.year and not above.year and not any(reading.year for reading in readings):
        # `First Quarter`, `Second Quarter`, `Year` under `2004 PRODUCTION BY QUARTER`; `First`, `Second` under
        # `2001 Quarterly Results`
        above = above._replace(year=title.year)
        readings = _by_ordinals(readings, stacks)
    above = said_of_columns(above, readings)
    made = [
        heading_period(reading, stack, above, kind, calendar, stock=stock)
        for reading, stack in zip(readings, stacks, strict=True)
    ]
    made = _to_date(_without_signs(made, readings, stacks), readings, stacks, calendar)
    made = _with_totals(_quarterly(made, readings, kind, stock=stock), stacks)
    if len(grid.headers) > grid.columns and kind not in INSTANT_KINDS:
        made = [
            period.instant() if period and period.months and _heads_balances(stack) else period
            for period, stack in zip(made, stacks, strict=True)
        ]
    rule = "period.column-heading"
    if kind not in _AHEAD_KINDS and calendar.reported is not None:
        quarters = _of_the_quarter(made, readings, above, calendar)
        if quarters != made:
            made, rule = quarters, "period.reported-quarter"
    made, rule = (made, rule) if any(made) else _current(grid, stacks, calendar)
    asked = (given, lone_date(grid), title if title.months or title.day else Reading())
    said = next((each for each in asked if each.year or each.months), Reading())
    if not any(made) and (said.year or said.months):
        single = heading_period(said, [], said, kind, calendar, stock=stock)
        made = [single] * grid.columns
        rule = "period.title"
    if kind == "guidance" and title.year and not all(made):
        # The mines of an outlook beside what the year before brought; `Prior` beside `FY 2019E`.
        told = {period for period in made if period and period.end.year == title.year}
        hoped = (told.pop() if len(told) == 1 else None) if told else period_named(title, calendar)
        dated = any(made)
        made = [
            period or (None if dated and _is_percent(stack) else hoped)
            for period, stack in zip(made, stacks, strict=True)
        ]
        return _columns(stacks, made), rule if dated else "period.title"
    return _columns(stacks, made), rule


def _by_ordinals(readings: list[Reading], stacks: list[list[HeaderText]]) -> list[Reading]:
    """`First   Second   Third   Fourth`: quarters, where all four stand over columns."""
    numbers = [periods.ORDINALS.get(stack[-1].text.lower()) if stack else None for stack in stacks]
    if len({number for number in numbers if number}) < _QUARTERS:
        return readings
    return [
        reading._replace(months=QUARTER_MONTHS, quarter=number) if number and reading == Reading() else reading
        for reading, number in zip(readings, numbers, strict=True)
    ]


def _heads_balances(stack: list[HeaderText]) -> bool:
    """Whether a piece of a heading names balances: `Identifiable assets` over the years."""
    return any(names_balance(head.text) for head in stack if not head.text[-1].isdigit())


def _without_signs(
    made: list[Period | None], readings: list[Reading], stacks: list[list[HeaderText]]
) -> list[Period | None]:
    """The periods without that of a `%` behind `2013   2012`, which is of neither, whatever the title says; one behind each
    year (`2013   %   2012   %`) is of that."""
    if not any(reading.year for reading in readings):
        return made
    signs = [
        at
        for at, (reading, stack) in enumerate(zip(readings, stacks, strict=True))
        if reading.year is None and stack and stack[-1].text == "%"
    ]
    each = len(signs) > 1 and signs == [*range(1, len(made), 2)]
    return [(made[at - 1] if each else None) if at in signs else period for at, period in enumerate(made)]


def _day_of(*readings: Reading) -> Period | None:
    """The first day that the lines over a table, its title or the sentence that introduces it name."""
    for reading in readings:
        end = periods.full_date(reading)
        if end is not None:
            return Period(end)
    return None


def _to_date(
    made: list[Period | None], readings: list[Reading], stacks: list[list[HeaderText]], calendar: Calendar
) -> list[Period | None]:
    """`YTD 2008` beside the quarters of 2008 ends with the last of them, and begins with the fiscal year; `YTD 2007`
    beside it is as long. With no quarter beside them, they end with the quarter that the report closes. So does `Half-year
    2008` end with the last quarter beside it, where no quarter ends with its first half."""
    bare = [at for at, reading in enumerate(readings) if made[at] and _says_no_end(reading, stacks[at])]
    if not bare:
        return made
    quarters = _quarters_beside(made, readings)
    if not quarters or any(readings[at].months and (each := made[at]) and each.end in quarters for at in bare):
        bare = [at for at in bare if readings[at].months is None]
    last = max(quarters, default=calendar.closing)
    for at in bare:
        period, months, year = made[at], readings[at].months, readings[at].year
        if period is None or last is None:
            continue
        if months:
            found = max((end for end in quarters if end.year == year), default=None)
            if found or (year and year == last.year - 1):
                made[at] = Period(found or months_before(last, YEAR_MONTHS), months)
            continue
        begin = months_before(period.end, YEAR_MONTHS)
        own = [end for end in quarters or {last} if begin < end <= period.end]
        end = max(own, default=months_before(last, YEAR_MONTHS))
        if begin < end <= period.end:
            text = " ".join(head.text for head in stacks[at])
            made[at] = Period(end, months_to(end.month, text, calendar))
    return made


def _says_no_end(reading: Reading, stack: list[HeaderText]) -> bool:
    """Whether a heading is a year to date, or half of a year that is not called fiscal, and does not say with which month it
    ends."""
    if reading.month is not None or reading.quarter or reading.months not in (None, _HALF):
        return False
    if reading.months is None:
        return reading.to_date
    return reading.year is not None and not any(is_fiscal(head.text) for head in stack)


def _quarters_beside(made: list[Period | None], readings: list[Reading]) -> set[date]:
    """The last days of the quarters and months among columns, those to date apart, which have the length that the title
    names."""
    pairs = zip(made, readings, strict=True)
    short = (
        period.end
        for period, reading in pairs
        if period and 0 < (period.months or 0) <= QUARTER_MONTHS and not reading.to_date
    )
    return set(short)


def _quarterly(
    made: list[Period | None], readings: list[Reading], kind: str, *, stock: Callable[[], bool]
) -> list[Period | None]:
    """`Dec-05  Sep-05  Jun-05`: months that follow each other by threes over flows name the quarters that end with them; two
    are enough where no day is printed (`June 2020   March 2020`)."""
    bare = [at for at, each in enumerate(readings) if made[at] and each.month and not (each.months or each.instant)]
    ends = [made[at].end.year * 12 + made[at].end.month for at in bare]  # type: ignore[union-attr]
    steps = {after - before for before, after in pairwise(ends)}
    fewest = _FEWEST_QUARTERS if any(readings[at].day for at in bare) else 2
    if kind in INSTANT_KINDS or len(bare) < fewest or steps not in ({3}, {-3}) or stock():
        return made
    return [Period(period.end, 3) if at in bare and period else period for at, period in enumerate(made)]


def _with_totals(made: list[Period | None], stacks: list[list[HeaderText]]) -> list[Period | None]:
    """`Total` after the four quarters of a year is the year."""
    for at in range(_QUARTERS, len(made)):
        if made[at] is not None or " ".join(head.text for head in stacks[at]).lower() not in _TOTALS:
            continue
        ends = sorted(each.end for each in made[at - _QUARTERS : at] if each and each.months == QUARTER_MONTHS)
        if len(ends) == _QUARTERS and all(months_before(two, QUARTER_MONTHS) == one for one, two in pairwise(ends)):
            made[at] = Period(ends[-1], YEAR_MONTHS)
    return made


def _of_the_quarter(
    made: list[Period | None], readings: list[Reading], above: Reading, calendar: Calendar
) -> list[Period | None]:
    """`1999   1998` in a report of a quarter of 1999, with nothing said of time: the year is not over, so that both are
    taken for the quarters."""
    end = calendar.reported
    if end is None or above.months or above.month or end.month == calendar.year_end[0]:
        return made
    year = end.year + (end.month > calendar.year_end[0])
    bare = [reading.year for reading in readings if reading.year]
    if set(bare) != {year, year - 1} or any(each.months or each.month for each in readings):
        return made
    ends = [period is not None and period.months == YEAR_MONTHS for period in made]
    return [
        Period(
            calendar.nearest(months_before(end, YEAR_MONTHS * (year - (reading.year or year)))),
            calendar.reported_months,
        )
        if yearly
        else period
        for yearly, period, reading in zip(ends, made, readings, strict=True)
    ]


def _current(grid: Grid, stacks: list[list[HeaderText]], calendar: Calendar) -> tuple[list[Period | None], str]:
    """`Current quarter   Year to date`, with nothing said of time elsewhere: the quarter that the report closes."""
    end = calendar.closing
    if end is None or not any("urrent" in head.text for head in grid.headers):
        return [None] * len(stacks), "period.column-heading"
    texts = [" ".join(head.text for head in stack).lower() for stack in stacks]
    months = (end.month - calendar.year_end[0]) % YEAR_MONTHS or YEAR_MONTHS
    made = [
        Period(end, QUARTER_MONTHS) if "current quarter" in text else Period(end, months) if "to date" in text else None
        for text in texts
    ]
    return made, "period.reported-quarter" if any(made) else "period.column-heading"


def _from_sentence(intro: str, columns: int) -> list[Period | None]:
    if not introduces(intro):
        return []
    tail = intro[-260:]
    lengths, years = periods.durations_in(tail)
    seen = list(dict.fromkeys(years))[-2:] if len(set(years)) > 1 else years[:1]
    unique = list(dict.fromkeys(length.months for length in lengths))
    date_words = periods.read_words(tail)
    if not unique or not seen or len(unique) * len(seen) != columns or date_words.month is None:
        return []
    weeks = {length.months: length.weeks for length in lengths}
    made: list[Period | None] = []
    for months in unique:
        for year in seen:
            end = periods.end_date(date_words._replace(year=year), None)
            made.append(Period(end, months, weeks[months]) if end else None)
    return made


def _is_percent(stack: list[HeaderText]) -> bool:
    """Whether a heading tells per cent, as one of a change does."""
    return _PERCENT.search(" ".join(head.text for head in stack)) is not None


def _columns(stacks: list[list[HeaderText]], found: list[Period | None]) -> tuple[Column, ...]:
    made = []
    for number, (stack, period) in enumerate(zip(stacks, found, strict=True)):
        heading = without_marks(" ".join(head.text for head in stack))[0]
        said = re.sub(_THRESHOLD, "", heading) if "<" in heading or ">" in heading else heading
        percent = _PERCENT.search(without_share(said)) is not None
        made.append(Column(number, heading, period, percent and (period is None or "$" not in heading)))
    return tuple(made)


def quarters_by_day(columns: tuple[Column, ...]) -> bool:
    """Whether four columns or more are headed with the last days of quarters in turn, and nothing else: `March 31   June 30
    September 30   December 31`."""
    days = [periods.read_words(column.heading) for column in columns]
    months = [each.month for each in days if each.month and each.day and each.months is None and each.year is None]
    return len(months) == len(columns) >= _QUARTERS and periods.by_quarters(months)


def whole_year(columns: tuple[Column, ...], year: int, calendar: Calendar) -> Period | None:
    """The fiscal year that the heading over rows names, where the columns are segments or kinds of stock: none of them says
    anything of time, beside `Total`."""
    return of_year("year", year, calendar) if all(_is_timeless(column.heading) for column in columns) else None


def _is_timeless(heading: str) -> bool:
    low = heading.lower()
    silent = periods.read_words(heading)._replace(instant=False) == Reading()  # `Balance at beginning of period`
    return low in WHOLE_YEAR or (silent and low not in periods.ORDINALS)


def headed_as_above(columns: tuple[Column, ...], above: tuple[Column, ...], calendar: Calendar) -> tuple[Column, ...]:
    """The columns of a table without headings, all of one period, called as those of the table above it, which goes on with
    another year or quarter: segments keep their names, and quarters of the year are those of the other year."""
    made: list[Column] = []
    for column, over in zip(columns, above, strict=True):
        reading = periods.read_words(over.heading)
        if not over.heading or reading.year is not None:
            return columns
        period = column.period
        if period is not None and period.months == YEAR_MONTHS and reading.quarter:
            period = of_year(over.heading, period.end.year, calendar) or period
        elif not _is_timeless(over.heading):
            return columns
        made.append(replaced(column, heading=over.heading, period=period))
    return tuple(made)
