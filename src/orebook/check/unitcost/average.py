"""UC02 unitcost.average-breaks: the company's cost per ounce is not the average of its mines' costs.

What it ties: a cost per ounce of the company or of a segment to the same cost at the mines, weighted with the
ounces that it says to count by: those that the mines sold, or produced. Where it says neither, and both are printed, it is
those under which most columns average out.

Why: the headline cost is the one most often quoted, and no table of the release lets a reader add it up.

Ties: -2.56 at 661,511 ounces and -8.25 at 679,884 ounces average to -5.44.

Breaks: -2.38 and -7.42 at the same ounces average to -4.93, and -4.91 is printed, where the other columns
agree. Where a unit prints ounces of the metal without that cost, the average is a query: the company's
figure presumably includes that unit. So is one that other ounces, from half to twice those printed, would explain,
where most columns hold, unless cost and ounces both say that they are of what was produced, or sold. Where the cost says to count by ounces that
are not printed, nothing is asked but what no ounces explain; a note says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from orebook.check.context import Context
from orebook.check.cross.agreement import graded, holds, tried
from orebook.check.cross.rows import OUNCES, Entry, entries
from orebook.check.unitcost.basis import basis_of, contradicts, other_basis, settled
from orebook.lexicon.levels import MINE
from orebook.model.equation import ANALYTIC, RATE, REQUIRED, WEIGHT, WEIGHTED_AVERAGE, Equation
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "UC02"
NAME = "unitcost.average-breaks"
PER_OUNCE = "PerOunce"
PRODUCED = "Produced"
SOLD = "Sold"
FORMULA = "the average over the mines"


Ounces = dict[str, Entry]
"""The row of ounces of each mine, all of what was produced, or all of what was sold."""


class Mines(NamedTuple):
    """The mines of one table: their rows of costs per ounce by concept and metal, their rows of ounces by metal and basis
    (`produced` or `sold`)."""

    rates: dict[tuple[str, str], dict[str, Entry]]
    ounces: dict[str, dict[str, Ounces]]


def run(view: Context) -> Iterator[Equation | str]:
    """Company rate = sum(mine rate * mine ounces) / sum(mine ounces)."""
    rows = entries(view)
    tables: dict[int, list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.level.level == MINE and entry.concept:
            tables[entry.table.number].append(entry)
    mines = [_mines(table) for table in tables.values()]
    for whole in rows:
        if whole.level.level != MINE and (whole.concept or "").endswith(PER_OUNCE):
            for group in mines:
                yield from _averages(whole, group, view)


def _mines(rows: Sequence[Entry]) -> Mines:
    rates: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
    ounces: dict[str, dict[str, Ounces]] = defaultdict(lambda: defaultdict(dict))
    for entry in rows:
        concept, mine = entry.concept or "", entry.level.name
        if concept.endswith(PER_OUNCE):
            rates[concept, entry.metal].setdefault(mine, entry)
        elif concept.endswith((PRODUCED, SOLD)) and entry.unit == "oz":
            metal = (
                concept.removeprefix("orebook:").removesuffix(PRODUCED).removesuffix(SOLD).removeprefix(OUNCES).lower()
            )
            told = basis_of(next(iter(entry.figures.values())), quantity=True)
            basis = told or (SOLD if concept.endswith(SOLD) else PRODUCED).lower()
            ounces[metal][basis].setdefault(mine, entry)
    return Mines(rates, ounces)


def _averages(whole: Entry, mines: Mines, view: Context) -> Iterator[Equation | str]:
    """The averages with the ounces that the cost says to count by; where it says nothing, with those under which most
    columns average out."""
    rates = mines.rates.get((whole.concept or "", whole.metal), {})
    if len(rates) < 2:
        return
    printed = mines.ounces.get(whole.metal, {})
    stated = basis_of(next(iter(whole.figures.values())))
    chosen = [printed[stated]] if stated in printed else [printed[basis] for basis in sorted(printed)]
    found = [(ounces, made) for ounces in chosen if (made := _over_periods(whole, rates, ounces))]
    if not found:
        return
    known = view.sightings
    if len(found) > 1:
        found.sort(key=lambda each: tried(each[1].values(), known).agreement.score, reverse=True)
    ounces, averages = found[0]
    uncosted = {period: names for period in averages if (names := ", ".join(_uncosted(period, rates, ounces)))}
    unknown = set()
    for period, names in uncosted.items():
        if holds(averages[period], known):
            formula = f"{FORMULA} (without {names}, which print ounces but no cost)"
            yield settled(replaced(averages[period], grade=ANALYTIC, formula=formula), known, true=True)
        else:
            unknown.add(names)
    yield from _unknown(whole, unknown)
    trial = tried([equation for period, equation in averages.items() if period not in uncosted], known)
    doubtful = trial.agreement.held <= trial.agreement.failed
    for equation in graded(trial, known):
        true = holds(equation, known)
        if true or contradicts(equation, known):
            yield settled(equation, known, true=true)
        elif not doubtful or other_basis(equation.target, equation.operands[1].fact):
            yield settled(replaced(equation, grade=ANALYTIC), known, true=False)


def _unknown(whole: Entry, uncosted: Iterable[str]) -> Iterator[str]:
    """Notes that no average was formed where units (`uncosted`, as each column has them) print ounces but no cost."""
    for names in sorted(uncosted):
        yield (
            f"{CODE}: the average that '{whole.row.label}' (line {whole.row.line}) prints was not looked at where {names} "
            "print ounces but no cost: the company may count them in"
        )


def _over_periods(whole: Entry, rates: dict[str, Entry], ounces: Ounces) -> dict[Period, Equation]:
    """The average of each period that prints a cost and ounces for two mines, and ounces for each that prints a cost."""
    found = {period: _average(whole, period, rates, ounces) for period in whole.figures}
    return {period: equation for period, equation in found.items() if equation is not None}


def _average(whole: Entry, period: Period, rates: dict[str, Entry], ounces: Ounces) -> Equation | None:
    operands: list[Operand] = []
    for mine, entry in rates.items():
        rate, weight = entry.figures.get(period), ounces.get(mine)
        if rate is None or rate.nil:
            continue
        if weight is None or not (produced := weight.figures.get(period)) or not produced.value:
            return None
        operands += (Operand(rate, ONE, RATE), Operand(produced, ONE, WEIGHT))
    if len(operands) < 4:
        return None
    target = whole.figures[period]
    return Equation(CODE, NAME, WEIGHTED_AVERAGE, REQUIRED, target, tuple(operands), FORMULA)


def _uncosted(period: Period, rates: dict[str, Entry], ounces: Ounces) -> list[str]:
    """The units that print ounces of the metal in this column but not the cost that is averaged."""
    return [
        entry.row.entity or mine
        for mine, entry in ounces.items()
        if (fact := entry.figures.get(period)) is not None and fact.value and not _prints(rates.get(mine), period)
    ]


def _prints(rate: Entry | None, period: Period) -> bool:
    """Whether a unit prints its cost in a column."""
    figure = rate.figures.get(period) if rate is not None else None
    return figure is not None and not figure.nil
