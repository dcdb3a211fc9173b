"""What each line of a plain-text document is, looked at alone."""

from __future__ import annotations

import re
from itertools import pairwise, repeat

from orebook.model.slotted import replaced, slotted
from orebook.read.grouping import closed_up, groups_by_blanks
from orebook.read.tokens import Piece, is_range, is_year, tail

BLANK, RULE, FIGURES, HEADER, TEXT, MARKUP, PAGE = "blank", "rule", "figures", "header", "text", "markup", "page"
WORDS = "words"  # of a row that prints words in the columns of figures

MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_SIGNS_FIRST = frozenset("-=_~*.+|—–<")
_RULE = re.compile(r"[\s\-=_~*.+|—–]*$")
_RULE_RUN = re.compile(r"[-=_~*.]{3,}|[—–]{4,}|(?:[-=_] ){3,}|(?<!\S)(?:--|==|__)(?!\S)")
_DASHES = frozenset("-–—")
_JUSTIFIED = 2  # blanks between words that are spread over the line
_NIL_ONLY = re.compile(r"\s*(?:- -|--?|—)(?:\s{2,}(?:- -|--?|—))*\s*$")
_MARKUP = re.compile(
    r"\s*</?(?:PAGE|TABLE|TEXT|DOCUMENT|TYPE|SEQUENCE|FILENAME|DESCRIPTION|SUBMISSION)\b", re.IGNORECASE
)
_TAG = re.compile(r"</?(?:CAPTION|S|C|FN|F\d+|B|I|U)>", re.IGNORECASE)
_MONTH_END = re.compile(rf"\b{MONTHS}\.?$", re.IGNORECASE)
_DAY_END = rf"(?i)\b{MONTHS}\.? \d{{1,2}},$"
_OF_THAT_YEAR = (" -", " –", ":", " --")  # `2005 - $76,400)`
_GOES_ON = re.compile(r" (?:in|for|and|of)$")
_SCALE = r"\(?(?:[A-Z]{0,3}[$£€][A-Z]?|R)?['’]?000(?:['’]?s)?\)?$"
_APART = re.compile(r"(?:(?<=[$£€R])|(?<=\$[A-Z])) (?=['’]?000)")
_THOUSANDS = re.compile(r"\((?:[A-Z]{0,3}\$)?\s?['’]?000(?:,000)?\)$")
_SHARE = re.compile(r"\(\d{1,3}(?:\.\d+)?%\)$")
_AROUND_SCALE = "()$£€'’ ARUSCNZHKdns"
_NEAR = 4  # lines
_SHORT = 16  # characters
_OF_YEARS = ("fiscal", "fiscal year", "fy", "calendar year")
_ENDS = 2  # of a range
_FEW = 4
_SENTENCE = 4  # blanks between the words of a line that is part of a sentence
_SIGNED_RANGE = re.compile(r"\$[\d.,]+[-–]\$[\d.,]+|[\d.]%[-–][\d.]+%")
_PRICES = re.compile(r"\s{0,12}\$\s{0,3}[\d,.]*\d ?(?:-|–|to) ?\$?\s{0,3}[\d,.]*\d(?=\s\s)")
# `Mine No. 5`, `Deer Creek Unit 2`: what is called by a number.
# `shares issued and outstanding 13        980       980`
_COUNTED_STOCK = (" issued", " outstanding", " authorized")
_NUMBERED = re.compile(r"\b(?:Nos?\.|Number|Unit|Shaft|Phase|Mine|Level|Plant|Pit|Line|Kiln|Mill|Block|Zone|Stage)$")
_BEFORE_A_YEAR = re.compile(
    rf"(?:\b(?:{MONTHS}\.?(?: \d{{1,2}},?)?|and|to|of|through|in|due|until|by|since|fiscal|year|from|before|after|[QH][1-4]|[1-4][QH]|\d{{1,2}}M|FY|YTD|quarter|half|average)|&|,)$",
    re.IGNORECASE,
)
# `ASSETS      ---------   --------`: a label with the rule of the line beside it.
_RULE_BESIDE = re.compile(r"\s{2,}(?:[-=_]{4,}\s*)+$")
_PAGE_NUMBER = re.compile(
    r"\s*(?:-\s?\d{1,3}\s?-|[FSAB]-\d{1,3}|Page\s+\d{1,3}(?:\s+of\s+\d{1,3})?|\d{1,3}|[ivx]{1,5})\s*$", re.IGNORECASE
)
# What Canada NewsWire puts around a table.
_OPEN_OR_SHUT = ("<<", ">>")
_DATES_ONLY = re.compile(
    rf"(?:\s|,|\.|/|-|\$|\d{{1,2}},?(?=\s)|(?:19|20)\d\d|{MONTHS}\b\.?|and|to|ended?|as of|at|unaudited|audited|restated|\(|\)|fiscal|quarter|months?|weeks?|years?|three|six|nine|twelve|first|second|third|fourth|[QH][1-4]|[1-4][QH]|Q\b|[369]M\b|F?YTD(?:\d\d\b)?|FY(?:['’]?\d\d\b)?|1st|2nd|3rd|4th|qtrs?\.?)*$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\(?\b\d{3}\)?[-/ .]\d{3}-\d{4}\b")


@slotted
class Line:
    """A classified line: `number` from 1, `kind` one of the constants above, `pieces` its columns of figures.

    `label` is the text left of the pieces (all of it for a line without), `indent` where it begins.
    """

    number: int
    kind: str
    text: str
    label: str
    indent: int
    pieces: list[Piece]


def classify(lines: tuple[str, ...], first: int = 1) -> list[Line]:
    """The kinds of all lines; tabs are taken as they stand."""
    look = _grouped_line if groups_by_blanks(lines) else _line
    made = [look(number, line) for number, line in enumerate(lines, first)]
    numbered = [i for i, line in enumerate(made) if line.pieces]
    _settle_figures(made, numbered)
    _leave_lone_ranges(made, numbered)
    _name_by_ranges(made, numbered)
    _take_years_as_labels(made, numbered)
    return made


def _settle_figures(lines: list[Line], numbered: list[int]) -> None:
    """What a subtotal alone and a row of figures like years are, by the lines about them; `numbered` are the lines with
    columns of numbers."""
    for i in numbered:
        line = lines[i]
        if not i or line.kind == FIGURES:
            continue
        if _is_subtotal(lines, i) if line.kind == PAGE else _is_row_between(lines, i):
            lines[i] = replaced(line, kind=FIGURES)


def _grouped_line(number: int, line: str) -> Line:
    """A line whose figures part thousands by blanks, its texts as printed."""
    closed = closed_up(line)
    made = _line(number, closed)
    if closed == line:
        return made
    pieces = [replaced(piece, text=line[piece.start : piece.end]) for piece in made.pieces]
    at = closed.find(made.label)
    label = line[at : at + len(made.label)] if at >= 0 else made.label
    return replaced(made, text=line.rstrip(), label=label, pieces=pieces)


def relexed(line: Line, text: str, *, grouped: bool) -> Line:
    """A line looked at anew with another text, where that is no rule; `grouped` where the document parts thousands by
    blanks."""
    made = read_anew(line, text, grouped=grouped)
    return made if made.kind in (FIGURES, HEADER, TEXT) else line


def read_anew(line: Line, text: str, *, grouped: bool) -> Line:
    """A line with another text, whatever kind that makes it."""
    return _grouped_line(line.number, text) if grouped else _line(line.number, text)


def _leave_lone_ranges(lines: list[Line], numbered: list[int]) -> None:
    """A range before the label, or in one row alone (`Machinery   10-12      71,094`), is text; figures where the rows
    about it print ranges too, or where it ends a row whose other figures stand before it."""
    ranged = [i for i in numbered if lines[i].kind == FIGURES and has_range(lines[i])]
    for i, before, after in zip(ranged, [-_NEAR - 1, *ranged], [*ranged[1:], len(lines) + _NEAR], strict=False):
        lone = min(i - before, after - i) > _NEAR
        if not lines[i].label or (lone and not _ends_in_range(lines[i]) and not _SIGNED_RANGE.search(lines[i].text)):
            lines[i] = _line(lines[i].number, lines[i].text, ranges=False)


def _name_by_ranges(lines: list[Line], numbered: list[int]) -> None:
    """A range of prices that begins a row of figures names it (`$10.00 - $14.99     55,700     7.2     14.22`), and so does
    a price alone as far out, right above or below such a row."""
    named: list[int] = []
    # What begins with a price has no words before it, or a piece of the range.
    for i in [i for i in numbered if lines[i].label[:1] in ("", "$") and lines[i].kind == FIGURES]:
        line = lines[i]
        found = _PRICES.match(line.text)
        rest = [piece for piece in line.pieces if piece.start >= found.end()] if found else []
        if found is not None and rest and not _PRICES.search(line.text, found.end()):
            lines[i] = replaced(line, label=" ".join(found.group().split()), pieces=rest)
            named.append(i)
    for i in named:
        for j in (i - 1, i + 1):
            line = lines[j] if 0 <= j < len(lines) else lines[i]
            alone = line.kind == FIGURES and not line.label and line.indent == lines[i].indent and len(line.pieces) > 1
            if alone and line.pieces[0].text[0] == "$" and line.pieces[0].start == line.indent:
                lines[j] = replaced(line, label=line.pieces[0].text, pieces=line.pieces[1:])


def _ends_in_range(line: Line) -> bool:
    """Whether a range ends a row, and other figures stand before it."""
    return len(line.pieces) > _ENDS and is_range(line.pieces[-2], line.pieces[-1], line.text)


def has_range(line: Line) -> bool:
    """Whether a line of figures prints a range among them."""
    pieces = line.pieces
    text = line.text
    if len(pieces) < _ENDS or ("-" not in text and "–" not in text and " to " not in text):
        return False
    return any(map(is_range, pieces, pieces[1:], repeat(line.text)))


def _take_years_as_labels(lines: list[Line], numbered: list[int]) -> None:
    """Rows without words whose first figures are years: successive ones under each other name the rows, and one below
    `Balance at December 31,` ends that date."""
    last = -1
    for i in numbered:
        line = lines[i]
        if line.kind == HEADER and (_heads_rows(line, _below(lines, i)) or (i and _ends_a_list(lines[i - 1], line))):
            lines[i] = replaced(line, kind=TEXT, label=line.text.strip(), pieces=[])
        if line.kind != FIGURES or line.label or len(line.pieces) < 2 or not is_year(line.pieces[0].text):
            continue
        if last >= 0 and i - last <= _NEAR and _follows(lines[last], line):
            lines[last], lines[i] = _named_by_year(lines[last]), _named_by_year(line)
        elif (
            i and lines[i - 1].kind == TEXT and re.search(_DAY_END, lines[i - 1].label) and not _all_years(line.pieces)
        ):
            lines[i] = _named_by_year(line)
        last = i


def _below(lines: list[Line], i: int) -> Line | None:
    """The line under another one and under the rule that underlines it, or the one empty line between."""
    below = lines[i + 1] if i + 1 < len(lines) else None
    after = lines[i + 2] if i + 2 < len(lines) else None
    if below is None or after is None or below.kind not in (RULE, BLANK) or after.kind != FIGURES:
        return below
    return after if len(below.text) < after.pieces[0].left else below


def _heads_rows(line: Line, below: Line | None) -> bool:
    """Whether a year alone, or `FISCAL 2001`, stands in the place of the labels, over rows whose figures begin far right of it."""
    if below is None or below.kind != FIGURES or not below.label or len(line.pieces) != 1:
        return False
    if line.label and line.label.lower() not in _OF_YEARS:
        return False
    return line.indent <= below.indent + 2 and line.pieces[0].edge + 4 < below.pieces[0].left


def _ends_a_list(above: Line, line: Line) -> bool:
    """Whether the years of a line are the last words of a label that goes on from the line above it: `shares issued in` /
    `2000, 1999 and 1998`."""
    if above.kind != TEXT or len(line.pieces) != 1 or not line.label or "  " in above.label:
        return False
    return _GOES_ON.search(above.label) is not None and abs(line.indent - above.indent) <= _NEAR


def _all_years(pieces: list[Piece]) -> bool:
    return all(is_year(piece.text) for piece in pieces)


def _follows(above: Line, line: Line) -> bool:
    """Whether the next year (or the one before) stands under the year that begins a row."""
    one, two = above.label or above.pieces[0].text, line.pieces[0].text
    return above.indent == line.pieces[0].left and abs(int(one) - int(two)) == 1


def _named_by_year(line: Line) -> Line:
    return line if line.label else replaced(line, label=line.pieces[0].text, pieces=line.pieces[1:])


def _is_row_between(lines: list[Line], i: int) -> bool:
    """`Gravel    2056    2000` between two rows of figures under the same edges: two figures that look like years."""
    above, line, below = lines[i - 1], lines[i], lines[min(i + 1, len(lines) - 1)]
    if above.kind != FIGURES or below.kind != FIGURES or not line.label or _DATES_ONLY.match(line.label):
        return False
    edges = [piece.edge for piece in line.pieces]
    return edges == [piece.edge for piece in above.pieces] == [piece.edge for piece in below.pieces]


def _is_subtotal(lines: list[Line], i: int) -> bool:
    """A small whole number alone, right under the end of a rule over figures: a subtotal, not the page's number."""
    above, edge = lines[i - 1], lines[i].pieces[0].edge
    return above.kind == RULE and above.indent > 8 and above.indent < edge <= len(above.text) + 1


def _line(number: int, line: str, *, ranges: bool = True) -> Line:
    text = line.rstrip()
    bare = text.lstrip(" \t\f\v\xa0")
    if not bare:
        return Line(number, BLANK, "", "", 0, [])
    indent = len(text) - len(bare)
    if indent and "\t" in text[:indent]:
        indent = len(text[:indent].expandtabs())
    if "<" in bare:
        text = _without_tags(text)
        bare = text.lstrip(" \t\f\v\xa0")
        if not bare:
            return Line(number, MARKUP, line.rstrip(), line.strip(), 0, [])
        indent = len(text) - len(bare)
    if bare[0] in _SIGNS_FIRST and (kind := _kind_by_signs(bare)):
        return Line(number, kind, text, "" if kind == RULE else bare, indent, [])
    pieces = tail(text, ranges=ranges)
    return _figures(number, text, indent, pieces) if pieces else _words(number, text, bare, indent)


def _kind_by_signs(bare: str) -> str:
    """The kind of a line that begins with a sign and is a rule, a tag or the number of a page; "" for another."""
    if bare[0] == "<":
        return MARKUP if _MARKUP.match(bare) else ""
    if _RULE.match(bare) and _RULE_RUN.search(bare) and not _NIL_ONLY.match(bare):
        return RULE
    if bare[0] == "-" and len(bare) < 10 and _PAGE_NUMBER.match(bare) and any(map(str.isdigit, bare)):
        return PAGE
    return ""


def _words(number: int, text: str, bare: str, indent: int) -> Line:
    """A line without figures in columns."""
    if len(bare) < _SHORT:
        if bare in _OPEN_OR_SHUT:
            return Line(number, MARKUP, text, bare, indent, [])
        if _PAGE_NUMBER.match(bare) or bare.strip("-( )").lower() == "more":
            return Line(number, PAGE, text, bare, indent, [])
    if bare[-1] in "-=_":
        bare = _RULE_BESIDE.sub("", bare)
    return Line(number, TEXT, text, bare, indent, [])


def _belongs_to_label(text: str, label: str, indent: int, pieces: list[Piece]) -> bool:
    """Whether `(1)` is a footnote mark: one blank after words, or far left of the figures, alone or before others
    (`(4) (5)      29,198`)."""
    gap = pieces[0].start - len(text[: pieces[0].start].rstrip())
    if label:
        return gap <= 1
    last = 0
    while last + 2 < len(pieces) and _is_mark(pieces[last + 1].text) and pieces[last + 1].start - pieces[last].end == 1:
        last += 1
    return pieces[last + 1].left - pieces[last].edge >= 6 and indent <= 16


def _without_tags(text: str) -> str:
    """The line with the tags of a tagged table blanked out, so that what stands beside them keeps its place."""
    return _TAG.sub(lambda match: " " * len(match.group()), text).rstrip()


def _figures(number: int, text: str, indent: int, pieces: list[Piece]) -> Line:
    if (
        "000" in pieces[-1].text
        and pieces[-1].text.strip(_AROUND_SCALE) == "000"
        and all(re.match(_SCALE, word) for word in _APART.sub("", text).split())
    ):
        # `$000     A$000     '000`: what the columns below count.
        pieces = []
    label, pieces = _label(text, indent, pieces) if pieces else ("", pieces)
    if not pieces:
        return Line(number, TEXT, text, text.strip(), indent, [])
    if len(pieces) == 1 and _is_words(text, label, pieces[0]):
        return Line(number, TEXT, text, text.strip(), indent, [])
    if 1 < len(pieces) <= _FEW and pieces[1].start - pieces[0].end == 1 and _runs_on(text, label, pieces):
        return Line(number, TEXT, text, text.strip(), indent, [])
    # A line of years begins with one, or with the mark of a note.
    if len(pieces[0].text) <= _FEW and 4 in [len(piece.text) for piece in pieces]:
        pieces = _years_without_marks(pieces)
        if _all_years(pieces) and (len(pieces) > 1 or _DATES_ONLY.match(label) or _is_head_of_years(label)):
            return Line(number, HEADER, text, label, indent, pieces)
    if not label and len(pieces) == 1 and _PAGE_NUMBER.match(pieces[0].text):
        return Line(number, PAGE, text, label, indent, pieces)
    return Line(number, FIGURES, text, label, indent, pieces)


def _is_head_of_years(label: str) -> bool:
    """Whether what stands before the last year of a line goes from year to year too: `1992      Change     1993`."""
    if not is_year(label[:4]) or "  " not in label:
        return False
    pieces = [piece for piece in label.split("  ") if piece]
    return all(is_year(piece.strip()) or not any(map(str.isdigit, piece)) for piece in pieces)


def _label(text: str, indent: int, pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """The words of a row, with the first numbers that belong to them, and the figures that are left."""
    label = text[: pieces[0].start].strip()
    if pieces[0].text[-4:] == "000)" and _THOUSANDS.match(pieces[0].text):
        # `Ounces (000)      45`, `Sales ($000)`, `ASMs (000,000)`: a scale, alone or after words.
        return _label(text, indent, pieces[1:]) if len(pieces) > 1 else (text.strip(), [])
    if pieces[0].text == "000" and len(pieces) > 1 and label:
        # `Ore milled - tons 000      1,204`
        return _label(text, indent, pieces[1:])
    while pieces[0].text[0] == "(" and len(pieces) > 1:
        marked = _is_mark(pieces[0].text) and _belongs_to_label(text, label, indent, pieces)
        if not marked and not (label and _is_share(text, pieces)):
            break
        label = f"{label} {pieces[0].text}".strip()
        pieces = pieces[1:]
    first = pieces[0].text
    # `Year ended June 30    1996   1997`: the day belongs to the words before it.
    if len(first) <= 2 and first.isdigit() and int(first) <= 31 and _MONTH_END.search(label):
        label, pieces = f"{label} {first}", pieces[1:]
    if label and pieces and _ends_the_words(text, label, pieces):
        label, pieces = f"{label} {pieces[0].text}", pieces[1:]
    return label, pieces


def _ends_the_words(text: str, label: str, pieces: list[Piece]) -> bool:
    """Whether the first number, one blank after the words, is their last: the year of a date (`Balance at March 31,
    1999`, `notes due 2004`) that stands before other figures than years, or what a bracket of theirs closes with."""
    first = pieces[0]
    if first.text[-1] == ")" and "(" not in first.text:
        # The bracket may have been opened on the line above: `($2.13 per share for` / `1999 and 1998)    (677)`.
        # So may that of `par value per share $.01)`: a price one blank after a word, and the figures far behind it.
        told = is_year(first.text[:-1]) or (is_year(label[:4]) and label[4:] in _OF_THAT_YEAR)
        priced = first.text[:1] == "$" and label[-1:].isalpha()
        told = told or (priced and len(pieces) > 1 and pieces[1].start - first.end > _FEW)
        opened = label.count("(") > label.count(")") or (told and len(pieces) > 1)
        return opened and text[first.start - 1] == " " != text[first.start - 2]
    if text[first.start - 2 : first.start - 1].isspace():
        return False
    if not is_year(first.text):
        # `net of allowances of $112 and $98      3,877`
        ends = text[first.start - 1] == " " and len(pieces) > 1 and pieces[1].start - first.end > 1
        far = len(pieces) > _ENDS and pieces[1].start - first.end > _SHORT
        counted = far and label.endswith(_COUNTED_STOCK)
        return ends and (counted or _joins(label) or (first.text.isdecimal() and _NUMBERED.search(label) is not None))
    alone = len(pieces) == 1
    if (alone and _DATES_ONLY.match(label)) or (not alone and _all_years(pieces)):
        return False
    return _BEFORE_A_YEAR.search(label) is not None


def _joins(label: str) -> bool:
    return label.lower().endswith((" and", " of", " to", " from", " at", " or"))


def _years_without_marks(pieces: list[Piece]) -> list[Piece]:
    """`1996 (4)    1997 (4)    1998`: years with footnote marks are years."""
    years = [piece for piece in pieces if is_year(piece.text)]
    if len(years) < 2 or len(years) == len(pieces):
        return pieces
    return years if all(is_year(piece.text) or _is_mark(piece.text) for piece in pieces) else pieces


def _is_words(text: str, label: str, piece: Piece) -> bool:
    """A lone number one blank after a word is part of the sentence, unless its currency sign stands off; a lone dash two
    blanks after words that are set apart as far goes on with them (`diluted  loss  per share  -`)."""
    before = text[: piece.start].rstrip()
    gap = piece.start - len(before)
    if gap == _JUSTIFIED and " " * _JUSTIFIED in label and (piece.text in _DASHES or "$" in label):
        # So does a number (`Common stock,  voting,  $.01 par value,  75,000` / `shares authorized`).
        return True
    if not label or gap >= 2 or before[-1] in "._":
        return False
    if is_year(piece.text) and _DATES_ONLY.match(label):
        return False
    return not (piece.text[0] == "$" and piece.text[1:3] == "  ")


def _runs_on(text: str, label: str, pieces: list[Piece]) -> bool:
    """Whether the few numbers that end a line, each one blank after what stands before it, go on with a sentence: `… a net
    loss of $11,728,000 ($0.13`, where a word before them joins, or a bracket is left open."""
    if "  " in label or any(two.start - one.end != 1 for one, two in pairwise(pieces)):
        return False
    if pieces[0].start - len(text[: pieces[0].start].rstrip()) != 1:
        return False
    return label.count(" ") >= _SENTENCE and (_joins(label) or text.rfind("(") > text.rfind(")"))


def _is_share(text: str, pieces: list[Piece]) -> bool:
    """`Olympus (50%)     3,220`: the share of a mine that its name tells, one blank after it and far from the figures."""
    first, after = pieces[:2]
    apart = after.start - first.end >= 2 and "%" not in after.text and not text[first.start - 2].isspace()
    return apart and _SHARE.match(first.text) is not None


def _is_mark(text: str) -> bool:
    return len(text) <= 4 and text[0] == "(" and text[-1] == ")" and text[1:-1].isdigit()


def is_date(text: str) -> bool:
    """Whether a text is made of the words and numbers of dates and periods alone."""
    return _DATES_ONLY.match(text) is not None


def is_contact(text: str) -> bool:
    """Whether a telephone number stands in the line."""
    dash = text.find("-")
    while dash >= 0:
        if text[dash + 1 : dash + 5].isdecimal() and text[max(0, dash - 3) : dash].isdecimal():
            return _PHONE.search(text) is not None
        dash = text.find("-", dash + 1)
    return False
