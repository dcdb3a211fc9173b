"""The command line: what it prints, where, and with which exit status."""

from __future__ import annotations

import gzip
import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from orebook import __version__
from orebook.cli import main
from tests.small_report import CLEAN

FORMATS = ("jsonl", "csv", "json", "parquet", "arrow")
BROKEN = CLEAN.replace("2,315", "2,515")


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a report that agrees with itself and one that does not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clean.txt").write_text(CLEAN)
    (tmp_path / "broken.txt").write_text(BROKEN)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    return tmp_path


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"orebook {__version__}\n"


def test_read_prints_a_summary(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "clean.txt"]) == 0
    out = capsys.readouterr().out
    for word in ("clean.txt", "1999-06-30", "BALANCE SHEETS", "6 figures", "thousand USD"):
        assert word in out


def test_read_prints_records(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "clean.txt", "--format", "jsonl"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    lines = CLEAN.splitlines()
    assert [record["value"] for record in records] == ["412", "377", "1903", "2241", "2315", "2618"]
    assert all(lines[record["line"] - 1][slice(*record["span"])] == record["text"] for record in records)
    assert {record["period"]["end"] for record in records} == {"1999-06-30", "1998-12-31"}


@pytest.mark.parametrize("form", FORMATS)
def test_read_writes_a_file(form: str, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if form in {"parquet", "arrow"}:
        pytest.importorskip("pyarrow", reason="needs the extra `arrow`")
    assert main(["read", "clean.txt", "--format", form, "-o", f"facts.{form}"]) == 0
    assert capsys.readouterr().out == ""
    assert (report / f"facts.{form}").stat().st_size > 100
    assert [path for path in report.iterdir() if path.name.endswith(".part")] == []


def test_a_file_is_written_whole_or_not_at_all(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report / "facts.jsonl").write_text("kept")
    assert main(["read", "missing.txt", "--format", "jsonl", "-o", "facts.jsonl"]) == 2
    assert (report / "facts.jsonl").read_text() == "kept"
    assert main(["read", "clean.txt", "--format", "jsonl", "-o", "no/such/folder/facts.jsonl"]) == 2
    assert "no/such/folder" in capsys.readouterr().err


def test_the_ledger_accounts_for_every_number(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--ledger", "clean.txt"]) == 0
    assert "0 unaccounted" in capsys.readouterr().out


def test_the_ledger_as_records(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--ledger", "clean.txt", "--format", "jsonl"]) == 0
    tokens = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    lines = CLEAN.splitlines()
    assert all(lines[token["line"] - 1][slice(*token["span"])] == token["text"] for token in tokens)
    assert [token["kind"] for token in tokens if token["inside_table"]].count("figure") == 6
    assert main(["read", "--ledger", "clean.txt", "--format", "csv"]) == 2
    assert "--ledger" in capsys.readouterr().err


def test_one_bad_file_does_not_stop_the_rest(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["paper.pdf", "clean.txt", "missing.txt", str(report), "broken.txt"]
    assert main(["read", *files, "--format", "jsonl"]) == 2
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 12
    complaints = told.err.splitlines()
    assert len(complaints) == 3
    assert all(line.startswith("orebook: ") for line in complaints)
    assert "PDF" in complaints[0]
    assert "missing.txt" in complaints[1]


@pytest.mark.parametrize(
    ("files", "status"),
    [
        (["clean.txt"], 0),
        (["broken.txt"], 1),
        (["clean.txt", "broken.txt"], 1),
        (["clean.txt", "paper.pdf"], 2),
        (["broken.txt", "missing.txt"], 2),
    ],
)
def test_the_exit_status_of_check(files: list[str], status: int, report: Path) -> None:
    assert main(["check", *files]) == status


def test_check_shows_the_excerpt(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "broken.txt"]) == 1
    out = capsys.readouterr().out
    assert "Total assets             $   2,515" in out
    assert "^^^" in out
    assert "FT" in out


def test_check_prints_records(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "broken.txt", "--format", "jsonl"]) == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    verdicts = [record["verdict"] for record in records if record["record"] == "tie" and record["kind"] == "sum"]
    assert sorted(verdicts) == ["breaks", "ties"]
    assert [record["grade"] for record in records if record["record"] == "finding"] == ["break"]


def test_two_reports_are_compared_in_records(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = f"                 ACME MINING COMPANY\n{CLEAN}"
    new = old.replace("June 30,", "Sept. 30,").replace("2,241", "2,141").replace("2,618", "2,518")
    for name, text in (("old.txt", old), ("new.txt", new)):
        (report / name).write_text(text)
    main(["check", "old.txt", "new.txt", "--format", "jsonl"])
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    made = [record for record in records if record["record"] == "comparison"]
    told = [(record["label"], record["old"]["value"], record["new"]["value"], record["verdict"]) for record in made]
    assert ("Cash", "377", "377", "equal") in told
    assert ("Total assets", "2618", "2518", "restated") in told
    for record in made:
        assert (record["document"], record["against"]) == ("new.txt", "old.txt")
        line = old.splitlines()[record["old"]["line"] - 1]
        assert line[slice(*record["old"]["span"])] == record["old"]["text"]
    assert [record["code"] for record in records if record["record"] == "finding"].count("RP01") >= 1


def test_findings_can_be_chosen(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "broken.txt", "--ignore", "FT"]) == 0
    assert main(["check", "broken.txt", "--only", "PR"]) == 0
    assert main(["check", "broken.txt", "--only", "FT"]) == 1
    assert main(["check", "broken.txt", "--ignore", "pr,ft"]) == 0
    assert "not shown: 1 break, no queries" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--only", "XX99"], ["--ignore", "FT01,XX"], ["--only", ""]])
def test_a_code_that_no_check_has_does_not_pass_for_a_clean_report(
    arguments: list[str], report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "broken.txt", *arguments]) == 2
    assert "`orebook checks` lists them" in capsys.readouterr().err


def test_a_file_without_figures_is_not_called_clean_in_silence(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (report / "words.txt").write_text("Nothing but words.\n")
    assert main(["check", "words.txt"]) == 0
    assert "words.txt:1: no table of figures was found" in capsys.readouterr().out
    for command in ("check", "read"):
        assert main([command, "words.txt", "--format", "jsonl"]) == 0
        told = capsys.readouterr()
        assert "words.txt:1: no table of figures was found" in told.err
        assert told.out == ""


def test_the_next_command_can_be_run_as_printed(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report / "a draft's copy.txt").write_text(BROKEN)
    main(["check", "a draft's copy.txt"])
    said = next(line for line in capsys.readouterr().out.splitlines() if "next: " in line)
    assert main(shlex.split(said)[2:]) == 0


def test_a_baseline_holds_when_lines_move(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (root / "examples" / "silverton-2007q3.txt").read_text()
    draft = tmp_path / "draft.txt"
    draft.write_text(text)
    assert main(["check", "draft.txt"]) == 1
    assert main(["check", "draft.txt", "--baseline", "accepted", "--update-baseline"]) == 0
    assert main(["check", "draft.txt", "--baseline", "accepted"]) == 0
    draft.write_text("\n\n\n" + text)
    capsys.readouterr()
    assert main(["check", "draft.txt", "--baseline", "accepted"]) == 0, capsys.readouterr().out
    draft.write_text(text.replace("261,960", "261,990"))
    assert main(["check", "draft.txt", "--baseline", "accepted"]) == 1


def test_a_wrong_call_of_baseline(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "broken.txt", "--baseline", "accepted"]) == 2
    assert "accepted: the baseline cannot be read" in capsys.readouterr().err
    assert main(["check", "broken.txt", "--update-baseline"]) == 2
    assert "--baseline" in capsys.readouterr().err


def test_what_nothing_ties_is_listed(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "clean.txt", "--untied"])
    assert "untied figure" not in capsys.readouterr().out
    alone = [line for line in CLEAN.splitlines() if not line.startswith(("Total", "    ---", "    ==="))]
    (report / "clean.txt").write_text("\n".join(alone) + "\n")
    main(["check", "clean.txt", "--untied"])
    assert "untied figure" in capsys.readouterr().out


@pytest.mark.parametrize("stage", ["lines", "blocks", "columns", "rows", "facts"])
def test_every_stage_is_drawn(stage: str, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--stage", stage, "clean.txt"]) == 0
    out = capsys.readouterr().out
    assert "Receivables" in out
    assert len(out.splitlines()) >= 3


def test_explain_tells_what_a_figure_is(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = 1 + next(i for i, text in enumerate(CLEAN.splitlines()) if "2,315" in text)
    column = CLEAN.splitlines()[line - 1].index("2,315")
    assert main(["explain", f"clean.txt:{line}:{column}"]) == 0
    out = capsys.readouterr().out
    for word in ("2315", "1999-06-30", "Total assets", "scale", "period.column-heading", "sum"):
        assert word in out
    assert main(["explain", f"clean.txt:{line}"]) == 0
    assert "2618" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("clean.txt", "FILE:LINE"),
        ("clean.txt:²", "FILE:LINE"),
        (f"clean.txt:{'9' * 5000}", "FILE:LINE"),
        ("clean.txt:2", "nothing to explain"),
        ("missing.txt:4", "missing.txt"),
    ],
)
def test_explain_says_why_not(place: str, said: str, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", place]) == 2
    assert said in capsys.readouterr().err


def test_the_catalogue_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks"]) == 0
    codes = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert len(codes) == len(set(codes)) > 10
    assert main(["checks", codes[0]]) == 0
    page = capsys.readouterr().out
    assert codes[0] in page
    assert main(["checks", codes[0].lower()]) == 0
    assert main(["checks", "RP01"]) == 0
    assert len(page.splitlines()) > 4
    assert main(["checks", "XX99"]) == 2


@pytest.mark.parametrize("arguments", [[], ["read"], ["eat", "clean.txt"], ["read", "--format", "gold", "clean.txt"]])
def test_a_wrong_call_ends_with_2(arguments: list[str], report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_standard_input(report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(CLEAN.encode()))))
    assert main(["read", "-", "--format", "jsonl"]) == 0
    assert [json.loads(line)["document"] for line in capsys.readouterr().out.splitlines()] == ["<stdin>"] * 6


@pytest.mark.parametrize("stage", ["lines", "blocks", "columns", "rows", "facts"])
def test_every_stage_is_drawn_of_what_can_be_read_once(
    stage: str, report: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLEAN.encode())))
    assert main(["show", "--stage", stage, "-"]) == 0
    assert "Receivables" in capsys.readouterr().out


def test_a_reader_that_goes_away(report: Path) -> None:
    """`orebook read … | head -1` ends without a word."""
    many = report / "many.txt"
    many.write_text(CLEAN * 400)
    with subprocess.Popen(
        [sys.executable, "-m", "orebook", "read", str(many), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_names_and_terminals_of_every_kind(report: Path) -> None:
    """A file name that is no UTF-8, and a terminal that knows ASCII alone, stop nothing."""
    odd = report / "caf\udce9 \u2014.txt"
    odd.write_text(CLEAN.replace("Cash", "Cash \u2014 café"))
    for command in ("read", "check"):
        made = subprocess.run(
            [sys.executable, "-m", "orebook", command, odd.name, "clean.txt"],
            capture_output=True,
            check=False,
            env={"PYTHONIOENCODING": "ascii", "PATH": ""},
            cwd=report,
        )
        assert made.returncode == 0, made.stderr.decode(errors="replace")
        assert b"clean.txt" in made.stdout


def test_a_reader_that_closes_the_pipe_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "clean.txt"
    path.write_text(CLEAN)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "orebook", "read", str(path)]
    ended = subprocess.run(command, check=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "clean.txt"],
        ["read", "--format", "jsonl", "clean.txt"],
        ["read", "--format", "csv", "clean.txt"],
        ["--version"],
    ],
)
def test_output_that_cannot_be_written_whole_is_told(report: Path, arguments: list[str]) -> None:
    """Neither 0 nor 1: whoever reads a part must not take it for a verdict."""
    command = [sys.executable, "-m", "orebook", *arguments]
    with FULL.open("wb") as full:
        ended = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, cwd=report)
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"orebook: standard output: ")
    assert len(ended.stderr.splitlines()) == 1


def run_in_shell(report: Path, tail: str) -> subprocess.CompletedProcess[bytes]:
    command = f'exec "{sys.executable}" -m orebook {tail}'
    return subprocess.run(command, shell=True, check=False, capture_output=True, cwd=report)  # noqa: S602


def test_closed_streams_stop_nothing(report: Path) -> None:
    assert run_in_shell(report, "check broken.txt >&-").returncode == 1
    assert run_in_shell(report, "check missing.txt 2>&-").returncode == 2
    ended = run_in_shell(report, "read - <&-")
    assert (ended.returncode, ended.stderr) == (2, b"orebook: standard input is closed; give a file\n")


def test_output_goes_to_a_named_pipe_of_the_system(report: Path) -> None:
    """`-o /dev/stdout` into a pipe: the pipe has no name of its own that could be replaced."""
    if not Path("/dev/stdout").exists():
        pytest.skip("this system has no /dev/stdout")
    ended = run_in_shell(report, "read clean.txt -o /dev/stdout | cat")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"6 figures" in ended.stdout


@pytest.mark.parametrize(
    ("file", "said"), [(".", "this is a folder"), ("https://example.com/report.txt", "addresses are not fetched")]
)
def test_what_is_no_file_is_told_apart(file: str, said: str, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "clean.txt", "-o", "clean.txt"],
        ["check", "broken.txt", "clean.txt", "-o", "./clean.txt"],
        ["check", "clean.txt", "--html", "clean.txt"],
        ["write", "clean.txt", "--to", "clean.txt"],
        ["write", "clean.txt", "--to", "link.txt"],
    ],
)
def test_no_report_is_lost_to_its_own_output(
    arguments: list[str], report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (report / "link.txt").symlink_to("clean.txt")
    assert main(arguments) == 2
    assert "this is a report that is read; write to another file" in capsys.readouterr().err
    assert (report / "clean.txt").read_text() == CLEAN
