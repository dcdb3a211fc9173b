"""What the text of a cell is: a figure, a nil mark, a piece of one, a rule, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from orebook.model.named import NamedTuple
from orebook.read.html.dom import Cell, Flow, Paragraph, Piece, Table
from orebook.read.html.scan import locate

FIGURE, NIL, CURRENCY, CLOSER, RULE, WORDS, EMPTY = "figure", "nil", "currency", "closer", "rule", "words", "empty"

_MONEY = r"(?:(?:US|C|A|R|NZ|HK|CDN|Cdn)?[$€£¥]|USD|CAD|EUR|GBP)"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \xa0\u2009\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_MARKS = r"(?:\s*(?:\((?:\d{1,2}|[a-z]{1,2})\)|\*{1,3}|[†‡§#]))*"
# What stands behind a figure: points of per cent and hundredths of them (`(7.4)pp`, `120 bps`), or how many it counts
# (`$62 million`), or by which unit (`8,100 oz.`, `1.2M lbs`).
ENDS_BEHIND = (
    "million",
    "billion",
    "thousand",
    "p.p.",
    "pts.",
    "bn",
    "mn",
    "mm",
    "M",
    "B",
    "K",
    "oz",
    "oz.",
    "lb",
    "lbs.",
    "kg",
    "Koz",
    "Moz",
)
_UNIT = r"(?:(?:[KkMm]|million|thousand)\s?)?(?:oz|ounces|lbs?|pounds|tons|tonnes|kg|carats|GEOs|g/t)\.?"
_BEHIND = rf"(?:\s?(?:pp|pp?ts?\.?|p\.p\.|bps?|(?:(?:percentage|basis)\s)?points|million|billion|thousand|bn|mn|mm|[MBK]|{_UNIT}))?"
_FIGURE = re.compile(
    rf"\s*(?:\$?\s*\*{{1,3}}\s*|[~≈]\s*|(?:to|[Aa]pprox(?:\.|imately)|[Aa]bout)\s+)?(?P<figure>(?P<open>(?:[-–—−+(]\s*)?(?:{_MONEY}\s*)?(?:[-–−(]\s*)?)(?P<number>{_NUMBER})"
    rf"(?P<close>(?:\s*\))?(?:\s*%|\s?[xX¢]|c|\s?:\s?1(?:\.0+)?|(?<=\d\.\d)\s?years)?(?:\s*\))?{_BEHIND}))"
    rf"(?P<word>\s*days)?(?P<marks>{_MARKS})\s*$"
)
_FRACTION = re.compile(
    r"\s*(?P<figure>(?:\$\s*)?(?P<number>(?:\d{1,4}[\s\xa0-]?[\s\xa0]?)?(?:(?<!\d)\d{1,2}/(?:2|4|8|16|32|64)|[¼½¾⅛⅜⅝⅞])))\s*$"
)
_NIL = re.compile(
    rf"\s*(?P<figure>(?:{_MONEY}\s*)?(?:-0-|-(?:\s?-){{0,4}}|—(?:\s?—)?|–(?:\s?–)?|−|[Nn]/[AaMm]|NMF?|nm|NA|na|[Nn]il|NIL|[Nn]\.[AaMm]\.)(?:\s*%)?)(?P<marks>{_MARKS})\s*$"
)
_CURRENCY = re.compile(rf"\s*(?P<figure>{_MONEY}\s*\(?|\(\s*{_MONEY}?)\s*$")
_CLOSER = re.compile(rf"\s*(?P<figure>\)\s*%?|%\s*\)?|[xX]|%?\s?(?:pp|pp?ts?\.?|bps?))(?P<marks>{_MARKS})\s*$")
_RULE = re.compile(r"\s*[-=_]{3,}\s*$")
_ENDS_OF_RANGE = re.compile(r"\s*(?P<low>\S[^-–—−]*?)\s*(?:\b(?P<told>to)\b|[-–—−])\s*(?P<high>[^-–—−\s][^-–—−]*)$")
_YEARS = re.compile(r"\s*(?:19|20)\d\d\s*\S+\s*(?:19|20)\d\d\s*$")
_NOTE = re.compile(r"\(\d{1,2}\)$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LONGEST_FIGURE = 48
_SIGNS = ("%", "$", "€", "£")


_MARKS_IN_A_ROW = r"(?:\d{1,2}(?:, ?\d{1,2})+|[a-z](?:, ?[a-z])+)"


class Token(NamedTuple):
    """What a cell holds. `text` is what is printed, blanks folded; for a figure without what follows it.

    `tail` is what follows a figure in its cell (marks, `x`, `bps`); `offset` the figure's characters in the
    source. `mark` is True for `(1)`, which is a footnote mark or minus one; `year` for a bare year.
    """

    kind: str
    text: str
    tail: str = ""
    offset: tuple[int, int] | None = None
    mark: bool = False
    year: bool = False


_NOTHING = Token(EMPTY, "")


def token(cell: Cell) -> Token:
    """What stands in a cell."""
    pieces = pieces_of(cell.flow)
    plain = [piece for piece in pieces if not piece.raised]
    text = "".join(piece.text for piece in plain)
    bare = text.strip()
    if not bare:
        return _NOTHING if len(plain) == len(pieces) else _words(pieces)
    if len(bare) > _LONGEST_FIGURE:
        return _words(pieces)
    if bare[-1] not in _ENDS and bare not in _NIL_WORDS and not bare.endswith(ENDS_BEHIND):
        return _words(pieces)
    raised = "".join(mark_text(piece) for piece in pieces if piece.raised and piece.text.strip())
    return _read(text, plain, raised) or _words(pieces)


_NIL_WORDS = frozenset(
    ("n/a", "N/A", "n/m", "N/M", "NM", "NMF", "nm", "NA", "na", "nil", "Nil", "NIL", "n.a.", "N.A.", "n.m.", "N.M.")
)
_GLYPHS = "¼½¾⅛⅜⅝⅞"
_ENDS = frozenset(f"0123456789)%-–—−=_$€£¥(*†‡§#xXspD¢tRPc{_GLYPHS}")


def range_of(cell: Cell) -> tuple[Token, Token] | None:
    """The two ends of a range that fills a cell (`690 - 720`, `$12 to $14`); the lower at least half of the upper where a dash
    parts them, which may also part the numbers of a name, and no sign at both says what they are (`0% - 2%`)."""
    plain = [piece for piece in pieces_of(cell.flow) if not piece.raised]
    text = "".join(piece.text for piece in plain)
    found = _ENDS_OF_RANGE.match(text) if len(text) <= _LONGEST_FIGURE else None
    if found is None or _YEARS.match(text):
        return None
    ends = [_FIGURE.match(text, *found.span(name)) for name in ("low", "high")]
    if not all(end and not end["word"] and end["open"].strip("USCA$€£ ") == "" for end in ends):
        return None
    low, high = (Decimal("".join(end["number"].replace(",", "").split())) for end in ends if end)
    signed = all(end and any(map(end["figure"].__contains__, _SIGNS)) for end in ends)
    if not low < high or (high > 2 * low and not (found["told"] or signed)):
        return None
    one, two = (Token(FIGURE, fold(end["figure"]), offset=offsets(plain, end)) for end in ends if end)
    return one, two


def _read(text: str, plain: Sequence[Piece], raised: str) -> Token | None:
    """The figure, nil mark or piece of one that `text` is; None for words."""
    if (found := _FIGURE.match(text)) and found["number"] != "000":
        printed = fold(found["figure"])
        tail = fold(found["word"] or "") + _space(found["marks"]) + raised
        year = bool(_YEAR.match(printed)) and not found["close"]
        note = bool(_NOTE.match(printed)) and not tail
        return Token(FIGURE, printed, tail, offsets(plain, found), mark=note, year=year)
    if ("/" in text or text.rstrip()[-1:] in _GLYPHS) and (found := _FRACTION.match(text)):
        return Token(FIGURE, fold(found["figure"]), raised, offsets(plain, found))
    if _RULE.match(text):
        return Token(RULE, text.strip()[:1].replace("_", "-"))
    for kind, pattern in ((NIL, _NIL), (CURRENCY, _CURRENCY), (CLOSER, _CLOSER)):
        if found := pattern.match(text):
            tail = _space(found["marks"]) + raised if kind != CURRENCY else raised
            return Token(kind, fold(found["figure"]), tail, offsets(plain, found))
    return None


def _words(pieces: Sequence[Piece]) -> Token:
    text = words(pieces)
    return Token(WORDS, text) if text else _NOTHING


def _space(marks: str) -> str:
    return f" {fold(marks)}" if marks.strip() else ""


# ---------------------------------------------------------------------------------------------------- text


def pieces_of(flow: Flow) -> list[Piece]:
    """All pieces of a flow, tables in it included, a line break between paragraphs."""
    if len(flow) == 1 and isinstance(flow[0], Paragraph):
        return flow[0].pieces
    made: list[Piece] = []
    for item in flow:
        if isinstance(item, Paragraph):
            if made:
                made.append(Piece("\n", None))
            made += item.pieces
        elif isinstance(item, Table):
            for row in item.rows:
                for cell in row.cells:
                    made.append(Piece("\n" if made else "", None))
                    made += pieces_of(cell.flow)
    return made


def fold(text: str) -> str:
    """Blanks folded to one, none at the ends."""
    return " ".join(text.split())


_ORDINAL = frozenset(("st", "nd", "rd", "th", "®", "™", "tm", "sm", "℠", "©"))


def mark_text(piece: Piece) -> str:
    """A superscript as it reads on a line: `1` and `(1)` as ` (1)`; `th` and `®` stay as they are."""
    bare = piece.text.strip()
    if not bare or bare.lower() in _ORDINAL or not (bare[0].isalnum() or bare[0] in "(*†‡§#,"):
        return piece.text
    if len(bare) <= 2 and bare.isalnum():
        return f" ({bare})"
    if "," in bare and re.fullmatch(_MARKS_IN_A_ROW, bare):
        return f" ({bare})"
    return f" {bare}"


def words(pieces: Sequence[Piece]) -> str:
    """The text of pieces on one line."""
    return fold("".join(mark_text(piece) if piece.raised else piece.text for piece in pieces))


def broken(pieces: Sequence[Piece]) -> list[str]:
    """The text of pieces, a line for each line break, empty lines left out."""
    whole = "".join(mark_text(piece) if piece.raised else piece.text for piece in pieces)
    return [line for line in map(fold, whole.split("\n")) if line]


def offsets(plain: Sequence[Piece], found: re.Match[str]) -> tuple[int, int] | None:
    """Where a figure stands in the source.

    The range runs from the first to the last character of the figure that stands in the same text run as
    its digits: what another element adds (`$`, `)`, `%`) is left out, so the range holds no markup unless
    the digits themselves are cut by some.
    """
    start, end = found.span("figure")
    first, last = found.span("number") if "number" in found.re.groupindex else (start, end)
    at = 0
    began = ended = -1
    for piece in plain:
        stop = at + len(piece.text)
        if piece.run is not None and piece.text:
            if began < 0 and first < stop:
                began = piece.run.offset + locate(piece.run.raw, max(start, at) - at, min(end, stop) - at)[0]
            if at < last <= stop:
                ended = piece.run.offset + locate(piece.run.raw, max(start, at) - at, min(end, stop) - at)[1]
        at = stop
    return (began, ended) if 0 <= began < ended else None
