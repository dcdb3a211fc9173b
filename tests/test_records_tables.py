"""CSV, JSON, Parquet, Arrow and data frames: the same facts, exactly."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orebook.model.book import Identity
from orebook.model.slotted import replaced
from orebook.write.arrow import arrow_table, pandas_frame, polars_frame
from orebook.write.columns import COLUMNS
from orebook.write.extras import MissingExtraError, TooManyDigitsError
from orebook.write.jsonl import fact_lines
from orebook.write.tables import render
from tests.page_sample import QUARTER, sample


def test_csv_has_a_line_a_fact() -> None:
    book, _ = sample()
    rows = list(csv.DictReader(io.StringIO(render([book, book], "csv").decode())))
    assert len(rows) == 2 * len(book.facts)
    assert rows[0]["value"] == "39809"
    assert rows[0]["text"] == "$  39,809"
    assert (rows[0]["period_months"], rows[0]["period_end"]) == ("3", "2007-09-30")
    nil = next(row for row in rows if row["nil"] == "true")
    assert (nil["text"], nil["value"]) == ("--", "")


@pytest.mark.parametrize("odd", ["=1+1", "+1", "-1", "@x", "a\nb", 'say "x", y'])
def test_csv_keeps_odd_labels_as_text(odd: str) -> None:
    book, _ = sample(label=odd)
    rows = list(csv.DictReader(io.StringIO(render([book], "csv").decode())))
    assert len(rows) == len(book.facts)
    assert not rows[0]["label"].startswith(("=", "+", "-", "@"))
    assert odd.replace("\n", "‹U+000A›") in rows[0]["label"]


def test_json_is_the_records_as_an_array() -> None:
    book, _ = sample()
    assert json.loads(render([book], "json")) == [json.loads(line) for line in fact_lines(book)]


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_arrow_keeps_figures_exact(kind: str) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import ipc, parquet  # noqa: PLC0415 - optional

    book, _ = sample()
    source = io.BytesIO(render([book], kind))
    table = parquet.read_table(source) if kind == "parquet" else ipc.open_file(source).read_all()
    rows: list[dict[str, Any]] = table.to_pylist()
    assert [row["value"] for row in rows] == [fact.value for fact in book.facts]
    assert rows[6]["value"] == Decimal("4.91")
    assert rows[0]["period_end"] == QUARTER.end
    assert table.column_names == [name for name, _, _ in COLUMNS]


def test_very_long_figures_get_wider_decimals() -> None:
    pytest.importorskip("pyarrow")
    book, _ = sample()
    long = Decimal("1" * 40 + ".25")
    facts = (replaced(book.facts[0], value=long), *book.facts[1:])
    assert arrow_table([book._replace(facts=facts)]).column("value")[0].as_py() == long


@pytest.mark.parametrize("digits", [70, 4000])
def test_a_figure_without_end_is_refused_by_name(digits: int) -> None:
    pytest.importorskip("pyarrow")
    book, _ = sample()
    endless = replaced(book.facts[0], value=Decimal("1" * digits), text="1" * digits)
    with pytest.raises(TooManyDigitsError, match=rf"{book.name}:{endless.spot.line}:\d+: a figure of {digits} char"):
        arrow_table([book._replace(facts=(endless, *book.facts[1:]))])
    assert render([book._replace(facts=(endless,))], "csv").count(b"1" * digits) == 3


def test_a_row_says_what_its_figure_amounts_to_and_which_report_says_so() -> None:
    """Scaled and dated in the table itself: a frame cannot multiply decimals of 38 digits by a scale."""
    book, _ = sample()
    who = Identity("Acme Mines", "10-Q", QUARTER.end, date(2007, 11, 2), "0001-07-000001")
    rows = list(csv.DictReader(io.StringIO(render([book._replace(identity=who)], "csv").decode())))
    assert [Decimal(row["amount"]) for row in rows] == [fact.amount for fact in book.facts]
    said = {tuple(row[name] for name in ("company", "form", "report_end", "filed", "accession")) for row in rows}
    assert said == {("Acme Mines", "10-Q", "2007-09-30", "2007-11-02", "0001-07-000001")}


def test_frames() -> None:
    pytest.importorskip("polars")
    pytest.importorskip("pandas")
    book, _ = sample()
    assert polars_frame([book])["value"].to_list() == [fact.value for fact in book.facts]
    assert list(pandas_frame([book])["value"][:2]) == [Decimal("39809.00"), Decimal("29255.00")]


@pytest.mark.parametrize(("library", "extra"), [("pyarrow", "arrow"), ("polars", "polars"), ("pandas", "pandas")])
def test_a_missing_library_is_named(library: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    made = {"pyarrow": arrow_table, "polars": polars_frame, "pandas": pandas_frame}[library]
    with pytest.raises(MissingExtraError, match=rf"orebook\[{extra}\]"):
        made([sample()[0]])
