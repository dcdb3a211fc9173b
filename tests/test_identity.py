"""Who reports, where only the release's own words say it."""

from __future__ import annotations

from datetime import date

import pytest

from orebook.model.period import Period
from orebook.pipeline import read

TABLE = """

SUMMARY
                                 Three months ended
                                      June 30,
                                   2005      2004
                                 -------   -------
Gold produced (oz)                86,100    76,700
Gold sold (oz)                    84,300    75,268
"""


@pytest.mark.parametrize(
    ("opening", "company"),
    [
        ("VANCOUVER -- Bonanza Creek Mines Ltd. (TSX: BCM; AMEX: BCK) today reported", "Bonanza Creek Mines Ltd."),
        ("DENVER, Aug. 4 -- Royal of Nevada Gold\nCorporation (NYSE: RNG) today", "Royal of Nevada Gold Corporation"),
        ("SPOKANE -- Hill & Dale Mining Co., (OTC: HDMC) reports", "Hill & Dale Mining Co."),
        ("                RED HILL GOLD CORPORATION\n        SECOND QUARTER REPORT", "RED HILL GOLD CORPORATION"),
        ("     LARKSPUR MINES CORP. REPORTS SECOND QUARTER", "LARKSPUR MINES CORP."),
        ("     LARKSPUR MINES CORP. SECOND QUARTER 2005 RESULTS", "LARKSPUR MINES CORP."),
        ("FOR RELEASE\n\nRENO, Nev. - Larkspur Mines Corp. today reported", "Larkspur Mines Corp."),
        ("TORONTO, Aug. 4 /PRNewswire/ -- Larkspur Mines Corp. announced", "Larkspur Mines Corp."),
        ("DENVER--(BUSINESS WIRE)--Larkspur Mines Inc. reports", "Larkspur Mines Inc."),
        ("Management of the Company reported", ""),
        ("AURORA MINES LTD. - SECOND QUARTER REPORT", "AURORA MINES LTD."),
        ("Mines of Peru, Inc.\nAnnounces", "Mines of Peru, Inc."),
        ("to the shareholders of the Company\nReport of the Company", ""),
        ("The price of gold (TSX: GLD) rose, as the Company (NYSE: XYZ) said", ""),
        ("Bonanza Creek Mines Ltd. today reported", "Bonanza Creek Mines Ltd."),
    ],
)
def test_name_beside_the_exchange(opening: str, company: str) -> None:
    assert (
        read(f"{opening}\nresults for the second quarter of 2005.\n{TABLE}".encode(), "x").identity.company == company
    )


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ('fiscal year ended January 30,\n1999, which we refer to as "fiscal 1998." Our', 1998),
        ("the year ended January 30, 1999 (“Fiscal 1998”). Our", 1998),
        ("Fiscal 1998 ended January 30, 1999. Our", 1998),
        ("the year ended January 30, 1999. Fiscal 1998 was mild. Our", 1997),
    ],
)
def test_a_fiscal_year_ends_where_the_text_says(said: str, year: int) -> None:
    text = f"""We write of the {said} years end in January.

                 RESULTS OF OPERATIONS
                    (in millions)

                     Fiscal 1997    Fiscal 1996
                     -----------    -----------
Net sales              $ 2,233.1      $ 2,161.7
Cost of sales            1,603.6        1,565.7
"""
    book = read(text.encode(), "report.txt")
    assert book.facts[0].period == Period(date(year, 1, 30), 12)


def test_hedges_of_later_years_are_not_what_is_reported() -> None:
    rows = "".join(
        f"{metal} forwards (000 oz)       90       120       120       200\n" for metal in ("Gold", "Silver")
    )
    text = (
        "RESULTS\n                       Q1 2004    Q1 2003\nGold sold (oz)          20,140     19,880\n\n"
        f"HEDGE BOOK SUMMARY\n                          2004      2005      2006      2007\n{rows}"
    )
    assert read(text.encode(), "case.txt").identity.period_end == date(2004, 3, 31)
