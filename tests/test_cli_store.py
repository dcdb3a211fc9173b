"""`orebook keep` and `orebook series`: what they print, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from pathlib import Path

import pytest

from orebook.cli import main
from orebook.cli.common import EndedError
from orebook.cli.workers import Workers
from tests import series_reports as reports

HOSTILE = "=HYPERLINK mill"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with reports of a company and a file that is none."""
    monkeypatch.chdir(tmp_path)
    for name, data in (("first", reports.first()), ("divided", reports.divided()), ("restated", reports.restated())):
        (tmp_path / f"{name}.txt").write_bytes(data)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    return tmp_path


def printed(command: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """What a command answers: its exit status, and what it wrote to output and error."""
    status = main(command)
    told = capsys.readouterr()
    return status, told.out, told.err


def test_reports_are_kept_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = printed(["keep", "a.store", "first.txt", "divided.txt"], capsys)
    assert status == 0
    assert out.splitlines() == [
        "first.txt: LARKSPUR MINES INC.: 16 figures, 16 of them in series",
        "divided.txt: LARKSPUR MINES INC.: 18 figures, 18 of them in series",
        "a.store: 2 reports kept, 34 figures",
    ]
    (folder / "copy.txt").write_bytes(reports.first())
    status, out, err = printed(["keep", "a.store", "first.txt", "copy.txt"], capsys)
    assert (status, out) == (0, "a.store: 0 reports kept, 0 figures, 2 kept before\n")
    assert err == "orebook: copy.txt: the same content is kept as first.txt, and not a second time\n"


def test_reports_are_dropped_by_their_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["keep", "a.store", "first.txt", "divided.txt"])
    capsys.readouterr()
    status, out, err = printed(["keep", "a.store", "--drop", "first.txt", "frist.txt"], capsys)
    assert (status, out) == (2, "a.store: 1 report dropped\n")
    assert err == "orebook: a.store: no report is kept as 'frist.txt'; the nearest are 'divided.txt'\n"
    assert printed(["keep", "none.store", "--drop", "first.txt"], capsys)[0] == 2
    assert not (folder / "none.store").exists()


def test_a_name_kept_before_with_other_content_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["keep", "a.store", "first.txt"])
    (folder / "first.txt").write_bytes(reports.restated())
    status, out, err = printed(["keep", "a.store", "first.txt"], capsys)
    assert status == 0
    assert "1 report kept" in out
    assert "first.txt: a report of this name and other content is kept already; both are in the store now" in err


def test_one_bad_file_does_not_keep_the_others_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = printed(["keep", "a.store", "paper.pdf", "first.txt", "missing.txt", str(folder)], capsys)
    assert status == 2
    assert "a.store: 1 report kept, 16 figures, 3 not read" in out
    complaints = err.splitlines()
    assert [word in line for word, line in zip(("PDF", "missing.txt", "folder"), complaints, strict=True)] == [True] * 3


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["keep", "first.txt", "divided.txt"], "this is no store; give the store first"),
        (["keep", "first.txt", "first.txt"], "give the store once, before the reports"),
        (["series", "none.store"], "there is no such store; `orebook keep none.store FILE…` makes one"),
        (["series", "first.txt"], "this is no store"),
    ],
)
def test_a_wrong_store_is_refused(
    command: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = printed(command, capsys)
    assert (status, out) == (2, "")
    assert said in err
    assert (folder / "first.txt").read_bytes() == reports.first()


def test_a_series_as_a_table(folder: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["keep", "a.store", "first.txt", "divided.txt"])
    capsys.readouterr()
    status, out, _ = printed(["series", "a.store", "--company", "larkspur", "--measure", "exploration"], capsys)
    assert status == 0
    assert f"```\n{out}```" in (root / "docs" / "store.md").read_text(encoding="utf-8")


def test_series_as_records(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["keep", "a.store", "first.txt", "restated.txt"])
    capsys.readouterr()
    _, out, _ = printed(["series", "a.store", "--restated", "--measure", "cost of sales", "--format", "jsonl"], capsys)
    found, last = map(json.loads, out.splitlines())
    assert (found["record"], found["company"], found["unit"], found["months"]) == (
        *("series", "LARKSPUR MINES INC.", "USD"),
        3,
    )
    [point] = [point for point in found["points"] if point["period"]["end"] == "2003-06-30"]
    assert [(one["document"], one["value"], one["scale"], one["verdict"]) for one in point["vintages"]] == [
        ("first.txt", "5200", 1000, None),
        ("restated.txt", "5000", 1000, "restated"),
    ]
    lines = (folder / "first.txt").read_text().splitlines()
    earlier = point["vintages"][0]
    assert lines[earlier["line"] - 1][slice(*earlier["span"])] == earlier["text"] == "5,200"
    assert (last["record"], last["reports"], last["figures"], last["left_out"]) == ("left-out", 2, 32, {})


def test_series_as_a_spreadsheet_takes_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "hostile.txt").write_bytes(reports.second(more=f"{HOSTILE:<48}12             11\n"))
    main(["keep", "a.store", "first.txt", "hostile.txt"])
    capsys.readouterr()
    status, out, err = printed(["series", "a.store", "--format", "csv"], capsys)
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert {row["label"] for row in rows if "HYPERLINK" in row["label"]} == {f"'{HOSTILE}"}
    assert {row["amount"] for row in rows if row["label"] == "Cost of sales" and row["period_end"] == "2003-06-30"} == {
        "5200000"
    }
    assert "stand in no series" in err


def test_series_go_to_a_file_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["keep", "a.store", "first.txt"])
    assert main(["series", "a.store", "--format", "csv", "-o", "out.csv"]) == 0
    assert len((folder / "out.csv").read_text().splitlines()) == 17
    assert main(["series", "a.store", "--measure", "nothing like it", "-o", "out.csv"]) == 2
    assert len((folder / "out.csv").read_text().splitlines()) == 17
    assert main(["series", "a.store", "-o", "a.store"]) == 2
    assert sqlite3.connect("a.store").execute("SELECT count(*) FROM reports").fetchone() == (1,)


def test_several_processes_keep_what_one_keeps(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["first.txt", "paper.pdf", "divided.txt", "first.txt", "restated.txt"]
    told = [printed(["keep", f"{jobs}.store", *files, "--jobs", jobs], capsys) for jobs in ("1", "2")]
    assert [(status, out.replace("2.store", "1.store"), err) for status, out, err in told] == [told[0]] * 2
    dumps = [list(sqlite3.connect(f"{jobs}.store").iterdump()) for jobs in (1, 2)]
    assert dumps[0] == dumps[1]


def test_a_process_that_is_ended_leaves_nobody_waiting() -> None:
    with Workers(2, os._exit) as workers:
        for ended in [workers.submit(3) for _ in range(4)]:
            with pytest.raises(EndedError):
                ended.result(timeout=60)


def test_an_interrupted_run_says_what_is_kept(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from orebook.cli import keeping  # noqa: PLC0415

    pack = keeping._pack  # noqa: SLF001

    def stopped(data: bytes, name: str, digest: str) -> object:
        if name == "divided.txt":
            raise KeyboardInterrupt
        return pack(data, name, digest)

    monkeypatch.setattr(keeping, "_pack", stopped)
    status, out, err = printed(["keep", "a.store", "first.txt", "divided.txt"], capsys)
    assert status == 130
    assert "a.store: stopped; 1 report kept, 16 figures" in out
    assert "the same command keeps the rest" in err
    monkeypatch.setattr(keeping, "_pack", pack)
    assert main(["keep", "a.store", "first.txt", "divided.txt"]) == 0
    assert "1 report kept, 18 figures, 1 kept before" in capsys.readouterr().out
