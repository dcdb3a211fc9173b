"""Sentences that bear a suspect out: what they say is what the suspect ought to be.

`Accruals of $23.1 million` is no break beside the 23,284 of a row of provisions where a sum of the report shows that
the 327 of another such row ought to be 23,107: once that figure is mended, the sentence says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from orebook.check.culprit import Suspicion
from orebook.model.tie import BREAKS, UNTIED, Claim, Finding

LEVEL = "level"
TELLING = 100  # a number of three digits or more is hardly alike by chance
_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def heard(claim: Claim, suspects: Sequence[Suspicion]) -> Claim:
    """The claim, untied where a suspect is what it speaks of rather than the figure that it contradicts."""
    if claim.verdict != BREAKS or claim.kind != LEVEL:
        return claim
    meant = next((suspect for suspect in suspects if _says(claim, suspect)), None)
    if meant is None:
        return claim
    return claim._replace(verdict=UNTIED, operands=(), computed=None, formula="", candidates=(meant.fact,))


def unclaimed(findings: Sequence[Finding], claims: Sequence[Claim]) -> list[Finding]:
    """The findings without those of claims that are not broken any more."""
    broken = {claim.spot for claim in claims if claim.verdict == BREAKS}
    return [finding for finding in findings if finding.claim is None or finding.claim.spot in broken]


def _says(claim: Claim, suspect: Suspicion) -> bool:
    """Whether the amount that suits a suspect best rounds to the number of a claim about figures in its unit."""
    step = _step(claim)
    if step is None or claim.printed is None or any(fact.unit != suspect.fact.unit for fact in claim.operands):
        return False
    said = abs(claim.printed)
    return said >= TELLING * step and abs(abs(suspect.best) - said) <= step / 2


def _step(claim: Claim) -> Fraction | None:
    """What one of the last printed digit of a claim's number counts for: 100,000 in `$23.1 million`."""
    found = _DIGITS.search(claim.number)
    if found is None or not claim.printed:
        return None
    number = Fraction(Decimal(found.group().replace(",", "")))
    return abs(claim.printed) / number / 10 ** len(found.group(1) or "") if number else None
