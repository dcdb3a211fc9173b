"""Who reports, where only the release's own words say it."""

from __future__ import annotations

import pytest

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
        ("Mines of Peru, Inc.\nAnnounces", "Mines of Peru, Inc."),
        ("to the shareholders of the Company\nReport of the Company", ""),
        ("The price of gold (TSX: GLD) rose, as the Company (NYSE: XYZ) said", ""),
        ("Bonanza Creek Mines Ltd. today reported", ""),
    ],
)
def test_name_beside_the_exchange(opening: str, company: str) -> None:
    assert (
        read(f"{opening}\nresults for the second quarter of 2005.\n{TABLE}".encode(), "x").identity.company == company
    )
