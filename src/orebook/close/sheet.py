"""Printed tables of a close: figures rounded at the printed figure only, and laid out as text."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.quantity import Quantity
from orebook.model.named import NamedTuple
from orebook.model.period import PRINTED_MONTHS, Period

COUNTED = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
LABEL_WIDTH = 46
NARROW, WIDE = 13, 22
NIL = "- -"


class Style(NamedTuple):
    """How a figure is printed: its decimals, what one printed unit counts for, and whether it takes a `$`."""

    decimals: int = 0
    scale: Fraction = Fraction(1)
    dollar: bool = False


class Row(NamedTuple):
    """A printed row: its label and, a column each, the figure with all its digits (None: blank).

    `rule` draws a line above the figures, `double` one below. `parts` are the indexes of the rows, with their
    signs, that a total is the sum of. `sign` is -1 where the figure is printed with its sign turned. `quantities` are
    what the figures are of, a column each, as the graph knows them. A row without values is a heading.
    """

    label: str
    values: tuple[Fraction | None, ...] = ()
    style: Style = Style()
    indent: int = 0
    rule: bool = False
    double: bool = False
    space: bool = False
    name: str = ""
    entity: str = ""
    parts: tuple[tuple[int, int], ...] = ()
    sign: int = 1
    quantities: tuple[Quantity | None, ...] = ()


class Sheet(NamedTuple):
    """A printed table: title lines, the periods of its columns, its rows; `stub` stands left of the columns."""

    title: str
    caption: str
    columns: tuple[Period, ...]
    rows: tuple[Row, ...]
    stub: str = ""

    @property
    def width(self) -> int:
        """The width of a column: wide enough for `Twelve Months Ended` where a span has one column."""
        months = [period.months for period in self.columns]
        return NARROW if all(span is None or months.count(span) > 1 for span in months) else WIDE


class Gap(NamedTuple):
    """Printed parts that do not add to the printed total, though the figures behind them do."""

    sheet: str
    label: str
    period: Period
    printed: Fraction
    added: Fraction


def rounded(value: Fraction, style: Style) -> Fraction:
    """The printed number: half a unit of the last digit goes away from zero."""
    shift = Fraction(10) ** style.decimals
    scaled = abs(value) / style.scale * shift
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole) / shift


def figure(value: Fraction | None, style: Style) -> str:
    """The text of a figure without its `$`: thousands parted, negatives in parentheses, exact zero as nil."""
    if value is None:
        return ""
    if value == 0:
        return NIL
    number = rounded(value, style)
    digits = int(abs(number) * 10**style.decimals)
    whole, rest = divmod(digits, 10**style.decimals)
    text = f"{whole:,}" + (f".{rest:0{style.decimals}}" if style.decimals else "")
    return f"({text})" if value < 0 and digits else text


def gaps(sheet: Sheet) -> tuple[Gap, ...]:
    """The totals whose printed parts do not add on paper."""
    made = []
    for row in sheet.rows:
        for column, period in enumerate(sheet.columns):
            total = row.values[column] if row.parts else None
            if total is None:
                continue
            parts = [(sheet.rows[at], sign) for at, sign in row.parts]
            added = sum((sign * _printed(part, column) for part, sign in parts), Fraction(0))
            if added != rounded(total, row.style):
                made.append(Gap(sheet.title, row.label, period, rounded(total, row.style), added))
    return tuple(made)


def _printed(row: Row, column: int) -> Fraction:
    value = row.values[column]
    return Fraction(0) if value is None else rounded(value, row.style)


def render(company: str, sheet: Sheet) -> list[str]:
    """The table as lines of text, headed by the company's name."""
    width = LABEL_WIDTH + sheet.width * len(sheet.columns)
    made = [line.center(width).rstrip() for line in (company.upper(), sheet.title) if line]
    if sheet.caption:
        made.extend(line.center(width).rstrip() for line in _wrapped(sheet.caption, width - 4))
    made.append("")
    made.extend(_heading(sheet))
    made.append("")
    for row in sheet.rows:
        made.extend(_row(row, sheet.width))
    return made


def known(sheet: Sheet) -> Sheet:
    """The sheet without the columns and rows of which no figure is known; without any where none is.

    Over nothing, the heading of a column would be read over the figures of the next, and a figure of the year before
    would go out as one of this year; a label before nothing would be read as the beginning of the next one.
    """
    told = [row for row in sheet.rows if not row.values or any(value is not None for value in row.values)]
    kept = [at for at in range(len(sheet.columns)) if any(row.values and row.values[at] is not None for row in told)]
    if len(kept) == len(sheet.columns) and len(told) == len(sheet.rows):
        return sheet
    rows = tuple(
        row._replace(
            values=tuple(row.values[at] for at in kept if row.values),
            quantities=tuple(row.quantities[at] for at in kept if row.quantities),
        )
        for row in told
    )
    return sheet._replace(columns=tuple(sheet.columns[at] for at in kept), rows=rows)


def _heading(sheet: Sheet) -> list[str]:
    """Spans over their columns where the periods are durations, then the dates; the stub beside the years, or above
    a single one, which would read as its figure."""
    alone = len(sheet.columns) == 1
    lines = [sheet.stub, ""] if alone and sheet.stub else []
    if any(period.months for period in sheet.columns):
        lines.append(" " * LABEL_WIDTH + _spans(sheet.columns, sheet.width))
    days = [f"{PRINTED_MONTHS[period.end.month - 1]} {period.end.day}," for period in sheet.columns]
    lines.append(" " * LABEL_WIDTH + "".join(day.rjust(sheet.width) for day in days))
    lines.append(
        ("" if alone else sheet.stub).ljust(LABEL_WIDTH)
        + "".join(str(period.end.year).rjust(sheet.width) for period in sheet.columns)
    )
    return [line.rstrip() for line in lines]


def _spans(columns: tuple[Period, ...], width: int) -> str:
    made, at = "", 0
    while at < len(columns):
        months = columns[at].months or 0
        count = sum(1 for period in columns if period.months == months)
        words = f"{COUNTED[months]} Months Ended"
        made += " " * 2 + (words.rjust(width - 2) if count == 1 else words.center(width * count - 2))
        at += count
    return made


def _row(row: Row, width: int) -> list[str]:
    made = [""] if row.space else []
    if not row.values:
        return [*made, " " * row.indent + row.label]
    if row.rule:
        made.append(_rule("-", len(row.values), width))
    label = _wrapped(row.label, LABEL_WIDTH - row.indent - 3)
    lines = [" " * (row.indent + (1 if at else 0)) + part for at, part in enumerate(label)] or [""]
    lines[-1] = lines[-1].ljust(LABEL_WIDTH) + "".join(_cell(value, row.style, width) for value in row.values)
    made.extend(line.rstrip() for line in lines)
    if row.double:
        made.append(_rule("=", len(row.values), width))
    return made


def _cell(value: Fraction | None, style: Style, width: int) -> str:
    """A cell with its right edge one short of the column's, which a closing parenthesis takes."""
    text = figure(value, style)
    if not text:
        return " " * width
    text = text if text.endswith(")") else text + " "
    return ("$" + text.rjust(NARROW - 3)).rjust(width) if style.dollar else text.rjust(width)


def _rule(mark: str, columns: int, width: int) -> str:
    return (" " * LABEL_WIDTH + (mark * (NARROW - 3) + " ").rjust(width) * columns).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
