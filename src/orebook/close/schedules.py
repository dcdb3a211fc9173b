"""Schedules beside the ledger: hedges, reserves, environmental accruals and impairment, a file each."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from orebook.close.company import Company
from orebook.close.files import Record, read_rows
from orebook.close.problems import Problem
from orebook.close.quantity import Quantity, Source
from orebook.measures.units import Unit, UnitError, parse_unit
from orebook.model.named import NamedTuple


class Schedule(NamedTuple):
    """A file of the books with one case a row.

    `values` are its number columns, each with the name of the column that states its unit, or the unit
    itself. `optional` columns may stay empty.
    """

    file: str
    keys: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    unit_columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return ("period", *self.keys, *self.unit_columns, *(name for name, _ in self.values))


HEDGES = Schedule(
    "hedges.csv",
    ("id", "metal"),
    (("quantity", "quantity_unit"), ("price", "price_unit"), ("market", "price_unit")),
    ("quantity_unit", "price_unit"),
    ("market",),
)
RESERVES = Schedule(
    "reserves.csv", ("mine", "class", "metal"), (("tons", "ton"), ("grade", "grade_unit")), ("grade_unit",)
)
ACCRUALS = Schedule("accruals.csv", ("site",), (("best", "USD"), ("low", "USD"), ("high", "USD")), (), ("best",))
IMPAIRMENTS = Schedule("impairments.csv", ("asset",), (("carrying", "USD"), ("undiscounted", "USD"), ("fair", "USD")))

SCHEDULES: tuple[Schedule, ...] = (HEDGES, RESERVES, ACCRUALS, IMPAIRMENTS)


class Entry(NamedTuple):
    """A row of a schedule: its keys, the quantities it states with values and units, and its place."""

    schedule: Schedule
    entity: str
    keys: Mapping[str, str]
    values: Mapping[str, tuple[Quantity, Fraction, Unit]]
    source: Source


def read_schedules(folder: Path, company: Company, problems: list[Problem]) -> tuple[Entry, ...]:
    """Every row of every schedule that the folder has."""
    made = []
    for schedule in SCHEDULES:
        for record in read_rows(folder, schedule.file, schedule.columns, problems):
            entry = _entry(record, schedule, company, problems)
            if entry is not None:
                made.append(entry)
    return tuple(made)


def _entry(record: Record, schedule: Schedule, company: Company, problems: list[Problem]) -> Entry | None:
    period = company.calendar.parse(record.cell("period"))
    if period is None:
        problems.append(record.problem("period", f"'{record.cell('period')}' is not a period"))
        return None
    if record.cell("mine") and company.mine(record.cell("mine")) is None:
        problems.append(record.problem("mine", f"there is no mine '{record.cell('mine')}' in company.toml"))
    keys = {key: record.cell(key) for key in schedule.keys}
    entity = " ".join(keys.values())
    values: dict[str, tuple[Quantity, Fraction, Unit]] = {}
    for name, unit_column in schedule.values:
        if name in schedule.optional and not record.cell(name):
            continue
        value = record.number(name, problems)
        text = record.cell(unit_column) if unit_column in schedule.unit_columns else unit_column
        try:
            unit, factor = parse_unit(text)
        except UnitError as error:
            problems.append(record.problem(unit_column, str(error)))
            continue
        if value is not None:
            values[name] = Quantity(f"{schedule.file[:-4]}.{name}", entity, period), value * factor, unit
    if "low" in values and "high" in values and values["low"][1] > values["high"][1]:
        problems.append(record.problem("low", "the low end of the range lies above the high end"))
    return Entry(schedule, entity, keys, values, record.source())
