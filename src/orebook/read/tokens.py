"""Number tokens of a line, and which of them stand in columns at its end."""

from __future__ import annotations

import re

from orebook.model.slotted import replaced, slotted

# A figure: currency sign (attached, or up to nine blanks off), sign, digits with or without commas, closing
# parenthesis or per cent sign.
_CURRENCY = r"(?:US|Cdn|CDN|NZ|HK|[ACR])?[$€£¥]"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_FIGURE = (
    rf"(?:{_CURRENCY}[ \t]{{0,12}})?"
    rf"(?:\([ \t]{{0,6}}(?:{_CURRENCY}[ \t]{{0,8}})?-?{_DIGITS}[ \t]?%?(?:[ \t]{{0,2}}\)%?)?|[-+]?(?:{_CURRENCY}[ \t]{{0,8}})?{_DIGITS}(?:[ \t]?%)?\)?%?|{_DIGITS}-(?=\s\s|\Z))"
    r"(?:[ \t]?[CD]R)?"
)
_NIL = rf"(?:{_CURRENCY}[ \t]{{0,12}})?(?:-0-|- -|-{{1,3}}|[—–]{{1,3}}|\(-+\))(?:[ ]?%)?"
# `nm`, `NA` and `n.m.` stand in a column of their own: `65 nm` in a label is a length.
# `(a)` in the last columns of a row refers to a note that says why nothing is printed.
_WORDS = r"(?:(?<=\s\s\s)\([a-z]\)(?=(?:\s+\([a-z]\))*\Z)|[Nn]/[AaMm]|NM|nil|None|none|(?<!\S\s)(?:nm|NMF|NA|na|[Nn]\.[AaMm]\.|\*(?=\s\s|\Z)))"
# `(2,902)(2,744)`: a figure in brackets that touches the one before it; `(1)(2)` are marks.
_TOUCHING = r"\(\$?(?:\d{1,3},\d{3}|\d{3}|\d*\.\d)"
CELL = re.compile(
    rf"(?:(?<![^\s|$])|(?<=[).\d])(?=\$)|(?<=\d\))(?={_TOUCHING}))(?:{_FIGURE}(?:[xXcp¢]|\(C\)|[ ]?:[ ]?1(?:\.0+)?)?(?P<mark>\*{{1,3}}|\([a-z0-9]\)|(?:(?<=\d{{3}})|(?<=\.\d\d)|(?<=[\d.,]\d\d\))) \([a-z0-9]\)(?=\s\s|\Z))?|{_NIL}|{_WORDS})(?=[\s|$]|\Z|(?<=\d\)){_TOUCHING})"
)
# The figures of most lines: `$` with blanks or without, grouped digits, parentheses; and `--` or `- -` in a column of its
# own. What was taken once is not given back (`*+`): a column that holds something else is left at the first look.
_PLAIN_DIGITS = r"(?:\d{1,3}+(?:,\d{3})*+(?!\d)|\d++)(?:\.\d++)?"
_PLAIN = re.compile(
    rf"(?:(?<! )( ++)|\A)((?:\$ {{0,12}}+)?(?:\((?:\$ {{0,8}}+)?{_PLAIN_DIGITS}\)|{_PLAIN_DIGITS}%?|(?<=\s\s)-(?:-| -)(?=\s\s|$)))(?=\s|$)"
)
_FIGURE_CHARACTERS = "0123456789,.$()%-+ \t|—–*€£¥¢:"
_GLUED = "xXcp¢"  # `5.5x`, `14c`, `12.3p`; a cent sign is also written as `14(C)`
_DOTTED = ("n.m.", "n.a.", "N.M.", "N.A.")
_NOTED = re.compile(r"\s{3}\([a-z]\)\Z")
_NIL_WORDS = (
    "N/A",
    "n/a",
    "N/M",
    "n/m",
    "NM",
    "nil",
    "None",
    "none",
    *(f"  {word}" for word in ("nm", "NMF", "NA", "na", *_DOTTED)),
)
_LAST_OF_WORDS = frozenset([*_GLUED, *(word[-1] for word in _NIL_WORDS)])
_MARK = 3  # characters of `(1)`
_DOLLARS = ("US", "Cdn", "CDN", "NZ", "HK", "C", "A", "R")
_SIGNS = ("$", "€", "£", "¥")
YEAR = re.compile(r"(?:19|20)\d\d$")
_DASHES = ("-", "--", "—", "–")
_LAST = frozenset(f"0123456789)%-—–*|AFMLamlR{_GLUED}¼½¾⅛⅜⅝⅞")
# `Sales ..............59,032`: the dots that lead to a figure and touch it.
_LEADER = re.compile(r"(?<!\.)\.{3,}+(?=[\d$(])")
# `**39,327`, `$*1,204`: a footnote mark before its figure, in a column of its own.
_MARK_BEFORE = re.compile(r"(?<=\s\s)\$?\s?\*{1,3}(?=\(?\d)")
_OF_YEARS = ("years", "yrs")
# `134,000      3.7 years      $ 8.00`: years in a column of their own, between others.
_YEARS = re.compile(r"(?<=\s\s)(\d{1,3}(?:\.\d+)?) (?:years|yrs\.?)(?=\s\s+[\d$(])")
# `R 49.0`, `R(34.1)`: rand before a figure in a column of its own.
_MARKED = re.compile(r"(?:\s\s|\$\s*)\(?\$?[\d,.]*\d\)?\s?\([a-z]\Z")
_LONGEST = 24  # characters of a figure with its mark
_RAND = re.compile(r"(?<=\s\s)R(?=\s{0,3}[\d(])")
# A range in a column of its own: `165-170`, `$0.72-$0.78`.
_END = rf"(?:{_CURRENCY})?{_DIGITS}%?"
_RANGE = re.compile(rf"(?<=\s\s)({_END})[-–]({_END})(?!\S)")
# A range told with a word, in a column of its own: `430 to 450`, `$900 to $950`. Few lines hold one.
_TOLD = rf"(?<=\s\s)({_END}) to ({_END})(?=\s\s|\Z)"
_SIGN_OF_RANGE = "USACRNZHKdnDN$€£¥ "
_TO, _BEFORE_TO = " to ", frozenset("0123456789%")
_BETWEEN_ENDS = frozenset(("-", "--", "–", "—", "to"))
_WIDEST_DASH = 6  # characters
# What stands behind a figure in a column: points of per cent and hundredths of them (`(7.4)pp`, `120 bps`), or how many it
# counts (`$62 million`).
_BEHIND = (
    r"(?<=[\d)%]) ?(?:pp|pp?ts?|p\.p\.|bps?|(?:(?:percentage|basis) )?points)(?=\s\s|\Z)"
    r"|(?:(?<=\d)|(?<=\d\))) (?:million|billion|thousand)(?=\s\s|\Z)"
)
_COUNTED = rf"\s\s\(?{_END}(?:(?: ?[-–] ?| to ){_END})?\)? (?:million|billion|thousand)(?=\s\s|\Z)"
_LAST_BEHIND = frozenset("pst.nd")
_ENDS_BEHIND = ("pp", "pt", "pts", "p.p.", "bp", "bps", " points", " million", " billion", " thousand")
_BEHIND_INSIDE = (
    "pp  ",
    "pt  ",
    "pts  ",
    "bps  ",
    "p.  ",
    "bp  ",
    " points  ",
    " million  ",
    " billion  ",
    " thousand  ",
)
# A price in eighths and their kind, in a column of its own: `12 1/8`, `$25-3/4`, `7/16`, `11½`.
_FRACTION = (
    r"(?:(?<=\s\s)|(?<=\$)|(?<=\$ ))(?:\d{1,4}(?: {1,2}|-)?)?(?:\d{1,2}/(?:2|4|8|16|32|64)|[¼½¾⅛⅜⅝⅞])(?=\s\s|\Z)"
)
_PARTS = "/¼½¾⅛⅜⅝⅞"
_LAST_OF_USUAL = frozenset("0123456789)")
_LAST_OF_TAILS = _LAST.union(end[-1] for end in (*_ENDS_BEHIND, *_DOTTED))
# What may end a figure or begin the next one, where a label ends; by the last character.
_ENDS = (*_GLUED, *_PARTS, *_ENDS_BEHIND, *_OF_YEARS, *_NIL_WORDS, " to", " R")
_ENDS_OF_FIGURES = {last: tuple(end for end in _ENDS if end[-1] == last) for last in {end[-1] for end in _ENDS}}
_DIGIT_OR_NIL = re.compile(r"\d|--|- -|—|–| -(?:\s|$)")


@slotted
class Piece:
    """A token that stands in the columns at the end of a line; `mark` is a footnote mark glued to it.

    `start` and `end` are columns of the line as given; `left` and `edge` say where it stands on the page
    (tabs expanded): its first column, and the column after its last digit. Closing parentheses and per cent
    signs do not shift the edge.
    """

    start: int
    end: int
    left: int
    edge: int
    text: str
    mark: str


def tail(line: str, *, ranges: bool = True) -> list[Piece]:
    """The run of figures and nil marks that ends a line, left to right; [] where text ends it. `ranges` False takes
    `165-170` for words."""
    bare = line.rstrip()
    last = bare[-1:]
    if last not in _LAST_OF_TAILS:
        return []
    if last in _LAST_OF_USUAL and (usual := _usual_tail(bare)):
        return usual
    worded = last in _LAST_BEHIND and bare.endswith(_ENDS_BEHIND)
    if last not in _LAST and not worded and not bare.endswith(_DOTTED):
        return []
    if "..." in bare:
        bare = _LEADER.sub(_blanked, bare)
    if "*" in bare and _MARK_BEFORE.search(bare):
        bare = _MARK_BEFORE.sub(_blanked, bare)
    if worded and (plain := _without_behind(bare)) != bare:
        return [_with_behind(bare, piece) for piece in tail(plain, ranges=ranges)]
    if ranges and _TO in bare and bare[bare.rfind(_TO) - 1] in _BEFORE_TO:
        bare = re.sub(_TOLD, _told_apart, bare)
    if "  R" in bare and _RAND.search(bare):
        return [_in_rand(bare, piece) for piece in _pieces(_RAND.sub(" ", bare), ranges=ranges)]
    return _pieces(bare, ranges=ranges)


def _usual_tail(bare: str) -> list[Piece] | None:
    """The figures of the usual line: a label, and nothing but plain figures to the end. None where a word, a sign or a mark
    that belongs to a figure may end the label."""
    begin = len(bare.rstrip(_FIGURE_CHARACTERS))
    if not begin or bare[begin] in _SIGNS or (bare[begin] == ")" and bare[begin - 2 : begin - 1] == "("):
        return None
    ends = _ENDS_OF_FIGURES.get(bare[begin - 1])
    return None if ends and bare.endswith(ends, 0, begin) else _plain_tail(bare, begin)


def _without_word(match: re.Match[str]) -> str:
    """A number of years without its word, as long."""
    return match[1].ljust(len(match[0]))


def _pieces(bare: str, *, ranges: bool) -> list[Piece]:
    """The run of figures that ends a line without blanks behind it."""
    begin = _columns_begin(bare)
    worded = bare[begin - 1] in _LAST_BEHIND and bare.endswith(_ENDS_BEHIND, 0, begin)
    if begin < len(bare) and (worded or (not begin and any(map(bare.__contains__, _BEHIND_INSIDE)))):
        plain = _without_behind(bare)
        if plain != bare:
            return [_with_behind(bare, piece) for piece in tail(plain, ranges=ranges)]
    if begin and bare[begin - 1] == "s" and bare.endswith(_OF_YEARS, 0, begin) and _YEARS.search(bare):
        bare = _YEARS.sub(_without_word, bare)
        begin = _columns_begin(bare)
    if begin and bare[begin - 1] in _PARTS and re.search(_FRACTION, bare):
        return [_as_fraction(bare, piece) for piece in _pieces(re.sub(_FRACTION, _as_digits, bare), ranges=False)]
    if begin == len(bare):
        return []
    quick = _plain_tail(bare, begin)
    if quick is not None:
        return _with_glued_sign(bare, quick) if quick else []
    if not _DIGIT_OR_NIL.search(bare, begin):
        noted = _NOTED.search(bare) is not None
        found = _any_tail(bare, begin) if noted or bare.endswith(_NIL_WORDS) else []
        if noted and len({piece.text for piece in found}) > 1:
            return []  # `(a)    (b)    (c)`: the letters of columns
        return found if len(found) > 1 else []
    return _any_tail(bare, begin, ranges=ranges)


def _as_digits(match: re.Match[str]) -> str:
    """A fraction as a whole number of the same length, which the grammar of figures knows."""
    return "".join(char if char.isdecimal() else "0" for char in match.group())


def _as_fraction(line: str, piece: Piece) -> Piece:
    text = line[piece.start : piece.end]
    return piece if text == piece.text else replaced(piece, text=text)


def _in_rand(line: str, piece: Piece) -> Piece:
    """A figure with the letter for rand that stands before it."""
    before = line[: piece.start].rstrip()
    if not before.endswith("  R"):
        return piece
    start = len(before) - 1
    return replaced(piece, start=start, left=piece.left - (piece.start - start), text=line[start : piece.end])


def _without_behind(line: str) -> str:
    """A line with blanks for the words that stand behind figures; `million` is such a word in a column of its own alone,
    right of a label."""
    if "illion" in line or "thousand" in line:
        found = re.search(_COUNTED, line)
        if found is None or not line[: found.start()].strip():
            return line
    return re.sub(_BEHIND, _blanked, line)


def _with_behind(line: str, piece: Piece) -> Piece:
    """A figure with the words that stand behind it."""
    found = re.compile(_BEHIND).match(line, piece.end)
    return replaced(piece, end=found.end(), text=line[piece.start : found.end()]) if found else piece


def is_range(one: Piece, two: Piece, line: str) -> bool:
    """Whether two pieces are the ends of a range: a dash alone or `to` parts them, with blanks about it or without."""
    return two.start - one.end <= _WIDEST_DASH and line[one.end : two.start].strip() in _BETWEEN_ENDS


def _parted(match: re.Match[str]) -> str:
    """`165-170` as the two figures that it is, where it is a range; else as it stands."""
    low, high = match.groups()
    years = is_year(low) and is_year(high)
    return f"{low} {high}" if _ascends(low, high) and not years and _is_near(low, high) else match.group()


def _told_apart(match: re.Match[str]) -> str:
    """`430 to 450` as the two figures that it is, each in its place; years as they stand."""
    low, high = match.groups()
    told = _ascends(low, high) and not (is_year(low) and is_year(high))
    return f"{low}{' ' * len(_TO)}{high}" if told else match.group()


def _is_near(low: str, high: str) -> bool:
    """Whether the upper figure is at most twice the lower, and neither a single digit: `1-11803` is a file's number."""
    one, two = (int("".join(filter(str.isdigit, text))) for text in (low, high))
    return len(low.lstrip(_SIGN_OF_RANGE)) > 1 and two <= 2 * one


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _plain_tail(line: str, begin: int) -> list[Piece] | None:
    """The usual line, quickly: dollars, commas, parentheses, two blanks between. None leaves it to the full grammar."""
    found: list[Piece] = []
    # Before the first figure only the label's own last marks may stand.
    while begin < len(line) and line[begin] in ".,):":
        begin += 1
    end = begin
    for blanks, text in _PLAIN.findall(line, begin):
        start = end + len(blanks)
        end = start + len(text)
        # A mark one blank after a figure needs the full grammar, as what touches its neighbour does.
        if len(blanks) == 1 and len(text) == _MARK and found:
            return None
        found.append(Piece(start, end, start, end - 1 if text[-1] in ")%" else end, text, ""))
    # Where something stands between the figures, they and their blanks do not reach to the end.
    return found if end == len(line) and found else None


def _any_tail(bare: str, begin: int, *, ranges: bool = True) -> list[Piece]:
    """The run of cells by the full grammar: nil marks, footnote marks, other currencies, percentages."""
    found: list[Piece] = []
    stop = begin
    if ranges and _RANGE.search(bare, begin):
        bare = _RANGE.sub(_parted, bare)
    for match in CELL.finditer(bare, begin):
        start, end = match.span()
        # A currency sign alone between two figures is an empty cell.
        if found and bare[stop:start].strip(" \t|$"):
            found.clear()
        mark = match.group("mark") or ""
        stop = end
        last = end - len(mark)
        found.append(Piece(start, last, start, _edge(bare, start, last), bare[start:last], mark))
    if not found or bare[stop:].strip(" \t|"):
        return []
    if (
        found[0].text.rstrip(" %") in _DASHES
        and found[0].start > 1
        and not bare[found[0].start - 2 : found[0].start].isspace()
    ):
        # `per share amounts -`: a dash that follows a word is punctuation, not a nil mark.
        del found[0]
        if not found:
            return []
    if found[0].text[-1] in _GLUED and found[0].start > 1 and not bare[found[0].start - 2 : found[0].start].isspace():
        # `Item 2c      5,000`: what is one blank after a word is the word's.
        del found[0]
        if not found:
            return []
    found = _without_listed(bare, found)
    found = _with_glued_sign(bare, found)
    return _on_the_page(bare, found) if "\t" in bare else found


def _columns_begin(line: str) -> int:
    """The first place from which on no letter stands but those of nil words, currencies and footnote marks."""
    last = line[-1]
    if last.isalpha():
        return 0 if line.endswith(_NIL_WORDS) or _ends_in_side(line) or _is_glued(line, len(line)) else len(line)
    if last == ")" and line[-3:-2] == "(" and line[-2].isalpha():
        return 0
    if last == "." and line.endswith(_DOTTED):
        return 0
    begin = len(line.rstrip(_FIGURE_CHARACTERS))
    while begin and line[begin : begin + 1] in _SIGNS:
        # `C$39,110    C$24,150`
        before = line[: begin - next((len(name) for name in _DOLLARS if line[:begin].endswith(name)), 0)]
        if len(before) == begin or not before[-1:].isspace():
            begin = len(before)
            break
        begin = len(before.rstrip(_FIGURE_CHARACTERS))
    while begin and line[begin : begin + 1] == ")" and _MARKED.search(line, max(0, begin - _LONGEST), begin):
        # `$  519 (b)      $(13,907)`: a figure with its mark before others
        begin = len(line[: begin - 2].rstrip(_FIGURE_CHARACTERS))
    worded = begin and line[begin - 1] in _LAST_OF_WORDS
    return 0 if worded and (line.endswith(_NIL_WORDS, 0, begin) or _is_glued(line, begin)) else begin


def _is_glued(line: str, end: int) -> bool:
    """Whether a figure with a letter after it ends at a place of a line: `5.5x`, `14c`."""
    return line[end - 1] in _GLUED and line[end - 2 : end - 1].isdigit()


def _ends_in_side(line: str) -> bool:
    """Whether a line ends in a figure with its side of the account: `1,204 CR`, `998DR`."""
    return line.endswith(("CR", "DR")) and line[:-2].rstrip()[-1:].isdigit()


def _without_listed(line: str, found: list[Piece]) -> list[Piece]:
    """What dashes between two figures mean: `0.39 - 20.79` in a column of its own is a range, its dash no nil mark, also
    with its ends set under those of other prices (`16.56 -   43.63`); `issued: 1998 - 55,156,324 and 1997 - 55,094,200
    13,789`: what a lone dash joins to words is text."""
    for i in range(len(found) - 2, 0, -1):
        before, dash, after = found[i - 1 : i + 2]
        # `$1,860  -  $1,900`: nothing in a row of signs would bear one too.
        alike = before.text[0] == "$" == after.text[0] or before.text[-1] == "%" == after.text[-1]
        signed = alike and is_range(before, after, line)
        if dash.text not in _DASHES or (dash.start - before.end != 1 and not signed):
            continue
        near = after.start - dash.end <= 2 or ("." in after.text and is_range(before, after, line))
        if (near or signed) and line[: before.start].endswith("  ") and _ascends(before.text, after.text):
            found = [*found[:i], *found[i + 1 :]]
        elif after.start - dash.end == 1 and found[i + 2 :]:
            return found[i + 2 :]
    return found


def _ascends(low: str, high: str) -> bool:
    """Whether two figures are a range: both positive, as finely printed, the second the larger."""
    one, two = (text.lstrip(_SIGN_OF_RANGE).rstrip("% ").replace(",", "") for text in (low, high))
    alike = all(text.replace(".", "", 1).isdecimal() for text in (one, two)) and _places(one) == _places(two)
    return alike and (len(one), one) < (len(two), two)


def _places(digits: str) -> int:
    return len(digits.partition(".")[2])


def _with_glued_sign(line: str, found: list[Piece]) -> list[Piece]:
    """`expenses$   28,043`: the currency sign that the label runs into belongs to the first figure."""
    first = found[0]
    before = line[: first.start].rstrip(" \t")
    if before.endswith("$") and first.text[0] != "$" and first.start - len(before) <= 12:
        start = len(before) - 1
        found[0] = Piece(start, first.end, start, first.edge, line[start : first.end], first.mark)
    return found


def _on_the_page(line: str, found: list[Piece]) -> list[Piece]:
    return [
        replaced(piece, left=len(line[: piece.start].expandtabs()), edge=len(line[: piece.edge].expandtabs()))
        for piece in found
    ]


def _edge(line: str, start: int, end: int) -> int:
    while end > start + 1 and (line[end - 1] in "()% \tCDRxXcp¢" or (line[end - 1] == "-" and line[end - 2].isdigit())):
        end -= 1
    return end


def is_year(text: str) -> bool:
    """Whether a token is a bare year, 1900 to 2099."""
    return len(text) == 4 and YEAR.match(text) is not None
