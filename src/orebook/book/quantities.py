"""Totals of quantities that a heading counts, where the total itself stands under no heading: `Total gold   140,917`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from orebook.book.units import PHYSICAL
from orebook.model.fact import Fact, by_row
from orebook.model.slotted import replaced

_BY_DEFAULT = frozenset(("unit.money", "unit.nothing-says-money"))
_FEWEST = 2  # rows that a total adds up
_RULE = "unit.of-the-rows-it-adds-up"
_PARTS = "unit.of-the-total-above-which-it-stands"
_BY_LABEL = frozenset(("unit.words-of-label", "unit.stated-in-label"))
_TOTAL = r"(?i)(?:sub)?total\b|net\b|company\b|consolidated\b|combined\b"


def with_totals(facts: list[Fact]) -> list[Fact]:
    """The figures of a table, where a total counts as the rows above it do that it adds up, and so do what is taken from it
    and what is left (`Less minority share   31.4`, `Net share   164.4`)."""
    units = {fact.unit for fact in facts}
    if len(units) < _FEWEST or units.isdisjoint(PHYSICAL):
        return facts
    rows = by_row(facts)
    told = _told(rows)
    parts = _told_by_totals(rows)
    if not (told or parts):
        return facts
    return [_counted(_counted(fact, told.get(fact.row.number)), parts.get(fact.row.number), _PARTS) for fact in facts]


def with_sums_of_shares(facts: list[Fact]) -> list[Fact]:
    """The figures of a table, where a row that nothing says to count otherwise adds up rows right above it that begin with
    shares (`Weighted average shares`, `Dilutive options`, `Assumed conversion`, `Totals`): it and they count shares."""
    follows = (two for one, two in pairwise(facts) if one.unit == "shares" != two.unit)
    if not any(fact.trace[0] in _BY_DEFAULT for fact in follows):
        return facts
    told: dict[int, Fact] = {}
    run: list[list[Fact]] = []
    for row in by_row(facts):
        own = row[0]
        counts = all(fact.unit == "shares" for fact in row)
        silent = own.trace[0] in _BY_DEFAULT and not any("$" in fact.text for fact in row)
        if not counts and not (silent and run):
            run = []
            continue
        if run and own.row.heading != run[0][0].row.heading:
            run = []
        if silent and len(run) >= _FEWEST and adds_up(row, run):
            told |= {each[0].row.number: run[0][0] for each in (*run, row) if each[0].unit != "shares"}
            run = []
        elif counts or run:
            run = [*run, row]
    return [_counted(fact, told.get(fact.row.number)) for fact in facts] if told else facts


def _told(rows: Sequence[list[Fact]]) -> dict[int, Fact]:
    """The rows that count otherwise than they were read to, each with a figure that counts so."""
    made: dict[int, Fact] = {}
    group: list[list[Fact]] = []
    for at, row in enumerate(rows):
        own = row[0]
        if own.row.heading and own.unit in PHYSICAL:
            if not group or group[0][0].row.heading != own.row.heading or group[0][0].unit != own.unit:
                group = []
            group.append(row)
            continue
        counts = len(group) >= _FEWEST and (_is_silent(row) or own.unit == group[0][0].unit)
        if counts and re.match(_TOTAL, own.row.label) and adds_up(row, group):
            made[own.row.number] = group[0][0]
            less, left = (*rows[at + 1 : at + 3], None, None)[:2]
            if less and left and _is_silent(less) and _is_silent(left) and adds_up(row, (less, left)):
                made[less[0].row.number] = made[left[0].row.number] = group[0][0]
        group = []
    return made


def _told_by_totals(rows: Iterable[list[Fact]]) -> dict[int, Fact]:
    """The rows that say nothing of what they count, above a row that says it and sums them: `Peru   65,258`, `Manitoba
    12,342`, `Net pounds of copper produced   77,600`."""
    made: dict[int, Fact] = {}
    run: list[list[Fact]] = []
    for row in rows:
        if _is_silent(row):
            run.append(row)
            continue
        total = row[0]
        if len(run) >= _FEWEST and total.unit in PHYSICAL and total.trace[0] in _BY_LABEL and adds_up(row, run):
            made |= {part[0].row.number: total for part in run}
        run = []
    return made


def _is_silent(row: Sequence[Fact]) -> bool:
    """Whether nothing says what a row counts."""
    return row[0].trace[0] in _BY_DEFAULT and not row[0].row.heading and not any("$" in fact.text for fact in row)


def adds_up(total: Sequence[Fact], parts: Iterable[Sequence[Fact]]) -> bool:
    """Whether a row is the sum of others in each of its columns, within their last digits."""
    by_column = [{fact.column.number: fact for fact in part} for part in parts]
    return all(_is_sum(fact, [part.get(fact.column.number) for part in by_column]) for fact in total)


def _is_sum(total: Fact, parts: Sequence[Fact | None]) -> bool:
    figures = [part for part in parts if part is not None and part.value is not None]
    off = (total.value or Decimal(0)) - sum((part.value or Decimal(0) for part in figures), Decimal(0))
    places = min([total.decimals, *(part.decimals for part in figures)])
    return bool(figures) and 2 * abs(off) <= (len(figures) + 1) * Decimal(1).scaleb(-places)


def _counted(fact: Fact, as_this: Fact | None, rule: str = _RULE) -> Fact:
    if as_this is None or fact.unit == "%" or "unit.column-heading" in fact.trace:
        return fact
    return replaced(fact, unit=as_this.unit, scale=as_this.scale, trace=(*fact.trace, rule))
