"""Which figures become live sums, and why the others stay typed.

A figure is live where a linear relation among printed figures gives it exactly. Where a relation holds only within
rounding, or breaks, a formula would show another figure than the report, so the figure stays typed and says so.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from orebook.model.tie import BREAKS, WITHIN, Checked, Tie
from orebook.write import words
from orebook.write.number import finite_places, plain
from orebook.write.sheets.names import reference

Place = tuple[int, int]
_ORDER = {"sum": 0, "rollforward": 1, "difference": 2}


class Cell(NamedTuple):
    """Where a figure stands in the workbook; `row` and `column` count from 0."""

    sheet: str
    row: int
    column: int


class Live(NamedTuple):
    """The figures that are formulas, with the relation behind each, and what to say of those that are not."""

    ties: dict[Place, Tie]
    notes: dict[Place, str]


def live(checked: Checked | None, cells: dict[Place, Cell]) -> Live:
    """Chooses a relation for each figure that one gives exactly: sums first, those within one sheet before others.

    No choice closes a circle: a total is made from its parts, or a part from its total, never both.
    """
    chosen: dict[Place, Tie] = {}
    notes: dict[Place, str] = {}
    if checked is None:
        return Live(chosen, notes)
    linear = [tie for tie in checked.ties if tie.kind in _ORDER]
    for tie in sorted(linear, key=lambda each: _preference(each, cells)):
        place = tie.target.place
        if place in chosen:
            continue
        if _is_exact(tie) and _is_placed(tie, cells):
            if not _closes_circle(tie, chosen):
                chosen[place] = tie
        elif tie.verdict == BREAKS or (tie.verdict == WITHIN and tie.kind != "difference"):
            # A part that is taken from its total within rounding is no total that fails to foot.
            notes.setdefault(place, _note(tie))
    return Live(chosen, {place: note for place, note in notes.items() if place not in chosen})


def _preference(tie: Tie, cells: dict[Place, Cell]) -> tuple[int, int, int]:
    """Sums before movements before differences; operands on the same sheet before others; more before fewer."""
    home = _sheet(cells, tie.target.place)
    elsewhere = sum(_sheet(cells, operand.fact.place) != home for operand in tie.operands)
    return _ORDER[tie.kind], elsewhere, -len(tie.operands)


def _sheet(cells: dict[Place, Cell], place: Place) -> str:
    cell = cells.get(place)
    return cell.sheet if cell else ""


def _is_exact(tie: Tie) -> bool:
    """Whether the weighted sum of the figures as printed is the target as printed, to the last digit."""
    if len(tie.operands) < 2 or any(operand.weight is None for operand in tie.operands):
        return False
    total = sum((operand.weight or 0) * Fraction(operand.fact.value or 0) for operand in tie.operands)
    return total == Fraction(tie.target.value or 0)


def _is_placed(tie: Tie, cells: dict[Place, Cell]) -> bool:
    places = [tie.target.place, *(operand.fact.place for operand in tie.operands)]
    weights = [operand.weight for operand in tie.operands if operand.weight is not None]
    return all(place in cells for place in places) and all(finite_places(w.denominator) is not None for w in weights)


def _closes_circle(tie: Tie, chosen: dict[Place, Tie]) -> bool:
    """Whether one of the operands is itself made, at some remove, from the target."""
    seen: set[Place] = set()
    left = [operand.fact.place for operand in tie.operands]
    while left:
        place = left.pop()
        if place == tie.target.place:
            return True
        if place not in seen:
            seen.add(place)
            made = chosen.get(place)
            left += () if made is None else (operand.fact.place for operand in made.operands)
    return False


def _note(tie: Tie) -> str:
    breaks = tie.verdict == BREAKS
    reason = "the report does not foot here" if breaks else "the figures foot only within rounding"
    gap = words.grouped(tie.difference)
    return f"Typed as filed: {reason} (recomputed {words.grouped(tie.computed)}, difference {gap})."


def formula(tie: Tie, cells: dict[Place, Cell], filled: dict[tuple[str, int], set[int]]) -> str:
    """The relation as a spreadsheet formula.

    A column of neighbours becomes `SUM(B5:B9)`, if nothing else stands between them (`filled` are the rows with a
    figure, by sheet and column); anything else is written out. Decimals are rounded to those that are printed,
    because a spreadsheet adds them in binary.
    """
    total = _range(tie, cells, filled) or _written_out(tie, cells)
    places = max(operand.fact.decimals + _places_of(operand.weight) for operand in tie.operands)
    return f"=ROUND({total},{tie.target.decimals})" if places or tie.target.decimals else f"={total}"


def _places_of(weight: Fraction | None) -> int:
    return (finite_places(weight.denominator) or 0) if weight else 0


def _range(tie: Tie, cells: dict[Place, Cell], filled: dict[tuple[str, int], set[int]]) -> str:
    home = cells[tie.target.place]
    spots = [cells[operand.fact.place] for operand in tie.operands]
    if any(operand.weight != 1 for operand in tie.operands):
        return ""
    if any((spot.sheet, spot.column) != (home.sheet, home.column) for spot in spots):
        return ""
    rows = {spot.row for spot in spots}
    first, last = min(rows), max(rows)
    between = {row for row in filled[home.sheet, home.column] if first <= row <= last}
    if between != rows or len(rows) < len(spots):
        return ""
    return f"SUM({reference('', first, home.column)}:{reference('', last, home.column)})"


def _written_out(tie: Tie, cells: dict[Place, Cell]) -> str:
    home = cells[tie.target.place]
    made = ""
    for operand in tie.operands:
        cell, weight = cells[operand.fact.place], operand.weight or Fraction(0)
        sign = "-" if weight < 0 else "+" if made else ""
        factor = "" if abs(weight) == 1 else f"{plain(abs(weight))}*"
        sheet = "" if cell.sheet == home.sheet else cell.sheet
        made += f"{sign}{factor}{reference(sheet, cell.row, cell.column)}"
    return made
