"""The headings over columns: which pieces stand over each column, and what they say of time."""

from __future__ import annotations

import re

from orebook.book import periods
from orebook.book.calendar import Calendar, is_fiscal
from orebook.book.captions import scale_in
from orebook.book.periods import YEAR_MONTHS, Reading
from orebook.book.titles import speaks_for_all
from orebook.model.grid import Grid, HeaderText

_LENGTH = re.compile(r"\((?:\d{1,2}|[A-Za-z]+(?:-[a-z]+)?) (?:weeks|months)\)$")
_NEAR = 2  # lines
# `Less than 1 year`, `1-3 years`, `After 5 years`: when what is owed falls due.
_DUE = r"(?i)\b(?:less than|within|under) (?:one|1) year\b|\b\d\s?(?:-|–|to)\s?\d years\b|\b(?:after|over|more than|beyond) (?:five|\d) years\b"

_VOTED = r"\b(?:against|withheld|abst(?:ain|ention)s?|(?:broker )?non-? ?votes?)\b"


def headings(grid: Grid) -> list[list[HeaderText]]:
    """For each column its pieces of heading, top to bottom.

    A lone `(in thousands)` among them is the caption of the table, wherever it is centred.
    """
    made: list[list[HeaderText]] = [[] for _ in range(grid.columns)]
    caption = _lone_caption(grid)
    for head in sorted(grid.headers, key=lambda head: head.line):
        if head in caption:
            continue
        for column in range(head.first, head.last + 1):
            made[column].append(head)
    return made


def _lone_caption(grid: Grid) -> list[HeaderText]:
    """The pieces of the one caption in brackets that states a scale among the headings; [] for none or several."""
    starts = [
        head for head in grid.headers if head.text[0] == "(" and scale_in(head.text) and speaks_for_all(head, grid)
    ]
    if len(starts) != 1:
        return []
    made = starts[:]
    while made[-1].text.count(")") < made[-1].text.count("(") or (len(made) > 1 and ")" not in made[-1].text):
        below = [head for head in grid.headers if 0 < head.line - made[-1].line <= _NEAR and head.text[0] != "("]
        if not below or len(made) > _NEAR:
            return starts
        made.append(below[0])
    return made


def heading_reading(stack: list[HeaderText]) -> Reading:
    """Pieces of one heading read together, so that `September` over `30, 2007` is a date."""
    text = " ".join(head.text for head in stack if not head.text.startswith("(") or _LENGTH.match(head.text))
    whole = periods.read_words(text)
    if whole.month is not None:
        return whole
    quarter = next((found for head in stack if (found := periods.ORDINALS.get(head.text.lower()))), None)
    if quarter and whole.year is not None and whole.months in (None, YEAR_MONTHS):
        # `3rd` under `1997`, `Third` under `Fiscal Year 1997`
        return whole._replace(months=3, quarter=quarter)
    return periods.merged([whole, *(periods.read_words(head.text) for head in stack)])


def with_shared(readings: list[Reading]) -> list[Reading]:
    """A heading that prints a length or a day but no year shares the year of no other column, but a quarter that of the
    one year printed; one that prints a year only takes the day that the others print."""
    days = {(reading.month, reading.day) for reading in readings if reading.month is not None}
    if len(days) == 1:
        month, day = next(iter(days))
        readings = [
            reading._replace(month=month, day=day)
            if reading.month is None and reading.year is not None and not reading.quarter
            else reading
            for reading in readings
        ]
    years = {reading.year for reading in readings if reading.year is not None}
    if len(years) == 1:
        # `Q1  Q2  Q3  Q4  2004`
        year = next(iter(years))
        readings = [each._replace(year=year) if each.quarter and each.year is None else each for each in readings]
    return readings


def said_of_columns(above: Reading, readings: list[Reading]) -> Reading:
    """What the lines over a table say of time, as far as it is said of the columns."""
    if above.year and any(each.month is None and (each.year or 0) > above.year for each in readings):
        # Years after the title's date: of maturities and deliveries, not of that date.
        return Reading()
    if above.month and len({each.quarter for each in readings if each.quarter}) > 1:
        # `1st Qtr  2nd Qtr  6 mos` under the day of the report: the calendar says when each ends.
        return above._replace(month=None, day=None)
    return above


def named_fiscally(readings: list[Reading], stacks: list[list[HeaderText]], calendar: Calendar) -> list[Reading]:
    """`2005  2004` in the report of a fiscal year that ends in January 2006 and is called 2005, where the latest year is
    the one reported: years later by the shift; what a heading calls fiscal is shifted where it is dated."""
    bare = [each.year for each in readings if each.year and each.month is None]
    if not bare or max(bare) + calendar.fiscal_shift != calendar.ends_in:
        return readings
    return [
        each._replace(year=each.year + calendar.fiscal_shift)
        if each.year and each.month is None and not is_fiscal(" ".join(head.text for head in stack))
        else each
        for each, stack in zip(readings, stacks, strict=True)
    ]


def lone_date(grid: Grid) -> Reading:
    """What the one dated piece of heading says that stands alone over several columns none of which has a date."""
    dated = [head for head in grid.headers if (found := periods.read_words(head.text)).year or found.months]
    if len(dated) != 1 or any(head.line == dated[0].line for head in grid.headers if head is not dated[0]):
        return Reading()
    return periods.read_words(dated[0].text) if dated[0].first < dated[0].last else Reading()


def casts_votes(stacks: list[list[HeaderText]]) -> bool:
    """Whether two columns or more count votes (`For`, `Against`, `Broker non-votes`): those of one meeting, whatever year the
    matter voted on is about."""
    texts = [" ".join(head.text for head in stack).lower() for stack in stacks]
    told = sum(re.search(_VOTED, text) is not None for text in texts)
    return told > 1 or (told == 1 and any(text.endswith("for") for text in texts))


def falls_due(stacks: list[list[HeaderText]]) -> bool:
    """Whether two columns or more say when something falls due: all of them are of the one day of the table."""
    return sum(re.search(_DUE, " ".join(head.text for head in stack)) is not None for stack in stacks) > 1
