"""A quarterly report as Australian mines file it: mines by turns under short headings, money with a small m, the quarter
before beside this one, and half-years."""

from __future__ import annotations

from datetime import date

import pytest

from orebook.check import run
from orebook.pipeline import read

REPORT = """
KOOKABURRA GOLD NL
ABN 12 345 678 901

QUARTERLY REPORT FOR THE THREE MONTHS ENDED 31 DECEMBER 2006

*  Gold production of 41,203oz at a cash cost of A$412/oz.
*  Half-year production of 80,158oz, up 6% on the previous corresponding period.
*  Revenue of A$31.2m at an average realised price of A$761/oz.

Mt Wallaby (100%)

Recovery improved to 93.1% from 92.4%. Cash costs decreased by A$18/oz to A$398/oz due to the
higher grade.

Red Gum (70%)

Kookaburra's share of production was 10,022oz at a cash cost of A$455/oz, compared with 9,870oz at
A$476/oz in the September quarter.

PRODUCTION SUMMARY                    Dec Qtr      Sep Qtr     Half-year    Half-year
                                         2006         2006          2006         2005
Mt Wallaby
  Recovery (%)                           93.1         92.4          92.8         92.0
  Gold produced (oz)                   31,181       29,085        60,266       55,870
  Cash cost (A$/oz)                       398          416           407          421
Red Gum (70%)
  Gold produced (oz)                   10,022        9,870        19,892       19,751
  Cash cost (A$/oz)                       455          476           465          460
Group
  Gold produced (oz)                   41,203       38,955        80,158       75,621
  Cash cost (A$/oz)                       412          431           421          431
  Average price (A$/oz)                   761          748           755          602
  Revenue (A$m)                          31.2         29.3          60.6         45.4
"""


def claims(text: str) -> dict[str, str]:
    return {claim.number: claim.verdict for claim in run(read(text.encode("ascii"), "report.txt")).claims}


def test_half_years_end_with_the_last_quarter_beside_them() -> None:
    columns = {fact.column.heading: fact.period for fact in read(REPORT.encode("ascii"), "report.txt").facts}
    assert [(period.end, period.months) for period in columns.values() if period] == [
        (date(2006, 12, 31), 3),
        (date(2006, 9, 30), 3),
        (date(2006, 12, 31), 6),
        (date(2005, 12, 31), 6),
    ]


def test_a_half_year_whose_first_half_a_quarter_closes_ends_with_that() -> None:
    text = REPORT.replace("Dec Qtr", "Jun Qtr").replace("Sep Qtr", "Mar Qtr")
    ends = [fact.period.end for fact in read(text.encode("ascii"), "report.txt").facts[:4] if fact.period]
    assert ends == [date(2006, 6, 30), date(2006, 3, 31), date(2006, 6, 30), date(2005, 6, 30)]


def test_every_number_ties() -> None:
    found = claims(REPORT)
    assert set(found.values()) == {"ties", "ties-within-rounding"}
    assert len(found) == 14


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # Of Red Gum's, and not of the company's 412.
        ("a cash cost of A$455", "a cash cost of A$445", "breaks"),
        ("Revenue of A$31.2m", "Revenue of A$13.2m", "breaks"),
        # The quarter a year before is not printed, and may be meant.
        ("from 92.4%", "from 91.9%", "untied"),
        ("decreased by A$18/oz", "decreased by A$25/oz", "untied"),
    ],
)
def test_another_number_breaks_where_there_is_no_doubt(old: str, new: str, said: str) -> None:
    found = claims(REPORT.replace(old, new))
    number = new.rsplit(maxsplit=1)[-1]
    assert found[number.removesuffix("/oz")] == said


KILOGRAMS = """
VAALKRANS GOLD MINING COMPANY LIMITED

REPORT FOR THE QUARTER ENDED 30 JUNE 1999

Gold production for the quarter increased by 4% to 6 512 kg (209 367 ounces) from 6 261 kg in the
March quarter. Cash operating costs rose 2% to R46 210 per kilogram (US$236 per ounce).
Net profit after taxation amounted to R98,4 million (March quarter: R85,1 million), equal to 41 cents
per share compared with 35 cents per share. Capital expenditure was R27,3 million.

                                       Quarter      Quarter    Six months
                                         ended        ended         ended
                                       30 June     31 March       30 June
                                          1999         1999          1999
OPERATING RESULTS
Ore milled                (t000)         1 102        1 081         2 183
Yield                     (g/t)           5,91         5,79          5,85
Gold produced             (kg)           6 512        6 261        12 773
Cash operating costs      (R/kg)        46 210       45 304        45 766
                          (US$/oz)         236          229           232
FINANCIAL RESULTS (R million)
Cash operating costs                     300,9        283,6         584,5
Profit after taxation                     98,4         85,1         183,5
Capital expenditure                       27,3         31,0          58,3
Earnings per share (cents)                  41           35            76
"""


def test_kilograms_rand_and_decimal_commas_tie() -> None:
    found = claims(KILOGRAMS)
    assert len(found) == 12
    assert set(found.values()) == {"ties", "ties-within-rounding"}


def test_thousands_of_tonnes_are_counted_so() -> None:
    book = read(KILOGRAMS.encode("ascii"), "report.txt")
    assert [(fact.unit, fact.scale) for fact in book.facts[:1]] == [("tonne", 1000)]


def test_a_sentence_that_tells_an_amount_is_no_title() -> None:
    assert [table.title for table in read(KILOGRAMS.encode("ascii"), "report.txt").tables] == [""]


def test_a_cost_per_kilogram_is_the_cost_over_the_kilograms() -> None:
    text = KILOGRAMS.replace("46 210", "47 210").encode("ascii")
    found = [(finding.code, finding.printed) for finding in run(read(text, "report.txt")).findings]
    assert ("UC07", "47210") in found


PENCE = """
NORTHERN LIGHTS ZINC PLC
PRELIMINARY RESULTS FOR THE YEAR ENDED 31 MARCH 2008

Turnover rose by 8.4% to £112.6m (2007: £103.9m). Basic earnings per share were 14.2p (2007: 12.3p).

CONSOLIDATED INCOME STATEMENT
for the year ended 31 March 2008
                                                     2008        2007
                                                    £'000       £'000
Revenue                                           112,604     103,880
Profit for the year                                14,232      12,310

Earnings per share (pence)
Basic                                               14.2p       12.3p
Diluted                                              14.0        12.1
"""


def test_pence_tie() -> None:
    book = read(PENCE.encode(), "report.txt")
    units = [(fact.row.label, fact.unit, fact.scale) for fact in book.facts[::2]]
    assert units == [
        ("Revenue", "GBP", 1000),
        ("Profit for the year", "GBP", 1000),
        ("Basic", "cents/share", 1),
        ("Diluted", "cents/share", 1),
    ]
    assert [claim.verdict for claim in run(book).claims if claim.verdict == "untied"] == []


HIGHLIGHTS = """
Tumbleweed Gold Corp.

Tumbleweed Gold Corp. reports results for the second quarter ended June 30, 2013.

- Adjusted net earnings of $11.6 million ($0.09 per share). Net loss of $43.2 million ($0.33 per share).
- Cash balance of $88.3 million, down from $96.1 million at March 31.

Table 1: Operating and financial results

                                         Q2 2013    Q1 2013    Q2 2012    H1 2013    H1 2012
Revenue ($ millions)                        67.7       70.0       59.9      137.7      121.8
Impairment ($ millions)                     54.8        --         --        54.8        --
Exploration ($ millions)                     4.1        3.3        2.8        7.4        6.1
Net earnings (loss) ($ millions)           (43.2)      14.9       12.1      (28.3)      25.6
  per share ($)                            (0.33)      0.11       0.09      (0.22)      0.20
Adjusted net earnings ($ millions)          11.6       14.9       12.1       26.5       25.6
  per share ($)                             0.09       0.11       0.09       0.20       0.20
Cash and cash equivalents ($ millions)      88.3       96.1      101.7       88.3      101.7
"""


def test_amounts_per_share_under_their_row_and_days_without_a_year_tie() -> None:
    checked = run(read(HIGHLIGHTS.encode("ascii"), "report.txt"))
    assert {claim.number: [fact.row.line for fact in claim.operands] for claim in checked.claims} == {
        "$11.6 million": [17],
        "$0.09": [18],
        "$43.2 million": [15],
        "$0.33": [16],
        "$88.3 million": [19],
        "$96.1 million": [19],
    }
    assert {claim.verdict for claim in checked.claims} <= {"ties", "ties-within-rounding"}


def test_a_lone_balance_among_flows_is_of_a_day_and_is_not_added_up() -> None:
    book = read(HIGHLIGHTS.encode("ascii"), "report.txt")
    assert {fact.period.months for fact in book.facts if fact.row.line == 19 and fact.period} == {None}
    assert run(book).findings == ()
