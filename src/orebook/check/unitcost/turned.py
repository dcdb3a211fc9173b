"""Tables that stand on their side: the mines are rows, and each column is a measure with a unit of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from orebook.check.context import Line, Sheet
from orebook.model.fact import Column, Fact

LEAST_UNITS = 2  # so many units a row must print at least
LOOKED_AT = 3  # rows that show it
MOST_COLUMNS = 16


def measures(sheet: Sheet) -> list[Sheet]:
    """Each column of a table of measures as a sheet of one column, all with the same columns; none for other tables.

    A column belongs here where all its figures count in one unit.
    """
    if not _is_turned(sheet):
        return []
    alone = (Column(0, "", None),)
    made: list[Sheet] = []
    for column in sheet.columns:
        figures = [(line.row, fact) for line in sheet.lines if (fact := line.cells.get(column.number)) is not None]
        if _of_one_unit([fact for _, fact in figures]):
            made.append(Sheet(sheet.table, alone, tuple(Line(row, {0: fact}) for row, fact in figures)))
    return made


def _is_turned(sheet: Sheet) -> bool:
    """Whether the first rows of several figures count in several units each."""
    if not LEAST_UNITS <= len(sheet.columns) <= MOST_COLUMNS:
        return False
    full = islice((line for line in sheet.lines if len(line.cells) > 1), LOOKED_AT)
    return all(
        len({fact.unit for fact in line.cells.values() if not fact.nil}) >= LEAST_UNITS for line in full
    ) and any(len(line.cells) > 1 for line in sheet.lines)


def _of_one_unit(figures: Sequence[Fact]) -> bool:
    return len({fact.unit for fact in figures if not fact.nil}) == 1
