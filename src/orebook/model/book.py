"""A book: everything that one file says."""

from __future__ import annotations

from collections import Counter
from datetime import date

from orebook.model.fact import Fact, Table
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.spot import Spot


class Token(NamedTuple):
    """A number token of the file and what it was taken for.

    `kind` is one of `figure`, `nil`, `prose`, `date`, `note-mark`, `furniture`, `identifier`, `heading`,
    `markup`, `words` (in a column of words), or `unaccounted`.
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
    """Who says it, in which form, about which period.

    `cik` is the company's number at the SEC without its leading zeros, `former` the names that it bore before; both
    come from a submission's header.
    """

    company: str = ""
    form: str = ""
    period_end: date | None = None
    filed: date | None = None
    accession: str = ""
    fiscal_year_end: str = ""
    cik: str = ""
    former: tuple[str, ...] = ()


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

    def __repr__(self) -> str:
        """On one line; the fields would print the whole file."""
        who = f"{self.identity.company}, " if self.identity.company else ""
        return f"<Book {self.name}: {who}{len(self.tables)} tables, {len(self.facts)} figures>"

    def find(
        self,
        label: str | None = None,
        *,
        concept: str | None = None,
        entity: str | None = None,
        period: Period | None = None,
        table: str | None = None,
    ) -> tuple[Fact, ...]:
        """The facts that answer to all that is asked, in document order.

        `label`, `entity` and `table` match a part of the printed words, whatever their case; `concept` and
        `period` match exactly. `book.find("total cash costs", entity="lucky friday")`.
        """

        def holds(wanted: str | None, printed: str | None) -> bool:
            return wanted is None or (printed is not None and wanted.casefold() in printed.casefold())

        return tuple(
            fact
            for fact in self.facts
            if holds(label, fact.label)
            and holds(entity, fact.entity)
            and holds(table, fact.table.title)
            and (concept is None or fact.concept == concept)
            and (period is None or fact.period == period)
        )

    def text(self, paragraph: Paragraph) -> str:
        """A paragraph of the prose on one line, blanks folded."""
        return " ".join(" ".join(self.lines[paragraph.first - 1 : paragraph.last]).split())

    def _repr_html_(self) -> str:
        """What a notebook shows: the document, and its tables with their sizes."""
        from html import escape  # noqa: PLC0415  only notebooks ask

        counts = Counter(fact.table.number for fact in self.facts)
        rows = "".join(
            f"<tr><td>{table.number + 1}</td><td>{escape(table.title) or '<i>untitled</i>'}</td>"
            f"<td>{table.first_line}-{table.last_line}</td><td>{counts[table.number]}</td></tr>"
            for table in self.tables
        )
        who = self.identity
        ended = f", period ended {who.period_end}" if who.period_end else ""
        return (
            f"<p><b>{escape(self.name)}</b>: {escape(who.company) or 'company not stated'}{ended}; "
            f"{len(self.tables)} tables, {len(self.facts)} figures, {len(self.prose)} paragraphs</p>"
            f"<table><thead><tr><th>#</th><th>Table</th><th>Lines</th><th>Figures</th></tr></thead><tbody>{rows}</tbody></table>"
        )
