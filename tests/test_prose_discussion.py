"""Management's discussion of a quarter: ratios told as percentages, of two periods, of the total; what moved since year end."""

from __future__ import annotations

import pytest

from orebook.check import run
from orebook.pipeline import read

REPORT = """
                 TARLOW INSTRUMENTS CORPORATION

ITEM 2.  MANAGEMENT'S DISCUSSION AND ANALYSIS

     Gross profit as a percentage of net sales was 39.0% and 38.5% for the quarter and six months
ended June 30, 1997, respectively, as compared to 38.5% and 38.2% in the prior year periods. SG&A
was 24.1% of sales this quarter against 24.5% last year. Research and development expense was
5.1% of net sales.

     Sales outside the United States were up 5.2% at $36.8 million and accounted for 37.4% of the
total.

     Operations provided $12.6 million of cash in the first half of 1997, versus a use of $.8
million in the first half of 1996. Working capital improved by $3.6 million since year end to
$66.8 million. The Company had cash of $12.2 million and long-term debt of $45.0 million,
compared with $9.0 million and $50.0 million, respectively, at the prior year-end.

                       CONSOLIDATED STATEMENTS OF INCOME
                 (in thousands, except per share amounts)

                                   Three months ended        Six months ended
                                        June 30,                 June 30,
                                     1997       1996         1997       1996
                                  -------    -------     --------   --------
Net sales                         $98,420    $90,510     $190,122   $178,004
Cost of sales                      60,036     55,664      116,925    110,012
                                  -------    -------     --------   --------
Gross profit                       38,384     34,846       73,197     67,992
Selling, general and
  administrative                   23,712     22,205       46,102     44,008
Research and development            5,020      4,620        9,800      9,102
Restructuring                          --      2,800           --      4,900
                                  -------    -------     --------   --------
Operating income                    9,652      5,221       17,295      9,982
Interest expense                    1,108      1,402        2,310      2,804
Other (income) expense, net           120        (21)          65       (662)
                                  -------    -------     --------   --------
Income before income taxes          8,424      3,840       14,920      7,840
Income taxes                        3,117      1,440        5,520      2,940
                                  -------    -------     --------   --------
Net income                        $ 5,307    $ 2,400     $  9,400   $  4,900
                                  =======    =======     ========   ========
Net income per share              $   .40    $   .18     $    .71   $    .37
                                  =======    =======     ========   ========

                          CONSOLIDATED BALANCE SHEETS
                                (in thousands)

                                                June 30,    December 31,
                                                  1997          1996
                                                --------      --------
Current assets:
  Cash                                          $ 12,204      $  9,014
  Receivables                                     62,310        64,120
  Inventories                                     40,002        44,410
                                                --------      --------
    Total current assets                         114,516       117,544
Property, plant and equipment, net                80,014        79,102
                                                --------      --------
                                                $194,530      $196,646
                                                ========      ========
Current liabilities:
  Accounts payable                              $ 30,110      $ 33,320
  Accrued liabilities                             17,606        21,024
                                                --------      --------
    Total current liabilities                     47,716        54,344
Long-term debt                                    45,000        50,000
Other liabilities                                  1,504         1,392
Stockholders' equity                             100,310        90,910
                                                --------      --------
                                                $194,530      $196,646
                                                ========      ========

                    CONSOLIDATED STATEMENTS OF CASH FLOWS
                               (in thousands)

                                               Six months ended June 30,
                                                   1997          1996
                                                 -------       -------
Net income                                       $ 9,400       $ 4,900
Depreciation                                       5,290         5,010
Change in working capital                         (2,090)      (10,710)
                                                 -------       -------
Net cash provided by (used in)
  operating activities                            12,600          (800)
Additions to property, plant and equipment        (6,202)       (8,004)
Repayment of long-term debt                       (5,000)           --
Other                                              1,792         2,104
                                                 -------       -------
Increase (decrease) in cash                      $ 3,190       $(6,700)
                                                 =======       =======

NOTE 4 - GEOGRAPHIC INFORMATION
Net sales by destination were as follows (in thousands):

                              Three months ended        Six months ended
                                   June 30,                 June 30,
                                1997       1996         1997       1996
United States                $61,602    $55,498     $119,004   $110,120
Outside the United States     36,818     35,012       71,118     67,884
                             -------    -------     --------   --------
                             $98,420    $90,510     $190,122   $178,004
"""


def rests_on(text: str) -> list[tuple[str, str]]:
    """Each number of the text, and the figures that it rests on, as printed."""
    claims = run(read(text.encode("ascii"), "report.txt")).claims
    return [(claim.number, " ".join(fact.text.strip(" $") for fact in claim.operands)) for claim in claims]


DIVISIONS = """
                    QUORRA ENERGY AND MINERALS PLC
                   Results for the third quarter of 2006

Group sales in the third quarter of 2006 came to $214.2 million (2005: $188.0 million), up 14 per cent. The
coal division contributed $131.0 million (2005: $118.5 million), or 61 per cent of the group's sales, and the
phosphate division the remaining $83.2 million.

EBITDA of $58.9 million was $9.4 million better than the $49.5 million of the third quarter of 2005, and the
EBITDA margin widened to 27.5% from 26.3%. After depreciation of $14.1 million and interest of $5.2 million,
profit before tax reached $39.6 million, 34% more than in 2005. Tax took $11.9 million, an effective rate of
30%, leaving a net profit of $27.7 million, equal to 23.1 cents a share (2005: 17.2 cents).

Coal sales volumes rose by 0.2 million tonnes to 2.9 million tonnes while the average price per tonne improved
by $1.28 to $45.17. Phosphate production, at 1,042,000 tonnes, was 3% lower than the 1,074,000 tonnes of the
year-ago quarter; unit costs went up to $61.40 per tonne from $57.90.

Net debt fell to $141.0 million from $163.5 million at the start of the year. Gearing stood at 29%.
Capital expenditure in the nine months was $38.8 million, against $44.0 million.

                              GROUP INCOME STATEMENT
                         (US$ million except where stated)

                                    Q3 2006    Q3 2005    9M 2006    9M 2005
Sales
  Coal                                131.0      118.5      382.4      344.9
  Phosphate                            83.2       69.5      240.0      203.0
                                      -----      -----      -----      -----
Group sales                           214.2      188.0      622.4      547.9
Operating costs                      (155.3)    (138.5)    (454.1)    (405.0)
                                      -----      -----      -----      -----
EBITDA                                 58.9       49.5      168.3      142.9
Depreciation                          (14.1)     (14.0)     (42.2)     (41.4)
Interest                               (5.2)      (6.0)     (16.3)     (18.2)
                                      -----      -----      -----      -----
Profit before tax                      39.6       29.5      109.8       83.3
Tax                                   (11.9)      (8.9)     (33.0)     (25.0)
                                      -----      -----      -----      -----
Net profit                             27.7       20.6       76.8       58.3
Earnings per share (cents)             23.1       17.2       64.0       48.6

                              OPERATING DATA
                                    Q3 2006    Q3 2005    9M 2006    9M 2005
Coal sold (million tonnes)              2.9        2.7        8.6        8.0
Average coal price ($/t)              45.17      43.89      44.47      43.11
Phosphate produced (000 tonnes)       1,042      1,074      3,104      3,130
Phosphate unit cost ($/t)             61.40      57.90      60.12      57.02

                              NET DEBT AND CAPITAL EXPENDITURE
                              (US$ million)
                                  30 September 2006   31 December 2005
Borrowings                                    172.4              190.1
Cash                                           31.4               26.6
Net debt                                      141.0              163.5
"""


def test_what_a_release_of_two_divisions_tells() -> None:
    assert rests_on(DIVISIONS) == [
        ("$214.2 million", "214.2"),
        ("$188.0 million", "188.0"),
        ("14 per cent", "214.2 188.0"),
        ("$131.0 million", "131.0"),
        ("$118.5 million", "118.5"),
        ("61 per cent", "131.0 214.2"),
        ("$83.2 million", "83.2"),
        ("$58.9 million", "58.9"),
        ("$9.4 million", "58.9 49.5"),
        ("$49.5 million", "49.5"),
        ("27.5%", "58.9 214.2"),
        ("26.3%", "49.5 188.0"),
        ("$14.1 million", "(14.1)"),
        ("$5.2 million", "(5.2)"),
        ("$39.6 million", "39.6"),
        ("34%", "39.6 29.5"),
        ("$11.9 million", "(11.9)"),
        ("30%", "(11.9) 39.6"),
        ("$27.7 million", "27.7"),
        ("23.1 cents", "23.1"),
        ("17.2 cents", "17.2"),
        ("0.2 million", "2.9 2.7"),
        ("2.9 million", "2.9"),
        ("$1.28", "45.17 43.89"),
        ("$45.17", "45.17"),
        ("1,042,000", "1,042"),
        ("3%", "1,042 1,074"),
        ("1,074,000", "1,074"),
        ("$61.40", "61.40"),
        ("$57.90", "57.90"),
        ("$141.0 million", "141.0"),
        ("$163.5 million", "163.5"),
        ("29%", ""),
        ("$38.8 million", ""),
        ("$44.0 million", ""),
    ]


def test_what_the_discussion_tells() -> None:
    assert rests_on(REPORT) == [
        ("39.0%", "38,384 98,420"),
        ("38.5%", "73,197 190,122"),
        ("38.5%", "34,846 90,510"),
        ("38.2%", "67,992 178,004"),
        ("24.1%", "23,712 98,420"),
        ("24.5%", "22,205 90,510"),
        ("5.1%", "5,020 98,420"),
        ("5.2%", "36,818 35,012"),
        ("$36.8 million", "36,818"),
        ("37.4%", "36,818 98,420"),
        ("$12.6 million", "12,600"),
        ("$.8 million", "(800)"),
        ("$3.6 million", "114,516 47,716 117,544 54,344"),
        ("$66.8 million", "114,516 47,716"),
        ("$12.2 million", "12,204"),
        ("$45.0 million", "45,000"),
        ("$9.0 million", "9,014"),
        ("$50.0 million", "50,000"),
    ]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("was 39.0% and", "was 39.3% and"),
        ("24.5% last year", "25.4% last year"),
        ("was\n5.1% of", "was\n5.4% of"),
        ("for 37.4% of", "for 34.7% of"),
        ("improved by $3.6", "improved by $6.3"),
        ("improved by $3.6", "declined by $3.6"),
    ],
)
def test_what_does_not_hold_does_not_tie(said: str, wrong: str) -> None:
    right, told = rests_on(REPORT), rests_on(REPORT.replace(said, wrong))
    assert said in REPORT
    changed = [two for one, two in zip(right, told, strict=True) if one[1] != two[1]]
    assert changed
    assert changed[0][1] == ""
