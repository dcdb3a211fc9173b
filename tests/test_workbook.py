"""The workbook: live sums where they foot, typed figures elsewhere, and nothing of a filing that calculates."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from orebook.model.book import Book
from orebook.model.fact import Table
from orebook.model.slotted import replaced
from orebook.model.tie import Checked
from orebook.pipeline import check, read
from orebook.write.extras import MissingExtraError
from orebook.write.sheets.names import column_letters, figure_name, reference, sheet_names
from orebook.write.xlsx import workbook
from tests.page_sample import sample, seeds, slow_seeds
from tests.workbook_values import Sheets, recalculated, same, stored

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "<r><t>rich</t></r>",
    "\u202eevil",
)

LIVE = {("SALES", "B10"): "=SUM(B8:B9)", ("SALES", "C14"): "=C13+C13"}


def opened(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_a_sum_that_foots_is_live_and_keeps_its_value() -> None:
    data = workbook(*sample())
    assert formulas(opened(data)) == LIVE
    assert opened(data, values=True)["SALES"]["B10"].value == 49228


def test_a_sum_that_breaks_is_typed_and_says_so() -> None:
    sheet = opened(workbook(*sample()))["SALES"]
    assert sheet["C10"].value == 50415
    assert "does not foot" in sheet["E10"].value
    assert "50,414" in sheet["C10"].comment.text


def test_a_sum_within_rounding_is_typed_and_says_so() -> None:
    sheet = opened(workbook(*sample()))["SALES"]
    assert sheet["B14"].value == 21
    assert "only within rounding" in sheet["E14"].value


def test_blue_is_filed_and_black_is_a_formula() -> None:
    sheet = opened(workbook(*sample()))["SALES"]
    assert sheet["B8"].font.color.rgb == "FF0000FF"
    assert sheet["B10"].font.color.rgb in ("FF000000", None)


def test_a_comment_says_where_a_figure_stands() -> None:
    sheet = opened(workbook(*sample()))["SALES"]
    assert sheet["B8"].comment.text.splitlines()[:2] == [
        "Line 4, columns 24 to 33: $ 39,809",
        "thousand US dollars, three months to 30 September 2007",
    ]


def test_units_and_periods_have_rows_of_their_own() -> None:
    sheet = opened(workbook(*sample()))["SALES"]
    assert [sheet[f"A{row}"].value for row in (6, 7)] == ["Period", "Unit"]
    assert sheet["B6"].value == "three months to 30 September 2007"
    assert sheet["B7"].value == "thousand US dollars"
    assert sheet["D12"].value == "US dollars per ounce"
    assert sheet.freeze_panes == "B8"


def test_negatives_stand_in_parentheses_and_nil_is_a_dash() -> None:
    sheet = opened(workbook(*sample()))["SALES"]
    assert sheet["B8"].number_format == '"$"* #,##0_);"$"* (#,##0);"$"* #,##0_)'
    assert sheet["B12"].number_format == "#,##0.00_);(#,##0.00);#,##0.00_)"
    assert (sheet["C12"].value, sheet["C12"].number_format) == (0, '#,##0_);(#,##0);"–"_)')


def test_key_figures_have_names() -> None:
    book = opened(workbook(*sample()))
    assert book.defined_names["Revenues.3m.2007_09_30"].attr_text == "'SALES'!$B$10"
    assert set(book.defined_names) == {
        *("Revenues.3m.2007_09_30", "Revenues.3m.2006_09_30"),
        *("SilverSales.3m.2007_09_30", "SilverSales.3m.2006_09_30"),
    }


def test_the_lists_carry_findings_claims_and_facts() -> None:
    book, checked = sample()
    made = opened(workbook(book, checked))
    assert made.sheetnames == ["About", "Findings", "SALES", "Claims", "Facts"]
    assert [cell.value for cell in made["Findings"][2]][:5] == [
        "break",
        "FT01",
        "Total sales do not foot.",
        50415,
        50414,
    ]
    assert made["Findings"]["J2"].value == "'SALES'!C10"
    assert made["Findings"]["J2"].hyperlink.location == "'SALES'!C10"
    clean = opened(workbook(book, checked._replace(findings=())))
    assert clean["Findings"]["C2"].value == "nothing to report: no relation that was found breaks"
    assert made["Claims"].max_row == 3
    assert facts_of(made) == facts_of_book(book)


def test_a_workbook_without_a_check_is_all_typed() -> None:
    made = opened(workbook(sample()[0], None))
    assert made.sheetnames == ["About", "SALES", "Facts"]
    assert formulas(made) == {}


def test_a_number_beyond_the_range_of_a_spreadsheet_is_text() -> None:
    book, _ = sample()
    huge = replaced(book.facts[0], value=Decimal("9" * 400))
    made = opened(workbook(book._replace(facts=(huge, *book.facts[1:])), None))
    assert made["SALES"]["B8"].value == "9" * 400


def test_a_part_made_of_its_total_stays_typed() -> None:
    book, checked = sample()
    total = checked.ties[0]
    part, other = total.operands
    back = replaced(
        total,
        kind="difference",
        target=part.fact,
        operands=(replaced(other, fact=total.target), replaced(other, weight=Fraction(-1))),
    )
    made = workbook(book, Checked((*checked.ties, back), (), ()))
    assert formulas(opened(made)) == LIVE


def facts_of(made: Workbook) -> list[tuple[object, ...]]:
    rows = list(made["Facts"].iter_rows(values_only=True))
    spot = {name: index for index, name in enumerate(rows[0])}
    return [
        (
            row[spot["Line"]],
            row[spot["Start"]],
            row[spot["Label"]] or "",
            plain(row[spot["Value"]]),
            row[spot["Unit"]],
            row[spot["Scale"]],
        )
        for row in rows[1:]
    ]


def facts_of_book(book: Book) -> list[tuple[object, ...]]:
    return [
        (fact.spot.line, fact.spot.start, fact.label, plain(fact.value), fact.unit, fact.scale) for fact in book.facts
    ]


def plain(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()


@pytest.mark.parametrize("mark", ["\x01", "\x1b", "\u202e", "\ufffe", "\uffff", "\ud800", "\U000e0041"])
def test_no_character_of_a_filing_keeps_the_workbook_shut(mark: str) -> None:
    odd = f"Cash {mark} flow"
    book, checked = sample(label=odd, title=odd)
    hostile = book._replace(name=odd, identity=book.identity._replace(company=odd, form=odd))
    made = opened(workbook(hostile, checked))
    assert made.sheetnames[2] == f"Cash ‹U+{ord(mark):04X}› flow"


@pytest.mark.parametrize("odd", HOSTILE)
def test_nothing_of_a_filing_becomes_a_formula_or_a_link(odd: str) -> None:
    book, checked = sample(label=odd, title=odd)
    finding = checked.findings[0]._replace(message=odd, printed=odd, computed=odd)
    claim = checked.claims[0]._replace(number=odd, formula=odd)
    hostile = book._replace(name=odd, identity=book.identity._replace(company=odd, form=odd))
    data = workbook(hostile, checked._replace(findings=(finding,), claims=(claim,)))
    made = opened(data)
    assert sorted(formulas(made).values()) == sorted(LIVE.values())
    sheet = made.worksheets[2]
    assert sheet["A8"].data_type == "s"
    assert str(sheet["A8"].value).strip() == odd.replace("\u202e", "‹U+202E›")
    if odd[0] in "=+-@":
        assert sheet["A8"].style.startswith("Normal")
        assert sheet["A8"].quotePrefix
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    assert not [name for name in names if "external" in name.lower()]
    content = b"".join(archive.read(name) for name in names)
    for link in re.findall(rb"<hyperlink [^>]*>", content):  # to cells of the workbook alone
        assert b" location=" in link
        assert b"r:id" not in link
    assert b'TargetMode="External"' not in content


def test_sheet_names_are_what_a_spreadsheet_accepts() -> None:
    long = "Reconciliation of Cash Costs per Ounce to Generally Accepted Accounting Principles"
    titles = ("a/b:c*d?[e]\\f", "'quoted'", long, long, "", "History", "sales", "SALES", "Facts")
    names = sheet_names([Table(number, title) for number, title in enumerate(titles)], ("Facts",))
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name.strip("'") == name
    assert names[2] == "Reconciliation of Cash Costs"
    assert sheet_names([Table(0, long, kind="reconciliation")]) == ("Reconciliation",)


def test_cells_are_named_like_a_spreadsheet_does() -> None:
    assert [column_letters(each) for each in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert reference("It's", 0, 1) == "'It''s'!B1"
    assert figure_name(sample()[0].facts[4]) == "Revenues.3m.2007_09_30"
    assert figure_name(sample()[0].facts[6]) == ""


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"orebook\[xlsx\]"):
        workbook(*sample())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Book, Path]]:
    """The workbook of each seed."""
    folder = tmp_path_factory.mktemp("workbooks")
    books = {}
    for seed in seeds():
        book = read(seed)
        path = folder / f"{seed.stem}.xlsx"
        path.write_bytes(workbook(book, check(book)))
        books[seed.stem] = (book, path)
    return books


@pytest.mark.parametrize("seed", [seed.stem for seed in seeds()])
def test_a_seed_is_read_back_to_the_same_facts(seed: str, made: dict[str, tuple[Book, Path]]) -> None:
    book, path = made[seed]
    live, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    assert facts_of(stored) == facts_of_book(book)
    assert len(formulas(live)) > 30
    by_cell = {str(row[17]): row[4] for row in stored["Facts"].iter_rows(min_row=2, values_only=True)}
    for sheet, cell in formulas(live):
        assert stored[sheet][cell].value == (by_cell[f"'{sheet}'!{cell}"] or 0)


def test_libreoffice_recalculates_every_sum_to_the_filed_figure(
    made: dict[str, tuple[Book, Path]], tmp_path: Path
) -> None:
    if not made:
        pytest.skip("needs the seeds")
    paths = [made[seed.stem][1] for seed in slow_seeds()]
    try:
        computed = recalculated(paths, tmp_path)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    for path in paths:
        kept = stored(path)
        for name in Sheets(path).formulas:
            assert same(computed[path.stem].get(name), kept[name]), (path.name, name)
