"""Rows of a grid -> full labels, headings and units' blocks.

Two questions are answered here: is a label that stands alone a heading, or the first line of a wrapped
label? And how far does a heading reach? Every answer is a named rule that the row keeps in its trace.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orebook.book.marks import without_marks
from orebook.book.periods import is_full_period, read_words
from orebook.book.units import names_unit
from orebook.book.wording import Words, holds, words
from orebook.lexicon.concepts import metals
from orebook.model.grid import GridRow
from orebook.model.period import SHORT_MONTHS
from orebook.model.slotted import replaced, slotted

_CONNECTOR = re.compile(
    r"(?:[-–&,/]|\b(?:and|or|of|at|in|for|to|by|from|per|on|the|with|a|an|before|after|including|net|under|than|as|its|not|ended|ending))$",
    re.IGNORECASE,
)
_DASHES = frozenset("-–—")
_NETTED = re.compile(r"(?:,|\s[-–]) net$", re.IGNORECASE)
_BRACKET_START = re.compile(r"\((?:[$€£%a-z0-9]|GAAP|Gain|Loss|[^()]*\)\s*(?:\(\d{1,2}\)\s*)*:?$)")
# `Ruby Hill Mine`, `Olympus Joint Venture (50% share)`: names that head the rows of one mine.
_MINE = re.compile(
    r"^(?:[A-Z][\w.'’-]* (?:de |del |of |la )*){1,4}(?:[Mm]ine|[Jj]oint [Vv]enture|JV)(?: \([^()]{2,40}\))?$"
)
# What follows the blocks of the mines and is not one of them.
_WHOLE = frozenset(
    ("total", "totals", "consolidated", "combined", "company total", "total company", "all mines", "other")
)
_SO_MANY_SHARES = r"\d{1,3}(?:,\d{3})+ (?:[a-z]+ ){0,2}(?:shares|and)\b"
_OF_STOCK = ("authorized:", "issued:", "outstanding:")
# A line of a balance sheet that prints no figure (Regulation S-X, 5-02.25).
_MENTIONED = (
    r"(?i)(?:commitments?|contingenc(?:y|ies)|contingent liabilities)(?:(?:,| and|,? &) (?:other )?(?:commitments?|contingenc(?:y|ies)|contingent liabilities))*"
    r"(?:[ ,:–-]*(?:\(|see |notes? ).*)?[.:]?$"
)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d\s*[-–,]")
_TOTAL = re.compile(r"^(?:total|net|gross|subtotal)\b", re.IGNORECASE)
# A total under a banner that stands as far out; what a statement leads to stands under none.
_TOTAL_UNDER_BANNER = r"(?i)^(?:total|subtotal|net(?! (?:income|loss|earnings|\(loss))|gross(?! (?:profit|margin)))\b"
# What closes the rows under a heading and names nothing of its own: it stands as far out as the heading does.
_CLOSING = frozenset((
    "total", "totals", "subtotal", "sub-total", "subtotals", "sub-totals", "company total", "consolidated total",
    "combined total", "total company", "total consolidated", "total all mines", "consolidated", "combined",
    "average", "weighted average",
))  # fmt: skip


# `7.25% debentures, due` / `October 31, 2005`
_MATURES = re.compile(r"\b(?:due|through|until|maturing)$", re.IGNORECASE)
_MONTH = rf"(?:{'|'.join(SHORT_MONTHS).title()})[a-z]*\.? \d"
# Few tables have such headings: the pattern is made where it is first asked for.
_YEAR_ALONE = (
    r"(?:(?:[Ii]n|[Ff]or|[Dd]uring) )?(?:the )?(?:(?:[Ff]iscal|[Cc]alendar) )?(?:[Yy]ear )?(?:FY ?)?(?:19|20)\d\d$"
    r"|(?:(?:[QqHh][1-4]|[1-4][QqHh]) )?FY ?['’]?\d\d$|(?:[QqHh][1-4]|[1-4][QqHh]|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth) [Qq]uarter) (?:of )?(?:FY ?|[Ff]iscal )?(?:19|20)\d\d$"
)
_LINES = 2  # that a third may go on with
_LONGEST_DOTTED = 6  # letters and dots of `U.S.` and its like
# What goes on with a label in capitals: `NET INCOME (LOSS)` / `BEFORE INCOME TAXES`.
_GOES_ON = r"(?:BEFORE|AFTER|FROM|OF|TO|FOR|PER|AND|OR|IN|ON|BY|ATTRIBUTABLE|APPLICABLE|AVAILABLE|USED|PROVIDED)\b"
_OF_SHARES = re.compile(r"(?:number|common|shares|outstanding|equivalent|share)\b", re.IGNORECASE)
_OUTERMOST = -1  # an indent that no row reaches


@slotted
class Labelled:
    """A figure row with its full label: `banner` is the block it stands in, `headings` the section headings below
    the banner, outermost first."""

    row: GridRow
    label: str
    notes: tuple[str, ...]
    banner: str
    banner_notes: tuple[str, ...]
    headings: tuple[str, ...]
    heading_notes: tuple[str, ...]
    indent: int
    first_line: int
    blank_above: bool
    trace: tuple[str, ...]


class _Heading:
    """An open heading and what was seen under it; one that names a `period` reaches as far as the next that does.

    `among` is True where the heading before it, as far out, closed without a total of its own; `summed` where an
    unlabelled sum or a total by its name has closed its rows. `over` is True for one that names a unit, without a colon,
    on whose next line another, as far out, ends in one: it reaches over all such headings to the next that is like it.
    """

    __slots__ = ("among", "closing", "deep", "indent", "notes", "over", "period", "summed", "text")

    def __init__(
        self,
        text: str,
        notes: tuple[str, ...],
        indent: int,
        *,
        period: bool = False,
        among: bool = False,
        over: bool = False,
    ) -> None:
        self.text = text
        self.notes = notes
        self.indent = _OUTERMOST if period else indent
        self.deep: bool | None = None
        self.closing = False
        self.period = period
        self.among = among
        self.over = over
        self.summed = False


class _State:
    """What is open at a row: the banner and the stack of headings."""

    __slots__ = (
        *("banner", "banner_at", "banner_indent", "banner_notes", "deep", "headings", "mentioned", "pending", "summed"),
    )

    def __init__(self) -> None:
        self.banner = ""
        self.banner_notes: tuple[str, ...] = ()
        # The indent at or below which a row closes the banner; -1 while none does.
        self.banner_indent = -1
        # The indent of the banner itself, whether the rows under it stand further in, and whether they are summed.
        self.banner_at = -1
        self.deep = False
        self.summed = False
        # How many brackets are open of a line that heads nothing.
        self.mentioned = 0
        self.headings: list[_Heading] = []
        self.pending: list[GridRow] = []


def label_rows(rows: tuple[GridRow, ...]) -> list[Labelled]:
    """The figure rows of a table with their full labels and headings."""
    vocabulary = words()
    state = _State()
    made: list[Labelled] = []
    for index, row in enumerate(rows):
        if row.cells:
            made.append(_figure_row(state, row, rows[index + 1] if index + 1 < len(rows) else None, vocabulary))
        elif made and not state.pending and _trails(row, rows, index):
            made[-1] = _with_suffix(made[-1], row)
        elif not _heads_nothing(state, row):
            state.pending.append(row)
    return made


def _heads_nothing(state: _State, row: GridRow) -> bool:
    """Whether a label without figures is the line on which a balance sheet mentions commitments, or what goes on from it."""
    if state.mentioned:
        state.mentioned += row.label.count("(") - row.label.count(")")
        return True
    if row.label[:1] not in "Cc" or not re.match(_MENTIONED, row.label):
        return False
    state.mentioned = row.label.count("(") - row.label.count(")")
    return True


def _trails(row: GridRow, rows: tuple[GridRow, ...], index: int) -> bool:
    """A label that goes on below its figures: lower case, touching them, and the next row starts anew."""
    before = rows[index - 1]
    if row.blank_above or not before.cells or before.rule_below or not row.label[:1].islower():
        return False
    if row.indent <= before.indent or _CONNECTOR.search(row.label) or row.label.endswith(":"):
        return False
    after = rows[index + 1] if index + 1 < len(rows) else None
    return after is None or after.blank_above or not after.label[:1].islower()


def _with_suffix(made: Labelled, row: GridRow) -> Labelled:
    label, notes = without_marks(f"{made.label} {row.label}")
    return replaced(made, label=label, notes=made.notes + notes, trace=(*made.trace, "label.goes-on-below"))


def _figure_row(state: _State, row: GridRow, below: GridRow | None, vocabulary: Words) -> Labelled:
    parts = _wrapped_parts(state, row, below) if state.pending else [row]
    first = parts[0]
    if first.rule_above and not row.rule_above:
        # A rule over the first line of a wrapped label is over its figures.
        row = replaced(row, rule_above=first.rule_above)
    if state.pending:
        _open_headings(state, first)
    label, notes = without_marks(" ".join([part.label for part in parts if part.label]))
    label = label.rstrip(":").rstrip()
    if label:
        _close_by_indent(state, first, label)
        if state.banner and first.indent <= state.banner_indent and (state.summed or not _stays(label, state.banner)):
            state.banner, state.banner_notes = "", ()
        if _closes_statement(label, vocabulary):
            state.headings.clear()
            state.banner, state.banner_notes = "", ()
    elif len(state.headings) > 1 or (state.headings and state.headings[-1].summed):
        # An unlabelled subtotal closes the innermost of nested headings, and one whose rows are summed already.
        state.headings.pop()
    elif state.headings:
        state.headings[-1].summed = state.headings[-1].deep is False
    trace = ("label.wrapped",) if len(parts) > 1 else ("label.one-line",) if label else ("label.none",)
    made = Labelled(
        row,
        label,
        notes,
        state.banner,
        state.banner_notes,
        tuple([heading.text for heading in state.headings]),
        tuple([note for heading in state.headings for note in heading.notes]),
        first.indent,
        first.line,
        first.blank_above,
        trace,
    )
    _note_children(state, first, row, label)
    return made


def _stays(label: str, banner: str) -> bool:
    """Whether a row as far out as a banner still is under it: a total, but no net income, unless it is per share."""
    return re.match(_TOTAL if " share" in banner.lower() else _TOTAL_UNDER_BANNER, label) is not None


def _wrapped_parts(state: _State, row: GridRow, below: GridRow | None) -> list[GridRow]:
    """The label-only rows just above that are the first lines of this row's label, and the row itself."""
    parts = [row]
    while state.pending and (_continues(state.pending[-1], parts[0]) or _third_line(state.pending, parts[0], below)):
        if len(parts) == 1 and _heads_both(state.pending[-1], row, below):
            break
        parts.insert(0, state.pending.pop())
    return parts


def _heads_both(before: GridRow, row: GridRow, below: GridRow | None) -> bool:
    """Whether a label that ends in a dash heads the row and the one below it, both further in and with a capital: `Earnings
    per share -` over `Basic` and `Diluted`."""
    if before.label[-1:] not in _DASHES or below is None or not below.cells or below.blank_above:
        return False
    capitals = row.label[:1].isupper() and below.label[:1].isupper()
    return capitals and row.indent == below.indent > before.indent


def _third_line(pending: list[GridRow], after: GridRow, below: GridRow | None) -> bool:
    """Whether a row stands right under the second line of a wrapped label, as far in and alone there: `NET LOSS /
    ATTRIBUTABLE TO COMMON / SHAREHOLDERS`. With another row `below` it as far in the two lines head them both."""
    if len(pending) < _LINES or after.blank_above or not after.label:
        return False
    first, second = pending[-_LINES:]
    sibling = below is not None and below.label and below.indent == after.indent and not below.blank_above
    heads = second.label.endswith(":") or second.banner or sibling
    return not heads and first.indent < second.indent == after.indent and _continues(first, second)


def _continues(before: GridRow, after: GridRow) -> bool:
    """Whether a label that stands alone goes on in the row below it."""
    text, follow = before.label, after.label
    if after.blank_above or before.banner:
        return before.banner and after.banner and not after.blank_above
    bare = without_marks(text)[0]
    if text.count("(") > text.count(")"):
        return True
    if bare.endswith(":"):
        # `issued and outstanding:` / `60,118 and 59,220`
        return bare.endswith(_OF_STOCK) and follow[:1].isdigit() and re.match(_SO_MANY_SHARES, follow) is not None
    if not follow:
        return not after.rule_above
    if (_is_capitals(bare) and (follow[0] == "(" or re.match(_GOES_ON, follow))) or (
        bare.lower().endswith(("weighted average", " and common")) and _OF_SHARES.match(follow)
    ):
        return True
    if follow[0] == "(" and len(follow) > 1:
        return _BRACKET_START.match(follow) is not None
    if follow[0].islower() or follow[0] in "&$%":
        return True
    if after.indent >= before.indent and _counts_on(bare, follow):
        return True
    if _CONNECTOR.search(bare) is not None:
        # `OTHER INCOME, NET` heads what it is made of.
        return not (after.indent > before.indent and follow[0].isupper() and _NETTED.search(bare))
    return _MATURES.search(bare) is not None and re.match(_MONTH, follow) is not None


def _counts_on(text: str, follow: str) -> bool:
    """Whether a label goes on with the year that it closes with, or with a number of shares: `Common stock $.01 par;
    authorized` / `160,000,000 shares`."""
    if not follow[0].isdigit():
        return False
    return (text[-1:].islower() and _YEAR_FIRST.match(follow) is not None) or re.match(
        _SO_MANY_SHARES, follow
    ) is not None


# Measures and regions that are written in capitals wherever they stand.
_ACRONYMS = frozenset((
    "EBITDA", "EBITDAX", "EBITDAR", "EBIT", "OIBDA", "FFO", "AFFO", "NOI", "EPS", "SG&A", "G&A", "R&D", "DD&A", "AISC",
    "ARPU", "GAAP", "NON-GAAP", "IFRS", "USA", "UK", "EMEA", "APAC", "LATAM", "EU",
))  # fmt: skip


@lru_cache(4096)
def _is_capitals(text: str) -> bool:
    if text in _ACRONYMS or (text[1:2] == "." and len(text) <= _LONGEST_DOTTED):
        return False
    upper = sum(map(str.isupper, text))
    return upper > 1 and upper > 2 * sum(map(str.islower, text.split("(", maxsplit=1)[0]))


def _open_headings(state: _State, row: GridRow) -> None:
    """Turns the label-only rows that are no part of the label of `row` into banners and headings.

    A banner in capitals without rules whose rows are indented below it ends at the first row that is not.
    """
    rows, state.pending = state.pending, []
    fresh = False
    while rows:
        if fresh and rows[0].indent <= state.banner_indent:
            state.banner_indent = -1
        fresh = False
        parts = [rows.pop(0)]
        while rows and _continues(parts[-1], rows[0]):
            parts.append(rows.pop(0))
        text, notes = without_marks(" ".join(part.label for part in parts))
        colon = text.endswith(":")
        text = text.rstrip(":").rstrip()
        if text[-1:] in _DASHES and text[-2:-1] == " ":
            text = text[:-2].rstrip()
        if not text:
            continue
        closes = names_mine(state.banner) and text.lower() in _WHOLE
        heads = bool(rows) and (names_mine(text) or _heads_block(parts[0], rows[0], text, colon=colon))
        if closes or heads or _is_banner(parts, text, colon=colon) or _is_sister(state, parts[0], text):
            state.banner, state.banner_notes = text, notes
            state.banner_at, state.deep, state.summed = parts[0].indent, False, False
            state.banner_indent = -1 if parts[0].banner else parts[0].indent
            # The year or the period over all goes on, unless another mine begins.
            state.headings = [] if names_mine(text) else [each for each in state.headings if each.period]
            fresh = True
        else:
            over = not colon and bool(rows) and _heads_like(parts[0], rows[0]) and names_unit(text)
            _push(state, _Heading(text, notes, parts[0].indent, over=over), colon=colon)
    if fresh and row.indent <= state.banner_indent:
        state.banner_indent = -1


def _heads_block(row: GridRow, below: GridRow, text: str, *, colon: bool) -> bool:
    """Whether a name set apart by an empty line stands right over a heading of a metal, as far out: that of a mine or a
    company whose rows follow."""
    apart = row.blank_above and not below.blank_above and below.indent == row.indent and not colon
    metal = apart and not set(metals()).isdisjoint(below.label.lower().partition("(")[0].split())
    return metal and may_name_mine(text)


def _heads_like(row: GridRow, below: GridRow) -> bool:
    """Whether the heading on the next line is as far out as this one, and ends in a colon."""
    return below.indent == row.indent and without_marks(below.label)[0].endswith(":")


def _is_sister(state: _State, row: GridRow, text: str) -> bool:
    """Whether a heading as far out as the name of a mine, whose rows stand further in, is the name of another."""
    return state.deep and row.indent == state.banner_at and names_mine(state.banner) and may_name_mine(text)


def _names_year(text: str) -> bool:
    """Whether a heading is a year, or a part of one with its year, and nothing else: `In 2003`, `FY03`, `Q3 2003`."""
    return text[-1:].isdigit() and re.match(_YEAR_ALONE, text) is not None


def _is_banner(parts: list[GridRow], text: str, *, colon: bool) -> bool:
    if (colon and not _is_capitals(text)) or _names_year(text):
        return False
    return parts[0].banner or _is_capitals(text) or names_mine(text)


@lru_cache(4096)
def may_name_mine(heading: str) -> bool:
    """Whether a heading may name a mine: it begins with a capital, and some word of it is none of the trade's."""
    vocabulary = words()
    if heading.lower() in vocabulary.beside:
        return True
    bare = heading.partition("(")[0]
    if not heading[:1].isupper() or read_words(bare) != read_words("") or holds(vocabulary.not_entity, bare):
        return False
    return any(word not in vocabulary.trade for word in bare.lower().split())


def names_mine(text: str) -> bool:
    """Whether a heading is the name of a mine or a venture, told as such."""
    return _MINE.match(text) is not None


def _push(state: _State, made: _Heading, *, colon: bool) -> None:
    indent = made.indent
    of_time = is_full_period(made.text) or _names_year(made.text)
    if of_time and all(heading.period or heading.indent >= indent for heading in state.headings):
        state.headings = [_Heading(made.text, made.notes, indent, period=True)]
        return
    while state.headings and state.headings[-1].indent >= indent:
        if colon and state.headings[-1].over and state.headings[-1].indent == indent:
            break
        closed = state.headings.pop()
        made.among = closed.indent == indent and closed.deep is True and not closed.closing
    if state.headings and state.headings[-1].deep is None:
        state.headings[-1].deep = indent > state.headings[-1].indent
    state.headings.append(made)


def _close_by_indent(state: _State, row: GridRow, label: str) -> None:
    """Closes the headings that a row stands too far out for; a bare `Total` as far out as the heading still is under it,
    and the last row that is, unless it sums this heading and those before it."""
    while state.headings:
        top = state.headings[-1]
        if top.deep is None:
            return
        ends = row.indent == top.indent and not top.closing and label.lower() in _CLOSING
        if top.deep and ends and not top.among and not top.summed:
            top.closing = True
            return
        if (top.deep and row.indent <= top.indent) or (
            not top.deep and (row.indent < top.indent or top.summed or (top.closing and row.blank_above))
        ):
            state.headings.pop()
            continue
        return


def _note_children(state: _State, first: GridRow, row: GridRow, label: str) -> None:
    state.deep = state.deep or first.indent > state.banner_at >= 0
    own = bool(state.banner) and label.lower() == f"total {state.banner.lower()}"
    state.summed = state.summed or own or (not label and bool(row.rule_above) and state.deep)
    for heading in state.headings:
        if heading.deep is None and label:
            heading.deep = first.indent > heading.indent
    if not state.headings:
        return
    top = state.headings[-1]
    if not top.deep and (row.rule_above or _TOTAL.match(label)):
        top.closing = True
    if label.lower() == f"total {top.text.lower()}":
        top.summed = True


def _closes_statement(label: str, vocabulary: Words) -> bool:
    lower = label.lower()
    return lower.startswith(vocabulary.closing) or lower in vocabulary.closing_whole
