"""Names that a spreadsheet accepts: of sheets, of cells, and of key figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orebook.model.fact import Fact, Table
from orebook.write.words import visible

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NOT_A_WORD = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = {"history"}
LONGEST = 31


def sheet_names(tables: Iterable[Table], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """A name a table: at most 31 characters, none twice (case does not count), none that a spreadsheet refuses.

    A short title is the name; a long one gives way to the kind of statement, where the lexicon knows it.
    """
    titles = []
    for table in tables:
        clean = _clean(table.title)
        if len(clean) > LONGEST and table.kind:
            clean = _clean(table.kind.replace("-", " ").capitalize())
        titles.append(clean)
    return unique_names(titles, taken)


def unique_names(titles: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """A name a title, as a sheet may be called: cut where it is too long, numbered where it is taken."""
    used = {name.casefold() for name in taken} | _RESERVED
    made: list[str] = []
    for title in titles:
        clean = _clean(title) or "Table"
        name, count = _shortened(clean, LONGEST), 1
        while name.casefold() in used:
            count += 1
            tail = f" {count}"
            name = _shortened(clean, LONGEST - len(tail)) + tail
        used.add(name.casefold())
        made.append(name)
    return tuple(made)


def _clean(title: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", visible(title)).split()).strip("' ")


def _shortened(name: str, most: int) -> str:
    """`name` cut to `most` characters, between two words where there is a break in its second half."""
    if len(name) <= most:
        return name
    cut = name.rfind(" ", most // 2, most + 1)
    return name[: cut if cut > 0 else most].strip("' ")


def reference(sheet: str, row: int, column: int, *, fixed: bool = False) -> str:
    """A cell as a formula names it, `row` and `column` from 0; without a sheet where `sheet` is ""."""
    mark = "$" if fixed else ""
    where = f"{mark}{column_letters(column)}{mark}{row + 1}"
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{where}" if sheet else where


def column_letters(column: int) -> str:
    """The letters of a column that is counted from 0: A, B, …, Z, AA."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def figure_name(fact: Fact) -> str:
    """A defined name for a key figure, "" where the lexicon knows no concept for it.

    It is made of concept, mine and period: `Revenues.3m.2007_09_30`, `SilverProduced.Lucky_Friday.9m.2007_09_30`.
    """
    if fact.concept is None or fact.period is None:
        return ""
    period = fact.period
    length = "" if period.months is None else f"{period.weeks}w" if period.weeks else f"{period.months}m"
    parts = (fact.concept.rpartition(":")[2], fact.entity or "", length, period.end.isoformat())
    name = ".".join(_NOT_A_WORD.sub("_", part).strip("_") for part in parts if part)
    return name[:200] if name[:1].isalpha() else f"_{name[:199]}"
