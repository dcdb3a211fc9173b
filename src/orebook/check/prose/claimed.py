"""PR01: a number in a sentence differs from the figures.

What it ties: every number of the prose (levels, growth, changes, sums, ratios, conversions) to the figures
that its sentence speaks of: the same measure, period and mine.
Why: the headline is what the market reads, and it is typed by hand.
Ties: `gross profit increased 46% to $21 million` over 20,993 and 14,372 thousand.
Breaks: `income of $12.4 million` over 12,347 thousand, which rounds to 12.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from orebook.check.context import Context
from orebook.check.findings import grouped, plain
from orebook.check.prose.run import claims
from orebook.model.tie import BREAKS, Claim, Finding

CODE = "PR01"
NAME = "prose.number-differs"


def run(view: Context) -> Iterator[Claim | Finding]:
    """The claims of the book's prose, and a break for each that the figures contradict."""
    for claim in claims(view.book):
        yield claim
        if claim.verdict == BREAKS:
            yield _finding(claim)


def _finding(claim: Claim) -> Finding:
    printed, computed = claim.printed, claim.computed
    gap = None if printed is None or computed is None else printed - computed
    numbers = _text(printed), _text(computed), _text(gap)
    return Finding(CODE, "break", claim.spot, _message(claim), *numbers, claim=claim)


def _message(claim: Claim) -> str:
    said, formula = " ".join(claim.number.split()), " ".join(claim.formula.split())
    if " against " in formula:
        return f"the sentence says {said}, with which its figures do not agree: {formula}"
    made = "" if claim.computed is None else grouped(claim.computed, 0 if claim.computed.denominator == 1 else 2)
    return f"the sentence says {said}, but {formula or 'the figures that it speaks of'} makes it {made}"


def _text(number: Fraction | None) -> str:
    """A number in decimals, without the noughts that say nothing."""
    if number is None:
        return ""
    text = plain(number, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text
