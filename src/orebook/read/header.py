"""Column headings: which piece of header text stands over which columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orebook.model.grid import HeaderText
from orebook.read.columns import Span
from orebook.read.lines import HEADER, MONTHS, RULE, TEXT, Line, is_date

_CHUNK = re.compile(r"\S++(?:\s\S++)*+")
_CHUNK_OF_TIME = re.compile(r"\S+(?:\s(?:\s(?=[Ee](?:nded|NDED)\b))?\S+)*")  # `Quarter  ended`
_ENDED = ("  ended", "  Ended", "  ENDED")
_RUN = re.compile(r"[-=_*~]{2,}(?:\s[-=_*~]{2,})*|(?:[-=_] ){2,}[-=_]")
# `Life (years)` counts years, and lasts none.
_OF_LENGTH = re.compile(r"ended|months|weeks|quarter|(?<!in )year(?!s?\))|period", re.IGNORECASE)
_RULED = re.compile(r"[-=_]{4,}")
_RUN_TIGHT = re.compile(r"[-=_*~]{2,}")
_ATOM = re.compile(
    r"(?:Q[1-4]|[1-4]Q|H[12]|[12]H|YTD|FY)[ '’]{0,2}(?:(?:19|20)\d\d|\d\d)\b|"
    rf"{MONTHS}\b\.?(?:\s+\d{{1,2}}\b(?!,?\d),?)?(?:\s+(?:19|20)\d\d\b)?|\d{{1,2}},\s+(?:19|20)\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d|(?:19|20)\d\d",
    re.IGNORECASE,
)

_BRACKET = re.compile(r"\([^()]*\)")  # `(oz/ton) (000s)`
_AFTER_YEARS = ("hereafter", "HEREAFTER")
_YEAR_AND_WORD = r"(?:19|20)\d\d (?:[Tt]hereafter|[Tt]otal|[Ll]ater|[Bb]eyond|THEREAFTER|TOTAL)"
_PAIR = 2
_NEAR_HEADS = 4  # lines
_SHORT = 12  # characters, too few for two lengths
_LONE = 5  # characters, too few for two dates
# `Three Months Ended Six Months Ended`, `Quarter Ended June 30, Year Ended June 30,`: lengths one blank apart.
_LENGTH = (
    r"(?i)(?:(?:three|six|nine|twelve|thirteen|twenty-six|thirty-nine|fifty-two|\d{1,2})[- ](?:months?|weeks|mos\.?)"
    r"|(?:(?:first|second|third|fourth|[1-4](?:st|nd|rd|th))\s)?quarter|(?:half[- ])?years?)(?:\s(?:ended|ending|to))?"
    rf"(?:\s{MONTHS}\b\.?\s\d{{1,2}},?)?(?:\s(?:19|20)\d\d\b)?(?:\s+|$)"
)
# `1st Qtr`, `First Quarter`, `Q3`, `4Q`
_QUARTER = r"(?i)(?:q(?=[1-4]\b))?(first|second|third|fourth|[1-4](?=st|nd|rd|th|q|\b))"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPANS = ("mo", "week", "quarter", "year")
_SOME_DIGIT = re.compile(r"\d")
_SLACK = 3  # columns
_LABELS, _FAR = 8, 12  # columns within which labels begin, and from there to the figures
_OFF = 5  # half columns that the middle of a heading may stand off the middle of its column

Chunk = tuple[str, int, int]


def chunks_of(text: str) -> list[Chunk]:
    """Pieces of a header line, parted by two or more blanks: (text, start, end) on the page."""
    page = text.expandtabs()
    if "----" in page or "====" in page or "____" in page:
        # `useful lives in  -----------------`: the rule under the heading beside it.
        page = _RULED.sub(lambda found: " " * len(found[0]), page)
    pattern = _CHUNK_OF_TIME if any(map(page.__contains__, _ENDED)) else _CHUNK
    return [(match.group(), match.start(), match.end()) for match in pattern.finditer(page)]


def heads_twice(lines: Sequence[Line], at: int) -> bool:
    """Whether a line of headings not far over a row says the same over its left half as over its right: `State   Number
    State   Number`, over two tables side by side."""
    for line in lines[max(0, at - _NEAR_HEADS) : at]:
        texts = [text for text, _, _ in chunks_of(line.text)] if line.kind == TEXT else []
        half, odd = divmod(len(texts), 2)
        if half >= _PAIR and not odd and texts[:half] == texts[half:] and not is_date(f"{texts[0]} "):
            return True
    return False


def _may_last(low: str) -> bool:
    """False for a text in small letters that names fewer than two lengths of time for certain."""
    return sum(map(low.count, _SPANS)) > 1


def split_atoms(text: str, wanted: int) -> list[Chunk]:
    """Pieces of a header line; where one holds several dates (`Sept. 30, 2003 Dec. 31, 2002`) it is parted there."""
    made: list[Chunk] = []
    for chunk, start, end in chunks_of(text):
        atoms = list(_ATOM.finditer(chunk)) if len(chunk) > _LONE else []
        lengths = list(re.finditer(_LENGTH, chunk)) if len(chunk) > _SHORT and _may_last(chunk.lower()) else []
        if len(atoms) > 1 and not _ATOM.sub("", chunk).strip(" ,.-*"):
            made.extend((atom.group(), start + atom.start(), start + atom.end()) for atom in atoms)
        elif ") (" in chunk and not _BRACKET.sub("", chunk).strip():
            made.extend((each.group(), start + each.start(), start + each.end()) for each in _BRACKET.finditer(chunk))
        elif len(lengths) > 1 and not re.sub(_LENGTH, "", chunk).strip(" ,"):
            made.extend((each.group().strip(), start + each.start(), start + each.end()) for each in lengths)
        else:
            made.append((chunk, start, end))
    if wanted > len(made) > 1 or (made[-1:] and made[-1][0].endswith(_AFTER_YEARS)):
        made = _with_a_year_apart(made)
    if len(made) < wanted and len(made) == 1 and not _ATOM.fullmatch(made[0][0]):
        words = [(m.group(), m.start(), m.end()) for m in re.finditer(r"\S+", text.expandtabs())]
        # Single blanks part headings only where they repeat (`Actual Actual`).
        if len(words) == wanted and 2 * len({word for word, _, _ in words}) <= wanted:
            return words
    return made


def _with_a_year_apart(chunks: list[Chunk]) -> list[Chunk]:
    """The pieces of a line of years, the last of which one blank parts from what follows it: `2003     2004 Thereafter`."""
    at = next((i for i, chunk in enumerate(chunks) if i and re.fullmatch(_YEAR_AND_WORD, chunk[0])), None)
    if at is None or chunks[at - 1][0] != str(int(chunks[at][0][:4]) - 1):
        return chunks
    text, start, end = chunks[at]
    apart = [(text[:4], start, start + 4), (text[5:], start + 5, end)]
    return [*chunks[:at], *apart, *chunks[at + 1 :]]


def header_texts(header: list[Line], spans: list[Span]) -> tuple[tuple[HeaderText, ...], tuple[tuple[int, str], ...]]:
    """Column headings with their ranges of columns, and the text that stands left of the columns (the stub)."""
    found: list[HeaderText] = []
    stub: list[tuple[int, str]] = []
    spans = _widened(header, spans)
    limit = spans[0].left
    above: list[tuple[int, int]] = []
    reach: list[tuple[int, int]] = []
    for index, line in enumerate(header):
        if line.kind not in (TEXT, HEADER):
            continue
        chunks = split_atoms(line.text, len(spans))
        if flush(chunks, spans):
            size = len(spans) // len(chunks)
            found.extend(
                HeaderText(line.number, chunk[0], k * size, (k + 1) * size - 1) for k, chunk in enumerate(chunks)
            )
            continue
        beside, over = _parted(chunks, spans, limit, reach)
        stub += [(line.number, text) for text in beside]
        if not over:
            continue
        ranges = _over_quarters(over, header[index + 1 :], len(spans))
        if not ranges:
            ranges = _ranges(over, spans, _marked(over, header, index, spans), above)
        found.extend(HeaderText(line.number, chunk[0], a, b) for chunk, (a, b) in zip(over, ranges, strict=True))
        reach += [(start, end) for _, start, end in over]
        if len(over) > 1 or not above:
            above = ranges
    return tuple(found), tuple(stub)


def _parted(
    chunks: list[Chunk], spans: list[Span], limit: int, reach: list[tuple[int, int]]
) -> tuple[list[str], list[Chunk]]:
    """The pieces of a line that stand left of the columns, and those over them; `reach` is where pieces further up do."""
    if len(chunks) == 1 and (_is_time_beside(chunks[0], limit) or (len(spans) > 1 and _is_beside(chunks[0], limit))):
        return [chunks[0][0]], []
    beside: list[str] = []
    over: list[Chunk] = []
    for chunk in chunks:
        if not any(map(str.isalnum, chunk[0])) and chunk[0] not in {"%", "(%)"}:
            continue
        under = len(spans) == 1 and any(a - 2 <= _middle(chunk) <= b + 2 for a, b in reach)
        left = chunk[2] <= limit - 1 and _middle(chunk) < limit - 6
        if not under and left and not _reaches(chunk, spans):
            beside.append(chunk[0])
        else:
            over.append(chunk)
    return beside, over


def _is_time_beside(chunk: Chunk, limit: int) -> bool:
    """Whether the only words of a line are a time that begins where the labels do, far left of the columns: it is said of
    the rows (`Six months ended September 30, 1999` under the names of the segments), however far it reaches."""
    text, start, _ = chunk
    return start <= _LABELS and limit - start >= _FAR and len(text) > _LONE and is_date(f"{text} ")


def _is_beside(chunk: Chunk, limit: int) -> bool:
    """Whether a length of time stands in the place of the labels and runs on over the first columns: it is said of all."""
    return _middle(chunk) < limit and chunk[1] < limit - _SHORT and _spanning(chunk)


def flush(chunks: list[Chunk], spans: list[Span]) -> bool:
    """Whether the pieces of a line are periods that were typed left of the columns that they head, one for each column
    or each equal group of them."""
    n, m = len(spans), len(chunks)
    if m < _PAIR or n % m or chunks[0][2] >= spans[0].left:
        return False
    firsts = (spans[k * (n // m)] for k in range(m))
    apart = all(chunk[2] <= span.left + 1 for chunk, span in zip(chunks, firsts, strict=True))
    return apart and all(is_date(f"{text} ") for text, _, _ in chunks)


def _widened(header: list[Line], spans: list[Span]) -> list[Span]:
    """The columns as wide as the heading line that has one piece for each of them."""
    for line in header:
        pieces = split_atoms(line.text, len(spans)) if line.kind in (TEXT, HEADER) else []
        # A title on the line of a heading stands left of the first column.
        if len(pieces) == len(spans) > 1 and pieces[0][2] > spans[0].left - _OFF:
            spans = [
                Span(min(span.left, start), span.edge, max(span.right, end))
                for span, (_, start, end) in zip(spans, pieces, strict=True)
            ]
    return spans


def _reaches(chunk: Chunk, spans: list[Span]) -> bool:
    return chunk[2] > spans[0].left


def _marked(chunks: list[Chunk], header: list[Line], index: int, spans: list[Span]) -> list[tuple[int, int]]:
    """The columns of the headings on one line, as the lines under it mark them off, if any do."""
    groups = _groups(header, index, spans)
    if groups and _underlines(chunks, header[index + 1]):
        # A rule as long as the words says nothing of the columns; words in the middle of equal groups do.
        groups = _even(chunks, spans) or groups
    if len(groups) == len(chunks) and not _each_over_its_own(chunks, groups, spans):
        groups = []
    groups = groups or _ruled_beside(chunks, header[index + 1 : index + 2], spans)
    if len(groups) == len(chunks) or not all(_spanning(chunk) or is_date(f"{chunk[0]} ") for chunk in chunks):
        return groups
    return _over_repeated(len(chunks), header[index + 1 :], len(spans))


def _each_over_its_own(chunks: list[Chunk], groups: list[tuple[int, int]], spans: list[Span]) -> bool:
    """False where a heading stands within the columns of another's group: under two years one rule may mark off both, and
    the next rule a column beside them that they do not head."""
    middles = map(_middle, chunks)
    return not any(
        spans[first].left <= middle <= spans[last].right
        for at, middle in enumerate(middles)
        for other, (first, last) in enumerate(groups)
        if other != at
    )


def _ruled_beside(chunks: list[Chunk], below: list[Line], spans: list[Span]) -> list[tuple[int, int]]:
    """The columns of headings one of which goes on in the line below while a rule there marks off those of the other:
    `Fiscal          Fiscal 1998` / ` 1997   --------------------------`."""
    line = below[0] if below else None
    runs = [found.span() for found in _RULED.finditer(line.text.expandtabs())] if line is not None else []
    if line is None or line.kind == RULE or not runs or len(chunks) >= len(spans):
        return []
    made: list[tuple[int, int]] = []
    for chunk in chunks:
        under = next((run for run in runs if run[0] <= _middle(chunk) <= run[1]), None)
        pair = _covered(under, spans) if under is not None else _nearest(chunk, spans)
        if pair is None or (made and pair[0] <= made[-1][1]):
            return []
        made.append(pair)
    return made if any(one < two for one, two in made) else []


def _over_repeated(headings: int, below: list[Line], columns: int) -> list[tuple[int, int]]:
    """Equal groups of columns, where a line further down says the same under each heading (`2004  2003  2004  2003`),
    however far from the columns the headings were typed."""
    size, rest = divmod(columns, headings)
    if headings < _PAIR or size < _PAIR or rest:
        return []
    for line in below:
        texts = [text for text, _, _ in split_atoms(line.text, columns)] if line.kind in (TEXT, HEADER) else []
        # A text left of the columns may stand on their line.
        each, left = divmod(len(texts), headings)
        texts = texts[left:]
        if each >= _PAIR and left < _PAIR and texts == texts[:each] * headings and len(set(texts)) == each:
            return [(k * size, (k + 1) * size - 1) for k in range(headings)]
    return []


def _groups(header: list[Line], index: int, spans: list[Span]) -> list[tuple[int, int]]:
    """The column ranges that the rule line just under a header line marks off, if any."""
    for line in header[index + 1 : index + 2]:
        if line.kind == RULE:
            pattern = _RUN_TIGHT if len(_RUN_TIGHT.findall(line.text)) > 1 else _RUN
            runs = [(m.start(), m.end()) for m in pattern.finditer(line.text.expandtabs())]
            made = [_covered(run, spans) for run in runs]
            kept = [pair for pair in made if pair is not None]
            return kept if len(kept) == len(runs) else []
    return []


def _underlines(chunks: list[Chunk], rule: Line) -> bool:
    """Whether the runs of a rule are no longer than the words that they stand under."""
    runs = [match.end() - match.start() for match in _RUN_TIGHT.finditer(rule.text)]
    return len(runs) == len(chunks) and all(
        run <= end - start + 1 for run, (_, start, end) in zip(runs, chunks, strict=True)
    )


def _covered(run: tuple[int, int], spans: list[Span]) -> tuple[int, int] | None:
    inside = [i for i, span in enumerate(spans) if run[0] - 2 <= (span.left + span.right) / 2 <= run[1] + 2]
    return (inside[0], inside[-1]) if inside else None


def _ranges(
    chunks: list[Chunk], spans: list[Span], groups: list[tuple[int, int]], above: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    n, m = len(spans), len(chunks)
    if m == n:
        return [(i, i) for i in range(n)]
    if len(groups) == m:
        return groups
    single = _single(chunks, spans)
    if single:
        return single
    if m > n:
        return [_nearest(chunk, spans) for chunk in chunks]
    if m == 1 and len(above) > 1:
        return [_nearest_group(chunks[0], spans, above)]
    beside = _beside(chunks, spans, above)
    if beside:
        return beside
    even = _even(chunks, spans)
    if even:
        return even
    if m == 1:
        return [_overlapped(chunks[0], spans)]
    return _partition(chunks, spans)


def _middle(chunk: Chunk) -> float:
    return (chunk[1] + chunk[2]) / 2


def _centre(spans: list[Span], first: int, last: int) -> float:
    return (spans[first].left + spans[last].right) / 2


def _nearest(chunk: Chunk, spans: list[Span]) -> tuple[int, int]:
    best = min(range(len(spans)), key=lambda i: abs(_centre(spans, i, i) - _middle(chunk)))
    return best, best


def _nearest_group(chunk: Chunk, spans: list[Span], groups: list[tuple[int, int]]) -> tuple[int, int]:
    if chunk[1] <= _centre(spans, 0, 0) and chunk[2] >= _centre(spans, len(spans) - 1, len(spans) - 1):
        return 0, len(spans) - 1
    return min(groups, key=lambda g: abs(_centre(spans, *g) - _middle(chunk)))


def _beside(chunks: list[Chunk], spans: list[Span], above: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Two headings of which one goes on with the one heading above it (`Six Months` / `Ended` / `December 31,`): the
    other has the columns beside."""
    if len(chunks) != _PAIR or len(above) != 1 or above[0][0] == above[0][1]:
        return []
    first, last = above[0]
    offs = [abs(_centre(spans, first, last) - _middle(chunk)) for chunk in chunks]
    if min(offs) > _OFF:
        return []
    if offs[0] < offs[1]:
        return [(first, last), (last + 1, len(spans) - 1)] if first == 0 and last + 1 < len(spans) else []
    return [(0, first - 1), (first, last)] if last == len(spans) - 1 and first else []


def _even(chunks: list[Chunk], spans: list[Span]) -> list[tuple[int, int]]:
    """Equal groups of columns, each under the middle of its heading."""
    n, m = len(spans), len(chunks)
    if m < 2 or n % m:
        return []
    size = n // m
    ranges = [(i * size, (i + 1) * size - 1) for i in range(m)]
    pitch = (spans[-1].right - spans[0].left) / m
    good = all(
        10 * abs(_centre(spans, *pair) - _middle(chunk)) <= 3 * pitch
        for pair, chunk in zip(ranges, chunks, strict=True)
    )
    return ranges if good or _at_one_end(chunks, spans, ranges) else []


def _at_one_end(chunks: list[Chunk], spans: list[Span], ranges: list[tuple[int, int]]) -> bool:
    """Whether each heading is a date or a year that stands over the first of its columns, or each over the last."""
    if not all(_ATOM.fullmatch(chunk[0]) for chunk in chunks):
        return False
    over = [_nearest(chunk, spans)[0] for chunk in chunks]
    return over in ([first for first, _ in ranges], [last for _, last in ranges])


def _single(chunks: list[Chunk], spans: list[Span]) -> list[tuple[int, int]]:
    """Each heading's one column, where all stand over the middle of one and none speaks of a time."""
    made = [_nearest(chunk, spans) for chunk in chunks]
    if (
        len(set(made)) < len(made)
        or any(map(_spanning, chunks))
        or any(_SOME_DIGIT.search(chunk[0]) for chunk in chunks)
    ):
        return []
    return made if all(_fits(chunk, spans[at]) for (at, _), chunk in zip(made, chunks, strict=True)) else []


def _fits(chunk: Chunk, span: Span) -> bool:
    """Whether a heading stands over the middle of one column and is hardly wider than it."""
    _, start, end = chunk
    off = abs(span.left + span.right - start - end)
    return off <= _OFF and end - start <= span.right - span.left + 3


def _overlapped(chunk: Chunk, spans: list[Span]) -> tuple[int, int]:
    inside = [i for i, span in enumerate(spans) if span.left < chunk[2] and span.right > chunk[1]]
    if not inside:
        return _nearest(chunk, spans)
    if len(inside) > 1 or _spanning(chunk):
        # A heading centred over all columns, though narrower than they are, belongs to all of them.
        whole = _centre(spans, 0, len(spans) - 1)
        if abs(whole - _middle(chunk)) <= 4:
            return 0, len(spans) - 1
    return inside[0], inside[-1]


def _over_quarters(years: list[Chunk], below: list[Line], wanted: int) -> list[tuple[int, int]]:
    """The columns of years over quarters, where a line further down has a piece for each column: a year spans what stands
    from one quarter to the next that is no later in its year."""
    if len(years) >= wanted or not all(chunk[0].isdigit() and _ATOM.fullmatch(chunk[0]) for chunk in years):
        return []
    for line in below:
        pieces = split_atoms(line.text, wanted) if line.kind in (TEXT, HEADER) else []
        if len(pieces) != wanted:
            continue
        found = [re.match(_QUARTER, text) for text, _, _ in pieces]
        numbers = [_ORDINALS[each[1].lower()] if each else 0 for each in found]
        for down in (False, True):
            starts = _turns(numbers, down=down)
            if len(starts) == len(years):
                return list(zip(starts, [*(at - 1 for at in starts[1:]), wanted - 1], strict=True))
    return []


def _turns(numbers: list[int], *, down: bool) -> list[int]:
    """Where a year of quarters begins anew: at one that is no later than the quarter before it, or no earlier where they
    count `down`; nothing where no number is a quarter's."""
    starts, last = [0], 0
    for at, number in enumerate(numbers):
        if number and last and (number >= last if down else number <= last):
            # `YTD  Q2  Q1  Total  Q4  Q3`: what begins the first year begins the others too.
            starts.append(at - (not numbers[0] and not numbers[at - 1]))
        last = number or last
    return starts if last else []


def _partition(chunks: list[Chunk], spans: list[Span]) -> list[tuple[int, int]]:
    """Every column goes to the nearest heading, within what the headings can reach."""
    centres = [_centre(spans, i, i) for i in range(len(spans))]
    owner = [min(range(len(chunks)), key=lambda k: _distance(chunks[k], centre)) for centre in centres]
    made: list[tuple[int, int]] = []
    for k, chunk in enumerate(chunks):
        mine = [i for i, who in enumerate(owner) if who == k]
        # A heading over one column is of that alone; one over several may be narrower than all of them.
        touched = _touched(chunk, spans, mine, 0)
        touched = touched if len(touched) == 1 else _touched(chunk, spans, mine, _SLACK)
        mine = mine if _spanning(chunk) else touched or mine
        made.append((mine[0], mine[-1]) if mine else _nearest(chunk, spans))
    return made


def _touched(chunk: Chunk, spans: list[Span], columns: list[int], slack: int) -> list[int]:
    """The columns that a heading stands over, or no further than `slack` from."""
    return [i for i in columns if spans[i].left < chunk[2] + slack and spans[i].right > chunk[1] - slack]


def _distance(chunk: Chunk, place: float) -> tuple[float, float]:
    """How far a place is from a heading (nought below or above it), and from its middle."""
    return max(chunk[1] - place, place - chunk[2], 0), abs(_middle(chunk) - place)


def _spanning(chunk: Chunk) -> bool:
    return _OF_LENGTH.search(chunk[0]) is not None
