"""FT01 footing.total-breaks: a total is not the sum of its parts.

What it ties: every total, subtotal and result of a table to the rows it is made of, in every column.

Why: a statement that does not foot is wrong in at least one figure, and nothing outside the table is needed
to see it.

Ties: current assets of 120 and 30 over a `Total current assets` of 150.

Breaks: the same two figures over a total of 160, where the other columns show that the total adds up
just these two rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orebook.check.context import Context
from orebook.check.footing.discover import Relation, adding, discover
from orebook.check.footing.matrix import Lane, lanes, too_long
from orebook.check.footing.trust import ALL, averaged_columns, contradicts, doubtful_columns, is_alike, unread_lines
from orebook.check.footing.words import has
from orebook.model.equation import ANALYTIC, DIFFERENCE, REQUIRED, ROLLFORWARD, SUM, Equation
from orebook.model.tie import MINUS, ONE, Operand

CODE = "FT01"
NAME = "footing.total-breaks"


def run(context: Context) -> Iterator[Equation | str]:
    """The totals of every table."""
    for sheet in context.sheets:
        searched: list[tuple[Lane, list[Relation]]] = []
        for lane in lanes(sheet):
            if too_long(lane):
                yield f"totals of the table on line {sheet.table.first_line} not searched: too many cells"
            else:
                searched.append((lane, discover(sheet, lane, context.book.lines)))
        told = _told(searched) if len(searched) > 1 else {}
        for lane, found in searched:
            relations = [_as_told(relation, lane, told) for relation in found] if told else found
            doubtful = doubtful_columns(relations, len(lane.columns))
            for relation in relations:
                unread = relation.failing and unread_lines(context.book.lines, relation, sheet, lane)
                yield from equations(lane, relation, ALL if unread else doubtful)


Parts = dict[int, int]
"""The signs of the rows that a total adds up, by their places on the sheet."""


def _told(searched: Sequence[tuple[Lane, list[Relation]]]) -> dict[int, Parts]:
    """The parts of each total, by its place, that the figures of several columns bear out and none contradicts."""
    return {
        relation.target.at: {part.at: sign for part, sign in relation.parts}
        for _, found in searched
        for relation in reversed(found)
        if relation.holding.bit_count() > 1 and not relation.failing
    }


def _as_told(relation: Relation, lane: Lane, told: dict[int, Parts]) -> Relation:
    """A relation that layout alone suggests, with the parts that columns of another unit tell for the same total."""
    parts = told.get(relation.target.at)
    if relation.holding or not parts or parts.keys() == {part.at for part, _ in relation.parts}:
        return relation
    return adding(relation.target, tuple((row, parts[row.at]) for row in lane.vectors if row.at in parts))


def equations(lane: Lane, relation: Relation, doubtful: int) -> Iterator[Equation]:
    """One equation a column; in a column that fails, required only where the failure contradicts the document."""
    kind = _kind(relation)
    averaged = averaged_columns(relation, lane) if relation.failing and relation.holding else 0
    for place in range(len(lane.columns)):
        target = lane.fact(relation.target, place)
        operands = tuple(
            Operand(fact, ONE if sign > 0 else MINUS)
            for vector, sign in relation.parts
            if (fact := lane.fact(vector, place)) is not None
        )
        fails = relation.failing >> place & 1
        if fails and relation.holding and (averaged >> place & 1 or _is_by_effect(relation, lane, place)):
            continue  # `Total` under widths and grades closes with their average
        if target is not None and operands and (not fails or is_alike(relation, place)):
            grade = ANALYTIC if fails and not contradicts(relation, place, doubtful) else REQUIRED
            if grade == ANALYTIC and not relation.holding:
                continue  # nothing but layout suggests it, and layout is in doubt
            yield Equation(CODE, NAME, kind, grade, target, operands, "the sum of its parts")


def _is_by_effect(relation: Relation, lane: Lane, place: int) -> bool:
    """Whether a column of changes prints those of costs by their effect, so that they add up to that of the result: 65 more
    revenue and `(10)` for 10 more costs leave 55."""
    fact = lane.fact(relation.target, place)
    if fact is None or not has("change_column", fact.column.heading):
        return False
    return not adding(relation.target, tuple((part, 1) for part, _ in relation.parts)).failing >> place & 1


def _kind(relation: Relation) -> str:
    labels = [relation.target.row.label, *(vector.row.label for vector, _ in relation.parts)]
    if any(has("opening", label) for label in labels[1:]) and has("closing", labels[0]):
        return ROLLFORWARD
    signs = [sign for _, sign in relation.parts]
    return DIFFERENCE if signs[0] == 1 and set(signs[1:]) == {-1} else SUM
