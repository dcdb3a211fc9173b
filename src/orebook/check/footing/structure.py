"""What layout and labels say about which row adds up which, in bits of prior belief."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.check.context import Line, Sheet
from orebook.check.footing.matrix import Vector
from orebook.check.footing.words import begins, has
from orebook.model.fact import Row

RULE = 6  # a rule over the figures of the target
NAMED_TOTAL = 6
NAMED_RESULT = 4
NAMELESS = 5  # a row without a label is a subtotal or nothing
AT_BOUNDARY = 3  # the parts begin where a section begins
SAME_SECTION = 2


def belief_in_target(row: Row) -> int:
    """How much the row itself looks like a total or a result."""
    bits = RULE if row.rule_above else 0
    if not row.label:
        return bits + NAMELESS
    if has("total", row.label):
        return bits + NAMED_TOTAL
    return bits + (NAMED_RESULT if begins("result", row.label) else 0)


def belief_in_start(sheet: Sheet, first: Vector, target: Vector) -> int:
    """How much the first part looks like the first row of what the target adds up."""
    if first.at == 0:
        return AT_BOUNDARY
    above, row = sheet.lines[first.at - 1].row, first.row
    bits = 0
    moved = above.heading != row.heading or above.entity != row.entity or row.line - above.line > 3
    if moved or above.rule_below or is_total(sheet.lines[first.at - 1]):
        bits += AT_BOUNDARY
    elif row.rule_above or row.blank_above:
        bits += 1
    if row.heading == target.row.heading or row.heading[: len(target.row.heading)] == target.row.heading:
        bits += 1
    return bits


def is_total(line: Line) -> bool:
    return not line.row.label or has("total", line.row.label)


def same_section(operands: Sequence[Vector]) -> bool:
    """Whether all parts stand under the same headings, in the same unit block."""
    first = operands[0].row
    return all(vector.row.heading == first.heading and vector.row.entity == first.entity for vector in operands)
