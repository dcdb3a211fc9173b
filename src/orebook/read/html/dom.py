"""Marked HTML -> a light tree of paragraphs and tables, through lxml's parser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orebook.read.html.scan import PLACEHOLDER, HtmlError, Run, decode
from orebook.read.html.style import PLAIN, Style, style

_BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "center", "blockquote"),
        *("pre", "address", "section", "article", "header", "footer", "main", "body", "html", "form", "fieldset"),
        *("caption", "nav", "aside", "figure", "figcaption", "document", "text", "xbrl"),
    )
)
_BOLD = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = frozenset(("head", "ix:header", "ix:hidden", "type", "sequence", "filename", "description"))
_DEEPEST_TABLE = 30
_BULLET = "\u2022 "


class Piece:
    """Some text of a paragraph: `run` is where it comes from (None for what the layout adds).

    `raised` is True for a superscript.
    """

    __slots__ = ("raised", "run", "text")

    def __init__(self, text: str, run: Run | None, raised: bool = False) -> None:
        self.text = text
        self.run = run
        self.raised = raised


class Paragraph:
    """Text set as one block; a piece `"\\n"` is a line break. `indent` is in tenths of a point.

    The pieces of a `fixed` paragraph (`<pre>`) keep their blanks and line ends.
    """

    __slots__ = ("bold", "centred", "fixed", "indent", "pieces")

    def __init__(self, indent: int, centred: bool, fixed: bool = False) -> None:
        self.pieces: list[Piece] = []
        self.indent = indent
        self.centred = centred
        self.fixed = fixed
        self.bold = True


class Cell:
    """A cell of a table: what flows in it, its spans as written, its style."""

    __slots__ = ("flow", "header", "rows", "span", "style")

    def __init__(self, span: int, rows: int, made: Style, header: bool) -> None:
        self.flow: Flow = []
        self.span = span
        self.rows = rows
        self.style = made
        self.header = header


class TableRow:
    """A row of a table and its own style."""

    __slots__ = ("cells", "style")

    def __init__(self, made: Style) -> None:
        self.cells: list[Cell] = []
        self.style = made


class Table:
    """A table as written."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: list[TableRow] = []


class Rule:
    """A horizontal line across the page."""

    __slots__ = ()


Flow = list["Paragraph | Table | Rule"]


def parse(marked: str, runs: list[Run]) -> Flow:
    """The flow of a document. Raises HtmlError where the parser gives up.

    The parser is given markup and placeholders only: there is no reference or declaration left that it
    could follow, and it is told not to touch the network.
    """
    from lxml import etree  # noqa: PLC0415  (only HTML documents pay for it)

    builder = _Builder(runs)
    # The interface of lxml's stubs allows bytes everywhere; fed with text, the parser gives text.
    target: Any = builder
    parser = etree.HTMLParser(target=target, huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        parser.feed(marked or " ")
        parser.close()
    except etree.LxmlError as error:
        raise HtmlError(0, f"the HTML cannot be parsed ({error})") from error
    return builder.flow


class _Frame:
    """An open element; what it does not say itself it takes from the one above it.

    `kind` is what ends with it (`block`, `cell`, `table`, or "" for an inline element), `inside` the
    nearest of table and cell that is open, `fixed` whether blanks are kept.
    """

    __slots__ = ("bold", "centred", "fixed", "hides", "indent", "inside", "kind", "raised", "tag")

    def __init__(self, tag: str, above: _Frame | None) -> None:
        self.tag = tag
        self.kind = ""
        self.inside: str = above.inside if above else ""
        self.hides: bool = above.hides if above else False
        self.indent: int = above.indent if above else 0
        self.centred: bool = above.centred if above else False
        self.bold: bool = above.bold if above else False
        self.raised: bool = above.raised if above else False
        self.fixed: bool = above.fixed if above else False


class _Builder:
    """Takes the parser's events. `flow` is where paragraphs go: the document's, or the open cell's."""

    def __init__(self, runs: list[Run]) -> None:
        self.flow: Flow = []
        self._runs = runs
        self._frames: list[_Frame] = []
        self._paragraph: Paragraph | None = None
        self._tables: list[tuple[Table, Flow]] = []

    # ------------------------------------------------------------------------------------------ events

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        frame = _Frame(tag, self._frames[-1] if self._frames else None)
        self._frames.append(frame)
        made = style(attributes) if attributes else PLAIN
        frame.hides = frame.hides or made.hidden or tag in _HIDDEN
        frame.bold = frame.bold or tag in _BOLD or made.bold
        frame.raised = frame.raised or tag == "sup" or made.raised
        frame.fixed = frame.fixed or tag == "pre"
        if not frame.hides:
            self._open(frame, attributes, made)

    def _open(self, frame: _Frame, attributes: Mapping[str, str], made: Style) -> None:
        tag = frame.tag
        if tag in ("td", "th"):
            self._cell(frame, attributes, made)
        elif tag == "tr":
            self._row(frame, made)
        elif tag == "table":
            self._table(frame, made)
        elif tag in _BLOCKS:
            self._block(frame, made)
        elif tag == "br" and (self._paragraph is not None or frame.inside == "cell"):
            # One that begins a cell parts what stands there from nothing: figures below a heading beside them.
            self._write(Piece("\n", None), frame)
        elif tag == "hr":
            self._paragraph = None
            self.flow.append(Rule())
            self._edge(frame, "-", "")

    def end(self, tag: str) -> None:
        while self._frames:
            frame = self._frames.pop()
            self._leave(frame)
            if frame.tag == tag:
                return

    def data(self, data: str | bytes) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.hides:
            return
        fixed = frame is not None and frame.fixed
        for number, blank in PLACEHOLDER.findall(_text(data)):
            if number:
                run = self._runs[int(number)]
                self._write(Piece(decode(run.raw, fixed), run, bool(frame and frame.raised)), frame)
            elif blank and self._paragraph is not None:
                self._paragraph.pieces.append(Piece(" ", None))

    def comment(self, text: str | bytes) -> None:
        """Comments say nothing."""

    def pi(self, target: str | bytes, data: str | bytes | None = None) -> None:
        """Processing instructions say nothing."""

    def close(self) -> None:
        while self._frames:
            self._leave(self._frames.pop())

    # ------------------------------------------------------------------------------------------ elements

    def _leave(self, frame: _Frame) -> None:
        if frame.kind == "block":
            self._paragraph = None
        elif frame.kind == "cell":
            self._paragraph = None
            self.flow = self._tables[-1][1]
        elif frame.kind == "table":
            self._paragraph = None
            table, self.flow = self._tables.pop()
            self.flow.append(table)

    def _block(self, frame: _Frame, made: Style) -> None:
        frame.kind = "block"
        self._paragraph = None
        frame.indent += made.indent
        self._edge(frame, made.top, made.bottom)
        frame.centred = frame.centred or made.centred or frame.tag == "center"
        if frame.tag == "li":
            self._write(Piece(_BULLET, None), frame)

    def _edge(self, frame: _Frame, top: str, bottom: str) -> None:
        """A border of what stands in a cell is the cell's; the first cell of a row holds the label."""
        if (top or bottom) and frame.inside == "cell":
            cells = self._tables[-1][0].rows[-1].cells
            if len(cells) > 1:
                made = cells[-1].style
                cells[-1].style = made._replace(top=made.top or top, bottom=made.bottom or bottom)

    def _table(self, frame: _Frame, made: Style) -> None:
        if len(self._tables) >= _DEEPEST_TABLE:
            # So deep no report nests: what is in there is read as text.
            self._block(frame, made)
            frame.inside = "deep"
            return
        frame.kind = frame.inside = "table"
        self._paragraph = None
        frame.indent, frame.centred, frame.bold = 0, False, False
        self._tables.append((Table(), self.flow))

    def _row(self, frame: _Frame, made: Style) -> None:
        if frame.inside == "table":
            frame.centred = made.centred
            self._tables[-1][0].rows.append(TableRow(made))
        else:
            self._block(frame, made)

    def _cell(self, frame: _Frame, attributes: Mapping[str, str], made: Style) -> None:
        if frame.inside != "table":
            self._block(frame, made)
            return
        table = self._tables[-1][0]
        if not table.rows:
            table.rows.append(TableRow(PLAIN))
        cell = Cell(_count(attributes, "colspan"), _count(attributes, "rowspan"), made, frame.tag == "th")
        table.rows[-1].cells.append(cell)
        frame.kind = frame.inside = "cell"
        frame.indent = made.indent
        frame.centred = made.centred or frame.centred
        self._paragraph = None
        self.flow = cell.flow

    # ------------------------------------------------------------------------------------------ text

    def _write(self, piece: Piece, frame: _Frame | None) -> None:
        if self._paragraph is None:
            self._paragraph = Paragraph(
                frame.indent if frame else 0, bool(frame and frame.centred), bool(frame and frame.fixed)
            )
            self.flow.append(self._paragraph)
        if not (frame and frame.bold) and not piece.text.isspace():
            self._paragraph.bold = False
        self._paragraph.pieces.append(piece)


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode()


def _count(attributes: Mapping[str, str], name: str) -> int:
    """A span as written, at least 1."""
    text = attributes.get(name, "").strip()[:9]
    return max(1, int(text)) if text.isascii() and text.isdigit() else 1


def tables_in(flow: Flow) -> list[Table]:
    """The tables that stand directly in a flow."""
    return [item for item in flow if isinstance(item, Table)]
