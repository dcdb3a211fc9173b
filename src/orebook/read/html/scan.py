"""HTML source -> the same source with every run of text replaced by its number.

No HTML parser says where in the source a character of its tree stood. So the text is taken out first: each
run between two tags becomes a numbered placeholder of private-use characters, the parser builds its tree over
the placeholders, and each placeholder found in the tree leads back to its run, and so to the source.
Character references stay in the runs and are resolved here: the parser sees no entity at all.
"""

from __future__ import annotations

import re
from html import unescape

from orebook.model.named import NamedTuple
from orebook.read.source import UnreadableError

LIMIT = 32 * 1024 * 1024
OPEN, CLOSE = "\ue000", "\ue001"
PLACEHOLDER = re.compile(f"{OPEN}([0-9]+){CLOSE}|([^{OPEN}{CLOSE}]+)")


class HtmlError(UnreadableError):
    """An HTML document that cannot be laid out: what is wrong with it, and where.

    `offset` counts characters of the source, `line` its lines from 1 (0 until `placed` knows the source).
    """

    def __init__(self, offset: int, message: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.offset = offset
        self.line = line
        self.message = message

    def placed(self, source: str, base: int = 0) -> HtmlError:
        """The error with the line of its offset; `base` is the offset of the source's first character."""
        return HtmlError(self.offset, self.message, source.count("\n", 0, max(0, self.offset - base)) + 1)


class Run(NamedTuple):
    """A run of text between two tags: `raw` stands at `offset` of the source."""

    offset: int
    raw: str


# A quoted attribute value may hold `>`, never `<`: an unclosed quote then ends with its tag.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|title|textarea|noframes)\b[^<>]*>.*?(?:</(?P=raw)\s*>|\Z)"
    r"|</?(?:img|meta|link|a|col|input|area|source|embed|base|param|basefont)\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'|[\"'])*+>?"
    r"|<(?P<tag>/?[a-zA-Z](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'|[\"'])*+)>?"
    r"|<[!?][^<>]*>?",
    re.IGNORECASE | re.DOTALL,
)


def mark(source: str, base: int = 0) -> tuple[str, list[Run]]:
    """The source with placeholders for its text, and the runs they stand for.

    `base` is added to the offsets. Comments, scripts, styles, declarations and elements that hold neither
    text nor layout are left out, and so are the tags that mark the tables of a plain text set with blanks: no parser
    lets a table stand there. Raises HtmlError for a document over `LIMIT` characters.
    """
    if len(source) > LIMIT:
        raise HtmlError(
            1, f"an HTML document of {len(source):,} characters; documents up to {LIMIT:,} are read; split it"
        )
    runs: list[Run] = []
    made: list[str] = []
    last = 0
    fixed = False
    for match in _MARKUP.finditer(source):
        start = match.start()
        if start > last:
            made.append(_text(source[last:start], last + base, runs, fixed))
        last = match.end()
        if (tag := match["tag"]) and not (fixed and _marks_plain_table(tag, source, last)):
            made.append(f"<{tag}>")
            name = tag[:5].lower()
            fixed = (fixed or _FIXED.match(name) is not None) and not name.startswith("/pre")
    if last < len(source):
        made.append(_text(source[last:], last + base, runs, fixed))
    return "".join(made), runs


_FIXED = re.compile(r"pre\b")
_PLAIN_TAGS = frozenset(("caption", "/caption", "s", "/s", "c", "/c", "fn", "/fn", "/table", "page"))
_NAME = re.compile(r"/?[a-z]+[0-9]*", re.IGNORECASE)
_NEXT_TAG = re.compile(r"<(/?[a-z]+)", re.IGNORECASE)


def _marks_plain_table(tag: str, source: str, end: int) -> bool:
    """Whether a tag in a text set with blanks is one that EDGAR marks tables of plain text with; a table's own is where
    another of those, and no row, follows."""
    name = _NAME.match(tag)
    if name is None:
        return False
    if name.group().lower() != "table":
        return name.group().lower() in _PLAIN_TAGS
    following = _NEXT_TAG.search(source, end)
    return following is not None and following.group(1).lower() in _PLAIN_TAGS


def _text(raw: str, offset: int, runs: list[Run], fixed: bool) -> str:
    """The placeholder of a run; blanks between tags say no more than a blank, but in fixed text."""
    if not fixed and raw.isspace() and "\xa0" not in raw:
        return " "
    runs.append(Run(offset, raw))
    return f"{OPEN}{len(runs) - 1}{CLOSE}"


# ---------------------------------------------------------------------------------------- character references

_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
# Line ends and tabs are blanks in HTML; zero-width and thin blanks are blanks too. One for one: offsets hold.
_ODD_BLANKS = "\t\f\v\u200b\u200c\u200d\u2060\ufeff\u2009\u200a\u202f\u2002\u2003\x85\x1c\x1d\x1e\x1f"
_BLANKS = str.maketrans(dict.fromkeys("\n\r" + _ODD_BLANKS, " "))
_FIXED_BLANKS = str.maketrans(dict.fromkeys("\r\xa0" + _ODD_BLANKS, " "))


def decode(raw: str, fixed: bool = False) -> str:
    """The text of a run, character references resolved, every kind of blank a space (or U+00A0).

    `fixed` text keeps its line ends. What was no reference keeps its length.
    """
    text = _REFERENCE.sub(lambda found: unescape(found[0]), raw) if "&" in raw else raw
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_FIXED_BLANKS if fixed else _BLANKS)


def locate(raw: str, start: int, end: int) -> tuple[int, int]:
    """Where the characters `start:end` of `decode(raw)` stand in `raw`."""
    if "&" not in raw:
        return start, end
    began, ended = -1, len(raw)
    place = at = 0  # place in raw, and in the decoded text
    for found in _REFERENCE.finditer(raw):
        plain = found.start() - place
        length = len(unescape(found[0]))
        for_start, for_end = start - at, end - at
        if began < 0 and for_start < plain:
            began = place + for_start
        if for_end <= plain:
            return began, place + for_end
        at += plain
        place = found.end()
        if began < 0 and start < at + length:
            began = found.start()
        if end <= at + length:
            return began, place
        at += length
    if began < 0:
        began = place + start - at
    return began, min(ended, place + end - at)
