"""The file of a store: an SQLite database of its own kind and version.

Figures are kept as the text of their decimals. All statements are constants of this package, and whatever comes from a
report or a caller reaches them as a parameter.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

APPLICATION = 0x6F72656B  # "orek": tells a store from any other SQLite database
VERSION = 1
PATIENCE = 10  # seconds to wait for another run that writes the same store
_CACHE = 64 * 1024  # KiB: the measures of thousands of reports are looked up in no order
_HEADER = b"SQLite format 3\x00"

# `told` is the day on which a report was given out, as far as it says: that of its filing, else the end of its period.
# `spans` are the periods that a report prints figures of (0 months: a moment), by which reports that share some are found.
SCHEMA = """
CREATE TABLE companies (id INTEGER PRIMARY KEY, name TEXT NOT NULL, cik TEXT UNIQUE);
CREATE TABLE names (key TEXT NOT NULL, company INTEGER NOT NULL, PRIMARY KEY (key, company)) WITHOUT ROWID;
CREATE TABLE reports (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, company INTEGER NOT NULL,
    said TEXT NOT NULL, form TEXT NOT NULL, ends TEXT, filed TEXT, accession TEXT NOT NULL,
    told TEXT NOT NULL, figures INTEGER NOT NULL, left_out TEXT NOT NULL
);
CREATE INDEX reports_by_company ON reports (company);
CREATE INDEX reports_by_name ON reports (name);
CREATE TABLE measures (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE tables (
    report INTEGER NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, shares INTEGER NOT NULL,
    PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE TABLE columns (
    report INTEGER NOT NULL, table_number INTEGER NOT NULL, number INTEGER NOT NULL, heading TEXT NOT NULL,
    percent INTEGER NOT NULL, PRIMARY KEY (report, table_number, number)
) WITHOUT ROWID;
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, report INTEGER NOT NULL, company INTEGER NOT NULL, measure INTEGER,
    table_number INTEGER NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL, heading TEXT NOT NULL, entity TEXT,
    concept TEXT
);
CREATE INDEX rows_by_table ON rows (report, table_number);
CREATE INDEX rows_by_measure ON rows (company, measure, report, table_number);
CREATE TABLE facts (
    row INTEGER NOT NULL, place INTEGER NOT NULL, column_number INTEGER NOT NULL, line INTEGER NOT NULL,
    first INTEGER NOT NULL, beyond INTEGER NOT NULL, offset_first INTEGER, offset_beyond INTEGER, text TEXT NOT NULL,
    value TEXT, decimals INTEGER NOT NULL, unit TEXT NOT NULL, scale INTEGER NOT NULL,
    months INTEGER, weeks INTEGER, ends TEXT, part TEXT NOT NULL, left_out INTEGER NOT NULL, PRIMARY KEY (row, place)
) WITHOUT ROWID;
CREATE TABLE spans (
    report INTEGER NOT NULL, ends TEXT NOT NULL, months INTEGER NOT NULL, PRIMARY KEY (report, ends, months)
) WITHOUT ROWID;
CREATE TABLE changes (
    old_row INTEGER NOT NULL, old_place INTEGER NOT NULL, new_row INTEGER NOT NULL, new_place INTEGER NOT NULL,
    verdict TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (new_row, new_place, old_row, old_place)
) WITHOUT ROWID;
"""


class StoreError(ValueError):
    """A store that cannot be used: says which, why, and what to do."""


def storable(text: str) -> str:
    """A text as UTF-8 can hold it: halves of surrogate pairs, which damaged files bring, become escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def connected(path: str | os.PathLike[str], *, make: bool) -> sqlite3.Connection:
    """A connection to the store at `path`, made where there is none and `make` is True; else it is only read.

    Raises StoreError for what is no store of this version, or does not open.
    """
    given = os.fspath(path)
    refuse_other_files(given, make=make)
    mode = "rwc" if make else "rw"  # a store is opened for writing to be read too: what a crash left is undone first
    try:
        base = sqlite3.connect(
            f"{Path(given).absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
        )
    except sqlite3.Error as error:
        raise StoreError(
            f"{given}: the store cannot be opened ({error}); check the folder and the permissions"
        ) from error
    try:
        _prepare(base, given, make=make)
    except sqlite3.Error as error:
        base.close()
        raise StoreError(explained_error(given, error)) from error
    except StoreError:
        base.close()
        raise
    return base


def explained_error(path: str, error: sqlite3.Error) -> str:
    """What an error of the database means for somebody who only has the file."""
    said = str(error)
    if "locked" in said:
        return f"{path}: another run is writing this store; try again when it has ended"
    if "readonly" in said or "read-only" in said:
        return f"{path}: the store is write-protected; check the permissions of the file and its folder"
    if "full" in said:
        return f"{path}: the disk is full; what was kept before is still there"
    return f"{path}: the store cannot be used ({said}); keep the reports in a new one"


def refuse_other_files(path: str, *, make: bool) -> None:
    """What stands at the path must be an SQLite file, or nothing where one is to be made."""
    if os.path.isdir(path):  # noqa: PTH112
        raise StoreError(
            f"{path}: this is a folder; a store is one file, as `orebook keep reports.store FILE…` makes it"
        )
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113
        raise StoreError(f"{path}: this is no file, and cannot hold a store; give the name of one")
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            head = file.read(len(_HEADER))
    except FileNotFoundError as error:
        if make:
            return
        raise StoreError(f"{path}: there is no such store; `orebook keep {path} FILE…` makes one of reports") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; check the name and the permissions") from error
    if head and head != _HEADER:
        raise StoreError(f"{path}: this is no store; give the store first, then the reports: orebook keep STORE FILE…")
    if not head and not make:
        raise StoreError(f"{path}: the file is empty; `orebook keep {path} FILE…` makes a store of reports")


def _prepare(base: sqlite3.Connection, path: str, *, make: bool) -> None:
    """Makes the tables of a new store, or checks that an old one is of this kind and version."""
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute(f"PRAGMA cache_size = -{_CACHE:d}")
    if base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        if not make:
            raise StoreError(f"{path}: the store is empty; `orebook keep {path} FILE…` puts reports into it")
        _create(base)
    (kind,) = base.execute("PRAGMA application_id").fetchone()
    (version,) = base.execute("PRAGMA user_version").fetchone()
    if kind != APPLICATION:
        raise StoreError(f"{path}: this is a database of another program, and is left alone; give another name")
    if version != VERSION:
        raise StoreError(
            f"{path}: the store is of version {version}, and this orebook reads version {VERSION};"
            " keep the reports again in a new store"
        )
    if not make:
        base.execute("PRAGMA query_only = ON")


def _create(base: sqlite3.Connection) -> None:
    base.execute("BEGIN IMMEDIATE")
    if base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        for statement in SCHEMA.split(";"):
            if statement.strip():
                base.execute(statement)
        base.execute(f"PRAGMA application_id = {APPLICATION:d}")
        base.execute(f"PRAGMA user_version = {VERSION:d}")
    base.execute("COMMIT")
