"""Numbers in sentences: cases as data over one small set of figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.check.prose import claims, directions
from orebook.model.book import Book, Identity, Paragraph
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.spot import Spot
from orebook.model.tie import BREAKS, UNTIED, WITHIN
from orebook.pipeline import read

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "prose" / "claims.yaml").read_text(encoding="utf-8")
)
PERIODS = {name: Period(date.fromisoformat(str(end)), months) for name, (months, end) in CASES["columns"].items()}
FIRST = 1000


def figures() -> tuple[Fact, ...]:
    made = []
    line = FIRST
    for block in CASES["figures"]:
        table = Table(block["table"], block["title"])
        for number, entry in enumerate(block["rows"]):
            line += 1
            row = Row(
                number,
                entry["label"],
                (entry["heading"],) if "heading" in entry else (),
                entry.get("entity"),
                line=line,
            )
            for column, (name, period) in enumerate(PERIODS.items()):
                if name in entry:
                    value = Decimal(str(entry[name]))
                    decimals = max(0, -int(value.as_tuple().exponent))
                    spot = Spot(line, 40 + 12 * column, 50 + 12 * column)
                    scale = entry.get("scale", block["scale"])
                    fact = Fact(
                        spot,
                        str(value),
                        value,
                        decimals,
                        entry["unit"],
                        scale,
                        period,
                        table,
                        row,
                        Column(column, name, period),
                    )
                    made.append(fact)
    return tuple(made)


def book(text: str, width: int = 68) -> Book:
    """A book of the shared figures whose only prose is `text`, broken into lines as filed text is."""
    lines = ["The third quarter of 2024", ""]
    first = len(lines) + 1
    row = ""
    for word in text.split():
        if row and len(row) + 1 + len(word) > width:
            lines.append(row)
            row = word
        else:
            row = f"{row} {word}".strip()
    lines.append(row)
    prose = (Paragraph(1, 1), Paragraph(first, len(lines)))
    tables = tuple(Table(block["table"], block["title"]) for block in CASES["figures"])
    return Book(
        "case", Identity("Sample Mining Company", "", date(2024, 9, 30)), tuple(lines), (), tables, figures(), prose
    )


def rests_on(fact: Fact) -> str:
    return f"{fact.label}:{fact.column.heading}"


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"][:60])
@pytest.mark.parametrize("width", [68, 24])
def test_claims(case: dict[str, Any], width: int) -> None:
    made = claims(book(case["text"], width))
    assert [(claim.number, claim.verdict) for claim in made] == [
        (number, verdict) for number, verdict, _ in case["claims"]
    ]
    for claim, (_, _, on) in zip(made, case["claims"], strict=True):
        if on:
            assert on in {rests_on(fact) for fact in claim.operands}, claim.formula
        assert claim.trace


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"][:60])
def test_a_claim_stands_where_its_number_is_printed(case: dict[str, Any]) -> None:
    made = book(case["text"], 24)
    for claim in claims(made):
        printed = made.lines[claim.spot.line - 1][claim.spot.start : claim.spot.end]
        assert claim.number.startswith(printed.split()[0])


@pytest.mark.parametrize("case", CASES["directions"], ids=lambda case: case["text"][:60])
def test_directions(case: dict[str, Any]) -> None:
    found = directions(book(case["text"]))
    assert len(found) == case["queries"]
    assert all(finding.grade == "query" for finding in found)


def test_two_shares_of_a_total_support_each_other() -> None:
    text = (
        "In the first nine months Pine Creek provided $30.1 million in gross profit. "
        "In the first nine months Old Glory provided $25.8 million in gross profit."
    )
    made = claims(book(text))
    assert [rests_on(fact) for claim in made for fact in claim.operands] == ["Gross profit:y", "Gross profit:y"]
    assert {claim.kind for claim in made} == {"sum"}


def test_a_line_that_ends_in_an_abbreviation_goes_on() -> None:
    lines = (
        "In the third quarter cash operating costs of gold were $501 per gold eq.",
        "ounce, compared with $362 in 2023.",
    )
    made = book("")._replace(lines=lines, prose=(Paragraph(1, 1), Paragraph(2, 2)))
    assert [rests_on(claim.operands[0]) for claim in claims(made)] == [
        "Cash operating costs:q",
        "Cash operating costs:q1",
    ]


def test_a_table_that_states_no_scale_breaks_no_sentence_in_millions() -> None:
    said = book("Gross profit increased 46% to $21.0 million in the third quarter compared to the same period of 2023.")
    bare = tuple(replaced(fact, scale=1, trace=("scale.exact",)) for fact in said.facts)
    assert [claim.verdict for claim in claims(said._replace(facts=bare))] == [WITHIN, UNTIED]
    stated = tuple(replaced(fact, scale=1, trace=("scale.caption",)) for fact in said.facts)
    assert [claim.verdict for claim in claims(said._replace(facts=stated))] == [WITHIN, BREAKS]


def test_without_dated_figures_every_number_is_listed_untied() -> None:
    empty = book("Gross profit was $21.0 million, or 46% of sales.")._replace(facts=())
    made = claims(empty)
    assert [claim.number for claim in made] == ["$21.0 million", "46%"]
    assert {claim.verdict for claim in made} == {UNTIED}


def test_an_untied_number_names_its_nearest_figures() -> None:
    made = claims(book("Gross profit, before a transfer, was $7.7 million in the third quarter."))
    assert [claim.verdict for claim in made] == [UNTIED]
    assert "Gross profit:q" in {rests_on(fact) for fact in made[0].candidates}


WORDS = st.sampled_from(
    [
        "gross",
        "profit",
        "sales",
        "of",
        "to",
        "from",
        "in",
        "and",
        "or",
        "the",
        "third",
        "quarter",
        "first",
        "nine",
        "months",
        "2024",
        "$12.4",
        "million",
        "46%",
        "1.3",
        "ounces",
        "silver",
        "negative",
        "(5)",
        "per",
        "share",
        "compared",
        "increased,",
        "respectively",
        "doubled",
        "nearly",
        "$",
        ".",
        ";",
        "(",
        ")",
        "5.3:1",
        "--",
        "cents",
        "10",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_words_are_survived_and_every_claim_lies_within_its_line(words: list[str]) -> None:
    made = book(" ".join(words) or "none")
    for claim in claims(made):
        assert 0 <= claim.spot.start < claim.spot.end <= len(made.lines[claim.spot.line - 1])
        assert (claim.verdict == UNTIED) == (claim.computed is None)


def test_a_metal_carried_over_names_the_row_of_all_of_it(shared: Path) -> None:
    found = claims(read(shared / "seeds" / "hecla-2004q3.txt"))
    [ounces] = [claim for claim in found if claim.spot.line == 143 and claim.number == "1.7 million"]
    assert [(fact.label, fact.text) for fact in ounces.operands] == [("Silver - Ounces", "1,749,681")]


def test_a_listing_is_no_sentence_and_takes_no_longer_than_its_length() -> None:
    numbers = [str(10_000 + at) for at in range(9_000)]
    made = claims(book(f"Registration statements {', '.join(numbers)}.", width=100_000))
    assert [claim.number for claim in made] == numbers
    assert {claim.verdict for claim in made} == {"untied"}
    assert [claim.spot.start for claim in made[:2]] == [24, 31]
