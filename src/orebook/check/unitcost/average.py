"""UC02 unitcost.average-breaks: the company's cost per ounce is not the average of its mines' costs.

What it ties: a cost per ounce of the company or of a segment to the same cost at the mines, weighted with the
ounces that they produced.

Why: the headline cost is the one most often quoted, and no table of the release lets a reader add it up.

Ties: -2.56 at 661,511 ounces and -8.25 at 679,884 ounces average to -5.44.

Breaks: -2.38 and -7.42 at the same ounces average to -4.93, and -4.91 is printed, where the other columns
agree. Where a unit prints ounces of the metal without any cost, the average is a query: the company's
figure presumably includes that unit. So is one that other ounces, from half to twice those printed, would explain,
unless cost and ounces both say that they are of what was produced, or sold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orebook.check.context import Context
from orebook.check.cross.agreement import graded, holds, tried
from orebook.check.cross.rows import Entry, entries
from orebook.check.unitcost.basis import contradicts
from orebook.lexicon.levels import MINE
from orebook.model.equation import ANALYTIC, RATE, REQUIRED, WEIGHT, WEIGHTED_AVERAGE, Equation
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "UC02"
NAME = "unitcost.average-breaks"
PER_OUNCE = "PerOunce"
FORMULA = "the average over the mines"


class Mines(NamedTuple):
    """The mines of one table: their rows of costs per ounce and of ounces, and which print any cost at all."""

    rates: dict[tuple[str, str], dict[str, Entry]]
    ounces: dict[str, dict[str, Entry]]
    costed: frozenset[str]


def run(view: Context) -> Iterator[Equation]:
    """Company rate = sum(mine rate * mine ounces) / sum(mine ounces)."""
    rows = entries(view)
    tables: dict[int, list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.level.level == MINE and entry.concept:
            tables[entry.table.number].append(entry)
    mines = [_mines(table) for table in tables.values()]
    for whole in rows:
        if whole.level.level != MINE and whole.metal and (whole.concept or "").endswith(PER_OUNCE):
            for group in mines:
                yield from _averages(whole, group, view)


def _mines(rows: Sequence[Entry]) -> Mines:
    rates: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    ounces: dict[str, dict[str, Entry]] = defaultdict(dict)
    costed: set[str] = set()
    for entry in rows:
        concept, mine = entry.concept or "", entry.level.name
        if concept.endswith(PER_OUNCE):
            rates[concept, entry.metal].setdefault(mine, entry)
            costed.add(mine)
        elif concept.endswith("Produced") and entry.unit == "oz":
            ounces[concept.removeprefix("orebook:").removesuffix("Produced").lower()].setdefault(mine, entry)
    return Mines(rates, ounces, frozenset(costed))


def _averages(whole: Entry, mines: Mines, view: Context) -> Iterator[Equation]:
    rates = mines.rates.get((whole.concept or "", whole.metal), {})
    ounces = mines.ounces.get(whole.metal, {})
    if len(rates) < 2:
        return
    sure: list[Equation] = []
    for period in whole.figures:
        equation = _average(whole, period, rates, ounces)
        if equation is None:
            continue
        uncosted = _uncosted(period, mines, ounces)
        if uncosted:
            formula = f"{FORMULA} (without {', '.join(uncosted)}, which print ounces but no cost)"
            yield replaced(equation, grade=ANALYTIC, formula=formula)
        else:
            sure.append(equation)
    known = view.sightings
    for equation in graded(tried(sure, known), known):
        explained = not holds(equation, known) and not contradicts(equation, known)
        yield replaced(equation, grade=ANALYTIC) if explained else equation


def _average(whole: Entry, period: Period, rates: dict[str, Entry], ounces: dict[str, Entry]) -> Equation | None:
    operands: list[Operand] = []
    for mine, rate in rates.items():
        weight = ounces.get(mine)
        if period not in rate.figures or weight is None or not weight.figures.get(period):
            continue
        operands += (Operand(rate.figures[period], ONE, RATE), Operand(weight.figures[period], ONE, WEIGHT))
    if len(operands) < 4:
        return None
    target = whole.figures[period]
    return Equation(CODE, NAME, WEIGHTED_AVERAGE, REQUIRED, target, tuple(operands), FORMULA)


def _uncosted(period: Period, mines: Mines, ounces: dict[str, Entry]) -> list[str]:
    """The units that print ounces of the metal in this column but no cost of any kind."""
    return [
        entry.row.entity or mine
        for mine, entry in ounces.items()
        if mine not in mines.costed and (fact := entry.figures.get(period)) is not None and fact.value
    ]
