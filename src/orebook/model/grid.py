"""The grid: what the layout of a table says, before anybody asks what it means.

`orebook.read` makes grids, from plain text or from HTML; `orebook.book` turns them into facts. Every
stage after the grid is the same for both.
"""

from __future__ import annotations

from orebook.model.named import NamedTuple
from orebook.model.slotted import slotted
from orebook.model.spot import Spot


@slotted
class Cell:
    """One printed token in a column: `text` is exactly what stands at `spot` (`$`, parentheses, `%` included).

    `english` is the same with a point before its decimals and no points between its thousands, where the document prints
    them the other way round (`1.234,5`); "" elsewhere.
    """

    column: int
    spot: Spot
    text: str
    english: str = ""


@slotted
class GridRow:
    """A line of the table's body.

    A row without cells is a label on its own: a heading, or the first part of a wrapped label; which of
    the two is for the book to say. `label` is the text left of the figures, stripped; `indent` the column
    at which it begins. `rule_above` and `rule_below` are the character (`-`, `=`, or "") of a rule that
    stands over the figures only, just above or below; `banner` is True where full-width rules or the style
    set the line off as a banner. `blank_above` is True where one or more empty lines come before.
    """

    line: int
    label: str
    indent: int
    cells: tuple[Cell, ...] = ()
    rule_above: str = ""
    rule_below: str = ""
    blank_above: bool = False
    banner: bool = False


class HeaderText(NamedTuple):
    """A piece of column heading over the columns `first` to `last` (inclusive), on header line `line`."""

    line: int
    text: str
    first: int
    last: int


class Grid(NamedTuple):
    """A table as laid out.

    `above` are the text lines over the column headings (company name, title, caption) as (line, text) from
    top to bottom; `stub` the text that stands left of the columns on the header lines; `intro` the
    sentence that introduces a table that prints no title of its own. `foreign` is True where some cells print
    figures otherwise than English does.
    """

    first_line: int
    last_line: int
    columns: int
    headers: tuple[HeaderText, ...]
    rows: tuple[GridRow, ...]
    above: tuple[tuple[int, str], ...] = ()
    stub: tuple[tuple[int, str], ...] = ()
    intro: str = ""
    part: int = 0
    foreign: bool = False


class Layout(NamedTuple):
    """What `orebook.read` says of one document: its lines, its tables, and its paragraphs as line ranges.

    `lines` are the lines that all spots refer to, counted from `first_line`; `furniture` the lines (page
    numbers, running heads, contact blocks) that belong to the page and not to the text. `paragraphs` are
    (first, last, heading) with `heading` the line of text that stands over the paragraph.
    """

    lines: tuple[str, ...]
    grids: tuple[Grid, ...]
    paragraphs: tuple[tuple[int, int, str], ...]
    furniture: frozenset[int] = frozenset()
    first_line: int = 1
