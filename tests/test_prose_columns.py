"""Sentences over tables that set the mines side by side."""

from __future__ import annotations

import pytest

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


ROWS = """
                  HIGHPLAIN URANIUM CORP. REPORTS THIRD QUARTER

     SASKATOON - Cash costs at Athol Lake were $22.13 per pound for the quarter
and $21.84 per pound year to date. Athol Lake produced 1,489,600 pounds in the
third quarter of 2011.

     For the year to date, production was 7,402,118 pounds. Cash costs ranged
from $22.13 per pound at Athol Lake to $26.13 per pound at Red Butte.

                              OPERATING DATA

                             Three months ended        Nine months ended
                                September 30              September 30
                              2011        2010          2011        2010
Uranium produced (pounds)
  Athol Lake             1,489,600   1,512,004     4,301,004   4,412,118
  Red Butte              1,085,697   1,149,527     3,101,114   3,204,412
  Total                  2,575,297   2,661,531     7,402,118   7,616,530
Cash cost per pound sold
  Athol Lake                $22.13      $21.77        $21.84      $19.01
  Red Butte                 $26.13      $20.68        $24.18      $24.42
"""


def test_mines_that_only_rows_name_are_told_apart() -> None:
    claims = run(read(ROWS.encode("ascii"), "release.txt")).claims
    assert "breaks" not in {claim.verdict for claim in claims}
    tied = {(claim.number, fact.label) for claim in claims for fact in claim.operands}
    assert tied >= {("$22.13", "Athol Lake"), ("1,489,600", "Athol Lake")}
    assert ("$26.13", "Athol Lake") not in tied


def test_another_mine_s_figure_is_no_figure_of_this_one() -> None:
    wrong = ROWS.replace("Lake produced 1,489,600", "Lake produced 1,085,697")
    claims = {claim.number: claim for claim in run(read(wrong.encode("ascii"), "release.txt")).claims}
    assert claims["1,085,697"].verdict == "breaks"
    assert [fact.text for fact in claims["1,085,697"].operands] == ["1,489,600"]


RAND = """
                  GOUDRIF MYNBOU BEPERK
                  Report for the quarter ended 30 September 2004

     Gold produced rose to 7 476,8 kg in the quarter from 7 100,2 kg in the same
quarter of 2003. Revenue in the quarter was R1 012,4 million. The mine milled
1 234 567 tonnes, and earnings were 125,8 cents per share.

                         Quarter ended      Quarter ended
                          30.09.2004          30.09.2003
Gold produced (kg)          7 476,8             7 100,2
Ore milled (tonnes)       1 234 567           1 204 311
Revenue (R million)         1 012,4               980,7
Earnings per share (cents)    125,8               142,0
"""


def test_numbers_of_a_document_with_decimal_commas_are_heard_as_it_prints_them() -> None:
    claims = run(read(RAND.encode("ascii"), "release.txt")).claims
    assert [(claim.number, [fact.text for fact in claim.operands]) for claim in claims] == [
        ("7 476,8", ["7 476,8"]),
        ("7 100,2", ["7 100,2"]),
        ("R1 012,4 million", ["1 012,4"]),
        ("1 234 567", ["1 234 567"]),
        ("125,8 cents", ["125,8"]),
    ]


PARTS = """
                  LARKSPUR SYSTEMS CORP. REPORTS FIRST QUARTER

     Revenues were $20.9 million in the first quarter of 1998.

                            RESULTS OF SEGMENTS
                               (in thousands)

                         Three months ended March 31, 1998
                             Meters        Pumps
Revenues                   $  12,310     $  8,590
Cost of revenues               7,120        5,480
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PARTS, "untied"),
        (PARTS.replace("12,310", " 8,590"), "breaks"),
    ],
)
def test_a_figure_of_one_of_several_columns_contradicts_nobody(text: str, said: str) -> None:
    claims = {claim.number: claim.verdict for claim in run(read(text.encode("ascii"), "release.txt")).claims}
    assert claims == {"$20.9 million": said}


def test_a_column_called_group_speaks_for_the_company() -> None:
    assert ties(RELEASE.replace("Total\n", "Group\n"))["42,310"] == [("42,310", "Group")]


UNDER_ROWS = """
                  SIERRA ALTA SILVER CORP. REPORTS FIRST QUARTER

     In the first quarter of 2016, San Rafael produced 1,050,300 ounces of silver at a
cash cost of $4.87 per ounce, while Las Palmas produced 570,100 ounces at $8.42 per ounce.

                              OPERATING DATA

                                          Three months ended March 31,
                                               2016          2015
Silver ounces produced                    1,620,400     1,511,250
  San Rafael                              1,050,300       962,100
  Las Palmas                                570,100       549,150
Cash cost per payable silver ounce            $6.12         $8.87
  San Rafael                                  $4.87         $7.32
  Las Palmas                                  $8.42        $11.60
"""


def test_mines_that_stand_under_rows_of_figures_are_told_apart() -> None:
    book = read(UNDER_ROWS.encode("ascii"), "release.txt")
    assert {fact.unit for fact in book.facts if fact.row.number > 2} == {"USD/oz"}
    found = {claim.number: [(fact.row.label, fact.unit) for fact in claim.operands] for claim in run(book).claims}
    assert found == {
        "1,050,300": [("San Rafael", "oz")],
        "$4.87": [("San Rafael", "USD/oz")],
        "570,100": [("Las Palmas", "oz")],
        "$8.42": [("Las Palmas", "USD/oz")],
    }
    broken = read(UNDER_ROWS.replace("cost of $4.87", "cost of $5.12").encode("ascii"), "release.txt")
    assert [(finding.code, finding.printed) for finding in run(broken).findings] == [("PR01", "5.12")]


OF_MINES = """
                        GOLDEN PLATEAU MINES LIMITED

     In the third quarter of 1997 gold production was 61,300 ounces. At the Plateau Mine, 31,200
ounces were produced at a cash cost of $241 an ounce. The Ridge Mine contributed 30,100 ounces at
$215 an ounce.

                              PRODUCTION

                                Three months ended September 30
                                       1997       1996
Plateau Mine
  Gold produced (ounces)             31,200     32,420
  Cash cost per ounce                  $241       $230
Ridge Mine
  Gold produced (ounces)             30,100     31,430
  Cash cost per ounce                  $215       $208
Total
  Gold produced (ounces)             61,300     63,850
  Cash cost per ounce                  $228       $219
"""


def test_a_mine_called_after_the_company_and_ounces_that_a_mine_contributed() -> None:
    claims = run(read(OF_MINES.encode("ascii"), "release.txt")).claims
    assert {claim.number: [fact.row.entity for fact in claim.operands] for claim in claims} == {
        "61,300": ["Total"],
        "31,200": ["Plateau Mine"],
        "$241": ["Plateau Mine"],
        "30,100": ["Ridge Mine"],
        "$215": ["Ridge Mine"],
    }


SEGMENTS = """
                  HALVARD EQUIPMENT CORP. REPORTS SECOND QUARTER

     OSLO, Minn. - For the second quarter of 2012, net income was $9.4 million or $0.24
and $0.23 per basic and diluted share, respectively. Adjusted earnings per share of
$0.27 were up 8% over the prior year, with earnings per share of $0.24. Lifts segment
sales increased 26.4% to $615.0 million. Pump sales were $104.2 million. Cash on hand
was $61.7 million at June 30, 2012.

                            STATEMENTS OF INCOME
                   (in millions, except per share amounts)

                                         Three months ended
                                              June 30,
                                           2012      2011
Net sales                                $719.2    $588.8
Net income                                 $9.4      $8.9
Net income per share
  Basic                                   $0.24     $0.23
  Diluted                                 $0.23     $0.22
Adjusted earnings per share (non-GAAP)    $0.27     $0.25

                              BALANCE SHEETS
                               (in millions)

                                          June 30,  December 31,
                                             2012          2011
Cash and cash equivalents                   $61.7         $54.0

                            SEGMENT INFORMATION
                               (in millions)

                      Three months ended               Three months ended
                        June 30, 2012                    June 30, 2011
               External     Inter-       Net    External     Inter-       Net
               customers   segment     sales   customers   segment     sales
Lifts             $614.6      $0.4    $615.0      $486.2      $0.4    $486.6
Pumps              104.6        --     104.6       102.2       0.4     102.6
"""


def test_where_the_segments_are_rows_columns_that_are_called_as_measures_are_measures() -> None:
    claims = {claim.number: claim for claim in run(read(SEGMENTS.encode("ascii"), "release.txt")).claims}
    assert [fact.text for fact in claims["$615.0 million"].operands] == ["$615.0"]
    assert [fact.text for fact in claims["26.4%"].operands] == ["$615.0", "$486.6"]
    wrong = claims["$104.2 million"]
    assert (wrong.verdict, [fact.text for fact in wrong.operands]) == ("breaks", ["104.6"])


def test_shares_of_two_kinds_the_adjusted_amount_and_what_stands_beside_it() -> None:
    found = [
        (claim.number, [fact.label for fact in claim.operands])
        for claim in run(read(SEGMENTS.encode("ascii"), "release.txt")).claims
    ]
    assert [each for each in found if each[0].startswith("$0")] == [
        ("$0.24", ["Basic"]),
        ("$0.23", ["Diluted"]),
        ("$0.27", ["Adjusted earnings per share (non-GAAP)"]),
        ("$0.24", ["Basic"]),
    ]
    assert ("$61.7 million", ["Cash and cash equivalents"]) in found
