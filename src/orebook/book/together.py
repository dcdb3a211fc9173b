"""What the rows or the figures of a table say only together: periods between balances, movements of options, the
parts of a unit cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from orebook.book.calendar import OF_TIME, Calendar, fiscal_year, label_period, row_period
from orebook.book.labels import Labelled
from orebook.book.moments import is_balance, is_day
from orebook.book.periods import A_YEAR, by_quarters, is_full_period, read_words
from orebook.book.quantities import adds_up
from orebook.book.units import Counted, in_full, recounted
from orebook.model.fact import Fact, Row, by_row
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced

_BALANCE = r"(?i)(?:opening |closing |ending |beginning )?balances?\b|(?:[a-z]+ ){0,3}outstanding(?:,| at\b| as (?:of|at)\b)|[^-–—]* [-–—] [a-z]+ \d{1,2},? \d{4}$"
_TURNOVER = ("cost", "sales", "revenue", "expens")
_BY_DEFAULT = frozenset(("unit.money", "unit.nothing-says-money"))
_OF_PRODUCTION = frozenset(("", "production", "guidance"))
_STATED = frozenset(("unit.stated-in-label", "unit.words-of-label"))
_QUANTITIES = ("oz", "lb", "ton", "tonne")
_PRICE = r"(?i)\b(?:average|strike|realized|london|spot|forward|market|floor|ceiling)\b.*\bprices?\b|\bprices? (?:received|realized)\b"
_PRECIOUS = r"(?i)\b(?:gold|silver|platinum|palladium)\b"
_FEWEST_QUARTERS = 3
_PER_SHARE = "/share"
# How far money over ounces may be off a cost per ounce; scales are off by a thousand.
_LEAST, _MOST = Decimal("0.03"), Decimal(30)
_PER = ("/oz", "/lb", "/ton", "/tonne")
_OF_COSTS = (
    r"(?i)\bcosts?\b|\broyalt|\btax(?:es)?\b|\bdepreciation\b|\bamortization\b|\breclamation\b|^total\b|^average\b"
)
_LEAST_MINES = 2
_TEN = 10


_A_YEAR = r"(?i)(fiscal )?(?:year )?((?:19|20)\d\d)$"
_FEWEST_YEARS = 2
_A_WEEK = timedelta(days=7)  # by which a year of 52 weeks may end past the day that headings print


class Own(NamedTuple):
    """The period that a row tells itself, and the rule that found it."""

    period: Period | None
    rule: str = ""


NO_PERIOD = Own(None)
_A_MILLION = 7  # digits: a million thousands of options are more than any company granted
_EXERCISED = r"(?i)(?:(?:stock |share )?options )?exercised?\b|exercises?\b"
_QUARTER = 3  # months
_NEAR = 10  # days by which a year of 52 weeks may end beside its month
_LONGEST_OF_TIME = 34  # characters of `Three months ended September 30`
# How a label begins that names a part of the year, in small letters.
_OPENS_TIME = (
    "first", "second", "third", "fourth", "1st", "2nd", "3rd", "4th", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q", "h1",
    "h2", "h3", "h4", "1h", "2h", "3h", "4h", "full year", "year", "ytd", "mar", "jun", "sep", "dec", "for the q", "quarter",
    "three m", "six m", "nine m", "twelve m", "fy",
)  # fmt: skip
_LAST_OF_TIME = frozenset(
    "rfe.dthsQHqhRFEDTN0123456789"
)  # what `quarter`, `half`, `to date`, `1Q` and `Q3 2004` end in
OF_THE_REPORT = "period.reported-quarter"
QUARTER_OF_ROW, YEAR_OF_ROW = "period.quarter-of-the-row", "period.year-of-the-row"
BESIDE_LABEL = "period.beside-the-label"
TIMES_OF_ROW = (QUARTER_OF_ROW, YEAR_OF_ROW, BESIDE_LABEL)


def own_periods(rows: list[Labelled], calendar: Calendar, title: str) -> list[Own]:
    """The periods that rows tell themselves, or their headings; a row between two balances is of the time between."""
    made = [Own(row_period((row.label, *reversed(row.headings), row.banner)), "period.row-or-section") for row in rows]
    if "uarter" in title or "UARTER" in title:
        made = _quarters(rows, _by_day(rows, made, calendar))
    if names_quarters(row.label for row in rows):
        named = [label_period(row.label, row.headings, calendar) for row in rows]
        made = [
            Own(period, QUARTER_OF_ROW) if own.period is None and period else own
            for own, period in zip(made, named, strict=True)
        ]
    over = {text: told for text in _parts_of_years(rows) if (told := label_period(text, (), calendar))}
    if over:
        sections = [next((over[text] for text in reversed(row.headings) if text in over), None) for row in rows]
        made = [
            Own(period, QUARTER_OF_ROW) if own.period is None and period else own
            for own, period in zip(made, sections, strict=True)
        ]
    made = _with_years(rows, made, calendar)
    opened: int | None = None
    for number, (row, own) in enumerate(zip(rows, made, strict=True)):
        if own.period is None or own.period.months is not None or not _is_balance(row.label):
            continue
        before = made[opened].period if opened is not None else None
        if opened is not None and before is not None:
            opening = before.end - timedelta(days=before.end.day == 1)  # `Balance, January 1, 2002`
            months = (own.period.end.year - opening.year) * 12 + own.period.end.month - opening.month
            for at in range(opened + 1, number):
                if made[at].period is None and 0 < months <= 12:
                    made[at] = Own(Period(own.period.end, months), "period.between-balances")
        opened = number
    return made


def with_times(owns: list[Own], rows: list[Labelled], times: Mapping[int, str], calendar: Calendar) -> list[Own]:
    """The periods that rows tell themselves (none of them in an empty list), those that stand beside their labels, by the
    line, before all others."""
    made: list[Own] = []
    for row, own in zip(rows, owns or [NO_PERIOD] * len(rows), strict=True):
        text = times.get(row.row.line, "")
        year = fiscal_year(int(text), calendar, named=False) if A_YEAR.fullmatch(text) else None
        told = year or label_period(text, (), calendar)
        if told is not None and is_balance(row.label, row.headings):
            told = told.instant()
        made.append(Own(told, BESIDE_LABEL) if told is not None else own)
    return made


def _with_years(rows: list[Labelled], made: list[Own], calendar: Calendar) -> list[Own]:
    """Rows that name fiscal years and nothing else (`Fiscal 2000`, `1999`), none of them later than the report, are of
    those years; later ones say when something falls due."""
    if calendar.closing is None or not names_years(row.label for row in rows):
        return made
    named = [re.match(_A_YEAR, row.label) for row in rows]
    years = [fiscal_year(int(each[2]), calendar, named=bool(each[1])) if each else None for each in named]
    if any(
        year is None or year.end > calendar.closing + _A_WEEK for year, each in zip(years, named, strict=True) if each
    ):
        return made
    return [
        own if year is None or own.period else Own(_of_rows(row, year), YEAR_OF_ROW)
        for row, own, year in zip(rows, made, years, strict=True)
    ]


def names_years(labels: Iterable[str]) -> bool:
    """Whether two rows or more name a year and nothing else."""
    return sum(label[-1:].isdigit() and re.match(_A_YEAR, label) is not None for label in labels) >= _FEWEST_YEARS


def _of_rows(row: Labelled, year: Period) -> Period:
    """The year of a row, or its end where the heading over it names a balance."""
    over = row.headings[-1] if row.headings else ""
    return year.instant() if over and is_balance(over, row.headings) else year


def _is_balance(label: str) -> bool:
    """Whether a row that prints a date is a balance of that day: `Balance at …`, `Outstanding, …`, or the day alone."""
    return re.match(_BALANCE, label) is not None or is_full_period(label)


def _by_day(rows: list[Labelled], made: list[Own], calendar: Calendar) -> list[Own]:
    """Rows that are the last days of quarters in turn, under the year that they are of, are of those quarters."""
    days = [read_words(row.label).month if is_day(row.label) else None for row in rows]
    months = [month for month in days if month]
    if len(months) < _FEWEST_QUARTERS or not by_quarters(months):
        return made
    return [
        Own(label_period(f"quarter ended {row.label}", row.headings, calendar), QUARTER_OF_ROW) if day else own
        for row, own, day in zip(rows, made, days, strict=True)
    ]


def _quarters(rows: list[Labelled], made: list[Own]) -> list[Own]:
    """Rows of a table of quarters that days name, three months apart, are of the quarters that end on them."""
    dated = [own.period.end for row, own in zip(rows, made, strict=True) if own.period and row.label]
    steps = {(two.year - one.year) * 12 + two.month - one.month for one, two in pairwise(dated)}
    if len(dated) < _FEWEST_QUARTERS or steps not in ({3}, {-3}) or any(re.match(_BALANCE, row.label) for row in rows):
        return made
    return [
        own._replace(period=Period(own.period.end, 3)) if own.period and row.label else own
        for row, own in zip(rows, made, strict=True)
    ]


def names_quarters(labels: Iterable[str]) -> bool:
    """Whether two rows or more name a quarter or another part of a year and nothing else."""
    return sum(_names_quarter(label) for label in labels) > 1


def _parts_of_years(rows: list[Labelled]) -> set[str]:
    """The headings over rows that name a part of a year and nothing else: `Q3 2003`."""
    return {text for text in {text for row in rows for text in row.headings} if _names_quarter(text)}


def _names_quarter(label: str) -> bool:
    short = label[-1:] in _LAST_OF_TIME and len(label) <= _LONGEST_OF_TIME
    return short and label.lower().startswith(_OPENS_TIME) and re.match(OF_TIME, label) is not None


def with_quarters(facts: list[Fact], rows: list[Labelled], calendar: Calendar) -> list[Fact]:
    """The figures of rows that name a part of the year and nothing else, of that part of the year that their column, or
    the title, is of: `First quarter` under `1997`."""
    short = [row for row in rows if len(row.label) <= _LONGEST_OF_TIME and row.label.lower().startswith(_OPENS_TIME)]
    named = len(short) > 1 and names_quarters(_told(row.label, row.headings) for row in short)
    return [_of_its_quarter(fact, calendar) for fact in facts] if named else facts


def _told(label: str, headings: tuple[str, ...]) -> str:
    """What a row says of its time: `March 31` under `Quarter ended` is the quarter that ended on it."""
    return f"{headings[-1]} {label}" if headings and headings[-1][-5:].lower() == "ended" else label


def _of_its_quarter(fact: Fact, calendar: Calendar) -> Fact:
    whole, label = fact.period, _told(fact.row.label, fact.row.heading)
    if whole is None or not _names_quarter(label):
        return fact
    if OF_THE_REPORT in fact.trace:
        # The column prints its year alone, whatever quarter it was taken for.
        whole = fiscal_year(whole.end.year + (whole.end.month > calendar.year_end[0]), calendar, named=False)
    if whole is None or (whole.months or 0) <= _QUARTER:
        return fact
    year = whole.end.year + (whole.end.month > calendar.year_end[0])
    part = label_period(label, (str(year),), calendar)
    if part is None or (part.months or 0) >= (whole.months or 0):
        return fact
    if abs((part.end - whole.end).days) <= _NEAR:
        part = part._replace(end=whole.end)
    if part.end > whole.end:
        return fact
    before = (whole.end.year - part.end.year) * 12 + whole.end.month - part.end.month + (part.months or 0)
    if before > (whole.months or 0):
        return fact
    return replaced(fact, period=part, trace=(*fact.trace, "period.quarter-of-row-and-column"))


def rolls(rows: list[Labelled]) -> bool:
    """Whether two rows or more are balances, each of a date that it prints itself."""
    dated = (row_period((row.label,)) for row in rows if _is_balance(row.label))
    return sum(period is not None and period.is_instant for period in dated) > 1


def with_fractions(facts: list[Fact]) -> list[Fact]:
    """The figures of a table that prints prices in eighths; those among them, whole and of their size, are prices too."""
    prices = [fact for fact in facts if fact.trace[0] == "unit.fractions"]
    unit, most = prices[0].unit, 4 * max(fact.amount for fact in prices)
    columns = {fact.column.number for fact in prices}
    others = [fact for fact in facts if fact.column.number in columns and fact.unit not in {unit, "%"}]
    if 2 * len(others) >= len(prices) or any(abs(fact.value) > most for fact in others if fact.value is not None):
        return facts
    spots = {fact.spot for fact in others}
    return [
        replaced(fact, unit=unit, scale=1, trace=("unit.fractions", *fact.trace)) if fact.spot in spots else fact
        for fact in facts
    ]


def with_options(facts: list[Fact], rows: list[Labelled], shares: Callable[[int], Counted]) -> list[Fact]:
    """The figures of a movement of options (what was granted, exercised, is outstanding): numbers of shares, and the
    prices at which those may be bought. `shares` is what shares printed with so many decimals count."""
    if not (any("ranted" in row.label for row in rows) and any(re.match(_EXERCISED, row.label) for row in rows)):
        return facts
    columns: dict[int, list[Fact]] = {}
    for fact in facts:
        columns.setdefault(fact.column.number, []).append(fact)
    told: dict[int, Counted] = {}
    for number, column in columns.items():
        figures = [fact for fact in column if not fact.nil]
        priced = sum("$" in fact.text or fact.decimals > 1 for fact in figures)
        if "rice" in column[0].column.heading or 2 * priced > len(figures):
            told[number] = Counted("{money}/share", 1, ("unit.options",))
        else:
            made = shares(max([fact.decimals for fact in figures], default=0))
            made = in_full(made, [fact.text for fact in figures], _A_MILLION)
            told[number] = made._replace(trace=("unit.options", *made.trace[1:]))
    return [_optioned(fact, told.get(fact.column.number)) for fact in facts]


def _optioned(fact: Fact, told: Counted | None) -> Fact:
    """A figure of a movement of options, where nothing but money was found that it counts."""
    if told is None or fact.column.percent or not (fact.unit.isupper() or fact.unit == "pure"):
        return fact
    if told.unit == "shares" and "$" in fact.text:
        return fact
    unit = told.unit.replace("{money}", fact.unit if fact.unit.isupper() else "USD")
    return recounted(fact, told._replace(unit=unit))


def _tells_price(label: str) -> bool:
    """Whether a row tells what was paid for a metal, or what its market price was."""
    return ("rice" in label or "RICE" in label) and re.search(_PRICE, label) is not None


def with_unit_costs(facts: list[Fact]) -> list[Fact]:
    """The figures of a table, where rows between a unit cost and the unit cost they add up to count by the same unit.

    `Royalties  9` between `Cash operating cost per ounce  178` and, under a rule or as their sum, `Total cash cost per ounce
    187`.
    """
    if not any(map(_tells_unit, {fact.unit for fact in facts})) and not _of_prices(facts):
        return facts
    rows = {row[0].row.number: row for row in by_row(facts)}
    if facts[0].table.kind in _OF_PRODUCTION:
        facts = _with_passed_units(facts, rows)
    units, apart = _prices(rows.values())
    units.update(_after_rates(list(rows.values())))
    run: list[list[Fact]] = []
    first = ""
    opening: list[Fact] = []
    for row in rows.values():
        own = row[0]
        if own.trace[0] in _BY_DEFAULT and first and _may_be_part(row, first):
            run.append(row)
            continue
        closes = run and own.unit == first and (own.row.rule_above or adds_up(row, (opening, *run)))
        if closes and _in_one_place([each[0].row for each in (*run, row)]):
            units.update((each[0].row.number, first) for each in run)
        first, run = (own.unit if own.unit.endswith((*_PER, _PER_SHARE)) else ""), []
        opening = row
    if not units:
        return facts
    places = ((fact, (fact.row.number, fact.column.number)) for fact in facts)
    return [_as_part(fact, apart.get(place) or units.get(place[0], "")) for fact, place in places]


def _after_rates(rows: Sequence[list[Fact]]) -> dict[int, str]:
    """The units of rows that go on from costs per ounce of the mines under their heading: the first is their average, and
    those that follow it to the next heading add to it (`Consolidated cash costs  202`, `Royalties  12`, `Total  215`)."""
    made: dict[int, str] = {}
    group: list[list[Fact]] = []
    unit = ""
    for row in rows:
        own = row[0]
        silent = own.trace[0] in _BY_DEFAULT and own.scale == 1 and not own.row.heading and own.row.entity is None
        if silent and unit and re.search(_OF_COSTS, own.row.label):
            made[own.row.number] = unit
        elif silent and _is_between(row, group) and re.search(_OF_COSTS, own.row.label):
            unit = group[0][0].unit
            made[own.row.number] = unit
        else:
            unit = ""
        if own.row.heading and own.unit.endswith(_PER) and own.trace[0] == "unit.words-of-heading":
            if not group or group[0][0].row.heading != own.row.heading:
                group = []
            group.append(row)
        else:
            group = []
    return made


def _is_between(row: Sequence[Fact], group: Sequence[Sequence[Fact]]) -> bool:
    """Whether every figure of a row lies between those of a group of rows above it, as their average does."""
    if len(group) < _LEAST_MINES:
        return False
    for fact in row:
        beside = [
            each.value for rates in group for each in rates if each.column is fact.column and each.value is not None
        ]
        if fact.value is None or not beside or not min(beside) <= fact.value <= max(beside):
            return False
    return True


def _with_passed_units(facts: list[Fact], rows: dict[int, list[Fact]]) -> list[Fact]:
    """The figures of a table of production, where a row that states its unit (`Gold produced (ounces):  118,204`) passes
    it on to the rows below it that stand further in and state none."""
    passed: dict[int, Fact] = {}
    silent = _BY_DEFAULT if facts[0].table.kind else ("unit.nothing-says-money",)
    over: Fact | None = None
    for number, row in rows.items():
        own = row[0]
        if over is not None and own.row.indent <= over.row.indent:
            over = None
        if own.trace[0] in _STATED and (own.unit in _QUANTITIES or own.unit.endswith(_PER)):
            over = own
        elif (
            over is not None
            and own.row.heading == over.row.heading
            and own.trace[0] in silent
            and (not any("$" in fact.text for fact in row) or _is_of_a_rate(row, rows[over.row.number]))
        ):
            passed[number] = over
    return [_counted_as(fact, passed.get(fact.row.number)) for fact in facts] if passed else facts


def _is_of_a_rate(row: Sequence[Fact], over: Sequence[Fact]) -> bool:
    """Whether a row of dollars is of the size of a rate in dollars that it stands under: the mines' own `$4.87` and `$8.42`
    under `Cash cost per ounce  $6.12`."""
    if not over[0].unit.endswith(_PER) or not any("$" in fact.text for fact in over):
        return False
    sizes = [
        max((abs(fact.value) for fact in rates if fact.value and fact.unit != "%"), default=0) for rates in (row, over)
    ]
    return 0 < sizes[0] <= _TEN * sizes[1]


def _counted_as(fact: Fact, over: Fact | None) -> Fact:
    if over is None or fact.unit == "%" or not fact.label:
        return fact
    return replaced(fact, unit=over.unit, scale=over.scale, trace=(*fact.trace, "unit.of-the-row-above"))


def _tells_unit(unit: str) -> bool:
    """Whether a figure of this unit may say what rows about it count by."""
    return unit.endswith((*_PER, _PER_SHARE)) or unit in _QUANTITIES


def _of_prices(facts: list[Fact]) -> bool:
    """Whether some row of a table that is no statement names a price."""
    kind = facts[0].table.kind if facts else ""
    return kind == "prices" or (
        kind in {"", "production", "highlights"} and any("rice" in fact.row.label for fact in facts)
    )


def _may_be_part(row: list[Fact], unit: str) -> bool:
    """Whether a row may be a part of what a unit cost sums: no dollars of its own; of earnings per share, cents."""
    if unit.endswith(_PER_SHARE):
        return all(fact.decimals > 1 for fact in row if fact.value is not None)
    return not any("$" in fact.text for fact in row)


def _prices(rows: Iterable[list[Fact]]) -> tuple[dict[int, str], dict[tuple[int, int], str]]:
    """The rows of average prices whose unit only the quantities above them tell (`Average price  $312` under ounces), or a
    metal that is sold by the ounce; and the figures, by row and column, where the quantities differ by the column."""
    made: dict[int, str] = {}
    apart: dict[tuple[int, int], str] = {}
    quantity: list[Fact] = []
    for row in rows:
        own = row[0]
        if own.unit in _QUANTITIES:
            quantity = row
        elif own.trace[0] in _BY_DEFAULT and (_tells_price(own.label) or own.table.kind == "prices"):
            counted = "oz" if re.search(_PRECIOUS, own.label) else quantity[0].unit if quantity else ""
            money = "USD" if own.unit == "pure" else own.unit
            if counted:
                made[own.row.number] = f"{money}/{counted}"
            if len({fact.unit for fact in quantity}) > 1:
                sold = {fact.column.number: fact.unit for fact in quantity if fact.unit in _QUANTITIES}
                apart.update(
                    ((own.row.number, fact.column.number), f"{money}/{sold[fact.column.number]}")
                    for fact in row
                    if fact.column.number in sold
                )
    return made, apart


def with_told_scales(facts: list[Fact]) -> list[Fact]:
    """The figures of a table whose caption scales all that it holds, its ounces counted in full where the cost per ounce
    tells that: money over ounces is that cost, or near it, for one of the two scales and a thousandth of it for the
    other."""
    rows = {row[0].row.number: row for row in by_row(facts)}
    prices = {fact.column.number: fact for fact in facts if fact.unit.endswith("/oz") and fact.value}
    full: set[int] = set()
    money: dict[int, Fact] = {}
    for number, row in rows.items():
        for fact in row:
            if fact.unit == "oz" and _is_full(fact, money, prices):
                full.add(number)
        if row[0].unit.isupper() and any(map(row[0].label.lower().__contains__, _TURNOVER)):
            money.update((fact.column.number, fact) for fact in row if fact.value)
    return [
        replaced(fact, scale=1, trace=(*fact.trace, "scale.told-by-the-cost")) if fact.row.number in full else fact
        for fact in facts
    ]


def _is_full(ounces: Fact, money: dict[int, Fact], prices: dict[int, Fact]) -> bool:
    paid, price = money.get(ounces.column.number), prices.get(ounces.column.number)
    if not ounces.value or ounces.scale == 1 or paid is None or price is None or price.value is None:
        return False
    found = abs(paid.amount / ounces.value / price.value)
    return _LEAST < found < _MOST


def _in_one_place(rows: Sequence[Row]) -> bool:
    return len({(row.entity, row.heading) for row in rows}) == 1


def _as_part(fact: Fact, unit: str) -> Fact:
    if not unit or fact.unit == "%":
        return fact
    return replaced(fact, unit=unit, scale=1, trace=(*fact.trace, "unit.of-the-rows-about-it"))
