"""Paragraphs of a layout -> prose that knows its heading and whose note it is."""

from __future__ import annotations

import re

from orebook.model.book import Paragraph
from orebook.model.fact import Table
from orebook.model.grid import Layout

_NOTE = re.compile(r"\s*\((\d{1,2}|[a-z])\)")


def paragraphs(layout: Layout, tables: tuple[Table, ...], part: int) -> list[Paragraph]:
    """The paragraphs of a document; one that opens with a footnote mark is a note of the table above it."""
    made: list[Paragraph] = []
    for first, last, heading in layout.paragraphs:
        found = _NOTE.match(layout.lines[first - layout.first_line])
        above = [table for table in tables if table.printed and table.last_line < first] if found else []
        note = found.group(1) if found and above else ""
        made.append(Paragraph(first, last, heading, note, above[-1].number if note else None, part))
    return made
