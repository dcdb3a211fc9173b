"""The rows of a table -> its facts: what each figure counts, and of what time it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from orebook.book.captions import Caption, currency_of_text, scale_in
from orebook.book.counts import with_counts
from orebook.book.entities import entity_banners
from orebook.book.labels import Labelled
from orebook.book.metals import with_metals
from orebook.book.moments import closes_over, day_of_balance, day_under, is_balance, moment_in
from orebook.book.periods import A_YEAR, is_full_period
from orebook.book.printed import CENT_SIGN, in_points, is_fraction, is_signed, value_of
from orebook.book.quantities import with_sums_of_shares, with_totals
from orebook.book.quotes import with_stock_prices
from orebook.book.runs import with_cents, with_full_prices, with_runs, without_money
from orebook.book.shape import Setting, Shape, money_like
from orebook.book.sides import with_sides
from orebook.book.times import RowTime, period_of, year_over
from orebook.book.together import (
    NO_PERIOD,
    OF_THE_REPORT,
    TIMES_OF_ROW,
    Own,
    names_quarters,
    names_years,
    own_periods,
    rolls,
    with_fractions,
    with_options,
    with_quarters,
    with_times,
    with_told_scales,
    with_unit_costs,
)
from orebook.book.uniform import columns_of_sign, percent_columns, price_columns
from orebook.book.units import (
    OF_EFFECT,
    OF_QUOTIENT,
    PHYSICAL,
    Counted,
    Ground,
    column_counts,
    count_row,
    in_full,
    shares_of,
)
from orebook.lexicon.concepts import concept
from orebook.model.fact import Fact, Row
from orebook.model.grid import Cell
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced

_DASHES = "-–—"
_LAST_DASH = re.compile(r"\s*[-–—]{1,2}\s*(?=[A-Za-z]+$)|\s+[-–—]{1,2}\s+(?=[^-–—]+$)")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?%")
_PER_CENT = Counted("%", 1, ("unit.per-cent-sign",))
_YEARS = Counted("pure", 1, ("unit.words-after-figure",))
_OF_TIME = (" years", "\xa0years")
_FOREIGN_SIGNS = ("€", "£", "C$", "A$", "US$", "dn$")
_ISO = 3  # letters
_USUAL = "0123456789,.()$-+ "  # of figures that say nothing of their unit but that it is money
_RATIO = Counted("pure", 1, ("unit.ratio-sign",))
_IN_CENTS = Counted("cents", 1, ("unit.cent-sign",))
_CENT_SIGNS, _CENT_SIGN, _TIMES = ("c", "p", "¢", CENT_SIGN), ("¢",), ("x", "X")
_TO_ONE = re.compile(r":\s?1(?:\.0+)?(?!\S)")
_PLAIN_OR_SELECTED = frozenset(("", "highlights", "operations"))
_PLAIN = frozenset(("", "production", "guidance"))
_COUNTING = frozenset(("production", "guidance"))
_STATEMENTS = frozenset(("operations", "balance-sheet", "cash-flows", "equity", "comprehensive-income"))
_OF_CAPITAL = ("balance-sheet", "equity")
_AMOUNT = re.compile(r"\bamounts?\b|\bcapital\b|\bstock\b|\bpar\b|\$", re.IGNORECASE)
_NAMES_OF_UNITS = {"tonnes": "tonne", "tons": "ton", "pounds": "lb", "ounces": "oz"}
_A_QUARTER = 3  # months
_WORTH = (" Value", " Dollars", " Amount", " $")  # of what columns beside count
_THOUSAND = 1000
_TOTALS = frozenset(("Total ", "TOTAL ", "total "))
_FEWEST_SHARES = 1_000_000
_MOST_SHARES = 40_000_000_000
# `certain data as a percentage of revenues`: all that a table prints so is per cent.
_OF_A_WHOLE = r"(?i)\bper ?cent(?:age)?s? of\b"
_OF_INCOME = ("Amount", "Income", "Earnings", "Loss", "INCOME", "EARNINGS", "income", "earnings", "(loss)", "(Loss)")
_HEADS_YEARS = ("year", "date", "due", "built", "maturity", "matures", "expires", "expiration", "completed", "acquired")
_EXERCISED = r"(?i)\b(?:exercise|option) prices?\b"
_AVERAGE = r"(?i)\b(?:average|avg)\b"


def facts_of(
    rows: list[Labelled],
    shape: Shape,
    setting: Setting,
    mines: frozenset[str],
    units: Mapping[int, str],
    times: Mapping[int, str],
) -> list[Fact]:
    """The figures of a table's rows, from top to bottom; `mines` are banners that name entities, `units` and `times` what
    columns of units and of periods say beside the rows, by line."""
    money = shape.caption.money is not None or shape.table.kind not in _PLAIN or money_like(rows)
    columns = shape.columns
    if percent := percent_columns(rows, columns, told=re.search(_OF_A_WHOLE, shape.table.title) is not None):
        columns = tuple(replaced(c, percent=True) if c.number in percent else c for c in columns)
        shape = replaced(shape, columns=columns)
    ground = Ground(
        shape.caption,
        setting.shares,
        money,
        shape.scale_rule,
        shape.table.kind == "cash-flows",
        setting.concepts,
        shape.unit,
        shape.table.kind in _OF_CAPITAL,
    )
    counts = _counted_by_columns(rows, shape, ground)
    prices = price_columns(rows, len(columns)) if shape.scale_rule else frozenset()
    otherwise = counts or prices or shape.caption.named or shape.caption.ounces_of or any(c.percent for c in columns)
    shape = replaced(shape, counts=counts, prices=prices, alike=not otherwise)
    entities = entity_banners(rows) | mines
    owns: list[Own] = []
    titled = shape.period_rule == "period.title"
    rolled = titled and rolls(rows)
    sectioned = any(row.headings and is_full_period(row.headings[0]) for row in rows)
    if (
        rolled
        or sectioned
        or not all(column.period for column in shape.columns)
        or (titled and (names_quarters(row.label for row in rows) or names_years(row.label for row in rows)))
    ):
        owns = own_periods(rows, setting.calendar, f"{shape.table.title} {shape.stub}")
    if times:
        owns = with_times(owns, rows, times, setting.calendar)
    bare = shape
    if owns and titled:
        # What a row says of its time goes before what the title says of all.
        bare = replaced(shape, columns=tuple(replaced(column, period=None) for column in shape.columns))
    made: list[Fact] = []
    said = ""
    quoted = False
    for number, labelled in enumerate(rows):
        alike = number > 0 and rows[number - 1].headings == labelled.headings
        said = _said(labelled.label, said if alike else "")
        if units and labelled.row.line in units:
            said = f"{said} ({units[labelled.row.line]})"
        own = owns[number] if owns else NO_PERIOD
        row = _row_facts(
            number,
            labelled,
            said,
            bare if rolled or own.rule in TIMES_OF_ROW else shape,
            ground,
            entities,
            own,
            None if labelled.label else _as_above(made),
            rows[number - 1] if number and labelled.label[:6] in _TOTALS else None,
        )
        made.extend(row)
        quoted = quoted or (bool(row) and row[0].trace[0] == "unit.fractions")
    return _seen_together(with_fractions(made) if quoted else made, rows, shape, setting, ground)


def _seen_together(
    made: list[Fact], rows: list[Labelled], shape: Shape, setting: Setting, ground: Ground
) -> list[Fact]:
    """The figures of a table as the rows beside them let them be read."""
    if shape.caption.other:
        made = with_told_scales(made)
    if shape.table.kind in _COUNTING and (shape.handed or shape.caption.other is None):
        made = without_money(made, each=shape.table.kind == "guidance")
    made = with_runs(made)
    if shape.caption.money:
        made = with_cents(made, per_share="er share" in shape.table.caption.lower().replace("-", " "))
        made = with_full_prices(made)
    made = with_unit_costs(with_sides(with_metals(made, rows, shape.columns, ground), shape.columns))
    made = with_sums_of_shares(made)
    if shape.table.kind not in _STATEMENTS:
        made = with_totals(made)
    made = with_options(made, rows, lambda decimals: shares_of(ground, decimals))
    if made and shape.table.kind in _PLAIN_OR_SELECTED:
        headings = [column.heading for column in shape.columns]
        made = with_stock_prices(made, headings, [row.label for row in rows])
    yearly = any(column.period and (column.period.months or 0) > _A_QUARTER for column in shape.columns)
    if yearly or shape.period_rule == OF_THE_REPORT:
        made = with_quarters(made, rows, setting.calendar)
    return made


def _counted_by_columns(rows: list[Labelled], shape: Shape, ground: Ground) -> dict[int, Counted]:
    """What whole columns count, by their number, as their headings say."""
    counted = {c.number: found for c in shape.columns if (found := column_counts(c.heading, ground)) is not None}
    if any(found.unit == "pure" for found in counted.values()):
        # `Homes` over `$ 410,060` is what they brought in.
        signed = {c.column for row in rows for c in row.row.cells if "$" in c.text}
        counted = {number: found for number, found in counted.items() if found.unit != "pure" or number not in signed}
        # `Homes   Value`, under a heading that counts homes
        money = Counted(
            ground.caption.currency or "USD", ground.caption.money or 1, ("unit.column-heading", "scale.caption")
        )
        worth = [c.number for c in shape.columns if c.number not in counted and c.heading.endswith(_WORTH)]
        counted |= dict.fromkeys(worth, money) if counted else {}
    years = [c.number for c in shape.columns if c.heading.lower().endswith(_HEADS_YEARS)]
    if years:
        counted |= dict.fromkeys(_of_years(rows, years), Counted("pure", 1, ("unit.column-heading",)))
    for signs, found in ((_CENT_SIGN, _IN_CENTS), (_TIMES, _RATIO)):
        counted |= dict.fromkeys(columns_of_sign(rows, len(shape.columns), signs), found)
    if any(found.unit.endswith("/share") for found in counted.values()):
        # `Amount   Per diluted share`, in rows that name both
        money = Counted(ground.caption.currency or "USD", ground.caption.money or 1, (OF_QUOTIENT, "scale.caption"))
        parts = {number for number, found in counted.items() if found.unit == "shares"}
        named = _OF_INCOME if parts else ("Amount",)
        whole = [c.number for c in shape.columns if c.number not in counted and c.heading.endswith(named)]
        counted |= dict.fromkeys(whole, money)
        if whole:
            # `Income   Average shares   Per share`: what stands under the second divides what stands under the first.
            counted |= {
                number: counted[number]._replace(trace=(OF_QUOTIENT, *counted[number].trace[1:])) for number in parts
            }
    if "rice" in shape.stub and re.search(_EXERCISED, shape.stub):
        share = Counted(f"{ground.caption.currency or 'USD'}/share", 1, ("unit.column-heading",))
        counted |= {c.number: share for c in shape.columns if c.heading[-5:].lower() == "price"}
    shares = {number for number, found in counted.items() if found.unit == "shares"}
    if shares:
        numbers = {c.number for c in shape.columns if c.number in shares and "umber" in c.heading.replace("N", "n")}
        amounts = any(_AMOUNT.search(column.heading) for column in shape.columns)
        # `Common shares   Deficit   Total`: what was paid for them, where no column beside tells that, or one beside
        # tells how many they are.
        paid = shares - numbers if numbers or (shape.table.kind == "equity" and not amounts) else set()
        counted = {number: found for number, found in counted.items() if number not in paid}
        for number in shares - paid:
            counted[number] = in_full(
                counted[number], (c.text for r in rows for c in r.row.cells if c.column == number)
            )
    return counted


def _of_years(rows: list[Labelled], columns: list[int]) -> list[int]:
    """The columns, of those headed Year or Date, that print years and nothing else."""
    texts = {number: {c.text for row in rows for c in row.row.cells if c.column == number} for number in columns}
    return [number for number, found in texts.items() if found and all(map(A_YEAR.fullmatch, found))]


def _of_total(label: str, closed: Labelled) -> tuple[str, ...]:
    """The headings by whose words a total counts, which closes a row above it: those of that row, where it is called after
    the innermost of them (`Total net revenues` under `Net revenues ($ in thousands)`)."""
    name = closed.headings[-1].partition("(")[0] if closed.headings else ""
    return closed.headings if name and label[6:].lower() == name.strip().lower() else ()


def _as_above(made: list[Fact]) -> Counted | None:
    """What an unlabelled sum of the rows above it counts, where they count something else than money."""
    last = made[-1] if made else None
    if last is None or last.unit not in PHYSICAL or last.column.percent or "unit.column-heading" in last.trace:
        return None
    return Counted(last.unit, last.scale, ("unit.of-the-rows-above",))


def _said(label: str, before: str) -> str:
    """What a label says in full: `- diluted` goes on from `Earnings per share - basic` above it."""
    if label[:1] not in _DASHES or not label:
        return label
    stem = _LAST_DASH.split(before)[0]
    return f"{stem} {label}" if stem else label


def _row_facts(
    number: int,
    labelled: Labelled,
    said: str,
    shape: Shape,
    ground: Ground,
    entities: frozenset[str],
    own: Own,
    as_above: Counted | None,
    closed: Labelled | None,
) -> list[Fact]:
    cells = labelled.row.cells
    texts = [cell.english or cell.text for cell in cells]
    printed = [value_of(text) for text in texts]
    together = " ".join(texts)
    decimals = max([places for _, places in printed]) if "." in together else 0
    signed = is_signed(together)
    headings = labelled.headings
    entity: str | None = None
    share: Decimal | None = None
    if labelled.banner:
        if labelled.banner in entities:
            entity = labelled.banner
        else:
            headings = (labelled.banner, *headings)
    entity = entity or shape.mine or None
    over = headings if headings or closed is None else _of_total(labelled.label, closed)
    if entity and "%" in entity and (found := _SHARE.search(entity)):
        share = Decimal(found.group(1))
    counted = as_above if not labelled.label and as_above else count_row(said, over, decimals, signed, ground)
    usual = not together.strip(_USUAL)
    if not usual:
        counted = _by_signs(counted, cells, texts, together, shape, signed=signed)
    if shape.signed and counted.unit.startswith(shape.caption.currency or "USD") and not signed:
        counted = counted._replace(trace=(*counted.trace, "unit.sign-beside"))
    if not usual and "%" in together and _in_per_cent(cells, texts, printed, shape, signed=signed):
        counted = _PER_CENT
    if counted.unit == "shares":
        counted = _as_many(counted, printed, labelled.label, headings, ground.caption.money)
    row = Row(
        number,
        labelled.label,
        headings,
        entity,
        (*labelled.banner_notes, *labelled.heading_notes, *labelled.notes),
        labelled.indent,
        labelled.row.line,
        labelled.row.rule_above,
        labelled.row.rule_below,
        labelled.blank_above,
        share,
        concept(said, headings, shape.table.kind, counted.unit) if ground.concepts else None,
        labelled.trace,
    )
    time = _time_of(labelled.label, headings, own, shape)
    trace = (*counted.trace, shape.period_rule)
    if usual and time is None and shape.alike:
        return _alike(cells, printed, row, shape, counted, trace)
    sense = _Sense(counted.unit, counted.scale, trace, time)
    made = [_fact(cell, found, row, shape, sense) for cell, found in zip(cells, printed, strict=True)]
    if not usual and together != together.swapcase():
        return with_counts(made, shape.caption.currency or "USD")
    return made


def _by_signs(
    counted: Counted, cells: tuple[Cell, ...], texts: list[str], together: str, shape: Shape, *, signed: bool
) -> Counted:
    """What a row counts by the signs that stand at its figures, where they say otherwise than its words."""
    if any(text.endswith(_CENT_SIGNS) for text in texts) and not signed and _all_in_cents(cells, texts, shape):
        _, rate, per = counted.unit.partition("/")
        return Counted(f"cents{rate}{per}", 1, ("unit.cent-sign",))
    if "/" in together and any(map(is_fraction, texts)):
        return Counted(f"{shape.caption.currency or 'USD'}/share", 1, ("unit.fractions",))
    if together[-1:] in _TIMES or (":" in together and _TO_ONE.search(together)):
        mixed = together[-1:] in _TIMES and any(text[-1] not in _TIMES and text[-1:].isdigit() for text in texts)
        return counted if mixed else _RATIO
    if together[-1:] == "s" and together.endswith(_OF_TIME):
        return _YEARS
    foreign = (signed or not together.isascii()) and any(map(together.__contains__, _FOREIGN_SIGNS))
    return _in_its_currency(counted, together, shape.caption) if foreign else counted


def _all_in_cents(cells: tuple[Cell, ...], texts: list[str], shape: Shape) -> bool:
    """Whether the last figure of a row bears a sign of cents; one in a column of per cent says nothing of the others."""
    last = next(
        (
            text
            for cell, text in zip(reversed(cells), reversed(texts), strict=True)
            if not shape.columns[cell.column].percent
        ),
        "",
    )
    return last.endswith(_CENT_SIGNS) and not in_points(last)


def _in_its_currency(counted: Counted, together: str, caption: Caption) -> Counted:
    """Money in the currency whose sign stands at the figures, where it is money by something (`C$66` a tonne) or no caption
    states another."""
    money, stroke, per = counted.unit.partition("/")
    sign = currency_of_text(together)
    if sign in (None, money) or len(money) != _ISO or not money.isupper() or not (stroke or caption.currency is None):
        return counted
    return Counted(f"{sign}{stroke}{per}", counted.scale, (*counted.trace, "unit.sign-of-currency"))


def _in_per_cent(
    cells: tuple[Cell, ...],
    texts: list[str],
    printed: list[tuple[Decimal | None, int]],
    shape: Shape,
    *,
    signed: bool,
) -> bool:
    """Whether a row counts per cent: every figure bears the sign, or those of several columns that hold other figures too
    (`46.7%   54.1%   (7.4) pp`)."""
    marked = ["%" in text or in_points(text) == "%" for text in texts]
    if all(mark for mark, (value, _) in zip(marked, printed, strict=True) if value is not None):
        return True
    beside = sum(mark and not shape.columns[cell.column].percent for mark, cell in zip(marked, cells, strict=True))
    return beside > 1 and not signed


def _as_many(
    counted: Counted,
    printed: list[tuple[Decimal | None, int]],
    label: str,
    headings: tuple[str, ...],
    money: int | None,
) -> Counted:
    """Shares in a scale that leaves a company a likely number of them. More than any company has are printed in full; weighted
    averages below a million under a caption that scales money (by `money`) are thousands."""
    values = [abs(value) for value, _ in printed if value]
    most = max(values, default=Decimal(0))
    if counted.scale > 1:
        full = most * counted.scale >= _MOST_SHARES
        return Counted("shares", 1, (*counted.trace[:-1], "scale.shares-in-full")) if full else counted
    if (money or 0) < _THOUSAND or not _THOUSAND <= most < _FEWEST_SHARES or "scale.exact" not in counted.trace:
        return counted
    if not re.search(_AVERAGE, " ".join((*headings[-1:], label))):
        return counted
    return Counted("shares", _THOUSAND, (*counted.trace[:-1], "scale.shares-too-few"))


class _Sense(NamedTuple):
    """What a row says of all its figures: unit and scale, the rules that found them, and what it says of time, None where
    the columns alone tell that."""

    unit: str
    scale: int
    trace: tuple[str, ...]
    time: RowTime | None


def _time_of(label: str, headings: tuple[str, ...], own: Own, shape: Shape) -> RowTime | None:
    """What a row says of time; None where its columns alone tell it."""
    moment = moment_in(label)
    closing = headings and closes_over(headings[-1])
    if not moment and (closing or (shape.balances and is_balance(label, headings))):
        moment = "end"
    day = day_of_balance(label)
    on = day_under(label, headings[-1]) if headings else None
    year = year_over(headings, shape.calendar.fiscal_shift) if headings else None
    timed = own.period is not None or year is not None or moment or day or on or shape.moments
    return RowTime(own, headings, moment, year, day, on) if timed else None


def _alike(
    cells: tuple[Cell, ...],
    printed: list[tuple[Decimal | None, int]],
    row: Row,
    shape: Shape,
    counted: Counted,
    trace: tuple[str, ...],
) -> list[Fact]:
    """The figures of a row that all count as it does, each of the time of its column."""
    columns, table = shape.columns, shape.table
    unit, scale, _ = counted
    made = []
    for cell, (value, places) in zip(cells, printed, strict=True):
        column = columns[cell.column]
        made.append(Fact(cell.spot, cell.text, value, places, unit, scale, column.period, table, row, column, trace))
    return made


def _fact(cell: Cell, printed: tuple[Decimal | None, int], row: Row, shape: Shape, sense: _Sense) -> Fact:
    column = shape.columns[cell.column]
    value, places = printed
    unit, scale, trace, time = sense
    period = column.period
    if time is not None:
        period, rules = period_of(column, time, shape.columns, shape.calendar, shape.period_rule)
        trace = (*trace, *rules)
    if column.number in shape.prices and scale != 1:
        scale, trace = 1, (*trace, "scale.column-of-prices")
    counted = shape.counts.get(column.number) if shape.counts else None
    currency = shape.caption.currency or "USD" if counted else ""
    if (
        counted
        and (
            unit in {"pure", currency}
            or counted.trace[0] == OF_EFFECT
            or trace[0] == "unit.of-the-table"
            or (counted.trace[0] == OF_QUOTIENT and unit in {"shares", f"{currency}/share"})
        )
        and ("$" not in cell.text or counted.unit[: len(currency)] == currency)
    ):
        unit, scale, told = counted
        trace = (*trace, *told)
    points = in_points(cell.text) if cell.text[-1].isalpha() or cell.text[-1] == "." else ""
    if points == "basis":
        unit, scale, trace = "pure", 1, (*trace, "unit.basis-points")
    elif points:
        unit, scale, trace = "%", 1, (*trace, "unit.points")
    elif "%" in cell.text or (column.percent and unit != "shares"):
        unit, scale = "%", 1
        trace = (*trace, "unit.per-cent-sign")
    elif shape.caption.named or shape.caption.ounces_of:
        unit, scale, trace = _as_named(row.label, column.heading, unit, scale, shape.caption, trace)
    return Fact(cell.spot, cell.text, value, places, unit, scale, period, shape.table, row, column, trace)


def _as_named(
    label: str, heading: str, unit: str, scale: int, caption: Caption, trace: tuple[str, ...]
) -> tuple[str, int, tuple[str, ...]]:
    """Unit and scale of a column whose heading holds a word that the caption gives a scale of its own, or a metal whose
    ounces it leaves out."""
    for word, own in caption.named:
        if _NAMES_OF_UNITS.get(word) == unit and scale_in(label) is scale_in(heading) is None:
            return unit, own, (*trace, "scale.named-in-caption")
        if word in heading.lower():
            return ("pure" if word in {"units", "volumes"} else unit), own, (*trace, "scale.named-in-caption")
    scaled = caption.ounces and caption.ounces_of and "scale.stated-in-label" not in trace
    if unit == "oz" and scaled and not caption.ounces_for(heading):
        return unit, 1, (*trace, "scale.ounces-of-another-metal")
    return unit, scale, trace
