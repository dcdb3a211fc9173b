"""FT04 footing.row-total-breaks: a figure is not the sum or difference of the other columns of its row.

What it ties: a column that combines other columns (total over segments, year over quarters, change over two
periods) to those columns, row by row.

Why: which columns a column combines is the same in every row, so each row is tested by all the others.

Ties: 40 and 25 in the columns of two segments, 65 under `Total`, in every row.

Breaks: 40 and 25 beside 66 in one row of many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations as pairs_of

from orebook.check.context import Context, Sheet, Sightings
from orebook.check.cross.agreement import digits
from orebook.check.culprit import is_slip, needs
from orebook.check.footing.matrix import SHARES, Lane, Vector, joined, lanes, too_long
from orebook.check.footing.words import has
from orebook.model.equation import ANALYTIC, DIFFERENCE, REQUIRED, SUM, Equation
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced
from orebook.model.tie import MINUS, ONE, Operand

CODE = "FT04"
NAME = "footing.row-total-breaks"
NOT_ADDED = frozenset(("pure", SHARES))  # ratios, mere numbers, averages of shares
WIDEST = 16
MOST_COLUMNS = 24
ENOUGH_ROWS = 3
ENOUGH_BITS = 30
ENOUGH_BITS_NAMED = 20  # where the heading says that the column combines others, and one row fails at most
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
        silent: list[Lane] = []
        added = [lane for lane in lanes(sheet) if len(lane.columns) >= 3 and "/" not in lane.unit]
        for lane in added:
            if len(lane.columns) > MOST_COLUMNS or too_long(lane):
                yield f"columns of the table on line {sheet.table.first_line} not searched: too many cells"
                continue
            found = combinations(sheet, lane)
            if not found and lane.unit not in NOT_ADDED:
                silent.append(lane)
            for combination in found:
                yield from equations(sheet, lane, combination, context.sightings)
        if silent and len(added) > 1:
            yield from _together(context, sheet, added, silent)


def _together(context: Context, sheet: Sheet, added: Sequence[Lane], silent: Sequence[Lane]) -> Iterator[Equation]:
    """What rows of several units show together, where those of one unit are too few: for the lanes that were silent."""
    lane = joined([lane for lane in added if lane.unit not in NOT_ADDED])
    if len(lane.columns) > MOST_COLUMNS or too_long(lane):
        return
    rows = {vector.at for lane in silent for vector in lane.vectors}
    for made in combinations(sheet, lane):
        held, failed = (tuple(vector for vector in some if vector.at in rows) for some in (made.held, made.failed))
        if is_named(sheet, lane, made):
            yield from equations(sheet, lane, made._replace(held=held, failed=failed), context.sightings)


def combinations(sheet: Sheet, lane: Lane) -> list[Combination]:
    """For each column the combination of other columns that most rows confirm, if enough do.

    Of several ways to write one relation (a = b + c, b = a - c), the one whose target's heading says so is
    kept, or else the sum.
    """
    best: list[Combination] = []
    tried: dict[tuple[int, ...], bool] = {}
    few = len(lane.vectors) < ENOUGH_ROWS
    for target in range(len(lane.columns)):
        named = [heading_says(sheet, lane, target, subtracts=minus) for minus in (False, True)]
        if few and not any(named):
            continue
        tested = (
            _test(lane, target, parts, named=named[parts[1][1] < 0])
            for parts in _hypotheses(len(lane.columns), target)
            if len(parts) > 2 or _may_hold(lane, target, parts, tried)
        )
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
    return heading_says(sheet, lane, made.target, subtracts=made.subtracts)


def heading_says(sheet: Sheet, lane: Lane, target: int, *, subtracts: bool) -> bool:
    """Whether the heading of a column (its place in the lane) speaks of a total, or of a change."""
    heading = next((column.heading for column in sheet.columns if column.number == lane.columns[target]), "")
    return has("change_column" if subtracts else "total_column", heading)


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


def _may_hold(lane: Lane, target: int, parts: Sequence[tuple[int, int]], tried: dict[tuple[int, ...], bool]) -> bool:
    """False where more rows fail than may for a column to be the sum or the difference of two others.

    That a is b + c, b is a - c and c is a - b is one question, asked once of three columns.
    """
    (one, _), (other, sign) = parts
    whole, *rest = (one, other, target) if sign < 0 else (target, one, other)
    key = (whole, *sorted(rest))
    if key in tried:
        return tried[key]
    left = _most_failing(lane)
    _, first, second = key
    for vector in lane.vectors:
        values = vector.values
        wanted, more, less = values[whole], values[first], values[second]
        if wanted is not None and more is not None and less is not None:
            slack = vector.slack
            if abs(wanted - more - less) > slack[whole] + slack[first] + slack[second]:
                left -= 1
                if left < 0:
                    break
    tried[key] = made = left >= 0
    return made


def _most_failing(lane: Lane) -> int:
    """In how many rows of a lane a combination may fail at most."""
    return max(1, (len(lane.vectors) + FEW // 2) // FEW)


def _test(lane: Lane, target: int, parts: Sequence[tuple[int, int]], *, named: bool) -> Combination | None:
    """The combination with the rows that confirm it; rows that repeat earlier figures add no evidence."""
    held: list[Vector] = []
    failed: list[Vector] = []
    most = _most_failing(lane)
    strong: dict[tuple[int | None, ...], int] = {}
    for vector in lane.vectors:
        worth = row_bits(vector, target, parts)
        if worth is None:
            failed.append(vector)
            if len(failed) > most:
                return None
        elif worth >= 0:
            held.append(vector)
            if worth:
                strong[vector.values] = worth
    bits = sum(strong.values())
    alone = named and len(failed) <= 1
    if alone and len(strong) >= ENOUGH_ROWS - 1 and bits >= ENOUGH_BITS_NAMED:
        return Combination(target, tuple(parts), tuple(held), tuple(failed), bits)
    if len(strong) < ENOUGH_ROWS or bits < ENOUGH_BITS or len(failed) * FEW > len(strong) + FEW // 2:
        return None
    return Combination(target, tuple(parts), tuple(held), tuple(failed), bits)


def row_bits(vector: Vector, target: int, parts: Sequence[tuple[int, int]]) -> int | None:
    """What it is worth that the columns combine in one row: None where they do not, -1 where nothing is said."""
    values, slack = vector.values, vector.slack
    wanted = values[target]
    if wanted is None:
        return -1
    gap, allowed, printed = -wanted, slack[target], 0
    for place, sign in parts:
        value = values[place]
        if value is not None:
            gap, allowed, printed = gap + sign * value, allowed + slack[place], printed + 1
    if not printed or (printed < 2 and len(parts) == 2):
        return -1
    if not -allowed <= gap <= allowed:
        return None
    real = [abs(value) for place, _ in parts if (value := values[place])]
    if len(real) < 2:
        return 0
    return (max(abs(wanted), *real) // max(allowed, 1)).bit_length()


def equations(sheet: Sheet, lane: Lane, found: Combination, known: Sightings) -> Iterator[Equation]:
    """One equation a row: required where it holds, or where it fails and the document leaves no doubt.

    That is where the heading says what the column combines, and nearly all other rows hold. Where the heading says
    so, or many rows hold, a row that alone fails must be explained by a slip of the pen.
    """
    minus = found.subtracts
    named = is_named(sheet, lane, found)
    sure = named and len(found.held) >= FEW * len(found.failed)
    plain = named or len(found.held) >= FEW
    kind, formula = (DIFFERENCE, "the difference of the columns") if minus else (SUM, "the sum of the columns")
    for vector in (*found.held, *found.failed):
        if vector in found.failed and _adds_undivided(lane, vector, found):
            continue
        target = lane.fact(vector, found.target)
        operands = tuple(
            Operand(fact, MINUS if sign < 0 else ONE)
            for place, sign in found.parts
            if (fact := lane.fact(vector, place)) is not None
        )
        if target is not None and operands and not _are_of_days(target, operands):
            made = Equation(CODE, NAME, kind, REQUIRED, target, operands, formula)
            blank = len(operands) < len(found.parts)
            wrong = sure or (plain and len(found.failed) == 1 and slipped(made, known))
            yield replaced(made, grade=ANALYTIC) if vector in found.failed and (blank or not wrong) else made


def _are_of_days(target: Fact, operands: Sequence[Operand]) -> bool:
    """Whether a row prints balances of several days in columns of periods that add up: what was there at the end of two
    quarters is not added."""
    days = {fact.period for fact in (target, *(operand.fact for operand in operands))}
    return len(days) > 1 and all(period is not None and period.months is None for period in days)


def _adds_undivided(lane: Lane, vector: Vector, found: Combination) -> bool:
    """Whether a row that fails is off by just what rows above it print in the target's column alone: a total down the
    column over rows that are not divided among the others."""
    lone = [
        wanted
        for other in lane.vectors
        if other.at < vector.at
        and (wanted := other.values[found.target]) is not None
        and all(other.values[place] is None for place, _ in found.parts)
    ]
    wanted = vector.values[found.target]
    if not lone or wanted is None:
        return False
    added = sum(sign * value for place, sign in found.parts if (value := vector.values[place]) is not None)
    allowed = sum(vector.slack) + len(lone)
    return abs(wanted - added - sum(lone)) <= allowed


def slipped(equation: Equation, known: Sightings) -> bool:
    """Whether a slip of the pen explains why an equation fails: in a figure, or a figure that is its neighbour's."""
    figures = [fact for fact in equation.facts if fact.value]
    copied = any(one.value == other.value and digits(one) > 2 for one, other in pairs_of(figures, 2))
    return copied or any(
        (needed := needs(equation, (fact,), known)) is not None and is_slip(fact, needed) for fact in figures
    )
