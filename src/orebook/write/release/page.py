"""The release as a page: semantic tables and paragraphs in one file that prints well and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from orebook.model.book import Book
from orebook.write.page.escape import esc
from orebook.write.release.columns import Headings
from orebook.write.release.figures import NIL, Figure
from orebook.write.release.flow import Piece, Prose, flow
from orebook.write.release.sections import Banner, Figures, Heading, Line, Section

DASH = "\u2014"
BULLET = re.compile(r"(?:--|[•·*])\s+")
_SINGLE, _DOUBLE = "1px solid", "3px double"

# A reader of pages asks the elements themselves for rules and indents, so those stand beside them and not here.
STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --faint: #f3f1ec; --line: #8a8a8a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --paper: #16181b; --faint: #22262b; --line: #77797d; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 Georgia, "Times New Roman", serif; }
main > p, main > ul { max-width: 44rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
p.note { font-size: .875rem; }
p.lines { white-space: pre-line; }
hr { border: 0; margin: 2.5rem 0 0; }
.scroll { overflow-x: auto; }
table { border-collapse: separate; border-spacing: .6rem 0; margin: 0 -.6rem; font-size: .875rem; line-height: 1.35; font-variant-numeric: tabular-nums lining-nums; }
caption { font-weight: bold; padding-bottom: .5rem; }
caption p { margin: 0; }
caption p.scale { font-weight: normal; }
th { font-weight: normal; text-align: left; vertical-align: bottom; }
tbody th[scope="row"] { max-width: 26rem; }
thead th { padding: 0 .5rem .25rem; text-align: center; }
thead th[scope="colgroup"] { border-bottom: 1px solid var(--line); }
td { padding: 0 .5em 0 .5rem; text-align: right; vertical-align: bottom; white-space: nowrap; }
td.closed { padding-right: .15em; }
tbody tr:hover > * { background: var(--faint); }
th.banner { padding: .5rem 0 .25rem; font-weight: bold; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
tr.gap td { height: .75rem; }
@page { margin: 18mm 16mm; }
@media print {
  :root { --ink: #000; --paper: #fff; --faint: #fff; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  thead { display: table-header-group; }
  tr, caption { break-inside: avoid; }
  h1, h2, caption, th.banner { break-after: avoid; }
  section.titled { break-before: page; }
}
"""


def page(book: Book, written: tuple[Prose, ...] = ()) -> str:
    """The whole release as one HTML page; `written` are paragraphs that open it.

    Text reaches the page escaped only; its policy lets no script run and asks the network for nothing.
    """
    parts: list[str] = []
    headed = False
    pieces = flow(book, written)
    for listed, group in groupby(pieces, key=is_item):
        if listed:
            items = "".join(
                f"<li>{esc(BULLET.sub('', piece.text, count=1))}</li>\n" for piece in group if isinstance(piece, Prose)
            )
            parts.append(f"<ul>\n{items}</ul>\n")
            continue
        for piece in group:
            if isinstance(piece, Section):
                parts.append(section_markup(piece))
            else:
                first = not headed and piece.kept
                headed = headed or first
                parts.append(_prose(piece, "h1" if first else "h2"))
    # Rules and indents are attributes of their elements, which a policy by digest would forbid.
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{esc(title_of(book))}</title><style>{STYLE}</style></head>\n<body><main>\n{''.join(parts)}</main></body></html>\n"
    )


def title_of(book: Book) -> str:
    """What the page is called."""
    end = book.identity.period_end
    name = book.identity.company or "Release"
    return f"{name}, period to {end.isoformat()}" if end else name


def is_item(piece: Piece) -> bool:
    """Whether a piece is a line of a list."""
    return isinstance(piece, Prose) and BULLET.match(piece.text) is not None


def _prose(prose: Prose, heading: str) -> str:
    if not prose.kept:
        note = ' class="note"' if prose.note else ""
        return f"<p{note}>{esc(prose.text)}</p>\n"
    lines = "<br>".join(esc(" ".join(line.split())) for line in prose.lines if line.strip())
    tag, kind = (heading, "") if len(prose.lines) <= 4 and len(prose.text) <= 200 else ("p", ' class="lines"')
    return f"<{tag}{kind}>{lines}</{tag}>\n"


# ---------------------------------------------------------------------------------------------- tables


def section_markup(section: Section) -> str:
    """A table as markup; a rule before it parts it from headings that are not its own."""
    count = len(section.headings.leaves)
    introduced = not section.title and section.table.title
    body = _body(section.lines, count)
    kind = ' class="titled"' if section.title else ""
    return (
        f'{"" if introduced else "<hr>"}<section{kind}><div class="scroll"><table>\n'
        f"{_caption(section)}{_head(section.headings)}<tbody>\n{body}</tbody></table></div></section>\n"
    )


def _caption(section: Section) -> str:
    lines = [f"<p>{esc(words)}</p>" for words in (section.company, section.title) if words]
    if section.caption:
        lines.append(f'<p class="scale">{esc(section.caption)}</p>')
    return f"<caption>{''.join(lines)}</caption>\n" if lines else ""


def _head(headings: Headings) -> str:
    if headings.empty:
        return ""
    rows = ""
    if headings.spans:
        cells, at = "<td></td>", 0
        for span in headings.spans:
            cells += "<td></td>" * (span.first - at)
            cells += f'<th scope="colgroup" colspan="{span.last - span.first + 1}">{esc(span.text)}</th>'
            at = span.last + 1
        rows = f"<tr>{cells}</tr>\n"
    leaves = "".join(f'<th scope="col">{esc(leaf)}</th>' if leaf else "<td></td>" for leaf in headings.leaves)
    return f"<thead>\n{rows}<tr><td></td>{leaves}</tr>\n</thead>\n"


def _body(lines: Sequence[Line], count: int) -> str:
    made: list[str] = []
    below = ""
    for at, line in enumerate(lines):
        if isinstance(line, Figures):
            if line.row.blank_above and at and not isinstance(lines[at - 1], Banner):
                made.append(f'<tr class="gap"><td colspan="{count + 1}"></td></tr>\n')
            made.append(_row(line, "" if line.row.rule_above == below else line.row.rule_above))
            below = line.row.rule_below
        else:
            made.append(_named(line, count))
            below = ""
    return "".join(made)


def _named(line: Banner | Heading, count: int) -> str:
    if isinstance(line, Banner) and line.ruled:
        style = ' class="banner" style="text-align:center"'
        return f'<tr><th scope="rowgroup" colspan="{count + 1}"{style}>{esc(line.text)}</th></tr>\n'
    depth = line.depth if isinstance(line, Heading) else 0
    return f'<tr><th scope="rowgroup" colspan="{count + 1}"{_indent(2 * depth)}>{esc(line.text)}:</th></tr>\n'


def _indent(characters: int) -> str:
    return _styled(indent_style(characters))


def _styled(style: str) -> str:
    return f' style="{style}"' if style else ""


def indent_style(characters: int) -> str:
    """How far in a label stands; a blank is half a letter wide."""
    return f"padding-left:{characters // 2}.{5 * (characters % 2)}em" if characters else ""


def rule_style(above: str, below: str) -> str:
    """The rules over and under the figures of a row."""
    rules = [
        f"border-{side}:{_DOUBLE if rule == '=' else _SINGLE}"
        for side, rule in (("top", above), ("bottom", below))
        if rule
    ]
    return ";".join(rules)


def _row(line: Figures, above: str) -> str:
    style = _styled(rule_style(above, line.row.rule_below))
    cells = "".join(_cell(cell, style) if cell else "<td></td>" for cell in line.cells)
    return f'<tr><th scope="row"{_indent(2 * line.depth + line.step)}>{esc(line.label)}</th>{cells}</tr>\n'


def _cell(figure: Figure, style: str) -> str:
    kind = ' class="closed"' if is_closed(figure) else ""
    return f"<td{kind}{style}>{esc(figure_text(figure))}</td>"


def is_closed(figure: Figure) -> bool:
    """Whether a bracket or a per cent sign closes a figure; it hangs over the edge of the digits."""
    return figure.digits.endswith((")", "%"))


def figure_text(figure: Figure) -> str:
    """A figure as a cell prints it."""
    digits = figure.digits.replace(NIL, DASH) if figure.digits.startswith(NIL) else figure.digits
    digits = digits if any(map(str.isdigit, digits)) or DASH in digits else DASH
    return f"{figure.sign} {digits}" if figure.sign else digits
