"""ST03 statements.per-share-parts-break: the parts of income per share do not add up to it.

What it ties: in a statement of operations, the figures per share of continuing and discontinued operations,
extraordinary items and accounting changes to the income per share below them.

Why: each part is divided and rounded by itself, and the total is printed as a line of its own.

Ties: (0.10) from operations and 0.01 from a change in accounting principle, (0.09) in all.

Breaks: (0.08) in all, where the other columns add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orebook.check.context import Context
from orebook.check.cross.agreement import graded, tried
from orebook.check.cross.rows import Entry, entries
from orebook.model.equation import REQUIRED, SUM, Equation
from orebook.model.tie import ONE, Operand

CODE = "ST03"
NAME = "statements.per-share-parts-break"
TOTAL = "EarningsPerShare"
MOST_PARTS = 6


def run(view: Context) -> Iterator[Equation]:
    """Income per share = the sum of its parts above it."""
    parts: list[Entry] = []
    last: Entry | None = None
    for entry in entries(view):
        apart = last is None or entry.table.number != last.table.number or entry.row.number != last.row.number + 1
        last = entry
        if entry.table.kind != "operations" or not entry.unit.endswith("/share"):
            parts = []
            continue
        parts = [] if apart else parts
        if (entry.concept or "").startswith(TOTAL):
            if 1 < len(parts) <= MOST_PARTS:
                trial = tried(_sums(entry, parts), view.sightings)
                yield from graded(trial, view.sightings)
            parts = []
        else:
            parts.append(entry)


def _sums(whole: Entry, parts: Sequence[Entry]) -> Iterator[Equation]:
    for period, target in whole.figures.items():
        operands = tuple(Operand(part.figures[period], ONE) for part in parts if period in part.figures)
        if len(operands) > 1:
            yield Equation(CODE, NAME, SUM, REQUIRED, target, operands, "the parts per share")
