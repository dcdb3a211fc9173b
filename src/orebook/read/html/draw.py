"""A section of a table -> aligned lines of text, and the grid that refers to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from orebook.model.grid import Cell, GridRow, HeaderText
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced
from orebook.model.spot import Spot
from orebook.read.html.rows import Border, Printed, TextRow, Words
from orebook.read.html.tables import FigureColumn, Section, covered
from orebook.read.wordrows import are_values

_GAP = 2
_FEWEST = 2  # words in columns
_AMOUNT = r"\d\s?%|[$€£]\s?\d"  # asked of few rows
_WIDEST_LABEL = 72
_WIDEST_WORD = 24
_SHORT_HEAD = 14


class Drawn(NamedTuple):
    """The lines of a section, and what of a grid they hold."""

    lines: tuple[str, ...]
    headers: tuple[HeaderText, ...]
    stub: tuple[tuple[int, str], ...]
    rows: tuple[GridRow, ...]


class _Frame(NamedTuple):
    """Where the columns stand on a line: `starts` and `stops` of each, `edges` the right edge of its digits.

    `beside` are the cells that some rows have a second word on beside their label: their units, perhaps.
    """

    label: int
    starts: tuple[int, ...]
    edges: tuple[int, ...]
    stops: tuple[int, ...]
    beside: frozenset[int]


class _Line:
    """A line under construction."""

    __slots__ = ("parts", "width")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.width = 0

    def put(self, at: int, text: str) -> int:
        """Puts text at a column, or one blank behind what stands there; the column it begins at."""
        at = max(at, self.width + 1 if self.width else 0)
        self.parts.append(" " * (at - self.width) + text)
        self.width = at + len(text)
        return at

    def follow(self, text: str) -> None:
        """Puts text right behind what stands there."""
        self.parts.append(text)
        self.width += len(text)

    def text(self) -> str:
        return "".join(self.parts)


def draw(section: Section, first_line: int) -> Drawn:
    """Draws the headings and rows of a section; the first line drawn is line `first_line`."""
    frame = _frame(section)
    heads, headers, stub = _heads(section, frame, first_line)
    headers = _over_percents(headers, section)
    lines, rows = _body(section, frame, first_line + len(heads))
    opening = _opening(section, stub, rows, first_line + len(heads) - 1)
    if opening:
        stub.pop()
        rows.insert(0, opening)
    return Drawn((*heads, *lines), tuple(headers), tuple(stub), tuple(rows))


def _opening(section: Section, stub: Sequence[tuple[int, str]], rows: Sequence[GridRow], last: int) -> GridRow | None:
    """The heading of the first rows, where it stands on the last line of the column headings.

    `Revenue:` or a word under which the rows are indented is one; `Nominee` or `(in thousands)` is not.
    """
    if not stub or stub[-1][0] != last or not rows or stub[-1][1].startswith("("):
        return None
    text = stub[-1][1]
    word = next((word for word in section.heads[-1].words if word.lines[-1] == text), None)
    indent = word.indent if word else 0
    if not text.endswith(":") and rows[0].indent <= indent:
        return None
    return GridRow(last, text, indent)


# ---------------------------------------------------------------------------------------------------- geometry


def _frame(section: Section) -> _Frame:
    """Widths from what stands in the columns, so that digits end on one edge and signs hang over it."""
    columns = section.columns
    before, after = [1] * len(columns), [0] * len(columns)
    label = 0
    beside: set[int] = set()
    for row in section.body:
        for figure in row.figures:
            i = section.places[figure.left, figure.right]
            before[i] = max(before[i], len(figure.text) - len(figure.after))
            after[i] = max(after[i], len(figure.after) + len(figure.tail))
        if row.figures:
            words = _label(row, columns)
            label = max(label, _label_width(words))
            beside.update(word.first for word in words[1:])
    label = max(label, _stub_width(section))
    heads = _head_widths(section)
    starts: list[int] = []
    edges: list[int] = []
    stops: list[int] = []
    at = label + _GAP
    for i in range(len(columns)):
        width = max(before[i] + after[i], heads[i])
        starts.append(at)
        edges.append(at + width - after[i])
        stops.append(at + width)
        at += width + _GAP
    return _Frame(label, tuple(starts), tuple(edges), tuple(stops), frozenset(beside))


def _label_width(words: Sequence[Words]) -> int:
    width = words[0].indent + sum(len(word.text) + 1 for word in words) - 1 if words else 0
    return min(_WIDEST_LABEL, width)


def _stub_width(section: Section) -> int:
    """The width of the words beside the column headings."""
    labels = _label_places(section)
    words = [word for head in section.heads for word in head.words if _place(word, section, labels) is None]
    return min(_WIDEST_LABEL, max((len(line) for word in words for line in word.lines), default=0))


def _head_widths(section: Section) -> list[int]:
    """The width that the headings over each column alone ask for: a short line whole, else its longest word."""
    widths = [0] * len(section.columns)
    for head in section.heads:
        for word in head.words:
            span = covered(word, section.columns)
            if span and span[0] == span[1]:
                asked = max(_asked(line) for line in word.lines)
                widths[span[0]] = max(widths[span[0]], min(asked, _WIDEST_WORD))
    return widths


def _asked(line: str) -> int:
    return len(line) if len(line) <= _SHORT_HEAD else max(map(len, line.split()))


def _label(row: TextRow, columns: Sequence[FigureColumn]) -> list[Words]:
    """The words left of the figures: all that begin before the first column's cells do, and none that stands on its digits
    beside a label."""
    edge = max(1, min([columns[0].first, *(figure.first for figure in row.figures[:1])]))
    left = columns[0].left
    return [word for at, word in enumerate(row.words) if word.first < edge and (at == 0 or word.stop <= left)]


# ---------------------------------------------------------------------------------------------------- headings


def _heads(
    section: Section, frame: _Frame, first_line: int
) -> tuple[list[str], list[HeaderText], list[tuple[int, str]]]:
    """The lines of the column headings, wrapped to the width of their columns and set on the row's last lines."""
    lines: list[str] = []
    labels = _label_places(section)
    headers: list[HeaderText] = []
    stub: list[tuple[int, str]] = []
    for head in section.heads:
        placed = [(_place(word, section, labels), word) for word in head.words]
        wrapped = [(span, _wrapped(word, span, frame)) for span, word in placed]
        height = max((len(parts) for _, parts in wrapped), default=0)
        for k in range(height):
            line = _Line()
            number = first_line + len(lines)
            for span, parts in wrapped:
                index = k - (height - len(parts))
                if index < 0:
                    continue
                text = parts[index]
                if span is None:
                    line.put(0, text)
                    stub.append((number, text))
                else:
                    left, right = frame.starts[span[0]], frame.stops[span[1]]
                    line.put(left + max(0, (right - left - len(text) + 1) // 2), text)
                    headers.append(HeaderText(number, text, *span))
            lines.append(line.text())
    return lines, headers, stub


def _over_percents(headers: Sequence[HeaderText], section: Section) -> list[HeaderText]:
    """Headings stretched over the percentages beside their columns: those have no heading of their own."""
    own = {header.first for header in headers if header.first == header.last}
    bare = [i for i in _percent_columns(section) if i not in own]
    made = list(headers)
    for column in bare:
        made = [header._replace(last=column) if header.last == column - 1 else header for header in made]
    return made


def _percent_columns(section: Section) -> list[int]:
    """The columns that hold percentages and nothing else."""
    other: set[int] = set()
    percent: set[int] = set()
    for row in section.body:
        for figure in row.figures:
            if any(map(str.isdigit, figure.text)):
                (percent if "%" in figure.text else other).add(section.places[figure.left, figure.right])
    return sorted(percent - other)


def _place(word: Words, section: Section, labels: frozenset[int]) -> tuple[int, int] | None:
    """The columns that a heading stands over; None for one over the labels."""
    if word.stop <= section.columns[0].first and (word.first == 0 or word.first in labels):
        return None
    return covered(word, section.columns)


def _label_places(section: Section) -> frozenset[int]:
    """Where the labels of the rows of figures begin."""
    return frozenset(word.first for row in section.body if row.figures for word in row.words)


def _wrapped(word: Words, span: tuple[int, int] | None, frame: _Frame) -> list[str]:
    if span is None:
        return list(word.lines)
    width = frame.stops[span[1]] - frame.starts[span[0]]
    return [part for line in word.lines for part in wrap(line, max(width, 4))]


def wrap(text: str, width: int) -> list[str]:
    """The words of a text on lines of at most `width` characters; a longer word stands alone."""
    if len(text) <= width:
        return [text]
    lines: list[str] = []
    line: list[str] = []
    used = -1
    for word in text.split(" "):
        if line and used + 1 + len(word) > width:
            lines.append(" ".join(line))
            line, used = [], -1
        line.append(word)
        used += 1 + len(word)
    lines.append(" ".join(line))
    return lines


# -------------------------------------------------------------------------------------------------------- rows


def _body(section: Section, frame: _Frame, first_line: int) -> tuple[list[str], list[GridRow]]:
    columns = section.columns
    leads = _leads(section.body)
    lines: list[str] = []
    rows: list[GridRow] = []
    blank = False
    rule = ""
    for number, row in enumerate(section.body):
        over = _ruled(row.borders, columns, "top")
        under = _ruled(row.borders, columns, "bottom")
        if row.empty:
            rule = _stronger(rule, over, under)
            blank = blank or not (row.ruled or over or under)
            continue
        above = _stronger(rule, over)
        if rows and above:
            lines.append(_rule_line(above, frame))
            rows[-1] = replaced(rows[-1], rule_below=_stronger(rows[-1].rule_below, above) if rows[-1].cells else "")
        elif blank and rows:
            lines.append("")
        line, made = _row(row, section, frame, first_line + len(lines))
        if leads and _is_lead(row, leads[0]):
            made = replaced(made, banner=True)
        lines.append(line)
        if rows and not above and _is_of_words(row, section.body[number + 1 : number + 2], rows[-1]):
            continue
        # The line under the headings is theirs.
        rows.append(replaced(made, rule_above=above if rows else "", blank_above=blank))
        rule, blank = under, False
        if number + 1 == len(section.body):
            break
    if rows and rule:
        lines.append(_rule_line(rule, frame))
        rows[-1] = replaced(rows[-1], rule_below=rule if rows[-1].cells else "")
    return lines, rows


def _leads(rows: Sequence[TextRow]) -> list[TextRow]:
    """The first heading set in bold right over one that is not, and as far out: it leads a block (`Mining Operating Data` over
    `Copper`), as others like it do."""
    said = [row for row in rows if not row.empty]
    return [
        one
        for one, two in pairwise(said)
        if _is_lead(one, one)
        and _is_alone(two)
        and not two.words[0].bold
        and two.words[0].indent == one.words[0].indent
    ][:1]


def _is_alone(row: TextRow) -> bool:
    return not row.figures and len(row.words) == 1


def _is_lead(row: TextRow, first: TextRow) -> bool:
    """Whether a row is a heading in bold as far out as the first that leads a block."""
    return _is_alone(row) and row.words[0].bold and row.words[0].indent == first.words[0].indent


def _is_of_words(row: TextRow, below: Sequence[TextRow], above: GridRow) -> bool:
    """Whether a row prints words where the row above it prints figures (`Mining method`, `Underground`, `Open pit`), and the
    one below it figures, or words, too."""
    label, *words = row.words or (None,)
    if label is None or row.figures or row.borders or len(words) < _FEWEST:
        return False
    if all(re.search(_AMOUNT, word.text) for word in words):
        return label.text[-1] != ":"  # `Revenue     Decrease 0% to 5%     Increase 5% to 10%`
    if len(words) != len(above.cells):
        return False
    goes_on = any(after.figures or len(after.words) == len(row.words) for after in below)
    return goes_on and label.text[-1] != ":" and are_values(word.text for word in words)


def _stronger(*rules: str) -> str:
    return "=" if "=" in rules else "-" if "-" in rules else ""


def _ruled(borders: Sequence[Border], columns: Sequence[FigureColumn], side: str) -> str:
    """The rule over or under the figures of a row; one that runs under the label too rules off no figures."""
    found = [(border, border.top if side == "top" else border.bottom) for border in borders]
    found = [(border, sort) for border, sort in found if sort]
    if any(border.first < columns[0].first and border.stop <= columns[0].left for border, _ in found):
        return ""
    met = [sort for border, sort in found if any(border.first < c.right and c.left < border.stop for c in columns)]
    return _stronger(*met)


def _rule_line(rule: str, frame: _Frame) -> str:
    line = _Line()
    for start, stop in zip(frame.starts, frame.stops, strict=True):
        line.put(start, rule * max(3, stop - start))
    return line.text()


def _row(row: TextRow, section: Section, frame: _Frame, number: int) -> tuple[str, GridRow]:
    """One line: label, figures on their edges, and the words that stand in the columns."""
    line = _Line()
    columns = section.columns
    labels = _label(row, columns) if row.figures else list(row.words)
    label = " ".join(word.text for word in labels)
    indent = labels[0].indent if labels else 0
    if row.figures and len(labels) == 1 and labels[0].first in frame.beside:
        indent = max(indent, frame.label - len(label))
    if label:
        line.put(indent, label)
    shift = max(0, line.width - frame.label) if row.figures else 0
    cells: list[Cell] = []
    rest: list[tuple[int, Words | Printed]] = [(word.first, word) for word in row.words[len(labels) :]]
    rest += [(figure.first, figure) for figure in row.figures]
    for _, item in sorted(rest, key=lambda pair: pair[0]):
        if isinstance(item, Words):
            span = covered(item, columns)
            line.put(frame.stops[span[1]] + shift - len(item.text) if span else line.width + _GAP, item.text)
            continue
        column = section.places[item.left, item.right]
        start = line.put(frame.edges[column] + shift - len(item.text) + len(item.after), item.text)
        spot = Spot(number, start, start + len(item.text), item.offset)
        cells.append(Cell(column, spot, item.text))
        line.follow(item.tail)
    banner = not row.figures and len(row.words) == 1 and row.words[0].centred and _across(row.words[0], columns)
    # Two blanks part what stands in cells of its own: a unit, perhaps.
    label = "  ".join(word.text for word in labels) if len(labels) > 1 else label
    return line.text(), GridRow(number, label, indent, tuple(cells), banner=banner)


def _across(word: Words, columns: Sequence[FigureColumn]) -> bool:
    return word.stop >= columns[-1].right
