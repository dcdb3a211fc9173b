"""Records: the contract's fields, exact numbers, and one line each whatever a filing says."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.model.fact import Fact
from orebook.model.slotted import replaced
from orebook.model.spot import Spot
from orebook.pipeline import read
from orebook.write.jsonl import check_lines, fact_lines
from orebook.write.number import plain, signed
from tests.page_sample import sample, seeds
from tests.steps import steps

FACT_FIELDS = [
    "document",
    "table",
    "heading",
    "entity",
    "label",
    "notes",
    "line",
    "span",
    "text",
    "value",
    "nil",
    "unit",
    "scale",
    "period",
]
TIE_FIELDS = [
    "record",
    "code",
    "name",
    "kind",
    "grade",
    "target",
    "operands",
    "printed",
    "computed",
    "difference",
    "allowed",
    "verdict",
]
CLAIM_FIELDS = ["record", "line", "span", "number", "kind", "operands", "printed", "computed", "verdict"]
FINDING_FIELDS = ["record", "code", "grade", "line", "span", "message", "printed", "computed", "suspect"]


def test_a_fact_has_the_fields_of_the_contract() -> None:
    book, _ = sample()
    records = [json.loads(line) for line in fact_lines(book)]
    assert len(records) == len(book.facts)
    first = records[0]
    assert [field for field in FACT_FIELDS if field not in first] == []
    assert first["value"] == "39809"
    assert first["scale"] == 1000
    assert first["period"] == {"kind": "duration", "months": 3, "end": "2007-09-30"}
    assert (first["concept"], first["column"]) == ("orebook:SilverSales", "Third Quarter 2007")
    line = book.lines[first["line"] - 1]
    assert line[slice(*first["span"])] == first["text"] == "$  39,809"


def test_a_nil_mark_has_no_value() -> None:
    book, _ = sample()
    nil = [record for record in map(json.loads, fact_lines(book)) if record["nil"]]
    assert [(record["text"], record["value"]) for record in nil] == [("--", None)]


def test_a_spot_of_html_keeps_its_offset() -> None:
    book, _ = sample()
    fact = replaced(book.facts[0], spot=Spot(4, 24, 33, (1200, 1206)))
    record = json.loads(next(fact_lines(book._replace(facts=(fact,)))))
    assert record["offset"] == [1200, 1206]


def test_a_check_is_ties_then_claims_then_findings() -> None:
    book, checked = sample()
    records = [json.loads(line) for line in check_lines(checked, book.name)]
    assert [record["record"] for record in records] == ["tie"] * 4 + ["claim"] * 2 + ["finding"]
    tie, claim, finding = records[0], records[4], records[6]
    assert [field for field in TIE_FIELDS if field not in tie] == []
    assert [field for field in CLAIM_FIELDS if field not in claim] == []
    assert [field for field in FINDING_FIELDS if field not in finding] == []
    assert tie["operands"][0] == {"line": 4, "span": [24, 33], "weight": "+1"}
    assert (claim["printed"], claim["computed"]) == ("49200000", "49228000")
    assert records[5]["computed"] is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.10"), "0.10"),
        (Decimal("1E+3"), "1000"),
        (Fraction(5, 2), "2.5"),
        (Fraction(-1, 1000), "-0.001"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(-2, 3), "-0.666667"),
        (Fraction(12347000), "12347000"),
        (Fraction(1, 30_000_000), "0"),
        (None, None),
    ],
)
def test_numbers_are_plain_digits(value: Decimal | Fraction | None, text: str | None) -> None:
    assert plain(value) == text


def test_a_weight_has_a_sign() -> None:
    assert [signed(each) for each in (Fraction(1), Fraction(-1), Fraction(1, 1000), None)] == [
        "+1",
        "-1",
        "+0.001",
        None,
    ]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_finite_decimal_is_exact(value: Decimal) -> None:
    assert Fraction(plain(Fraction(value)) or "x") == Fraction(value)


@given(st.text(max_size=40))
def test_any_label_stays_one_line(label: str) -> None:
    book, _ = sample()
    fact: Fact = book.facts[0]
    odd = replaced(fact, row=replaced(fact.row, label=label), text=label)
    lines = list(fact_lines(book._replace(facts=(odd,))))
    assert len(lines) == 1
    assert lines[0].isascii()
    assert "\n" not in lines[0]
    assert json.loads(lines[0])["label"] == label


def test_records_take_as_much_work_as_there_are_facts() -> None:
    book, _ = sample()
    _, few = steps(lambda: list(fact_lines(book)))
    lines, many = steps(lambda: list(fact_lines(book._replace(facts=book.facts * 60))))
    assert len(lines) == 60 * len(book.facts)
    assert many <= 61 * few


@pytest.mark.parametrize("seed", seeds(), ids=lambda path: str(path.stem))
def test_every_record_of_a_seed_names_its_place(seed: Path) -> None:
    book = read(seed)
    for record in map(json.loads, fact_lines(book)):
        assert book.lines[record["line"] - 1][slice(*record["span"])] == record["text"]
