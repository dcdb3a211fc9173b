"""`orebook check` and `checks`."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from orebook.cli.common import (
    BROKEN,
    OK,
    WRONG,
    book_of,
    joined,
    print_lines,
    progress,
    say,
    say_empty,
    write_extras,
    write_file,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from orebook.model.book import Book
    from orebook.model.tie import Checked, Finding

# Findings name the line of a figure's other sighting; an accepted finding is the same wherever it stands.
_LINE = re.compile(r" (?:on|in|at) line \d+")


class _Run:
    """What a run of `check` gathers from file to file."""

    def __init__(self, options: Namespace, accepted: frozenset[str]) -> None:
        self.options = options
        self.accepted = accepted
        self.only, self.ignored = _codes(options.only), _codes(options.ignore)
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

    def wants(self, finding: Finding, book: Book) -> bool:
        """Whether a finding is reported: asked for, and not accepted before."""
        if self.only and not finding.code.startswith(self.only):
            return False
        return not finding.code.startswith(self.ignored) and _fingerprint(book, finding) not in self.accepted


def check(options: Namespace) -> int:
    """Checks files; returns 1 where at least one breaks, 2 where one could not be read."""
    if (options.html or options.xlsx) and len(options.files) > 2:
        say("--html and --xlsx write one document: give one FILE, or OLD and NEW of one company")
        return WRONG
    if options.update_baseline and not options.baseline:
        say("--update-baseline needs --baseline FILE")
        return WRONG
    unknown = _unknown((*_codes(options.only), *_codes(options.ignore)))
    if unknown:
        say(f"{', '.join(map(repr, unknown))}: no check has a code that begins so; `orebook checks` lists them")
        return WRONG
    accepted = _accepted(options)
    if accepted is None:
        return WRONG
    run = _Run(options, accepted)
    for index, file in enumerate(options.files):
        progress(index, options.files)
        _check_file(file, run)
    progress(len(options.files), options.files)
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
    kept: list[Finding] = []
    left_out: list[Finding] = []
    for finding in checked.findings:
        (kept if run.wants(finding, book) else left_out).append(finding)
    run.known.extend(_fingerprint(book, finding) for finding in kept)
    checked = checked._replace(findings=tuple(kept))
    run.say(_check_lines(book, checked, left_out, run.options))
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

    if options.format == "text":
        from orebook.write import terminal  # noqa: PLC0415

        run.say(["", *terminal.comparison_lines(old, new, compare(old, new))])
    else:
        from orebook.write import jsonl  # noqa: PLC0415

        run.say(list(jsonl.comparison_lines(old, new, compare(old, new))))
    if (options.html or options.xlsx) and not write_extras(new, check_book(new), options, old):
        run.settle(WRONG)


def _same_company(old: Book, new: Book) -> bool:
    names = {"".join(filter(str.isalnum, book.identity.company.casefold())) for book in (old, new)}
    return len(names) == 1 and names != {""} and old.identity.period_end != new.identity.period_end


def _check_lines(book: Book, checked: Checked, left_out: list[Finding], options: Namespace) -> list[str]:
    if options.format == "jsonl":
        from orebook.write.jsonl import check_lines  # noqa: PLC0415

        say_empty(book)
        return list(check_lines(checked, book.name))
    from orebook.check.coverage import coverage, untied  # noqa: PLC0415
    from orebook.write.terminal import claim_lines, finding_lines, verdict  # noqa: PLC0415

    covered = coverage(book, checked)
    made = list(verdict(book, checked, covered.once, covered.twice, left_out))
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


def _codes(given: list[str]) -> tuple[str, ...]:
    """Codes or their beginnings, as options give them: `PR`, `pr01`, `CR01,FT`."""
    return tuple(code.strip().upper() for text in given for code in text.split(","))


def _unknown(codes: tuple[str, ...]) -> list[str]:
    """The codes that choose no check: a slip there must not pass for a clean report."""
    if not codes:
        return []
    from orebook.check.catalogue import CATALOGUE  # noqa: PLC0415

    return [code for code in codes if not code or not any(check.code.startswith(code) for check in CATALOGUE)]


def _fingerprint(book: Book, finding: Finding) -> str:
    """A finding without its place, so that a draft whose lines move keeps what was accepted."""
    name = book.name.rpartition("/")[2]
    return f"{name}\t{finding.code}\t{finding.grade}\t{finding.printed}\t{finding.computed}\t{_LINE.sub('', finding.message)}"


def _accepted(options: Namespace) -> frozenset[str] | None:
    """The fingerprints of the baseline; None where it cannot be read."""
    path = options.baseline
    if path is None or (options.update_baseline and not os.path.exists(path)):  # noqa: PTH110  pathlib is dear at start
        return frozenset()
    from pathlib import Path  # noqa: PLC0415

    try:
        return frozenset(Path(path).read_text(encoding="utf-8").splitlines())
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError:
        reason = "it is no text"
    say(f"{path}: the baseline cannot be read ({reason}); `--update-baseline` makes one")
    return None


def checks(options: Namespace) -> int:
    """Lists the catalogue, or prints the page of one check."""
    from orebook.check import reports  # noqa: PLC0415
    from orebook.check.catalogue import CATALOGUE, page  # noqa: PLC0415

    pages = {check.code: (check.name, page(check)) for check in CATALOGUE}
    pages[reports.CODE] = reports.NAME, reports.__doc__ or ""
    if not options.code:
        print_lines(f"{code}  {name}" for code, (name, _) in pages.items())
        return OK
    code = options.code.upper()
    if code not in pages:
        say(f"{options.code}: no such check; `orebook checks` lists them")
        return WRONG
    print_lines([f"{code} {pages[code][0]}", "", pages[code][1]])
    return OK
