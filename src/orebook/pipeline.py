"""The order of the stages, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orebook.book.build import build
from orebook.book.identity import identified, setting_of
from orebook.book.prose import paragraphs
from orebook.model.book import Book, Identity, Paragraph, Part, Problem
from orebook.model.collector import without_collector
from orebook.model.fact import Fact, Table
from orebook.model.grid import Grid, Layout
from orebook.model.named import NamedTuple
from orebook.read.lines import classify
from orebook.read.parts import HTML, SCHEDULE, TEXT, PartSpec, Submission, whole
from orebook.read.source import UnreadableError, decode, line_starts, lines_of, read_bytes
from orebook.read.text import layout as text_layout

if TYPE_CHECKING:
    from os import PathLike

    from orebook.model.tie import Checked


class _Laid(NamedTuple):
    """One document of a file and its layout (None where it is not laid out)."""

    spec: PartSpec
    layout: Layout | None


def read(source: str | PathLike[str] | bytes, name: str | None = None, *, concepts: bool = True) -> Book:
    """Reads a report into a book of facts.

    `source` is a path or the file's bytes; `name` is what the facts call the document (the path as given, else
    `<bytes>`). `concepts` False leaves the concepts out, for those who only look (it spares the vocabulary's
    load). Raises UnreadableError for input that is no report, OSError where the file cannot be opened.
    """
    if isinstance(source, bytes):
        data, name = source, name or "<bytes>"
    else:
        data, name = read_bytes(source), name or str(source)
    with without_collector():
        text = decode(data, name)
        lines = lines_of(text, name)
        submission = _parted(text, lines)
        shown, laid = _laid_out(name, text, lines, submission.parts)
        return _book(name, text, shown, submission.identity, laid, concepts=concepts)


def _parted(text: str, lines: tuple[str, ...]) -> Submission:
    if "<" not in text:
        return whole(lines)
    from orebook.read.submission import split  # noqa: PLC0415  a plain release has no tags to look for

    return split(lines)


def _laid_out(
    name: str, text: str, lines: tuple[str, ...], specs: tuple[PartSpec, ...]
) -> tuple[tuple[str, ...], list[_Laid]]:
    """The lines that spots refer to, and each part's layout; HTML parts stand in the lines as rendered."""
    if not any(spec.kind == HTML for spec in specs):
        return lines, [
            _Laid(spec, text_layout(lines[spec.first - 1 : spec.last], spec.first) if spec.kind == TEXT else None)
            for spec in specs
        ]
    from orebook.read.html import HtmlError  # noqa: PLC0415  lxml is loaded for HTML alone
    from orebook.read.html import layout as html_layout  # noqa: PLC0415

    starts = line_starts(text)
    made: list[str] = []
    laid: list[_Laid] = []
    at = 0
    for spec in specs:
        made.extend(lines[at : spec.first - 1])
        at = spec.last
        body = lines[spec.first - 1 : spec.last]
        first = len(made) + 1
        layout: Layout | None = None
        if spec.kind == HTML:
            begin, end = starts[spec.first - 1], starts[spec.last] if spec.last < len(starts) else len(text)
            try:
                layout = html_layout(text[begin:end], first, begin)
            except HtmlError as error:
                raise UnreadableError(f"{name}:{spec.first - 1 + error.line}: {error.message}") from error
            body = layout.lines
        elif spec.kind == TEXT:
            layout = text_layout(body, first)
        made.extend(body)
        laid.append(_Laid(spec._replace(first=first, last=first + len(body) - 1), layout))
    made.extend(lines[at:])
    return tuple(made), laid


def _book(
    name: str, text: str, lines: tuple[str, ...], identity: Identity, laid: list[_Laid], *, concepts: bool
) -> Book:
    grids = tuple(grid for part in laid if part.layout for grid in part.layout.grids)
    setting = setting_of(lines, grids, identity)._replace(concepts=concepts)
    tables: list[Table] = []
    facts: list[Fact] = []
    prose: list[Paragraph] = []
    parts: list[Part] = []
    problems: list[Problem] = []
    for index, (spec, layout) in enumerate(laid):
        read_part = layout is not None or spec.kind == SCHEDULE
        parts.append(Part(spec.type, spec.name, spec.description, spec.first, spec.last, read_part))
        if spec.kind == SCHEDULE:
            from orebook.read.schedule import read as schedules  # noqa: PLC0415  few files hold one

            for schedule in schedules(
                lines[spec.first - 1 : spec.last],
                spec.first,
                number=len(tables),
                part=index,
                identity=identity,
                beside=facts,
            ):
                tables.append(schedule.table)
                facts.extend(schedule.facts)
                problems.extend(schedule.problems)
        elif layout is not None:
            new_tables, new_facts = build(layout, setting, first_number=len(tables), part=index)
            prose.extend(paragraphs(layout, new_tables, index))
            tables.extend(new_tables)
            facts.extend(new_facts)
    identity = identified(identity, setting, lines, tuple(facts))
    if not facts:
        problems.append(
            Problem(1, "no table of figures was found; `orebook show --stage lines` shows how each line was taken")
        )
    source = text if any(part.spec.kind == HTML for part in laid) else ""
    return Book(name, identity, lines, tuple(parts), tuple(tables), tuple(facts), tuple(prose), tuple(problems), source)


def check(book: Book) -> Checked:
    """Re-performs every relation between a book's figures."""
    from orebook.check import run  # noqa: PLC0415  reading alone does not pay for the checks

    with without_collector():
        return run(book)


def close(folder: str | PathLike[str]) -> Book:
    """Closes a quarter from its books: the same Book that reading gives.

    Raises BooksError (a ValueError) with every problem of the books, each with file, row and column.
    `orebook.close.close` gives the trace, what is missing and what disagrees beside the book.
    """
    from pathlib import Path  # noqa: PLC0415

    from orebook.close import close as close_books  # noqa: PLC0415  reading alone does not pay for it

    return close_books(Path(folder)).book


def line_kinds(book: Book) -> list[str]:
    """What each line of a book is, looked at alone (the first stage of reading)."""
    return [line.kind for line in classify(book.lines)]


def grids_of(data: bytes, name: str) -> list[Grid]:
    """The grids of a file's bytes: its tables as laid out, before anybody asks what they mean. Raises as `read` does."""
    text = decode(data, name)
    lines = lines_of(text, name)
    _, laid = _laid_out(name, text, lines, _parted(text, lines).parts)
    return [grid for part in laid if part.layout for grid in part.layout.grids]


__all__ = ["UnreadableError", "check", "close", "grids_of", "line_kinds", "read"]
