"""Whether a column in which a relation fails contradicts the document, or only the relation.

A relation that other columns confirm is a break where it fails, unless the column itself may be read or meant
differently: it leaves cells blank that the others fill, is printed to another precision (prices beside
numbers), or fails in relation after relation with no figure in common (a pro forma column, a misread one).
Lines that hold figures which no table took up make the relation doubtful as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orebook.check.context import Sheet
from orebook.check.footing.discover import Relation
from orebook.check.footing.matrix import Lane, Vector, row_unit
from orebook.check.footing.mistyped import is_mistyped
from orebook.check.footing.structure import rolls
from orebook.check.footing.words import begins, deducts, has

_FIGURE = re.compile(r"(?<![\w/.,-])\(?\$?\s?\d[\d,]*(?:\.\d+)?\)?(?=\s|$)")

ALL = -1  # the mask of all columns
SURE_BITS = 7  # evidence that the other columns must give
SURE_BELIEF = 8  # with belief of this much from structure
PLAIN_BITS = 36  # or without
NAMED_BELIEF = 16  # belief in a named total under a rule, where a slip explains the only column that fails
LAID_OUT = 24  # belief that needs no figures: a total under a rule that names its section


def doubtful_columns(relations: Sequence[Relation], count: int) -> int:
    """A mask of the columns in which half of the relations fail, two or more, with no row in common.

    Where layout alone demands relations and no other relation of the lane holds, all columns are doubtful.
    """
    if not any(relation.holding and relation.bits >= SURE_BITS for relation in relations):
        return ALL
    mask = 0
    for place in range(count):
        failed = [relation for relation in relations if relation.failing >> place & 1]
        stated = [relation for relation in relations if (relation.failing | relation.holding) >> place & 1]
        if len(failed) >= 2 and len(failed) * 2 >= len(stated) and not _share_a_row(failed):
            mask |= 1 << place
    return mask


def _share_a_row(relations: Sequence[Relation]) -> bool:
    rows = [{relation.target.at, *(part.at for part, _ in relation.parts)} for relation in relations]
    return bool(set.intersection(*rows))


def contradicts(relation: Relation, place: int, doubtful: int) -> bool:
    """Whether a failure of the relation in one column is a break of the document (else it is a query)."""
    if mirrored(relation):
        return True
    if not relation.holding:
        return (not doubtful or _falls_short(relation)) and not _is_ragged(relation)
    if doubtful >> place & 1 or relation.failing.bit_count() > relation.holding.bit_count():
        return False
    alone = relation.failing.bit_count() == 1 and relation.belief >= NAMED_BELIEF and not _has_gap(relation, place)
    if alone and relation.bits and is_mistyped(relation.target, relation.parts, place):
        return True
    sure = relation.bits >= SURE_BITS and relation.belief >= SURE_BELIEF
    laid_out = relation.belief >= LAID_OUT and doubtful != ALL
    return (sure or laid_out or relation.bits >= PLAIN_BITS) and not _has_gap(relation, place)


def _falls_short(relation: Relation) -> bool:
    """Whether parts make less than their total in each of several columns, as where a row is missing.

    The parts are positive, or named as deductions, or the section that the total names; the total is nameless, called
    so under a rule, or the closing balance of a roll-forward in which each column opens with what another closes with.
    """
    row = relation.target.row
    if row.label and not (begins("total", row.label) and row.rule_above) and not _chains(relation):
        return False
    columns = [place for place, value in enumerate(relation.target.values) if value is not None]
    if len(columns) < 2 or any(_gap(relation, place) >= 0 for place in columns):
        return False
    named = relation.belief >= LAID_OUT
    return named or _chains(relation) or all(_adds(part) for part, _ in relation.parts)


def _adds(part: Vector) -> bool:
    return deducts(part.row.label) or all((value or 0) >= 0 for value in part.values)


def _chains(relation: Relation) -> bool:
    """Whether the parts open with a balance that the target closes, each column where its neighbour ends."""
    opening, closing = relation.parts[0][0], relation.target
    if not rolls(opening.row, closing.row) or len(closing.values) < 2:
        return False
    later = all(one == other for one, other in zip(opening.values[1:], closing.values, strict=False))
    earlier = all(one == other for one, other in zip(opening.values, closing.values[1:], strict=False))
    return later or earlier


def mirrored(relation: Relation) -> bool:
    """Whether two columns are off by opposite amounts: a figure of each was printed in the other."""
    gaps = [_gap(relation, at) for at in range(len(relation.target.values)) if relation.failing >> at & 1]
    return len(gaps) == 2 and sum(gaps) == 0 and not _is_ragged(relation)


def _gap(relation: Relation, place: int) -> int:
    return sum(sign * (part.values[place] or 0) for part, sign in relation.parts) - (relation.target.values[place] or 0)


def averaged_columns(relation: Relation, lane: Lane) -> int:
    """The failing columns (a mask) that a total closes with an average of its parts: it lies between them, and the heading
    speaks of a measure that does not add up, or more columns do so."""
    found = [
        place for place in range(len(lane.columns)) if relation.failing >> place & 1 and _is_between(relation, place)
    ]
    if len(found) > 1:
        return sum(1 << place for place in found)
    return sum(
        1 << place
        for place in found
        if (fact := lane.fact(relation.target, place)) is not None and has("average_column", fact.column.heading)
    )


def _is_between(relation: Relation, place: int) -> bool:
    value = relation.target.values[place]
    parts = [part.values[place] or 0 for part, sign in relation.parts if sign > 0]
    return len(parts) == len(relation.parts) > 1 and value is not None and 0 <= min(parts) < value < max(parts)


def is_alike(relation: Relation, place: int) -> bool:
    """Whether the target is printed to the same precision in this column as in one that holds."""
    wanted = relation.target.slack[place]
    if not relation.holding:
        return True
    return any(
        relation.holding >> at & 1 and relation.target.values[at] and slack == wanted
        for at, slack in enumerate(relation.target.slack)
    )


def unread_lines(lines: Sequence[str], relation: Relation, sheet: Sheet, lane: Lane) -> bool:
    """Whether a line between the parts and the target prints figures that were not read, or read in another unit.

    Figures that stand in other columns than those of the lane say nothing about it, nor do rows of percentages
    (`% of net sales` below a result).
    """
    rows = [relation.target.row, *(part.row for part, _ in relation.parts)]
    first, last = min(row.line for row in rows), max(row.line for row in rows)
    known = {vector.row.line for vector in lane.vectors}
    left = min(fact.spot.start for part, _ in relation.parts for fact in part.line.cells.values())
    apart = [line for line in sheet.lines if first < line.row.line < last and line.row.line not in known]
    if any(number in lane.columns for line in apart if row_unit(line) for number in line.cells):
        return True
    known.update(line.row.line for line in apart)
    return any(
        number not in known and len(_FIGURE.findall(lines[number - 1], max(0, left - 2))) > 1
        for number in range(first + 1, last)
    )


def _is_ragged(relation: Relation) -> bool:
    """Whether some row is blank in a column where others are filled."""
    rows = [relation.target, *(part for part, _ in relation.parts)]
    columns = zip(*(row.values for row in rows), strict=True)
    return any(None in column and any(value is not None for value in column) for column in columns)


def _has_gap(relation: Relation, place: int) -> bool:
    """Whether a part is blank in this column and filled in one that holds."""
    held = [at for at in range(len(relation.target.values)) if relation.holding >> at & 1]
    return any(
        part.values[place] is None and any(part.values[at] is not None for at in held) for part, _ in relation.parts
    )
