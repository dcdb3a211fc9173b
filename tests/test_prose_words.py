"""Numbers, periods and sentences as prose prints them: cases as data."""

from __future__ import annotations

import os
import random
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from orebook import read
from orebook.check.prose import claims
from orebook.check.prose.calendar import calendar
from orebook.check.prose.numbers import numbers
from orebook.check.prose.periods import mentions
from orebook.check.prose.scan import Words
from orebook.check.prose.sentences import _under
from orebook.check.prose.text import running, sentences
from orebook.check.prose.words import tokens
from orebook.model.period import Period
from orebook.model.tie import BREAKS, TIES, WITHIN

HERE = Path(__file__).parent / "cases" / "prose"
SHARED = Path(os.environ.get("OREBOOK_SHARED", Path(__file__).parents[1].parent / "shared"))
KNOWN = [Period(date(year, 9, 30), months) for year in (2024, 2023) for months in (3, 9)]
KNOWN += [Period(date(2024, 9, 30)), Period(date(2023, 12, 31))]


def cases(name: str) -> list[list[Any]]:
    made: list[list[Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize(("text", "wanted"), cases("numbers.yaml"))
def test_numbers(text: str, wanted: list[list[str]]) -> None:
    found = [(number.text, number.value * number.sign, number.unit) for number in numbers(Words(text))]
    assert found == [(printed, Fraction(value), unit) for printed, value, unit in wanted]


@pytest.mark.parametrize(("text", "wanted"), cases("periods.yaml"))
def test_periods(text: str, wanted: list[list[Any]]) -> None:
    known = calendar(KNOWN, date(2024, 9, 30), ["The third quarter of 2024"])
    assert known is not None
    found = [period for mention in mentions(Words(text), known) for period in mention.periods]
    assert found == [Period(end, months) for months, end in wanted]


@pytest.mark.parametrize(
    ("end", "year_end", "nth"),
    [
        (date(2000, 4, 29), "0125", 1),
        (date(2004, 4, 3), "1231", 1),
        (date(2004, 7, 4), "1231", 2),
        (date(2004, 6, 30), "0630", 4),
        (date(2004, 9, 30), "", 4),
    ],
)
def test_quarters_are_counted_from_the_stated_end_of_the_year(end: date, year_end: str, nth: int) -> None:
    known = calendar([Period(end, 3)], end, ["The fourth quarter of 1999 was mild."], year_end=year_end)
    assert known is not None
    assert known.nth == nth


@pytest.mark.parametrize(("year_end", "months", "nth"), [("1231", None, 1), ("0331", 12, 4), ("", 12, 4)])
def test_twelve_months_that_close_within_the_fiscal_year_are_not_it(
    year_end: str, months: int | None, nth: int
) -> None:
    end = date(1998, 3, 31)
    known = calendar([Period(end, 3), Period(end, 12)], end, [], year_end=year_end)
    assert known is not None
    assert (known.ytd and known.ytd.months, known.nth) == (months, nth)


@pytest.mark.parametrize(("end", "label"), [(date(2004, 9, 30), 2004), (date(2004, 1, 31), 2003)])
def test_only_a_year_that_closes_early_is_called_after_the_one_before(end: date, label: int) -> None:
    known = calendar([Period(end, 12)], end, ["Compared with the fourth quarter of 2003, sales rose."])
    assert known is not None
    assert known.label == label


@pytest.mark.parametrize("said", ["Q2 Fiscal 2020", "Q2 FISCAL YEAR 2020", "Q2 FY2020"])
def test_a_quarter_said_short_names_the_fiscal_year(said: str) -> None:
    end = date(2019, 9, 30)
    known = calendar([Period(end, 3), Period(end, 6)], end, [f"The three months ended September 30, 2019 ({said})."])
    assert known is not None
    assert known.label == 2020


def test_the_year_that_columns_are_headed_with_names_the_fiscal_year() -> None:
    end = date(2026, 1, 31)
    known = calendar([Period(end, 12)], end, ["Sales in 2025 rose."], named={end: 2025})
    assert known is not None
    assert [mention.periods[0] for mention in mentions(Words("2025"), known)] == [Period(end, 12)]


def test_an_annual_report_speaks_of_the_year() -> None:
    periods = [Period(date(2004, 12, 31), months) for months in (3, 12)]
    quarterly, annual = (calendar(periods, None, [], annual=yearly) for yearly in (False, True))
    assert quarterly is not None
    assert annual is not None
    assert [known.default()[0].months for known in (quarterly, annual)] == [3, 12]


def test_a_number_cut_by_a_line_end_is_one_and_stands_on_the_first_line() -> None:
    text = running(("  a charge of  $44.7", "  million, write-", "  downs included."), 1, 3)
    assert text.text == "a charge of $44.7 million, write-downs included."
    assert text.place(text.text.index("$44.7")) == (1, 15)


def test_abbreviations_and_decimals_end_no_sentence() -> None:
    text = running(("Acme Co. Inc. earned $1.5 million. Mr. Baker of U.S. Mines spoke.",), 1, 1)
    assert [each.text.strip() for each in sentences(text)] == [
        "Acme Co. Inc. earned $1.5 million.",
        "Mr. Baker of U.S. Mines spoke.",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("net sales", "Net revenues"),
        ("net loss", "Net income (loss)"),
        ("cash flow from operations", "Net cash provided by operating activities"),
        ("capital expenditures", "Capital additions"),
        ("stockholders' dividends", "Dividends to shareholders"),
    ],
)
def test_one_meaning_has_one_wording(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="OREBOOK_SHARED holds no seeds")
def test_a_digit_changed_in_a_long_number_is_found() -> None:
    book = read(SHARED / "seeds" / "hecla-2007q3.txt")
    rng = random.Random(3)  # noqa: S311  a draw that anyone can repeat
    tied = [
        c
        for c in claims(book)
        if c.verdict in (TIES, WITHIN) and c.kind == "level" and sum(map(str.isdigit, c.number)) >= 5
    ]
    for claim in tied[:8]:
        line = book.lines[claim.spot.line - 1]
        digits = [at for at in range(claim.spot.start + 1, claim.spot.end) if line[at].isdigit()]
        at = rng.choice(digits)
        lines = list(book.lines)
        lines[claim.spot.line - 1] = f"{line[:at]}{(int(line[at]) + 3) % 10}{line[at + 1 :]}"
        again = [
            c
            for c in claims(book._replace(lines=tuple(lines)))
            if c.spot.line == claim.spot.line and c.spot.start == claim.spot.start
        ]
        assert [c.verdict for c in again] == [BREAKS], claim.number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("non-operating income", {"non", "operating", "income"}),
        ("impairments of by-product credits", {"writedown", "byproduct", "credit"}),
        ("R&D and research and development", {"research", "development"}),
        ("the third party", {"thirdparty"}),
        ("a third of sales", {"revenue"}),
        ("E.P.S.", {"income", "pershare"}),
    ],
)
def test_turns_of_phrase_stand_where_words_open_them(text: str, wanted: set[str]) -> None:
    assert tokens(text) == wanted


def test_the_place_of_every_word_is_remembered_whatever_the_blanks() -> None:
    lines = ("   one  two\tthree", "", "\u00a0four   five-", "six seven")
    text = running(lines, 1, 4)
    for word in ("one", "two", "three", "four", "five-", "seven"):
        line, column = text.place(text.text.index(word))
        assert lines[line - 1].startswith(word, column)


@pytest.mark.parametrize(
    ("end", "months", "said", "called"),
    [
        # Only the comparative is said of the quarter: a calendar year is called after itself all the same.
        (date(2009, 9, 30), 9, "against the third quarter of 2008", 2009),
        (date(2009, 9, 30), 9, "the third quarter of 2008, after the third quarter of 2009", 2009),
        # A year that closes in June 2010 is fiscal 2010, whatever its comparatives are called.
        (date(2009, 9, 30), None, "the first quarter of fiscal 2009 and the first quarter of fiscal 2010", 2010),
        # A retailer's year that closes in January 2010 is fiscal 2009.
        (date(2009, 10, 31), 9, "the third quarter of 2009 beside the third quarter of 2008", 2009),
    ],
)
def test_what_a_year_is_called(end: date, months: int | None, said: str, called: int) -> None:
    periods = [Period(end, 3), *([Period(end, months)] if months else [])]
    known = calendar(periods, end, [said])
    assert known is not None
    assert known.label == called


def test_a_heading_set_in_stands_under_the_one_before() -> None:
    lines = [
        "Depreciation",
        "   Life insurance",
        "      It was $1.2 million.",
        "   Other lines",
        "Interest",
        "        GRAND TITLE",
    ]
    headings: list[tuple[int, str]] = []
    said = [_under(headings, line, line.strip()) for line in lines if "$" not in line]
    assert said == [
        "Depreciation", "Depreciation; Life insurance", "Depreciation; Other lines", "Interest", "Interest; GRAND TITLE",
    ]  # fmt: skip


def test_short_forms_mean_what_they_stand_for() -> None:
    assert tokens("AISC per AgEq ounce") == tokens("all-in sustaining cost per silver equivalent ounce")


def test_the_last_four_quarters_are_no_fiscal_year() -> None:
    quarter, year = Period(date(2020, 3, 28), 3), Period(date(2020, 3, 28), 12)
    known = calendar([quarter] * 50 + [year] * 10, quarter.end, ["Sales of the first quarter of 2020 rose."])
    assert known is not None
    assert (known.ytd, known.nth) == (None, 1)
    known = calendar([quarter] * 50 + [year] * 50, quarter.end, ["Sales of the fourth quarter of 2020 rose."])
    assert known is not None
    assert (known.ytd, known.nth) == (year, 4)
