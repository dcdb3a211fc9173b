"""CR04 cross.cost-of-sales-differs: the reconciliation of cash costs does not end at the statement's cost of sales.

What it ties: the last line of the reconciliation for all operations to the cost of sales of the statement of
operations, with or without depreciation, the unlabelled subtotal of the costs included; and where no block
stands for all operations, the sum over the segments.

Why: this line is the bridge from a measure outside GAAP to GAAP; a bridge that ends elsewhere is none.

Ties: 28,235 for all operations in the reconciliation and as the unlabelled subtotal of the statement.

Breaks: 28,253 in one of the two, where the other columns agree. A sum over segments is required only in the
columns in which it holds; in the others it is a query: an operation outside the segments may explain it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from orebook.check.context import Context
from orebook.check.cross.agreement import graded, holds, tried
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import COMPANY, SEGMENT
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, SUM, Equation
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "CR04"
NAME = "cross.cost-of-sales-differs"
COSTS = frozenset({"CostOfRevenue", "CostOfGoodsAndServicesSold"})


def run(view: Context) -> Iterator[Equation]:
    """The GAAP line of the reconciliation against the statement of operations."""
    rows = entries(view)
    bridges = [entry for entry in rows if entry.table.kind == "reconciliation" and entry.concept in COSTS]
    if not bridges:
        return
    stated = [
        entry for entry in rows if entry.table.kind == "operations" and (entry.concept in COSTS or not entry.row.label)
    ]
    segments: dict[tuple[int, str | None], list[Entry]] = defaultdict(list)
    for bridge in bridges:
        if bridge.level.level == COMPANY:
            yield from _ends(bridge, stated, view)
        elif bridge.level.level == SEGMENT:
            segments[bridge.table.number, bridge.concept].append(bridge)
    for parts in segments.values():
        if len(parts) > 1:
            yield from _sums(parts, stated, view)


def _ends(bridge: Entry, stated: Sequence[Entry], view: Context) -> Iterator[Equation]:
    for entry in stated:
        equations = [
            Equation(CODE, NAME, IDENTITY, REQUIRED, target, (Operand(bridge.figures[period], ONE),))
            for period, target in entry.figures.items()
            if period in bridge.figures
        ]
        yield from graded(tried(equations, view.sightings), view.sightings)


def _sums(parts: Sequence[Entry], stated: Sequence[Entry], view: Context) -> Iterator[Equation]:
    """The sum over the segments, against the line that means the same or that it equals."""
    for entry in stated:
        for period, target in entry.figures.items():
            if not all(period in part.figures for part in parts):
                continue
            operands = tuple(Operand(part.figures[period], ONE) for part in parts)
            equation = Equation(CODE, NAME, SUM, REQUIRED, target, operands, "the segments")
            if holds(equation, view.sightings):
                yield equation
            elif entry.concept == parts[0].concept:
                yield replaced(equation, grade=ANALYTIC)
