"""HTML documents: the grids they give, and the way from every figure back to the source."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from orebook.model.grid import Cell, Grid, GridRow, Layout
from orebook.pipeline import read
from orebook.read.html import HtmlError, layout
from orebook.read.parts import HTML
from orebook.read.source import decode, line_starts, lines_of
from orebook.read.submission import split

CASES = Path(__file__).parent / "cases" / "html" / "tables.md"


class Case(NamedTuple):
    name: str
    html: str
    grid: list[str]


def cases() -> list[Case]:
    """The cases of the file: a heading, a piece of HTML, and the grid."""
    found = re.findall(
        r"^## (.+?)\n```html\n(.*?)```\n```grid\n(.*?)```", CASES.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [Case(name, html, grid.splitlines()) for name, html, grid in found]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    made = layout(case.html)
    assert len(made.grids) == 1, "\n".join(made.lines)
    assert told(made.grids[0]) == case.grid, "\n".join(made.lines)
    hold(made, case.html)


def test_every_case_is_taken() -> None:
    assert len(cases()) == CASES.read_text(encoding="utf-8").count("\n## ")


def told(grid: Grid) -> list[str]:
    """A grid as the case file writes it."""
    made = [f"# {text}" for _, text in grid.above]
    made += [f"^ {head.text} {head.first}-{head.last}" for head in grid.headers]
    made += [f"? {text}" for _, text in grid.stub]
    least = min((row.indent for row in grid.rows), default=0)
    return made + [_row(row, least, grid.columns) for row in grid.rows]


def _row(row: GridRow, least: int, columns: int) -> str:
    cells = {cell.column: cell.text for cell in row.cells}
    parts = [("> " if row.indent > least else "") + row.label]
    if cells:
        parts += [cells.get(column, ".") for column in range(columns)]
    return " | ".join(parts) + (f" {row.rule_below}" if row.rule_below else "")


def hold(made: Layout, source: str, base: int = 0) -> None:
    """Every cell stands where its spot says, on the line and in the source."""
    for cell in cells_of(made):
        assert made.lines[cell.spot.line - made.first_line][cell.spot.start : cell.spot.end] == cell.text
        assert cell.spot.offset is not None
        start, end = cell.spot.offset
        assert bare(source[start - base : end - base]) == bare(cell.text)


def cells_of(made: Layout) -> list[Cell]:
    return [cell for grid in made.grids for row in grid.rows for cell in row.cells]


def bare(text: str) -> str:
    """The digits of a figure, markup, references and the point that ends a word taken out."""
    return re.sub(r"[^\d.]|\.$", "", re.sub(r"<[^>]*>|&#?\w+;", "", text))


# ------------------------------------------------------------------------------------------------------- spots


def test_the_offset_is_the_figure_itself() -> None:
    source = "<table><tr><td>Cash<td>$<td>1,234<td>)</tr><tr><td>Debt<td><td>&nbsp;(5&#44;678<td>)</table>"
    found = [source[slice(*cell.spot.offset)] for cell in cells_of(layout(source)) if cell.spot.offset]
    assert found == ["1,234", "(5&#44;678"]


def test_offsets_and_lines_count_from_where_the_part_begins() -> None:
    body = "<table><tr><td>Cash</td><td>1,234</td></tr><tr><td>Debt</td><td>9</td></tr></table>"
    made = layout(body, 101, 5000)
    hold(made, body, 5000)
    assert made.first_line == 101
    assert min(cell.spot.line for cell in cells_of(made)) > 101


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("1,234", "1,234"),
        ("&#36;1,234", "$1,234"),
        ("&nbsp;&nbsp;1,234&nbsp;", "1,234"),
        ("1&#x2C;234", "1,234"),
        ("&nbsp1,234", "1,234"),
        ("<b>1,2</b><i>34</i>", "1,234"),
        ("\u200b1,234\u200b", "1,234"),
        ("\n   1,234\r\n", "1,234"),
    ],
)
def test_references_and_blanks(raw: str, text: str) -> None:
    source = f"<table><tr><td>A &amp; B</td><td>{raw}</td></tr><tr><td>b</td><td>1</td></tr></table>"
    made = layout(source)
    assert [cell.text for cell in cells_of(made)] == [text, "1"]
    assert made.grids[0].rows[0].label == "A & B"
    hold(made, source)


def test_placeholders_in_the_source_are_text() -> None:
    made = layout("<p>before \ue0000\ue001 after</p>")
    assert made.lines == ("before \ue0000\ue001 after",)


# ------------------------------------------------------------------------------------------------------- prose


def test_prose_is_wrapped_and_listed() -> None:
    words = "word " * 60
    made = layout(f"<h2>Results</h2><p>{words}</p><p>First<br>Second</p>")
    assert max(map(len, made.lines)) <= 100
    assert made.lines[0] == "Results"
    paragraphs = [" ".join(made.lines[first - 1 : last]) for first, last, _ in made.paragraphs]
    assert paragraphs == ["Results", words.strip(), "First Second"]
    assert made.paragraphs[1][2] == "Results"


def test_notes_under_a_table_are_paragraphs() -> None:
    made = layout(
        "<table><tr><td>Cash</td><td>1</td></tr><tr><td>Debt</td><td>2</td></tr>"
        "<tr><td>(1)</td><td>Includes what was paid in the last quarter of the year.</td></tr></table>"
    )
    first, last, _ = made.paragraphs[0]
    assert made.lines[first - 1 : last] == ("(1) Includes what was paid in the last quarter of the year.",)
    assert made.grids[0].last_line < first


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>&#8226;</td><td>Sales of $12 million</td></tr><tr><td>&#8226;</td><td>Costs of 5</td></tr></table>",
        "<table><tr><td>Contents</td><td>Page</td></tr><tr><td>Business</td><td>3</td></tr><tr><td>Law</td><td>3</td></tr>",
        "<table><tr><td>By:</td><td>/s/ A. Person</td></tr><tr><td>Date:</td><td>May 2, 2024</td></tr></table>",
        "<table><tr><td>Common Stock</td><td>&mdash;</td></tr><tr><td>Notes</td><td>&mdash;</td></tr></table>",
        "<table><tr><td>12</td></tr></table>",
    ],
)
def test_tables_that_only_set_prose(html: str) -> None:
    made = layout(html)
    assert made.grids == ()
    assert made.paragraphs or made.furniture


def test_page_numbers_are_furniture() -> None:
    made = layout("<p>Text.</p><p>- 12 -</p><p>More text.</p>")
    assert {made.lines[line - 1] for line in made.furniture} == {"- 12 -"}


def test_a_table_that_goes_on_keeps_its_title() -> None:
    table = "<table><tr><td>Cash</td><td>1</td></tr><tr><td>Debt</td><td>2</td></tr></table>"
    made = layout(f"<p>BALANCE SHEET</p>{table}<p>7</p><hr>{table}<p>But this is a sentence about it.</p>{table}")
    assert [[text for _, text in grid.above] for grid in made.grids] == [["BALANCE SHEET"], ["BALANCE SHEET"], []]
    assert made.grids[2].intro == "But this is a sentence about it."


def test_new_headings_below_figures_open_a_grid() -> None:
    half = "<tr><td></td><td>{0}</td><td>{1}</td></tr><tr><td>Sales</td><td>1</td><td>2</td></tr>"
    made = layout(f"<p>SALES</p><table>{half.format(2020, 2019)}{half.format(2018, 2017)}</table>")
    assert [[head.text for head in grid.headers] for grid in made.grids] == [["2020", "2019"], ["2018", "2017"]]
    assert all(grid.above[0][1] == "SALES" for grid in made.grids)


# --------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<p>x</p>\n\n<table><tr>" + "<td>1</td>" * 10_000 + "</tr></table>", 3),
        ("x" * (33 * 1024 * 1024), 1),
        ("<table>\n" + ("<tr>" + "<td rowspan=65534>1</td>" * 900 + "</tr>") * 20, 2),
    ],
    ids=["10,000 columns", "too long", "row spans that pile up"],
)
def test_what_no_report_is_is_refused_with_its_line(html: str, line: int) -> None:
    with pytest.raises(HtmlError) as caught:
        layout(html)
    assert caught.value.line == line
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).startswith(f"line {line}: ")


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "<",
        "&",
        '<a "' * 3000,
        "<td '" * 3000,
        "<!--" * 5000,
        "<script>" * 500,
        "<div>x" * 20_000,
        "<table><tr><td>1" * 3000,
        "<font>x " * 20_000,
        "&#9999999999;&#xFFFFFFFF;&#0;&bogus;",
        "<table><tr><td rowspan=99999999>a</td><td>1</td></tr><tr><td>2</td></tr></table>",
        "<table><tr><td>a<td>" + "9" * 200_000 + "<tr><td>b<td>1</table>",
        "<table><tr><td>a" + "<br>a" * 3000 + "<td>1" + "<br>1" * 3000 + "</table>",
        "</td></tr></table></p>stray<td>1</td><tr>",
        "<table></table>",
        "<pre><table>\n<caption>\n<S>  <C>\nCash  412\n",
        "\x00\x01\x02<p>\x03</p>",
        '<p style="' + "margin-left:1pt;" * 10_000 + '">x</p>',
    ],
)
def test_hostile_input_gives_a_layout(html: str) -> None:
    made = layout(html)
    hold(made, html)


def test_unclosed_inline_elements_do_not_hide_a_table() -> None:
    made = layout("<font>x " * 3000 + "<table><tr><td>Cash<td>1<tr><td>Debt<td>2</table>")
    assert [cell.text for cell in cells_of(made)] == ["1", "2"]


def test_nothing_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    made = layout(
        f'<!DOCTYPE html [<!ENTITY s SYSTEM "{secret.as_uri()}">]><html><body><p>&s;</p>'
        f'<iframe src="{secret.as_uri()}"></iframe><img src="http://127.0.0.1:9/x"></body></html>'
    )
    assert "SECRET" not in "\n".join(made.lines)
    assert "&s;" in "\n".join(made.lines)


# ------------------------------------------------------------------------------------------------------ corpus


def test_the_corpus_spots_hold(shared: Path) -> None:
    folder = shared / "corpus" / "releases-html"
    if not folder.is_dir():
        pytest.skip(f"no HTML releases in {folder}")
    figures = 0
    for path in sorted(folder.iterdir()):
        text = decode(path.read_bytes(), path.name)
        lines = lines_of(text, path.name)
        starts = [*line_starts(text), len(text)]
        for part in split(lines).parts:
            if part.kind == HTML:
                begin = starts[part.first - 1]
                made = layout(text[begin : starts[part.last]], 1, begin)
                hold(made, text)
                figures += len(cells_of(made))
    assert figures > 5000


def test_tables_that_tags_mark_in_a_text_set_with_blanks_keep_what_stands_above_them() -> None:
    text = "CASH FLOWS\n(In millions)\n\n<TABLE>\n<CAPTION>\n              1997    1996\n<S>           <C>     <C>\nNet income   3,454   2,195\nDepreciation   557     480\n</TABLE>\n"
    book = read(f"<html><body><pre>\n{text}</pre></body></html>".encode(), "a.htm")
    assert [(fact.text, fact.scale, fact.table.title) for fact in book.facts][:1] == [("3,454", 10**6, "CASH FLOWS")]


def test_a_caption_over_one_table_scales_no_ounces_of_the_next() -> None:
    head = "<tr><td></td><td colspan=2>Three Months Ended September 30,</td></tr><tr><td></td><td>2020</td><td>2019</td></tr>"
    html = (
        "<html><body><p><b>Highlights</b></p><p>(in thousands, except per share amounts)</p>"
        f"<table>{head}<tr><td>Sales</td><td>188,890</td><td>224,945</td></tr></table>"
        "<p><b>Cash Flows and Production</b></p>"
        f"<table>{head}<tr><td>Silver produced (ounces)</td><td>3,352,336</td><td>3,408,400</td></tr>"
        "<tr><td>Capital expenditures</td><td>$12,336</td><td>$13,408</td></tr></table></body></html>"
    )
    facts = read(html.encode(), "release.htm").facts
    assert {fact.label: fact.scale for fact in facts} == {
        "Sales": 1000,
        "Silver produced (ounces)": 1,
        "Capital expenditures": 1000,
    }


def test_a_caption_over_one_table_makes_no_money_of_the_ounces_of_the_next() -> None:
    head = "<tr><td></td><td colspan=2>Three Months Ended September 30,</td></tr><tr><td></td><td>2020</td><td>2019</td></tr>"
    html = (
        "<html><body><p><b>Highlights</b></p><p>(in millions, except per share amounts)</p>"
        f"<table>{head}<tr><td>Sales</td><td>188.8</td><td>224.9</td></tr></table>"
        "<p><b>Mine Summary - Gold Equivalent Ounces</b></p>"
        f"<table>{head}<tr><td>Pine Creek</td><td>3,352</td><td>3,408</td></tr></table></body></html>"
    )
    facts = read(html.encode(), "release.htm").facts
    assert [(fact.unit, fact.scale) for fact in facts] == [("USD", 10**6)] * 2 + [("oz", 1)] * 2


def test_what_a_label_says_of_its_ounces_goes_before_a_caption_handed_on() -> None:
    """A caption that leaves the ounces of one metal unscaled says nothing of those that a label scales itself."""
    text = """<p>(Amounts in millions, except per share amounts and gold ounces produced)</p>
    <table><tr><td></td><td>3Q 2017</td><td>2Q 2017</td></tr>
    <tr><td>Revenue</td><td>$ 175.9</td><td>$ 173.4</td></tr>
    <tr><td>Silver ounces produced</td><td>3.9</td><td>3.7</td></tr></table>
    <h3>Operations</h3>
    <table><tr><td></td><td>3Q 2017</td><td>2Q 2017</td></tr>
    <tr><td>Silver ounces produced (000's)</td><td>1,908</td><td>1,485</td></tr>
    <tr><td>Gold ounces produced</td><td>28,948</td><td>27,312</td></tr></table>"""
    facts = read(f"<html><body>{text}</body></html>".encode(), "case.html").facts
    scales = {(fact.table.number, fact.label): fact.scale for fact in facts}
    assert scales[1, "Silver ounces produced (000's)"] == 1000
    assert scales[1, "Gold ounces produced"] == 1


def test_a_scale_among_the_headings_goes_before_a_caption_handed_on() -> None:
    html = (
        "<html><body><p><b>Statements of Operations</b></p><p>(in thousands)</p>"
        "<table><tr><td></td><td>Q2 2018</td><td>Q2 2017</td></tr><tr><td>Revenue</td><td>142,600</td><td>125,100</td></tr></table>"
        "<p><b>Supplemental Information</b></p>"
        "<table><tr><td></td><td>Q2 2018</td><td>Q2 2017</td></tr><tr><td></td><td colspan=2>($ in millions)</td></tr>"
        "<tr><td>Subscriptions</td><td>$88.1</td><td>$69.4</td></tr></table></body></html>"
    )
    assert [fact.scale for fact in read(html.encode(), "release.htm").facts] == [1000, 1000, 10**6, 10**6]


def test_a_caption_handed_on_yields_to_the_figures_that_a_table_repeats() -> None:
    head = "<tr><td></td><td>Q2 2018</td><td>Q2 2017</td></tr>"
    html = (
        "<html><body><p><b>Statements of Operations</b></p><p>(in thousands)</p>"
        f"<table>{head}<tr><td>Home sales</td><td>$410,060</td><td>$347,632</td></tr><tr><td>Net income</td><td>24,600</td><td>19,900</td></tr></table>"
        "<p><b>Sales by Region</b></p><p>(dollars in millions)</p>"
        f"<table>{head}<tr><td>Arizona</td><td>$148.7</td><td>$127.0</td></tr></table>"
        "<p><b>Adjusted Margin</b></p>"
        f"<table>{head}<tr><td>Home sales</td><td>$410,060</td><td>$347,632</td></tr><tr><td>Interest</td><td>2,870</td><td>2,434</td></tr></table>"
        "<p><b>Lots Controlled</b></p>"
        f"<table>{head}<tr><td>Arizona</td><td>6,410</td><td>2,105</td></tr></table></body></html>"
    )
    facts = read(html.encode(), "release.htm").facts
    assert [(fact.unit, fact.scale) for fact in facts[::2]] == [
        *[("USD", 1000)] * 2,
        ("USD", 10**6),
        *[("USD", 1000)] * 2,
        ("pure", 1),
    ]


def test_a_heading_in_bold_over_a_plain_one_leads_a_block() -> None:
    """It heads what the plain ones below it do, up to the next in bold as far out."""
    rows = (
        "<tr><td></td><td>2008</td><td>2007</td></tr>"
        "<tr><td><b>Financial Data</b></td></tr><tr><td>Revenues</td><td>$5,672</td><td>$2,246</td></tr>"
        "<tr><td><b>Mining Data</b></td></tr><tr><td>Copper</td></tr>"
        "<tr><td>&nbsp;&nbsp;Production (lbs)</td><td>888</td><td>1,000</td></tr>"
        "<tr><td>Gold</td></tr><tr><td>&nbsp;&nbsp;Production (oz)</td><td>291</td><td>1,001</td></tr>"
    )
    facts = read(f"<html><body><table>{rows}</table></body></html>".encode(), "case.html").facts
    said = [fact.heading for fact in facts[::2]]
    assert said == [("Financial Data",), ("Mining Data", "Copper"), ("Mining Data", "Gold")]


def test_a_caption_handed_on_makes_no_money_of_what_a_hospital_counts() -> None:
    rows = (
        "<tr><td></td><td>2008</td><td>2007</td></tr><tr><td>Licensed beds</td><td>7,302</td><td>5,110</td></tr>"
        "<tr><td>Admissions</td><td>81,200</td><td>60,400</td></tr>"
        "<tr><td>Net revenue per admission</td><td>$8,511</td><td>$9,453</td></tr>"
    )
    above = (
        "<p align=center><b>STATEMENTS OF OPERATIONS</b></p><p align=center>(In thousands)</p>"
        "<table><tr><td></td><td>2008</td><td>2007</td></tr><tr><td>Revenues</td><td>$1,203,400</td><td>$1,009,600</td></tr>"
        "<tr><td>Net income</td><td>50,500</td><td>71,700</td></tr></table>"
    )
    text = f"<html><body>{above}<p align=center><b>Selected Operating Data</b></p><table>{rows}</table></body></html>"
    facts = read(text.encode(), "case.html").facts[4:]
    assert [(fact.unit, fact.scale) for fact in facts[::2]] == [("pure", 1), ("pure", 1), ("USD", 1)]


def test_fiscal_quarters_over_rows_are_their_periods() -> None:
    rows = "".join(
        f"<tr><td>{label}</td></tr><tr><td>Revenues</td><td>$8,631</td><td>$8,622</td></tr>"
        "<tr><td>Operating income</td><td>1,201</td><td>1,863</td></tr>"
        for label in ("Q4 Fiscal 2023", "Fourth quarter of 2022")
    )
    table = f"<table><tr><td></td><td>GAAP</td><td>Non-GAAP</td></tr>{rows}</table>"
    facts = read(f"<html><body><p><b>RECONCILIATION</b></p>{table}</body></html>".encode(), "case.html").facts
    assert {str(fact.period.end) if fact.period else "" for fact in facts[:4]} == {"2023-12-31"}
    assert {str(fact.period.end) if fact.period else "" for fact in facts[4:]} == {"2022-12-31"}


def test_whom_to_call_is_no_title_and_a_comparison_of_quarters_of_neither() -> None:
    contacts = "<table><tr><td>Jane Roe</td><td>John Doe</td></tr><tr><td>(303) 555-0199</td><td>(303) 555-0188</td></tr></table>"
    rows = (
        "<tr><td></td><td>4Q13</td><td>3Q13</td><td>4Q13 v 3Q13</td></tr>"
        "<tr><td>Revenue (millions)</td><td>$412</td><td>$401</td><td>3%</td></tr>"
        "<tr><td>Average day rate</td><td>$301,000</td><td>$298,000</td><td>1%</td></tr>"
    )
    text = f"{contacts}<p align=center><b>Contract Drilling</b></p><p>(in millions)</p><table>{rows}</table>"
    facts = read(f"<html><body>{text}</body></html>".encode(), "case.html").facts
    assert {fact.table.title for fact in facts} == {"Contract Drilling"}
    assert [fact.period is None for fact in facts] == [False, False, True] * 2
    assert [fact.scale for fact in facts] == [10**6, 10**6, 1, 1, 1, 1]
