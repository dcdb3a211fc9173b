"""Sentences over tables that set the mines side by side."""

from __future__ import annotations

from orebook.check import run
from orebook.pipeline import read

RELEASE = """
                  STONEFIELD METALS CORP. REPORTS FIRST QUARTER

     RENO, Nev. - Gold production of Stonefield Metals Corp. was 42,310 ounces in
the first quarter of 1998, at a total cash cost of $241 per ounce. At Iron Horse
the total cash cost was $252 per ounce in the first quarter of 1998.

                              OPERATING DATA

                         Three months ended March 31, 1998
                         Coyote   Iron
                         Creek    Horse    Total
Gold ounces produced     30,210  12,100   42,310
Cost per ounce:
  Cash operating cost      $228    $243     $232
  Royalties and taxes         9       9        9
  Total cash cost          $237    $252     $241
"""


def ties(text: str) -> dict[str, list[tuple[str, str]]]:
    book = read(text.encode("ascii"), "release.txt")
    claims = run(book).claims
    return {claim.number: [(fact.text, fact.column.heading.split()[-1]) for fact in claim.operands] for claim in claims}


def test_the_total_column_speaks_for_the_company_and_a_mine_s_column_for_the_mine() -> None:
    assert ties(RELEASE) == {
        "42,310": [("42,310", "Total")],
        "$241": [("$241", "Total")],
        "$252": [("$252", "Horse")],
    }


def test_a_mine_s_cost_is_not_the_company_s() -> None:
    assert ties(RELEASE.replace("cost of $241", "cost of $237"))["$237"] == []


def test_another_cost_than_the_named_mine_s_is_a_break() -> None:
    text = RELEASE.replace("cost was $252", "cost was $237")
    assert ties(text)["$237"] == [("$252", "Horse")]
    found = run(read(text.encode("ascii"), "release.txt")).findings
    assert [(finding.code, finding.grade) for finding in found] == [("PR01", "break")]


MEASURES = """
                  STONEFIELD METALS CORP. REPORTS FIRST QUARTER

     RENO, Nev. - Gold production of Stonefield Metals Corp. was 42,310 ounces in
the first quarter of 1998, at a cash cost of $232 per ounce. Coyote Creek and Iron
Horse produced 30,210 and 12,100 ounces at cash costs of $228 and $243 per ounce,
respectively.

FIRST QUARTER 1998 PRODUCTION BY MINE

                         Gold        Silver      Cash cost
                        ounces       ounces      per ounce
Coyote Creek            30,210       11,204          $228
Iron Horse              12,100        3,118           243
Total                   42,310       14,322          $232
"""


def measured(text: str) -> dict[str, list[tuple[str, str]]]:
    claims = run(read(text.encode("ascii"), "release.txt")).claims
    return {claim.number: [(fact.text, fact.label) for fact in claim.operands] for claim in claims}


def test_where_the_mines_are_rows_each_column_is_a_measure() -> None:
    assert measured(MEASURES) == {
        "42,310": [("42,310", "Total")],
        "$232": [("$232", "Total")],
        "30,210": [("30,210", "Coyote Creek")],
        "12,100": [("12,100", "Iron Horse")],
        "$228": [("$228", "Coyote Creek")],
        "$243": [("243", "Iron Horse")],
    }


def test_where_the_mines_are_rows_a_wrong_cost_does_not_tie() -> None:
    assert measured(MEASURES.replace("of $228 and", "of $282 and"))["$282"] != [("$228", "Iron Horse")]
    assert measured(MEASURES.replace("was 42,310", "was 14,322"))["14,322"] != [("14,322", "Total")]
