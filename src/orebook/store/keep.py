"""Keeping reports: each goes into the store whole or not at all, is compared with those of its company there, and can be
taken out again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import TypeVar

from orebook.model.collector import without_collector
from orebook.model.named import NamedTuple
from orebook.store.companies import company_of
from orebook.store.compare import compare_with_neighbours, reports_near
from orebook.store.file import StoreError, connected, explained_error, refuse_other_files
from orebook.store.load import Shelf
from orebook.store.pack import Packed
from orebook.store.question import nearest
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
_OWN_ROWS = "(SELECT id FROM rows WHERE report = :report)"
_REMOVE = (
    f"DELETE FROM changes WHERE old_row IN {_OWN_ROWS} OR new_row IN {_OWN_ROWS}",  # noqa: S608  constants of ours
    f"DELETE FROM facts WHERE row IN {_OWN_ROWS}",  # noqa: S608
    "DELETE FROM rows WHERE report = :report",
    "DELETE FROM columns WHERE report = :report",
    "DELETE FROM tables WHERE report = :report",
    "DELETE FROM spans WHERE report = :report",
    "DELETE FROM reports WHERE id = :report",
    "DELETE FROM names WHERE company NOT IN (SELECT company FROM reports)",
    "DELETE FROM companies WHERE id NOT IN (SELECT company FROM reports)",
)
_Made = TypeVar("_Made")


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

    @classmethod
    def existing(cls, path: str | os.PathLike[str]) -> Store:
        """The store at `path`; raises StoreError where there is none."""
        refuse_other_files(os.fspath(path), make=False)
        return cls.open(path)

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

    def drop(self, name: str) -> int:
        """Takes the reports of a name out again, each whole or not at all, as if they had never been kept: those beside
        them are compared with each other. Returns how many there were. Raises StoreError, also where no report has the
        name."""
        base = self._base
        found = base.execute("SELECT id FROM reports WHERE name = ? ORDER BY id", (name,)).fetchall()
        if not found:
            names = (str(each) for (each,) in base.execute("SELECT DISTINCT name FROM reports"))
            raise StoreError(f"{self.path}: no report is kept as {name!r}; {nearest(name, names)}")
        try:
            for (number,) in found:
                self._whole(partial(self._adding.remove, int(number)))
        except sqlite3.Error as error:
            raise StoreError(explained_error(self.path, error)) from error
        return len(found)

    def _kept(self, report: Packed) -> Kept:
        return self._whole(partial(self._adding.add, report))

    def _whole(self, change: Callable[[], _Made]) -> _Made:
        """What a change to the store makes, which happens whole or not at all."""
        base = self._base
        if not base.in_transaction:
            base.execute("BEGIN IMMEDIATE")
        base.execute("SAVEPOINT report")
        try:
            made = change()
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

    def remove(self, report: int) -> None:
        """Takes a report out, and compares those beside it with each other; a company that has no other goes with it."""
        base = self._base
        near = reports_near(base, report) - {report}
        for statement in _REMOVE:
            base.execute(statement, {"report": report})
        self._shelf.clear()
        for each in sorted(near):
            compare_with_neighbours(base, self._shelf, each)

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
