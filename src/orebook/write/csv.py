"""Facts as comma-separated values, for a spreadsheet or a database."""

from __future__ import annotations

import io
from collections.abc import Sequence
from csv import writer
from decimal import Decimal

from orebook.model.book import Book
from orebook.write.columns import COLUMNS, Value, rows
from orebook.write.words import visible

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_PRINTED = next(index for index, (name, _, _) in enumerate(COLUMNS) if name == "text")


def csv(books: Sequence[Book]) -> bytes:
    """The facts of `books` as UTF-8, one a line after a line of names, in the columns of `orebook.write.columns`.

    Lists are joined by ` > `; an unknown value is empty. Text that a spreadsheet would take for a formula
    (it begins with `=`, `+`, `-` or `@`) gets an apostrophe before it; the printed figures stay as printed.
    """
    out = io.StringIO()
    lines = writer(out, lineterminator="\n")
    lines.writerow(name for name, _, _ in COLUMNS)
    lines.writerows([cell(value, printed=index == _PRINTED) for index, value in enumerate(row)] for row in rows(books))
    return out.getvalue().encode("utf-8")


def cell(value: Value, *, printed: bool = False) -> str:
    """A value as a cell holds it: text that a spreadsheet would take for a formula behind an apostrophe, unless it is
    what was `printed`."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        value = " > ".join(value)
    if not isinstance(value, str):
        return str(value)
    text = visible(value)
    return f"'{text}" if text.startswith(_RISKY) and not printed else text
