"""`orebook check` and `checks`."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from orebook.cli.common import BROKEN, OK, WRONG, book_of, joined, print_lines, say, write_extras, write_file

if TYPE_CHECKING:
    from argparse import Namespace

    from orebook.model.book import Book
    from orebook.model.tie import Checked, Finding

_SLOW = 20
# Findings name the line of a figure's other sighting; an accepted finding is the same wherever it stands.
_LINE = re.compile(r" (?:on|in|at) line \d+")


class _Run:
    """What a run of `check` gathers from file to file."""

    def __init__(self, options: Namespace, accepted: frozenset[str]) -> None:
        self.options = options
        self.accepted = accepted
        self.books: list[Book] = []
        self.lines: list[str] = []
        self.known: list[str] = []
        self.status = OK

    def say(self, lines: list[str]) -> None:
        """Prints lines, or keeps them for the output file."""
        if self.options.output:
            self.lines.extend(lines)
        else:
            print_lines(lines)

    def settle(self, status: int) -> None:
        """Raises the exit status of the run."""
        self.status = max(self.status, status)


def check(options: Namespace) -> int:
    """Checks files; returns 1 where at least one breaks, 2 where one could not be read."""
    if (options.html or options.xlsx) and len(options.files) > 2:
        say("--html and --xlsx write one document: give one FILE, or OLD and NEW of one company")
        return WRONG
    if options.update_baseline and not options.baseline:
        say("--update-baseline needs --baseline FILE")
        return WRONG
    accepted = _accepted(options.baseline)
    if accepted is None:
        return WRONG
    run = _Run(options, accepted)
    for index, file in enumerate(options.files):
        _progress(index, options.files)
        _check_file(file, run)
    _progress(len(options.files), options.files)
    if len(options.files) == 2 and len(run.books) == 2:
        _compare(run)
    if options.output and not write_file(options.output, joined(run.lines)):
        run.settle(WRONG)
    if options.update_baseline and not write_file(options.baseline, joined(sorted({*accepted, *run.known}))):
        run.settle(WRONG)
    return run.status


def _check_file(file: str, run: _Run) -> None:
    from orebook.pipeline import check as check_book  # noqa: PLC0415

    book = book_of(file)
    if book is None:
        run.settle(WRONG)
        return
    run.books.append(book)
    checked = check_book(book)
    kept = tuple(finding for finding in checked.findings if _wanted(finding, book, run.options, run.accepted))
    run.known.extend(_fingerprint(book, finding) for finding in kept)
    checked = checked._replace(findings=kept)
    run.say(_check_lines(book, checked, run.options))
    if len(run.options.files) == 1 and not write_extras(book, checked, run.options):
        run.settle(WRONG)
    if any(finding.grade == "break" for finding in kept) and not run.options.update_baseline:
        run.settle(BROKEN)


def _compare(run: _Run) -> None:
    """Two reports of one company: what the later one prints of the earlier one's periods."""
    old, new = sorted(run.books, key=lambda book: str(book.identity.period_end))
    options = run.options
    if not _same_company(old, new):
        if options.html or options.xlsx:
            say("the two files are not of one company and two periods: give one FILE with --html or --xlsx")
            run.settle(WRONG)
        return
    from orebook.check.reports import compare  # noqa: PLC0415
    from orebook.pipeline import check as check_book  # noqa: PLC0415
    from orebook.write.terminal import comparison_lines  # noqa: PLC0415

    if options.format == "text":
        run.say(["", *comparison_lines(old, new, compare(old, new))])
    if (options.html or options.xlsx) and not write_extras(new, check_book(new), options, old):
        run.settle(WRONG)


def _same_company(old: Book, new: Book) -> bool:
    names = {"".join(filter(str.isalnum, book.identity.company.casefold())) for book in (old, new)}
    return len(names) == 1 and names != {""} and old.identity.period_end != new.identity.period_end


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
    return f"{name}\t{finding.code}\t{finding.grade}\t{finding.printed}\t{finding.computed}\t{_LINE.sub('', finding.message)}"


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
