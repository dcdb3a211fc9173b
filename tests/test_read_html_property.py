"""A table drawn at random and written as HTML, its figures split over cells, reads back to what was drawn."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from orebook.read.html import layout
from tests.test_read_html import cells_of, hold

NIL = ("-", "--", "—", "–", "- -")


class Figure(NamedTuple):
    """A figure as it is to be read, and the cells it is written in."""

    text: str
    cells: tuple[str, ...]


class Drawn(NamedTuple):
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure | None, ...]], ...]
    html: str


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """One figure in five cells: spacer, sign, digits, closing sign, spacer."""
    if draw(st.integers(0, 7)) == 0:
        mark = draw(st.sampled_from(NIL))
        return Figure(mark, ("", mark, ""))
    digits = f"{draw(st.integers(0, 9_999_999)):,}" + draw(st.sampled_from(["", ".5", ".25"]))
    if digits.isdigit() and len(digits) <= 2:
        # `(1)` may be a footnote mark: that is for cases, not for chance.
        digits += ".0"
    money = draw(st.sampled_from(["", "$"]))
    negative, percent = draw(st.booleans()), not money and draw(st.booleans())
    opening, closing = ("(", ")") if negative else ("", "")
    closing += "%" if percent else ""
    number = f"{opening}{digits}"
    if draw(st.booleans()):
        joined = f"{money}{number}{closing}"
        return Figure(joined, ("", joined, ""))
    return Figure(f"{money} {number}{closing}".strip(), (money, number, closing))


@st.composite
def drawn_tables(draw: st.DrawFn) -> Drawn:
    columns = draw(st.integers(1, 4))
    years = tuple(str(year) for year in range(2020, 2020 - columns, -1))
    heads = draw(st.sampled_from([(), years]))
    rows = []
    for number in range(draw(st.integers(2, 6))):
        label = draw(st.sampled_from(["Cash", "Sales of metal", "Total", "Cost per ounce"])) + f" line {number}"
        cells = draw(st.lists(st.none() | figures(), min_size=columns, max_size=columns))
        rows.append((label, tuple(cells)))
    # Something has to be printed in every column.
    rows.append(("Last line", tuple(Figure("1,234", ("", "1,234", "")) for _ in range(columns))))
    rows.append(("Very last line", tuple(Figure("$ 5,678", ("$", "5,678", "")) for _ in range(columns))))
    return Drawn(heads, tuple(rows), _html(draw, heads, rows))


def _html(draw: st.DrawFn, heads: tuple[str, ...], rows: list[tuple[str, tuple[Figure | None, ...]]]) -> str:
    """The table with a style of markup chosen once, spans and wrappers row by row."""
    blank = draw(st.sampled_from(["", "&nbsp;", "&#160;", "<br>", "<p> </p>"]))
    wrap = draw(st.sampled_from(["{}", "<p>{}</p>", "<font size=2>{}</font>", "<div><span>{}</span></div>", "\n{}\n"]))
    end = draw(st.sampled_from(["</td>", ""]))
    made = []
    if heads:
        cells = "".join(f"<td>{blank}{end}<td colspan=3>{wrap.format(head)}{end}" for head in heads)
        made.append(f"<td>{blank}{end}{cells}")
    for label, figures_of in rows:
        cells = "".join(_cells(figure, blank, wrap, end, joined=draw(st.booleans())) for figure in figures_of)
        made.append(f"<td>{wrap.format(label)}{end}{cells}")
    close = "</tr>" if end else ""
    return "<table>" + "".join(f"<tr>{row}{close}" for row in made) + "</table>"


def _cells(figure: Figure | None, blank: str, wrap: str, end: str, *, joined: bool) -> str:
    """Four cells: a spacer, the sign, the digits, the closing sign; sign and digits on one cell if there is no sign."""
    if figure is None:
        return f"<td>{blank}{end}<td colspan=3>{blank}{end}"
    sign, digits, closing = (wrap.format(text) if text else blank for text in figure.cells)
    if joined and not figure.cells[0]:
        return f"<td>{blank}{end}<td colspan=2>{digits}{end}<td>{closing}{end}"
    return f"<td>{blank}{end}<td>{sign}{end}<td>{digits}{end}<td>{closing}{end}"


@given(drawn_tables())
def test_a_drawn_table_reads_back(drawn: Drawn) -> None:
    made = layout(drawn.html)
    assert len(made.grids) == 1, drawn.html
    grid = made.grids[0]
    width = len(drawn.rows[0][1])
    assert grid.columns == width, drawn.html
    assert [(head.text, head.first, head.last) for head in grid.headers] == [
        (head, i, i) for i, head in enumerate(drawn.heads)
    ], drawn.html
    rows = [row for row in grid.rows if row.label]
    assert [row.label for row in rows] == [label for label, _ in drawn.rows], drawn.html
    for row, (_, wanted) in zip(rows, drawn.rows, strict=True):
        cells = {cell.column: cell.text for cell in row.cells}
        assert cells == {i: figure.text for i, figure in enumerate(wanted) if figure}, drawn.html
    hold(made, drawn.html)


@given(st.text(alphabet="<>/tdrablep &;#1(\"'=-\n", max_size=200))
def test_any_text_gives_a_layout(source: str) -> None:
    made = layout(source)
    hold(made, source)
    assert len(cells_of(made)) <= len(source)
