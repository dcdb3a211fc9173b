"""What layout and labels say about which row adds up which, in bits of prior belief."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from orebook.check.context import Line, Sheet
from orebook.check.footing.matrix import Vector
from orebook.check.footing.words import begins, form_words, has
from orebook.model.fact import Row

_WORD = re.compile(r"[a-z0-9]+")
_RULE = re.compile(r"[-=_][-=_ ]{3,}")

BALANCE_SHEET = "balance-sheet"
CASH_FLOWS = "cash-flows"
RULE = 6  # a rule over the figures of the target
UNRULED = 4  # a named total in a table that prints no rules
CALLED_TOTAL = 10  # its label begins with the word
NAMED_TOTAL = 6
NAMED_RESULT = 4
NAMELESS = 5  # a row without a label is a subtotal or nothing
AT_BOUNDARY = 3  # the parts begin where a section begins
SAME_SECTION = 2
ACTIVITIES = 3  # operating, investing, financing
NAMES_SECTION = 6  # the target's label names the heading that the parts stand under


def belief_in_target(row: Row, *, under_rule: bool, ruled: bool) -> int:
    """How much the row itself looks like a total or a result; in a table without rules (`ruled`) none is missed."""
    if not row.label:
        return NAMELESS + (RULE if under_rule else 0)
    named = _named(row.label)
    return named + (RULE if under_rule else UNRULED if named and not ruled else 0)


def under_rules(sheet: Sheet, lines: Sequence[str]) -> frozenset[int]:
    """The rows of a sheet (their lines) whose figures stand under a rule.

    Beside the rules over the figures themselves these are rules across the page, and rules above the first line of
    a wrapped label. `lines` are those of the document.
    """
    found: set[int] = set()
    above: Row | None = None
    for line in sheet.lines:
        row = line.row
        apart = above is not None and row.line - above.line > 1
        if row.rule_above or (apart and above is not None and lines and _rule_between(above, row, lines)):
            found.add(row.line)
        above = row
    return frozenset(found)


def _rule_between(above: Row, row: Row, lines: Sequence[str]) -> bool:
    """Whether a rule follows the row above, and nothing but blank lines and the row's own label follows the rule."""
    ruled = False
    label = row.label.casefold()
    for number in range(above.line, row.line - 1):
        text = lines[number].strip()
        if _RULE.fullmatch(text):
            ruled = True
        elif text and not (ruled and label.startswith(text.casefold())):
            return False
    return ruled


def _named(label: str) -> int:
    if begins("total", label):
        return CALLED_TOTAL
    if has("total", label):
        return NAMED_TOTAL
    return NAMED_RESULT if begins("result", label) else 0


def belief_in_start(sheet: Sheet, start: int, target: Vector) -> int:
    """How much the line at `start` of the sheet looks like the first of what the target adds up."""
    row = sheet.lines[start].row
    above = sheet.lines[start - 1].row if start else None
    bits = 0
    if above is None or _moved(above, row) or above.rule_below or is_total(sheet.lines[start - 1]):
        bits += AT_BOUNDARY
    elif row.rule_above or row.blank_above:
        bits += 1
    if names_section(row, above, target.row):
        bits += NAMES_SECTION
    if row.heading[: len(target.row.heading)] == target.row.heading:
        bits += 1
    return bits


def _moved(above: Row, row: Row) -> bool:
    """Whether a row stands under other headings, in another block or well apart from the row above."""
    return above.heading != row.heading or above.entity != row.entity or row.line - above.line > 3


def names_section(first: Row, above: Row | None, target: Row) -> bool:
    """Whether the target names a heading that the first part is the first row to stand under.

    `Total current assets` names `Current assets`, `Net cash used in investing activities` names
    `Cash flows from investing activities`.
    """
    over = () if above is None or above.entity != first.entity else above.heading
    label = telling_words(target.label)
    for depth, heading in enumerate(first.heading):
        if over[: depth + 1] != first.heading[: depth + 1]:
            words = telling_words(heading)
            if words and words <= label:
                return True
    return False


def _opens_side(start: int, above: Row | None, label: str) -> bool:
    """Whether one side of a balance sheet begins here, and the label is that of its total."""
    if above is None:
        return start == 0 and begins("left_side", label)
    lower = begins("right_side", label) or begins("liabilities", label)
    return lower and begins("left_side", above.label)


def opens_section(sheet: Sheet, start: int, target: Vector, *, known: bool) -> bool:
    """Whether layout alone says that what the target adds up begins with the line at `start`.

    A named total names the heading that the line is the first to stand under; the two sides of a balance sheet
    begin at the top and below total assets, cash provided or used where its outermost heading does, or at the top of
    a statement that has no heading there. A nameless one under a rule, and one whose label is `known` as a total from
    other sections, stands under the same heading as its parts.
    """
    row = sheet.lines[start].row
    above = sheet.lines[start - 1].row if start else None
    if sheet.table.kind == BALANCE_SHEET and _opens_side(start, above, target.row.label):
        return True
    if sheet.table.kind == CASH_FLOWS and has("cash_total", target.row.label) and (row.heading or above is None):
        fresh = above is None or above.heading[:1] != row.heading[:1]
        return fresh and target.row.heading[:1] in ((), row.heading[:1])
    if target.row.label and not known:
        return names_section(row, above, target.row)
    under = (row.entity, *row.heading)
    same = any(under) and under == (target.row.entity, *target.row.heading)
    return same and (above is None or (above.entity, *above.heading) != under)


def follows_total(sheet: Sheet, start: int, parts: Sequence[Vector], target: Vector) -> bool:
    """Whether a total without a heading closes what begins with the table, or (a nameless one) below its last total.

    One with a label closes the whole table, a list without headings and without other totals: the first total of a
    statement may be a copy.
    """
    row = target.row
    if row.heading or row.entity:
        return False
    if row.label:
        closes = target.at == len(sheet.lines) - 1 and begins("total", row.label)
        return closes and len(parts) == target.at and not any(line.row.heading for line in sheet.lines)
    above = sheet.lines[start - 1] if start else None
    return above is None or (bool(above.row.rule_below) and is_total(above))


def gathers_totals(sheet: Sheet, parts: Sequence[Vector], target: Vector) -> bool:
    """Whether the target is the net change in cash, and the rows begin with the net cash of all three activities."""
    if sheet.table.kind != CASH_FLOWS or not has("cash_change", target.row.label) or len(parts) < ACTIVITIES:
        return False
    return all(has("cash_total", part.row.label) for part in parts[:ACTIVITIES]) and not any(
        has("opening", part.row.label) for part in parts
    )


def is_called_so(sheet: Sheet, start: int, target: Row) -> bool:
    """Whether the row is called just as the heading that the line at `start` is the first to stand under."""
    row = sheet.lines[start].row
    above = sheet.lines[start - 1].row if start else None
    label = target.label.casefold()
    fresh = above is None or above.heading != row.heading
    return bool(row.heading) and fresh and label == row.heading[-1].casefold() and names_section(row, above, target)


def is_left_after(parts: Sequence[Vector], target: Vector) -> bool:
    """Whether a result is what its first part leaves after a section of expenses: gross profit, and income from
    operations below all rows under `Operating expenses`."""
    first, *others = (part.row for part in parts)
    if len(others) < 2 or not (begins("result", first.label) and begins("result", target.row.label)):
        return False
    section = others[0].heading
    if not section or section in (first.heading, target.row.heading) or not has("deduction", section[-1]):
        return False
    plain = all(row.heading == section and not has("addition", row.label) for row in others)
    return plain and all((value or 0) >= 0 for part in parts[1:] for value in part.values)


def rolls(first: Row, target: Row) -> bool:
    """Whether a row is the opening balance of a roll-forward that the target closes, in one section."""
    same = (first.entity, first.heading) == (target.entity, target.heading)
    return same and has("opening", first.label) and has("closing", target.label)


@lru_cache(maxsize=4096)
def telling_words(text: str) -> frozenset[str]:
    """The words of a text that tell sections apart: `cash flows from`, `total`, `net` and their kind left out."""
    return frozenset(_WORD.findall(text.casefold())) - form_words()


def is_total(line: Line) -> bool:
    return not line.row.label or has("total", line.row.label)


def same_section(operands: Sequence[Vector]) -> bool:
    """Whether all parts stand under the same headings, in the same unit block."""
    first = operands[0].row
    return all(vector.row.heading == first.heading and vector.row.entity == first.entity for vector in operands)
