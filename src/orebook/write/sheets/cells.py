"""Putting text into cells: whatever a filing says stays text."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from orebook.write.sheets.styles import Styles
from orebook.write.words import visible

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_000
LARGEST = Decimal(10) ** 300
_RISKY = ("=", "+", "-", "@", "\t", "|", "%")


def put_text(sheet: Worksheet, styles: Styles, where: tuple[int, int], text: str, look: str, **more: object) -> None:
    """Write `text` as a string cell, never as a formula, a link, a number or markup.

    Hidden characters are shown as escapes and an overlong text is cut where the format's limit lies. A text that
    a spreadsheet would take for a formula when somebody edits the cell carries the format's own quote prefix.
    """
    if is_risky(text):
        more["quote_prefix"] = True
    sheet.write_string(*where, safe(text), styles(look, **more))


def put_number(sheet: Worksheet, where: tuple[int, int], value: Decimal | int, look: Format) -> None:
    """Write a number digit for digit: XlsxWriter prints a `Decimal` as it is, though its annotations name `float`.

    A number that is beyond a spreadsheet's range is written as text.
    """
    if -LARGEST < value < LARGEST:
        sheet.write_number(*where, cast("float", value), look)
    else:
        sheet.write_string(*where, safe(f"{value:f}"), look)


def safe(text: str) -> str:
    """`text` as a cell may hold it; a leading blank keeps `<r>` from being taken for rich text."""
    shown = visible(text)[:LONGEST]
    return f" {shown}" if shown.startswith("<r>") else shown


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would read the text as a formula, were it typed in."""
    return text.lstrip()[:1] in _RISKY and bool(text.strip())
