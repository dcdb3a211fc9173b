"""What is asked of a store: whose figures, of which measure, entity, unit and length of period; and near names where
nothing has that name."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from orebook.lexicon.companies import company_key
from orebook.lexicon.levels import COMPANY, level_of
from orebook.lexicon.wording import normal
from orebook.model.named import NamedTuple
from orebook.store.file import StoreError

_NEAR = 5  # names that are told where nothing has the name asked for
_HUMPS = re.compile(r"[A-Z][a-z]*|[a-z]+|\d+")
_ROWS = "SELECT DISTINCT measure, label, entity, concept FROM rows WHERE company = ? AND measure IS NOT NULL"

_PARTS = (
    "SELECT DISTINCT r.measure, f.part FROM rows r JOIN facts f ON f.row = r.id"
    " WHERE r.company = ? AND r.measure IS NOT NULL AND f.part != ''"
)


class Question(NamedTuple):
    """Texts match a part of the printed words, whatever their case; `measure` also a concept's name or its words,
    `company` a former name or the number of the register; `entity` also a column's words, and may be `company` for its own
    totals.

    `months` asks for periods of that length, `instant` for balances, `restated` for series that a report restates.
    """

    company: str | None = None
    measure: str | None = None
    entity: str | None = None
    unit: str | None = None
    months: int | None = None
    instant: bool = False
    restated: bool = False

    def wants(self, unit: str, months: int | None) -> bool:
        """Whether figures in a unit and of a length are asked for."""
        if self.unit is not None and unit.casefold() != self.unit.casefold():
            return False
        return months is None if self.instant else self.months is None or months == self.months

    def is_of(self, entity: str | None, column: str) -> bool:
        """Whether figures of a mine or segment, or of a column headed so, are asked for."""
        if self.entity is None:
            return True
        asked = self.entity.casefold()
        if asked == COMPANY:
            return not column and level_of(entity).level == COMPANY
        return asked in (entity or "").casefold() or asked in column


def chosen_companies(base: sqlite3.Connection, question: Question, path: str) -> list[int]:
    """The companies that the question is about, by name. Raises StoreError where the store has none of that name."""
    names: dict[int, list[str]] = {}
    for number, name in base.execute(
        "SELECT id, name FROM companies UNION SELECT company, said FROM reports ORDER BY 1, 2"
    ):
        names.setdefault(number, []).append(name)
    if question.company is None:
        return sorted(names, key=lambda number: names[number])
    asked = question.company.casefold().strip()
    key = company_key(question.company)
    found = {number for number, said in names.items() if any(asked in name.casefold() for name in said)}
    if key:
        found.update(
            number for name, number in base.execute("SELECT key, company FROM names") if f" {key} " in f" {name} "
        )
    if asked.isdigit():
        found.update(
            number for (number,) in base.execute("SELECT id FROM companies WHERE cik = ?", (asked.lstrip("0"),))
        )
    if not found:
        every = {name for said in names.values() for name in said}
        raise StoreError(f"{path}: no company is called {question.company!r}; {nearest(question.company, every)}")
    return sorted(found, key=lambda number: names[number])


def chosen_measures(
    base: sqlite3.Connection, question: Question, path: str, companies: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """The measures that the question is about, company by company. Raises StoreError where no company has any."""
    nothing = True
    labels: dict[str, None] = {}
    entities: dict[str, None] = {}
    for company in companies:
        found: dict[int, None] = {}
        parts = _parts(base, company) if question.entity is not None else {}
        for measure, label, entity, concept in base.execute(_ROWS, (company,)):
            named = question.measure is None or is_called(question.measure, label, concept)
            if named and any(question.is_of(entity, part) for part in ("", *parts.get(measure, ()))):
                found[measure] = None
            elif nothing:
                labels[label] = None
                if named:
                    entities.update(dict.fromkeys((entity or "", *parts.get(measure, ()))))
        nothing = nothing and not found
        yield company, list(found)
    if nothing and question.entity is not None and entities:
        raise StoreError(f"{path}: no such figure of {question.entity!r}; {nearest(question.entity, entities)}")
    if nothing and question.measure is not None:
        raise StoreError(f"{path}: no figure is called {question.measure!r}; {nearest(question.measure, labels)}")


def is_called(asked: str, label: str, concept: str | None) -> bool:
    """Whether a row with this label and concept is what somebody calls `asked`."""
    text = " ".join(asked.casefold().split())
    if text in " ".join(label.casefold().split()):
        return True
    if concept is None:
        return False
    words = set(normal(asked).split())
    return text in concept.casefold() or (bool(words) and words <= set(_words(concept)))


def told_lengths(found: Counter[tuple[str, int | None]]) -> str:
    """The units and lengths of figures that were not asked for, the commonest first, in a sentence."""
    named = (
        f"--unit {unit} {'--instant' if months is None else f'--months {months}'}"
        for (unit, months), _ in found.most_common(_NEAR)
    )
    return f"there are figures of {', '.join(named)}"


def _words(concept: str) -> list[str]:
    """The words of a concept's name in their normal form: `income` and `net` of `NetIncomeLoss`."""
    return normal(" ".join(_HUMPS.findall(concept.rpartition(":")[2]))).split()


def _parts(base: sqlite3.Connection, company: int) -> dict[int, list[str]]:
    """The words of the columns that each measure of a company stands in, where several stand under one period."""
    made: dict[int, list[str]] = {}
    for measure, part in base.execute(_PARTS, (company,)):
        made.setdefault(measure, []).append(part)
    return made


def nearest(asked: str, names: Iterable[str]) -> str:
    """The names that come nearest to the one asked for, in a sentence."""
    from difflib import get_close_matches  # noqa: PLC0415  only for what was not found

    known = {name.casefold(): name for name in names if name}
    words = asked.casefold().split()
    near = [known[name] for name in get_close_matches(asked.casefold(), known, _NEAR)]
    near += [name for low, name in known.items() if any(word in low for word in words if len(word) > 3)]
    if not near:
        near = sorted(known.values())[:_NEAR]
    return "the nearest are " + ", ".join(map(repr, dict.fromkeys(near[:_NEAR]))) if near else "it has none at all"
