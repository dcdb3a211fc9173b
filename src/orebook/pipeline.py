"""The order of the stages, on one screen."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from orebook.book.build import build, period_of
from orebook.book.identity import period_end, setting_of
from orebook.book.prose import paragraphs
from orebook.model.book import Book, Identity, Paragraph, Part, Problem
from orebook.model.fact import Fact, Table
from orebook.model.grid import Grid, Layout
from orebook.read.source import UnreadableError, decode, lines_of
from orebook.read.submission import PartSpec, split
from orebook.read.text import layout as text_layout


class _Read(NamedTuple):
    """One part of a file after it was read."""

    part: Part
    lines: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    facts: tuple[Fact, ...] = ()
    prose: tuple[Paragraph, ...] = ()


def read(source: str | Path | bytes, name: str | None = None) -> Book:
    """Reads a report into a book of facts.

    `source` is a path or the file's bytes; `name` is what the facts call the document (the path as given, else
    `<bytes>`). Raises UnreadableError for input that is no report, OSError where the file cannot be opened.
    """
    if isinstance(source, bytes):
        data, name = source, name or "<bytes>"
    else:
        data, name = Path(source).read_bytes(), name or str(source)
    text = decode(data, name)
    lines = lines_of(text, name)
    submission = split(lines)
    layouts = _layouts(text, lines, submission.parts)
    return _book(name, text, lines, submission.identity, layouts)


def _layouts(text: str, lines: tuple[str, ...], specs: tuple[PartSpec, ...]) -> list[tuple[PartSpec, Layout | None]]:
    made: list[tuple[PartSpec, Layout | None]] = []
    for spec in specs:
        body = lines[spec.first - 1 : spec.last]
        if spec.kind == "text":
            made.append((spec, text_layout(body, spec.first)))
        else:
            made.append((spec, None))
    return made


def _book(name: str, text: str, lines: tuple[str, ...], identity: Identity, layouts: list[tuple[PartSpec, Layout | None]]) -> Book:
    grids: tuple[Grid, ...] = tuple(grid for _, layout in layouts if layout for grid in layout.grids)
    setting = setting_of(lines, grids, identity)
    tables: list[Table] = []
    facts: list[Fact] = []
    prose: list[Paragraph] = []
    parts: list[Part] = []
    problems: list[Problem] = []
    for index, (spec, layout) in enumerate(layouts):
        parts.append(Part(spec.type, spec.name, spec.description, spec.first, spec.last, layout is not None))
        if layout is None:
            continue
        new_tables, new_facts = build(layout.grids, setting, first_number=len(tables), part=index)
        prose.extend(paragraphs(layout, new_tables, index))
        tables.extend(new_tables)
        facts.extend(new_facts)
    end = identity.period_end or period_end(lines)
    if end is None:
        latest = period_of(tuple(facts))
        end = latest.end if latest else None
    identity = identity._replace(company=identity.company or setting.company, period_end=end)
    if not facts:
        problems.append(Problem(1, "no table of figures was found; `orebook show --stage lines` shows how each line was taken"))
    return Book(name, identity, lines, tuple(parts), tuple(tables), tuple(facts), tuple(prose), tuple(problems))


__all__ = ["UnreadableError", "read"]
