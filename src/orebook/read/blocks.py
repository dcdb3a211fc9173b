"""Which runs of lines are tables: figure rows that stand under each other, and the lines that belong to them."""

from __future__ import annotations

import itertools
import re

from orebook.model.named import NamedTuple
from orebook.read.lines import BLANK, FIGURES, HEADER, MARKUP, MONTHS, PAGE, RULE, TEXT, Line, is_contact, is_date
from orebook.read.tokens import is_range

MOST_HEADER_LINES = 24
_ENDS = 2  # of a range
_FEW = 4  # words
_MOST_WORDS = 6  # of a line that a label goes on in
_OF_CHANGE = frozenset(("%", "$", "change", "% change", "variance"))
_TAG_BREAK = re.compile(r"\s*<(?:PAGE|/?TABLE|/?TEXT|/?DOCUMENT|TYPE)\b", re.IGNORECASE)
_TAG_STOP = re.compile(r"\s*<(?:PAGE|/TABLE|/?TEXT|/?DOCUMENT|TYPE)\b", re.IGNORECASE)
_TAG_STUB = re.compile(r"\s*<S>", re.IGNORECASE)
# An address on the web, or an amount in the middle of words: a sentence, not a title.
_RUNNING_TEXT = re.compile(r"https?:|www\.|[A-Za-z@,] +\$\s?(?!000\b)\d|^\$\d|[A-Za-z:@] \d{1,3},\d{3} [a-z]")
# `2006      2007      Total`, `3Q 2010   2Q 2010`, `Dec-03   Sep-03`: periods that head columns, whatever ends the line.
_HEAD = (
    r"(?:(?:[1-4]Q|Q[1-4]|[12]H|H[12]|FY|YTD|Fiscal)[ '’]{0,2})?(?:19|20)\d\d|(?:[1-4]Q|Q[1-4]|[12]H|H[12]|FY)[ '’]{0,2}\d\d"
    rf"|(?:\d{{1,2}}[- ])?{MONTHS}(?:[- ]|\. |[ '’]{{1,2}})(?:\d\d|(?:19|20)\d\d)"
    r"|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rf"|(?:{MONTHS} Q|[1-4]Q|Q[1-4]|[12]H|H[12]|[369]M|YTD) FY ?(?:20)?\d\d|FYTD ?(?:20)?\d\d"
)
_COLUMN_HEAD = rf"(?i)(?:{_HEAD})$"
_HOPED_FOR = re.compile(r"(?:[\w’'-]+ ){0,4}(?:guidance|outlook)\b[^.]{0,24}$", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:\b(?:and|or|of)|,)$")
_TELLING = 12  # words
_RULE_AMONG_WORDS = "-" * 5
_APART, _SPREAD = " " * 3, " " * 5
_WIDEST = 400  # characters of a line of headings
_FEED = re.compile(r"\bpage\b|\bpg\b", re.IGNORECASE)


class Block(NamedTuple):
    """A table's lines by index: `top` to `first` its title and headings, `first` to `last` its body, both inclusive.

    `first` is the first line below the headings; `intro` the lines of the sentence that introduces it.
    """

    top: int
    first: int
    last: int
    figures: tuple[int, ...]
    intro: tuple[int, int] | None
    tagged: bool


def find_blocks(lines: list[Line]) -> list[Block]:
    """All tables of a document, in order."""
    blocks: list[Block] = []
    floor = -1
    for group in _groups(lines):
        block = _block(lines, group, floor)
        if _is_table(lines, block):
            blocks.append(block)
            floor = block.last
    return blocks


def _groups(lines: list[Line]) -> list[list[int]]:
    groups: list[list[int]] = []
    left = indent = 0
    for index, line in enumerate(lines):
        if line.kind != FIGURES:
            continue
        start = line.pieces[0].left
        last = groups[-1][-1] if groups else None
        if last is not None and (index == last + 1 or _joins(lines, last, index, left, indent)):
            groups[-1].append(index)
            left = min(left, start) if line.label else left
            indent = max(indent, line.indent if line.label else 0)
        else:
            groups.append([index])
            left, indent = start, line.indent if line.label else 0
    return groups


def _heads_columns(text: str) -> bool:
    """Whether two pieces of a line, two blanks or more apart, are the heads of columns of periods."""
    pieces = [piece.strip() for piece in text[:_WIDEST].split("  ") if piece[-1:].isdigit()]
    return len(pieces) > 1 and sum(re.match(_COLUMN_HEAD, piece) is not None for piece in pieces) > 1


def _joins(lines: list[Line], last: int, index: int, left: int, indent: int) -> bool:
    """Whether the figure row at `index` goes on the table whose last figure row is at `last`."""
    run = centred = 0
    wrapped = _wrapped_from(lines, last, index, left)
    for i in range(last + 1, wrapped):
        line = lines[i]
        if line.kind == HEADER or (line.kind == MARKUP and _TAG_BREAK.match(line.text)):
            return False
        if line.kind == PAGE and not line.pieces:
            return False
        if line.kind != TEXT:
            run = 0
            continue
        if lines[i - 1].kind == BLANK and _HOPED_FOR.match(line.label):
            return False  # `2002 GUIDANCE` begins a table of its own
        words = line.label.count(" ") + 1
        run = run + 1 if words >= 8 else 0
        if _heads_columns(line.text):
            return False
        if run >= 2 or (words >= 8 and line.label[-1] == "." and line.label[-3:] != "..."):
            return False
        centred = centred + 1 if line.indent > indent + 14 else 0
        if centred >= 2:
            return False
        # A rule that goes on from the line above, beside the label, does not reach over the columns.
        crossing = line.indent + len(line.label) > left + 1 and not _is_banner(lines, i, indent)
        if crossing and not _wraps(line, lines[i + 1], left):
            return False
    return True


def _wrapped_from(lines: list[Line], last: int, index: int, left: int) -> int:
    """The first line of the long wrapped label that ends on the figure row at `index`: lines that touch it, begin in
    the label's place, and go on in lower case (a class of stock with its terms)."""
    i = index
    while i - 1 > last and index - i < 6 and lines[i].label[:1].islower() and lines[i - 1].kind == TEXT:
        before = lines[i - 1]
        if before.indent >= left or before.label[-1] in ".:":
            break
        i -= 1
    return i


def _wraps(line: Line, after: Line, left: int) -> bool:
    """The first line of a wrapped label may run on under the columns: the row just below goes on with it."""
    if after.kind not in (FIGURES, TEXT) or line.indent >= left or _SPREAD in line.label:
        return False
    if after.kind == FIGURES and not after.label:
        # The figures of a label that is as long as that stand on the next line by themselves.
        return line.indent <= 8 and line.label.count(" ") < 10 and line.label[-1] not in ".:"
    # `27,724 and` / `27,436 shares issued`
    counts = after.label[:1].isdigit() and _OPEN_END.search(line.label) is not None
    counts = counts or (after.kind == FIGURES and after.label[:1] == "(")
    return (counts or after.label[:1].islower()) and len(after.label.split()) <= _MOST_WORDS


def _is_banner(lines: list[Line], i: int, indent: int) -> bool:
    """A line that reaches over the columns, yet names a block of the same table (alone or wrapped)."""
    first = last = i
    while lines[first - 1].kind == TEXT:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].kind == TEXT:
        last += 1
    label = " ".join(line.label for line in lines[first : last + 1])
    if lines[first].indent > indent + 4 or last - first > 3 or label.count(" ") > 12 or _is_mark(label):
        return False
    after = lines[last + 1].kind if last + 1 < len(lines) else BLANK
    if lines[first - 1].kind == RULE and after == RULE:
        return True
    follower = next((line.kind for line in lines[last + 1 : last + 5] if line.kind not in (BLANK, RULE)), "")
    if follower != FIGURES:
        return False
    words = label.split("(")[0]
    return sum(map(str.isupper, words)) > sum(map(str.islower, words)) or label[-1] == ":"


def _is_mark(label: str) -> bool:
    return label[0] == "(" and label[1:2].isalnum() and ")" in label[2:4]


def _block(lines: list[Line], figures: list[int], floor: int) -> Block:
    first = figures[0]
    left = (
        min(lines[i].pieces[0].left for i in figures if lines[i].label) if any(lines[i].label for i in figures) else 0
    )
    top = _climb(lines, first, floor)
    top, intro = _trim_prose(lines, top, first, floor)
    body = _body_start(lines, top, first, left)
    tagged = any(lines[i].kind == MARKUP for i in range(top, first))
    return Block(top, body, figures[-1], tuple(figures), intro, tagged)


def _climb(lines: list[Line], first: int, floor: int) -> int:
    """The highest line that may still belong to the table whose figures begin at `first`."""
    blanks = texts = 0
    top = first
    for i in range(first - 1, max(floor, first - 60), -1):
        line = lines[i]
        if line.kind == BLANK:
            blanks += 1
            if blanks > 4 and texts:
                break
            continue
        if line.kind == PAGE or (line.kind == MARKUP and _TAG_STOP.match(line.text)) or line.kind == FIGURES:
            break
        if line.kind == TEXT and is_contact(line.text):
            # The address that touches a telephone number is no title either.
            return next((j for j in range(i + 1, first) if lines[j].kind != TEXT), first)
        blanks = 0
        if line.kind in (TEXT, HEADER):
            texts += 1
            if texts > MOST_HEADER_LINES:
                break
        top = i
    return top


def _trim_prose(lines: list[Line], top: int, first: int, floor: int) -> tuple[int, tuple[int, int] | None]:
    """Leaves the prose above a table out; a sentence that ends in a colon just above it introduces it."""
    # What stands below `<S>` is of the rows, however long its sentences are.
    end = next((i for i in range(first - 1, top, -1) if _is_stub(lines[i])), first)
    while end > top:
        start = end - 1
        while start > top and lines[start - 1].kind == TEXT and lines[start].kind == TEXT:
            start -= 1
        wrapped = end == first and _goes_on(lines[end - 1], lines[first])
        if (
            lines[end - 1].kind == TEXT
            and not (wrapped or _is_headed(lines, top, start))
            and _is_prose(lines[start:end])
        ):
            whole = start
            while whole - 1 > floor and lines[whole - 1].kind in (TEXT, FIGURES) and lines[start].kind == TEXT:
                whole -= 1
            return end, (whole, end - 1)
        end = start
    return top, None


def _goes_on(above: Line, below: Line) -> bool:
    """Whether a row goes on with the label in the line above it: in small letters, or in a bracket opened there."""
    opened = above.label.count("(") > above.label.count(")") and below.label.count(")") > below.label.count("(")
    return opened or below.label[:1].islower()


def _is_headed(lines: list[Line], top: int, start: int) -> bool:
    """Whether headings of years stand further up in the same tagged table: what follows them is of the table."""
    opened = next((i for i in range(start - 1, top - 1, -1) if lines[i].kind == MARKUP), None)
    return opened is not None and any(lines[i].kind == HEADER for i in range(opened + 1, start))


def _is_stub(line: Line) -> bool:
    return line.kind == MARKUP and _TAG_STUB.match(line.text) is not None


def _is_prose(run: list[Line]) -> bool:
    if len(run) > 1 and run[0].label[0] == "(":
        # `(in thousands, except` / `per share data)` / `Quarter ended June 30, 2000:` are a caption and a heading.
        run = run[_caption_ends(run) :]
    if any(_RULE_AMONG_WORDS in line.text for line in run):
        return False  # `Year ended December 31,     -----------`: headings with the rules of others beside them
    words = sum(len(line.label.split()) for line in run)
    # Blanks that spread words over the line are few at a place; those between headings are many.
    apart = _SPREAD if run[-1].label[-1] == ":" and words >= _TELLING else _APART
    gapped = sum(apart in line.label for line in run)
    if gapped * 2 >= len(run) and len(run) < 6:
        return False
    text = run[-1].label
    joined = " ".join(line.label for line in run)
    if joined[0] == "(" and joined[-1] == ")" and not joined[1:2].isdigit():
        return False
    if _RUNNING_TEXT.search(joined):
        return True
    if text[-1] == ":" and words >= _TELLING and gapped:
        # What stands below headings that blanks part is the first of the rows.
        below = max(at for at, line in enumerate(run, 1) if apart in line.label)
        words = sum(len(line.label.split()) for line in run[below:])
    if text[-1] in ".:;" and words >= _TELLING and not joined.isupper():
        # `Revenues:` right below the headings of the columns is the first of the labels.
        return not (len(run) > 1 and text.count(" ") < _FEW and _are_dates(run[-2].label))
    flush = [line for line in run[1:] if line.indent == run[-1].indent and line.label.count(" ") >= 6]
    return len(run) >= 3 and len(flush) >= len(run) - 1 and words >= 24


def _caption_ends(run: list[Line]) -> int:
    """How many lines of a run are a caption in brackets that a heading follows; 0 where none does."""
    depth = 0
    for at, line in enumerate(run[:-1], 1):
        depth += line.label.count("(") - line.label.count(")")
        if depth == 0:
            return at if line.label[-1] == ")" and not _is_mark(run[0].label) else 0
    return 0


def _are_dates(text: str) -> bool:
    """Whether a line is two or more dates or lengths of time, set apart as the heads of columns."""
    pieces = [
        piece for piece in map(str.strip, text[:_WIDEST].split("  ")) if piece and piece.lower() not in _OF_CHANGE
    ]
    return len(pieces) > 1 and all(map(is_date, pieces))


def _body_start(lines: list[Line], top: int, first: int, left: int) -> int:
    """The first line below the column headings."""
    start = None
    for i in range(first - 1, top - 1, -1):
        line = lines[i]
        if _is_stub(line):
            start = i + 1
            break
        if line.kind == HEADER or (line.kind == TEXT and _over_columns(line, left)):
            start = i + 1
            break
    if start is None:
        start = _without_header(lines, top, first)
    while start < first and (lines[start].kind in (RULE, BLANK) or _ends_headings(lines, start)):
        start += 1
    return start


def _ends_headings(lines: list[Line], at: int) -> bool:
    """Whether a line in the place of the labels, right over the first row, says what the headings are of: `Quarter
    ended`."""
    line, below = lines[at], lines[at + 1]
    if line.kind != TEXT or line.label[-5:].lower() != "ended" or below.kind != FIGURES or is_date(below.label):
        return False
    return is_date(line.label)


def _over_columns(line: Line, left: int) -> bool:
    """Whether some piece of the line, parted by two blanks, begins in the columns."""
    page = line.text.expandtabs()
    at = max(left - 8, 1)
    if line.indent >= at:
        return True
    return re.search(r"\s{2,}\S", page[at - 2 :]) is not None and len(page) > left


def _without_header(lines: list[Line], top: int, first: int) -> int:
    """Where no heading stands over the columns, the lines that touch the first row are the table's own labels."""
    i = first
    indent = lines[first].indent
    while i > top and lines[i - 1].kind in (TEXT, RULE) and lines[i - 1].indent <= indent + 12:
        i -= 1
    # `2002 GUIDANCE` is no row of its table, but its title.
    return i + (i < first and lines[i].kind == TEXT and _HOPED_FOR.match(lines[i].label) is not None)


def _is_table(lines: list[Line], block: Block) -> bool:
    rows = [lines[i] for i in block.figures]
    money = any(_is_money(piece.text) for row in rows for piece in row.pieces)
    if len(rows) == 1:
        lone = len(rows[0].pieces) == 1
        return block.tagged and money if lone else money or block.first > block.top
    counted = len(rows) > _ENDS and _counts(lines[block.top : block.first])
    if not counted and _is_contents(lines, block, rows):
        return False
    if all(len(row.pieces) == 1 for row in rows):
        return (money or block.tagged or counted) and _aligned(rows)
    return True


def _counts(heads: list[Line]) -> bool:
    """Whether headings say that the figures below are numbers of things, and none of them numbers of pages."""
    text = " ".join(line.label for line in heads)
    return ("umber" in text or "NUMBER" in text) and _FEED.search(text) is None


def _is_money(text: str) -> bool:
    """Whether a figure bears a sign of money or of per cent, or parts thousands or decimals."""
    return "$" in text or "," in text or "." in text or "%" in text


def _aligned(rows: list[Line]) -> bool:
    edges = [row.pieces[0].edge for row in rows]
    return all(min(abs(edge - other) for j, other in enumerate(edges) if j != i) <= 2 for i, edge in enumerate(edges))


def _is_page_range(row: Line) -> bool:
    """Whether a row ends in `10-15` and holds no other figure."""
    return len(row.pieces) == _ENDS and is_range(row.pieces[0], row.pieces[1], row.text)


def _is_contents(lines: list[Line], block: Block, rows: list[Line]) -> bool:
    """A table of contents: one column of small whole numbers, or of ranges of them, that do not fall."""
    if any(len(row.pieces) > 1 and not _is_page_range(row) for row in rows):
        return False
    texts = [row.pieces[0].text for row in rows]
    if not all(text.isdigit() and len(text) <= 3 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    falls = sum(a > b for a, b in itertools.pairwise(numbers))
    dots = sum("..." in row.label or ". ." in row.label for row in rows)
    named = any(_FEED.search(lines[i].text) for i in range(block.top, block.first))
    return falls * 5 <= len(rows) or dots * 2 > len(rows) or named
