"""The framework of the checks: verdicts, sightings, culprits and findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from orebook.check import run
from orebook.check.catalogue import CATALOGUE, Check, page
from orebook.check.context import Context, Sightings, context
from orebook.check.coverage import coverage, untied
from orebook.check.culprit import Evidence, culprit
from orebook.check.evaluate import evaluate, reaches_first_digit
from orebook.check.findings import plain
from orebook.check.odds import DIGIT, EXCHANGED, SIGN, Surroundings, slip
from orebook.model.book import Book
from orebook.model.equation import (
    ANALYTIC,
    DENOMINATOR,
    IDENTITY,
    NUMERATOR,
    RATIO,
    REQUIRED,
    SUM,
    Equation,
)
from orebook.model.fact import Fact
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.tie import BREAKS, TIES, UNOBSERVABLE, WITHIN, Operand
from tests.footing_tables import book

LEDGER = """
Gold | 49,228 | 9,681 | 18
Silver | 28,235 | 6,615 | 1,341
Both | 77,463 | 16,296 | 1,359
Copy | 77,463 | 16,298 | 538
"""


def cell(made: Book, label: str, column: int) -> Fact:
    return next(fact for fact in made.facts if fact.label == label and fact.column.number == column)


def total(made: Book, column: int, grade: str = REQUIRED) -> Equation:
    parts = tuple(Operand(cell(made, label, column)) for label in ("Gold", "Silver"))
    return Equation("T1", "test.sum", SUM, grade, cell(made, "Both", column), parts, "gold and silver")


def copy(made: Book, column: int) -> Equation:
    operand = Operand(cell(made, "Both", column))
    return Equation("T2", "test.copy", IDENTITY, REQUIRED, cell(made, "Copy", column), (operand,))


def cost(made: Book) -> Equation:
    operands = (
        Operand(cell(made, "Gold", 2), None, NUMERATOR),
        Operand(cell(made, "Gold", 3), None, DENOMINATOR),
    )
    return Equation("T3", "test.cost", RATIO, REQUIRED, cell(made, "Copy", 3), operands)


def near(*equations: Equation) -> dict[Fact, list[Equation]]:
    return {fact: list(equations) for equation in equations for fact in equation.facts}


def test_verdicts() -> None:
    made = book(LEDGER)
    assert evaluate(total(made, 1), Sightings()).verdict == TIES
    assert evaluate(copy(made, 2), Sightings()).verdict == BREAKS
    within = evaluate(cost(made), Sightings())
    assert within.verdict == WITHIN
    assert within.printed == 538
    assert within.computed == Fraction(9681, 18)


def test_a_sharper_sighting_shows_what_rounding_hid() -> None:
    made = book(LEDGER.replace("9,681 | 18", "9,681 | 17.6"))
    assert evaluate(cost(made), Sightings()).verdict == BREAKS


def test_a_difference_that_no_digit_could_show_is_unobservable() -> None:
    made = book("Gold | 2 | 1\nSilver | 3 | 1\nBoth | 5 | 2\nCopy | 5 | 2")
    assert evaluate(total(made, 2), Sightings()).verdict == UNOBSERVABLE
    in_hundredths = [(53_800, 10_000), (700, 100), (5, 1)]
    assert all(reaches_first_digit(least, size, 100) for size, least in in_hundredths)
    assert not any(reaches_first_digit(least - 1, size, 100) for size, least in in_hundredths)


def test_a_divisor_that_may_be_zero_proves_nothing() -> None:
    made = book(LEDGER.replace("9,681 | 18", "9,681 | 0"))
    assert evaluate(cost(made), Sightings()).verdict == UNOBSERVABLE


def checks_of(*equations: Equation) -> tuple[tuple[Check, ...], ...]:
    def given(_: Context) -> Iterator[Equation]:
        yield from equations

    return (), (Check("T", "test", given),), ()


def test_one_wrong_figure_makes_one_finding_and_is_named() -> None:
    made = book(LEDGER.replace("Both | 77,463", "Both | 77,363"))
    checked = run(made, checks_of(total(made, 1), copy(made, 1)))
    assert [tie.verdict for tie in checked.ties] == [BREAKS, BREAKS]
    assert len(checked.findings) == 1
    finding = checked.findings[0]
    assert finding.grade == "break"
    assert finding.suspect == cell(made, "Both", 1).spot
    assert "77,363" in finding.message


def test_a_break_with_two_culprits_as_likely_names_none() -> None:
    made = book("Gold | 5,228\nSilver | 8,235\nBoth | 13,483")
    checked = run(made, checks_of(total(made, 1)))
    assert [finding.suspect for finding in checked.findings] == [None]
    assert "cannot be told" in checked.findings[0].message


@pytest.mark.parametrize(
    ("table", "wrong", "slip"),
    [
        ("Gold | 5,228 | 5,271\nSilver | 8,235 | 7,900\nBoth | 17,463 | 13,171", "Both", "one wrong digit"),
        ("Gold | 5,282 | 9,271\nSilver | 8,235 | 7,900\nBoth | 13,463 | 17,171", "Gold", "two digits exchanged"),
        ("Gold | 5,228 | (31)\nSilver | 35 | (7,900)\nBoth | 5,193 | (7,931)", "Silver", "a lost sign"),
        ("Gold | 401 | 412\nSilver | 20 | 34\nBoth | 431 | 446", "Silver", "one wrong digit"),
        ("Gold | 7,900 | 9,271\nSilver | 8,235 | 8,235\nBoth | 15,551 | 17,506", "Silver", "a copy of the figure"),
    ],
)
def test_of_several_culprits_the_likeliest_slip_is_named(table: str, wrong: str, slip: str) -> None:
    made = book(table)
    finding = run(made, checks_of(total(made, 1))).findings[0]
    assert finding.suspect == cell(made, wrong, 1).spot
    assert slip in finding.message


def test_a_slip_is_told_with_the_figure_that_it_is_one_for() -> None:
    made = book("Gold | 2,624 | 2,700\nSilver | 8,235 | 7,900\nBoth | 10,878 | 10,600")
    finding = run(made, checks_of(total(made, 1))).findings[0]
    assert "two digits exchanged, for 2,642" in finding.message  # 2,643 would suit the sum better


def test_a_figure_that_another_line_prints_otherwise_is_the_likelier_culprit() -> None:
    made = book("Gold | 5,228\nSilver | 8,245\nBoth | 13,463\nCopy | 8,235")
    facts = [
        replaced(fact, row=replaced(fact.row, label="Silver")) if fact.label == "Copy" else fact for fact in made.facts
    ]
    finding = run(made._replace(facts=tuple(facts)), checks_of(total(made, 1))).findings[0]
    assert finding.suspect == cell(made, "Silver", 1).spot


def test_a_holding_tie_clears_a_figure() -> None:
    made = book(LEDGER.replace("16,296", "16,298"))
    suspect = culprit([total(made, 2)], Evidence(near(copy(made, 2)), {}, {}, Surroundings(), Sightings(), {}))
    assert suspect is None or suspect.fact is not cell(made, "Both", 2)


def test_what_breaks_only_by_another_sighting_is_told_with_it() -> None:
    made = book("Gold | 3\nSilver | 2\nBoth | 6\nFine gold | 2.91\nFine silver | 2.43\nFine both | 5.84")
    gold, silver, both, *fine = made.facts
    copies = [
        Equation("T2", "test.copy", IDENTITY, REQUIRED, coarse, (Operand(other),))
        for coarse, other in zip((gold, silver, both), fine, strict=True)
    ]
    sums = [
        Equation("T1", "test.sum", SUM, REQUIRED, last, (Operand(first), Operand(second)))
        for first, second, last in ((gold, silver, both), fine)
    ]
    checked = run(made, (checks_of(*copies)[1], *checks_of(*sums)[1:]))
    assert [tie.verdict for tie in checked.ties if tie.kind == SUM] == [BREAKS, BREAKS]
    assert [len(finding.ties) for finding in checked.findings] == [2]


@pytest.mark.parametrize("either", [True, False])
def test_a_copy_in_either_sign_does_not_clear_a_lost_sign(either: bool) -> None:
    made = book("Gold | 9,228\nSilver | 833\nBoth | 8,395\nCopy | 833")
    operands = (Operand(cell(made, "Silver", 1)),)
    same = Equation("T2", "test.copy", IDENTITY, REQUIRED, cell(made, "Copy", 1), operands, either_sign=either)
    finding = run(made, checks_of(total(made, 1), same)).findings[0]
    assert (finding.suspect == cell(made, "Silver", 1).spot) is either


def test_analytic_ties_make_queries() -> None:
    made = book(LEDGER.replace("Both | 77,463", "Both | 77,363"))
    checked = run(made, checks_of(total(made, 1, ANALYTIC)))
    assert [finding.grade for finding in checked.findings] == ["query"]


def test_identities_join_sightings_before_relations_are_tested() -> None:
    made = book("Gold | 9,681 | 17,624\nSilver | 1 | 18\nBoth | 1 | 1\nCopy | 1 | 538")
    fine, coarse = replaced(cell(made, "Gold", 2), scale=1), replaced(cell(made, "Silver", 2), scale=1000)
    same = Equation("T2", "test.copy", IDENTITY, REQUIRED, coarse, (Operand(fine),))
    spent = replaced(cell(made, "Gold", 1), scale=1000)
    operands = (Operand(spent, None, NUMERATOR), Operand(coarse, None, DENOMINATOR))
    ratio = Equation("T3", "test.cost", RATIO, REQUIRED, cell(made, "Copy", 2), operands)
    first, second, last = checks_of(ratio)
    assert [tie.verdict for tie in run(made, (first, second, last)).ties] == [WITHIN]
    joined = run(made, (checks_of(same)[1], second, last))
    assert {tie.code: tie.verdict for tie in joined.ties} == {"T2": WITHIN, "T3": BREAKS}


def test_coverage_counts_ties_that_say_something() -> None:
    made = book(LEDGER)
    checked = run(made, checks_of(total(made, 1), copy(made, 1)))
    assert coverage(made, checked) == (12, 4, 1)
    assert cell(made, "Gold", 2) in untied(made, checked)


@pytest.mark.parametrize(
    ("number", "other", "kind"),
    [
        (538, 583, EXCHANGED),
        (538, 588, DIGIT),
        (538, -538, SIGN),
        (-491, -493, DIGIT),
        (-5, 0, DIGIT),
        (10, 1, EXCHANGED),
        (538, 835, None),
        (538, 5381, None),
        (538, -583, None),
        (538, 538, None),
        (0, 0, None),
    ],
)
def test_slips(number: int, other: int, kind: str | None) -> None:
    made = slip(number, other)
    assert (None if made is None else made[0]) == kind


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (Fraction(2), 0, "2"),
        (Fraction(5, 2), 0, "2.5"),
        (Fraction(-491, 100), 2, "-4.91"),
        (Fraction(1, 3), 2, "0.3333"),
        (Fraction(10), 2, "10.00"),
    ],
)
def test_plain_figures(number: Fraction, decimals: int, text: str) -> None:
    assert plain(number, decimals) == text


def test_every_check_says_what_it_ties() -> None:
    assert len({check.code for check in CATALOGUE}) == len(CATALOGUE)
    for check in CATALOGUE:
        for part in ("What it ties", "Why", "Ties:", "Breaks:"):
            assert part in page(check), (check.code, part)


def test_an_empty_book_checks_clean() -> None:
    made = book("")
    assert context(made).sheets == ()
    assert run(made) == ((), (), (), ())


def test_an_analytic_tie_decides_between_two_suspects() -> None:
    made = book(LEDGER.replace("Gold | 49,228", "Gold | 49,128"))
    expected = replaced(copy(made, 1), grade=ANALYTIC, target=cell(made, "Gold", 1))
    other = replaced(expected, operands=(Operand(replaced(cell(made, "Copy", 1), value=Decimal(49228))),))
    found = culprit(
        [total(made, 1)], Evidence({}, {cell(made, "Gold", 1): [(other, False)]}, {}, Surroundings(), Sightings(), {})
    )
    assert found is not None
    assert found.fact is cell(made, "Gold", 1)


def test_a_figure_copied_from_the_next_column_is_named() -> None:
    flow = Period(date(2007, 9, 30), 3)
    printed = book(LEDGER.replace("Gold | 49,228 | 9,681", "Gold | 9,681 | 9,681"))
    made = printed._replace(facts=tuple(replaced(fact, period=flow) for fact in printed.facts))
    checked = run(made, checks_of(total(made, 1)))
    assert [finding.suspect for finding in checked.findings] == [cell(made, "Gold", 1).spot]


def test_one_relation_that_breaks_in_two_columns_is_one_finding() -> None:
    made = book("Gold | 5,228 | 4,681\nSilver | 8,235 | 6,615\nBoth | 17,463 | 15,296")
    checked = run(made, checks_of(total(made, 1), total(made, 2)))
    assert len(checked.findings) == 1
    assert len(checked.findings[0].ties) == 2
    assert "1 more column" in checked.findings[0].message


def test_a_query_that_the_culprit_of_a_break_explains_is_not_asked() -> None:
    made = book(LEDGER.replace("Both | 77,463", "Both | 77,363"))
    query = replaced(copy(made, 1), grade=ANALYTIC)
    checked = run(made, checks_of(total(made, 1), query))
    assert [(finding.grade, finding.suspect) for finding in checked.findings] == [("break", cell(made, "Both", 1).spot)]
