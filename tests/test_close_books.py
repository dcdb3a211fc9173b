"""Closing a random company, and what bad books are told."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.check import run
from orebook.close import BooksError, Closed, Problem, Quantity, change, close
from orebook.close.gaps import dependants
from orebook.close.report import closed_lines
from orebook.close.sheet import rounded
from tests.close_company import months_from, write_books


def closed(folder: Path, seed: int, mines: int, months: int = 9) -> Closed:
    write_books(folder, seed, mines, months_from(2003, months))
    return close(folder)


@given(st.integers(0, 10_000), st.integers(1, 40), st.sampled_from([3, 6, 9, 12, 21]))
@settings(max_examples=6, deadline=None, derandomize=True)
def test_a_random_company_closes_and_checks_without_a_break(seed: int, mines: int, months: int) -> None:
    with TemporaryDirectory() as folder:
        made = closed(Path(folder) / "books", seed, mines, months if mines < 9 else 9)
    assert not made.conflicts
    assert not made.missing
    assert not made.cycles
    checked = run(made.book)
    assert checked.ties
    assert [finding.message for finding in checked.findings if finding.grade == "break"] == []


def test_what_is_printed_is_what_was_derived(tmp_path: Path) -> None:
    """Reading the report back gives every figure of every sheet, rounded once, with its period."""
    made = closed(tmp_path, 5, 4, 21)
    printed = [
        (row.label, rounded(value, row.style) if value else None)
        for sheet in made.sheets
        for row in sheet.rows
        for value in row.values
        if value is not None
    ]
    read = [(fact.label, None if fact.value is None else Fraction(fact.value)) for fact in made.book.facts]
    assert [figure for _, figure in read] == [figure for _, figure in printed]
    assert [label for label, _ in read] == [label for label, _ in printed]
    assert all(fact.period is not None for fact in made.book.facts)


def test_units_and_scales_are_read_back(tmp_path: Path) -> None:
    made = closed(tmp_path, 5, 4)
    amounts: dict[str, list[Fraction]] = {}
    for sheet in made.sheets:
        for row in sheet.rows:
            for value in row.values:
                if value:
                    amounts.setdefault(row.label, []).append(rounded(value, row.style) * row.style.scale)
    read: dict[str, list[Fraction]] = {}
    for fact in made.book.facts:
        if fact.value is not None:
            read.setdefault(fact.label, []).append(Fraction(fact.amount))
    assert read == amounts


def test_totals_that_do_not_add_on_paper_are_told(tmp_path: Path) -> None:
    made = closed(tmp_path, 2, 12)
    assert made.gaps
    for gap in made.gaps:
        assert 0 < abs(gap.printed - gap.added) < 10


def test_a_changed_leaf_moves_its_dependants_only(tmp_path: Path) -> None:
    made = closed(tmp_path, 3, 3)
    graph = made.graph
    leaf = next(node for node, source in graph.sources.items() if source.file == "costs.csv")
    before = list(graph.values)
    moved = change(graph, {leaf: Fraction(1)})
    assert moved
    assert set(moved) <= {leaf, *dependants(graph, leaf)}
    assert [node for node, value in enumerate(graph.values) if value != before[node]] == sorted(moved)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


BAD = [
    ("production.csv", "2003-02,mine-1,ore", "2003-02,mine-9,ore", "mine", "there is no mine 'mine-9'"),
    ("production.csv", ",ton\n", ",oz\n", "unit", "ore is in ton, not in 'oz'"),
    ("costs.csv", "2003-02,mine-1,milling,", "2003-02,mine-1,milling,about ", "value", "is not a number"),
    (
        "costs.csv",
        "2003-02,mine-1,milling",
        "2003-02,mine-1,millling",
        "item",
        "'millling' does not belong in costs.csv",
    ),
    ("costs.csv", "2003-02,mine-1", "2003-01,mine-1", "value", "stands with another value"),
    ("company.toml", 'share = "', 'share = "9', "share", "it lies between 0 and 100 %"),
    ("company.toml", 'segment = "', 'segment = "x', "segment", "there is no segment"),
    ("company.toml", "measures = ", "measuers = ", "company.measuers", "no such setting; did you mean measures?"),
    (
        "company.toml",
        'segment = "',
        'zone = "north"\nsegment = "',
        "mines.mine-1.zone",
        "no such setting; there are id",
    ),
    ("mapping.csv", "1000 cash,cash", "1000 cash,kash", "line", "'kash' is not a line of the statements"),
    ("mapping.csv", "6000*", "6001*", "account", "account '6000 administration' has no row in mapping.csv"),
    ("ledger.csv", "6100 exploration,2003-03,", "6100 exploration,2003-03,1", "amount", "do not balance"),
    ("prices.csv", "2003-02,gold,realized", "2003-02,gold,quoted", "kind", "neither realized nor market"),
    ("shares.csv", "weighted_average_shares", "average_shares", "item", "is not one of"),
    ("production.csv", "period,mine,item", "month,mine,item", "period", "the heading row has no column period"),
    (
        "production.csv",
        "period,mine,item,value",
        "period,mine,value,item,value",
        "value",
        "two columns are headed value",
    ),
    ("production.csv", "2003-03,mine-1,ore", "March,mine-1,ore", "period", "'March' is not a period"),
    ("production.csv", "2003-03,mine-1,ore", "2013-03,mine-1,ore", "period", "lies outside the books"),
]


def test_cells_parted_by_another_mark(tmp_path: Path) -> None:
    write_books(tmp_path, 1, 2, months_from(2003, 9))
    text = (tmp_path / "prices.csv").read_text(encoding="utf-8")
    (tmp_path / "prices.csv").write_text(text.replace(",", ";"), encoding="utf-8")
    with pytest.raises(BooksError, match="parted by ';': save the file again with commas"):
        close(tmp_path)


@pytest.mark.parametrize("name", ["Costs.csv", "costs.xlsx", "costs.tsv"])
def test_a_file_that_is_not_read_is_told(tmp_path: Path, name: str) -> None:
    """Otherwise all that it holds is missing, and nobody knows why."""
    write_books(tmp_path, 1, 2, months_from(2003, 9))
    (tmp_path / "costs.csv").rename(tmp_path / name)
    if (tmp_path / "costs.csv").exists():
        pytest.skip("this file system does not tell small letters from capitals")
    with pytest.raises(BooksError, match=f"{name}: this file is not read: save it as costs.csv"):
        close(tmp_path)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case[-1])
def test_bad_books_are_told_where_and_what(tmp_path: Path, case: tuple[str, str, str, str, str]) -> None:
    file, old, new, column, message = case
    write_books(tmp_path, 1, 2, months_from(2003, 9))
    edit(tmp_path, file, old, new)
    with pytest.raises(BooksError) as caught:
        close(tmp_path)
    assert any(column in problem.column and message in problem.message for problem in caught.value.problems), str(
        caught.value
    )


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    write_books(tmp_path, 1, 2, months_from(2003, 9))
    for file, old, new, _, _ in BAD[:3]:
        edit(tmp_path, file, old, new)
    with pytest.raises(BooksError) as caught:
        close(tmp_path)
    problems = caught.value.problems
    assert {problem.file for problem in problems} >= {"production.csv", "costs.csv"}
    assert all(problem.row for problem in problems if problem.column != "period")
    assert len(problems) >= 3


def test_a_missing_month_is_a_problem(tmp_path: Path) -> None:
    write_books(tmp_path, 1, 2, months_from(2003, 9))
    lines = (tmp_path / "costs.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("2003-05,mine-1,mining,")]
    (tmp_path / "costs.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(BooksError, match="mine-1 mining has no row for 2003-05"):
        close(tmp_path)


def test_a_missing_item_blocks_what_needs_it(tmp_path: Path) -> None:
    """An item that is listed and never stated: nothing is filled in for it."""
    write_books(tmp_path, 1, 2, months_from(2003, 9))
    lines = (tmp_path / "costs.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if ",mine-1,mining," not in line]
    (tmp_path / "costs.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    edit(
        tmp_path,
        "mapping.csv",
        "5000 cost mine-1,reported_cost_of_sales,mine-1",
        "5000 cost mine-1,other_operating_expense,",
    )
    made = close(tmp_path)
    names = {str(gap.quantity) for gap in made.missing}
    assert any("mining of mine-1" in name for name in names), names
    blocked = {quantity.name for gap in made.missing for quantity in gap.blocks}
    assert "total_cash_cost_per_ounce" in blocked


def test_two_files_that_disagree_are_a_conflict(tmp_path: Path) -> None:
    write_books(tmp_path, 1, 1, months_from(2003, 9))
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in text]
    for row in rows:
        if row[1] == "2003-04" and row[0] == "5000 cost mine-1":
            row[2] = str(Decimal(row[2]) + 10)
        if row[1] == "2003-04" and row[0] == "1000 cash":
            row[2] = str(Decimal(row[2]) - 10)
    (tmp_path / "ledger.csv").write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    made = close(tmp_path)
    assert made.conflicts
    files = {source.file for conflict in made.conflicts for source in conflict.sources}
    assert {"ledger.csv", "costs.csv"} <= files


def test_a_figure_is_traced_to_its_rows(tmp_path: Path) -> None:
    made = closed(tmp_path, 1, 3)
    period = made.sheets[0].columns[0]
    figures = (Quantity("total_cash_cost_per_ounce", f"mine-{at}", period) for at in (1, 2, 3))
    steps = made.trace(next(figure for figure in figures if made.value(figure) is not None))
    assert steps[0].rule.startswith("total_cash_cost_per_ounce = total_cash_cost /")
    sources = {step.source.file for step in steps if step.source}
    assert {"costs.csv", "production.csv"} <= sources


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_slip_of_the_pen_is_a_crash(tmp_path: Path, data: st.DataObject) -> None:
    """Any cell of any file replaced by anything: the books close, or say what is wrong."""
    folder = tmp_path / "slips"
    if not folder.exists():
        write_books(folder, 3, 2, months_from(2003, 6))
    file = data.draw(st.sampled_from(sorted(path.name for path in folder.iterdir())))
    before = (folder / file).read_text(encoding="utf-8")
    lines = before.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    parts = lines[at].split("," if file.endswith(".csv") else " ")
    cell = data.draw(st.integers(0, len(parts) - 1))
    parts[cell] = data.draw(
        st.sampled_from(
            ["", "-1", "0", "x", "1e9", '"', "9999-99", "0001-01", "2003-02-30", "[", "{}", "=", "1/0", "\0", "1" * 50]
        )
        | st.text(max_size=6)
    )
    lines[at] = ("," if file.endswith(".csv") else " ").join(parts)
    (folder / file).write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        close(folder)
    except BooksError as error:
        told = error.problems
    else:
        told = (Problem(file, 0, "", ""),)
    finally:
        (folder / file).write_text(before, encoding="utf-8")
    assert told
    assert all(problem.file.endswith((".csv", ".toml")) for problem in told)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_the_largest_part_takes_the_difference_where_asked(tmp_path: Path, seed: int) -> None:
    plain = closed(tmp_path, seed, 6)
    edit(tmp_path, "company.toml", "[company]\n", '[company]\nrounding = "the largest part takes the difference"\n')
    made = close(tmp_path)
    assert made.moves
    assert len(made.gaps) < len(plain.gaps)
    assert all(abs(move.units) <= 3 for move in made.moves)
    assert plain.graph.values == made.graph.values
    lines = closed_lines(made)
    assert sum("by convention" in line for line in lines) == len(made.moves)
    assert [finding.message for finding in run(made.book).findings if finding.grade == "break"] == []
