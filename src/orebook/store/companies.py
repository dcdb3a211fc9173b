"""Whose a report is: the number of the register decides where it is printed, else the name and former names.

A report that prints no company stands alone: nothing says whose figures continue it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from orebook.lexicon.companies import company_key
from orebook.model.named import NamedTuple

NOT_STATED = "company not stated"


class Whose(NamedTuple):
    """A company's number and name in the store, and the reports that turned out to be its own as well."""

    number: int
    name: str
    moved: tuple[int, ...] = ()


def company_of(base: sqlite3.Connection, names: tuple[str, ...], cik: str) -> Whose:
    """The company of a report that calls it `names` (the present name first), added where the store has none."""
    keys = tuple(dict.fromkeys(key for key in map(company_key, names) if key))
    known = _by_number(base, cik)
    alike = [number for number in _by_names(base, keys) if _may_be(base, number, cik)]
    if known is None and not cik and len(alike) > 1:
        # Two companies of one name: which of them, this report does not say.
        alike = []
    if known is None and not alike:
        return _added(base, names[0] if names else "", cik, keys)
    home = alike[0] if known is None else known
    if cik:
        base.execute("UPDATE companies SET cik = ? WHERE id = ?", (cik, home))
    moved = _joined(base, home, (number for number in alike if number != home))
    _named(base, home, keys)
    (name,) = base.execute("SELECT name FROM companies WHERE id = ?", (home,)).fetchone()
    return Whose(home, str(name), moved)


def _by_number(base: sqlite3.Connection, cik: str) -> int | None:
    found = base.execute("SELECT id FROM companies WHERE cik = ?", (cik,)).fetchone() if cik else None
    return None if found is None else int(found[0])


def _by_names(base: sqlite3.Connection, keys: Iterable[str]) -> list[int]:
    found = [base.execute("SELECT company FROM names WHERE key = ? ORDER BY company", (key,)) for key in keys]
    return list(dict.fromkeys(int(number) for rows in found for (number,) in rows.fetchall()))


def _may_be(base: sqlite3.Connection, number: int, cik: str) -> bool:
    """Whether a company of the same name is not another one by its number."""
    (other,) = base.execute("SELECT cik FROM companies WHERE id = ?", (number,)).fetchone()
    return not cik or other is None or other == cik


def _added(base: sqlite3.Connection, name: str, cik: str, keys: Iterable[str]) -> Whose:
    shown = name or NOT_STATED
    made = base.execute("INSERT INTO companies (name, cik) VALUES (?, ?)", (shown, cik or None))
    number = int(made.lastrowid or 0)
    _named(base, number, keys)
    return Whose(number, shown)


def _named(base: sqlite3.Connection, number: int, keys: Iterable[str]) -> None:
    base.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", [(key, number) for key in keys])


def _joined(base: sqlite3.Connection, home: int, others: Iterable[int]) -> tuple[int, ...]:
    """Gives a company the reports of others that turned out to be the same; returns their numbers."""
    moved: list[int] = []
    for other in others:
        moved += [number for (number,) in base.execute("SELECT id FROM reports WHERE company = ?", (other,))]
        base.execute("UPDATE reports SET company = ? WHERE company = ?", (home, other))
        base.execute("UPDATE rows SET company = ? WHERE company = ?", (home, other))
        base.execute("UPDATE OR IGNORE names SET company = ? WHERE company = ?", (home, other))
        base.execute("DELETE FROM names WHERE company = ?", (other,))
        base.execute("DELETE FROM companies WHERE id = ?", (other,))
    return tuple(moved)
