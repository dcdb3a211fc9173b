"""Filling the books of a rolled report from a report that is already there."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from orebook.close.roll import COMPARATIVES, LEAVES
from orebook.close.rolled import RolledBooks, RowPlan, calendar_of, read_rolled
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period

_SIGN_WORDS = re.compile(
    r"\((?:loss|income|provided|used|decrease|increase|provision|benefit|deficit)\)", re.IGNORECASE
)
_LOSS = re.compile(r"\bloss\b", re.IGNORECASE)


class Filled(NamedTuple):
    """How many cells were filled; the cells that found no figure, as (row, label, column); and the rows of the
    report that the books do not have, as (line, label)."""

    filled: int
    empty: tuple[tuple[str, str, str], ...]
    unknown: tuple[tuple[int, str], ...]


class Matches:
    """The figures of a report by what a row of the books knows of itself."""

    def __init__(self, books: RolledBooks, book: Book) -> None:
        self._titles = {table.number: table.title for table in books.tables}
        self._kinds = {table.number: table.kind for table in books.tables}
        self._by_place: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
        self._by_concept: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
        for fact in book.facts:
            own = _plain(fact.table.title), _plain(fact.entity or ""), plain_label(fact.label)
            self._by_place[own].append(fact)
            if fact.concept and fact.table.kind:
                self._by_concept[fact.table.kind, _plain(fact.entity or ""), fact.concept].append(fact)

    def find(self, plan: RowPlan, period: Period) -> Fact | None:
        """The figure of a row in a period: by title, entity, label and heading; else by statement and concept."""
        own = _plain(self._titles[plan.table]), _plain(plan.entity), plain_label(plan.label)
        found = [fact for fact in self._by_place[own] if fact.period == period]
        heading = [fact for fact in found if _same_heading(fact.heading, plan.heading)]
        if heading or len(found) == 1:
            return (heading or found)[0]
        kind = self._kinds[plan.table]
        if not plan.concept or not kind:
            return None
        told = self._by_concept[kind, _plain(plan.entity), plan.concept]
        rows = [fact for fact in told if fact.period == period and _same_heading(fact.heading, plan.heading)]
        return rows[0] if len(rows) == 1 else None


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def plain_label(text: str) -> str:
    """A label without the words that change with the sign: `Net loss` and `Net income (loss)` are one."""
    return _plain(_LOSS.sub("income", _SIGN_WORDS.sub("", text)))


def _same_heading(first: Iterable[str], second: Iterable[str]) -> bool:
    """Headings match where each says as much as the other or less."""
    ours, theirs = ([plain_label(part) for part in parts] for parts in (first, second))
    return len(ours) == len(theirs) and all(
        one.startswith(other) or other.startswith(one) for one, other in zip(ours, theirs, strict=True)
    )


def fill(folder: str | Path, book: Book) -> Filled:
    """Fill the empty cells of leaves.csv and comparatives.csv from a report; what is there stays.

    Raises `BooksError` for books that cannot be read.
    """
    path = Path(folder)
    books = read_rolled(path)
    matches = Matches(books, book)
    filled, empty = 0, list[tuple[str, str, str]]()
    for name in (LEAVES, COMPARATIVES):
        count, left = _fill_file(path / name, books, matches)
        filled += count
        empty += left
    return Filled(filled, tuple(empty), _unknown(books, matches, book))


def _fill_file(path: Path, books: RolledBooks, matches: Matches) -> tuple[int, list[tuple[str, str, str]]]:
    plans = {row.name: row for row in books.rows}
    with path.open(encoding="utf-8", newline="") as file:
        head, *body = csv.reader(file)
    periods = [calendar_of(books.frame).parse(column.removeprefix("at ")) for column in head]
    filled, empty = 0, []
    for line in body:
        for at, period in enumerate(periods):
            if line[at] or period is None:
                continue
            fact = matches.find(plans[line[0]], period)
            if fact is None:
                empty.append((line[0], plans[line[0]].label, head[at]))
            else:
                line[at] = "0" if fact.value is None else str(fact.value)
                filled += 1
    part = path.with_name(f".{path.name}.part")  # what people typed is kept until all is written
    with part.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *body])
    part.replace(path)
    return filled, empty


def _unknown(books: RolledBooks, matches: Matches, book: Book) -> tuple[tuple[int, str], ...]:
    known = set()
    for plan in books.rows:
        for period in {fact.period for fact in book.facts if fact.period is not None}:
            fact = matches.find(plan, period)
            if fact is not None:
                known.add((fact.table.number, fact.row.number))
    made = {fact.spot.line: fact.label for fact in book.facts if (fact.table.number, fact.row.number) not in known}
    return tuple(sorted(made.items()))
