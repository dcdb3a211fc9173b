"""A table taken apart for printing: its title, the headings over its columns, and its lines from top to bottom.

The text and the page print the same sections. A section holds what the reader will ask for: banners for blocks,
headings with their depth, labels with their footnote marks, figures with their signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from orebook.book.captions import read_caption
from orebook.book.units import SENTENCE_ABOVE
from orebook.book.wording import ends_like_company, words
from orebook.model.book import Book
from orebook.model.fact import Fact, Row, Table
from orebook.model.named import NamedTuple
from orebook.write.release.columns import Headings, headings_of
from orebook.write.release.figures import Figure, figure_of
from orebook.write.words import SCALES

_IN_SENTENCE = "position.sentence"
_SCALE_LINE = re.compile(
    r"(?:amounts?|dollars?|expressed|stated|all amounts|figures)?\s*(?:are\s+)?(?:expressed\s+)?in\s+(?:thousands|millions)\b",
    re.IGNORECASE,
)


class Banner(NamedTuple):
    """A line that names a block; `ruled` where rules across the table set it off."""

    text: str
    ruled: bool = True


class Heading(NamedTuple):
    """A line that names the rows below it; `depth` counts the headings it stands under."""

    text: str
    depth: int


class Figures(NamedTuple):
    """A row: its label with its marks, its depth, and a figure or None for each column.

    `step` is how many blanks further in than its neighbours the row was printed; `facts` are those of the figures.
    """

    row: Row
    label: str
    depth: int
    step: int
    cells: tuple[Figure | None, ...]
    facts: tuple[Fact | None, ...]


Line = Banner | Heading | Figures


class Section(NamedTuple):
    """A table ready to print; `company` and `title` are "" where nothing is printed over it."""

    table: Table
    company: str
    title: str
    caption: str
    headings: Headings
    lines: tuple[Line, ...]


class _Path(NamedTuple):
    """Where a row stands: its banner, whether that is a mine's or a segment's, and the headings below it."""

    banner: str
    headings: tuple[str, ...]


def sections_of(book: Book) -> tuple[Section, ...]:
    """All tables of a book that hold figures of their own, in document order.

    Left out: positions that stand in sentences, which the paragraphs print, and the data schedules of a
    submission, which are no part of a release.
    """
    company = printed_company(book)
    made = []
    for _, group in groupby(sorted(book.facts, key=_order), key=lambda fact: fact.table.number):
        facts = list(group)
        if facts[0].table.kind != "schedule" and _IN_SENTENCE not in facts[0].trace:
            made.append(_section(facts, company))
    return tuple(made)


def _order(fact: Fact) -> tuple[int, int, int]:
    return fact.table.number, fact.row.number, fact.column.number


def printed_company(book: Book) -> str:
    """The company's name where it reads as one; a name that does not would be taken for a part of the title."""
    company = book.identity.company
    return company.upper() if company and len(company) < 72 and ends_like_company(company) else ""


def _section(facts: list[Fact], company: str) -> Section:
    table = facts[0].table
    columns = {fact.column.number: fact.column for fact in facts}
    order = sorted(columns)
    rows = [list(group) for _, group in groupby(facts, key=lambda fact: fact.row.number)]
    title = table.title if table.printed else ""
    return Section(
        table,
        company if title else "",
        title,
        _caption(facts),
        headings_of([columns[number] for number in order], untitled=not table.printed),
        tuple(_lines(rows, {number: index for index, number in enumerate(order)})),
    )


def _caption(facts: list[Fact]) -> str:
    """The caption, where it stands on its own over the table; pieces that belong to headings print with those, and what
    the prose or the title says is said there.

    A scale that the caption gave and that what is left of it does not give is said again.
    """
    if any(SENTENCE_ABOVE in fact.trace for fact in facts):
        return ""
    text = facts[0].table.caption
    whole = text.count("(") == text.count(")")
    text = text if whole and (text.startswith("(") or _SCALE_LINE.match(text)) else ""
    told = [fact for fact in facts if "scale.caption" in fact.trace]
    scales = {fact.scale for fact in told if "/" not in fact.unit and fact.unit.isupper()}
    if len(scales) == 1 and read_caption(text).money is None:
        shares = " and shares" if any(fact.unit == "shares" and fact.scale in scales for fact in told) else ""
        words = SCALES.get(scales.pop())
        return f"{text} (dollars{shares} in {words}s)".strip() if words else text
    return text


def _lines(rows: list[list[Fact]], slots: dict[int, int]) -> list[Line]:
    paths = [_path(facts[0].row) for facts in rows]
    soft = _soft_blocks(rows, paths)
    marks = _spread([facts[0].row.notes for facts in rows], paths)
    base = _first_indents(rows, paths)
    made: list[Line] = []
    before = _Path("", ())
    for index, (facts, path) in enumerate(zip(rows, paths, strict=True)):
        under = 1 if path.banner in soft else 0
        if path.banner != before.banner:
            if path.banner:
                made.append(Banner(_marked(path.banner, marks.banner[index]), not under))
            before = _Path(path.banner, ())
        kept = _shared(before.headings, path.headings)
        closes = kept == len(path.headings) < len(before.headings)
        opened = range(kept, len(path.headings))
        made += [
            Heading(_marked(path.headings[depth], marks.headings[index][depth]), depth + under) for depth in opened
        ]
        before = path
        row = facts[0].row
        there: list[Fact | None] = [None] * len(slots)
        for fact in facts:
            there[slots[fact.column.number]] = fact
        cells = tuple(None if fact is None else figure_of(fact) for fact in there)
        # A row that closes a heading stands no further in than that heading did.
        step = 0 if closes else min(row.indent - base[path], 4)
        label = _marked(row.label, marks.label[index])
        made.append(Figures(row, label, len(path.headings) + under, step, cells, tuple(there)))
    return made


def _path(row: Row) -> _Path:
    """A heading in capitals that stands outermost names a block, as an entity does."""
    if row.entity:
        return _Path(row.entity, row.heading)
    if row.heading and is_capitals(row.heading[0]):
        return _Path(row.heading[0], row.heading[1:])
    return _Path("", row.heading)


def is_capitals(text: str) -> bool:
    """Whether a text is set in capitals, whatever stands in its brackets."""
    bare = text.split("(", maxsplit=1)[0]
    return sum(map(str.isupper, text)) > max(1, 2 * sum(map(str.islower, bare)))


def _soft_blocks(rows: list[list[Fact]], paths: list[_Path]) -> frozenset[str]:
    """Blocks in capitals that end before a row of no block: their rows are set in, and no rules drawn.

    A block between rules reaches to the next one; only a row that closes the statement ends it earlier.
    """
    closing = words().closing
    return frozenset(
        here.banner
        for here, after, facts in zip(paths, paths[1:], rows[1:], strict=False)
        if here.banner
        and not after.banner
        and is_capitals(here.banner)
        and not facts[0].row.label.lower().startswith(closing)
    )


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    """How many headings two paths share from the outermost on."""
    same = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        same += 1
    return same


def _first_indents(rows: list[list[Fact]], paths: list[_Path]) -> dict[_Path, int]:
    """For each place in a table the leftmost indent of its rows."""
    made: dict[_Path, int] = {}
    for facts, path in zip(rows, paths, strict=True):
        indent = facts[0].row.indent
        made[path] = min(indent, made.get(path, indent))
    return made


class _Marks(NamedTuple):
    """A row's marks parted: those of its banner, of each of its headings, and its own."""

    banner: list[tuple[str, ...]]
    headings: list[list[tuple[str, ...]]]
    label: list[tuple[str, ...]]


def _spread(notes: list[tuple[str, ...]], paths: list[_Path]) -> _Marks:
    """Gives each row's marks to its banner, headings and label.

    Marks that open the list of every row of a block (of two rows or more) are the block's own; what is left goes
    to the headings in the same way, and the rest to the label.
    """
    rest = list(notes)
    banner = _lifted(rest, [path.banner for path in paths])
    headings: list[list[tuple[str, ...]]] = [[] for _ in paths]
    for depth in range(max((len(path.headings) for path in paths), default=0)):
        keys = [(path.banner, path.headings[: depth + 1]) if len(path.headings) > depth else "" for path in paths]
        for own, lifted in zip(headings, _lifted(rest, keys), strict=True):
            own.append(lifted)
    return _Marks(banner, headings, rest)


def _lifted(rest: list[tuple[str, ...]], keys: Sequence[object]) -> list[tuple[str, ...]]:
    """Takes from each run of rows with the same key the marks that all of them open with."""
    made: list[tuple[str, ...]] = []
    for key, group in groupby(range(len(rest)), key=lambda index: keys[index]):
        run = list(group)
        common = rest[run[0]] if key and len(run) > 1 else ()
        for index in run:
            common = common[: _shared(common, rest[index])]
        for index in run:
            rest[index] = rest[index][len(common) :]
        made += [common] * len(run)
    return made


def _marked(text: str, notes: tuple[str, ...]) -> str:
    marks = "".join(f" ({note})" if note.isalnum() else note for note in notes)
    return f"{text}{marks}".strip()
