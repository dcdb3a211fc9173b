"""Keeping reports: each goes into the store whole or not at all, and is compared with those of its company there."""

from __future__ import annotations

import os
import sqlite3
from types import TracebackType

from orebook.model.collector import without_collector
from orebook.model.named import NamedTuple
from orebook.store.companies import company_of
from orebook.store.compare import compare_with_neighbours
from orebook.store.file import StoreError, connected, explained_error
from orebook.store.load import Shelf
from orebook.store.pack import Packed

_BATCH = 16  # reports that are written to disk together

_ADD_REPORT = (
    "INSERT INTO reports (digest, name, said, form, ends, filed, accession, told, figures, left_out, company)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_TABLE = "INSERT INTO tables VALUES (?, ?, ?, ?, ?)"
_ADD_COLUMN = "INSERT INTO columns VALUES (?, ?, ?, ?, ?)"
_ADD_ROW = "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_FACT = "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Kept(NamedTuple):
    """What became of a report: `before` is the name under which the same content was kept already ("" where it is new),
    `others` how many reports of the same name and other content are in the store, `company` whose it is taken to be,
    `figures` how many it prints and `standing` how many of them stand in series."""

    before: str
    others: int = 0
    company: str = ""
    figures: int = 0
    standing: int = 0


class Store:
    """A store that is open for keeping. Used in a `with` block; what was kept is on disk when the block ends, however it
    ends, and after every few reports before."""

    def __init__(self, path: str | os.PathLike[str], base: sqlite3.Connection) -> None:
        self.path = os.fspath(path)
        self._base = base
        self._shelf = Shelf(base)
        self._waiting = 0

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """The store at `path`, made where there is none; raises StoreError for what is none."""
        return cls(path, connected(path, make=True))

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._write()
        finally:
            self._base.close()

    def keeps(self, digest: str) -> str:
        """The name of the report with this digest; "" where the store has none."""
        found = self._base.execute("SELECT name FROM reports WHERE digest = ?", (digest,)).fetchone()
        return str(found[0]) if found else ""

    def keep(self, report: Packed) -> Kept:
        """Keeps a report, whole or not at all; one that is kept already is left as it is. Raises StoreError."""
        before = self.keeps(str(report.report[0]))
        if before:
            return Kept(before)
        try:
            with without_collector():
                return self._kept(report)
        except sqlite3.Error as error:
            raise StoreError(explained_error(self.path, error)) from error

    def _kept(self, report: Packed) -> Kept:
        base = self._base
        if not base.in_transaction:
            base.execute("BEGIN IMMEDIATE")
        base.execute("SAVEPOINT report")
        try:
            made = _added(base, self._shelf, report)
        except BaseException:
            base.execute("ROLLBACK TO report")
            base.execute("RELEASE report")
            self._shelf.clear()
            raise
        base.execute("RELEASE report")
        self._waiting += 1
        if self._waiting >= _BATCH:
            self._write()
        return made

    def _write(self) -> None:
        """Brings to disk what was kept since the last time."""
        self._waiting = 0
        if self._base.in_transaction:
            self._base.execute("COMMIT")


def _added(base: sqlite3.Connection, shelf: Shelf, report: Packed) -> Kept:
    name = report.report[1]
    (others,) = base.execute("SELECT count(*) FROM reports WHERE name = ?", (name,)).fetchone()
    whose = company_of(base, report.names, report.cik)
    number = _new(base.execute(_ADD_REPORT, (*report.report, whose.number)))
    _add_parts(base, report, number, whose.number)
    for moved in whose.moved:
        compare_with_neighbours(base, shelf, moved)
    compare_with_neighbours(base, shelf, number)
    standing = sum(fact[-1] == 0 for fact in report.facts)
    return Kept("", others, whose.name, len(report.facts), standing)


def _add_parts(base: sqlite3.Connection, report: Packed, number: int, company: int) -> None:
    measures = _measures(base, report)
    (last,) = base.execute("SELECT coalesce(max(id), 0) FROM rows").fetchone()
    base.executemany(_ADD_TABLE, [(number, *table) for table in report.tables])
    base.executemany(_ADD_COLUMN, [(number, *column) for column in report.columns])
    base.executemany(
        _ADD_ROW,
        [
            (last + 1 + place, number, company, None if row[-1] is None else measures[int(row[-1])], *row[:-1])
            for place, row in enumerate(report.rows)
        ],
    )
    base.executemany(_ADD_FACT, [(last + 1 + int(fact[0] or 0), *fact[1:]) for fact in report.facts])


def _measures(base: sqlite3.Connection, report: Packed) -> list[int]:
    """The store's numbers of the report's measures, new ones added."""
    made: list[int] = []
    for key, *rest in report.measures:
        found = base.execute("SELECT id FROM measures WHERE key = ?", (key,)).fetchone()
        if found is None:
            given = base.execute(
                "INSERT INTO measures (key, concept, statement, level) VALUES (?, ?, ?, ?)", (key, *rest)
            )
            made.append(_new(given))
        else:
            made.append(int(found[0]))
    return made


def _new(cursor: sqlite3.Cursor) -> int:
    return int(cursor.lastrowid or 0)
