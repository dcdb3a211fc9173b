"""A table's meaning before its rows are read: its title, columns, caption and scale, and what it inherits from the table
before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from orebook.book import titles
from orebook.book.calendar import Calendar
from orebook.book.captions import Caption, currency_of_text, read_caption
from orebook.book.columns import headed_as_above, make_columns
from orebook.book.entities import mine_of_title
from orebook.book.headings import headings
from orebook.book.labels import Labelled
from orebook.book.moments import moment_in, tells_balances
from orebook.book.printed import is_signed, value_of
from orebook.book.stated import stated_unit
from orebook.book.times import names_moment
from orebook.book.units import (
    PHYSICAL,
    SENTENCE_ABOVE,
    Counted,
    names_unit,
    says_money,
    table_unit,
)
from orebook.lexicon.concepts import statement_kind
from orebook.model.fact import Column, Table
from orebook.model.grid import Grid
from orebook.model.named import NamedTuple
from orebook.model.period import MONTHS
from orebook.model.slotted import slotted

_STOCK = (
    r"(?i)receivable|payable|inventor|accrued|\bassets?\b|liabilit|\bland\b|buildings?|equipment|machinery|materials|in process"
    r"|finished goods|allowance|prepaid|\bdebt\b|notes due|bonds|accumulated|outstanding|\bcash\b(?! (?:costs?|flows?|operating|production|provided|used|paid|from|dividends?|generated))|securities|equity|reserves?\b"
)
# `backlog by segment at December 31`, `lines in service at the end of each of the last five years`
_ON_A_DAY = (
    rf"(?i)\b(?:at|as of)(?: the)? (?:end of (?:each|the last)|year[- ]end|(?:{'|'.join(MONTHS)}) \d{{1,2}}\b(?!, \d))"
)
_THERE = (
    r"(?i)^(?!.*\b(?:per|average|added|additions|lost|revenues?|sales|costs?)\b).*\b(?:access lines|lines in service|customers|subscribers|employees|headcount"
    r"|pops|licensed beds|stores|restaurants|branch offices|units in service|homes passed)\b"
)
# What the rows of a table of money name, where none of its figures bears a sign of money.
_FLOW = r"(?i)\b(?:sales|revenues?|income|loss(?:es)?|earnings|expenses?|costs?|tax(?:es)?|profit|depreciation|interest|payments?|proceeds|dividends?|provision|credits?|charges?)\b"
_SHARES_OF = (
    r"(?i)\bshares of (?:its |the |our )?(?:[a-z' ]+ )?(?:common|capital|ordinary|preferred) (?:stock|shares)\b[^.]*:$"
)
_SELECTED = frozenset(("", "highlights", "operations", "segments"))
_UNSCALED = frozenset(("production", "guidance"))
_PLAIN = frozenset(("", "production", "guidance"))
_OF_MINES = frozenset(("prices", *_PLAIN))
# `Mary J. Corwin`
_PERSON = r"[A-Z][a-z]+ (?:[A-Z]\. ?)+[A-Z][A-Za-z'’-]+(?:,|$| [A-Z(])"
_FEWEST_PERSONS = 2
_THOUSAND = 1000
_SIGN_AND_BRACKET = 5  # characters
_BEHIND_SIGNS = "0123456789.,() -"
_UNSIGNED = frozenset("0123456789.-–—")
_CENTS = re.compile(r"\.\d\d\)?$")
_TENTHS = re.compile(r"\.\d+\)?$")
# A balance sheet in thousands may outgrow the other statements by some tens; in exact dollars it would by a thousand.
_A_STATEMENT_LARGER = 30
_AROUND = "$ ()%-"


class Setting(NamedTuple):
    """What the whole document says: its company, its calendar, the scale of shares where some caption states one, the
    scale of money that most captions state, and the largest figure printed under such a caption; `stated` is True where
    the scale is one that the document states for all its amounts instead; `currency` counts where a table states none.
    `concepts` False leaves the concepts out."""

    company: str = ""
    calendar: Calendar = Calendar()
    shares: int | None = None
    money: int | None = None
    largest: Decimal = Decimal(0)
    stated: bool = False
    concepts: bool = True
    currency: str | None = None


@slotted
class Shape:
    """A table's meaning before its rows are read; `signed` is True where nothing but the signs at its figures tells its
    currency, `handed` where it has its scale from the table above it, `alike` where no column counts otherwise than its rows
    do; `stub` is what stands over the labels, `rows` what stands
    below."""

    table: Table
    columns: tuple[Column, ...]
    caption: Caption
    scale_rule: str
    period_rule: str
    counts: Mapping[int, Counted] = {}
    prices: frozenset[int] = frozenset()
    calendar: Calendar = Calendar()
    unit: str = ""
    mine: str = ""
    balances: bool = False
    moments: bool = False
    signed: bool = False
    handed: bool = False
    alike: bool = False
    stub: str = ""
    rows: Sequence[Labelled] = ()


def shape_of(grid: Grid, rows: list[Labelled], setting: Setting, before: Shape | None, number: int, part: int) -> Shape:
    """What the lines over a grid and its headings say of the table, the `number`-th of its document, in a part of it; `before`
    is the table before it."""
    titled = titles.read_titles(grid, setting.company)
    caption = read_caption(titled.caption) if titled.caption else Caption()
    handed = before is not None and _is_of_the_one_before(grid, titled.caption, before.table.last_line)
    if handed:
        counts = not money_like(rows) and (table_unit(titled.title, "") in PHYSICAL or _tells_no_money(titled, rows))
        caption = Caption(currency=caption.currency) if counts else _handed_on(caption, Caption(), whole=False)
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
    if not title and before is not None and (grid.intro or _is_headed_alike(grid, before)):
        # A footnote alone stands between it and the table before it, or nothing, and it has the same headings.
        title = before.table.title
    if not kind and continues and before is not None and title == before.table.title:
        kind = before.table.kind
    made, rule = _columns(grid, rows, titled, kind, setting, before)
    above = before.caption if before is not None and (continues or not printed) else None
    caption, scale_rule = _inherited(caption, above, rows, before, whole=continues)
    if titled.told and not scale_rule:
        scale_rule = SENTENCE_ABOVE
    unit, caption = _table_unit(titled, caption, title, kind, grid.intro, rows)
    if scale_rule in {"", SENTENCE_ABOVE} and not unit:
        caption, scale_rule = _by_document(caption, scale_rule, rows, kind, setting)
    signed = currency_of_figures(rows) if caption.currency is None else None
    if caption.currency is None and (signed or setting.currency):
        caption = caption._replace(currency=signed or setting.currency)
    table = Table(number, title, printed, titled.caption, kind, part, grid.first_line, grid.last_line)
    mine = mine_of_title(title) if printed and kind in _OF_MINES else ""
    labels = [row.label for row in rows]
    averaged = any("verage balance" in column.heading for column in made)
    balances = kind == "equity" or (kind in _SELECTED and not averaged and tells_balances(labels))
    return Shape(
        table,
        made,
        caption,
        scale_rule,
        rule,
        calendar=setting.calendar,
        unit=unit,
        mine=mine,
        balances=balances,
        moments=any(names_moment(column.heading) for column in made),
        signed=signed is not None,
        handed=handed or (scale_rule == "scale.inherited" and not continues),
        stub=" ".join(text for _, text in grid.stub),
        rows=rows,
    )


def _is_headed_alike(grid: Grid, before: Shape) -> bool:
    """Whether a table prints the headings of the one before it, right below it: `1st Qtr.  2nd Qtr.` over another year."""
    if not grid.headers or grid.above or len(before.columns) != grid.columns:
        return False
    texts = [" ".join(head.text for head in stack) for stack in headings(grid)]
    return texts == [column.heading for column in before.columns]


def _tells_no_money(titled: titles.Titled, rows: list[Labelled]) -> bool:
    """Whether no word of a table is of money: `Lots controlled: Owned, Optioned`, under a caption of the table above it."""
    return not any(map(says_money, (titled.title, *(row.label for row in rows))))


def _columns(
    grid: Grid, rows: list[Labelled], titled: titles.Titled, kind: str, setting: Setting, before: Shape | None
) -> tuple[tuple[Column, ...], str]:
    """The columns of a table and the rule that dated them; without headings of its own it goes on in those before it."""
    made, rule = make_columns(
        grid,
        titled.reading,
        titled.named,
        kind,
        setting.calendar,
        stock=lambda: _is_stock(rows) or re.search(_ON_A_DAY, titled.title) is not None,
    )
    if before is None or grid.headers or len(before.columns) != grid.columns:
        return made, rule
    if not any(column.period for column in made):
        return before.columns, "period.inherited"
    if rule == "period.title":
        made = headed_as_above(made, before.columns, setting.calendar)
    return made, rule


def _inherited(
    caption: Caption, above: Caption | None, rows: list[Labelled], before: Shape | None, *, whole: bool
) -> tuple[Caption, str]:
    """The caption of a table of money that states no scale, from the table above it; of one that does not go on with that
    (`whole`), only where a scale is stated there and its figures are not far larger."""
    if above is None or caption.money is not None or not (whole or above.money is not None) or not money_like(rows):
        return caption, ""
    if not whole and _outgrows(rows, before):
        return caption, ""
    return _handed_on(above, caption, whole=whole), "scale.inherited"


def _outgrows(rows: list[Labelled], before: Shape | None) -> bool:
    """Whether a table prints figures so much longer and larger than those of the one before it that it does not count in its
    scale."""
    if before is None or _longest(rows) <= _longest(before.rows):
        return False
    return _largest(rows) > _A_STATEMENT_LARGER * max(_largest(before.rows), Decimal(1))


def _longest(rows: Sequence[Labelled]) -> int:
    """How many characters the longest figure has that some rows print, without the signs around it."""
    return max([len(cell.text.strip(_AROUND)) for row in rows for cell in row.row.cells], default=0)


def _largest(rows: Sequence[Labelled]) -> Decimal:
    """The largest figure that some rows print."""
    values = (value_of(cell.english or cell.text)[0] for row in rows for cell in row.row.cells)
    return max((abs(value) for value in values if value is not None), default=Decimal(0))


def _by_document(caption: Caption, rule: str, rows: list[Labelled], kind: str, setting: Setting) -> tuple[Caption, str]:
    """The caption of a table of money that states no scale, with that of the document, where the table may count so."""
    if caption.money is not None or not _as_the_statements(rows, kind, setting):
        return caption, rule
    return caption._replace(
        money=setting.money
    ), "scale.stated-for-all" if setting.stated else "scale.as-the-statements"


def _is_of_the_one_before(grid: Grid, caption: str, end: int) -> bool:
    """Whether a table with a title of its own has its caption from over the table before it, which closes with line `end`."""
    return any(line > end for line, _ in grid.above) and any(
        line <= end and text in caption for line, text in grid.above
    )


def _handed_on(caption: Caption, own: Caption, *, whole: bool) -> Caption:
    """The caption of the table before, for one without: of a table that does not go on with it, but has headings of its
    own, the scales of money and shares alone."""
    caption = caption._replace(currency=own.currency or caption.currency)
    return caption if whole else caption._replace(ounces=own.ounces, other=own.other)


def _table_unit(
    titled: titles.Titled, caption: Caption, title: str, kind: str, intro: str, rows: list[Labelled]
) -> tuple[str, Caption]:
    """The unit that a table names for rows that name none, and its caption without a scale of money where it is said of
    something else."""
    unit = table_unit(title, titled.caption) if kind in _OF_MINES else ""
    if caption.money is None:
        return unit, caption
    if unit in PHYSICAL and stated_unit(titled.caption) == unit:
        # `(long tons, 000 omitted)` scales the tons that it names.
        return unit, caption._replace(money=None)
    if not titled.told or kind or not caption.other or money_like(rows):
        return "", caption
    if re.search(_SHARES_OF, intro):
        return "shares", caption._replace(money=None)
    if any(re.search(_STOCK, row.label) or re.search(_FLOW, row.label) for row in rows):
        return "", caption
    # `The following facilities (in thousands):` over square feet.
    return "", caption._replace(money=None)


def _is_stock(rows: list[Labelled]) -> bool:
    """Whether most rows name balances rather than flows; what begins with an opening balance is a movement."""
    if any(moment_in(row.label) == "start" for row in rows):
        return False
    named = (" ".join((*row.headings[-1:], row.label)) for row in rows)
    return 2 * sum(re.search(_STOCK, text) is not None or _counts_what_is(text) for text in named) >= len(rows)


def _counts_what_is(text: str) -> bool:
    """Whether a label or its heading counts what there is on a day: lines in service, customers, employees."""
    return re.search(_THERE, text) is not None


def _as_the_statements(rows: list[Labelled], kind: str, setting: Setting) -> bool:
    """A table of money without a caption counts as the statements do, unless its figures are too large for that or
    printed to the cent; rows that name their own unit do not tell."""
    if setting.money is None or setting.money == 1 or kind in _UNSCALED or not (kind or money_like(rows)):
        return False
    if not kind and _names_persons(rows):
        return False
    cells = [
        cell for row in rows if not any(map(names_unit, (row.label, *row.headings[-1:]))) for cell in row.row.cells
    ]
    values = [value for cell in cells if (value := value_of(cell.english or cell.text)[0]) is not None]
    if not values:
        return False
    most = setting.largest * _A_STATEMENT_LARGER if kind else setting.largest
    fine = _CENTS if setting.money > _THOUSAND else _TENTHS
    cents = sum(fine.search(cell.english or cell.text) is not None for cell in cells)
    return max(map(abs, values)) <= most and cents * 2 < len(values)


def _names_persons(rows: list[Labelled]) -> bool:
    """Whether rows are the names of persons, told by the initial in the middle: what they are paid is printed in full."""
    named = (row.label for row in rows if ". " in row.label[:20])
    return sum(re.match(_PERSON, label) is not None for label in named) >= _FEWEST_PERSONS


def money_like(rows: list[Labelled]) -> bool:
    """Whether some figure of the rows bears a sign of money."""
    texts = [cell.text for row in rows for cell in row.row.cells]
    return any("$" in text for text in texts) or any(is_signed(text) for text in texts if not text.isascii())


def currency_of_figures(rows: list[Labelled]) -> str | None:
    """The currency that the signs at the figures of a table name, where all of them name the same: `€12,345`, `C$ 880`. They
    stand in its first row, or in several."""
    signed = [row for row in rows if any(cell.text[0] not in _UNSIGNED for cell in row.row.cells)]
    if not signed or (len(signed) == 1 and signed[0] is not rows[0]):
        return None
    heads = {cell.text[:_SIGN_AND_BRACKET] for row in signed for cell in row.row.cells if cell.text[0] not in _UNSIGNED}
    signs = {head.rstrip(_BEHIND_SIGNS) for head in heads}
    named = {currency_of_text(sign) for sign in signs if is_signed(sign)}
    return named.pop() if len(named) == 1 else None
