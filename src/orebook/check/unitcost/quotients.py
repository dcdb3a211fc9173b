"""UC07 unitcost.table-quotient-breaks: a rate is not what two other lines of its own table give.

What it ties: a cost per ounce, per pound or per ton, and an amount per share, to the money and the quantity of two other
rows (or, where the mines are rows, of two other columns) of its table; metal sold at a price to its revenue; and ore at a
grade, with the recovery where one is printed, to the metal that it holds.

Why: reconciliations of a unit cost print all three figures in each mine's column, and production tables in each mine's
row. Which lines belong together is seen where the figures fit in every column, the more surely where the names say so.

Ties: cash costs of $40,267 thousand at 65,711 ounces sold beside $613 per ounce.

Breaks: the same beside $631, where the other mines' costs fit. Ore and grades that do not give the metal are a query, as
is a rate whose name is not that of the money. An amount per share breaks only where its sign is lost, its digits are
exchanged or it is that of another column: preferred dividends make other differences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from orebook.check.context import Context, Line, Sheet, Sightings
from orebook.check.cross.agreement import Trial, digits, has_gap, one_slip, tried
from orebook.check.cross.rows import is_as_reported
from orebook.check.odds import DIGIT, count, slip, unit
from orebook.check.unitcost.blocks import MONEY_ALONE, divisor
from orebook.check.unitcost.grade import CONTENTS
from orebook.check.unitcost.turned import measures
from orebook.lexicon.levels import is_closing, is_price, kinship
from orebook.model.equation import ANALYTIC, DENOMINATOR, NUMERATOR, PRODUCT, RATIO, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.interval import amount
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "UC07"
NAME = "unitcost.table-quotient-breaks"
LEAST_UNITS = 3  # a rate, and what it is made of
PER_OUNCE = "PerOunce"
PER_SHARE = "EarningsPerShare"  # what income per share is divided by, ST01 knows better
MOST = 6  # lines of money, or of a quantity, that are tried with one rate: the nearest
MOST_LINES = 60  # lines of one block
COPIED = 2  # digits of an amount per share beyond which another column prints the same hardly by chance
SURE = 3  # columns that must fit for each that fails, and the failure is a break
_ENDS = ("Low", "High", "low", "high", "LOW", "HIGH")  # of a range
NEAR = Decimal("0.03")  # by how much two figures may differ at a first look, beyond the rounding of the rate


class Measure(NamedTuple):
    """A line of figures in one unit: `cells` by what tells them apart along it, `label` and `heading` the words that name
    it, `place` where it stands among the others."""

    label: str
    heading: tuple[str, ...]
    unit: str
    cells: Mapping[int, Fact]
    place: int
    concept: str | None = None


class Relation(NamedTuple):
    """What is tried: the equation in each column, whether the lines' names say it too, and how far apart they stand."""

    trial: Trial
    named: bool
    apart: int

    @property
    def score(self) -> tuple[int, int, bool, int]:
        """Of two relations of one rate the one with the larger score is the better shown."""
        found = self.trial.agreement
        return -found.failed - found.empty, found.strong, self.named, -self.apart


def run(context: Context) -> Iterator[Equation]:
    """Rate = money / quantity, money = quantity * price, ounces = tons * grade, within a table."""
    for sheet in context.sheets:
        if sheet.table.kind not in MONEY_ALONE:
            for block in _blocks(sheet):
                yield from _of_block(block, context.sightings)


def _blocks(sheet: Sheet) -> Iterator[list[Measure]]:
    """The lines that may belong together: the rows of one mine's block (or of none), or the columns of measures."""
    columns = measures(sheet)
    if columns:
        yield [_column(sheet, column, place) for place, column in enumerate(columns)]
        return
    found: dict[str | None, list[tuple[int, Line, str]]] = {}
    for place, line in enumerate(sheet.lines):
        for fact in line.cells.values():
            found.setdefault(line.row.entity, []).append((place, line, fact.unit))
            break
    single = len({column.period for column in sheet.columns}) == len(sheet.columns)
    plain: list[int] = []
    for rows in found.values():
        if 2 < len(rows) <= MOST_LINES and _may_divide(rows, single=single):
            plain = plain or _plain(sheet)
            made = [_row(line, plain, place, single=single) for place, line, _ in rows]
            yield [measure for measure in made if measure is not None]


def _plain(sheet: Sheet) -> list[int]:
    """The columns of figures that may be divided by each other: of an outlook, none that is an end of a range. The least
    cost is not the one at the least production."""
    plain = [column for column in sheet.columns if is_as_reported(column)]
    if sheet.table.kind == "guidance":
        headed = Counter(column.heading for column in plain)
        plain = [each for each in plain if headed[each.heading] == 1 and not each.heading.endswith(_ENDS)]
    return [column.number for column in plain]


def _may_divide(rows: Sequence[tuple[int, Line, str]], *, single: bool) -> bool:
    """Whether a block has a rate that other checks do not look at, and what it may be made of."""
    units = {unit for _, _, unit in rows}
    rates = [(unit, line.row.concept or "") for _, line, unit in rows if "/" in unit]
    if not rates or len(units) < LEAST_UNITS:
        return False
    known = {f"{line.row.concept}{PER_OUNCE}" for _, line, _ in rows if line.row.concept} if single else set()
    return any(
        (divisor(unit) or unit[-5:].lower() + "s") in units or CONTENTS.get(unit)
        for unit, concept in rates
        if concept not in known and not (single and concept.startswith(PER_SHARE))
    )


def _row(line: Line, plain: Sequence[int], place: int, *, single: bool) -> Measure | None:
    """A row as a measure; None where nothing is printed, or where its figures differ in unit. Its concept counts where each
    period has one column: that is what other checks look at."""
    cells = {number: line.cells[number] for number in plain if number in line.cells}
    units = {fact.unit for fact in cells.values() if fact.value is not None}
    if len(units) != 1:
        return None
    return Measure(line.row.label, line.row.heading, units.pop(), cells, place, line.row.concept if single else None)


def _column(sheet: Sheet, column: Sheet, place: int) -> Measure:
    cells = {line.row.number: line.cells[0] for line in column.lines}
    unit = next(fact.unit for fact in cells.values() if not fact.nil)
    heading = next(iter(cells.values())).column.heading
    return Measure(heading, (sheet.table.title,), unit, cells, place)


def _of_block(block: Sequence[Measure], known: Sightings) -> Iterator[Equation]:
    by_unit: dict[str, list[Measure]] = {}
    for measure in block:
        by_unit.setdefault(measure.unit, []).append(measure)
    for rate in block:
        if ("/" in rate.unit or rate.unit == "%") and not (rate.concept or "").startswith(PER_SHARE):
            found = [*_quotients(rate, by_unit, known), *_contents(rate, by_unit, known)]
            best = max(found, key=lambda relation: relation.score, default=None)
            if best is not None:
                yield from _graded(best, known)


def _quotients(rate: Measure, by_unit: Mapping[str, Sequence[Measure]], known: Sightings) -> Iterator[Relation]:
    """The pairs of money and quantity that the rate may be the quotient of."""
    money, _, per = rate.unit.rpartition("/")
    quantity = "shares" if per == "share" else divisor(rate.unit)
    if not money or not quantity or quantity not in by_unit:
        return
    if money == "cents":
        money, factor = next((unit for unit in by_unit if len(unit) == 3 and unit.isupper()), ""), Fraction(100)
    else:
        factor = ONE
    price = is_price(" ".join((*rate.heading, rate.label)))
    monies = [above for above in _nearest(by_unit.get(money, ()), rate) if _kinship(rate, above)]
    if not monies or any(_is_known(rate, above) for above in monies):
        return
    for below in _nearest(by_unit[quantity], rate):
        looked_at = [
            (key, rate.cells[key].amount * below.cells[key].amount / factor.numerator, rate.cells[key])
            for key in _keys(rate, below)[:2]
        ]
        for above in monies:
            if any(
                (fact := above.cells.get(key)) is not None and _alike(fact.amount, made, cost)
                for key, made, cost in looked_at
            ):
                equations = _divided(rate, above, below, factor, price=price)
                yield _relation(tried(equations, known), rate, above, below)


def _kinship(rate: Measure, money: Measure) -> int:
    """2 where a rate is called after the money, or just as it, 1 where their names have a word in common, else 0.

    `Basic` and the like are called what stands over them.
    """
    if rate.label == money.label:
        return 2
    text = rate.label if not rate.heading or "per " in rate.label.lower() else f"{rate.heading[-1]} {rate.label}"
    return kinship(text, " ".join((*money.heading, money.label)))


def _is_known(rate: Measure, money: Measure) -> bool:
    """Whether both are lines that the lexicon knows as a cost and its quotient: those are divided by the best ounces that
    the whole report prints (UC01)."""
    return rate.concept is not None and rate.concept == f"{money.concept}{PER_OUNCE}"


def _contents(rate: Measure, by_unit: Mapping[str, Sequence[Measure]], known: Sightings) -> Iterator[Relation]:
    """The ore and the metal that a grade may be of, with the recovery of the metal where one is printed."""
    for ore_unit, content_unit, factor in CONTENTS.get(rate.unit, ()):
        for ore in _nearest(by_unit.get(ore_unit, ()), rate):
            for metal in _nearest(by_unit.get(content_unit, ()), rate):
                for recovery in (None, *_nearest(by_unit.get("%", ()), rate)):
                    rest = factor if recovery is None else factor / 100
                    if recovery is not rate and metal is not ore and _may_hold(rate, ore, metal, recovery, rest):
                        equations = _held(rate, ore, metal, recovery, rest)
                        yield _relation(tried(equations, known), rate, metal, ore)


def _nearest(measures_: Sequence[Measure], rate: Measure) -> Sequence[Measure]:
    if len(measures_) <= MOST:
        return measures_
    return sorted(measures_, key=lambda measure: abs(measure.place - rate.place))[:MOST]


def _relation(trial: Trial, rate: Measure, above: Measure, below: Measure) -> Relation:
    """A relation with what the names say: `Cash costs per ounce` are cash costs, `Palladium` at a price is palladium sold."""
    named = _kinship(rate, above) > 1 and (rate.label != above.label or rate.label == below.label)
    return Relation(trial, named, abs(above.place - rate.place) + abs(below.place - rate.place))


def _keys(*measures_: Measure) -> list[int]:
    """The columns in which all of some lines print a figure."""
    first, *others = measures_
    return [
        key
        for key, fact in first.cells.items()
        if fact.value and all((other := line.cells.get(key)) is not None and other.value for line in others)
    ]


def _may_hold(rate: Measure, ore: Measure, metal: Measure, recovery: Measure | None, factor: Fraction) -> bool:
    lines = (rate, ore, metal) if recovery is None else (rate, ore, metal, recovery)
    for key in _keys(*lines)[:2]:
        made = ore.cells[key].amount * rate.cells[key].amount * factor.numerator / factor.denominator
        if recovery is not None:
            made *= recovery.cells[key].amount
        if _alike(metal.cells[key].amount, made, rate.cells[key]):
            return True
    return False


def _alike(one: Decimal, other: Decimal, rate: Fact) -> bool:
    """Whether two amounts differ by little more than the rounding of a rate explains."""
    gap = abs(one - other)
    return gap <= NEAR * abs(other) or gap * abs(rate.amount) <= Decimal(1).scaleb(-rate.decimals) * abs(other)


def _divided(rate: Measure, above: Measure, below: Measure, factor: Fraction, *, price: bool) -> Iterator[Equation]:
    for key in _keys(rate, above, below):
        cost, money, quantity = rate.cells[key], above.cells[key], below.cells[key]
        if price:
            operands = (Operand(quantity, ONE), Operand(cost, ONE))
            yield Equation(CODE, NAME, PRODUCT, REQUIRED, money, operands, "quantity times price", ONE / factor)
        else:
            operands = (Operand(money, ONE, NUMERATOR), Operand(quantity, ONE, DENOMINATOR))
            yield Equation(CODE, NAME, RATIO, REQUIRED, cost, operands, "money over quantity", factor)


def _held(
    rate: Measure, ore: Measure, metal: Measure, recovery: Measure | None, factor: Fraction
) -> Iterator[Equation]:
    lines = (ore, rate) if recovery is None else (ore, rate, recovery)
    formula = "ore times grade" if recovery is None else "ore times grade times recovery"
    for key in _keys(metal, *lines):
        operands = tuple(Operand(line.cells[key], ONE) for line in lines)
        yield Equation(CODE, NAME, PRODUCT, ANALYTIC, metal.cells[key], operands, formula, factor)


def _graded(relation: Relation, known: Sightings) -> Iterator[Equation]:
    """The equations of a relation that the document shows: with the lines' names, one telling column is enough.

    A column that fails is a break where the names say so too, and the others leave no doubt or a slip of the pen explains
    it; else a query, if most columns hold.
    """
    found, named = relation.trial.agreement, relation.named
    many = named and found.held > 0 and found.held + found.weak >= SURE * found.failed
    if found.strong < (1 if named else 2) and not many:
        return
    if found.failed > (found.held if named else found.held // SURE):
        return
    for equation, true in zip(relation.trial.equations, relation.trial.held, strict=True):
        if true:
            yield equation
        elif equation.target.unit.endswith("/share"):
            if named and many and _is_typed(equation, relation.trial):
                yield equation
        elif not has_gap(equation) and not _of_sums(equation):
            certain = found.held >= SURE * found.failed and found.strong >= SURE
            if named and (certain or one_slip(equation, known)):
                yield equation
            elif found.held > found.failed:
                yield replaced(equation, grade=ANALYTIC)


def _is_typed(equation: Equation, trial: Trial) -> bool:
    """Whether a slip of the pen explains an amount per share that fails: its sign is lost, its digits are exchanged, or
    it is that of another column.

    One wrong digit does not: preferred dividends and other shares make differences of a few cents as well.
    """
    target, (money, quantity) = equation.target, equation.operands
    if not target.value or not quantity.fact.value:
        return False
    if digits(target) > COPIED and any(
        each.target.value == target.value for each in trial.equations if each is not equation
    ):
        return True
    made = amount(money.fact) / amount(quantity.fact) * equation.factor
    said = slip(count(target), round(made / unit(target)))
    return said is not None and said[0] != DIGIT


def _of_sums(equation: Equation) -> bool:
    """Whether the metal of a total is compared with its ore: both add up what was rounded above, and need not fit."""
    return equation.grade == ANALYTIC and is_closing(equation.target.label)
