"""`orebook check` and `checks`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from orebook.cli.common import BROKEN, OK, WRONG, book_of, joined, print_lines, say, write_extras, write_file

if TYPE_CHECKING:
    from argparse import Namespace

    from orebook.model.book import Book
    from orebook.model.tie import Checked, Finding

_SLOW = 20


def check(options: Namespace) -> int:
    if (options.html or options.xlsx) and len(options.files) > 1:
        say("--html and --xlsx write one document: give one FILE")
        return WRONG
    if options.update_baseline and not options.baseline:
        say("--update-baseline needs --baseline FILE")
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
    if options.output and not write_file(options.output, joined(made)):
        status = WRONG
    if options.update_baseline and not write_file(options.baseline, joined(sorted({*accepted, *known}))):
        status = WRONG
    return status


def _check_file(index: int, options: Namespace, accepted: frozenset[str], made: list[str], known: list[str]) -> int:
    """Checks one file; what is to be written goes to `made`, the findings' fingerprints to `known`."""
    from orebook.pipeline import check as run  # noqa: PLC0415

    _progress(index, options.files)
    book = book_of(options.files[index])
    if book is None:
        return WRONG
    checked = run(book)
    kept = tuple(finding for finding in checked.findings if _wanted(finding, book, options, accepted))
    known.extend(_fingerprint(book, finding) for finding in kept)
    checked = checked._replace(findings=kept)
    lines = _check_lines(book, checked, options)
    if options.output:
        made.extend(lines)
    else:
        print_lines(lines)
    if not write_extras(book, checked, options):
        return WRONG
    broken = any(finding.grade == "break" for finding in kept) and not options.update_baseline
    return BROKEN if broken else OK


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
        say(f"{path}: the baseline cannot be read ({error}); give a file that --update-baseline wrote")
        return None


def _progress(done: int, files: list[str]) -> None:
    """A progress bar on a terminal, where there are many files."""
    if len(files) < _SLOW or not sys.stderr.isatty():
        return
    filled = 30 * done // len(files)
    end = "\n" if done == len(files) else ""
    print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{len(files)}", end=end, file=sys.stderr, flush=True)


def checks(options: Namespace) -> int:
    from orebook.check.catalogue import CATALOGUE, page  # noqa: PLC0415

    if options.code:
        wanted = [check for check in CATALOGUE if check.code == options.code]
        if not wanted:
            say(f"{options.code}: no such check; `orebook checks` lists them")
            return WRONG
        print_lines([f"{wanted[0].code} {wanted[0].name}", "", page(wanted[0])])
        return OK
    print_lines(f"{check.code}  {check.name}" for check in CATALOGUE)
    return OK
