"""Series out of a store: what a company's reports print of one measure, period by period and report by report."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from orebook.check.reports import RESTATED
from orebook.model.fact import Column, Row, Table
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.store.file import StoreError, connected, explained_error
from orebook.store.load import FACT, FACT_COLUMNS, fact_of, headings
from orebook.store.question import Question, chosen_companies, chosen_measures, told_lengths
from orebook.store.vintage import Changes, Copy, Report, Vintage, rank, vintages

_KEY_LETTERS = 8
_WEEK = 7  # days
_REPORTS = (
    "SELECT id, digest, name, said, form, ends, filed, accession, figures, left_out FROM reports WHERE company = ?"
    " ORDER BY told, ends, id"
)
_FACTS = f"""
    SELECT {FACT}, r.report, r.number, r.label, r.heading, r.entity, r.concept, t.number, t.title, t.kind,
        c.number, c.heading, c.percent, f.part
    FROM rows r JOIN facts f ON f.row = r.id
    JOIN tables t ON t.report = r.report AND t.number = r.table_number
    JOIN columns c ON c.report = r.report AND c.table_number = r.table_number AND c.number = f.column_number
    WHERE r.company = ? AND r.measure = ? AND f.left_out = 0
"""  # noqa: S608  the names of columns, and nothing from outside
_CHANGES = """
    SELECT c.old_row, c.old_place, c.new_row, c.new_place, c.verdict, c.why
    FROM rows r JOIN changes c ON c.new_row = r.id WHERE r.company = ? AND r.measure = ?
"""


class Point(NamedTuple):
    """A figure of one period, as each report that prints it does, the earliest report first."""

    period: Period
    vintages: tuple[Vintage, ...]

    @property
    def first(self) -> Vintage:
        """As first reported."""
        return self.vintages[0]

    @property
    def latest(self) -> Vintage:
        """As last reported."""
        return self.vintages[-1]

    @property
    def restated(self) -> bool:
        """Whether a report states it otherwise than the one before."""
        return any(vintage.verdict == RESTATED for vintage in self.vintages)


class Series(NamedTuple):
    """A company's figures of one measure, entity, unit and length of period, by the end of the period.

    `label`, `heading`, `entity` and `statement` are as the latest report prints them (`statement` is the kind of its
    table, or the table's title). `column` holds the words of its column where the reports print several side by side under
    one period; "" elsewhere. `months` is None for balances, which are of a moment.
    """

    company: str
    cik: str
    concept: str | None
    label: str
    heading: tuple[str, ...]
    statement: str
    entity: str | None
    column: str
    unit: str
    months: int | None
    points: tuple[Point, ...]


class Found(NamedTuple):
    """What a store answers: the series, of how many reports and companies, how many figures those print, and how many of
    those stand in no series, by reason."""

    series: tuple[Series, ...]
    reports: int
    companies: int
    figures: int
    left_out: Mapping[str, int]


class Answer:
    """The series that a store has to a question, company by company, so that any number of them can be gone through.

    `reports`, `companies`, `figures` and `left_out` count those that were gone through so far. Raises StoreError where the
    store cannot be used or has nothing of the kind, with the nearest names that it has. Used in a `with` block.
    """

    def __init__(self, path: str | os.PathLike[str], question: Question) -> None:
        self.path = os.fspath(path)
        self.reports = self.companies = self.figures = 0
        self.left_out: Counter[str] = Counter()
        self._others: Counter[tuple[str, int | None]] = Counter()
        self._question = question
        self._base = connected(path, make=False)

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def __iter__(self) -> Iterator[Series]:
        try:
            companies = chosen_companies(self._base, self._question, self.path)
            some = False
            for company, chosen in chosen_measures(self._base, self._question, self.path, companies):
                for one in self._of_company(company, chosen):
                    some = True
                    yield one
            if not some and self._others and not self._question.restated:
                raise StoreError(f"{self.path}: no figure is of that unit and length; {told_lengths(self._others)}")
        except sqlite3.Error as error:
            raise StoreError(explained_error(self.path, error)) from error

    def _of_company(self, company: int, chosen: Sequence[int]) -> Iterator[Series]:
        """The series of a company, in the order in which its latest report prints them."""
        reports = self._reports(company)
        if not chosen:
            return
        (cik,) = self._base.execute("SELECT cik FROM companies WHERE id = ?", (company,)).fetchone()
        whose = next(reversed(reports.values())).company, cik or ""
        made = [
            (_standing(lines), one)
            for measure in chosen
            for lines, one in self._of_measure(company, measure, reports, whose)
        ]
        made.sort(key=itemgetter(0))
        yield from (
            one for _, one in made if not self._question.restated or any(point.restated for point in one.points)
        )

    def _of_measure(
        self, company: int, measure: int, reports: Mapping[int, Report], whose: tuple[str, str]
    ) -> Iterator[tuple[list[_Line], Series]]:
        changes = {
            ((old, old_place), (new, new_place)): (verdict, why)
            for old, old_place, new, new_place, verdict, why in self._base.execute(_CHANGES, (company, measure))
        }
        groups: dict[tuple[str, str, int | None], list[_Line]] = defaultdict(list)
        for line in _lines(self._base.execute(_FACTS, (company, measure)), reports):
            fact = line.copy.fact
            if fact.period is None or not self._question.is_of(fact.entity, line.part):
                continue
            if self._question.wants(fact.unit, fact.period.months):
                groups[line.part, fact.unit, fact.period.months].append(line)
            else:
                self._others[fact.unit, fact.period.months] += 1
        for (part, unit, months), lines in groups.items():
            last = max(lines, key=lambda line: (line.order[0], *(-each for each in rank(line.copy)))).copy.fact
            statement = last.table.kind or last.table.title
            points = tuple(_points(lines, changes))
            entity = last.entity
            yield (
                lines,
                Series(*whose, last.concept, last.label, last.heading, statement, entity, part, unit, months, points),
            )

    def _reports(self, company: int) -> dict[int, Report]:
        """The reports of a company in their order; they are counted."""
        made: dict[int, Report] = {}
        for line in self._base.execute(_REPORTS, (company,)):
            number, digest, name, said, form, ends, filed, accession, figures, left_out = line
            made[number] = Report(digest[:_KEY_LETTERS], name, said, form, _day(ends), _day(filed), accession)
            self.figures += figures
            self.left_out.update(json.loads(left_out))
        self.companies += 1
        self.reports += len(made)
        return made


class _Line(NamedTuple):
    """A figure of a series: the report that prints it, the place of that among the company's, the copy, and the words of
    its column where several stand under its period."""

    order: tuple[int, int]
    report: Report
    copy: Copy
    part: str


def _lines(found: Iterable[tuple[Any, ...]], reports: Mapping[int, Report]) -> Iterator[_Line]:
    """The facts of the columns that `_FACTS` gives."""
    order = {number: place for place, number in enumerate(reports)}
    for line in found:
        report, number, label, heading, entity, concept, *rest = line[FACT_COLUMNS:]
        table, title, kind, column, above, percent, part = rest
        row = Row(number, label, headings(heading), entity, concept=concept)
        fact = fact_of(line, Table(table, title, kind=kind), row, Column(column, above, percent=bool(percent)))
        yield _Line((order[report], -line[1]), reports[report], Copy((line[0], line[1]), fact), part)


def _standing(lines: Iterable[_Line]) -> tuple[int, int]:
    """Where a series stands among those of its company: by the latest report that prints it, and its place there."""
    latest, place = max(line.order for line in lines)
    return -latest, -place


def _points(lines: Iterable[_Line], changes: Changes) -> Iterator[Point]:
    """The points of a series, by their ends."""
    by_end: dict[date, list[_Line]] = defaultdict(list)
    for line in lines:
        if (period := line.copy.fact.period) is not None:
            by_end[period.end].append(line)
    for same in _together(sorted(by_end.items())):
        told: dict[int, tuple[Report, list[Copy]]] = {}
        for line in sorted(same, key=lambda line: line.order[0]):
            told.setdefault(line.order[0], (line.report, []))[1].append(line.copy)
        made = vintages(tuple(told.values()), changes)
        if (period := made[0].fact.period) is not None:
            yield Point(period, made)


def _together(ends: Iterable[tuple[date, list[_Line]]]) -> Iterator[list[_Line]]:
    """The figures of one period. A stretch of time that ends in the same week is the same: the quarter that ended March 29
    is headed `Q2 2014` a quarter later, which says no day."""
    first: date | None = None
    same: list[_Line] = []
    for end, lines in ends:
        period = lines[0].copy.fact.period
        if first is None or period is None or period.is_instant or (end - first).days >= _WEEK:
            if same:
                yield same
            first, same = end, []
        same = same + lines
    if same:
        yield same


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def series(
    store: str | os.PathLike[str],
    *,
    company: str | None = None,
    measure: str | None = None,
    entity: str | None = None,
    unit: str | None = None,
    months: int | None = None,
    instant: bool = False,
    restated: bool = False,
) -> Found:
    """The series that a store of reports (made by `orebook keep`) has of a company, measure, entity and unit.

    Texts match a part of the printed words, whatever their case; `measure` also a concept's name, `entity` may be
    `company` for its own totals. `months` asks for periods of that length, `instant` for balances, `restated` for the
    series that a report restates. Raises StoreError (a ValueError) where there is no such store, company or measure.
    """
    question = Question(company, measure, entity, unit, months, instant, restated)
    with Answer(store, question) as answer:
        found = tuple(answer)
        return Found(found, answer.reports, answer.companies, answer.figures, dict(answer.left_out))
