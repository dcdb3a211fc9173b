"""Ties, claims and findings: what a check says."""

from __future__ import annotations

from fractions import Fraction

from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.slotted import slotted
from orebook.model.spot import Spot

TIES = "ties"
WITHIN = "ties-within-rounding"
BREAKS = "breaks"
UNOBSERVABLE = "unobservable"
UNTIED = "untied"

ONE = Fraction(1)
MINUS = Fraction(-1)
"""The usual weights. Those who use these two very objects are counted faster; equal ones count as well."""


@slotted
class Operand:
    """A figure that takes part in a tie: `weight` is its factor in a linear tie, None elsewhere;
    `role` names its part in a formula (`numerator`, `denominator`, `weight`, `rate`)."""

    fact: Fact
    weight: Fraction | None = ONE
    role: str = ""


@slotted
class Tie:
    """A relation that was re-performed in one column.

    `kind` is sum, difference, identity, ratio, rollforward, weighted-average, product or growth; `grade`
    is `required` or `analytic`. `printed` is the target as printed, `computed` what the operands give,
    `difference` printed less computed, `allowed` the largest difference that rounding explains, all in
    units of the target's last scale (value, not amount). `formula` says in words what was computed.
    """

    code: str
    name: str
    kind: str
    grade: str
    target: Fact
    operands: tuple[Operand, ...]
    printed: Fraction
    computed: Fraction
    difference: Fraction
    allowed: Fraction
    verdict: str
    formula: str = ""


class Claim(NamedTuple):
    """A number in a sentence and what it ties to.

    `number` is the number as printed, with its currency and magnitude words; `spot` its place (the first
    line's part where a line end cuts it). `kind` is level, change, growth, difference, sum, ratio, count or
    unit-conversion. `sentence` is the range of lines it stands in. `candidates` are the nearest facts of an
    untied claim.
    """

    spot: Spot
    number: str
    kind: str
    operands: tuple[Fact, ...]
    printed: Fraction | None
    computed: Fraction | None
    verdict: str
    sentence: tuple[int, int] = (0, 0)
    formula: str = ""
    candidates: tuple[Fact, ...] = ()
    trace: tuple[str, ...] = ()


class Finding(NamedTuple):
    """Something for a person to look at: a `break` (the document contradicts itself) or a `query`."""

    code: str
    grade: str
    spot: Spot
    message: str
    printed: str
    computed: str
    difference: str = ""
    allowed: str = ""
    suspect: Spot | None = None
    ties: tuple[Tie, ...] = ()
    claim: Claim | None = None


class Checked(NamedTuple):
    """Everything that a check of one book says."""

    ties: tuple[Tie, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """On one line; the fields would print every figure many times over."""
        breaks = sum(finding.grade == "break" for finding in self.findings)
        queries = len(self.findings) - breaks
        return f"<Checked: {len(self.ties)} ties, {len(self.claims)} claims, {breaks} breaks, {queries} queries>"
