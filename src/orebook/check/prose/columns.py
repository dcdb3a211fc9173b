"""Tables that stand on their side: each column a measure of its own, each row a mine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from orebook.model.fact import Fact


def turned(facts: Sequence[Fact]) -> frozenset[int]:
    """The tables (by number) whose columns are measures, each in one unit and not all in the same: their rows are mines.

    Hedged positions may be told in the very sentence, and are left out.
    """
    mixed = {one.table.number for one, two in pairwise(facts) if one.unit != two.unit and one.row is two.row}
    units: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact in facts if mixed else ():
        if fact.table.number in mixed and fact.value is not None and fact.table.kind != "hedges":
            units[fact.table.number][fact.column.number].add(fact.unit)
    return frozenset(
        table
        for table, columns in units.items()
        if len(columns) > 1
        and all(len(found) == 1 for found in columns.values())
        and len(set().union(*columns.values()) - {"%"}) > 1
    )
