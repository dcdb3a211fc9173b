"""Captions and headings against the figures of other tables. The cases are data, in `cases/headings`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from orebook.check.context import context
from orebook.check.headings import periods, scale
from orebook.model.book import Book, Identity
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.period import Period
from orebook.model.spot import Spot

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "headings" / "headings.yaml").read_text(encoding="utf-8"))


def book(tables: list[dict[str, Any]]) -> Book:
    """A book of small tables, ten lines apart."""
    facts: list[Fact] = []
    for number, said in enumerate(tables):
        table = Table(number, f"table {number}", caption=said.get("caption", ""), kind=said["kind"])
        columns = [Column(at, end, Period(date.fromisoformat(end), 3)) for at, end in enumerate(said["columns"])]
        for line, (label, figures) in enumerate(said["rows"].items(), 10 * number + 1):
            row = Row(line, label, line=line)
            for column, figure in zip(columns, figures, strict=True):
                spot = Spot(line, 20 + 10 * column.number, 25 + 10 * column.number)
                value, money = Decimal(figure), ("USD", said["scale"])
                facts.append(Fact(spot, str(figure), value, 0, *money, column.period, table, row, column))
    return Book("case", Identity(), (), (), tuple(dict.fromkeys(fact.table for fact in facts)), tuple(facts), ())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    made = book(case["tables"])
    view = context(made)
    found = [*scale.run(view), *periods.run(view)]
    assert sorted({finding.code for finding in found}) == case["found"]
    assert all(finding.grade == "break" for finding in found)
    if "suspect" in case:
        first = case["suspect"] * 10 + 1
        assert all(finding.suspect and first <= finding.suspect.line < first + 10 for finding in found)
