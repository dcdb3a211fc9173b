"""FT05 footing.percentage-breaks: a printed percentage is not what its figures give.

What it ties: columns of growth to the two periods that they compare, and columns of shares to the figure and
the row that is 100 %.

Why: percentages are typed in beside figures that change until the last draft.

Ties: 120 against 100 beside `20%`, in every row.

Breaks: 120 against 100 beside `10%` in one row of many. A share is a query: shares are often forced to add up to
100, as is a growth in a table that shows few others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from orebook.check.context import Context, Line, Sheet
from orebook.check.cross.agreement import digits
from orebook.check.evaluate import verdict
from orebook.model.equation import ANALYTIC, DENOMINATOR, GROWTH, NEW, NUMERATOR, OLD, RATIO, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.slotted import replaced
from orebook.model.tie import BREAKS, UNOBSERVABLE, Operand

CODE = "FT05"
NAME = "footing.percentage-breaks"
HUNDRED = Fraction(100)
ENOUGH_ROWS = 4
ENOUGH_DIGITS = 6  # or fewer rows, whose percentages have so many digits
SURE_ROWS = 5  # so many rows that hold, in all such columns of a table, leave no doubt what they say
FEW = 8
MOST_COLUMNS = 24


Judged = tuple[Equation, bool]


def run(context: Context) -> Iterator[Equation]:
    """The percentage columns of every table."""
    for sheet in context.sheets:
        percent = [column.number for column in sheet.columns if _is_percent(sheet, column.number)]
        if not percent or len(sheet.columns) > MOST_COLUMNS:
            continue
        levels = [column.number for column in sheet.columns if column.number not in percent]
        tried = [[*_growths(sheet, number, levels), *_shares(sheet, number, levels)] for number in percent]
        found = [_best(context, hypotheses, ENOUGH_DIGITS) for hypotheses in tried]
        sure = sum(not broken for judged in found for _, broken in judged) >= SURE_ROWS
        if sure and not all(found):
            found = [judged or _best(context, made, 0) for judged, made in zip(found, tried, strict=True)]
        for equation, broken in (one for judged in found for one in judged):
            doubt = broken and (not sure or equation.kind == RATIO)
            yield replaced(equation, grade=ANALYTIC) if doubt else equation


def _is_percent(sheet: Sheet, number: int) -> bool:
    cells = [line.cells[number] for line in sheet.lines if number in line.cells]
    return sum(cell.unit == "%" or cell.column.percent for cell in cells) * 2 > len(cells)


def _growths(sheet: Sheet, number: int, levels: Sequence[int]) -> Iterator[list[Equation]]:
    """Growth between any two level columns, the nearest first."""
    for new in sorted(levels, key=lambda level: abs(number - level)):
        for old in sorted(levels, key=lambda level: abs(number - level)):
            if new != old:
                yield [made for line in sheet.lines if (made := _growth(line, number, new, old))]


def _growth(line: Line, number: int, new: int, old: int) -> Equation | None:
    target, later, earlier = line.cells.get(number), line.cells.get(new), line.cells.get(old)
    if target is None or later is None or earlier is None or target.nil or earlier.nil or later.nil:
        return None
    if later.unit == "%" or later.unit != earlier.unit or (earlier.value or 0) <= 0 or target.unit != "%":
        return None
    operands = (Operand(later, None, NEW), Operand(earlier, None, OLD))
    return Equation(CODE, NAME, GROWTH, REQUIRED, target, operands, "the growth over the earlier period", HUNDRED)


def _shares(sheet: Sheet, number: int, levels: Sequence[int]) -> Iterator[list[Equation]]:
    """Shares of a row that prints 100, in the nearest level columns."""
    bases = [line for line in sheet.lines if _is_whole(line.cells.get(number))][:3]
    for level in sorted(levels, key=lambda level: abs(number - level))[:4]:
        for base in bases:
            whole = base.cells.get(level)
            if whole is not None and whole.value:
                yield [
                    made for line in sheet.lines if line is not base and (made := _share(line, number, level, whole))
                ]


def _is_whole(fact: Fact | None) -> bool:
    return fact is not None and fact.value == 100


def _share(line: Line, number: int, level: int, whole: Fact) -> Equation | None:
    target, part = line.cells.get(number), line.cells.get(level)
    if target is None or part is None or target.nil or part.nil or part.unit != whole.unit or target.unit != "%":
        return None
    operands = (Operand(part, None, NUMERATOR), Operand(whole, None, DENOMINATOR))
    return Equation(CODE, NAME, RATIO, REQUIRED, target, operands, "its share of the row that is 100 %", HUNDRED)


def _best(context: Context, hypotheses: Sequence[list[Equation]], enough_digits: int) -> Sequence[Judged]:
    """The equations of the hypothesis that holds in most rows, if it holds in nearly all.

    `enough_digits` are asked of the percentages where rows are few: none, where the table's other columns are sure.
    """
    best: Sequence[Judged] = []
    for equations in hypotheses:
        judged = _judge(context, equations, len(best), enough_digits)
        if judged and len(judged) > len(best):
            best = judged
    return best


def _judge(context: Context, equations: Sequence[Equation], beat: int, enough_digits: int) -> list[Judged]:
    """Each equation with whether it breaks; nothing where too few hold or too many break."""
    if len(equations) <= max(beat, ENOUGH_ROWS - 1):
        return []
    judged: list[Judged] = []
    held = broken = told = 0
    for equation in equations:
        said = verdict(equation, context.sightings)
        broken += said == BREAKS
        holds = said not in (BREAKS, UNOBSERVABLE)
        held, told = held + holds, told + (digits(equation.target) if holds else 0)
        judged.append((equation, said == BREAKS))
        if broken * FEW > len(equations) + FEW:
            return []
    enough = held >= ENOUGH_ROWS or (held == ENOUGH_ROWS - 1 and told >= enough_digits)
    return judged if enough and broken * FEW <= held + FEW // 2 + 1 else []
