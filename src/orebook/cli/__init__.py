"""The command line: one command a verb.

Exit status: 0 no break, 1 at least one break, 2 the input could not be read or the call was wrong.
"""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

from orebook import __version__

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

    from orebook.cli.parser import Parser

    Verbs = _SubParsersAction[Parser]

__all__ = ["main", "start"]

_REPORT = "text, HTML or EDGAR submission, also .gz; - reads standard input"
# New values after which cycles are looked for: a start makes tens of thousands that stay.
_SELDOM = 50_000
_BOOKS = "a folder of books, a company's own or rolled from a report"


def start() -> NoReturn:
    """The program `orebook`: one command in a process of its own, which ends with the command's exit status.

    The process is left as it stands once all is written: to take a book of thousands of values apart takes as long as
    a quarter of reading it.
    """
    gc.set_threshold(_SELDOM)
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What a terminal cannot show, or a file name that is no text, is printed as escapes.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader of our output has gone (`orebook read … | head`): nothing is wrong.
        _let_output_go()
        return 0
    except OSError as error:
        # A full disk behind `> FILE`: what reads the output must not take a part for the whole.
        _let_output_go()
        sys.stderr.write(
            f"orebook: {error.filename or 'standard output'}: {error.strerror or error}; it is not whole\n"
        )
        return 2
    except MemoryError:
        sys.stderr.write("orebook: the memory ran out; give fewer or smaller files at a time\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("orebook: stopped\n")
        return 130


def _run(given: list[str]) -> int:
    if given == ["--version"]:
        sys.stdout.write(f"orebook {__version__}\n")
        return 0
    options = _parser(given[0] if given else "").parse_args(given)
    taken = _overwritten(vars(options))
    if taken:
        what = "the store" if taken == vars(options).get("store") else "a report"
        sys.stderr.write(f"orebook: {taken}: this is {what} that is read; write to another file\n")
        return 2
    return int(options.run(options))


def _overwritten(options: dict[str, Any]) -> str:
    """The output that is one of the reports read, "" for none: what was filed must not be lost to a slip."""
    outputs = [options[name] for name in ("output", "html", "xlsx", "to", "svg") if options.get(name)]
    there = [path for path in outputs if os.path.isfile(path)]  # noqa: PTH113  pathlib is dear at start
    if not there:
        return ""
    inputs = [options.get(name) for name in ("file", "source", "fill", "store")]
    inputs += options.get("files", ())
    read = [path for path in inputs if path and os.path.isfile(path)]  # noqa: PTH113
    return next((path for path in there if any(os.path.samefile(path, other) for other in read)), "")  # noqa: PTH121


def _open_streams() -> None:
    """Gives a closed standard output or error (`>&-`) the null device, so that nobody has to ask for it."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  pathlib is dear at start
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _let_output_go() -> None:
    """What is still buffered for an output that cannot take it is not tried again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(verb: str) -> ArgumentParser:
    """The parser of all verbs, or, to start quicker, of the group that the given verb is of."""
    from orebook.cli.parser import Parser  # noqa: PLC0415  `--version` does without

    parser = Parser(prog="orebook", description="Reads, checks, closes and writes quarterly reports.")
    parser.add_argument("--version", action="version", version=f"orebook {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND", prog="orebook")
    groups = {"read": _reading, "show": _reading, "explain": _reading, "check": _checking, "checks": _checking}
    groups |= {"keep": _keeping, "series": _keeping}
    for group in (groups[verb],) if verb in groups else (_reading, _checking, _closing, _keeping):
        group(verbs)
    return parser


def _reading(verbs: Verbs) -> None:
    from orebook.cli import reading  # noqa: PLC0415
    from orebook.cli.common import RECORDS  # noqa: PLC0415

    read = verbs.add_parser("read", help="read reports as filed into facts")
    _files(read)
    read.add_argument("--format", choices=("summary", *RECORDS), default="summary")
    read.add_argument(
        "--ledger", action="store_true", help="account for every number token of the file, as text or jsonl"
    )
    _outputs(read)
    read.set_defaults(run=reading.read)

    show = verbs.add_parser("show", help="draw a stage of reading over the text")
    show.add_argument("file", metavar="FILE", help=_REPORT)
    show.add_argument("--stage", choices=("lines", "blocks", "columns", "rows", "facts"), default="facts")
    show.set_defaults(run=reading.show)

    explain = verbs.add_parser("explain", help="say what a figure is, who read it, and what ties it")
    explain.add_argument("place", metavar="FILE:LINE[:COL]", help="a place as `orebook check` prints it")
    explain.set_defaults(run=reading.explain)


def _checking(verbs: Verbs) -> None:
    from orebook.cli import checking  # noqa: PLC0415

    check = verbs.add_parser(
        "check",
        help="re-perform every total, copy, ratio, roll-forward and sentence; two reports of one company are also compared",
    )
    _files(check)
    check.add_argument("--format", choices=("text", "jsonl"), default="text")
    check.add_argument(
        "--only",
        metavar="CODE",
        action="append",
        default=[],
        help="show findings of these checks alone, as PR or CR01,FT",
    )
    check.add_argument(
        "--ignore", metavar="CODE", action="append", default=[], help="leave findings of these checks out"
    )
    check.add_argument("--baseline", metavar="FILE", help="findings accepted before; they are not reported again")
    check.add_argument("--update-baseline", action="store_true", help="accept the findings of this run in --baseline")
    check.add_argument("--untied", action="store_true", help="list the figures and numbers that nothing ties")
    _outputs(check)
    check.set_defaults(run=checking.check)

    checks = verbs.add_parser("checks", help="list the catalogue of checks")
    checks.add_argument("code", nargs="?", help="print what this check ties and why")
    checks.set_defaults(run=checking.checks)


def _closing(verbs: Verbs) -> None:
    from orebook.cli import closing  # noqa: PLC0415
    from orebook.cli.common import RECORDS  # noqa: PLC0415

    roll = verbs.add_parser("roll", help="make the books of the next quarter from a report")
    roll.add_argument("file", metavar="REPORT", help=_REPORT)
    roll.add_argument("--to", required=True, metavar="DATE", help="the end of the next quarter, as 2007-12-31")
    roll.add_argument("-o", "--output", required=True, metavar="DIR", help="the folder for the books")
    roll.add_argument("--fill", metavar="REPORT", help="fill the leaves from this report of the next quarter")
    roll.set_defaults(run=closing.roll)

    close = verbs.add_parser("close", help="derive a quarter from its books")
    close.add_argument("folder", metavar="DIR", help=_BOOKS)
    close.add_argument(
        "--trace",
        metavar="NAME",
        action="append",
        default=[],
        help="show how the figures whose names hold NAME were derived",
    )
    close.add_argument(
        "--set",
        metavar="CHANGE",
        action="append",
        default=[],
        dest="settings",
        help='change leaves and show what moves, as "mining@mine += 7,000 USD"',
    )
    close.add_argument("--report", action="store_true", help="print the report itself")
    close.add_argument(
        "--format", choices=("text", *RECORDS), default="text", help="print the report's figures as records"
    )
    _outputs(close)
    close.set_defaults(run=closing.close)

    whatif = verbs.add_parser("whatif", help="ask what a change of prices, costs or production does")
    whatif.add_argument("source", metavar="DIR|REPORT", help=f"{_BOOKS}, or a report")
    whatif.add_argument(
        "--set", metavar="CHANGE", action="append", required=True, dest="settings", help='as "price.lead += 0.50/lb"'
    )
    whatif.add_argument("--svg", metavar="FILE", help="also draw the tornado (of a folder of books)")
    whatif.set_defaults(run=closing.whatif)

    guidance = verbs.add_parser("guidance", help="ranges given, revised and met")
    guidance.add_argument("folder", metavar="DIR", help=_BOOKS)
    guidance.set_defaults(run=closing.guidance)

    write = verbs.add_parser("write", help="write the release, the workbook or an XBRL package from a book")
    write.add_argument("source", metavar="DIR|REPORT", help=f"{_BOOKS}, or a report")
    write.add_argument(
        "--to", required=True, metavar="FILE", help="release.txt, release.html, book.xlsx, report.xbr or .xbri"
    )
    write.add_argument("--template", metavar="FILE", help="a template for the prose (Markdown)")
    write.set_defaults(run=closing.write)


def _keeping(verbs: Verbs) -> None:
    from orebook.cli import keeping  # noqa: PLC0415

    keep = verbs.add_parser("keep", help="keep reports in one file, each once, to ask for series over them")
    keep.add_argument("store", metavar="STORE", help="the file that keeps them, made where there is none")
    _files(keep)
    keep.add_argument(
        "--jobs", metavar="N", type=_count, help="processes that read (as many as there are cores, one for few files)"
    )
    keep.add_argument(
        "--drop", action="store_true", help="take the reports out again, by the names under which they are kept"
    )
    keep.set_defaults(run=keeping.keep)

    series = verbs.add_parser("series", help="figures over many reports, as first and as last reported")
    series.add_argument("store", metavar="STORE", help="a file that `orebook keep` made")
    series.add_argument("--company", metavar="TEXT", help="of companies whose name, or former name, holds TEXT")
    series.add_argument("--measure", metavar="TEXT", help="of rows whose label or concept holds TEXT")
    series.add_argument("--entity", metavar="TEXT", help="of mines or segments called TEXT; `company` for none of them")
    series.add_argument("--unit", metavar="UNIT", help="in this unit, as USD/oz")
    length = series.add_mutually_exclusive_group()
    length.add_argument("--months", metavar="N", type=_count, help="of periods of N months")
    length.add_argument("--instant", action="store_true", help="of balances")
    series.add_argument("--restated", action="store_true", help="only those that a later report restates")
    series.add_argument("--format", choices=("text", "csv", "jsonl"), default="text")
    series.add_argument("-o", "--output", metavar="FILE", help="write there, whole or not at all")
    series.set_defaults(run=keeping.series)


def _count(text: str) -> int:
    """A number from 1 to 999."""
    from argparse import ArgumentTypeError  # noqa: PLC0415

    if not (text.isascii() and text.isdigit() and 0 < len(text) < 4 and int(text)):
        raise ArgumentTypeError(f"{text!r}: give a whole number from 1 to 999")
    return int(text)


def _files(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help=_REPORT)


def _outputs(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="write there, whole or not at all")
    parser.add_argument("--html", metavar="FILE", help="also write the report as a page with tick marks")
    parser.add_argument("--xlsx", metavar="FILE", help="also write a workbook with live formulas")


if __name__ == "__main__":
    sys.exit(main())
