"""EX-27 schedules: values, units, scales and periods, and the ways in which they go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from orebook.model.book import Identity
from orebook.model.fact import Fact
from orebook.model.period import Period
from orebook.read.parts import SCHEDULE
from orebook.read.schedule import read
from orebook.read.submission import split

ONE = """<ARTICLE> 5
<LEGEND>
This schedule of 12 lines says <CASH> 99 in its legend.
</LEGEND>
<MULTIPLIER> 1,000
<S>                             <C>
<PERIOD-TYPE>                   9-MOS
<FISCAL-YEAR-END>                          DEC-31-1995
<PERIOD-END>                               SEP-30-1995
<CASH>                                           3,950
<RECEIVABLES>                                  402,386<F1>
<ALLOWANCES>                                   (2,216)
<PP&E>                                         $ 8,346
<TOTAL-REVENUES>                               115,101
<NET-INCOME>                                  (17,000)
<EPS-PRIMARY>                                   (0.52)
<EPS-DILUTED>                                      .00
<FN>
<F1>Net of 12 allowances.
</FN>
"""
TWO = """<ARTICLE> 5
<MULTIPLIER> 1
<PERIOD-TYPE>                   3-MOS                   YEAR
<FISCAL-YEAR-END>                          DEC-31-1996             DEC-31-1995
<PERIOD-START>                             JUL-01-1996             JAN-01-1995
<PERIOD-END>                               SEP-30-1996             DEC-31-1995
<CASH>                                              10                      20
<BONDS>                                                                     40
<SALES>                                             30
"""


def facts_of(text: str, identity: Identity | None = None) -> list[Fact]:
    return [fact for made in read(text.split("\n"), identity=identity) for fact in made.facts]


def told(facts: Sequence[Fact]) -> dict[str, tuple[str, str, int]]:
    return {fact.label: (str(fact.value), fact.unit, fact.scale) for fact in facts}


def test_values_units_and_scales() -> None:
    assert told(facts_of(ONE)) == {
        "CASH": ("3950", "USD", 1000),
        "RECEIVABLES": ("402386", "USD", 1000),
        "ALLOWANCES": ("-2216", "USD", 1000),
        "PP&E": ("8346", "USD", 1000),
        "TOTAL-REVENUES": ("115101", "USD", 1000),
        "NET-INCOME": ("-17000", "USD", 1000),
        "EPS-PRIMARY": ("-0.52", "USD/share", 1),
        "EPS-DILUTED": ("0.00", "USD/share", 1),
    }


def test_tables_rows_and_spots() -> None:
    made = read(ONE.split("\n"), 41, number=7, part=2)[0]
    assert (made.table.number, made.table.part, made.table.kind, made.table.title) == (7, 2, "schedule", "EX-27")
    assert made.problems == ()
    receivables = made.facts[1]
    assert receivables.concept == "EX-27:RECEIVABLES"
    assert receivables.row.notes == ("F1",)
    assert receivables.spot.line == 51
    for fact in made.facts:
        assert ONE.split("\n")[fact.spot.line - 41][fact.spot.start : fact.spot.end] == fact.text


def test_balances_are_instants_and_flows_durations() -> None:
    periods = {fact.label: fact.period for fact in facts_of(ONE)}
    end = date(1995, 9, 30)
    assert periods["CASH"] == Period(end)
    assert periods["NET-INCOME"] == periods["EPS-PRIMARY"] == Period(end, 9)


def test_two_columns_and_blank_cells() -> None:
    made = {(fact.label, fact.column.number): (fact.value, fact.period) for fact in facts_of(TWO)}
    assert made == {
        ("CASH", 0): (Decimal(10), Period(date(1996, 9, 30))),
        ("CASH", 1): (Decimal(20), Period(date(1995, 12, 31))),
        ("BONDS", 1): (Decimal(40), Period(date(1995, 12, 31))),
        ("SALES", 0): (Decimal(30), Period(date(1996, 9, 30), 3)),
    }


def test_two_schedules_in_one_document() -> None:
    made = read((ONE + ONE.replace("SEP-30-1995", "JUN-30-1995").replace("9-MOS", "6-MOS")).split("\n"), number=3)
    assert [schedule.table.number for schedule in made] == [3, 4]
    assert [schedule.facts[0].period for schedule in made] == [Period(date(1995, 9, 30)), Period(date(1995, 6, 30))]


def head(kind: str, end: str, fiscal: str = "DEC-31-1995", start: str = "") -> str:
    lines = [f"<PERIOD-TYPE> {kind}", f"<FISCAL-YEAR-END> {fiscal}", f"<PERIOD-END> {end}"]
    lines += [f"<PERIOD-START> {start}"] if start else []
    return "\n".join(["<ARTICLE> 5", "<MULTIPLIER> 1", *lines, "<NET-INCOME> 1"])


@pytest.mark.parametrize(
    ("text", "report", "period"),
    [
        (head("3-MOS", "SEP-30-1995"), None, Period(date(1995, 9, 30), 3)),
        (head("YEAR", "DEC-31-1995"), None, Period(date(1995, 12, 31), 12)),
        (head("12-MOS", "DEC-31-1995"), None, Period(date(1995, 12, 31), 12)),
        (head("9-mos", "Sep-30-1995"), None, Period(date(1995, 9, 30), 9)),
        (head("QTR-2", "JUN-30-1995"), None, Period(date(1995, 6, 30), 3)),
        (head("6-MOS", "06/30/95"), None, Period(date(1995, 6, 30), 6)),
        # The fiscal year's end is that of the last year, or of this one: it never dates the schedule.
        (head("3-MOS", "MAR-31-1996"), date(1996, 3, 31), Period(date(1996, 3, 31), 3)),
        (head("9-MOS", "SEP-30-1994", "DEC-31-1994"), date(1995, 9, 30), Period(date(1994, 9, 30), 9)),
        # A printed start outweighs the type, and counts the months of an `OTHER` one.
        (head("3-MOS", "JUL-31-1999", start="JAN-31-1999"), None, Period(date(1999, 7, 31), 6)),
        (head("OTHER", "MAR-31-1996", start="NOV-01-1995"), None, Period(date(1996, 3, 31), 5)),
        # Dates in each other's place.
        (head("9-MOS", "JAN-01-1995", start="SEP-30-1995"), None, Period(date(1995, 9, 30), 9)),
        (head("9-MOS", "DEC-31-1995", "SEP-30-1995"), date(1995, 9, 30), Period(date(1995, 9, 30), 9)),
        (head("3-MOS", "JAN-30-2000", "FEB-03-2001"), date(2000, 4, 29), Period(date(2000, 4, 29), 3)),
        (head("3-MOS", "JUL-01-1995"), date(1995, 9, 30), Period(date(1995, 9, 30), 3)),
        # A restated schedule of an earlier quarter keeps its own dates.
        (head("3-MOS", "MAR-31-1995"), date(1995, 6, 30), Period(date(1995, 3, 31), 3)),
        # No end at all.
        (head("9-MOS", ""), date(1995, 9, 30), Period(date(1995, 9, 30), 9)),
        (head("YEAR", ""), None, Period(date(1995, 12, 31), 12)),
        (head("9-MOS", ""), None, None),
        # A day that the month does not have.
        (head("YEAR", "FEB-29-1995"), None, Period(date(1995, 2, 28), 12)),
    ],
)
def test_periods(text: str, report: date | None, period: Period | None) -> None:
    assert [fact.period for fact in facts_of(text, Identity(period_end=report))] == [period]


def test_doubtful_dates_are_told() -> None:
    text = head("9-MOS", "DEC-31-1995", "SEP-30-1995")
    (made,) = read(text.split("\n"), identity=Identity(period_end=date(1995, 9, 30)))
    assert "swapped" in made.problems[0].message
    assert made.facts[0].trace[0] == "schedule.fiscal-year-end-and-end-swapped"


@pytest.mark.parametrize(
    ("line", "scale", "problems"),
    [
        ("<MULTIPLIER> 1,000", 1000, 0),
        ("<MULTIPLIER> 1000", 1000, 0),
        ("<MULTIPLIER> 1,000,000", 1_000_000, 0),
        ("<MULTIPLIER> THOUSANDS", 1000, 0),
        ("<MULTIPLIER> 1", 1, 0),
        ("<MULTIPLIER> none", 1, 1),
        ("", 1, 1),
    ],
)
def test_multipliers(line: str, scale: int, problems: int) -> None:
    (made,) = read(ONE.replace("<MULTIPLIER> 1,000", line).split("\n"))
    assert made.facts[0].scale == scale
    assert made.facts[-1].scale == 1
    assert len(made.problems) == problems


def test_a_multiplier_that_is_not_stated_is_that_of_the_tables() -> None:
    beside = facts_of(ONE)
    bare = ONE.replace("<MULTIPLIER> 1,000\n", "")
    (made,) = read(bare.split("\n"), beside=beside)
    assert told(made.facts) == told(beside)
    assert "1,000 is the scale" in made.problems[0].message
    assert made.facts[0].trace[-1] == "schedule.multiplier-from-tables"
    # Two figures are not enough to tell.
    (alone,) = read(bare.split("\n"), beside=beside[:2])
    assert {fact.scale for fact in alone.facts} == {1}
    # A multiplier that is stated stands.
    (stated,) = read(ONE.replace("1,000", "1", 1).split("\n"), beside=beside)
    assert {fact.scale for fact in stated.facts} == {1}


@pytest.mark.parametrize(
    ("printed", "unit"), [("U.S. DOLLARS", "USD"), ("Canadian Dollars", "CAD"), ("", "USD"), ("COWRIES", "XXX")]
)
def test_currencies(printed: str, unit: str) -> None:
    made = facts_of(ONE.replace("<MULTIPLIER>", f"<CURRENCY> {printed}\n<EXCHANGE-RATE> 1.5\n<MULTIPLIER>"))
    assert {fact.unit for fact in made} == {unit, f"{unit}/share"}
    assert len(made) == 8


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("EXAMPLE MINING CORP.", None),
        ("Example Mining of Delaware, Inc.", "Example Mining of Delaware, Inc."),
        ("THE ZINC COMPANY", "THE ZINC COMPANY"),
    ],
)
def test_whose_schedule(name: str, entity: str | None) -> None:
    identity = Identity(company="EXAMPLE MINING CO /DE/")
    made = facts_of(ONE.replace("<MULTIPLIER>", f"<NAME> {name}\n<MULTIPLIER>"), identity)
    assert {fact.entity for fact in made} == {entity}


OTHER_ARTICLES = """<ARTICLE> {article}
<MULTIPLIER> 1,000
<PERIOD-TYPE> 6-MOS
<PERIOD-END> JUN-30-1997
<{tag}> 5
"""


@pytest.mark.parametrize(
    ("article", "tag", "unit", "scale", "period"),
    [
        ("7", "POLICY-LOSSES", "USD", 1000, Period(date(1997, 6, 30))),
        ("7", "PREMIUMS", "USD", 1000, Period(date(1997, 6, 30), 6)),
        ("7", "RESERVE-OPEN", "USD", 1000, Period(date(1996, 12, 31))),
        ("9", "INT-BEARING-DEPOSITS", "USD", 1000, Period(date(1997, 6, 30))),
        ("9", "LOAN-LOSSES", "USD", 1000, Period(date(1997, 6, 30), 6)),
        ("9", "YIELD-ACTUAL", "%", 1, Period(date(1997, 6, 30), 6)),
        ("UT", "TOTAL-NET-UTILITY-PLANT", "USD", 1000, Period(date(1997, 6, 30))),
        ("UT", "GROSS-OPERATING-REVENUE", "USD", 1000, Period(date(1997, 6, 30), 6)),
        ("BD", "TRADING-REVENUE", "USD", 1000, Period(date(1997, 6, 30), 6)),
        ("CT", "TOTAL-ASSETS", "USD", 1000, Period(date(1997, 6, 30))),
        ("6", "PER-SHARE-NAV-END", "USD/share", 1, Period(date(1997, 6, 30))),
        ("6", "NUMBER-OF-SHARES-SOLD", "shares", 1000, Period(date(1997, 6, 30), 6)),
    ],
)
def test_other_articles(article: str, tag: str, unit: str, scale: int, period: Period) -> None:
    (fact,) = facts_of(OTHER_ARTICLES.format(article=article, tag=tag))
    assert (fact.unit, fact.scale, fact.period) == (unit, scale, period)
    assert fact.table.caption == f"Article {article}"


def test_an_unknown_tag_is_of_the_kind_of_the_one_before() -> None:
    made = facts_of(ONE.replace("<NET-INCOME>  ", "<SOMETHING>   "))
    something = next(fact for fact in made if fact.label == "SOMETHING")
    assert something.period == Period(date(1995, 9, 30), 9)
    assert something.trace[-1] == "schedule.unknown-tag-as-the-one-before"


def test_what_cannot_be_placed_is_a_problem() -> None:
    (made,) = read((ONE + "<SALES> 1 2 3\n").split("\n"))
    assert [(problem.line, "SALES" in problem.message) for problem in made.problems] == [(21, True)]


@pytest.mark.parametrize(
    "text", ["", "<ARTICLE>", "<CASH>", "<CASH> N/A", "<" * 500, "<PERIOD-END> XXX-99-9999\n<CASH> 1"]
)
def test_bad_schedules_do_not_raise(text: str) -> None:
    read(text.split("\n"))


def test_the_corpus_schedules(shared: Path) -> None:
    folder = shared / "corpus" / "submissions"
    if not folder.is_dir():
        pytest.skip(f"no submissions in {folder}")
    seen = 0
    for path in sorted(folder.iterdir()):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        submission = split(lines)
        for part in submission.parts:
            if part.kind != SCHEDULE:
                continue
            (made,) = read(lines[part.first - 1 : part.last], part.first, identity=submission.identity)
            seen += 1
            assert len(made.facts) >= 15, path.name
            assert all(fact.period and fact.period.end == submission.identity.period_end for fact in made.facts), (
                path.name
            )
            for fact in made.facts:
                assert lines[fact.spot.line - 1][fact.spot.start : fact.spot.end] == fact.text
    assert seen == 28
