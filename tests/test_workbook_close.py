"""The workbook of a close follows its books: every figure is live, and a changed input moves what `close` moves."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.check import collect
from orebook.cli import main
from orebook.close import Closed, close
from orebook.close.fill import fill
from orebook.close.graph import change as recompute
from orebook.close.roll import roll
from orebook.close.sheet import rounded
from orebook.pipeline import check
from orebook.write.release.trip import round_trip
from orebook.write.sheets.live import Cell
from orebook.write.sheets.names import column_letters
from orebook.write.sheets.quantities import plan
from orebook.write.view import Line, views
from orebook.write.xlsx import workbook
from tests.close_company import months_from, write_books
from tests.workbook_values import Name, Sheets, Value, recalculated, same, stored

SAWTOOTH = Path(__file__).parents[1] / "examples" / "sawtooth"
FORMS = frozenset({"SUM", "ROUND", "MAX", "MIN", "ABS", "IF", "COUNTIF"})


class Change(NamedTuple):
    """A figure of the books: where a person finds its input (sheet, mine, name, length and end of the period), and
    its line in the books' file with `{}` for the value, which is `cell` on the sheet where that is another."""

    sheet: str
    mine: str
    name: str
    span: str
    end: str
    file: str
    line: str
    value: str
    cell: str = ""


CASES = {
    "ounces of a mine": (
        Change(
            *("Inputs production", "NORTH FORK UNIT", "produced.silver", "month", "2003-11-30"),
            *("production.csv", "2003-11,north-fork,produced.silver,{},oz", "151234"),
        ),
    ),
    "a price": (
        Change(
            *("Inputs prices", "", "price.realized.lead", "month", "2003-12-31"),
            *("prices.csv", "2003-12,lead,realized,{},USD/lb", "0.3999"),
        ),
    ),
    "an expense in the ledger, paid": (
        Change(
            *("Inputs ledger", "", "account:6100 Exploration:district", "month", "2003-10-31"),
            *("ledger.csv", "6100 Exploration:district,2003-10,{}", "1352168.44"),
        ),
        Change(
            *("Inputs ledger", "", "account:1000 Cash", "month", "2003-10-31"),
            *("ledger.csv", "1000 Cash,2003-10,{}", "862531.12"),
        ),
    ),
    "the number of shares": (
        Change(
            *("Inputs shares", "", "weighted_average_shares", "quarter", "2003-12-31"),
            *("shares.csv", "2003-10..2003-12,weighted_average_shares,{},shares", "48765432"),
        ),
    ),
    "the share of a mine": (
        Change(
            *("Inputs company", "EAGLE CREEK UNIT", "ownership_share", "", ""),
            *("company.toml", 'share = "{}"', "45.5 %", "0.455"),
        ),
    ),
    "tons of a whole mine": (
        Change(
            *("Inputs production", "EAGLE CREEK UNIT", "whole.produced.zinc", "month", "2003-12-31"),
            *("production.csv", "2003-12,eagle-creek,produced.zinc,{},ton", "999"),
        ),
    ),
    "a cost of a whole mine": (
        Change(
            *("Inputs costs", "EAGLE CREEK UNIT", "whole.mining", "month", "2003-10-31"),
            *("costs.csv", "2003-10,eagle-creek,mining,{},USD", "2111222"),
        ),
    ),
    "a market price": (
        Change(
            *("Inputs prices", "", "price.market.gold", "month", "2003-12-31"),
            *("prices.csv", "2003-12,gold,market,{},USD/oz", "455.5"),
        ),
    ),
    "options over shares": (
        Change(
            *("Inputs shares", "", "options_outstanding", "year", "2003-12-31"),
            *("shares.csv", "2003-01..2003-12,options_outstanding,{},shares", "190000000"),
        ),
    ),
    "the market of a hedge": (
        Change(
            *("Inputs hedges", "forward-1 gold", "hedges.market", "at", "2003-12-31"),
            *("hedges.csv", "2003-12-31,forward-1,gold,11330,oz,388,USD/oz,{}", "371.25"),
        ),
    ),
    "the grade of a reserve": (
        Change(
            *("Inputs reserves", "north-fork proven silver", "reserves.grade", "at", "2003-12-31"),
            *("reserves.csv", "2003-12-31,north-fork,proven,silver,612000,{},oz/ton", "16.05"),
        ),
    ),
}
IN_LIBREOFFICE = tuple(CASES)[:5]


class Example(NamedTuple):
    """The example's close, its workbook as bytes, and the cells of the workbook."""

    closed: Closed
    data: bytes
    sheets: Sheets


@cache
def sawtooth() -> Example:
    closed = close(SAWTOOTH)
    data = workbook(closed.book, check(closed.book), closed)
    return Example(closed, data, Sheets(data))


def input_cell(made: openpyxl.Workbook, change: Change) -> Name:
    """The cell of an input as a person finds it: by its mine, its name at the right and the date above."""
    sheet = made[change.sheet]
    last = sheet.max_column
    mine, row = "", 0
    for at in range(6, sheet.max_row + 1):
        if not sheet.cell(at, last).value:
            mine = str(sheet.cell(at, 1).value)
        elif sheet.cell(at, last).value == change.name and change.mine in {mine, sheet.cell(at, 2).value}:
            row = at
    assert row, change
    column = 3
    if change.end:
        heads = [(sheet.cell(4, at).value, sheet.cell(5, at).value) for at in range(3, last - 1)]
        column = 3 + heads.index((change.span, datetime.fromisoformat(change.end)))
    return change.sheet, sheet.cell(row, column).coordinate


def edited(changes: Iterable[Change], folder: Path) -> Path:
    """A copy of the books with figures changed."""
    shutil.copytree(SAWTOOTH, folder)
    for change in changes:
        path = folder / change.file
        lines = path.read_text(encoding="utf-8").splitlines()
        before, after = change.line.split("{}")
        (at,) = (at for at, line in enumerate(lines) if line.startswith(before) and line.endswith(after))
        lines[at] = change.line.format(change.value)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def figures(closed: Closed) -> dict[tuple[object, ...], Fraction]:
    """Every printed figure by table, mine, label and column; a label that comes again has a number."""
    found: dict[tuple[object, ...], Fraction] = {}
    for fact in closed.book.facts:
        mine = (fact.entity or "").partition(" (")[0]
        key = (fact.table.number, mine, fact.heading, fact.label, fact.column.number)
        again = sum((*key, at) in found for at in range(9))
        found[*key, again] = Fraction(fact.value or 0)
    return found


def printed(closed: Closed, sheets: Sheets) -> list[tuple[Name, Fraction]]:
    """Every printed figure of a close and the cell in which it stands, in their order."""
    tables = [sheet for sheet in sheets.book if sheet["A6"].value == "Period"]
    return [
        ((sheet.title, sheet.cell(row, column).coordinate), Fraction(fact.value or 0))
        for view, sheet in zip(views(closed.book), tables, strict=True)
        for row, line in enumerate(view.lines, 8)
        for column, fact in enumerate(line.cells if isinstance(line, Line) else (), 2)
        if fact is not None
    ]


def derived(closed: Closed) -> int:
    return sum(value is not None for value in closed.graph.values) - len(closed.graph.sources)


def test_every_printed_figure_and_every_derived_one_is_a_formula() -> None:
    closed, _, sheets = sawtooth()
    cells = printed(closed, sheets)
    assert len(cells) == len(closed.book.facts) == 402
    assert [cell for cell, _ in cells if cell not in sheets.formulas] == []
    assert sum(name.startswith("Calc ") for name, _ in sheets.formulas) == derived(closed) == 4694
    typed = [
        name for name, value in sheets.typed.items() if isinstance(value, Fraction) and name[0].startswith("Calc ")
    ]
    assert typed == []


def test_the_stored_figures_are_what_the_formulas_give() -> None:
    assert_stored(*sawtooth())


def assert_stored(closed: Closed, data: bytes, sheets: Sheets) -> None:
    """What is stored with each formula is what it gives, to the last bit, and the tables show what is printed."""
    kept = stored(data)
    for name in sheets.formulas:
        value = sheets.value(name)
        assert kept[name] == (value if isinstance(value, str) else float(value)), name
    for name, figure in printed(closed, sheets):
        assert name in sheets.formulas, name
        assert sheets.value(name) == figure, name


def test_inputs_are_marked_and_say_where_they_come_from() -> None:
    made = sawtooth().sheets.book
    sheet, cell = input_cell(made, CASES["ounces of a mine"][0])
    assert made[sheet][cell].fill.start_color.rgb == "FFFFF9DB"
    assert made[sheet][cell].font.color.rgb == "FF0000FF"
    source = made[sheet].cell(made[sheet][cell].row, made[sheet].max_column - 1).value
    assert str(source).startswith("production.csv:5, 26, 47,")
    inputs = [sheet for sheet in made.sheetnames if sheet.startswith("Inputs ")]
    assert inputs == [
        *("Inputs company", "Inputs production", "Inputs costs", "Inputs prices", "Inputs shares", "Inputs ledger"),
        *("Inputs hedges", "Inputs reserves", "Inputs accruals", "Inputs impairments"),
    ]


def test_formulas_use_only_functions_that_every_spreadsheet_knows() -> None:
    used = {name for text in sawtooth().sheets.formulas.values() for name in re.findall(r"([A-Z]+)\(", text)}
    assert used <= FORMS


@pytest.mark.parametrize("case", CASES)
def test_a_changed_input_moves_the_workbook_as_it_moves_the_close(case: str, tmp_path: Path) -> None:
    closed, _, base = sawtooth()
    sheets = base.copy()
    for change in CASES[case]:
        sheets.change(input_cell(sheets.book, change), Fraction(change.cell or change.value))
    again = close(edited(CASES[case], tmp_path / "books"))
    before, after = figures(closed), figures(again)
    cells = [cell for cell, _ in printed(closed, sheets)]
    assert {key: sheets.value(cell) for key, cell in zip(before, cells, strict=True)} == {
        key: after[key] for key in before
    }
    assert any(after[key] != before[key] for key in before)
    assert sheets.value(("Checks", "E3")) == len(again.conflicts)
    computed = sorted(Fraction(sheets.value(name)) for name in sheets.formulas if name[0].startswith("Calc "))
    values = zip(again.graph.values, again.graph.origins, strict=True)
    assert computed == sorted(value for value, origin in values if value is not None and origin >= 0)


def test_libreoffice_follows_changed_inputs_as_the_close_does(tmp_path: Path) -> None:
    """Every formula, recalculated from changed inputs, gives what it gives exactly; every printed figure is the
    close's. (`bench/workbook_follows.py` changes one case at a time, and none.)"""
    closed, data, base = sawtooth()
    made, sheets = openpyxl.load_workbook(BytesIO(data)), base.copy()
    changes = [change for case in IN_LIBREOFFICE for change in CASES[case]]
    for change in changes:
        sheet, cell = input_cell(made, change)
        made[sheet][cell] = float(change.cell or change.value)
        sheets.change((sheet, cell), Fraction(change.cell or change.value))
    made.save(tmp_path / "changed.xlsx")
    try:
        computed = recalculated([tmp_path / "changed.xlsx"], tmp_path)["changed"]
    except FileNotFoundError as error:
        pytest.skip(str(error))
    exact = {name: sheets.value(name) for name in sheets.formulas}
    assert [name for name, value in exact.items() if not same(computed.get(name), plain(value))] == []
    after = figures(close(edited(changes, tmp_path / "books")))
    cells = [cell for cell, _ in printed(closed, sheets)]
    shown = {key: computed.get(cell) for key, cell in zip(figures(closed), cells, strict=True)}
    assert [key for key in shown if not same(shown[key], float(after[key]))] == []


def plain(value: Value) -> object:
    return float(value) if isinstance(value, Fraction) else value


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6), mines=st.integers(1, 40), months=st.sampled_from((3, 6, 9, 15)))
def test_any_company_comes_back_from_each_form(seed: int, mines: int, months: int) -> None:
    """What is closed is what is read again, as text, as a page and as a workbook, whose formulas give what they store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "books"
        write_books(folder, seed, mines, months_from(2003, months if mines < 9 else 3))
        closed = close(folder)
    exact = [(row, value) for sheet in closed.sheets for row in sheet.rows for value in row.values if value is not None]
    assert [Fraction(fact.value or 0) for fact in closed.book.facts] == [
        rounded(value, row.style) for row, value in exact
    ]
    for kind in ("text", "html"):
        trip = round_trip(closed.book, kind)
        assert (kind, trip.facts.lost[:3], trip.facts.new[:3]) == (kind, (), ())
        assert (kind, trip.ties.lost[:3], trip.ties.new[:3]) == (kind, (), ())
    data = workbook(closed.book, None, closed)
    sheets = Sheets(data)
    assert_stored(closed, data, sheets)
    assert sum(name.startswith("Calc ") for name, _ in sheets.formulas) == derived(closed)


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_any_changed_input_moves_every_figure_as_the_graph_does(seed: int, data: st.DataObject) -> None:
    """One input after another, of books with mines of every method, against the close's own recomputation."""
    with tempfile.TemporaryDirectory() as name:
        write_books(Path(name), seed, 6, months_from(2003, 6))
        closed = close(Path(name))
    graph, cells = closed.graph, plan(closed, ()).cells
    sheets = Sheets(workbook(closed.book, None, closed))
    for leaf in data.draw(st.lists(st.sampled_from(sorted(graph.sources)), min_size=8, max_size=8, unique=True)):
        value = (graph.values[leaf] or Fraction(100)) * Fraction(9, 10)
        sheets.change(place(cells[leaf]), value)
        recompute(graph, {node: value for node in graph.sources if cells[node] == cells[leaf]})
        off = [node for node, cell in cells.items() if sheets.value(place(cell)) != graph.values[node]]
        assert [str(graph.keys[node]) for node in off] == []


def place(cell: Cell) -> Name:
    return cell.sheet, f"{column_letters(cell.column)}{cell.row + 1}"


def test_names_of_the_books_stay_names(tmp_path: Path) -> None:
    """Neither an account nor a mine becomes a formula, and a mine's name does not break a reference."""
    folder = edited((), tmp_path / "books")
    odd = {
        "6100 Exploration:district": "=1+1",
        "la-cruz": "la'cruz *1",
        "LA CRUZ UNIT": "@SUM(A1)",
        "7000 Interest": "+7000 Interest",
        "7000*": "+7000*",
    }
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        for plain, hostile in odd.items():
            text = text.replace(plain, hostile)
        path.write_text(text.replace("6100*,", "=1*,exploration,,,\n6100*,"), encoding="utf-8")
    closed = close(folder)
    data = workbook(closed.book, check(closed.book), closed)
    sheets = Sheets(data)
    assert_stored(closed, data, sheets)
    assert set(map(len, (sheets.formulas, sawtooth().sheets.formulas))) == {len(sheets.formulas)}
    texts = {str(value) for value in sheets.typed.values()}
    assert {"=1+1", "@SUM(A1)", "+7000 Interest income"} <= texts
    assert "Calc la'cruz 1" in sheets.book.sheetnames


def test_a_moved_figure_shows_its_move_and_says_so(tmp_path: Path) -> None:
    write_books(tmp_path, 2, 3, months_from(2003, 6))
    path = tmp_path / "company.toml"
    told = 'rounding = "the largest part takes the difference"\n'
    path.write_text(path.read_text(encoding="utf-8").replace("[company]\n", "[company]\n" + told), encoding="utf-8")
    closed = close(tmp_path)
    data = workbook(closed.book, None, closed)
    sheets = Sheets(data)
    assert_stored(closed, data, sheets)
    moved = [text for text in sheets.formulas.values() if text.startswith("ROUND(") and text.endswith(("+1", "-1"))]
    assert closed.moves
    assert moved
    notes = [value for (sheet, _), value in sheets.typed.items() if sheet == "About" and "convention" in str(value)]
    assert len(notes) == len(moved)


def test_rolled_books_are_live_where_they_are_known(tmp_path: Path) -> None:
    write_books(tmp_path / "now", 4, 3, months_from(2003, 9))
    write_books(tmp_path / "next", 4, 3, months_from(2003, 12))
    now = close(tmp_path / "now")
    roll(now.book, collect(now.book).equations, date(2003, 12, 31), tmp_path / "rolled")
    empty = close(tmp_path / "rolled")
    fill(tmp_path / "rolled", close(tmp_path / "next").book)
    filled = close(tmp_path / "rolled")
    for closed in (empty, filled):
        data = workbook(closed.book, check(closed.book), closed)
        assert_stored(closed, data, Sheets(data))
    assert empty.missing
    missing = [
        value for (sheet, _), value in Sheets(workbook(empty.book, None, empty)).typed.items() if value == "Missing"
    ]
    assert len(missing) == len(empty.missing)


def test_the_commands_write_the_live_workbook(tmp_path: Path) -> None:
    assert main(["write", str(SAWTOOTH), "--to", str(tmp_path / "a.xlsx")]) == 0
    assert main(["close", str(SAWTOOTH), "--xlsx", str(tmp_path / "b.xlsx")]) == 0
    for name in ("a.xlsx", "b.xlsx"):
        assert Sheets(tmp_path / name).formulas == sawtooth().sheets.formulas


def test_what_cannot_be_divided_is_told(tmp_path: Path) -> None:
    folder = edited((), tmp_path / "books")
    path = folder / "production.csv"
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    nil = [[*line[:3], "0", *line[4:]] if line[1:3] == ["la-cruz", "produced.gold"] else line for line in lines]
    path.write_text("\n".join(map(",".join, nil)) + "\n", encoding="utf-8")
    closed = close(folder)
    assert closed.undefined
    data = workbook(closed.book, None, closed)
    sheets = Sheets(data)
    assert_stored(closed, data, sheets)
    told = [value for (sheet, _), value in sheets.typed.items() if sheet == "About" and "divide by zero" in str(value)]
    assert len(told) == len(closed.undefined)
