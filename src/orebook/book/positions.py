"""Positions written as sentences: `Sold forward: 11,330 gold ounces @ average price of $288`.

Source of the form: hedge disclosures of producers before Item 305 tables (Regulation S-K) were tabular.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from orebook.book.periods import end_date, read_words
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.grid import Layout
from orebook.model.period import Period
from orebook.model.spot import Spot

_LABEL = re.compile(r"^\s*([A-Z][A-Za-z ]{3,40}):")
_WEIGHTS = (
    (re.compile(r"\bounces?\b", re.IGNORECASE), "oz"),
    (re.compile(r"\bmetric\s+tons?\b|\btonnes?\b", re.IGNORECASE), "tonne"),
    (re.compile(r"\bpounds?\b", re.IGNORECASE), "lb"),
    (re.compile(r"\btons?\b", re.IGNORECASE), "ton"),
)
_DATED = re.compile(r"\s*(\bas\s+(?:of|at)\b.*)$", re.IGNORECASE)
_TRACE = ("position.sentence", "unit.words-after-figure", "period.title")


@cache
def _position() -> re.Pattern[str]:
    return re.compile(
        r"(?P<quantity>\d[\d,]*(?:\.\d+)?)\s+(?P<what>[a-z][a-z ]{2,40}?)\s*(?:@|\bat)\s+(?:an?\s+)?(?P<price_name>average\s+price|price|average)\s+of\s+"
        r"(?P<price>\$\s?\d[\d,]*(?:\.\d+)?)(?:\s+per\s+(?P<per>ounce|pound|ton|tonne|metric\s+ton))?",
        re.IGNORECASE,
    )


def positions(layout: Layout, first_number: int, part: int) -> tuple[tuple[Table, ...], tuple[Fact, ...]]:
    """The tables and facts of a document's positions, one table a paragraph."""
    tables: list[Table] = []
    facts: list[Fact] = []
    for first, last, heading in layout.paragraphs:
        lines = layout.lines[first - layout.first_line : last - layout.first_line + 1]
        text = "\n".join(lines)
        if "@" not in text and not ("orward" in lines[0] or "edge" in heading.lower()):
            continue
        found = list(_position().finditer(text))
        if not found:
            continue
        title, period = _title(heading)
        if period is None:
            continue
        table = Table(first_number + len(tables), title, bool(title), "", "hedges", part, first, last)
        tables.append(table)
        label = _LABEL.match(text)
        for number, match in enumerate(found):
            facts.extend(_pair(match, text, first, table, period, number, label.group(1) if label else ""))
    return tuple(tables), tuple(facts)


def _title(heading: str) -> tuple[str, Period | None]:
    dated = _DATED.search(heading)
    end = end_date(read_words(dated.group(1)), None) if dated else None
    return (heading[: dated.start()] if dated else heading), Period(end) if end else None


def _pair(
    match: re.Match[str], text: str, first: int, table: Table, period: Period, number: int, label: str
) -> list[Fact]:
    what = " ".join(match["what"].split())
    weight = next((unit for pattern, unit in _WEIGHTS if pattern.search(what)), "pure")
    per = match["per"] or ""
    base = next((unit for pattern, unit in _WEIGHTS if pattern.search(per)), weight)
    made = []
    for column, (group, unit, name) in enumerate(
        (("quantity", weight, what), ("price", f"USD/{base}", " ".join(match["price_name"].split())))
    ):
        printed = match[group]
        digits = printed.replace(",", "").lstrip("$ ")
        row = Row(number, label or what, line=first)
        made.append(
            Fact(
                _spot(text, match.start(group), match.end(group), first),
                printed,
                Decimal(digits),
                len(digits.partition(".")[2]),
                unit,
                1,
                period,
                table,
                row,
                Column(column, name, period),
                _TRACE,
            )
        )
    return made


def _spot(text: str, start: int, end: int, first: int) -> Spot:
    line = text.count("\n", 0, start)
    begin = text.rfind("\n", 0, start) + 1
    return Spot(first + line, start - begin, end - begin)
