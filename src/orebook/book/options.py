"""Options that a report counts in the thousands or millions of its statements without saying so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from orebook.model.fact import Fact
from orebook.model.slotted import replaced

_RULE = "scale.options-as-the-statements"
_BY_TABLE = frozenset(("unit.shares-column", "unit.options"))
_MOST = {1000: 100_000, 1_000_000: 10_000}  # printed in a column that is scaled; more is a count in full
_ROUND = 100


def scaled_options(facts: list[Fact], scale: int | None) -> list[Fact]:
    """The facts of a document whose statements are in a scale: a column of options that is too small for single ones, and
    not too large for thousands (or millions) beside the shares of the company, is in that scale as well."""
    most = _MOST.get(scale or 0)
    if scale is None or most is None:
        return facts
    columns: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.unit == "shares" and fact.scale == 1 and fact.value and _is_unsaid(fact):
            columns[fact.table.number, fact.column.number].append(fact)
    if not columns:
        return facts
    shares = max((fact.amount for fact in facts if fact.unit == "shares"), default=Decimal(0))
    told = {place for place, column in columns.items() if _is_scaled(column, most, shares / scale)}
    return [_scaled(fact, scale) if _place(fact) in told and _is_unsaid(fact) else fact for fact in facts]


def _place(fact: Fact) -> tuple[int, int]:
    return fact.table.number, fact.column.number


def _is_unsaid(fact: Fact) -> bool:
    """Whether a count of shares has its unit from the table around it, and its scale from nowhere."""
    return fact.unit == "shares" and "scale.exact" in fact.trace and not _BY_TABLE.isdisjoint(fact.trace)


def _is_scaled(column: Sequence[Fact], most: int, shares: Decimal) -> bool:
    values = [abs(fact.value) for fact in column if fact.value]
    if max(values) >= min(Decimal(most), shares) or any(fact.decimals > 1 for fact in column):
        return False
    return any(fact.decimals for fact in column) or (len(values) > 1 and any(value % _ROUND for value in values))


def _scaled(fact: Fact, scale: int) -> Fact:
    trace = (*(rule for rule in fact.trace if rule != "scale.exact"), _RULE)
    return replaced(fact, scale=scale, trace=trace)
