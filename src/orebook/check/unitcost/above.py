"""UC06 unitcost.row-average-breaks: the row that closes a block of unit costs is not the average of the mines above it.

What it ties: the `Average` or `Total` under the costs per ounce (or per ton, or the grades) of several mines to those,
weighted with the ounces (or tons) that another block prints for the same mines: of the same table, or else of another
table about the same periods. A block may also be a column, where the mines are rows and each column is a measure. Of several such blocks (produced, sold, milled) it is the one under which most columns
average out; a cost per ounce of one metal is not averaged with the ounces of another.

Why: a rate does not add up down a column, so nothing else proves the closing line, which is the one that is quoted.

Ties: $228 at 30,210 ounces and $243 at 12,100 ounces over an average of $232.

Breaks: the same two over $262, where other columns of the row, and with them other rates, average out. It is a query
where the ounces of the mines are not shown to be all (they do not add up to a printed total, or a mine prints no
cost); and where other ounces, from half to twice those printed, would explain it, unless cost and ounces both say that
they are of what was produced, or sold.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from orebook.check.context import Context, Line, Sheet, Sightings
from orebook.check.cross.agreement import holds
from orebook.check.cross.rows import is_as_reported
from orebook.check.unitcost.basis import contradicts, fitting, same_basis, settled
from orebook.check.unitcost.blocks import GRADES, MONEY_ALONE, QUANTITIES, Block, Closing, Name, blocks, divisor, mine
from orebook.check.unitcost.turned import measures
from orebook.lexicon.levels import is_closing, metal_in
from orebook.model.equation import ANALYTIC, RATE, REQUIRED, SUM, WEIGHT, WEIGHTED_AVERAGE, Equation, compute
from orebook.model.interval import ZERO, amount
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "UC06"
NAME = "unitcost.row-average-breaks"
FORMULA = "the average over the mines of its block"
SURE = 3  # so many averages must hold for each that fails, and the failure is a break
PLAIN = 40  # an average whose rates lie so many times as far apart needs no other to show it
APART = 4  # an average tells something where the rates lie so many times as far apart as rounding blurs it
MOST_WEIGHTS = 4  # blocks of ounces above and below that are tried for a block of rates
MOST_TABLES = 4  # other tables in which they are looked for


Weights = dict[tuple[str, Name], list[Block]]


class Average(NamedTuple):
    """One column: its equation, whether it holds, and how many times as far apart its rates are as rounding blurs it.

    `uncosted` are the mines that print a quantity and no rate.
    """

    equation: Equation
    true: bool
    apart: Fraction
    uncosted: tuple[str, ...]

    @property
    def tells(self) -> bool:
        """Whether a figure anywhere between the rates would have been likely to fail."""
        return self.apart >= APART

    @property
    def plain(self) -> bool:
        """Whether that it holds is no chance, whatever other rows do."""
        return self.true and self.apart >= PLAIN and not self.uncosted


class Trial(NamedTuple):
    """A closing row as the average of some mines with the weights of one block, in each column."""

    weights: Block
    averages: tuple[Average, ...]

    @property
    def held(self) -> int:
        return sum(average.true and average.tells for average in self.averages)

    @property
    def failed(self) -> int:
        return sum(not average.true for average in self.averages)

    @property
    def score(self) -> tuple[int, int, int, bool]:
        """Of two trials of one row the one with the larger score is the better shown."""
        stated = bool(self.averages) and same_basis(self.averages[0].equation)
        return -self.failed, self.held, len(self.averages), stated


def run(context: Context) -> Iterator[Equation | str]:
    """Closing rate = sum(rate * weight) / sum(weight) over the mines of a block."""
    pools: dict[int, list[Trial]] = defaultdict(list)
    sheets = [sheet for sheet in context.sheets if sheet.table.kind not in MONEY_ALONE]
    for sheet, others in _searched(sheets):
        beside = _by_mine(block for other in others for block in blocks(other))
        _pool(pools, list(blocks(sheet)), beside, context.sightings)
    for sheet in sheets:
        columns = measures(sheet)
        if columns:
            _pool(pools, [block for column in columns for block in blocks(column)], {}, context.sightings)
    for pool in pools.values():
        for equation, true in _graded(pool, context.sightings):
            yield settled(equation, context.sightings, true=true)


def _pool(pools: dict[int, list[Trial]], found: Sequence[Block], beside: Weights, known: Sightings) -> None:
    """Add the best trial of each closing row of rates to those with the same weights."""
    own = _by_mine(found)
    for rates in found:
        for closing in rates.closings if divisor(rates.unit) else ():
            best = _best_of_all(rates, closing, own, beside, known)
            if best is not None:
                pools[id(best.weights)].append(best)


def _searched(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Sequence[Sheet]]]:
    """The sheets with rates of two mines whose quantities are printed, each with the other sheets that print them."""
    rates = [(sheet, names) for sheet in sheets if len(names := _mines(sheet, rates=True)) > 1]
    if not rates:
        return
    quantities = [(sheet, names) for sheet in sheets if len(names := _mines(sheet, rates=False)) > 1]
    for sheet, names in rates:
        found = [
            other for other, known in quantities if other.table.part == sheet.table.part and len(names & known) > 1
        ]
        if found:
            found.sort(key=lambda other: abs(other.table.number - sheet.table.number))
            yield sheet, [other for other in found if other is not sheet][:MOST_TABLES]


def _mines(sheet: Sheet, *, rates: bool) -> frozenset[str]:
    """The mines (by name) whose rates, or quantities, a sheet prints."""
    labels = set()
    for line in sheet.lines:
        for fact in line.cells.values():
            if divisor(fact.unit) if rates else fact.unit in QUANTITIES:
                labels.add(line.row.label)
            break
    return frozenset(mine(label) for label in labels if not is_closing(label))


def _best_of_all(rates: Block, closing: Closing, own: Weights, beside: Weights, known: Sightings) -> Trial | None:
    """The best trial with the quantities of the table itself, or where some column fails, of one with those of others.

    Those of another table are believed where several columns average out.
    """
    best = _best(rates, closing, own, known)
    if best is None or best.failed:
        other = _best(rates, closing, beside, known)
        if other is not None and other.held > 1 and (best is None or other.score > best.score):
            return other
    return best


def _best(rates: Block, closing: Closing, weights: Weights, known: Sightings) -> Trial | None:
    """The trial of a closing row that is best shown; None where no block of quantities fits."""
    text = f"{rates.text} {closing.line.row.label}"
    found = [
        (block, names)
        for names in closing.parts
        for block in _near(weights.get((divisor(rates.unit), names[0]), ()), closing.line.row.line)
        if _same_metal(text, block.text)
        and _closed_alike(closing, block)
        and all(name in block.parts for name in names)
    ]
    if len(found) > 1:
        target = next(iter(closing.line.cells.values()))
        found = fitting(target, [(next(iter(each[0].parts[each[1][0]].cells.values())), each) for each in found])
    trials = [_tried(rates, closing, names, block, known) for block, names in found]
    return max((trial for trial in trials if trial.averages), key=lambda trial: trial.score, default=None)


def _by_mine(found: Iterable[Block]) -> Weights:
    """The blocks of quantities, from top to bottom, by their unit and each of their mines."""
    made: Weights = defaultdict(list)
    for block in found:
        for name in block.parts if block.unit in QUANTITIES else ():
            made[block.unit, name].append(block)
    for each in made.values():
        each.sort(key=_place)
    return made


def _near(found: Sequence[Block], line: int) -> Sequence[Block]:
    """Of many blocks those that stand nearest above and below a line."""
    at = bisect(found, line, key=_place)
    return found[max(0, at - MOST_WEIGHTS) : at + MOST_WEIGHTS]


def _place(block: Block) -> int:
    return next(iter(block.parts.values())).row.line


def _closed_alike(closing: Closing, weights: Block) -> bool:
    """Whether a row may close the same mines in a block of quantities: the row of a part must close it there too."""
    return closing.whole or any(closing.name == other.name for other in weights.closings)


def _same_metal(rates: str, weights: str) -> bool:
    """Whether the texts over rates and quantities name one metal, counted in one way, as far as they name any."""
    one, two = metal_in(rates), metal_in(weights)
    if not one or not two:
        return True
    return one == two and ("equivalent" in rates.lower()) == ("equivalent" in weights.lower())


def _tried(rates: Block, closing: Closing, names: Sequence[Name], weights: Block, known: Sightings) -> Trial:
    made = []
    for number, at in _columns(rates.sheet, weights.sheet).items():
        target = closing.line.cells.get(number)
        if target is not None and target.value and divisor(target.unit):
            costed = [name for name in names if _is_rated(rates, name, number, weights, at)]
            operands = _operands(rates, costed, number, weights, at)
            if operands:
                equation = Equation(CODE, NAME, WEIGHTED_AVERAGE, REQUIRED, target, operands, FORMULA)
                others = [name for name in (weights.parts if closing.whole else names) if name not in costed]
                uncosted = [weights.parts[name].row.label for name in others if not _empty(weights.parts[name], at)]
                made.append(Average(equation, *_holds(equation, known), tuple(uncosted)))
    return Trial(weights, tuple(made))


def _columns(one: Sheet, other: Sheet) -> Mapping[int, int]:
    """The columns (by number) of a sheet that simply report, and those of another about the same periods."""
    if one.columns is other.columns:
        return {column.number: column.number for column in one.columns if is_as_reported(column)}
    theirs = _by_period(other)
    return {number: theirs[period] for period, number in _by_period(one).items() if period in theirs}


def _by_period(sheet: Sheet) -> dict[Period, int]:
    """The columns that simply report, by number: each the only one of the sheet about its period."""
    found: dict[Period, list[int]] = defaultdict(list)
    for column in sheet.columns:
        if column.period is not None and is_as_reported(column):
            found[column.period].append(column.number)
    return {period: numbers[0] for period, numbers in found.items() if len(numbers) == 1}


def _is_rated(rates: Block, name: Name, number: int, weights: Block, at: int) -> bool:
    """Whether a mine prints a rate; a grade of nil is one, where the ore is printed that holds none of the metal."""
    rate = rates.parts[name].cells.get(number)
    if rate is None or not rate.nil:
        return rate is not None and bool(rate.value)
    return rates.unit in GRADES and name in weights.parts and not _empty(weights.parts[name], at)


def _empty(line: Line, number: int) -> bool:
    fact = line.cells.get(number)
    return fact is None or not fact.value


def _operands(rates: Block, names: Sequence[Name], number: int, weights: Block, at: int) -> tuple[Operand, ...]:
    """Each rate with its weight; nothing where there are not two, or a mine prints a rate and no quantity."""
    made: list[Operand] = []
    for name in names:
        weight = weights.parts[name].cells.get(at)
        if weight is None or not weight.value or weight.value < 0:
            return ()
        made += (Operand(rates.parts[name].cells[number], ONE, RATE), Operand(weight, ONE, WEIGHT))
    return tuple(made) if len(names) > 1 else ()


def _holds(equation: Equation, known: Sightings) -> tuple[bool, Fraction]:
    """Whether an average holds, and how many times as far apart its rates are as rounding blurs it."""
    printed = known.best(equation.target)
    computed = compute(equation, [known.best(operand.fact) for operand in equation.operands])
    if computed is None:
        return True, ZERO
    rates = [amount(operand.fact) for operand in equation.operands[::2]]
    blurred = computed.width + printed.width
    return computed.meets(printed), (max(rates) - min(rates)) / blurred if blurred else ZERO


def _graded(pool: Sequence[Trial], known: Sightings) -> Iterator[tuple[Equation, bool]]:
    """The averages with one block of quantities, and whether they hold: those that do, and where few fail, those that fail.

    A row that mostly fails is no average with these weights: it says nothing of the others. Nor does a cost that includes
    the company's own (all-in sustaining cost) tell against one that does not.
    """
    shown = [trial for trial in pool if trial.held >= trial.failed or len(trial.averages) == 1]
    held, failed = sum(trial.held for trial in shown), sum(trial.failed for trial in shown)
    if held <= failed:
        yield from ((average.equation, True) for trial in pool for average in trial.averages if average.plain)
        return
    sure = failed * SURE <= held
    for trial in shown:
        for average in trial.averages:
            if average.uncosted and (average.true or sure):
                formula = f"{FORMULA} (without {', '.join(average.uncosted)}, for want of a rate)"
                yield replaced(average.equation, grade=ANALYTIC, formula=formula), average.true
            elif average.true or sure:
                certain = sure and (average.true or _is_wrong(average, trial, known))
                yield replaced(average.equation, grade=REQUIRED if certain else ANALYTIC), average.true


def _is_wrong(average: Average, trial: Trial, known: Sightings) -> bool:
    """Whether a failed average can only be an error: its row averages out elsewhere, no mine and no basis explains it."""
    equation = average.equation
    return trial.held > 0 and contradicts(equation, known) and _complete(equation, trial.weights, known)


def _complete(average: Equation, weights: Block, known: Sightings) -> bool:
    """Whether a row that closes the quantities shows that those of the average are all."""
    operands = tuple(Operand(operand.fact) for operand in average.operands if operand.role == WEIGHT)
    totals = [closing.line.cells.get(operands[0].fact.column.number) for closing in weights.closings]
    sums = [
        Equation(CODE, NAME, SUM, REQUIRED, total, operands) for total in totals if total is not None and total.value
    ]
    return any(holds(each, known) for each in sums)
