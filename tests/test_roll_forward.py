"""Rolling the 2003 release forward and filling it with the figures of 2004, and other quarters."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.check import collect, run
from orebook.close import BooksError, Closed, close, roll
from orebook.close.fill import Filled, Matches, fill
from orebook.close.frame import Frame, Slot
from orebook.close.quantity import Quantity
from orebook.close.rolled import read_rolled, rolled_bounds
from orebook.close.sheet import rounded
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.interval import Interval, of_fact
from orebook.pipeline import read
from tests.close_company import months_from, write_books

SEEDS = Path(os.environ.get("OREBOOK_SHARED", Path(__file__).parents[1] / ".." / "shared")) / "seeds"
with_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no seeds in {SEEDS}: set OREBOOK_SHARED")

NEW_ROWS = (
    # printed on line, like row, of which total: what the report of 2004 prints that that of 2003 did not
    (455, "t01r06", "t01r09", "Pre-development"),
    (459, "t01r06", "t01r09", "Other operating expense (income)"),
    (527, "t02r01", "t02r02", "Add exploration"),
    (528, "t02r01", "t02r02", "Add pre-development"),
    (638, "t04r04", "t00r05", "Stock compensation"),
    (655, "t04r15", "t04r21", "Maturities of held-to-maturity securities"),
    (822, "t08r04", "t08r07", "By-product credits"),
)
RENAMED = ((470, "t01r11"), (526, "t02r01"))
"""Lines that say in other words what a row of 2003 said."""


def edit_csv(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
        names = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))


def printed_on(book: Book, line: int, frame: Frame) -> dict[str, str]:
    """The figures of a line of this year, by kind of slot."""
    made = {}
    for fact in book.facts:
        slot = frame.slot(fact)
        if fact.spot.line == line and slot is not None and slot.back == 0:
            made[slot.kind] = "0" if fact.value is None else str(fact.value)
    return made


HEADS = {"q": "2004-07..2004-09", "y": "2004-01..2004-09"}
ADDITIONS = (656, "t04r17")
"""In 2003 they were the total of a table of capital expenditures that the report of 2004 does not have."""


def by_hand(folder: Path, book: Book) -> None:
    """What the change of structure needs: new rows and their totals, renamed rows, and nil for lines that went."""
    frame = Frame(date(2004, 9, 30))
    printed = {line: printed_on(book, line, frame) for line, *_ in (*NEW_ROWS, *RENAMED, ADDITIONS)}
    added = [
        (f"{like[:3]}r{90 + at}", line, like, total, label) for at, (line, like, total, label) in enumerate(NEW_ROWS)
    ]
    plans = {row["row"]: row for row in read_csv(folder / "rows.csv")}
    edit_csv(folder / "rows.csv", lambda rows: with_new_rows(rows, added))
    edit_csv(folder / "formulas.csv", lambda rows: with_new_terms(rows, added))
    edit_csv(folder / "leaves.csv", lambda rows: with_nil(rows, printed))
    new = [(name, plans[like], printed[line]) for name, line, like, _, _ in added]
    new.append((ADDITIONS[1], plans[ADDITIONS[1]], printed[ADDITIONS[0]]))
    edit_csv(folder / "leaves.csv", lambda rows: [*rows, *(leaf(rows[0], *entry) for entry in new)])


Added = list[tuple[str, int, str, str, str]]
Rows = list[dict[str, str]]


def with_new_rows(rows: Rows, added: Added) -> Rows:
    made = []
    for row in rows:
        made.append(row)
        new = [entry for entry in added if entry[2] == row["row"]]
        made += [{**row, "row": name, "label": label, "concept": ""} for name, _, _, _, label in new]
    return made


def with_new_terms(rows: Rows, added: Added) -> Rows:
    kept = [row for row in rows if row["row"] != ADDITIONS[1]]
    for name, _, _, total, _ in added:
        for row in kept:
            if row["row"] == total:
                row["formula"] += f" + {name}"
    return kept


def with_nil(rows: Rows, printed: dict[int, dict[str, str]]) -> Rows:
    """Figures of renamed rows, and a dash in every cell that is still empty."""
    for line, name in RENAMED:
        row = next(row for row in rows if row["row"] == name)
        row |= {HEADS[kind]: text for kind, text in printed[line].items()}
    return [
        {name: text or "-" if name[:2] == "20" or name[:2] == "at" else text for name, text in row.items()}
        for row in rows
    ]


def leaf(like: dict[str, str], name: str, plan: dict[str, str], figures: dict[str, str]) -> dict[str, str]:
    said = {"row": name, "section": "", "label": plan["label"], "unit": plan["unit"], "scale": plan["scale"]}
    return {**dict.fromkeys(like, "x"), **said, **{HEADS[kind]: text for kind, text in figures.items()}}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rolled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filled, Book, Closed]:
    folder = tmp_path_factory.mktemp("rolled") / "books"
    old, new = read(SEEDS / "hecla-2003q3.txt"), read(SEEDS / "hecla-2004q3.txt")
    roll(old, collect(old).equations, date(2004, 9, 30), folder)
    filled = fill(folder, new)
    by_hand(folder, new)
    return folder, filled, new, close(folder)


def derived_figures(folder: Path, book: Book, closed: Closed) -> list[tuple[Fact, Interval]]:
    """Every figure of this year that was derived, beside the figure that the report prints."""
    books = read_rolled(folder)
    matches = Matches(books, book)
    graph = closed.graph
    found = rolled_bounds(books, graph)
    made = []
    for plan in books.rows:
        for kind in plan.kinds:
            period = books.frame.period(Slot(kind, 0))
            node = graph.find(Quantity(f"{plan.name} {plan.label}".strip(), "", period))
            fact = matches.find(plan, period)
            if node is not None and fact is not None and graph.origins[node] >= 0 and node in found:
                made.append((fact, found[node]))
    return made


@with_seeds
def test_2003_rolled_forward_gives_the_figures_of_2004(rolled: tuple[Path, Filled, Book, Closed]) -> None:
    folder, _, new, closed = rolled
    assert not closed.missing or all(gap.quantity.period.end.year < 2004 for gap in closed.missing)
    compared = derived_figures(folder, new, closed)
    off = [(fact.spot.line, fact.label, fact.text) for fact, interval in compared if not interval.meets(of_fact(fact))]
    assert off == []
    assert len(compared) > 110


@with_seeds
def test_what_needed_a_hand_is_small(rolled: tuple[Path, Filled, Book, Closed]) -> None:
    """Of some 220 cells, nine in ten fill themselves; of the new report's rows, one in ten is new."""
    _, filled, new, _ = rolled
    assert filled.filled >= 200
    assert len(filled.empty) <= 22
    rows = {(fact.table.number, fact.row.number) for fact in new.facts}
    assert len(filled.unknown) <= len(rows) / 9


@with_seeds
def test_the_rolled_report_checks(rolled: tuple[Path, Filled, Book, Closed]) -> None:
    """Figures derived from rounded leaves still tie within rounding."""
    closed = rolled[3]
    checked = run(closed.book)
    assert len(checked.ties) > 150


@with_seeds
@pytest.mark.parametrize(("seed", "to"), [("2007q3", date(2007, 12, 31)), ("1996q1", date(1996, 6, 30))])
def test_the_next_quarter_asks_for_the_quarter_and_adds_the_year_up(tmp_path: Path, seed: str, to: date) -> None:
    book = read(SEEDS / f"hecla-{seed}.txt")
    made = roll(book, collect(book).equations, to, tmp_path)
    assert made.rows
    frame = Frame(to)
    leaves = read_csv(tmp_path / "leaves.csv")
    year = next(name for name in leaves[0] if name.startswith(f"{to.year}-01.."))
    quarter = next(name for name in leaves[0] if name.startswith(f"{to.year}-{to.month - 2:02}.."))
    asked = [row for row in leaves if row[quarter] == "" and row["unit"] in {"USD", "oz", "ton"}]
    assert asked
    chained = [row for row in asked if row[year] == "x"]
    assert len(chained) > len(asked) / 2
    name = chained[0]["row"]
    edit_csv(
        tmp_path / "leaves.csv", lambda rows: [{**row, quarter: "7"} if row["row"] == name else row for row in rows]
    )
    closed = close(tmp_path)
    label = next(row["label"] for row in read_csv(tmp_path / "rows.csv") if row["row"] == name)
    before = Quantity(f"{name} {label}", "", frame.period(Slot("p", 0)))
    after = before._replace(period=frame.period(Slot("y", 0)))
    old, now = closed.value(before), closed.value(after)
    assert old is not None
    assert now is not None
    assert now - old == 7 * int(chained[0]["scale"])


@with_seeds
def test_a_first_quarter_has_no_year_to_date(tmp_path: Path) -> None:
    book = read(SEEDS / "hecla-2003q3.txt")
    roll(book, collect(book).equations, date(2004, 3, 31), tmp_path)
    books = read_rolled(tmp_path)
    production = next(table for table in books.tables if table.kind == "production")
    assert [str(column) for column in production.columns] == ["q0", "q1"]
    flows = next(table for table in books.tables if table.kind == "cash-flows")
    assert [str(column) for column in flows.columns] == ["y0", "y1"]
    assert books.frame.period(Slot("y", 0)) == books.frame.period(Slot("q", 0))


@pytest.mark.parametrize(("months", "later", "to"), [(9, 12, date(2003, 12, 31)), (12, 15, date(2004, 3, 31))])
def test_a_closed_company_rolls_into_its_next_quarter(tmp_path: Path, months: int, later: int, to: date) -> None:
    """The whole round: close, roll, fill from the next close, and get its figures; within a year and into the next."""
    write_books(tmp_path / "now", 4, 3, months_from(2003, months))
    write_books(tmp_path / "next", 4, 3, months_from(2003, later))
    now, following = close(tmp_path / "now"), close(tmp_path / "next")
    roll(now.book, collect(now.book).equations, to, tmp_path / "rolled")
    fill(tmp_path / "rolled", following.book)
    closed = close(tmp_path / "rolled")
    assert not closed.missing
    compared = derived_figures(tmp_path / "rolled", following.book, closed)
    assert len(compared) > 40
    assert [fact.label for fact, interval in compared if not interval.meets(of_fact(fact))] == []


def test_a_period_has_one_column(tmp_path: Path) -> None:
    """The year to date of a first quarter is that quarter: two columns of one heading would hide what is filled in."""
    write_books(tmp_path / "now", 4, 2, months_from(2003, 12))
    now = close(tmp_path / "now")
    roll(now.book, collect(now.book).equations, date(2004, 3, 31), tmp_path / "next")
    with (tmp_path / "next" / "leaves.csv").open(encoding="utf-8", newline="") as file:
        heads = next(csv.reader(file))
    assert heads.count("2004-01..2004-03") == 1
    edit_csv(tmp_path / "next" / "leaves.csv", lambda rows: [{name: row[name] or "1" for name in row} for row in rows])
    assert not close(tmp_path / "next").missing


LABELS = ("=1+1 receipts", "+SUM(A1) fees", "-2+3 rents", "@SUM(B1) rates", "'=quoted dues")


def test_no_label_of_a_report_is_a_formula_in_the_books(tmp_path: Path) -> None:
    """A filing comes from strangers, and its books are opened in a spreadsheet; the labels come back as printed."""
    rows = "".join(f"{label:<40}{at + 10:>10}{at + 20:>10}\n" for at, label in enumerate(LABELS))
    head = "Consolidated Statements of Operations\n(in thousands)\n\nThree Months Ended June 30,".center(60)
    book = read(f"{head}\n{'1999':>50}{'1998':>10}\n\n{rows}{'Total':<40}{60:>10}{110:>10}\n".encode(), "report.txt")
    assert {fact.label for fact in book.facts} >= set(LABELS)
    roll(book, collect(book).equations, date(1999, 9, 30), tmp_path / "books")
    for name in ("rows.csv", "leaves.csv", "comparatives.csv", "formulas.csv"):
        with (tmp_path / "books" / name).open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"} and not cell[1:].isdigit()] == []
    assert {row.label for row in read_rolled(tmp_path / "books").rows} >= set(LABELS)


@pytest.mark.parametrize("months", [3, 9, 12])
@pytest.mark.parametrize("kept", [0, 1, 5])
def test_no_figure_of_an_unfinished_report_stands_under_another_period(tmp_path: Path, months: int, kept: int) -> None:
    """What is not filled in yet leaves columns, rows and tables empty, whose headings must not fall to their neighbours;
    one leaf of each ten is kept, or five, or none."""
    write_books(tmp_path / "now", 4, 3, months_from(2003, months))
    write_books(tmp_path / "later", 4, 3, months_from(2003, months + 3))
    now, later = close(tmp_path / "now"), close(tmp_path / "later")
    roll(now.book, collect(now.book).equations, later.end, tmp_path / "books")
    fill(tmp_path / "books", later.book)
    edit_csv(
        tmp_path / "books" / "leaves.csv",
        lambda rows: [
            row
            if at % 10 < kept
            else {name: text if name in LABELLED or text == "x" else "" for name, text in row.items()}
            for at, row in enumerate(rows)
        ],
    )
    made = close(tmp_path / "books")
    printed = {
        (" ".join(row.label.split()), rounded(value, row.style), quantity.period.end)
        for sheet in made.sheets
        for row in sheet.rows
        for value, quantity in zip(row.values, row.quantities, strict=True)
        if value is not None and quantity is not None
    }
    facts = [fact for fact in made.book.facts if fact.value and fact.period]
    assert [fact for fact in facts if (fact.label, Fraction(fact.value or 0), _end(fact)) not in printed] == []


def _end(fact: Fact) -> date | None:
    return None if fact.period is None else fact.period.end


LABELLED = frozenset({"row", "section", "label", "unit", "scale"})


def test_a_report_without_comparatives_asks_for_none(tmp_path: Path) -> None:
    write_books(tmp_path / "now", 4, 2, months_from(2003, 9))
    now = close(tmp_path / "now")
    roll(now.book, collect(now.book).equations, date(2003, 12, 31), tmp_path / "next")
    heads = list(read_csv(tmp_path / "next" / "comparatives.csv")[0])
    assert "2003-01..2003-09" in heads
    assert [head for head in heads if "2002-01" in head or "2001" in head] == []


@with_seeds
def test_a_derived_figure_that_is_filled_in_is_compared(
    rolled: tuple[Path, Filled, Book, Closed], tmp_path: Path
) -> None:
    folder = tmp_path / "books"
    shutil.copytree(rolled[0], folder)
    before = len(close(folder).conflicts)
    totals = [("t00r00", "33,718"), ("t01r09", "18,999")]
    leaves = read_csv(folder / "leaves.csv")
    like = {row["row"]: row for row in read_csv(folder / "rows.csv")}
    added = [leaf(leaves[0], name, like[name], {"q": text}) for name, text in totals]
    edit_csv(folder / "leaves.csv", lambda rows: [*rows, *added])
    told = close(folder).conflicts
    assert len(told) == before + 1
    assert {conflict.quantity.name for conflict in told} >= {"t01r09"}


@with_seeds
def test_rolled_books_that_are_wrong_are_told_all_at_once(tmp_path: Path) -> None:
    book = read(SEEDS / "hecla-2003q3.txt")
    roll(book, collect(book).equations, date(2004, 9, 30), tmp_path)
    edit_csv(
        tmp_path / "leaves.csv",
        lambda rows: [
            {**rows[0], "unit": "oz"},
            {**rows[1], "2004-07..2004-09": "plenty"},
            {**rows[2], "row": "t99r99"},
        ],
    )
    with pytest.raises(BooksError) as caught:
        close(tmp_path)
    told = [(problem.file, problem.row, problem.column) for problem in caught.value.problems]
    assert told == [("leaves.csv", 2, "unit"), ("leaves.csv", 3, "2004-07..2004-09"), ("leaves.csv", 4, "row")]


@with_seeds
def test_rolling_back_or_over_books_is_refused(tmp_path: Path) -> None:
    book = read(SEEDS / "hecla-2003q3.txt")
    with pytest.raises(ValueError, match="does not close a quarter after"):
        roll(book, (), date(2003, 6, 30), tmp_path)
    with pytest.raises(ValueError, match="does not close a quarter after"):
        roll(book, (), date(2003, 10, 31), tmp_path)
    with pytest.raises(ValueError, match="slips of the pen"):
        roll(book, (), date(9999, 12, 31), tmp_path)
    with pytest.raises(ValueError, match="give 2003-12-31, not 2003-12-30"):
        roll(book, (), date(2003, 12, 30), tmp_path)
    roll(book, (), date(2003, 12, 31), tmp_path)
    with pytest.raises(FileExistsError):
        roll(book, (), date(2003, 12, 31), tmp_path)


@pytest.fixture(scope="module")
def rolled_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    write_books(folder / "now", 4, 2, months_from(2003, 6))
    now = close(folder / "now")
    roll(now.book, collect(now.book).equations, date(2003, 9, 30), folder / "rolled")
    return folder / "rolled"


SLIPS = ["", "-1", "0", "x", "1e9", '"', "t00r00", "t99r99", "9" * 38, "[", "{}", "1/0", "q", "a +", "b / c * 2"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_slip_of_the_pen_in_rolled_books_is_a_crash(rolled_company: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(["report.toml", "rows.csv", "formulas.csv", "leaves.csv", "comparatives.csv"]))
    mark = "," if file.endswith(".csv") else " "
    before = (rolled_company / file).read_text(encoding="utf-8")
    lines = before.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    parts = lines[at].split(mark)
    cell = data.draw(st.integers(0, len(parts) - 1))
    parts[cell] = data.draw(st.sampled_from(SLIPS) | st.text(max_size=6))
    lines[at] = mark.join(parts)
    (rolled_company / file).write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        assert close(rolled_company).sheets
    except BooksError as error:
        told = error.problems
    else:
        return
    finally:
        (rolled_company / file).write_text(before, encoding="utf-8")
    assert told
