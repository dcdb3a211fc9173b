"""UC05 unitcost.column-average-breaks: the total column of a unit cost is not the average of the mines beside it.

What it ties: in a table with the mines side by side, the cost per ounce (or grade) of the total column to those of
the mines, weighted with the ounces (or tons) that the same table prints and adds up; and that of a year to those of its
quarters.

Why: a rate does not add up across a row, so nothing else proves the total of the line that matters most.

Ties: $228 at 30,210 ounces and $243 at 12,100 ounces beside $232 for both.

Breaks: the same two beside $223, where other rates of the table average out. It is a query where other ounces, from
half to twice those printed, would explain it, unless cost and ounces both say that they are of what was produced, or
sold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from orebook.check.context import Context, Line, Sheet, Sightings
from orebook.check.cross.agreement import Trial, holds, tried
from orebook.check.cross.rows import is_total_column
from orebook.check.unitcost.basis import contradicts, fitting, settled
from orebook.check.unitcost.blocks import divisor
from orebook.lexicon.levels import is_closing
from orebook.model.equation import ANALYTIC, RATE, REQUIRED, SUM, WEIGHT, WEIGHTED_AVERAGE, Equation
from orebook.model.fact import Column
from orebook.model.named import NamedTuple
from orebook.model.period import Period, months_before
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "UC05"
NAME = "unitcost.column-average-breaks"
FORMULA = "the average over the columns beside it"
QUARTER = 3  # months
MOST_COLUMNS = 12
SURE = 3  # so many averages must hold for each that fails, and the failure is a break


class Side(NamedTuple):
    """The total column of a period, by number, and the columns beside it that are its parts: mines, or quarters of a year."""

    total: int
    parts: tuple[int, ...]


def run(context: Context) -> Iterator[Equation | str]:
    """Rate of the total = sum(rate * weight) / sum(weight) over the columns beside it."""
    for sheet in context.sheets:
        sides = _sides(sheet.columns)
        if sides:
            yield from _of_sheet(sheet, sides, context.sightings)


def _sides(columns: Sequence[Column]) -> list[Side]:
    same: dict[Period | None, list[Column]] = defaultdict(list)
    for column in columns:
        if not column.percent:
            same[column.period].append(column)
    made: list[Side] = []
    for found in same.values():
        totals = [column.number for column in found if is_total_column(column)]
        parts = tuple(column.number for column in found if column.number not in totals)
        if len(totals) == 1 and 2 <= len(parts) <= MOST_COLUMNS:
            made.append(Side(totals[0], parts))
    return made or _spans({period: found[0].number for period, found in same.items() if period and len(found) == 1})


def _spans(numbers: Mapping[Period, int]) -> list[Side]:
    """The columns of longer periods, each with those of the quarters that make it up."""
    quarters = {period.end: number for period, number in numbers.items() if period.months == QUARTER}
    made: list[Side] = []
    for period, number in numbers.items() if len(quarters) > 1 else ():
        ends = [months_before(period.end, back) for back in range(0, period.months or 0, QUARTER)]
        if len(ends) > 1 and len(ends) * QUARTER == period.months and all(end in quarters for end in ends):
            made.append(Side(number, tuple(quarters[end] for end in reversed(ends))))
    return made


def _of_sheet(sheet: Sheet, sides: Sequence[Side], known: Sightings) -> Iterator[Equation | str]:
    weights: dict[str, list[Line]] = defaultdict(list)
    for line in sheet.lines:
        units = {fact.unit for fact in line.cells.values() if not fact.nil}
        if len(units) == 1 and all(_adds_up(line, side, known) for side in sides):
            weights[units.pop()].append(line)
    trials: list[Trial] = []
    for line in sheet.lines:
        per = {divisor(fact.unit) for fact in line.cells.values()} - {""}
        found = [
            (tried(_averages(line, weight, sides), known), _kin(line, weight))
            for unit in per
            for weight in _of_its_basis(line, weights[unit])
        ]
        best, _ = max(found, key=lambda each: (each[0].agreement.score, each[1]), default=(None, None))
        if best is not None and best.equations:
            trials.append(best)
    held = sum(trial.agreement.held for trial in trials)
    failed = sum(trial.agreement.failed for trial in trials)
    for equation, true in (pair for trial in trials for pair in zip(trial.equations, trial.held, strict=True)):
        if true or (failed * SURE <= held and contradicts(equation, known)):
            yield settled(equation, known, true=true)
        elif held > failed:
            yield settled(replaced(equation, grade=ANALYTIC), known, true=False)


def _of_its_basis(rate: Line, weights: Sequence[Line]) -> Sequence[Line]:
    """The rows of quantities that a rate may count by, as far as the words tell."""
    if len(weights) < 2:
        return weights
    first = next(iter(rate.cells.values()))
    return fitting(first, [(next(iter(line.cells.values())), line) for line in weights])


def _kin(rate: Line, weight: Line) -> tuple[bool, int]:
    """How near two rows stand to each other: those of one mine, or both of all, before others, then by their distance."""
    one, other = rate.row.label, weight.row.label
    return one == other or (is_closing(one) and is_closing(other)), -abs(rate.row.number - weight.row.number)


def _adds_up(line: Line, side: Side, known: Sightings) -> bool:
    """Whether the row is a plain sum over the columns, all of them printed."""
    target, parts = line.cells.get(side.total), [line.cells.get(number) for number in side.parts]
    operands = tuple(Operand(fact) for fact in parts if fact is not None)
    if target is None or not target.value or len(operands) < len(parts):
        return False
    return holds(Equation(CODE, NAME, SUM, REQUIRED, target, operands), known)


def _averages(line: Line, weight: Line, sides: Sequence[Side]) -> Iterator[Equation]:
    for side in sides:
        target = line.cells.get(side.total)
        pairs = [(line.cells.get(number), weight.cells.get(number)) for number in side.parts]
        if target is None or not target.value or "/" not in target.unit:
            continue
        operands: list[Operand] = []
        for rate, ounces in pairs:
            if rate is None or ounces is None or rate.nil != ounces.nil:
                break
            if not rate.nil:
                operands += (Operand(rate, ONE, RATE), Operand(ounces, ONE, WEIGHT))
        else:
            if len(operands) >= 4:
                yield Equation(CODE, NAME, WEIGHTED_AVERAGE, REQUIRED, target, tuple(operands), FORMULA)
