"""The release as plain text: prose to 80 columns, tables to 132, in the manner of filed releases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orebook.model.book import Book
from orebook.model.named import NamedTuple
from orebook.write.release.columns import Headings
from orebook.write.release.figures import Figure
from orebook.write.release.flow import Piece, Prose, flow
from orebook.write.release.sections import Banner, Figures, Heading, Line, Section
from orebook.write.release.wrap import wrap_label, wrap_prose, wrap_title

PROSE, TABLE = 80, 132
GAP = 2
NARROW_LABEL, WIDE_LABEL = 34, 48
# A title that begins within eight columns of the figures would head them.
CLEAR = 10
_MOST_TITLE_WORDS = 8
# Dots lead from a label that ends in a number to its figures, or the number would be one of them.
LEADER = 5
# The day and the month of a date stay on one line.
_WORDS = re.compile(r"[A-Z][a-z]+\.? \d{1,2},|\S+")
_NUMBER_END = re.compile(r"(?:\d[\d,.]*[%)]?|[-%])$")
APART = [""] * 5


class Place(NamedTuple):
    """A column on the page: its heading stands from `start` to `end`, its figures and their rules from `left` to
    `right`, the last digit just before `edge`."""

    start: int
    end: int
    left: int
    edge: int
    right: int


class Widths(NamedTuple):
    """How wide a column's figures are, up to the last digit and after it, and how wide the column is."""

    before: int
    after: int
    whole: int


class Layout(NamedTuple):
    """Where things stand: the width of the labels, the columns, and the lines of each column's heading."""

    label: int
    columns: tuple[Place, ...]
    leaves: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        return self.columns[-1].end


def text(book: Book, written: tuple[Prose, ...] = ()) -> str:
    """The whole release as text, lines ended by newlines; `written` are paragraphs that open it."""
    lines: list[str] = []
    for piece in flow(book, written):
        lines += _separated(lines, piece)
        lines += table_lines(piece) if isinstance(piece, Section) else _prose_lines(piece)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _separated(lines: list[str], piece: Piece) -> list[str]:
    """Empty lines before a piece: a table stands well apart, so that no line above is read as its title."""
    if not lines:
        return []
    introduced = isinstance(piece, Section) and not piece.title and piece.table.title
    return [""] if introduced or not isinstance(piece, Section) else APART


def _prose_lines(prose: Prose) -> list[str]:
    if prose.kept:
        indent = min(len(line) - len(line.lstrip()) for line in prose.lines)
        longest = max(len(line) for line in prose.lines) - indent
        shift = min(indent, max(0, PROSE - longest))
        if longest <= TABLE:
            return [" " * shift + line[indent:] for line in prose.lines]
    return wrap_prose(prose.text, PROSE - 2, "" if prose.note else "    ")


def table_lines(section: Section) -> list[str]:
    """A table as lines of text."""
    layout = _layout(section)
    return [*_top(section, layout), *_head(section.headings, layout), *_body(section.lines, layout)]


# ---------------------------------------------------------------------------------------------- layout


def _layout(section: Section) -> Layout:
    """The narrowest setting of the headings that keeps the table within prose, else within a table's page.

    Headings of as many lines for each column are tried first: those cannot be taken for another column's.
    """
    rows = [line for line in section.lines if isinstance(line, Figures)]
    made: list[Layout] = []
    for count, ragged in _SETTINGS:
        leaves = stacked(section.headings.leaves, count, ragged=ragged)
        if leaves is not None:
            made.append(_laid(section, rows, leaves))
            if made[-1].width <= (TABLE if ragged else PROSE):
                break
        if count == _LAST_EVEN and not ragged and min(layout.width for layout in made) <= TABLE:
            break
    return min(made, key=lambda layout: layout.width)


_LAST_EVEN = 3
_SETTINGS = (*((count, False) for count in range(1, _LAST_EVEN + 1)), *((count, True) for count in range(2, 10)))


def stacked(leaves: Sequence[str], count: int, *, ragged: bool = False) -> tuple[tuple[str, ...], ...] | None:
    """Each leaf on exactly `count` lines, so that every line of headings has a piece for every column.

    None where a heading has too few words for that, unless `ragged`: it then stands on the lowest lines.
    """
    made = []
    for leaf in leaves:
        words = _WORDS.findall(leaf)
        lines = min(count, len(words)) if ragged else count
        parts = _even(words, lines) if words else ("",) * count
        if parts is None:
            return None
        made.append(("",) * (count - len(parts)) + parts)
    return tuple(made)


def _even(words: list[str], count: int) -> tuple[str, ...] | None:
    """The words on `count` lines, none empty, the longest line as short as can be."""
    if len(words) < count:
        return None
    if count == 1:
        return (" ".join(words),)
    choices = []
    for cut in range(1, len(words) - count + 2):
        rest = _even(words[cut:], count - 1)
        if rest is not None:
            choices.append((" ".join(words[:cut]), *rest))
    return min(choices, key=lambda parts: max(map(len, parts)))


def _laid(section: Section, rows: list[Figures], leaves: tuple[tuple[str, ...], ...]) -> Layout:
    widths = [_widths([row.cells[at] for row in rows], leaf) for at, leaf in enumerate(leaves)]
    widths = _spread(widths, section.headings)
    label = _label_width(section.lines, sum(width.whole + GAP for width in widths))
    columns = []
    at = label
    for width in widths:
        start, end = at + GAP, at + GAP + width.whole
        right = end - (width.whole - width.before - width.after) // 2
        columns.append(Place(start, end, right - width.after - width.before, right - width.after, right))
        at = end
    return Layout(label, tuple(columns), leaves)


def _widths(cells: Sequence[Figure | None], leaf: tuple[str, ...]) -> Widths:
    after = max((cell.tail for cell in cells if cell), default=0) or 1
    before = max(max((_size(cell) for cell in cells if cell), default=0), 4)
    return Widths(before, after, max(before + after, *map(len, leaf)))


def _size(cell: Figure) -> int:
    sign = len(cell.sign) + 1 if cell.sign else 0
    return sign + len(cell.digits) - cell.tail


def _spread(widths: list[Widths], headings: Headings) -> list[Widths]:
    """Columns wide enough for the headings that span them."""
    made = list(widths)
    for span in headings.spans:
        columns = range(span.first, span.last + 1)
        short = len(span.text) + GAP - sum(made[at].whole + GAP for at in columns)
        for left, at in zip(range(len(columns), 0, -1), columns, strict=True):
            share = -(-max(short, 0) // left)
            made[at] = made[at]._replace(whole=made[at].whole + share)
            short -= share
    return made


def _label_width(lines: Sequence[Line], figures: int) -> int:
    """As wide as the labels where the table stays within prose, else as narrow as they wrap."""
    labels = [(indent_of(line), _label(line) + " " * _leader(line)) for line in lines if not isinstance(line, Banner)]
    natural = max((indent + len(label) for indent, label in labels), default=0)
    wanted = max(NARROW_LABEL, PROSE - figures) if natural + figures > PROSE else max(natural, CLEAR * 2)
    if figures + wanted > PROSE:
        wanted = max(wanted, min(natural, WIDE_LABEL))
    wanted = min(wanted, max(natural, CLEAR * 2))
    return max(wanted, *(_tightest(label, indent, wanted) for indent, label in labels), 0)


def _tightest(label: str, indent: int, wanted: int) -> int:
    """The width that a label needs when it is wrapped where it may be."""
    spare = len(label) - len(label.rstrip())
    lines = wrap_label(label, wanted - indent - 1 - spare)
    return max((indent + (1 if at else 0) + len(line) for at, line in enumerate(lines)), default=0) + spare


def _leader(line: Heading | Figures) -> int:
    """How much room the dots take that lead from a label to its figures."""
    return LEADER if isinstance(line, Figures) and not line.row.notes and _NUMBER_END.search(line.label) else 0


def indent_of(line: Heading | Figures) -> int:
    return 2 * line.depth + (line.step if isinstance(line, Figures) else 0)


def _label(line: Heading | Figures) -> str:
    return line.label if isinstance(line, Figures) else f"{line.text}:"


# ------------------------------------------------------------------------------------- title and headings


def _top(section: Section, layout: Layout) -> list[str]:
    made: list[str] = []
    width = max(PROSE, layout.width) - 12
    for words in (section.company, *_title_parts(section.title), section.caption):
        if made and words and words[-1] in ":.;" and words != section.caption:
            made.append("")
        made += [_centred(line, layout) for line in wrap_title(words, width)] if words else []
    return [*made, ""] if made else made


def _title_parts(title: str) -> list[str]:
    """A title that ends like a sentence in parts, as twelve words of one would be a paragraph over the table."""
    if title[-1:] not in (":", ".", ";"):
        return [title]
    words = title.split()
    last = len(words) - min(len(words), _MOST_TITLE_WORDS)
    return [" ".join(words[:last]), " ".join(words[last:])]


def _centred(line: str, layout: Layout) -> str:
    start = max(0, (layout.width - len(line)) // 2)
    return " " * max(0, min(start, layout.columns[0].left - CLEAR)) + line


def _head(headings: Headings, layout: Layout) -> list[str]:
    if headings.empty:
        return []
    made = []
    if headings.spans:
        spans = [
            (span.text, layout.columns[span.first].start, layout.columns[span.last].end) for span in headings.spans
        ]
        made.append(_placed([(_middle(words, start, end), words) for words, start, end in spans]))
        made.append(_placed([(start, "-" * (end - start)) for _, start, end in spans]))
    for at in range(len(layout.leaves[0])):
        pieces = [
            (leaf[at], column.start, column.end) for leaf, column in zip(layout.leaves, layout.columns, strict=True)
        ]
        made.append(_placed([(_middle(words, start, end), words) for words, start, end in pieces if words]))
    return [*made, ""]


def _middle(words: str, start: int, end: int) -> int:
    return start + (end - start - len(words)) // 2


def _placed(pieces: Sequence[tuple[int, str]]) -> str:
    line = ""
    for start, words in pieces:
        line = line.ljust(start) + words
    return line


# ------------------------------------------------------------------------------------------------ body


def _body(lines: Sequence[Line], layout: Layout) -> list[str]:
    made: list[str] = []
    before: Figures | None = None
    for at, line in enumerate(lines):
        if isinstance(line, Banner):
            made += _closed(before, layout)
            made += _banner(line, layout, bool(made))
            before = None
        elif isinstance(line, Heading):
            made += _closed(before, layout)
            made += [""] if before and before.row.rule_below == "=" else []
            before = None
            made += _label_lines(_label(line), indent_of(line), layout.label)
        else:
            made += _rules_between(before, line, layout, apart=at == 0 or isinstance(lines[at - 1], Banner))
            made += _row(line, layout)
            before = line
    return [*made, *_closed(before, layout)]


def _closed(before: Figures | None, layout: Layout) -> list[str]:
    """The rule that a row has below it."""
    return [_rule(before.row.rule_below, before, layout)] if before and before.row.rule_below else []


def _rules_between(before: Figures | None, line: Figures, layout: Layout, *, apart: bool) -> list[str]:
    """The rules and the empty line between two rows; below a banner's rule and below the headings
    (`apart`) none is needed."""
    made = _closed(before, layout)
    blank = [""] if line.row.blank_above and not apart else []
    below = before.row.rule_below if before else ""
    above = line.row.rule_above
    if not above and not below and not line.label and sum(cell is not None for cell in line.cells) == 1:
        above = "-"  # a number alone on its line, without a rule, is a page's
    return [*made, *blank, _rule(above, line, layout)] if above and above != below else [*made, *blank]


def _rule(mark: str, row: Figures, layout: Layout) -> str:
    there = [column for column, cell in zip(layout.columns, row.cells, strict=True) if cell]
    return _placed([(column.left, mark * (column.right - column.left)) for column in there])


def _banner(banner: Banner, layout: Layout, below: bool) -> list[str]:
    space = [""] if below else []
    if not banner.ruled:
        return [*space, *_label_lines(f"{banner.text}:", 0, layout.label)]
    rule = "-" * layout.width
    return [*space, rule, *wrap_prose(banner.text, max(layout.label, -(-len(banner.text) // 3) + 12), ""), rule]


def _row(line: Figures, layout: Layout) -> list[str]:
    made = _label_lines(line.label, indent_of(line), layout.label - _leader(line)) if line.label else [""]
    last = made[-1]
    if _leader(line):
        last = f"{last} ".ljust(layout.label, ".")
    for cell, column in zip(line.cells, layout.columns, strict=True):
        if cell:
            last = last.ljust(column.left) + cell.sign
            last = last.ljust(column.edge - len(cell.digits) + cell.tail) + cell.digits
    return [*made[:-1], last]


def _label_lines(label: str, indent: int, width: int) -> list[str]:
    lines = wrap_label(label, width - indent - 1)
    return [" " * (indent + (1 if at else 0)) + line for at, line in enumerate(lines)]
