"""Sentences that say what a suspect ought to be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from orebook.check.culprit import Suspicion
from orebook.check.witness import heard, unclaimed
from orebook.model.fact import Fact
from orebook.model.interval import exact
from orebook.model.slotted import replaced
from orebook.model.spot import Spot
from orebook.model.tie import BREAKS, TIES, UNTIED, Claim, Finding
from tests.footing_tables import book

PROVISION, ADJUSTMENT = (
    replaced(fact, unit="USD", scale=1000) for fact in book("Provision | 23,284\nAdjustment | 327").facts
)


def said(number: str, printed: int, verdict: str = BREAKS, kind: str = "level", operand: Fact = PROVISION) -> Claim:
    return Claim(Spot(1, 0, 9), number, kind, (operand,), Fraction(printed), Fraction(23_284_000), verdict)


SUSPECT = Suspicion((ADJUSTMENT,), 1, exact(23_107_000), Fraction(23_107_000))


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (said("$23.1 million", 23_100_000), UNTIED),
        (said("$23,107,000", 23_107_000), UNTIED),
        (said("negative $23.1 million", -23_100_000), UNTIED),
        (said("$23.2 million", 23_200_000), BREAKS),
        (said("$23 million", 23_000_000), BREAKS),
        (said("$23.1 million", 23_100_000, kind="difference"), BREAKS),
        (said("$23.1 million", 23_100_000, operand=replaced(PROVISION, unit="oz")), BREAKS),
        (said("$23.1 million", 23_100_000, verdict=TIES), TIES),
    ],
)
def test_a_sentence_that_says_what_a_suspect_ought_to_be_contradicts_nothing(claim: Claim, verdict: str) -> None:
    assert heard(claim, [SUSPECT]).verdict == verdict


def test_the_suspect_is_the_candidate_of_the_claim() -> None:
    assert heard(said("$23.1 million", 23_100_000), [SUSPECT]).candidates == (ADJUSTMENT,)


def test_a_claim_that_is_no_break_any_more_makes_no_finding() -> None:
    claim = said("$23.1 million", 23_100_000)
    finding = Finding("PR01", "break", claim.spot, "", "", "", claim=claim)
    assert unclaimed([finding], [claim]) == [finding]
    assert unclaimed([finding], [heard(claim, [SUSPECT])]) == []
