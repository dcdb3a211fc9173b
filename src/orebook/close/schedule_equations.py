"""The equations of the schedules: hedge gains, contained metal, accruals and impairment."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.builder import Builder
from orebook.close.quantity import Quantity, Source
from orebook.close.schedules import ACCRUALS, HEDGES, IMPAIRMENTS, RESERVES, Entry
from orebook.measures.units import CONSTANTS, USD, Unit, UnitError, parse_unit

_PER_POUND = {parse_unit("ton")[0]: "pounds_per_ton", parse_unit("tonne")[0]: "pounds_per_tonne"}
_OUNCE, _POUND = parse_unit("oz")[0], parse_unit("lb")[0]


def add_schedule(build: Builder, entry: Entry) -> None:
    """State a row's figures and derive what follows from them. Raises `UnitError` for units that do not fit."""
    for quantity, value, unit in entry.values.values():
        build.graph.give(quantity, value, unit, entry.source)
    for schedule, add in _EQUATIONS:
        if entry.schedule is schedule:
            add(build, entry)


def _define(build: Builder, entry: Entry, name: str, formula: str) -> None:
    """Define over the row's own columns, written bare in the formula."""
    prefix = entry.schedule.file[:-4]
    read = build.formula(formula).renamed(lambda column: f"{prefix}.{column}")
    period = next(iter(entry.values.values()))[0].period
    build.define(f"{prefix}.{name}", entry.entity, period, read)


def _hedge(build: Builder, entry: Entry) -> None:
    """Gain of a forward sale: what it fetches over the market, for the quantity sold."""
    if "market" not in entry.values:
        return
    _define(build, entry, "margin", "price - market")
    quantity, price = entry.values["quantity"][2], entry.values["price"][2]
    convert = _PER_POUND.get(quantity) if price.times(_POUND) == USD else None
    _define(build, entry, "gain", "quantity * margin" + (f" * {convert}" if convert else ""))
    _must_be(entry, quantity.times(price).times(CONSTANTS[convert][1] if convert else Unit()), USD, "gain")


def _reserve(build: Builder, entry: Entry) -> None:
    """Tons times grade is contained metal; grams are turned into ounces by name."""
    if "tons" in entry.values and "grade" in entry.values:
        metric = entry.values["grade"][2] == parse_unit("g/t")[0]
        convert = " * tonnes_per_ton / grams_per_ounce" if metric else ""
        _define(build, entry, "contained", "tons * grade" + convert)


def _accrual(build: Builder, entry: Entry) -> None:
    """The best estimate; where no amount in the range is better than another, its low end (FIN 14)."""
    _define(build, entry, "accrued", "best" if "best" in entry.values else "low")


def _impairment(build: Builder, entry: Entry) -> None:
    """Carrying value over fair value, for an asset whose undiscounted cash flows do not recover it (FAS 121)."""
    if not {"carrying", "undiscounted", "fair"} <= entry.values.keys():
        return
    period = entry.values["carrying"][0].period
    if entry.values["undiscounted"][1] >= entry.values["carrying"][1]:
        note = "undiscounted cash flows recover the carrying value"
        loss = Quantity("impairments.loss", entry.entity, period)
        build.graph.give(loss, Fraction(0), USD, entry.source._replace(note=note))
        return
    build.zero(Quantity("impairments.nothing", entry.entity, period), USD, Source("orebook", note="no gain is booked"))
    _define(build, entry, "excess", "carrying - fair")
    _define(build, entry, "loss", "largest(excess, nothing)")


def _must_be(entry: Entry, unit: Unit, wanted: Unit, name: str) -> None:
    if unit != wanted:
        raise UnitError(f"{entry.source}: the {name} comes out in {unit}, not in {wanted}")


_EQUATIONS = ((HEDGES, _hedge), (RESERVES, _reserve), (ACCRUALS, _accrual), (IMPAIRMENTS, _impairment))
