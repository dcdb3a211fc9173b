"""The command line: one command a verb. The only place that prints.

Exit status: 0 no break, 1 at least one break, 2 the input could not be read or the call was wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from orebook import __version__

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from orebook.model.book import Book
    from orebook.model.tie import Checked, Finding

OK, BROKEN, WRONG = 0, 1, 2
_SLOW = 20


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        print(f"orebook {__version__}")
        return OK
    options = _parser().parse_args(given)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        # The reader of our output has gone (`orebook read … | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("orebook: stopped", file=sys.stderr)
        return 130


def _parser() -> ArgumentParser:
    from argparse import ArgumentParser  # noqa: PLC0415  `--version` does without

    parser = ArgumentParser(prog="orebook", description="Reads, checks, closes and writes quarterly reports.")
    parser.add_argument("--version", action="version", version=f"orebook {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    read = verbs.add_parser("read", help="read reports as filed into facts")
    _files(read)
    read.add_argument("--format", choices=("summary", "jsonl", "csv", "json", "parquet", "arrow"), default="summary")
    read.add_argument("--ledger", action="store_true", help="account for every number token of the file")
    _outputs(read)
    read.set_defaults(run=_read)

    check = verbs.add_parser("check", help="re-perform every total, copy, ratio, roll-forward and sentence")
    _files(check)
    check.add_argument("--format", choices=("text", "jsonl"), default="text")
    check.add_argument("--only", metavar="CODE", action="append", default=[], help="show findings of this check alone")
    check.add_argument("--ignore", metavar="CODE", action="append", default=[], help="leave findings of this check out")
    check.add_argument("--baseline", metavar="FILE", help="findings accepted before; they are not reported again")
    check.add_argument("--update-baseline", action="store_true", help="accept the findings of this run in --baseline")
    check.add_argument("--untied", action="store_true", help="list the figures and claims that nothing ties")
    _outputs(check)
    check.set_defaults(run=_check)

    show = verbs.add_parser("show", help="draw a stage of reading over the text")
    show.add_argument("file", metavar="FILE")
    show.add_argument("--stage", choices=("lines", "blocks", "columns", "rows", "facts"), default="facts")
    show.set_defaults(run=_show)

    explain = verbs.add_parser("explain", help="say what a figure is, who read it, and what ties it")
    explain.add_argument("place", metavar="FILE:LINE[:COL]")
    explain.set_defaults(run=_explain)

    checks = verbs.add_parser("checks", help="list the catalogue of checks")
    checks.add_argument("code", nargs="?", help="print what this check ties and why")
    checks.set_defaults(run=_checks)
    return parser


def _files(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="text, HTML or EDGAR submission, also .gz; - reads standard input"
    )


def _outputs(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write there (whole or not at all) instead of standard output"
    )
    parser.add_argument("--html", metavar="FILE", help="also write the report as a page with tick marks")
    parser.add_argument("--xlsx", metavar="FILE", help="also write a workbook with live formulas")


# ------------------------------------------------------------------------------------------------ input


def _say(message: str) -> None:
    print(f"orebook: {message}", file=sys.stderr)


def _books(files: list[str]) -> Iterator[Book | None]:
    """Each file's book; None for one that could not be read, after its message was printed."""
    for file in files:
        yield _book(file)


def _book(file: str) -> Book | None:
    from orebook.pipeline import UnreadableError, read  # noqa: PLC0415
    from orebook.read.source import LIMIT_BYTES  # noqa: PLC0415

    try:
        if file == "-":
            return read(sys.stdin.buffer.read(LIMIT_BYTES + 1), "<stdin>")
        return read(file)
    except UnreadableError as error:
        _say(str(error))
    except OSError as error:
        _say(f"{file}: {error.strerror or error}; check the name and the permissions")
    return None


# ------------------------------------------------------------------------------------------------ read


def _read(options: Namespace) -> int:
    if (options.html or options.xlsx) and len(options.files) > 1:
        _say("--html and --xlsx write one document: give one FILE")
        return WRONG
    failed = False
    books: list[Book] = []
    for book in _books(options.files):
        if book is None:
            failed = True
        elif options.output or options.format in {"parquet", "arrow", "json", "csv"}:
            books.append(book)
        else:
            _print(_read_lines(book, options))
        if book is not None and not _write_extras(book, None, options):
            failed = True
    if books:
        failed = not _deliver(_rendered(books, options), options) or failed
    return WRONG if failed else OK


def _read_lines(book: Book, options: Namespace) -> Iterable[str]:
    if options.ledger:
        from orebook.book.ledger import ledger  # noqa: PLC0415
        from orebook.write.summary import ledger_lines  # noqa: PLC0415

        return ledger_lines(book.name, ledger(book))
    if options.format == "jsonl":
        from orebook.write.jsonl import fact_lines  # noqa: PLC0415

        return fact_lines(book)
    from orebook.write.summary import summary  # noqa: PLC0415

    return summary(book)


def _rendered(books: list[Book], options: Namespace) -> bytes | None:
    """The whole output of a run, for a file or a binary format."""
    if options.ledger or options.format in {"jsonl", "summary"}:
        return "".join(
            line if line.endswith("\n") else f"{line}\n" for book in books for line in _read_lines(book, options)
        ).encode()
    from orebook.write.tables import MissingExtraError, render  # noqa: PLC0415

    try:
        return render(books, options.format)
    except MissingExtraError as error:
        _say(str(error))
        return None


def _deliver(data: bytes | None, options: Namespace) -> bool:
    if data is None:
        return False
    if options.output:
        return _write(options.output, data)
    if options.format in {"parquet", "arrow"} and sys.stdout.isatty():
        _say(f"{options.format} is binary: give -o FILE")
        return False
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    return True


def _write(path: str, data: bytes | str) -> bool:
    from orebook.write.files import write_whole  # noqa: PLC0415

    try:
        write_whole(path, data)
    except OSError as error:
        _say(f"{path}: {error.strerror or error}; nothing was written")
        return False
    return True


def _write_extras(book: Book, checked: Checked | None, options: Namespace) -> bool:
    good = True
    if options.html:
        from orebook.write.html import page  # noqa: PLC0415

        good = _write(options.html, page(book, checked)) and good
    if options.xlsx:
        try:
            from orebook.write.xlsx import workbook  # noqa: PLC0415
        except ImportError:
            _say("a workbook needs the extra `xlsx`: pip install 'orebook[xlsx]'")
            return False
        good = _write(options.xlsx, workbook(book, checked)) and good
    return good


def _print(lines: Iterable[str]) -> None:
    out = sys.stdout
    out.writelines(line if line.endswith("\n") else f"{line}\n" for line in lines)


# ------------------------------------------------------------------------------------------------ check


def _check(options: Namespace) -> int:
    if (options.html or options.xlsx) and len(options.files) > 1:
        _say("--html and --xlsx write one document: give one FILE")
        return WRONG
    if options.update_baseline and not options.baseline:
        _say("--update-baseline needs --baseline FILE")
        return WRONG
    accepted = _accepted(options.baseline)
    if accepted is None:
        return WRONG
    made: list[str] = []
    known: list[str] = []
    status = max(
        (_check_file(index, options, accepted, made, known) for index in range(len(options.files))), default=OK
    )
    _progress(len(options.files), options.files)
    if options.output and not _write(options.output, _joined(made)):
        status = WRONG
    if options.update_baseline and not _write(options.baseline, _joined(sorted({*accepted, *known}))):
        status = WRONG
    return status


def _check_file(index: int, options: Namespace, accepted: frozenset[str], made: list[str], known: list[str]) -> int:
    """Checks one file; what is to be written goes to `made`, the findings' fingerprints to `known`."""
    from orebook.pipeline import check  # noqa: PLC0415

    _progress(index, options.files)
    book = _book(options.files[index])
    if book is None:
        return WRONG
    checked = check(book)
    kept = tuple(finding for finding in checked.findings if _wanted(finding, book, options, accepted))
    known.extend(_fingerprint(book, finding) for finding in kept)
    checked = checked._replace(findings=kept)
    lines = _check_lines(book, checked, options)
    if options.output:
        made.extend(lines)
    else:
        _print(lines)
    if not _write_extras(book, checked, options):
        return WRONG
    broken = any(finding.grade == "break" for finding in kept) and not options.update_baseline
    return BROKEN if broken else OK


def _joined(lines: Iterable[str]) -> str:
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _check_lines(book: Book, checked: Checked, options: Namespace) -> list[str]:
    if options.format == "jsonl":
        from orebook.write.jsonl import check_lines  # noqa: PLC0415

        return list(check_lines(checked, book.name))
    from orebook.check.coverage import coverage, untied  # noqa: PLC0415
    from orebook.write.terminal import claim_lines, finding_lines, verdict  # noqa: PLC0415

    covered = coverage(book, checked)
    made = list(verdict(book, checked, covered.once, covered.twice))
    for finding in checked.findings:
        made.append("")
        made.extend(finding_lines(book, finding))
    if options.untied:
        made.append("")
        made.extend(
            f"{book.name}:{fact.spot.line}:{fact.spot.start}: untied figure {fact.text!r} {fact.label}"
            for fact in untied(book, checked)
        )
        for claim in checked.claims:
            if claim.verdict == "untied":
                made.extend(claim_lines(book, claim))
    return made


def _wanted(finding: Finding, book: Book, options: Namespace, accepted: frozenset[str]) -> bool:
    if options.only and not any(finding.code.startswith(code) for code in options.only):
        return False
    if any(finding.code.startswith(code) for code in options.ignore):
        return False
    return _fingerprint(book, finding) not in accepted


def _fingerprint(book: Book, finding: Finding) -> str:
    """A finding without its place, so that a draft whose lines move keeps what was accepted."""
    name = book.name.rpartition("/")[2]
    return f"{name}\t{finding.code}\t{finding.grade}\t{finding.printed}\t{finding.computed}\t{finding.message}"


def _accepted(path: str | None) -> frozenset[str] | None:
    if path is None or not os.path.exists(path):  # noqa: PTH110  pathlib is dear at start
        return frozenset()
    from pathlib import Path  # noqa: PLC0415

    try:
        return frozenset(Path(path).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        _say(f"{path}: the baseline cannot be read ({error}); give a file that --update-baseline wrote")
        return None


def _progress(done: int, files: list[str]) -> None:
    """A progress bar on a terminal, where there are many files."""
    if len(files) < _SLOW or not sys.stderr.isatty():
        return
    filled = 30 * done // len(files)
    end = "\n" if done == len(files) else ""
    print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{len(files)}", end=end, file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------ show, explain, checks


def _show(options: Namespace) -> int:
    book = _book(options.file)
    if book is None:
        return WRONG
    from orebook.pipeline import grids_of, line_kinds  # noqa: PLC0415
    from orebook.write import stages  # noqa: PLC0415

    if options.stage == "facts":
        _print(stages.facts_stage(book))
        return OK
    if options.stage == "lines":
        _print(stages.lines_stage(line_kinds(book), book.lines))
        return OK
    if options.file == "-":
        _say("show reads standard input for the stages lines and facts alone; give a file")
        return WRONG
    grids = grids_of(options.file)
    drawn: dict[str, Callable[[], Iterator[str]]] = {
        "blocks": lambda: stages.blocks_stage(grids, book.lines),
        "columns": lambda: stages.columns_stage(grids, book.lines),
        "rows": lambda: stages.rows_stage(grids),
    }
    _print(drawn[options.stage]())
    return OK


def _explain(options: Namespace) -> int:
    file, line, column = _place(options.place)
    if line is None:
        _say(f"{options.place}: give FILE:LINE or FILE:LINE:COL, as `orebook check` prints them")
        return WRONG
    book = _book(file)
    if book is None:
        return WRONG
    from orebook.pipeline import check  # noqa: PLC0415
    from orebook.write import terminal  # noqa: PLC0415

    facts = [
        fact
        for fact in book.facts
        if fact.spot.line == line and (column is None or fact.spot.start <= column < fact.spot.end)
    ]
    checked = check(book)
    claims = [
        claim
        for claim in checked.claims
        if claim.spot.line == line and (column is None or claim.spot.start <= column < claim.spot.end)
    ]
    if not facts and not claims:
        known = sorted({fact.spot.start for fact in book.facts if fact.spot.line == line})
        hint = f"figures begin at columns {', '.join(map(str, known))}" if known else "no figure stands on that line"
        _say(f"{options.place}: nothing to explain there: {hint}")
        return WRONG
    for fact in facts:
        _print(terminal.fact_lines(book, fact))
        _print(
            terminal.tie_lines(
                fact, [tie for tie in checked.ties if fact is tie.target or any(o.fact is fact for o in tie.operands)]
            )
        )
    for claim in claims:
        _print(terminal.claim_lines(book, claim))
    return OK


def _place(text: str) -> tuple[str, int | None, int | None]:
    parts = text.rsplit(":", 2)
    if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
        return parts[0], int(parts[1]), int(parts[2])
    file, _, line = text.rpartition(":")
    return (file, int(line), None) if file and line.isdigit() else (text, None, None)


def _checks(options: Namespace) -> int:
    from orebook.check.catalogue import CATALOGUE, page  # noqa: PLC0415

    if options.code:
        wanted = [check for check in CATALOGUE if check.code == options.code]
        if not wanted:
            _say(f"{options.code}: no such check; `orebook checks` lists them")
            return WRONG
        _print([f"{wanted[0].code} {wanted[0].name}", "", page(wanted[0])])
        return OK
    _print(f"{check.code}  {check.name}" for check in CATALOGUE)
    return OK


if __name__ == "__main__":
    sys.exit(main())
