"""What was found out about one number: the figures it rests on, what they give, and the verdict."""

from __future__ import annotations

from fractions import Fraction

from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.tie import BREAKS, TIES, WITHIN


class Outcome(NamedTuple):
    """A number's claim: its `kind`, operands, what they compute to (amounts; percent for growth), and how."""

    kind: str
    operands: tuple[Fact, ...]
    computed: Fraction | None
    verdict: str
    formula: str
    trace: tuple[str, ...] = ()

    @property
    def tied(self) -> bool:
        return self.verdict in (TIES, WITHIN)


def verdict(holds: bool, printed: Fraction, computed: Fraction) -> str:
    """`ties` where the figures give exactly what is printed, `ties-within-rounding` where they round to it."""
    if not holds:
        return BREAKS
    return TIES if printed == computed or not printed + computed else WITHIN


def name(fact: Fact) -> str:
    """A figure in words: block, label and period."""
    period = fact.period
    when = (
        ""
        if period is None
        else f", {period.end}"
        if period.months is None
        else f", {period.months} months to {period.end}"
    )
    label = fact.label or (fact.heading[-1] if fact.heading else "subtotal")
    where = f"{fact.entity}: " if fact.entity else ""
    return f"[{where}{label}{when} = {fact.text.strip()}]"
