"""A small book with a check of it, made by hand: what the writers' tests stand on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from orebook.model.book import Book, Identity, Paragraph
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.spot import Spot
from orebook.model.tie import BREAKS, TIES, UNTIED, WITHIN, Checked, Claim, Finding, Operand, Tie

QUARTER = Period(date(2007, 9, 30), 3)
COLUMNS = (Column(1, "Third Quarter 2007", QUARTER), Column(2, "Third Quarter 2006", QUARTER.year_earlier()))
LINES = (
    "Silver and gold sales came to $49.2 million; 900 people work here.",
    "",
    "SALES                        2007      2006",
    "Silver operations       $  39,809 $  29,255",
    "Gold operations             9,419    21,159",
    "                        --------- ---------",
    "  Total sales           $  49,228 $  50,415",
    "Cost per ounce               4.91        --",
    "Pounds, in thousands           10        12",
    "Rounded pounds, total          21        24",
)


def seeds() -> list[Path]:
    """The seeds, [] where the shared folder is absent (pytest then skips the cases and says so)."""
    root = Path(__file__).resolve().parent.parent
    return sorted((Path(os.environ.get("OREBOOK_SHARED", root.parent / "shared")) / "seeds").glob("*.txt"))


def thorough() -> bool:
    """Whether slow checks run on every seed (`OREBOOK_THOROUGH=1`) and not on the largest alone."""
    return os.environ.get("OREBOOK_THOROUGH", "") not in ("", "0")


def slow_seeds() -> list[Path]:
    """The seeds for checks that take seconds each: the largest, or all where the run is thorough."""
    found = seeds()
    return found if thorough() else sorted(found, key=lambda path: path.stat().st_size)[-1:]


class Maker:
    """Makes facts of one table from the printed lines."""

    def __init__(self, lines: Sequence[str], title: str = "SALES") -> None:
        self.lines = lines
        self.table = Table(0, title, caption="(dollars in thousands)", kind="highlights", first_line=3, last_line=10)
        self.rows = 0

    def row(self, line: int, label: str, texts: Sequence[str], **more: object) -> list[Fact]:
        """The facts of a line, `texts` being what is printed from left to right; `more` are fields of the row."""
        self.rows += 1
        unit, scale = str(more.pop("unit", "USD")), int(str(more.pop("scale", 1000)))
        row = replaced(Row(self.rows, label, line=line), **more)  # type: ignore[arg-type]
        facts, at = [], 0
        for text, column in zip(texts, COLUMNS, strict=True):
            at = self.lines[line - 1].index(text, at)
            spot = Spot(line, at, at + len(text))
            at = spot.end
            plain = text.replace("$", "").replace(",", "").strip()
            value = None if plain == "--" else Decimal(plain)
            decimals = len(plain.partition(".")[2]) if value is not None else 0
            facts.append(Fact(spot, text, value, decimals, unit, scale, column.period, self.table, row, column))
        return facts


def sample(
    lines: Sequence[str] = LINES,
    label: str = "Silver operations",
    title: str = "SALES",
    before: tuple[str, str] = ("$  29,255", "$  50,415"),
) -> tuple[Book, Checked]:
    """The book and its check: sums that hold, break by 1, and hold within rounding; a claim that ties, one not.

    `before` are the silver and total sales of the year before, as `lines` print them.
    """
    make = Maker(lines, title)
    silver = make.row(4, label, ("$  39,809", before[0]), concept="orebook:SilverSales")
    gold = make.row(5, "Gold operations", ("9,419", "21,159"))
    total = make.row(7, "Total sales", ("$  49,228", before[1]), rule_above="-", concept="Revenues")
    cost = make.row(8, "Cost per ounce", ("4.91", "--"), unit="USD/oz", scale=1, entity="LUCKY FRIDAY")
    pounds = make.row(9, "Pounds, in thousands", ("10", "12"), unit="lb")
    rounded = make.row(10, "Rounded pounds, total", ("21", "24"), unit="lb")
    ties = tuple(
        _sum(target, parts)
        for target, parts in (
            *((total[column], (silver[column], gold[column])) for column in (0, 1)),
            *((rounded[column], (pounds[column], pounds[column])) for column in (0, 1)),
        )
    )
    at = lines[0].index("$49.2")
    said = Claim(
        Spot(1, at, at + 5),
        "$49.2 million",
        "level",
        (total[0],),
        Fraction(49_200_000),
        Fraction(49_228_000),
        WITHIN,
        (1, 1),
    )
    people = Claim(Spot(1, at + 15, at + 18), "900", "level", (), Fraction(900), None, UNTIED, (1, 1))
    broken = ties[1]
    finding = Finding(
        "FT01", "break", total[1].spot, "Total sales do not foot.", "50415", "50414", "1", "1.5", None, (broken,)
    )
    facts = tuple(sorted((*silver, *gold, *total, *cost, *pounds, *rounded), key=lambda fact: fact.place))
    identity = Identity("Sample Mining & Co", "10-Q", QUARTER.end)
    book = Book("sample.txt", identity, tuple(lines), (), (make.table,), facts, (Paragraph(1, 1),))
    return book, Checked(ties, (said, people), (finding,))


def _sum(target: Fact, parts: Sequence[Fact]) -> Tie:
    computed = sum((Fraction(part.value or 0) for part in parts), Fraction(0))
    printed = Fraction(target.value or 0)
    gap = printed - computed
    verdict = TIES if gap == 0 else WITHIN if target.unit == "lb" else BREAKS
    operands = tuple(Operand(part) for part in parts)
    return Tie("FT01", "footing", "sum", "required", target, operands, printed, computed, gap, Fraction(3, 2), verdict)
