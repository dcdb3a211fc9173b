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
from orebook.store.standing import STANDS

_BATCH = 16  # reports that are written to disk together
_MOST_NUMBERS = 50_000  # measures whose numbers are remembered

_ADD_REPORT = (
    "INSERT INTO reports (digest, name, said, form, ends, filed, accession, told, figures, left_out, company)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_MEASURE = "INSERT INTO measures (key) VALUES (?)"
_ADD_SPAN = "INSERT INTO spans VALUES (?, ?, ?)"
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
        self._adding = _Adding(base)
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
        except sqlite3.Error as failed:
            raise StoreError(explained_error(self.path, failed)) from failed
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
            made = self._adding.add(report)
        except BaseException:
            self._adding.forget()
            if base.in_transaction:  # a full disk may have ended it
                base.execute("ROLLBACK TO report")
                base.execute("RELEASE report")
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


class _Adding:
    """Puts reports into a store; what it remembers of the store is forgotten where a report is taken back."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._shelf = Shelf(base)
        self._numbers: dict[str, int] = {}

    def forget(self) -> None:
        """Forgets what was looked up."""
        self._shelf.clear()
        self._numbers.clear()

    def add(self, report: Packed) -> Kept:
        """Adds a report, and compares it with those of its company."""
        base = self._base
        (others,) = base.execute("SELECT count(*) FROM reports WHERE name = ?", (report.report[1],)).fetchone()
        whose = company_of(base, report.names, report.cik)
        number = _new(base.execute(_ADD_REPORT, (*report.report, whose.number)))
        self._add_parts(report, number, whose.number)
        for each in (*whose.moved, number):
            compare_with_neighbours(base, self._shelf, each)
        standing = sum(fact[-1] == STANDS for fact in report.facts)
        return Kept("", others, whose.name, len(report.facts), standing)

    def _add_parts(self, report: Packed, number: int, company: int) -> None:
        base, measures = self._base, self._measures(report)
        (last,) = base.execute("SELECT coalesce(max(id), 0) FROM rows").fetchone()
        base.executemany(_ADD_SPAN, [(number, *span) for span in report.spans])
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

    def _measures(self, report: Packed) -> list[int]:
        """The store's numbers of the report's measures, new ones added."""
        if len(self._numbers) > _MOST_NUMBERS:
            self._numbers.clear()
        return [self._numbers.get(key) or self._number(key) for key in report.measures]

    def _number(self, key: str) -> int:
        found = self._base.execute("SELECT id FROM measures WHERE key = ?", (key,)).fetchone()
        if found is None:
            made = self._base.execute(_ADD_MEASURE, (key,))
        number = self._numbers[key] = _new(made) if found is None else int(found[0])
        return number


def _new(cursor: sqlite3.Cursor) -> int:
    return int(cursor.lastrowid or 0)
