"""Random tables and how they are printed: a drawn grid, rendered the way that releases print theirs.

The drawn values are the truth that the reader has to give back. What is drawn is what a typesetter may choose:
where the columns stand, how headings are stacked, which marks are used for nil and for negatives. What no
reader could tell apart is not drawn: a column without a figure, a row without any, a wrapped line that
begins like a label of its own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from orebook.model.period import Period, month_end

NOUNS = (
    "Timber", "Gravel", "Barley", "Harbor", "Lantern", "Canvas", "Pepper", "Saddle", "Mortar", "Velvet", "Marble",
    "Walnut", "Copper", "Orchard", "Bridge", "Engine", "Rubber", "Cement", "Cotton", "Paper",
)  # fmt: skip
JOINED = ("and", "or", "of", "less", "under", "for", "from")
LOWER = tuple(noun.lower() for noun in NOUNS)
LENGTHS = ((3, None, "Three Months"), (6, None, "Six Months"), (9, None, "Nine Months"), (12, None, "Twelve Months"),
           (3, 13, "Thirteen Weeks"), (9, 39, "Thirty-nine Weeks"))  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
SHORT = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
CAPTIONS = (("(in thousands)", 1000), ("(Dollars in thousands)", 1000), ("(In millions, except per share data)", 1_000_000),
            ("(in thousands, except per share amounts)", 1000), ("", 1))  # fmt: skip


BANNERS = ("NORTH UNIT", "SOUTH UNIT", "HARBOR MINE (Reflects the company's 41.25% share)", "OTHER OPERATIONS")
PROSE = """\
    The company sold its gravel pits for $1,250,000 in the year, and paid
44.7% of what it owed in 1998 and 1999. Of the 1,204 tons that were left,
some 310 tons went to the harbor.
"""

# A currency sign stands off its digits by no more than this.
MOST_BLANKS = 8


class Style(NamedTuple):
    """How a table is set."""

    gap: int
    sign: str  # "none", "attached", "detached"
    sign_rows: str  # "first", "all"
    comma: bool
    negative: str  # "()", "-"
    nil: str
    indent: int
    wrap_indent: int
    leaders: bool
    spaced: bool
    rules: bool
    rule: str
    left: int
    prose: str
    banner_rules: bool
    tagged: bool
    drift: int


class DrawnRow(NamedTuple):
    """A row as drawn: `label` in the lines that it is printed in, `values` a number, "nil" or None for a blank cell."""

    heading: tuple[str, ...]
    label: tuple[str, ...]
    values: tuple[Decimal | str | None, ...]
    unit: str = "USD"
    notes: tuple[str, ...] = ()
    entity: str | None = None


class Drawn(NamedTuple):
    """A table as drawn."""

    title: str
    caption: str
    scale: int
    header: str
    periods: tuple[Period, ...]
    rows: tuple[DrawnRow, ...]
    style: Style


@st.composite
def labels(draw: st.DrawFn, *, wrapped: bool) -> tuple[str, ...]:
    """A label of one to six words, in one or more lines; a line that goes on begins in lower case or with a bracket."""
    lines = [" ".join([draw(st.sampled_from(NOUNS)), *draw(st.lists(st.sampled_from(LOWER), max_size=3))])]
    if wrapped:
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.sampled_from((*JOINED, "(net of", "(including")))
            rest = [start, *draw(st.lists(st.sampled_from(LOWER), min_size=1, max_size=3))]
            lines.append(" ".join(rest) + (")" if start[0] == "(" else ""))
    return tuple(lines)


@st.composite
def values(draw: st.DrawFn, count: int, unit: str) -> tuple[Decimal | str | None, ...]:
    """One row of figures of like precision, with nil marks and blanks; at least one is a figure."""
    places = {"USD": draw(st.sampled_from((0, 0, 0, 1))), "USD/share": 2, "%": 1, "oz": 0}[unit]
    most = {"USD": 9_999_999, "USD/share": 99_999, "%": 999, "oz": 9_999_999}[unit]
    low = 0 if unit == "oz" else -most // 3
    # What looks like a year is not drawn: without commas, a row of such figures alone may be a row of headings.
    numbers = st.integers(low, most).map(lambda number: number + 500 if 1900 <= abs(number) < 2100 else number)
    figure = numbers.map(lambda number: Decimal(number).scaleb(-places))
    kinds = draw(st.lists(st.sampled_from("fffffn."), min_size=count, max_size=count))
    if "f" not in kinds:
        kinds[draw(st.integers(0, count - 1))] = "f"
    return tuple(draw(figure) if kind == "f" else "nil" if kind == "n" else None for kind in kinds)


@st.composite
def periods_of(draw: st.DrawFn) -> tuple[str, tuple[Period, ...]]:
    """A style of heading and the periods that it states, one a column."""
    header = draw(st.sampled_from(("instants", "ended", "dates", "split")))
    # One printed `February 28,` over 2007 and 2008 would not be the last day of both.
    month = draw(st.integers(3, 12) if header == "ended" else st.integers(1, 12))
    year = draw(st.integers(1990, 2010))
    years = [year - i for i in range(draw(st.integers(1, 3 if header == "instants" else 2)))]
    if draw(st.booleans()):
        years.reverse()
    if header == "instants":
        return header, tuple(Period(month_end(each, month)) for each in years)
    lengths = draw(st.lists(st.sampled_from(LENGTHS), min_size=1, max_size=3 if len(years) < 2 else 2, unique=True))
    return header, tuple(
        Period(month_end(each, month), months, weeks) for months, weeks, _ in lengths for each in years
    )


styles = st.builds(
    Style,
    gap=st.integers(2, 9),
    sign=st.sampled_from(("none", "attached", "detached")),
    sign_rows=st.sampled_from(("first", "all")),
    comma=st.booleans(),
    negative=st.sampled_from(("()", "()", "-")),
    nil=st.sampled_from(("- -", "--", "-", "---")),
    indent=st.integers(1, 4),
    wrap_indent=st.integers(1, 3),
    leaders=st.booleans(),
    spaced=st.booleans(),
    rules=st.booleans(),
    rule=st.sampled_from(("-", "=")),
    left=st.integers(0, 3),
    prose=st.sampled_from(("", "before", "after", "both")),
    banner_rules=st.booleans(),
    tagged=st.booleans(),
    drift=st.sampled_from((0, 0, 0, 1, -1)),
)


@st.composite
def rows_of(draw: st.DrawFn, count: int) -> tuple[DrawnRow, ...]:
    """Two to nine rows under none to two levels of headings."""
    rows: list[DrawnRow] = []
    heading: tuple[str, ...] = ()
    for _ in range(draw(st.integers(2, 9))):
        step = draw(st.sampled_from(("same", "same", "same", "down", "up")))
        if step == "down" and len(heading) < 2:
            heading = (*heading, " ".join(draw(labels(wrapped=False))))
        elif step == "up":
            heading = heading[:-1]
        unit = draw(st.sampled_from(("USD", "USD", "USD", "USD/share", "%", "oz")))
        label = draw(labels(wrapped=draw(st.integers(0, 3)) == 0))
        if unit == "USD/share":
            label = (*label[:-1], f"{label[-1]} per share")
        elif unit == "oz":
            label = (*label[:-1], f"{label[-1]} (oz.)")
        marks = draw(st.sampled_from(((), (), (), ("1",), ("2", "3"), ("a",))))
        rows.append(DrawnRow(heading, label, draw(values(count, unit)), unit, marks))
        if unit == "USD" and len(rows) > 1 and len(heading) < 2 and draw(st.integers(0, 5)) == 0:
            rows.append(DrawnRow(heading, ("",), draw(values(count, "USD"))))
    rows[0] = _opening(rows[0])
    return tuple(rows)


@st.composite
def blocks_of(draw: st.DrawFn, count: int) -> tuple[DrawnRow, ...]:
    """The same few rows under the banner of each of two or three units, as tables of production print them."""
    base = draw(rows_of(count))[:3]
    made: list[DrawnRow] = []
    for banner in draw(st.permutations(BANNERS))[: draw(st.integers(2, 3))]:
        made += [row._replace(entity=banner, values=draw(values(count, row.unit))) for row in base]
    return tuple(_opening(row) if number == 0 else row for number, row in enumerate(made))


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    """A table with its style; what would leave a reader without evidence is not drawn."""
    header, periods = draw(periods_of())
    caption, scale = draw(st.sampled_from(CAPTIONS))
    count = len(periods)
    rows = draw(st.one_of(rows_of(count), rows_of(count), blocks_of(count)))
    nouns = draw(st.lists(st.sampled_from(NOUNS), min_size=1, max_size=3))
    title = "BALANCE SHEETS" if header == "instants" else f"Statements of {' '.join(nouns)}"
    style = draw(styles)
    if count == 1 and header in {"dates", "split"}:
        # A lone column under a date of two or three lines is not drawn: its date is taken for a title.
        header = "ended"
    if count == 1:
        style = style._replace(comma=True)
    if not caption and style.sign == "none":
        # Nothing would say that the figures are money.
        style = style._replace(sign="attached")
    return Drawn(title, caption, scale, header, periods, rows, style)


def _opening(row: DrawnRow) -> DrawnRow:
    """The first row is one of money that fills every column: nothing else would show that the columns are there."""
    label = row.label if row.unit == "USD" else (" ".join(NOUNS[:2]),)
    told = [value if isinstance(value, Decimal) and row.unit == "USD" else Decimal(0) for value in row.values]
    return DrawnRow(
        row.heading,
        label,
        tuple(value + (-1204 if value < 0 else 1204) for value in told),
        "USD",
        row.notes,
        row.entity,
    )


class Printed(NamedTuple):
    """A figure as printed: its currency sign, its digits up to the right edge, and what stands beyond the edge."""

    sign: str
    digits: str
    tail: str

    @property
    def body(self) -> int:
        """How many columns the figure takes left of its right edge."""
        return len(self.sign) + len(self.digits)


def render(drawn: Drawn) -> str:
    """The table as text."""
    style = drawn.style
    cells = [
        [_printed(value, row.unit, style, signed=_has_sign(drawn, number)) for value in row.values]
        for number, row in enumerate(drawn.rows)
    ]
    stack = _headings(drawn)
    count = len(drawn.periods)
    widths = [max([len(line[i]) for line in stack.columns] + [row[i].body for row in cells]) for i in range(count)]
    widths = [width + (2 if style.sign == "detached" else 0) for width in widths]
    for text, first, last in stack.spans:
        short = len(text) + 1 - (sum(widths[first : last + 1]) + (last - first) * (style.gap + 2))
        widths[last] += max(0, short)
    stub = style.left + max(len(line) for line, _ in _lines(drawn)) + style.gap
    edges: list[int] = []
    at = stub
    for width in widths:
        edges.append(at + width)
        at += width + style.gap + 2
    return (
        "\n".join([*_top(drawn, at), *_head(drawn, stack, edges, widths), *_rows(drawn, cells, edges, widths)]) + "\n"
    )


class _Stack(NamedTuple):
    spans: tuple[tuple[str, int, int], ...]
    columns: tuple[tuple[str, ...], ...]


def _headings(drawn: Drawn) -> _Stack:
    """What stands over the columns: spanning lines, then the lines of each column."""
    ends = [period.end for period in drawn.periods]
    if drawn.header == "instants":
        return _Stack((), (tuple(_day(end) for end in ends), tuple(str(end.year) for end in ends)))
    groups = _groups(drawn.periods)
    names = {(months, weeks): name for months, weeks, name in LENGTHS}
    spans = [(f"{names[drawn.periods[a].months or 0, drawn.periods[a].weeks]} Ended", a, b) for a, b in groups]
    if drawn.header == "ended":
        spans = [(f"{text} {_day(ends[a], long=True)}", a, b) for text, a, b in spans]
        return _Stack(tuple(spans), (tuple(str(end.year) for end in ends),))
    if drawn.header == "split":
        return _Stack(tuple(spans), (tuple(_day(end) for end in ends), tuple(str(end.year) for end in ends)))
    return _Stack(tuple(spans), (tuple(f"{_day(end)} {end.year}" for end in ends),))


def _day(end: date, *, long: bool = False) -> str:
    return f"{(MONTHS if long else SHORT)[end.month - 1]} {end.day},"


def _groups(periods: tuple[Period, ...]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for i, period in enumerate(periods):
        if made and periods[made[-1][0]][1:] == period[1:]:
            made[-1] = (made[-1][0], i)
        else:
            made.append((i, i))
    return made


def _top(drawn: Drawn, width: int) -> list[str]:
    return [line.center(width).rstrip() for line in (drawn.title, drawn.caption) if line] + [""]


def _head(drawn: Drawn, stack: _Stack, edges: list[int], widths: list[int]) -> list[str]:
    made: list[str] = []
    lefts = [edge - width for edge, width in zip(edges, widths, strict=True)]
    if stack.spans:
        made.append(_placed([(text.center(edges[b] - lefts[a]), lefts[a]) for text, a, b in stack.spans]))
        if drawn.style.rules:
            made.append(_placed([("-" * (edges[b] - lefts[a]), lefts[a]) for _, a, b in stack.spans]))
    made += [
        _placed([(text.center(width), left) for text, width, left in zip(line, widths, lefts, strict=True)])
        for line in stack.columns
    ]
    if drawn.style.rules:
        made.append(_placed([("-" * width, left) for width, left in zip(widths, lefts, strict=True)]))
    return made


def _placed(pieces: list[tuple[str, int]]) -> str:
    line = ""
    for text, at in pieces:
        line = line.ljust(at) + text
    return line.rstrip()


def _lines(drawn: Drawn) -> list[tuple[str, int | None]]:
    """The label lines of the body, each with the number of the row whose figures stand on it."""
    style = drawn.style
    made: list[tuple[str, int | None]] = []
    before: tuple[str, ...] = ()
    block: str | None = None
    for number, row in enumerate(drawn.rows):
        if row.entity != block:
            block, before = row.entity, ()
            rule = "-" * 60 if style.banner_rules else ""
            made += [(rule, None), (str(block), None), (rule, None)]
        if row.heading != before:
            shared = 0
            while shared < min(len(row.heading), len(before)) and row.heading[shared] == before[shared]:
                shared += 1
            made += [
                (" " * (style.indent * level) + row.heading[level] + ":", None)
                for level in range(shared, len(row.heading))
            ]
            before = row.heading
        indent = style.indent * len(row.heading)
        marked = (*row.label[:-1], row.label[-1] + "".join(f" ({mark})" for mark in row.notes))
        for part, text in enumerate(marked):
            last = part == len(row.label) - 1
            blank = " " * (indent + (style.wrap_indent if part else 0))
            made.append((blank + text, number if last else None))
    return made


def _rows(drawn: Drawn, cells: list[list[Printed]], edges: list[int], widths: list[int]) -> list[str]:
    style = drawn.style
    rule = _placed([(style.rule * width, edge - width) for width, edge in zip(widths, edges, strict=True)])
    made: list[str] = []
    for text, number in _lines(drawn):
        line = " " * style.left + text
        subtotal = number is not None and not drawn.rows[number].label[0]
        if subtotal:
            made.append(rule)
        if number is None:
            made.append(line.rstrip())
            continue
        row = cells[number]
        shift = style.drift if number * 2 > len(cells) else 0
        first = next(i for i, cell in enumerate(row) if cell.digits)
        # Dots may touch the figure that they lead to, though not a minus sign.
        dots = edges[first] - widths[first] - len(line) - (1 if style.gap % 2 and style.negative == "()" else 3)
        if style.leaders and dots > 2 and not subtotal:
            line += " " + "." * dots
        for cell, place, width in zip(row, edges, widths, strict=True):
            edge = place + shift
            if cell.sign and style.sign == "detached":
                line = line.ljust(max(edge - width, edge - len(cell.digits) - MOST_BLANKS - 1)) + cell.sign
                line = line.ljust(edge - len(cell.digits)) + cell.digits + cell.tail
            elif cell.digits:
                line = line.ljust(edge - cell.body) + cell.sign + cell.digits + cell.tail
        made.append(line)
        if subtotal:
            made.append(rule)
        if style.spaced:
            made.append("")
    return [*made, rule] if style.rules else made


def _has_sign(drawn: Drawn, row: int) -> bool:
    unit = drawn.rows[row].unit
    if drawn.style.sign == "none" or unit not in {"USD", "USD/share"}:
        return False
    return drawn.style.sign_rows == "all" or row == 0 or unit == "USD/share"


def _printed(value: Decimal | str | None, unit: str, style: Style, *, signed: bool) -> Printed:
    if value is None:
        return Printed("", "", "")
    sign = "$" if signed else ""
    if isinstance(value, str):
        return Printed(sign, style.nil, "")
    digits = f"{abs(value):,f}" if style.comma else f"{abs(value):f}"
    tail = "%" if unit == "%" else ""
    if value >= 0:
        return Printed(sign, digits, tail)
    if style.negative == "()":
        return Printed(sign, f"({digits}", f"){tail}")
    return Printed(sign, f"-{digits}", tail)
