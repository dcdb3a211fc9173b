"""Tables side by side in HTML: a label and its figures, and behind them another label and its figures."""

from __future__ import annotations

from orebook.pipeline import read

_PANELS = """<table>
<tr><td></td><td>1998</td><td></td><td>1998</td></tr>
<tr><td>Current assets:</td><td></td><td>Current liabilities:</td><td></td></tr>
<tr><td>Cash</td><td>$20,110</td><td>Accounts payable</td><td>$11,210</td></tr>
<tr><td>Receivables</td><td>11,405</td><td>Current debt</td><td>4,300</td></tr>
<tr><td>Total</td><td>$31,515</td><td>Total</td><td>$15,510</td></tr>
</table>"""
_WORDS = """<table>
<tr><td>Mine</td><td>Ounces</td><td>Method</td><td>Feet</td></tr>
<tr><td>Cedar</td><td>20,110</td><td>Open pit</td><td>210</td></tr>
<tr><td>Aspen</td><td>11,405</td><td>Underground</td><td>300</td></tr>
</table>"""


def rows(html: str) -> list[tuple[int, str, str, str]]:
    book = read(f"<html><body>{html}</body></html>".encode(), "case.htm")
    return [(f.table.number, "".join(f.row.heading), f.row.label, f.text) for f in book.facts]


def test_each_side_is_a_table() -> None:
    assert rows(_PANELS) == [
        (0, "Current assets", "Cash", "$20,110"),
        (0, "Current assets", "Receivables", "11,405"),
        (0, "Current assets", "Total", "$31,515"),
        (1, "Current liabilities", "Accounts payable", "$11,210"),
        (1, "Current liabilities", "Current debt", "4,300"),
        (1, "Current liabilities", "Total", "$15,510"),
    ]


def test_a_column_of_words_parts_no_table() -> None:
    assert [(table, label, text) for table, _, label, text in rows(_WORDS)] == [
        (0, "Cedar", "20,110"),
        (0, "Cedar", "210"),
        (0, "Aspen", "11,405"),
        (0, "Aspen", "300"),
    ]
