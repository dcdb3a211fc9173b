"""FT04 footing.row-total-breaks: a figure is not the sum or difference of the other columns of its row.

What it ties: a column that combines other columns (total over segments, year over quarters, change over two
periods) to those columns, row by row.

Why: which columns a column combines is the same in every row, so each row is tested by all the others.

Ties: 40 and 25 in the columns of two segments, 65 under `Total`, in every row.

Breaks: 40 and 25 beside 66 in one row of many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orebook.check.context import Context, Sheet
from orebook.check.footing.matrix import Lane, Vector, lanes, too_long
from orebook.check.footing.words import has
from orebook.model.equation import ANALYTIC, DIFFERENCE, REQUIRED, SUM, Equation
from orebook.model.tie import MINUS, ONE, Operand

CODE = "FT04"
NAME = "footing.row-total-breaks"
WIDEST = 16
MOST_COLUMNS = 24
ENOUGH_ROWS = 3
ENOUGH_BITS = 30
TRIES = 40  # rows that may fail before it is clear that a column combines nothing, times FEW
FEW = 8  # one row in so many may fail, and the others still show what the column combines


class Combination(NamedTuple):
    """A target column and the signed columns that it combines (places in the lane), with the rows that say so."""

    target: int
    parts: tuple[tuple[int, int], ...]
    held: tuple[Vector, ...]
    failed: tuple[Vector, ...]
    bits: int

    @property
    def subtracts(self) -> bool:
        return any(sign < 0 for _, sign in self.parts)


def run(context: Context) -> Iterator[Equation | str]:
    """The combining columns of every table."""
    for sheet in context.sheets:
        for lane in lanes(sheet):
            if len(lane.columns) < 3 or "/" in lane.unit:
                continue
            if len(lane.columns) > MOST_COLUMNS or too_long(lane):
                yield f"columns of the table on line {sheet.table.first_line} not searched: too many cells"
                continue
            for combination in combinations(sheet, lane):
                yield from equations(sheet, lane, combination)


def combinations(sheet: Sheet, lane: Lane) -> list[Combination]:
    """For each column the combination of other columns that most rows confirm, if enough do.

    Of several ways to write one relation (a = b + c, b = a - c), the one whose target's heading says so is
    kept, or else the sum.
    """
    best: list[Combination] = []
    for target in range(len(lane.columns)):
        tested = (_test(lane, target, parts) for parts in _hypotheses(len(lane.columns), target))
        made = max((made for made in tested if made), key=lambda made: made.bits, default=None)
        if made is not None:
            best.append(made)
    best.sort(key=lambda made: (not is_named(sheet, lane, made), made.subtracts, made.target))
    found: list[Combination] = []
    for made in best:
        if not any(_same(made, other) for other in found):
            found.append(made)
    return found


def is_named(sheet: Sheet, lane: Lane, made: Combination) -> bool:
    """Whether the heading of the target says that it combines: a total, a change."""
    heading = next((column.heading for column in sheet.columns if column.number == lane.columns[made.target]), "")
    return has("change_column" if made.subtracts else "total_column", heading)


def _same(one: Combination, other: Combination) -> bool:
    """Whether two combinations relate the same columns: a = b + c and b = a - c."""
    return {one.target, *dict(one.parts)} == {other.target, *dict(other.parts)}


def _hypotheses(count: int, target: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Columns that a column may combine: runs of columns beside it, and differences of two near it."""
    for first in range(target):
        for last in range(first + 2, min(target, first + WIDEST) + 1):
            if last >= target - 1:
                yield tuple((place, 1) for place in range(first, last))
    for last in range(target + 3, min(count, target + 1 + WIDEST) + 1):
        yield tuple((place, 1) for place in range(target + 1, last))
    for more in range(max(0, target - 4), min(count, target + 5)):
        for less in range(max(0, target - 4), min(count, target + 5)):
            if target not in (more, less) and more != less:
                yield (more, 1), (less, -1)


def _test(lane: Lane, target: int, parts: Sequence[tuple[int, int]]) -> Combination | None:
    """The combination with the rows that confirm it; rows that repeat earlier figures add no evidence."""
    held: list[Vector] = []
    failed: list[Vector] = []
    strong: dict[tuple[int | None, ...], int] = {}
    for vector in lane.vectors:
        worth = row_bits(vector, target, parts)
        if worth is None:
            failed.append(vector)
            if len(failed) * FEW > len(held) + TRIES:
                return None
        elif worth >= 0:
            held.append(vector)
            if worth:
                strong[vector.values] = worth
    bits = sum(strong.values())
    if len(strong) < ENOUGH_ROWS or bits < ENOUGH_BITS or len(failed) * FEW > len(strong) + FEW // 2:
        return None
    return Combination(target, tuple(parts), tuple(held), tuple(failed), bits)


def row_bits(vector: Vector, target: int, parts: Sequence[tuple[int, int]]) -> int | None:
    """What it is worth that the columns combine in one row: None where they do not, -1 where nothing is said."""
    wanted = vector.values[target]
    figures = [
        (sign * value, vector.slack[place]) for place, sign in parts if (value := vector.values[place]) is not None
    ]
    if wanted is None or not figures:
        return -1
    if len(figures) < 2 and len(parts) == 2:
        return -1
    allowed = vector.slack[target] + sum(slack for _, slack in figures)
    if abs(sum(value for value, _ in figures) - wanted) > allowed:
        return None
    real = [abs(value) for value, _ in figures if value]
    if len(real) < 2:
        return 0
    return (max(abs(wanted), *real) // max(allowed, 1)).bit_length()


def equations(sheet: Sheet, lane: Lane, found: Combination) -> Iterator[Equation]:
    """One equation a row: required where it holds, or where the heading and all other rows leave no doubt."""
    minus = found.subtracts
    sure = is_named(sheet, lane, found) and len(found.held) >= FEW * len(found.failed)
    for vector in (*found.held, *found.failed):
        target = lane.fact(vector, found.target)
        operands = tuple(
            Operand(fact, ONE if sign > 0 else MINUS)
            for place, sign in found.parts
            if (fact := lane.fact(vector, place)) is not None
        )
        if target is not None and operands:
            blank = len(operands) < len(found.parts)
            grade = REQUIRED if vector not in found.failed or (sure and not blank) else ANALYTIC
            formula = "the difference of the columns" if minus else "the sum of the columns"
            yield Equation(CODE, NAME, DIFFERENCE if minus else SUM, grade, target, operands, formula)
