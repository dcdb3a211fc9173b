"""Which concept a printed label means, and which statement a title or its rows announce."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from orebook.lexicon import listed, load
from orebook.lexicon.kinds import KINDS, TITLE_NOISE
from orebook.lexicon.wording import normal
from orebook.model.named import NamedTuple


class _Kind(NamedTuple):
    """A kind of table: the phrases that a title must hold (or must not), and rows that give it away."""

    name: str
    titles: tuple[str, ...]
    unless: tuple[str, ...]
    rows: tuple[frozenset[str], ...]


@cache
def metals() -> tuple[str, ...]:
    """The metals that the vocabulary knows, in lower case."""
    return tuple(load("concepts")["metals"])


@cache
def _scope(kind: str) -> dict[str, str]:
    """Normal form -> concept, for one scope of the vocabulary; `{metal}` written out."""
    made: dict[str, str] = {}
    for block in load("concepts")["vocabulary"]:
        if block["kind"] != kind:
            continue
        for line in block["words"].splitlines():
            name, _, forms = line.partition(" = ")
            for form in forms.split(" | "):
                if "{metal}" in form:
                    for metal in metals():
                        made.setdefault(form.replace("{metal}", metal), name.replace("{Metal}", metal.capitalize()))
                elif form:
                    made.setdefault(form, name)
    return made


@cache
def _scopes(table_kind: str) -> tuple[dict[str, str], ...]:
    known = load("concepts")["scopes"]
    return tuple(_scope(name) for name in known.get(table_kind, known[""]))


@lru_cache(maxsize=256)
def unit_class(unit: str) -> str:
    """The class of unit that the vocabulary speaks of: "" for money, `share`, `ounce-cost`, `oz`, `weight`, …"""
    words = load("concepts")
    known: str | None = words["units"].get(unit)
    if known is not None:
        return known
    _, stroke, base = unit.partition("/")
    return str(words["per"].get(base, "other")) if stroke else ""


def _forms(label: str, heading: tuple[str, ...], unit: str) -> Iterable[str]:
    """The normal forms to look for, the most telling first."""
    plain = normal(label)
    kind = unit_class(unit)
    marks = [f" @{kind}"] if kind else [""]
    if kind in ("ounce-cost", "pound-cost", "ton-cost"):
        marks.append(" @price")
    for above in reversed(heading):
        for mark in marks:
            yield f"{normal(above)}: {plain}{mark}"
    if kind == "share" and plain in ("basic", "diluted") and _part_of_income(heading):
        return
    if kind in ("share", "shares"):
        which = _basic_or_diluted(heading)
        if which and which not in plain:
            yield f"{which} {plain} @{kind}"
    for mark in marks:
        yield plain + mark


def _part_of_income(heading: tuple[str, ...]) -> bool:
    """Whether the nearest heading speaks of a part of the income, not of all of it."""
    return bool(heading) and not set(load("concepts")["part_of_income"]).isdisjoint(normal(heading[-1]).split())


def _basic_or_diluted(heading: tuple[str, ...]) -> str:
    """Which of the two the nearest heading that names one of them names; "" where it names both, or none does."""
    for above in reversed(heading):
        named = {"basic", "diluted"}.intersection(normal(above).split())
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


@lru_cache(maxsize=8192)
def concept(label: str, heading: tuple[str, ...] = (), table_kind: str = "", unit: str = "") -> str | None:
    """The concept of a row: a us-gaap name or an `orebook:` extension; None where the vocabulary knows none.

    `heading` are the section headings above the row, outermost first; `table_kind` is what
    `statement_kind` said of its table; `unit` the row's unit (`USD`, `USD/share`, `oz`, …; "" reads as
    money). Only exact normal forms count: an unknown label is never guessed at.
    """
    if not label:
        return None
    forms = tuple(_forms(label, heading, unit))
    for words in _scopes(table_kind):
        for form in forms:
            found = words.get(form)
            if found is not None:
                return found
    return None


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            kind["name"],
            listed(kind["titles"]),
            listed(kind["unless"]) if "unless" in kind else (),
            tuple(frozenset(row.split(" | ")) for row in kind["rows"].strip().splitlines()) if "rows" in kind else (),
        )
        for kind in KINDS
    )


# `Table 4. Cash Cost Reconciliation`
_NUMBERED = re.compile(r"^(?:table|schedule|appendix)\s+\w{1,3}(?:[.:)]|\s+[-–—])\s+", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _kind_announced(title: str) -> str:
    """The kind of table that a title announces; "" where it announces none."""
    noise = listed(TITLE_NOISE)
    plain = f" {' '.join(word for word in normal(_NUMBERED.sub('', title)).split() if word not in noise)} "
    for kind in _kinds():
        if any(_holds(plain, phrase) for phrase in kind.titles) and not any(_holds(plain, p) for p in kind.unless):
            return kind.name
    return ""


def _holds(title: str, phrase: str) -> bool:
    """Whether the parts of a phrase (split at `..`) stand in a title in that order, as whole words."""
    start = 0
    for part in phrase.split(" .. "):
        found = title.find(f" {part} ", start)
        if found < 0:
            return False
        start = found + len(part) + 1
    return True


def statement_kind(title: str, labels: Iterable[str] = ()) -> str:
    """The kind of table that a title announces, or else that its rows give away; "" where neither does.

    One of `operations`, `balance-sheet`, `cash-flows`, `equity`, `comprehensive-income`, `highlights`,
    `production`, `reconciliation`, `prices`, `hedges`, `capital-expenditures`, `segments`.
    """
    announced = _kind_announced(title)
    if announced:
        return announced
    rows = frozenset(normal(label) for label in labels)
    for kind in _kinds():
        if any(needed <= rows for needed in kind.rows):
            return kind.name
    return ""
