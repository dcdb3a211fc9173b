"""The figures of a book as prose sees them: by row, by unit, by size, by the words that name them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from orebook.check.context import kept
from orebook.check.prose import columns
from orebook.check.prose.calendar import MONTH_STEMS, Calendar, calendar
from orebook.check.prose.names import (
    GENERAL,
    Names,
    company_of,
    listed,
    mined,
    name_of,
    own_names,
    rows_over,
    segments_of,
    sites_of,
)
from orebook.check.prose.words import tokens, vocabulary
from orebook.model.book import Book
from orebook.model.fact import Fact, Row, Table
from orebook.model.interval import Interval, amount, counted, of_fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import slotted

_ISO = re.compile(r"^[A-Z]{3}(?=$|/)")
_BARE_LABELS = frozenset(("basic", "diluted", "average", "common", "share", "pershare", "other", "net"))
_NOBODY: frozenset[str] = frozenset()
_NONE: frozenset[Period] = frozenset()
_MICRO = 10**6
_LITTLE = 2  # what a word weighs that says little by itself
_MEASURE = "\0"  # before the heading of a column that is a measure
_REPORTS = ("10-", "20-F", "40-F", "S-")
_ANNUAL = ("10-K", "20-F", "40-F")


@slotted
class Line:
    """A printed row: the words of its label, those of its headings, table and block, and its figures by period; for those of
    `several` it prints others too, in columns that nothing tells apart here (`SPS   SSB`). Where its column says what it
    measures, `part` are the words of the row itself: of what part of the company."""

    row: Row
    table: Table
    label: frozenset[str]
    context: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    family: str
    facts: Mapping[Period, Fact]
    several: frozenset[Period]
    total: int
    place: int
    part: frozenset[str]


@slotted
class Index:
    """The lines of a book, and the ways to find them; `found` keeps what was looked up, while the book is checked."""

    lines: tuple[Line, ...]
    calendar: Calendar
    weights: Mapping[str, int]
    names: Names
    company: frozenset[str]
    segments: frozenset[str]
    title: frozenset[str]
    report: bool
    families: frozenset[str]
    by_size: Mapping[str, tuple[list[int], list[tuple[Fact, Line]]]]
    by_word: Mapping[str, Mapping[str, list[Line]]]
    by_place: Mapping[tuple[int, int], list[Line]]
    found: dict[Hashable, list[tuple[int, Line]]]
    said: dict[frozenset[str], tuple[int, int]]
    who: dict[tuple[frozenset[str], bool, int], int]
    grouped: dict[frozenset[str], list[tuple[frozenset[str], frozenset[str], str]]]
    read: dict[Hashable, frozenset[str]]

    def near(self, family: str, said: Interval) -> Iterable[tuple[Fact, Line]]:
        """The figures of a unit family whose magnitude may lie within an interval."""
        sizes, figures = self.by_size.get(family, ([], []))
        low, high = max(said.bottom, 0) * _MICRO // said.unit, said.top * _MICRO // said.unit
        return figures[bisect_left(sizes, low - 1) : bisect_right(sizes, high + 1)]

    def line_of(self, fact: Fact) -> Line | None:
        """The row that a figure stands in."""
        lines = self.by_place.get((fact.table.number, fact.row.number), ())
        if len(lines) > 1:
            column = fact.column.number
            for line in reversed(lines):
                if any(other.column.number == column for other in line.facts.values()):
                    return line
        return lines[0] if lines else None

    def is_one_of_several(self, fact: Fact) -> bool:
        """Whether the row of a figure prints others of the same period, in columns that nothing tells apart."""
        line = self.line_of(fact)
        return line is not None and fact.period in line.several

    def naming(self, family: str, words: Iterable[str]) -> list[Line]:
        """The lines of a unit family that share a word with `words`, in document order."""
        seen: dict[int, Line] = {}
        rows = self.by_word.get(family, {})
        for word in words:
            for line in rows.get(word, ()):
                seen[line.place] = line
        return list(seen.values())

    def called(self, words: frozenset[str]) -> list[Line]:
        """The lines of money of the whole company that are called just so (`Total current assets`), in document order."""
        return [
            line
            for line in self.naming("M", words)
            if words <= line.label and not line.names and len(line.label - words) <= 1
        ]

    def agreeing(self, family: str, said: frozenset[str], percent: int) -> list[Line]:
        """The lines of a unit family that have at least so much of what a set of words tells, and those of an entity, whose
        name tells more."""
        found: dict[int, int] = {}
        rows = self.by_word.get(family, {})
        for word in said:
            weight = self.weight(word)
            for line in rows.get(word, ()):
                place = line.place
                found[place] = found.get(place, 0) + weight
        least, lines = percent * self.asked(said)[0], self.lines
        return [lines[place] for place, weight in found.items() if 100 * weight >= least or lines[place].names]

    def spoken(self, names: frozenset[str]) -> frozenset[str]:
        """The words of names."""
        made = self.read.get(names)
        if made is None:
            made = self.read[names] = frozenset(word for name in names for word in name.split())
        return made

    def printed(self, line: Line) -> frozenset[str]:
        """The words of a line's label and headings, as printed, in small letters."""
        made = self.read.get(line.place)
        if made is None:
            made = self.read[line.place] = frozenset(f"{line.row.label} {' ; '.join(line.row.heading)}".lower().split())
        return made

    def asked(self, said: frozenset[str]) -> tuple[int, int]:
        """How much a set of words tells together, and the one that tells most."""
        made = self.said.get(said)
        if made is None:
            each = [self.weight(word) for word in said]
            made = self.said[said] = sum(each), max(each, default=0)
        return made

    def telling(self, family: str | None) -> frozenset[str]:
        """The words of the rows of a unit family (None: of all) that by themselves tell one row from another."""
        made = self.read.get(family)
        if made is None:
            words = self.weights if family is None else self.by_word.get(family, ())
            made = self.read[family] = frozenset(word for word in words if self.weights[word] > _LITTLE)
        return made

    def weight(self, word: str) -> int:
        """How much one word tells."""
        return self.weights.get(word, 3)

    def weigh(self, words: Iterable[str]) -> int:
        get = self.weights.get
        return sum(get(word, 3) for word in words)


@lru_cache(maxsize=256)
def family(unit: str) -> str:
    """The unit family: money of any currency is `M`, cents a pound are money a pound."""
    if unit.startswith("cents"):
        return "M" + unit[5:]
    return _ISO.sub("M", unit)


def size(fact: Fact) -> Fraction:
    """The amount with its sign, cents as dollars."""
    return amount(fact) / 100 if fact.unit.startswith("cents") else amount(fact)


def span(fact: Fact) -> Interval:
    """The interval of the amount, cents as dollars."""
    made = of_fact(fact)
    return counted(made.bottom, made.top, 100 * made.unit) if fact.unit.startswith("cents") else made


@kept()
def build(book: Book) -> Index | None:
    """The index of a book's figures; None where it has no dated figure. Claims and directions share it."""
    facts = book.facts
    who = book.identity
    known = calendar(
        (fact.period for fact in facts),
        who.period_end,
        _told(book),
        annual=who.form.startswith(_ANNUAL),
        year_end=who.fiscal_year_end,
        named=_years_named(facts),
    )
    if known is None:
        return None
    rows: dict[tuple[int, int, str], list[Fact]] = defaultdict(list)
    side = columns.beside(facts)
    parted, measured = columns.parts(side), columns.measures(facts, side)
    called = parted | {at: f"{_MEASURE}{name}" for at, name in (columns.units(facts) | measured).items()}
    for fact in facts:
        table = fact.table.number
        rows[table, fact.row.number, called.get((table, fact.column.number), "") if called else ""].append(fact)
    metals = vocabulary().groups[0][0]
    entities = {group[0].row.entity for group in rows.values()}
    title = frozenset(book.identity.company.lower().replace(",", " ").split())
    spelt = {entity: name_of(entity, metals, title) for entity in entities}
    named = {*spelt.values(), *(name_of(name, metals, title) for name in mined(book, parted))}
    spelt.update((name, "" if GENERAL.search(name) else name_of(name, metals, title)) for name in set(parted.values()))
    segments = segments_of(group[0] for group in rows.values())
    over = rows_over(group[0] for group in rows.values())
    sites = sites_of((group[0] for group in rows.values()), over)
    named.update(sites.values())
    parts = {**sites, **segments}
    above: dict[tuple[str, ...], frozenset[str]] = {}
    read = [
        _reading(group[0], column, spelt, parts, over.get((table, row), "") if over else "", above)
        for (table, row, column), group in rows.items()
    ]
    weights = _weights(_by_row(rows, read, {table for table, _ in measured}) if measured else read)
    plain: dict[Period, Period] = {}
    lines = tuple(
        _line(each, group, weights, plain, at) for at, (each, group) in enumerate(zip(read, rows.values(), strict=True))
    )
    return Index(
        lines,
        known,
        weights,
        listed(own_names(named, book), set(segments.values())),
        company_of(book),
        frozenset(segments.values()),
        title,
        book.identity.form.startswith(_REPORTS),
        frozenset(line.family for line in lines),
        _sizes(lines),
        _words(lines),
        _places(lines),
        {},
        {},
        {},
        {},
        {},
    )


_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = re.compile(rf"\b(?:{MONTH_STEMS})|\d/\d|ended", re.IGNORECASE)


def _years_named(facts: Iterable[Fact]) -> dict[date, int]:
    """The year that most columns are headed with which print a year or a quarter, by its close, where the heading names it
    (`2024`, `Fiscal 2024`) and prints no day of it."""
    found: dict[date, Counter[int]] = defaultdict(Counter)
    for column in {id(fact.column): fact.column for fact in facts}.values():
        years = set(_YEARS.findall(column.heading))
        if column.period is not None and column.period.months and len(years) == 1 and not _DATED.search(column.heading):
            found[column.period.end][int(years.pop())] += 1
    return {end: count.most_common(1)[0][0] for end, count in found.items()}


def _places(lines: Iterable[Line]) -> dict[tuple[int, int], list[Line]]:
    """The lines of each row, of which there are several where columns are mines or measures, by table and row."""
    made: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        made.setdefault((line.table.number, line.row.number), []).append(line)
    return made


def _told(book: Book) -> Iterator[str]:
    """The paragraphs of the prose, from the headline on; where their lines end must not matter."""
    for paragraph in book.prose:
        text = " ".join(book.lines[paragraph.first - 1 : paragraph.last])
        yield text if "  " not in text and text.isprintable() else " ".join(text.split())


class _Reading(NamedTuple):
    """The words of a row's label and of what stands above it, the entity it is about, and its unit family."""

    label: frozenset[str]
    context: frozenset[str]
    name: str
    family: str
    part: frozenset[str] = _NOBODY


def _reading(
    first: Fact,
    column: str,
    spelt: Mapping[str | None, str],
    segments: Mapping[str, str],
    over: str,
    above: dict[tuple[str, ...], frozenset[str]],
) -> _Reading:
    """The words of a row by its first figure; `above` keeps those of headings and titles, which many rows stand under."""
    row, table = first.row, first.table
    measure, column = (column[1:], "") if column.startswith(_MEASURE) else ("", column)
    name = (spelt[column] if column else "") or spelt[row.entity] or segments.get(row.label, "")
    under = (*row.heading, table.title)
    context = above.get(under, _NOBODY)
    if not context:
        context = above[under] = tokens(" ; ".join(row.heading)) | tokens(table.title)
    if over:
        context |= tokens(over)
    if row.entity and not name:
        context |= tokens(row.entity)
    if column and not spelt[column]:
        context |= tokens(column)
    label = own = tokens(row.label)
    if measure:
        label = own | tokens(measure)
    if row.heading and (not label or label <= _BARE_LABELS):
        label |= tokens(row.heading[-1])
    elif over and label <= _BARE_LABELS:
        label |= tokens(over)
    part = own - vocabulary().light if measure and not GENERAL.search(row.label) else _NOBODY
    return _Reading(label, context - label, name, _unit(first, label), part)


def _line(
    read: _Reading, group: list[Fact], weights: Mapping[str, int], plain: dict[Period, Period], place: int
) -> Line:
    """A row with its figures by period; `plain` keeps each period without its weeks."""
    figures: dict[Period, Fact] = {}
    several: set[Period] = set()
    for fact in group:
        period = fact.period
        if period is not None and not fact.column.percent:
            if period.weeks is not None:
                period = plain.setdefault(period, Period(period.end, period.months))
            if figures.setdefault(period, fact).value != fact.value:
                several.add(period)
    words = read.label | read.context
    names = frozenset((read.name,)) if read.name else _NOBODY
    total = sum(weights[word] for word in read.label)
    return Line(
        group[0].row, group[0].table, read.label, read.context, words, names, read.family, figures,
        frozenset(several) if several else _NONE, total, place, read.part,
    )  # fmt: skip


def _unit(first: Fact, label: frozenset[str]) -> str:
    """The unit family of a row; money in cents under `Basic` or `Diluted` is money a share, whatever was read."""
    kind = family(first.unit)
    small = kind == "M" and first.scale == 1 and first.decimals == 2
    return "M/share" if small and not label.isdisjoint({"basic", "diluted", "pershare"}) else kind


def _by_row(
    rows: Iterable[tuple[int, int, str]], read: Iterable[_Reading], tables: Container[int]
) -> Iterator[_Reading]:
    """The words of each row, and once those of a printed row of which the columns make several, in some tables."""
    told: dict[tuple[int, int], frozenset[str]] = {}
    for (table, row, _), each in zip(rows, read, strict=True):
        if table not in tables:
            yield each
            continue
        known = told.get((table, row), _NOBODY)
        told[table, row] = known | each.label | each.context
        yield each._replace(label=each.label - known, context=each.context - known)


def _weights(read: Iterable[_Reading]) -> dict[str, int]:
    """How much a word tells: the fewer rows carry it, the more; words that say little by themselves, least."""
    count = Counter(chain.from_iterable(words for each in read for words in (each.label, each.context)))
    light = vocabulary().light
    return {word: _LITTLE if word in light else max(4, 13 - n.bit_length()) for word, n in count.items()}


def _micro(fact: Fact) -> int:
    """The magnitude in millionths, for finding only."""
    value = fact.value
    if value is None:
        return 0
    one = fact.scale * (_MICRO // 100 if fact.unit[:5] == "cents" else _MICRO)
    return abs(int(value * one if fact.decimals else value) * (1 if fact.decimals else one))


def _sizes(lines: Iterable[Line]) -> dict[str, tuple[list[int], list[tuple[Fact, Line]]]]:
    found: dict[str, list[tuple[int, int, Fact, Line]]] = defaultdict(list)
    order = 0
    for line in lines:
        figures = found[line.family]
        for fact in line.facts.values():
            if fact.value is not None:
                order += 1
                figures.append((_micro(fact), order, fact, line))
    made = {}
    for kind, figures in found.items():
        figures.sort()
        made[kind] = [size for size, *_ in figures], [(fact, line) for _, _, fact, line in figures]
    return made


def _words(lines: Iterable[Line]) -> dict[str, dict[str, list[Line]]]:
    made: dict[str, dict[str, list[Line]]] = {}
    for line in lines:
        rows = made.setdefault(line.family, {})
        for word in line.words:
            if word in rows:
                rows[word].append(line)
            else:
                rows[word] = [line]
    return made
