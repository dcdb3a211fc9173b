"""A plain-text document -> its layout: lines, blocks, columns and rows."""

from __future__ import annotations

import re
from collections import defaultdict

from orebook.model.grid import Cell, Grid, GridRow, Layout
from orebook.model.slotted import replaced
from orebook.model.spot import Spot, spot_of
from orebook.read import panels, wordcolumns, wordrows
from orebook.read.blocks import Block, find_blocks
from orebook.read.columns import Span, extents, find_columns, place
from orebook.read.grouping import in_english, with_plain_blanks
from orebook.read.header import chunks_of, flush, header_texts, split_atoms
from orebook.read.lines import (
    BLANK,
    FIGURES,
    HEADER,
    MARKUP,
    PAGE,
    RULE,
    TEXT,
    Line,
    classify,
    has_range,
    is_contact,
    is_date,
)
from orebook.read.ranges import ranged_columns, without_dashes
from orebook.read.spacing import single_spaced
from orebook.read.tokens import Piece

_ITEM = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z])\)\s?\S|--\s|[*•·]\s)")
_FIGURES_IN_WORDS = re.compile(r"\d{3}|[a-z,] \d")
_LONG_WORD = re.compile(r"[A-Z]{4,}")
_CLEARLY = 3  # columns
_NEARLY = 6
_FEW_WORDS = 2
_LOW_DASH_HIGH = 3  # columns
_DOTS = re.compile(r"(?:(?:\s?[._]){3,}|(?<![A-Z])\.\.)\s*$")
_ONE_DOT = r"(?:[a-z]{4}|\)|\s)\.$"
_LEADERS = 3  # rows whose labels dots lead to the figures
_PERIOD = re.compile(r"ended\b|ending\b|months|weeks|quarter|\byears?\b|(?:19|20)\d\d", re.IGNORECASE)


def layout(lines: tuple[str, ...], first_line: int = 1) -> Layout:
    """Lays out one plain-text document whose lines count from `first_line`."""
    page, given = _page(lines)
    classified = single_spaced(classify(page, first_line))
    gapped = [i for i, line in enumerate(classified) if "  " in line.label]
    wordcolumns.part(classified, gapped)
    wordrows.mark(classified, gapped)
    seconds = panels.part(classified, gapped)
    blocks = find_blocks(classified)
    grids = tuple(grid_of(classified, block) for block in blocks)
    if seconds:
        more = (grid_of(side, block) for side in seconds for block in find_blocks(side))
        grids = tuple(sorted((*grids, *more), key=lambda grid: grid.first_line))
    if given or page is not lines:
        grids = tuple(_as_given(grid, lines, given, first_line) for grid in grids)
    furniture = _furniture(classified)
    return Layout(lines, grids, _paragraphs(classified, blocks, furniture), furniture, first_line)


def _page(lines: tuple[str, ...]) -> tuple[tuple[str, ...], dict[int, list[int]]]:
    """The lines as they stand on the page, their figures in English, and where the columns of those come from that tabs
    part into fields."""
    text = "\n".join(lines)
    page = in_english(with_plain_blanks(lines, text), text)
    if "\t" not in text:
        return page, {}
    from orebook.read.tabs import on_the_page  # noqa: PLC0415  few documents hold tabs

    return on_the_page(page)


def _as_given(grid: Grid, lines: tuple[str, ...], given: dict[int, list[int]], first_line: int) -> Grid:
    """A grid whose cells stand where the lines as given print them, and as they print them."""
    rows = [
        replaced(row, cells=tuple(_cell_as_given(cell, lines[index], given.get(index)) for cell in row.cells))
        for row in grid.rows
        for index in (row.line - first_line,)
    ]
    foreign = any(cell.english for row in rows for cell in row.cells)
    return grid._replace(rows=tuple(rows), foreign=foreign)


def _cell_as_given(cell: Cell, line: str, columns: list[int] | None) -> Cell:
    start, end = cell.spot.start, cell.spot.end
    if columns:
        start, end = columns[start], columns[end - 1] + 1
    text = line[start:end]
    return Cell(cell.column, Spot(cell.spot.line, start, end), text, cell.text if _differs(text, cell.text) else "")


def _differs(text: str, english: str) -> bool:
    """Whether a figure is printed otherwise than English would, the kind of its blanks apart."""
    return text != english and " ".join(text.split()) != " ".join(english.split())


def grid_of(lines: list[Line], block: Block) -> Grid:
    """The grid of one block."""
    rows = [lines[i] for i in block.figures]
    ranged = ranged_columns(rows) if any(map(has_range, rows)) else None
    if ranged is None:
        edges = find_columns(rows)
        placed = {row.number: place(row, edges) for row in rows}
        spans = extents([pairs for pairs, _ in placed.values()], edges)
        columns = len(edges)
    else:
        placed, spans, columns = ranged.placed, ranged.spans, ranged.numbers[-1]
    region = lines[block.top : block.first]
    left = min((row.indent for row in rows if row.label), default=0)
    header_at = _header_start(region, spans, left)
    headers, stub = header_texts(region[header_at:], spans)
    headers = headers if ranged is None else ranged.headed(headers)
    above = tuple((line.number, line.label) for line in region[:header_at] if line.kind in (TEXT, HEADER))
    intro = ""
    if block.intro:
        intro = " ".join(line.text.strip() for line in lines[block.intro[0] : block.intro[1] + 1])
    body = _body(lines[block.first : block.last + 1], placed, spans)
    after = _rule_after(lines, block.last, spans)
    if body and after:
        body[-1] = replaced(body[-1], rule_below=after)
    top = next((line.number for line in region if line.kind in (TEXT, HEADER)), lines[block.first].number)
    made = Grid(top, lines[block.last].number, columns, headers, tuple(body), above, stub, intro)
    return without_dashes(made) if columns >= _LOW_DASH_HIGH and headers else made


def _header_start(region: list[Line], spans: list[Span], margin: int) -> int:
    """The first line of the region whose text heads the columns; all above is title and caption.

    `margin` is where the rows' labels begin.
    """
    left, right = spans[0].left, spans[-1].right
    weak = len(region)
    for index, line in enumerate(region):
        if line.kind == HEADER and not (index + 1 < len(region) and _is_dated_title(line, margin, left, right)):
            return min(index, weak)
        if line.kind in (HEADER, BLANK):
            weak = len(region)
        if line.kind != TEXT:
            continue
        pieces = [(start, end) for _, start, end in chunks_of(line.text)]
        inside = [a for a, _ in pieces if left - 8 <= a < right]
        if not inside and len(pieces) > 1 and flush(split_atoms(line.text, len(spans)), spans):
            return min(index, weak)
        if len(spans) == len(pieces) == 1 and pieces[0][1] > left and is_date(line.label):
            # A date centred over a lone column begins well left of its figures.
            return min(index, weak)
        dated = is_date(line.label) or (line.label[0] == "(" and line.label[-1] == ")" and _PERIOD.search(line.label))
        if len(pieces) == 1 and len(spans) > 1 and dated and _over_table(pieces[0], margin, left, right):
            weak = len(region)
            continue
        if len(inside) >= 2 or (inside and _PERIOD.search(line.label) and not _is_capital_title(line.label)):
            if not _titled_below(region, index):
                return min(index, weak)
            weak = len(region)
            continue
        # A line alone in the columns heads them if it touches the headings below and is no title, in capitals or with a year.
        titled = line.label.isupper() or _PERIOD.search(line.label) is not None
        alone = not inside or line.label[0] == "(" or (titled and not is_date(f"{line.label} "))
        weak = len(region) if alone else min(weak, index)
    return weak


def _is_dated_title(line: Line, margin: int, left: int, right: int) -> bool:
    """Whether a line that ends in a year (`Years ended December 31, 1997 and 1996`) stands by itself over the table with its
    labels: no heading of columns."""
    if line.label.count(" ") < _FEW_WORDS:
        return False
    pieces = [(start, end) for _, start, end in chunks_of(line.text)]
    return len(pieces) == 1 and _over_table(pieces[0], margin, left, right)


def _titled_below(region: list[Line], index: int) -> bool:
    """Whether a title stands further down, parted by an empty line, and headings of columns below it: the head of a
    release is none of them."""
    after = range(index + 1, len(region))
    title = next((i for i in after if region[i - 1].kind == BLANK and _is_title(region, i)), len(region))
    return any(line.kind == HEADER or (line.kind == TEXT and _holds_dates(line)) for line in region[title + 1 :])


def _holds_dates(line: Line) -> bool:
    """Whether a line is made of dates, or of pieces of which two are."""
    return is_date(line.label) or (
        "  " in line.label and sum(is_date(f"{text} ") for text, _, _ in chunks_of(line.text)) > 1
    )


def _is_title(region: list[Line], i: int) -> bool:
    """Whether a line is a title by its capitals or its number, or stands by itself between empty lines."""
    line = region[i]
    alone = i + 1 < len(region) and region[i + 1].kind == BLANK
    alone = alone and line.kind == TEXT and line.label[0] != "(" and "  " not in line.label and not is_date(line.label)
    return _is_plain_title(line) or (alone and line.label.count(" ") >= _FEW_WORDS)


def _is_plain_title(line: Line) -> bool:
    label = line.label
    titled = label.isupper() or label.startswith("Table ")
    return line.kind == TEXT and titled and label[0] != "(" and "  " not in label and not is_date(label)


def _over_table(piece: tuple[int, int], margin: int, left: int, right: int) -> bool:
    """Whether a line is centred over the table with its labels rather than over its columns."""
    middle = sum(piece) / 2
    off = abs(middle - (margin + right) / 2)
    return off <= _NEARLY and off + _CLEARLY < abs(middle - (left + right) / 2)


def _is_title_with_a_year(label: str) -> bool:
    """`Q3 2016 Revenue by Asset` in small letters: several capitalised words that are no words of time."""
    low = label.lower()
    if "  " in label or ":" in label or any(map(low.__contains__, _OF_HEADINGS)):
        return False
    others = [word for word in _LONG_NAME.findall(label) if not is_date(word)]
    return len(others) >= _FEW_WORDS


_OF_HEADINGS = ("ended", "ending", "months", "weeks", "thousand", "million")
_LONG_NAME = re.compile(r"\b[A-Z][A-Za-z]{3,}")
_NAMES_OF_TABLES = frozenset(("RESULTS", "HIGHLIGHTS", "STATEMENTS", "SUMMARY", "REPORT"))


def _is_capital_title(label: str) -> bool:
    """`QUARTERLY RESULTS` and `RESERVES AND RESOURCES AT DECEMBER 31, 2000` speak of periods, and are titles."""
    if not label.isupper():
        return _is_title_with_a_year(label)
    if "ENDED" in label or "MONTHS" in label:
        # `THIRD QUARTER AND NINE MONTHS 2013 RESULTS`
        return not _NAMES_OF_TABLES.isdisjoint(label.split())
    others = [word for word in _LONG_WORD.findall(label) if not is_date(word)]
    return len(others) > 1 or not any(map(str.isdigit, label))


def _body(
    lines: list[Line], placed: dict[int, tuple[list[tuple[int, Piece]], list[Piece]]], spans: list[Span]
) -> list[GridRow]:
    made: list[GridRow] = []
    rule, full, blank = "", False, False
    opened: int | None = None
    for line in lines:
        if line.kind == BLANK:
            blank = True
        elif line.kind == RULE:
            full = line.indent < spans[0].left - 6
            rule = "=" if "=" in line.text else "-"
            if full:
                _mark_banner(made, opened)
                opened = len(made)
            elif made and made[-1].cells and not made[-1].rule_below:
                made[-1] = replaced(made[-1], rule_below=rule)
        elif line.kind in (TEXT, FIGURES):
            made.append(_row(line, placed, "" if full else rule, blank or full))
            rule, full, blank = "", False, False
    led = [line for line in lines if line.kind == FIGURES and line.label.endswith("..")]
    return _settled(_without_last_dots(made) if len(led) >= _LEADERS else made)


def _without_last_dots(rows: list[GridRow]) -> list[GridRow]:
    """The rows of a table of dot leaders, without the one dot that a long label left room for: `per employee (in
    thousands).`"""
    return [
        replaced(row, label=row.label[:-1].rstrip()) if row.cells and re.search(_ONE_DOT, row.label) else row
        for row in rows
    ]


def _mark_banner(rows: list[GridRow], opened: int | None) -> None:
    """The one to three labels between two rules across the page are a banner."""
    if opened is None or not 1 <= len(rows) - opened <= 3 or any(row.cells for row in rows[opened:]):
        return
    rows[opened:] = [replaced(row, banner=True) for row in rows[opened:]]


def _row(line: Line, placed: dict[int, tuple[list[tuple[int, Piece]], list[Piece]]], rule: str, blank: bool) -> GridRow:
    label = line.label
    cells: tuple[Cell, ...] = ()
    if line.kind == FIGURES:
        pairs, loose = placed[line.number]
        if loose:
            label = " ".join([label, *(piece.text for piece in loose)]).strip()
        number = line.number
        cells = tuple(
            [Cell(column, spot_of((number, piece.start, piece.end, None)), piece.text) for column, piece in pairs]
        )
    if label and label[-1] in "._":
        label = _DOTS.sub("", label)
    return GridRow(line.number, label, line.indent, cells, rule, "", blank)


def _settled(rows: list[GridRow]) -> list[GridRow]:
    """A rule under one row is the rule over the next, blank lines between them or not."""
    for i in range(1, len(rows)):
        if rows[i - 1].rule_below and not rows[i].rule_above:
            rows[i] = replaced(rows[i], rule_above=rows[i - 1].rule_below)
    return rows


def _rule_after(lines: list[Line], last: int, spans: list[Span]) -> str:
    for line in lines[last + 1 : last + 3]:
        if line.kind == RULE and line.indent >= spans[0].left - 6:
            return "=" if "=" in line.text else "-"
        if line.kind != BLANK:
            break
    return ""


def _furniture(lines: list[Line]) -> frozenset[int]:
    """Page numbers, running heads (a line that stands in the document three times or more, and is no part of a paragraph)
    and telephone lines."""
    seen: dict[str, list[int]] = defaultdict(list)
    made: list[int] = []
    for index, line in enumerate(lines):
        kind = line.kind
        if kind == TEXT:
            seen[line.label.rstrip("0123456789 ")].append(index)
            if "-" in line.text and is_contact(line.text):
                made.append(line.number)
        elif kind in _OF_PAGES:
            made.append(line.number)
    often = [places for places in seen.values() if len(places) >= _OFTEN]
    again = {at for places in often for at in places}
    heads: set[int] = set()
    # A head of two lines: the second one stands under the first.
    for _ in range(_HEAD_LINES):
        for places in often:
            if len(lines[places[0]].label) <= _SHORT:
                continue
            apart = [
                at
                for at in places
                if (not at or lines[at - 1].kind != TEXT or at - 1 in heads)
                and (at + 1 == len(lines) or lines[at + 1].kind != TEXT or at + 1 in again)
            ]
            if len(apart) >= _OFTEN:
                heads.update(apart)
    return frozenset(made).union(lines[at].number for at in heads)


_UNSAID = frozenset((BLANK, RULE, MARKUP, PAGE))
_OF_PAGES = frozenset((PAGE, MARKUP))
_OFTEN = 3
_HEAD_LINES = 3
_SHORT = 12


def _paragraphs(lines: list[Line], blocks: list[Block], furniture: frozenset[int]) -> tuple[tuple[int, int, str], ...]:
    """The paragraphs outside the tables, each with the heading it stands under."""
    made: list[tuple[int, int, str]] = []
    heading = ""
    begin = 0
    for top, last in [*((block.top, block.last) for block in blocks), (len(lines), len(lines))]:
        run: list[Line] = []
        for line in lines[begin:top]:
            taken = line.kind in _UNSAID or line.number in furniture
            if run and (taken or _opens(line, run)):
                heading = _close(run, heading, made)
                run = []
            if not taken:
                run.append(line)
        if run:
            heading = _close(run, heading, made)
        begin = last + 1
    return tuple(made)


def _opens(line: Line, run: list[Line]) -> bool:
    """Whether a line begins a new paragraph without an empty line before it."""
    last = run[-1]
    if last.text[-1:] in ".;:" and _ITEM.match(line.text):
        return True
    body = run[1].indent if len(run) > 1 else last.indent
    return (
        line.indent >= body + 2
        and line.indent >= last.indent + 2
        and (last.text[-1:] in ".\"':)" or (len(run) == 1 and _is_heading(last.text.strip())))
    )


def _is_heading(text: str) -> bool:
    """A short line without a stop and without figures."""
    return len(text) <= 72 and text[-1:] not in ".,;:-" and text.count(" ") < 9 and not _FIGURES_IN_WORDS.search(text)


def _close(run: list[Line], heading: str, made: list[tuple[int, int, str]]) -> str:
    """Ends a paragraph; a short line without a full stop is the heading of what follows."""
    text = run[0].text.strip()
    if len(run) <= 2 and _is_heading(text):
        made.append((run[0].number, run[-1].number, ""))
        return " ".join(line.text.strip() for line in run)
    made.append((run[0].number, run[-1].number, heading))
    return heading
