"""The release as XHTML 1.1, which Inline XBRL asks for: the page of `orebook.write.release.page` in older elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.write.release.columns import Headings
from orebook.write.release.figures import Figure
from orebook.write.release.flow import Piece, Prose
from orebook.write.release.page import (
    BULLET,
    STYLE,
    figure_text,
    indent_style,
    is_closed,
    is_item,
    rule_style,
    title_of,
)
from orebook.write.release.sections import Banner, Figures, Heading, Section
from orebook.write.words import visible
from orebook.write.xbrl.xml import XHTML, add

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

Put = Callable[["Node", Fact, str], None]
"""Sets the printed text of a figure into a cell."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_FEW_LINES, _SHORT = 4, 200


def sheet(top: Node, book: Book, pieces: Iterable[Piece], put: Put) -> Node:
    """Head and body of a page below its `html`; the body is returned. Text reaches it as text only, and nothing in it runs."""
    head = add(top, XHTML, "head")
    given = {"http-equiv": "Content-Security-Policy", "content": _POLICY}
    add(head, XHTML, "meta", **given)
    add(head, XHTML, "title", visible(title_of(book)))
    # The same style; what it says of `main` and `section` is said of divisions here.
    add(head, XHTML, "style", STYLE.replace("main >", "div.main >").replace("section.", "div."), type="text/css")
    body = add(top, XHTML, "body")
    main = add(body, XHTML, "div", **{"class": "main"})
    _flow(main, pieces, put)
    return body


def _flow(main: Node, pieces: Iterable[Piece], put: Put) -> None:
    headed = False
    for listed, group in groupby(pieces, key=is_item):
        items = add(main, XHTML, "ul") if listed else main
        for piece in group:
            if isinstance(piece, Section):
                _section(main, piece, put)
            elif listed:
                add(items, XHTML, "li", visible(BULLET.sub("", piece.text, count=1)))
            else:
                first = not headed and piece.kept
                headed = headed or first
                _prose(main, piece, "h1" if first else "h2")


def _prose(main: Node, prose: Prose, heading: str) -> None:
    if not prose.kept:
        add(main, XHTML, "p", visible(prose.text), **({"class": "note"} if prose.note else {}))
        return
    lines = [visible(" ".join(line.split())) for line in prose.lines if line.strip()]
    heads = len(prose.lines) <= _FEW_LINES and len(prose.text) <= _SHORT
    _in_lines(add(main, XHTML, heading if heads else "p"), lines)


def _in_lines(node: Node, lines: Sequence[str]) -> None:
    """Lines of text with breaks between them."""
    for at, line in enumerate(lines):
        if at:
            add(node, XHTML, "br").tail = line
        else:
            node.text = line


def _section(main: Node, section: Section, put: Put) -> None:
    if section.title or not section.table.title:
        add(main, XHTML, "hr")
    kind = {"class": "titled"} if section.title else {}
    scroll = add(add(main, XHTML, "div", **kind), XHTML, "div", **{"class": "scroll"})
    table = add(scroll, XHTML, "table")
    over = [visible(text) for text in (section.company, section.title, section.caption) if text]
    if over:
        _in_lines(add(table, XHTML, "caption"), over)
    _head(table, section.headings)
    _body(add(table, XHTML, "tbody"), section, put)


def _head(table: Node, headings: Headings) -> None:
    if headings.empty:
        return
    head = add(table, XHTML, "thead")
    if headings.spans:
        row, at = add(head, XHTML, "tr"), -1
        for span in headings.spans:
            for _ in range(at, span.first):
                add(row, XHTML, "td")
            width = str(span.last - span.first + 1)
            add(row, XHTML, "th", visible(span.text), scope="colgroup", colspan=width)
            at = span.last + 1
    row = add(head, XHTML, "tr")
    add(row, XHTML, "td")
    for leaf in headings.leaves:
        if leaf:
            add(row, XHTML, "th", visible(leaf), scope="col")
        else:
            add(row, XHTML, "td")


def _body(body: Node, section: Section, put: Put) -> None:
    count = len(section.headings.leaves)
    below = ""
    for at, line in enumerate(section.lines):
        if isinstance(line, Figures):
            if line.row.blank_above and at and not isinstance(section.lines[at - 1], Banner):
                gap = add(body, XHTML, "tr", **{"class": "gap"})
                add(gap, XHTML, "td", colspan=str(count + 1))
            _row(body, line, "" if line.row.rule_above == below else line.row.rule_above, put)
            below = line.row.rule_below
        else:
            _named(body, line, count)
            below = ""


def _named(body: Node, line: Banner | Heading, count: int) -> None:
    cell = add(add(body, XHTML, "tr"), XHTML, "th", scope="rowgroup", colspan=str(count + 1))
    if isinstance(line, Banner) and line.ruled:
        cell.text = visible(line.text)
        cell.set("class", "banner")
        cell.set("style", "text-align:center")
        return
    cell.text = f"{visible(line.text)}:"
    _style(cell, indent_style(2 * line.depth if isinstance(line, Heading) else 0))


def _row(body: Node, line: Figures, above: str, put: Put) -> None:
    row = add(body, XHTML, "tr")
    label = add(row, XHTML, "th", visible(line.label), scope="row")
    _style(label, indent_style(2 * line.depth + line.step))
    style = rule_style(above, line.row.rule_below)
    for figure, fact in zip(line.cells, line.facts, strict=True):
        cell = add(row, XHTML, "td")
        if figure is not None and fact is not None:
            _cell(cell, figure, fact, style, put)


def _cell(cell: Node, figure: Figure, fact: Fact, style: str, put: Put) -> None:
    if is_closed(figure):
        cell.set("class", "closed")
    _style(cell, style)
    put(cell, fact, visible(figure_text(figure)))


def _style(node: Node, style: str) -> None:
    if style:
        node.set("style", style)
