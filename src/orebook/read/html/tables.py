"""The rows of a table -> its figure columns, its headings, and the part of it that is prose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from orebook.model.named import NamedTuple
from orebook.read.html.rows import Printed, TextRow, Words
from orebook.read.wordrows import are_values


class FigureColumn(NamedTuple):
    """The cells that a column of figures covers: digits on `left` to `right`, signs included `first` to `stop`."""

    first: int
    stop: int
    left: int
    right: int


class Section(NamedTuple):
    """A run of rows under one set of column headings.

    `places` says which of `columns` the figures on the cells (left, right) belong to; `above` are title
    lines, `heads` the rows of headings (with the stub's words), `body` the rows below them.
    """

    columns: tuple[FigureColumn, ...]
    places: Mapping[tuple[int, int], int]
    above: tuple[Words, ...]
    heads: tuple[TextRow, ...]
    body: tuple[TextRow, ...]


class Parts(NamedTuple):
    """A data table: its sections, and the rows of notes that end it."""

    sections: tuple[Section, ...]
    notes: tuple[TextRow, ...]


_PERIOD = re.compile(
    r"\b(?:ended|ending|months?|weeks?|quarters?|years?|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|q[1-4]|[1-4]q|fy|ytd)\b"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-z]{1,2})\)|\*{1,3}|[†‡§#]|[•·▪◦●■\uf0b7\u2022-])\.?(?:,? ?\(?(?:\d{1,2}|[a-z])\))*$"
)
_EXHIBIT = re.compile(r"exhibit\s+\d[\d.]*$|page\s+\d+$", re.IGNORECASE)
_CAPTION = re.compile(
    r"\(?(?:(?:(?:all |us |u\.s\. )?(?:\$|dollars|amounts) )?in (?:thousands|millions|billions)|(?:thousands|millions)(?: of |, except\b))",
    re.IGNORECASE,
)
_PAGE = re.compile(r"page(?: no\.?| number)?$", re.IGNORECASE)


def divide(rows: Sequence[TextRow]) -> Parts | None:
    """The sections of a data table; None where the table only sets prose."""
    stub = _stub(rows)
    if _is_index(rows, stub):
        return None
    rows = [_label_figures(row, stub) for row in rows]
    rows = _without_nil_words(_without_mark_columns(rows))
    if not _is_data(rows):
        return None
    last = max(i for i, row in enumerate(rows) if _is_body(row))
    notes = tuple(row for row in rows[last + 1 :] if not row.empty and not row.figures)
    kept = [*rows[: last + 1], *(row for row in rows[last + 1 :] if row.ruled or row.empty)]
    sections = tuple(_section(run) for run in _runs(kept))
    return Parts(sections, notes)


# -------------------------------------------------------------------------------------------- what is a figure


_NUMBERED = re.compile(r"\d{1,3}(?:\.\d+)*$")
_LONG_ITEM = 12
_RANGE = re.compile(r"\(?[$€£¥]?\s?\(?\d[\d,.]*\s?%?\)?\s*(?:to|-|–|—)\s*\(?[$€£¥]?\s?\(?\d[\d,.]*\s?%?\)?$")


def _is_body(row: TextRow) -> bool:
    """Whether a row holds a figure that is no heading year, or a range of figures."""
    if any(not figure.year for figure in row.figures):
        return True
    return any(_RANGE.match(word.text) and not _YEARS.match(word.text) for word in row.words[1:])


_YEARS = re.compile(r"(?:19|20)\d\d\s*\S+\s*(?:19|20)\d\d$")


def _stub(rows: Sequence[TextRow]) -> int:
    """The column at which the rows begin."""
    words = [word.first for row in rows for word in row.words]
    figures = [figure.first for row in rows for figure in row.figures]
    return min((*words, *figures), default=0)


def _is_index(rows: Sequence[TextRow], stub: int) -> bool:
    """Whether most rows with a number begin with it and go on in words, as in a list of exhibits (`4.1  Indenture …  8-K`)."""
    held = [row for row in rows if row.figures]
    listed = [
        row
        for row in held
        if row.figures[0].first == stub
        and row.words
        and row.words[0].first > stub
        and (len(row.figures) == 1 or row.words[0].first < row.figures[1].first)
        and _NUMBERED.match(row.figures[0].text)
        and len(row.words[0].text) > _LONG_ITEM
    ]
    return bool(held) and 2 * len(listed) > len(held)


def _label_figures(row: TextRow, stub: int) -> TextRow:
    """A row whose first figure stands where labels stand: `2021` over a column of amounts is a label.

    A mark or number before nothing but words opens a note or an item of a list.
    """
    if not row.figures or (row.words and row.words[0].first <= row.figures[0].first):
        return row
    first = row.figures[0]
    item = (
        len(row.figures) == 1
        and row.words
        and (first.mark or first.text.isdigit())
        and len(row.words[-1].text) > _LONG_ITEM
    )
    named = first.year or first.mark or first.text[-1:].isalpha()  # `10 oz` is what the row is about
    stands = first.first == stub and len(row.figures) > 1 and named
    if not item and not stands:
        return row
    text = first.text + first.tail
    label = Words(first.first, first.stop, text, (text,), 0, False, False)
    return row._replace(words=(label, *row.words), figures=row.figures[1:])


def _without_mark_columns(rows: Sequence[TextRow]) -> list[TextRow]:
    """Footnote marks in a column of their own, moved to the label: `(1)` is minus one only among figures."""
    held: dict[int, list[Printed]] = {}
    for row in rows:
        for figure in row.figures:
            held.setdefault(figure.right, []).append(figure)
    columns = {
        right
        for right, figures in held.items()
        if all(figure.mark for figure in figures) and not _headed(rows, figures[0])
    }
    return [_marks_moved(row, columns) for row in rows] if columns else list(rows)


def _without_nil_words(rows: list[TextRow]) -> list[TextRow]:
    """The rows without the nil marks of columns of words: those that print words beside figures, and no figure."""
    if not any(len(row.words) > 1 and row.figures for row in rows):
        return rows
    printed: dict[int, bool] = {}
    for row in rows:
        for figure in row.figures:
            printed[figure.right] = printed.get(figure.right, False) or any(map(str.isdigit, figure.text))
    worded = {
        right
        for right, digits in printed.items()
        if not digits
        and any(
            word.first < right <= word.stop
            for row in rows
            if any(not figure.year and printed[figure.right] for figure in row.figures)
            for word in row.words[1:]
        )
    }
    if not worded:
        return rows
    return [row._replace(figures=tuple(f for f in row.figures if f.right not in worded)) for row in rows]


def _headed(rows: Sequence[TextRow], mark: Printed) -> bool:
    """Whether words or years stand just over the column of a mark, and over no other."""
    for row in rows:
        if _is_body(row):
            return False
        heads: list[Words | Printed] = [*row.words[1:], *row.figures]
        if any(head.first <= mark.left and mark.right <= head.stop <= head.first + 4 for head in heads):
            return True
    return False


def _marks_moved(row: TextRow, columns: set[int]) -> TextRow:
    marks = [figure for figure in row.figures if figure.right in columns and figure.mark]
    # A mark alone in its row is minus one: nothing stands there that it could mark.
    if not marks or len(marks) == len(row.figures) or not row.words:
        return row
    label = row.words[0]
    text = " ".join([label.text, *(mark.text for mark in marks)])
    kept = tuple(figure for figure in row.figures if figure not in marks)
    return row._replace(words=(label._replace(text=text, lines=(text,)), *row.words[1:]), figures=kept)


def _is_data(rows: Sequence[TextRow]) -> bool:
    """Whether a table sets figures in columns, and not a list, a contents page or prose."""
    body = [row for row in rows if _is_body(row)]
    figures = [figure for row in body for figure in row.figures if any(map(str.isdigit, figure.text))]
    if len(figures) < 2 or _is_contents(rows, body):
        return False
    listed = sum(1 for row in body if len(row.figures) == 1 and _is_item(row))
    if listed == len(body):
        return False
    labelled = sum(1 for row in body if row.words or len(row.figures) > 1)
    return labelled > 0


def _is_item(row: TextRow) -> bool:
    """`(1) Includes …` set in two cells: a number, then its sentence."""
    return bool(row.words) and row.figures[0].first < row.words[0].first


def _is_contents(rows: Sequence[TextRow], body: Sequence[TextRow]) -> bool:
    """A table of contents: one column of page numbers that never falls."""
    if any(len(row.figures) != 1 for row in body):
        return False
    pages = [row.figures[0].text for row in body]
    if not all(page.isdigit() and len(page) <= 3 for page in pages):
        return False
    rising = all(int(a) <= int(b) for a, b in pairwise(pages))
    titled = any(_PAGE.match(word.text) for row in rows if not row.figures for word in row.words)
    return rising and (titled or len(pages) >= 8)


# ----------------------------------------------------------------------------------------------------- sections


def _runs(rows: Sequence[TextRow]) -> list[list[TextRow]]:
    """The rows cut where new column headings begin below figures."""
    runs: list[list[TextRow]] = [[]]
    seen = False
    for row in rows:
        if seen and _is_heading(row):
            carried = _carried(runs[-1])
            runs.append(carried)
            seen = False
        runs[-1].append(row)
        seen = seen or _is_body(row)
    return [run for run in runs if any(_is_body(row) for row in run)]


def _is_heading(row: TextRow) -> bool:
    """Whether a row below figures heads columns anew: years only, or periods over the columns."""
    if row.figures:
        return all(figure.year for figure in row.figures) and (len(row.figures) > 1 or not row.words)
    over = [word for word in row.words if word.first > 0]
    if len(over) < len(row.words) and are_values(word.text for word in over):
        return False  # `Mine life`, `12 years`
    return bool(over) and sum(bool(_PERIOD.search(word.text)) for word in over) * 2 > len(over)


def _carried(run: list[TextRow]) -> list[TextRow]:
    """Takes the title rows off the end of a run: they belong to the headings that follow."""
    at = len(run)
    while at > 0 and not run[at - 1].figures:
        at -= 1
    carried = run[at:]
    while carried and carried[0].ruled:
        carried = carried[1:]
    del run[at:]
    return carried


def _section(rows: Sequence[TextRow]) -> Section:
    begin = next(i for i, row in enumerate(rows) if _is_body(row))
    columns, places = _columns(rows[begin:])
    stub = _stub(rows)
    last = -1
    for i in range(begin):
        words = rows[i].words
        caption = len(words) == 1 and _CAPTION.match(words[0].text)
        if rows[i].figures or caption or any(word.first > stub and _covers(word, columns) for word in words):
            last = i
    above: list[Words] = []
    heads: list[TextRow] = []
    for row in rows[: last + 1]:
        title = len(row.words) == 1 and not row.figures and row.words[0].first == stub
        exhibit = len(row.words) == 1 and not row.figures and _EXHIBIT.match(row.words[0].text)
        captions = len(row.words) == 1 and _CAPTION.match(row.words[0].text) and _covers_several(row.words[0], columns)
        if exhibit or captions or (title and (all(head.empty for head in heads) or _covers(row.words[0], columns))):
            above.append(row.words[0])
        elif not row.ruled:
            heads.append(_as_words(row))
    body = list(rows[last + 1 :])
    heads = _without_idle(_without_heads_of_words(heads, body, columns), columns)
    if last < 0:
        above, body = _titles(body, begin, columns)
    return Section(columns, places, tuple(above), tuple(head for head in heads if head.words), tuple(body))


def _without_heads_of_words(
    heads: list[TextRow], body: Sequence[TextRow], columns: Sequence[FigureColumn]
) -> list[TextRow]:
    """The headings without those over words that stand among or behind figures: they head no column of figures."""
    words = {word for row in body if row.figures for word in row.words[1:] if word.first >= columns[0].stop}
    places = {(word.first, word.stop) for word in words if not _covers(word, columns)}
    if not places:
        return heads
    return [
        row._replace(
            words=tuple(
                word
                for word in row.words
                if _covers(word, columns) or not any(word.first < stop and first < word.stop for first, stop in places)
            )
        )
        for row in heads
    ]


def _without_idle(heads: list[TextRow], columns: Sequence[FigureColumn]) -> list[TextRow]:
    """The headings without those over an empty column beside one that another heading of their row stands over."""
    made: list[TextRow] = []
    for row in heads:
        met = {i for word in row.words if _covers(word, columns) for i in covered(word, columns) or ()}
        idle = [
            word
            for word in row.words
            if word.first >= columns[0].stop
            and not _covers(word, columns)
            and (near := covered(word, columns)) is not None
            and near[0] in met
        ]
        made.append(row._replace(words=tuple(word for word in row.words if word not in idle)) if idle else row)
    return made


def _titles(rows: list[TextRow], begin: int, columns: Sequence[FigureColumn]) -> tuple[list[Words], list[TextRow]]:
    """The rows that span a table without headings, at its top: its title and caption."""
    at = 0
    above: list[Words] = []
    while at < begin and (rows[at].empty or (len(rows[at].words) == 1 and _spans(rows[at].words[0], columns))):
        above += rows[at].words
        at += 1
    return (above, rows[at:]) if above else ([], rows)


def _spans(word: Words, columns: Sequence[FigureColumn]) -> bool:
    return word.stop >= columns[-1].right and (word.centred or word.text.startswith("("))


def _covers(word: Words, columns: Sequence[FigureColumn]) -> bool:
    return any(word.first < column.stop and column.first < word.stop for column in columns)


def _covers_several(word: Words, columns: Sequence[FigureColumn]) -> bool:
    """Whether words that stand alone in a row are over the first column and others: `(in millions, except …)` below the
    years is said of the table."""
    return word.first < columns[0].stop and sum(_covers(word, (column,)) for column in columns) > 1


def _as_words(row: TextRow) -> TextRow:
    """A row of headings: its years are words."""
    years = [
        Words(figure.first, figure.stop, figure.text + figure.tail, (figure.text + figure.tail,), 0, True, False)
        for figure in row.figures
    ]
    return row._replace(words=tuple(sorted((*row.words, *years), key=lambda word: word.first)), figures=())


# ------------------------------------------------------------------------------------------------------ columns


class _Cluster:
    """A figure column in the making: the cells it covers, the rows that have a figure in it, its spots."""

    __slots__ = ("left", "right", "rows", "spots")

    def __init__(self, left: int, right: int) -> None:
        self.left = left
        self.right = right
        self.rows: set[int] = set()
        self.spots: list[_Spot] = []


_Spot = tuple[int, int]


def _columns(rows: Sequence[TextRow]) -> tuple[tuple[FigureColumn, ...], dict[_Spot, int]]:
    """The figure columns, and the column of each pair (left, right) of cells that digits stand on.

    Figures whose digits stand on common cells are of one column, unless a row has them side by side. Narrow
    and frequent cells decide; a figure on the cells of several columns belongs to the one it ends with.
    """
    held: dict[_Spot, set[int]] = {}
    for number, row in enumerate(rows):
        for figure in row.figures:
            held.setdefault((figure.left, figure.right), set()).add(number)
    clusters: list[_Cluster] = []
    for spot in sorted(held, key=lambda spot: (spot[1] - spot[0], -len(held[spot]), spot)):
        cluster = _cluster_for(spot, held[spot], clusters)
        cluster.spots.append(spot)
        cluster.rows |= held[spot]
    clusters.sort(key=lambda cluster: (cluster.right, cluster.left))
    places = {spot: i for i, cluster in enumerate(clusters) for spot in cluster.spots}
    return _extents(rows, clusters, places), places


def _cluster_for(spot: _Spot, rows: set[int], clusters: list[_Cluster]) -> _Cluster:
    """The column that digits on `spot` belong to; a new one where they meet none."""
    left, right = spot
    near = [cluster for cluster in clusters if left < cluster.right and cluster.left < right]
    met = [cluster for cluster in near if cluster.rows.isdisjoint(rows)]
    if not met:
        clusters.append(_Cluster(left, right))
        return clusters[-1]
    if len(near) == 1:
        met[0].left, met[0].right = min(met[0].left, left), max(met[0].right, right)
    return next((cluster for cluster in met if cluster.right == right), met[-1])


def _extents(
    rows: Sequence[TextRow], clusters: Sequence[_Cluster], places: Mapping[_Spot, int]
) -> tuple[FigureColumn, ...]:
    """The columns with the cells of their signs."""
    firsts = [cluster.left for cluster in clusters]
    stops = [cluster.right for cluster in clusters]
    for row in rows:
        for figure in row.figures:
            i = places[figure.left, figure.right]
            if clusters[i].left <= figure.left and figure.right <= clusters[i].right:
                firsts[i], stops[i] = min(firsts[i], figure.first), max(stops[i], figure.stop)
    return tuple(
        FigureColumn(first, stop, cluster.left, cluster.right)
        for first, stop, cluster in zip(firsts, stops, clusters, strict=True)
    )


def covered(word: Words, columns: Sequence[FigureColumn]) -> tuple[int, int] | None:
    """The first and last column that a heading stands over: by their digits, else by their signs."""
    for ends in ("digits", "signs"):
        met = [
            i
            for i, column in enumerate(columns)
            if (
                word.first < column.right and column.left < word.stop
                if ends == "digits"
                else word.first < column.stop and column.first < word.stop
            )
        ]
        if met:
            return met[0], met[-1]
    gaps = [min(abs(column.left - word.stop), abs(word.first - column.right)) for column in columns]
    near = min(range(len(columns)), key=gaps.__getitem__)
    return (near, near) if gaps[near] <= 1 else None


def is_mark(text: str) -> bool:
    """Whether words are nothing but a footnote mark or a bullet."""
    return bool(_MARK.match(text))
