"""The company as `company.toml` describes it: mines, segments, metals, calendar."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from orebook.close.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from orebook.close.convention import LARGEST_PART
from orebook.close.files import number
from orebook.close.problems import Problem
from orebook.close.vocabulary import COSTS, METAL_UNIT
from orebook.measures import MEASURES
from orebook.model.named import NamedTuple

FILE = "company.toml"
PROPORTIONATE, FULL, EQUITY = "proportionate", "full", "equity"
METHODS = (PROPORTIONATE, FULL, EQUITY)
INPUTS = ("monthly", "quarterly")
BASES = ("100 %", "attributable")
MOST_YEARS = 60
SETTINGS: dict[str, tuple[str, ...]] = {
    "": ("company", "price_titles", "segments", "mines", "bridges"),
    "company": (
        *("name", "first_month", "period_end", "fiscal_year_end", "scale", "input", "measures", "tax_rate"),
        "rounding",
    ),
    "segments": ("id", "title", "metal"),
    "bridges": ("id", "title", "formula"),
    "mines": (
        *("id", "title", "segment", "metal", "by_products", "graded", "costs", "share", "method", "basis", "payable"),
        *("third_party", "sold", "opened", "closed"),
    ),
}
"""What each block of the file may say, the file itself as ""."""
AS_DERIVED = "as derived"
ROUNDINGS = (AS_DERIVED, LARGEST_PART)


class Mine(NamedTuple):
    """A mine or unit.

    `share` is the company's part of it as a pure number; `method` how it enters the statements; `basis`
    whether the books state it in full or at the company's share. `costs` are the cost items that it has.
    `payable` holds the payable share of each metal where the books do not state one by period.
    """

    id: str
    title: str
    segment: str
    primary: str
    metals: tuple[str, ...]
    costs: tuple[str, ...]
    share: Fraction = Fraction(1)
    method: str = PROPORTIONATE
    basis: str = "attributable"
    payable: tuple[tuple[str, Fraction], ...] = ()
    third_party: tuple[str, ...] = ()
    graded: tuple[str, ...] = ()
    sold: tuple[str, ...] = ()
    opened: date | None = None
    closed: date | None = None

    def works(self, day: date) -> bool:
        """Whether the mine operated in the month that ends on `day`."""
        return (self.opened is None or day >= self.opened) and (self.closed is None or day <= _month_end(self.closed))

    def scaled(self) -> bool:
        """Whether what the books state must be taken at the company's share."""
        return self.basis == "100 %" and self.share != 1


class Segment(NamedTuple):
    """A group of mines that is reported together, by its primary metal."""

    id: str
    title: str
    primary: str


class Bridge(NamedTuple):
    """A measure outside GAAP, declared once: a title and a sum of named figures of the statements."""

    id: str
    title: str
    formula: str


class Company(NamedTuple):
    """Who reports what, for which period, in which unit of money (`scale` dollars)."""

    name: str
    calendar: Calendar
    mines: tuple[Mine, ...]
    segments: tuple[Segment, ...]
    bridges: tuple[Bridge, ...] = ()
    measures: tuple[str, ...] = ()
    scale: int = 1000
    input: str = "monthly"
    price_titles: tuple[tuple[str, str], ...] = ()
    tax_rate: Fraction | None = None
    rounding: str = AS_DERIVED

    def mine(self, name: str) -> Mine | None:
        return next((mine for mine in self.mines if mine.id == name), None)

    @property
    def metals(self) -> tuple[str, ...]:
        """Every metal of every mine, in the order in which the mines name them."""
        return tuple(dict.fromkeys(metal for mine in self.mines for metal in mine.metals))


def _month_end(day: date) -> date:
    return day.replace(day=months.monthrange(day.year, day.month)[1])


class _Reader:
    """The tables of the file, and the problems found in them so far."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def bad(self, where: str, message: str) -> None:
        self.problems.append(Problem(FILE, 0, where, message))

    def known(self, table: Mapping[str, Any], block: str, where: str) -> None:
        """A problem for each setting that nobody reads: a slip in its name would go unnoticed."""
        for key in table:
            if key not in SETTINGS[block]:
                near = get_close_matches(key, SETTINGS[block], 1, 7 / 10)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(SETTINGS[block])}"
                self.bad(f"{where}.{key}" if where else key, f"there is no such setting; {hint}")

    def text(self, table: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value
        self.bad(f"{where}.{key}", "missing" if value is None else f"a text is wanted, not {value!r}")
        return ""

    def table(self, table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.bad(where, f"write it as a [{where}] block")
        return {}

    def choice(self, table: Mapping[str, Any], key: str, where: str, among: Iterable[str], default: str) -> str:
        value = self.text(table, key, where, default)
        if value not in among:
            self.bad(f"{where}.{key}", f"'{value}' is not one of {', '.join(among)}")
            return default
        return value

    def words(self, table: Mapping[str, Any], key: str, where: str, known: Iterable[str]) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list):
            self.bad(f"{where}.{key}", 'a list is wanted, such as ["lead", "zinc"]')
            return ()
        allowed = set(known)
        for value in values:
            if not isinstance(value, str) or value not in allowed:
                self.bad(f"{where}.{key}", f"'{value}' is not known; known are {', '.join(sorted(allowed))}")
        return tuple(str(value) for value in values if isinstance(value, str) and value in allowed)

    def share(self, value: object, where: str) -> Fraction:
        """A share written `"29.73 %"` or 0.2973; a problem where it is under 0 or over 100 %."""
        made = _share(value)
        if made is None:
            self.bad(where, f"'{value}' is not a share: write it as \"29.73 %\"")
            return Fraction(1)
        if not 0 <= made <= 1:
            self.bad(where, f"a share of {float_free(made * 100)} % cannot be: it lies between 0 and 100 %")
            return Fraction(1)
        return made

    def day(self, table: Mapping[str, Any], key: str, where: str, *, wanted: bool) -> date | None:
        value = table.get(key)
        if value is None and not wanted:
            return None
        if not isinstance(value, date) or not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.bad(f"{where}.{key}", "a date is wanted, such as 2003-09-30, without quotes")
            return None
        return date(value.year, value.month, value.day)


def _share(value: object) -> Fraction | None:
    if isinstance(value, str) and value.rstrip().endswith("%"):
        made = number(value.rstrip()[:-1].strip())
        return None if made is None else made / 100
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    return None


def float_free(value: Fraction) -> str:
    """A fraction as a decimal of at most six places."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.6f}".rstrip("0").rstrip(".")


def read_company(table: Mapping[str, Any], problems: list[Problem]) -> Company | None:
    """The company of `company.toml`; None where too little of it can be read to go on."""
    reader = _Reader(problems)
    reader.known(table, "", "")
    head = reader.table(table, "company", "company")
    reader.known(head, "company", "company")
    titles = reader.table(table, "price_titles", "price_titles")
    first = reader.day(head, "first_month", "company", wanted=True)
    last = reader.day(head, "period_end", "company", wanted=True)
    segments = tuple(_segment(reader, entry, at) for at, entry in enumerate(_tables(reader, table, "segments"), 1))
    mines = tuple(_mine(reader, entry, at, segments) for at, entry in enumerate(_tables(reader, table, "mines"), 1))
    _unique(reader, "mines", [mine.id for mine in mines])
    _unique(reader, "segments", [segment.id for segment in segments])
    if first is None or last is None:
        return None
    if (last.year - first.year) > MOST_YEARS:
        reader.bad("company.first_month", f"books of more than {MOST_YEARS} years are closed in parts")
        return None
    if last < first:
        reader.bad("company.period_end", f"{last} comes before the first month, {first}")
        return None
    year_end = head.get("fiscal_year_end", 12)
    if not isinstance(year_end, int) or not 1 <= year_end <= 12:
        reader.bad("company.fiscal_year_end", "the number of a month is wanted, 1 to 12")
        year_end = 12
    if (last.month - year_end) % 3:
        reader.bad("company.period_end", f"{last} does not close a quarter of the fiscal year")
    scale = head.get("scale", 1000)
    if not isinstance(scale, int) or scale not in {1, 1000, 1_000_000}:
        reader.bad("company.scale", "1, 1000 or 1000000 dollars")
        scale = 1000
    return Company(
        reader.text(head, "name", "company"),
        Calendar(year_end, _month_end(first), _month_end(last)),
        mines,
        segments,
        tuple(_bridge(reader, entry, at) for at, entry in enumerate(_tables(reader, table, "bridges"), 1)),
        reader.words(head, "measures", "company", {measure.name for measure in MEASURES}),
        scale,
        reader.choice(head, "input", "company", INPUTS, "monthly"),
        tuple((metal, str(title)) for metal, title in titles.items()),
        reader.share(head["tax_rate"], "company.tax_rate") if "tax_rate" in head else None,
        reader.choice(head, "rounding", "company", ROUNDINGS, AS_DERIVED),
    )


def _tables(reader: _Reader, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    entries = table.get(key, [])
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    reader.bad(key, f"write each as a [[{key}]] block")
    return []


def _segment(reader: _Reader, entry: Mapping[str, Any], at: int) -> Segment:
    where = f"segments[{at}]"
    reader.known(entry, "segments", where)
    primary = reader.choice(entry, "metal", where, METAL_UNIT, "gold")
    return Segment(reader.text(entry, "id", where), reader.text(entry, "title", where), primary)


def _bridge(reader: _Reader, entry: Mapping[str, Any], at: int) -> Bridge:
    where = f"bridges[{at}]"
    reader.known(entry, "bridges", where)
    return Bridge(*(reader.text(entry, key, where) for key in ("id", "title", "formula")))


def _mine(reader: _Reader, entry: Mapping[str, Any], at: int, segments: tuple[Segment, ...]) -> Mine:
    where = f"mines[{at}]"
    name = reader.text(entry, "id", where)
    where = f"mines.{name}" if name else where
    reader.known(entry, "mines", where)
    segment = reader.text(entry, "segment", where)
    if segment not in {known.id for known in segments}:
        reader.bad(f"{where}.segment", f"there is no segment '{segment}'")
    primary = reader.choice(entry, "metal", where, METAL_UNIT, "gold")
    metals = (primary, *reader.words(entry, "by_products", where, METAL_UNIT))
    owner = next((known for known in segments if known.id == segment), None)
    if owner is not None and entry.get("costs") and owner.primary != primary:
        reader.bad(f"{where}.metal", f"costs per ounce of {primary} cannot be averaged in a segment of {owner.primary}")
    payable = reader.table(entry, "payable", f"{where}.payable")
    for metal in payable:
        if metal not in metals:
            reader.bad(f"{where}.payable.{metal}", f"the mine produces no {metal}")
    return Mine(
        name,
        reader.text(entry, "title", where, name.upper()),
        segment,
        primary,
        metals,
        reader.words(entry, "costs", where, COSTS),
        reader.share(entry.get("share", "100 %"), f"{where}.share"),
        reader.choice(entry, "method", where, METHODS, PROPORTIONATE),
        reader.choice(entry, "basis", where, BASES, "attributable"),
        tuple((metal, reader.share(value, f"{where}.payable.{metal}")) for metal, value in payable.items()),
        reader.words(entry, "third_party", where, metals),
        reader.words(entry, "graded", where, metals),
        reader.words(entry, "sold", where, metals),
        reader.day(entry, "opened", where, wanted=False),
        reader.day(entry, "closed", where, wanted=False),
    )


def _unique(reader: _Reader, key: str, names: list[str]) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        reader.bad(key, f"'{name}' is described twice")
