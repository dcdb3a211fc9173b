"""Guidance: ranges given for a figure, revised, and met or missed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from orebook.close.calendar import Calendar
from orebook.close.files import Record, read_rows
from orebook.close.problems import Problem
from orebook.close.quantity import Quantity, Source
from orebook.measures.units import Unit, UnitError, parse_unit
from orebook.model.named import NamedTuple

FILE = "guidance.csv"
BELOW, WITHIN, ABOVE, OPEN = "below", "within", "above", "open"


class Guidance(NamedTuple):
    """A range given on a day for a figure of a period; an end that was not given is None ("less than")."""

    issued: date
    quantity: Quantity
    low: Fraction | None
    high: Fraction | None
    unit: Unit
    source: Source


class Outcome(NamedTuple):
    """What became of the guidance for one figure: every range in order, the figure, and where it fell.

    `verdicts` has one of `below`, `within`, `above`, or `open` (no figure yet) for each range.
    """

    quantity: Quantity
    given: tuple[Guidance, ...]
    actual: Fraction | None
    unit: str
    verdicts: tuple[str, ...]


def read_guidance(folder: Path, calendar: Calendar, problems: list[Problem]) -> tuple[Guidance, ...]:
    """The rows of guidance.csv, by day of issue. The period may lie beyond the books."""
    columns = ("issued", "entity", "measure", "period", "low", "high", "unit")
    rows = [_row(record, calendar, problems) for record in read_rows(folder, FILE, columns, problems)]
    return tuple(sorted((row for row in rows if row is not None), key=lambda row: row.issued))


def _row(record: Record, calendar: Calendar, problems: list[Problem]) -> Guidance | None:
    issued, period = calendar.parse(record.cell("issued")), calendar.parse(record.cell("period"))
    if issued is None or issued.months is not None:
        problems.append(record.problem("issued", f"'{record.cell('issued')}' is not a day such as 2003-02-20"))
    if period is None:
        problems.append(record.problem("period", f"'{record.cell('period')}' is not a period"))
    try:
        unit, factor = parse_unit(record.cell("unit"))
    except UnitError as error:
        problems.append(record.problem("unit", str(error)))
        return None
    ends = [record.number(name, problems) if record.cell(name) else None for name in ("low", "high")]
    low, high = (None if end is None else end * factor for end in ends)
    if low is None and high is None:
        problems.append(record.problem("low", "a range needs a low or a high end"))
    if low is not None and high is not None and low > high:
        problems.append(record.problem("low", "the low end lies above the high end"))
    if issued is None or period is None:
        return None
    quantity = Quantity(record.cell("measure"), record.cell("entity"), period)
    return Guidance(issued.end, quantity, low, high, unit, record.source())


def judge(given: tuple[Guidance, ...], actuals: dict[Quantity, tuple[Fraction | None, str]]) -> tuple[Outcome, ...]:
    """The outcome for each figure that guidance was given for, in the order in which it was first given."""
    by_quantity: dict[Quantity, list[Guidance]] = {}
    for guidance in given:
        by_quantity.setdefault(guidance.quantity, []).append(guidance)
    made = []
    for quantity, ranges in by_quantity.items():
        actual, unit = actuals.get(quantity, (None, str(ranges[0].unit)))
        verdicts = tuple(_verdict(guidance, actual) for guidance in ranges)
        made.append(Outcome(quantity, tuple(ranges), actual, unit, verdicts))
    return tuple(made)


def _verdict(guidance: Guidance, actual: Fraction | None) -> str:
    if actual is None:
        return OPEN
    if guidance.low is not None and actual < guidance.low:
        return BELOW
    return ABOVE if guidance.high is not None and actual > guidance.high else WITHIN
