"""Grids -> tables and facts: captions, periods, units, labels, entities. Knows meaning, no layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from orebook.book import columns as column_reading
from orebook.book import titles
from orebook.book.captions import Caption, read_caption
from orebook.book.labels import Labelled, label_rows
from orebook.book.positions import positions
from orebook.book.units import Counted, Ground, count_row, share_column, stated_unit
from orebook.book.wording import Words, holds, words
from orebook.lexicon.concepts import concept, statement_kind
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.grid import Cell, Grid, Layout
from orebook.model.period import Period

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_AROUND = " \t$()%+-–—−€£¥"
_CENTS = re.compile(r"\.\d\d\)?$")
_BALANCE = re.compile(r"(?:opening |closing |ending |beginning )?balances?\b", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?%")
_AT_END = re.compile(
    r"\bat\s+(?:the\s+)?end\s+of\b|\bend\s+of\s+(?:the\s+)?(?:period|year|quarter)\b|\b(?:period|year|quarter)[- ]end\b|,\s*end\b|\bending balance\b",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"[Ee]nd|END|[Bb]eginning|BEGINNING|start")
_AT_START = re.compile(
    r"\bat\s+(?:the\s+)?beginning\s+of\b|\bbeginning\s+of\s+(?:the\s+)?(?:period|year|quarter)\b|,\s*beginning\b|\bbeginning balance\b|\bat start of\b",
    re.IGNORECASE,
)


_STOCK = re.compile(
    r"receivable|payable|inventor|accrued|\bassets?\b|liabilit|\bland\b|buildings?|equipment|machinery|materials|in process"
    r"|finished goods|allowance|prepaid|\bdebt\b|notes due|bonds|accumulated|outstanding|\bcash\b|securities|equity|reserves?\b",
    re.IGNORECASE,
)


class Setting(NamedTuple):
    """What the whole document says: its company, its calendar, the scale of shares where some caption states one, the
    scale of money that most captions state, and the largest figure printed under such a caption. `concepts` False
    leaves the concepts out."""

    company: str = ""
    calendar: column_reading.Calendar = column_reading.Calendar()
    shares: int | None = None
    money: int | None = None
    largest: Decimal = Decimal(0)
    concepts: bool = True


class _Shape(NamedTuple):
    """A table's meaning before its rows are read."""

    table: Table
    columns: tuple[Column, ...]
    caption: Caption
    scale_rule: str
    period_rule: str
    shares: Mapping[int, Counted] = {}
    prices: frozenset[int] = frozenset()


def build(
    layout: Layout, setting: Setting, *, first_number: int = 0, part: int = 0
) -> tuple[tuple[Table, ...], tuple[Fact, ...]]:
    """The tables and facts of one document, in document order; tables are numbered from `first_number`."""
    stated, more = positions(layout, first_number, part)
    starts = [*(grid.first_line for grid in layout.grids), *(table.first_line for table in stated)]
    numbers = [0] * len(starts)
    for rank, index in enumerate(sorted(range(len(starts)), key=starts.__getitem__)):
        numbers[index] = first_number + rank
    tables, facts = _tabulated(layout.grids, setting, numbers, part)
    if not stated:
        return tables, facts
    placed = {
        table.number: table._replace(number=number)
        for table, number in zip(stated, numbers[len(layout.grids) :], strict=True)
    }
    more = tuple(fact._replace(table=placed[fact.table.number]) for fact in more)
    by_line = sorted((*tables, *placed.values()), key=lambda table: table.number)
    return tuple(by_line), tuple(sorted((*facts, *more), key=itemgetter(0)))


def _tabulated(
    grids: tuple[Grid, ...], setting: Setting, numbers: list[int], part: int
) -> tuple[tuple[Table, ...], tuple[Fact, ...]]:
    """The tables of the grids, the n-th with the n-th number, and their facts."""
    tables: list[Table] = []
    facts: list[Fact] = []
    before: _Shape | None = None
    for grid, number in zip(grids, numbers, strict=False):
        rows = label_rows(grid.rows)
        shape = _shape(grid, rows, setting, before, number, part)
        tables.append(shape.table)
        facts.extend(_facts(grid, rows, shape, setting))
        before = shape
    return tuple(tables), tuple(facts)


def _shape(grid: Grid, rows: list[Labelled], setting: Setting, before: _Shape | None, number: int, part: int) -> _Shape:
    titled = titles.read_titles(grid, setting.company)
    caption = read_caption(titled.caption) if titled.caption else Caption()
    title, printed = titled.title, titled.printed
    continues = (
        before is not None
        and not grid.headers
        and not titles.introduces(grid.intro)
        and len(before.columns) == grid.columns
    )
    if continues and before is not None and not (printed and (titled.caption or statement_kind(title))):
        title, printed = before.table.title, before.table.printed
    kind = statement_kind(title, [row.label for row in rows])
    if not kind and continues and before is not None:
        kind = before.table.kind
    made, rule = column_reading.make_columns(
        grid, titled.reading, kind, setting.calendar, stock=lambda: _is_stock(rows)
    )
    scale_rule = ""
    if (
        before is not None
        and not any(column.period for column in made)
        and len(before.columns) == grid.columns
        and not grid.headers
    ):
        made, rule = before.columns, "period.inherited"
    if before is not None and caption.money is None and (continues or not printed) and _money_like(rows):
        caption, scale_rule = (
            before.caption._replace(currency=caption.currency or before.caption.currency),
            "scale.inherited",
        )
    if caption.money is None and not scale_rule and _as_the_statements(rows, kind, setting):
        caption, scale_rule = caption._replace(money=setting.money), "scale.as-the-statements"
    table = Table(number, title, printed, titled.caption, kind, part, grid.first_line, grid.last_line)
    return _Shape(table, made, caption, scale_rule, rule)


def _is_stock(rows: list[Labelled]) -> bool:
    """Whether most rows name balances rather than flows."""
    return 2 * sum(_STOCK.search(row.label) is not None for row in rows) >= len(rows)


def _as_the_statements(rows: list[Labelled], kind: str, setting: Setting) -> bool:
    """A table of money without a caption counts as the statements do, unless its figures are too large for that or
    printed to the cent."""
    if setting.money is None or setting.money == 1 or kind == "production" or not (kind or _money_like(rows)):
        return False
    values = [value for row in rows for cell in row.row.cells if (value := _printed(cell.text)[0]) is not None]
    cents = sum("." in cell.text and "%" not in cell.text for row in rows for cell in row.row.cells)
    return bool(values) and max(map(abs, values)) <= setting.largest and cents * 2 < len(values)


def _price_columns(rows: list[Labelled], count: int) -> frozenset[int]:
    """The columns of prices: two figures or more, each printed to the cent."""
    texts: list[list[str]] = [[] for _ in range(count)]
    for row in rows:
        for cell in row.row.cells:
            if any(map(str.isdigit, cell.text)):
                texts[cell.column].append(cell.text)
    priced = (number for number, column in enumerate(texts) if len(column) > 1 and all(map(_CENTS.search, column)))
    return frozenset(priced)


def _money_like(rows: list[Labelled]) -> bool:
    return any("$" in cell.text for row in rows for cell in row.row.cells)


def _facts(grid: Grid, rows: list[Labelled], shape: _Shape, setting: Setting) -> list[Fact]:
    money = shape.caption.money is not None or shape.table.kind not in {"", "production"} or _money_like(rows)
    percent = _percent_columns(rows, len(shape.columns))
    if percent:
        shape = shape._replace(
            columns=tuple(c._replace(percent=True) if c.number in percent else c for c in shape.columns)
        )
    ground = Ground(
        shape.caption, setting.shares, money, shape.scale_rule, shape.table.kind == "cash-flows", setting.concepts
    )
    counted = {c.number: found for c in shape.columns if (found := share_column(c.heading, ground)) is not None}
    if counted:
        shape = shape._replace(shares=counted)
    if shape.scale_rule:
        shape = shape._replace(prices=_price_columns(rows, len(shape.columns)))
    entities = entity_banners(rows)
    owns: list[_Own] = []
    if not all(column.period for column in shape.columns):
        owns = _own_periods(rows)
    made: list[Fact] = []
    for number, labelled in enumerate(rows):
        made.extend(_row_facts(number, labelled, shape, ground, entities, owns[number] if owns else _NO_PERIOD))
    return made


class _Own(NamedTuple):
    """The period that a row tells itself, and the rule that found it."""

    period: Period | None
    rule: str = ""


_NO_PERIOD = _Own(None)


def _own_periods(rows: list[Labelled]) -> list[_Own]:
    """The periods that rows tell themselves, or their headings; a row between two balances is of the time between."""
    made = [_Own(column_reading.row_period((row.label, *reversed(row.headings))), "period.row-or-section") for row in rows]
    opened: int | None = None
    for number, (row, own) in enumerate(zip(rows, made, strict=True)):
        if own.period is None or own.period.months is not None or not _BALANCE.match(row.label):
            continue
        before = made[opened].period if opened is not None else None
        if opened is not None and before is not None:
            months = (own.period.end.year - before.end.year) * 12 + own.period.end.month - before.end.month
            for at in range(opened + 1, number):
                if made[at].period is None and 0 < months <= 12:
                    made[at] = _Own(Period(own.period.end, months), "period.between-balances")
        opened = number
    return made


def _percent_columns(rows: list[Labelled], count: int) -> frozenset[int]:
    """The columns whose first and last figures bear a per cent sign and whose other figures bear no currency sign:
    all of them are per cent."""
    texts: list[list[str]] = [[] for _ in range(count)]
    for row in rows:
        for cell in row.row.cells:
            texts[cell.column].append(cell.text)
    if not any("%" in text for column in texts for text in column[:1]):
        return frozenset()
    return frozenset(
        number
        for number, column in enumerate(texts)
        if len(column) > 1 and "%" in column[0] and "%" in column[-1] and not any("$" in text for text in column)
    )


def _row_facts(
    number: int, labelled: Labelled, shape: _Shape, ground: Ground, entities: frozenset[str], own: _Own
) -> list[Fact]:
    cells = labelled.row.cells
    texts = [cell.text for cell in cells]
    printed = [_printed(text) for text in texts]
    together = " ".join(texts)
    decimals = max([places for _, places in printed]) if "." in together else 0
    signed = "$" in together
    headings = labelled.headings
    entity: str | None = None
    share: Decimal | None = None
    if labelled.banner:
        if labelled.banner in entities:
            entity = labelled.banner
            found = _SHARE.search(entity)
            share = Decimal(found.group(1)) if found else None
        else:
            headings = (labelled.banner, *headings)
    counted = count_row(labelled.label, headings, decimals, signed, ground)
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
        concept(labelled.label, headings, shape.table.kind, counted.unit) if ground.concepts else None,
        labelled.trace,
    )
    moment = _moment(labelled.label)
    sense = _Sense(counted.unit, counted.scale, moment, own, (*counted.trace, shape.period_rule))
    return [_fact(cell, found, row, shape, sense) for cell, found in zip(cells, printed, strict=True)]


class _Sense(NamedTuple):
    """What a row says of all its figures: unit, scale, the moment that its label names (`end`, `start` or ""), the
    period that it prints itself, and the rules that found them."""

    unit: str
    scale: int
    moment: str
    own: _Own
    trace: tuple[str, ...]


def _fact(cell: Cell, printed: tuple[Decimal | None, int], row: Row, shape: _Shape, sense: _Sense) -> Fact:
    column = shape.columns[cell.column]
    value, places = printed
    unit, scale, moment, own, trace = sense
    period = column.period
    if period is None and own.period is not None and not column_reading.compares(column.heading):
        period, trace = own.period, (*trace, own.rule)
    if moment and period is not None and period.months is not None:
        period = period.instant() if moment == "end" else period.opening()
        trace = (*trace, f"period.{moment}-of-period-in-label")
    if unit in {"pure", "USD"} and "$" not in cell.text and "(" in column.heading:
        named = stated_unit(column.heading)
        if named:
            unit, scale, trace = named, 1, (*trace, "unit.column-heading")
    if column.number in shape.prices and scale != 1:
        scale, trace = 1, (*trace, "scale.column-of-prices")
    if column.number in shape.shares and unit == (shape.caption.currency or "USD") and "$" not in cell.text:
        unit, scale, told = shape.shares[column.number]
        trace = (*trace, *told)
    if "%" in cell.text or (column.percent and unit != "shares"):
        unit, scale = "%", 1
        trace = (*trace, "unit.per-cent-sign")
    elif shape.caption.named:
        unit, scale, trace = _as_named(column.heading, unit, scale, shape.caption, trace)
    return Fact(cell.spot, cell.text, value, places, unit, scale, period, shape.table, row, column, trace)


def _as_named(
    heading: str, unit: str, scale: int, caption: Caption, trace: tuple[str, ...]
) -> tuple[str, int, tuple[str, ...]]:
    """Unit and scale of a column whose heading holds a word that the caption gives a scale of its own."""
    for word, own in caption.named:
        if word in heading.lower():
            return ("pure" if word in {"units", "volumes"} else unit), own, (*trace, "scale.named-in-caption")
    return unit, scale, trace


@lru_cache(4096)
def _moment(label: str) -> str:
    if not _MOMENT.search(label):
        return ""
    if _AT_END.search(label):
        return "end"
    return "start" if _AT_START.search(label) else ""


def printed_value(text: str) -> Decimal | None:
    """The value of a printed token; None for a nil mark."""
    return _printed(text)[0]


def _printed(text: str) -> tuple[Decimal | None, int]:
    """The value of a printed token and its decimals; None for a nil mark."""
    digits = text.strip(_AROUND).replace(",", "")
    if not digits.replace(".", "", 1).isdigit():
        found = _NUMBER.search(text)
        if found is None:
            return None, 0
        digits = found.group().replace(",", "")
    value = Decimal(digits)
    _, _, places = digits.partition(".")
    return (-value if "(" in text or "-" in text else value), len(places)


def entity_banners(rows: list[Labelled]) -> frozenset[str]:
    """The banners of a table that name mines, units or segments.

    A banner does by its words; beside two or more of them, one of the neutral words (`OTHER`) or a name that
    heads the same rows does too.
    """
    vocabulary = words()
    labels: dict[str, set[str]] = {}
    for row in rows:
        if row.banner:
            labels.setdefault(row.banner, set()).add(row.label)
    named = {banner for banner in labels if _names_entity(banner, vocabulary)}
    if not named or not _repeat(labels, named):
        return frozenset()
    seen = Counter(label for banner in named for label in labels[banner])
    for banner, own in labels.items():
        if banner not in named and not holds(vocabulary.not_entity, banner):
            alike = sum(label in seen for label in own)
            if banner.lower() in vocabulary.beside or alike * 2 >= len(own):
                named.add(banner)
    return frozenset(named)


def _names_entity(banner: str, vocabulary: Words) -> bool:
    if "share)" in banner.lower() or "interest)" in banner.lower():
        return True
    bare = banner.split("(", maxsplit=1)[0]
    return holds(vocabulary.entity, bare) and not holds(vocabulary.not_entity, bare)


def _repeat(labels: dict[str, set[str]], named: set[str]) -> bool:
    """Whether the blocks repeat each other's rows, as tables by unit do."""
    if len(labels) == 1:
        return True
    seen = Counter(label for own in labels.values() for label in own)
    return any(seen[label] > 1 for banner in named for label in labels[banner])


def shares_scale(captions: list[Caption]) -> int | None:
    """The scale of shares that a document states in some caption, if it always states the same."""
    stated = {caption.shares for caption in captions if caption.shares}
    return stated.pop() if len(stated) == 1 else None
