"""A sheet as integers: rows of one unit, column by column, ready to be added up quickly.

Amounts are doubled counts of the finest printed unit of the lane, so that half a unit of any printed digit is
an integer too: `values` holds the figures (None where the cell is blank), `slack` what rounding allows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from orebook.check.context import Line, Sheet, kept
from orebook.model.fact import Fact, Row
from orebook.model.slotted import slotted

MOST_CELLS = 40_000
SHARES = "shares"
FEW_CELLS = 2  # in so few, shares beside money may be a number of shares and what it came to


@slotted
class Vector:
    """A row of a lane: its place among the lines of the sheet, the line, its amounts and their rounding."""

    at: int
    line: Line
    values: tuple[int | None, ...]
    slack: tuple[int, ...]

    @property
    def row(self) -> Row:
        return self.line.row

    @property
    def empty(self) -> bool:
        """Whether nothing but nil, zero and blank cells stands in the row."""
        return not any(self.values)


@slotted
class Lane:
    """The rows of a sheet that count in one unit, over the columns (by number) in which they do."""

    unit: str
    columns: tuple[int, ...]
    vectors: tuple[Vector, ...]

    def fact(self, vector: Vector, place: int) -> Fact | None:
        """The figure of a row in the column at `place` of the lane; None for a blank cell."""
        if vector.values[place] is None:
            return None
        return vector.line.cells.get(self.columns[place])


def too_long(lane: Lane) -> bool:
    """Whether a lane is so long that searching it would take seconds."""
    return len(lane.vectors) * len(lane.columns) > MOST_CELLS


@kept(512)
def lanes(sheet: Sheet) -> tuple[Lane, ...]:
    """The lanes of a sheet, in the order in which their units first appear; percentages are left out.

    Where columns count in units of their own (tonnes, grams a tonne and ounces side by side), a row counts in each; so it
    does in shares and money.
    Several checks ask for the lanes of a sheet: they are made once.
    """
    rows: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    whole: AbstractSet[str] | None = None
    for index, line in enumerate(sheet.lines):
        unit = row_unit(line)
        if unit is not None:
            rows[unit].append((index, line))
            others = {fact.unit for fact in line.cells.values()} - {unit, "%"} if len(line.cells) > 1 else ()
            if others and whole is None:
                whole = _units_of_columns(sheet)
            for other in sorted(others):
                if other in (whole or ()) or (SHARES in (unit, other) and len(line.cells) > FEW_CELLS):
                    rows[other].append((index, line))
    return tuple(lane(unit, found) for unit, found in rows.items())


def _units_of_columns(sheet: Sheet) -> AbstractSet[str]:
    """The units that whole columns of a sheet count in."""
    found: dict[int, set[str]] = defaultdict(set)
    for line in sheet.lines:
        for number, fact in line.cells.items():
            if not fact.nil:
                found[number].add(fact.unit)
    return {unit for units in found.values() if len(units) == 1 for unit in units}


def joined(lanes: Sequence[Lane]) -> Lane:
    """Lanes of several units over all of their columns: each row still counts in its own unit."""
    columns = tuple(sorted({number for lane in lanes for number in lane.columns}))
    vectors = [_spread(vector, lane, columns) for lane in lanes for vector in lane.vectors]
    return Lane("", columns, tuple(sorted(vectors, key=lambda vector: vector.at)))


def _spread(vector: Vector, lane: Lane, columns: Sequence[int]) -> Vector:
    places = {number: place for place, number in enumerate(lane.columns)}
    values = tuple(vector.values[places[number]] if number in places else None for number in columns)
    slack = tuple(vector.slack[places[number]] if number in places else 0 for number in columns)
    return Vector(vector.at, vector.line, values, slack)


def row_unit(line: Line) -> str | None:
    """The unit in which most cells of a row count, percentages apart; None where there is no other."""
    units = [fact.unit for fact in line.cells.values() if fact.unit != "%" and not fact.column.percent]
    if not units:
        return None
    first = units[0]
    if units.count(first) * 2 >= len(units):
        return first
    return max(units, key=units.count)


def lane(unit: str, rows: Sequence[tuple[int, Line]]) -> Lane:
    """Rows of one unit as integers."""
    columns: set[int] = set()
    decimals = 0
    for _, line in rows:
        for number, fact in line.cells.items():
            if fact.unit == unit and not fact.column.percent:
                columns.add(number)
                decimals = max(decimals, fact.decimals)
    order = tuple(sorted(columns))
    return Lane(unit, order, tuple(_vector(index, line, unit, order, decimals) for index, line in rows))


def _vector(index: int, line: Line, unit: str, columns: Sequence[int], decimals: int) -> Vector:
    values: list[int | None] = []
    slack: list[int] = []
    for number in columns:
        fact = line.cells.get(number)
        if fact is None or (fact.unit != unit and not fact.nil):
            values.append(None)
            slack.append(0)
        elif fact.value is None:
            values.append(0)
            slack.append(0)
        else:
            values.append(int(fact.value * (2 * fact.scale * 10**decimals)))
            slack.append(int(fact.scale * 10 ** (decimals - fact.decimals)))
    return Vector(index, line, tuple(values), tuple(slack))
