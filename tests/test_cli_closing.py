"""`close`, `whatif`, `guidance`, `roll` and `write` from the command line: what they print, refuse and leave behind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from orebook.cli import main
from tests.small_report import CLEAN

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def books(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a copy of the books of the example and a small report."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(root / "examples" / "sawtooth", tmp_path / "books")
    (tmp_path / "report.txt").write_text(CLEAN)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_close_writes_all_that_it_is_asked_for(books: Path, capsys: Capture) -> None:
    pytest.importorskip("xlsxwriter", reason="needs the extra `xlsx`")
    assert main(["close", "books", "-o", "out.txt", "--html", "out.html", "--xlsx", "out.xlsx"]) == 0
    assert "4,694 figures" in (books / "out.txt").read_text(encoding="utf-8")
    assert (books / "out.html").stat().st_size > 10_000
    assert (books / "out.xlsx").stat().st_size > 10_000
    assert capsys.readouterr().out == ""


def test_what_a_change_moves_goes_to_a_file_too(books: Path, capsys: Capture) -> None:
    change = "treatment@north-fork += 7,000 USD"
    assert main(["close", "books", "--set", change, "-o", "moved.txt"]) == 0
    assert (books / "moved.txt").read_text(encoding="utf-8").startswith(f"{change}\n  treatment of north-fork")
    assert main(["close", "books", "--set", change, "--html", "moved.html"]) == 2
    assert "--set" in capsys.readouterr().err
    assert not (books / "moved.html").exists()


def test_a_close_as_records(books: Path, capsys: Capture) -> None:
    assert main(["close", "books", "--format", "jsonl"]) == 0
    facts = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(facts) == 402
    assert {fact["document"] for fact in facts} == {"books"}
    assert main(["close", "books", "--format", "csv", "-o", "figures.csv"]) == 0
    assert len((books / "figures.csv").read_text(encoding="utf-8").splitlines()) == 403
    assert main(["close", "books", "--format", "csv", "--report"]) == 2


def test_books_that_contradict_themselves_end_with_1(books: Path, capsys: Capture) -> None:
    assert main(["close", "books"]) == 0
    edit(books / "books" / "costs.csv", "2003-01,north-fork,mining,685045", "2003-01,north-fork,mining,685046")
    capsys.readouterr()
    assert main(["close", "books"]) == 1
    assert "conflict: " in capsys.readouterr().out
    assert main(["write", "books", "--to", "release.txt"]) == 0
    assert "the report is not finished: 5 figures contradicted" in capsys.readouterr().err


def test_many_problems_of_one_kind_are_told_together(books: Path, capsys: Capture) -> None:
    edit(books / "books" / "company.toml", "period_end = 2003-12-31", "period_end = 2003-03-31")
    assert main(["close", "books"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert "orebook: books/costs.csv, row 80, column period: 2003-04 lies outside the books" in told[4]
    assert "orebook: books/costs.csv, column period: 231 more rows like these, to row 313" in told
    assert len(told) < 30


@pytest.mark.parametrize("arguments", [["close"], ["guidance"], ["whatif", "--set", "price.lead += 1/lb"]])
def test_a_folder_without_books_is_told_once(arguments: list[str], books: Path, capsys: Capture) -> None:
    (books / "empty").mkdir()
    assert main([*arguments, "empty"]) == 2
    assert capsys.readouterr().err == "orebook: empty/company.toml: the file is missing: every set of books has one\n"


def test_a_folder_that_is_not_there(books: Path, capsys: Capture) -> None:
    assert main(["close", "nothing"]) == 2
    said = capsys.readouterr().err
    assert said == "orebook: nothing: there is no such folder of books; `orebook roll` makes one from a report\n"


def test_an_unfinished_report_does_not_go_out_unnoticed(books: Path, capsys: Capture) -> None:
    assert main(["close", "books", "--report", "-o", "year.txt"]) == 0
    assert main(["roll", "year.txt", "--to", "2004-03-31", "-o", "quarter"]) == 0
    capsys.readouterr()
    assert main(["write", "quarter", "--to", "release.txt"]) == 0
    assert "quarter: the report is not finished: 144 figures missing; " in capsys.readouterr().err


def test_a_roll_that_cannot_be_filled_leaves_nothing(books: Path, capsys: Capture) -> None:
    assert main(["close", "books", "--report", "-o", "year.txt"]) == 0
    call = ["roll", "year.txt", "--to", "2004-03-31", "-o"]
    assert main([*call, "quarter", "--fill", "later.txt"]) == 2
    assert not (books / "quarter").exists()
    assert main([*call, "report.txt"]) == 2
    assert main([*call, "quarter"]) == 0
    capsys.readouterr()
    assert main([*call, "quarter"]) == 2
    assert capsys.readouterr().err == "orebook: quarter has books already; give another folder\n"


@pytest.mark.parametrize("name", ["report.pdf", "txt", "report", "-"])
def test_what_is_written_is_told_by_its_ending(name: str, books: Path, capsys: Capture) -> None:
    assert main(["write", "report.txt", "--to", name]) == 2
    assert "give a file that ends in .txt, .html, .xlsx, .xbr or .xbri" in capsys.readouterr().err
    assert main(["write", "report.txt", "--to", "page.HTM"]) == 0
    assert "<html" in (books / "page.HTM").read_text(encoding="utf-8")
