"""A book: everything that one file says."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from orebook.model.fact import Fact, Table
from orebook.model.spot import Spot


class Token(NamedTuple):
    """A number token of the file and what it was taken for.

    `kind` is one of `figure`, `nil`, `prose`, `date`, `note-mark`, `furniture`, `identifier`, `heading`,
    `markup`, or `unaccounted`.
    """

    spot: Spot
    text: str
    kind: str
    inside_table: bool = False


class Paragraph(NamedTuple):
    """A paragraph of prose: the lines `first` to `last` (from 1), and the heading it stands under.

    `note` is the footnote mark that opens it ("1" for `(1) Includes …`), `table` the number of the table
    whose note it is.
    """

    first: int
    last: int
    heading: str = ""
    note: str = ""
    table: int | None = None
    part: int = 0


class Identity(NamedTuple):
    """Who says it, in which form, about which period."""

    company: str = ""
    form: str = ""
    period_end: date | None = None
    filed: date | None = None
    accession: str = ""
    fiscal_year_end: str = ""


class Part(NamedTuple):
    """One document of a submission (the whole file where it is not a submission)."""

    kind: str
    name: str
    description: str
    first_line: int
    last_line: int
    read: bool = True


class Problem(NamedTuple):
    """Something that was not understood: where, what, and what to do about it."""

    line: int
    message: str


class Book(NamedTuple):
    """All that was read of one file.

    `lines` are the lines of the file as given (for HTML, of the rendered text grid), without their line
    ends: `lines[spot.line - 1][spot.start:spot.end] == text` holds for every fact and token. `source`
    is the decoded text of an HTML file, to which the `offset` of a spot belongs; "" for plain text.
    """

    name: str
    identity: Identity
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]
    prose: tuple[Paragraph, ...]
    problems: tuple[Problem, ...] = ()
    source: str = ""
