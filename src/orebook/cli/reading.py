"""`orebook read`, `show` and `explain`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from orebook.cli.common import (
    OK,
    WRONG,
    book_from,
    book_of,
    bytes_of,
    deliver,
    joined,
    print_lines,
    records,
    say,
    say_empty,
    write_extras,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from orebook.model.book import Book


def read(options: Namespace) -> int:
    if (options.html or options.xlsx) and len(options.files) > 1:
        say("--html and --xlsx write one document: give one FILE")
        return WRONG
    if options.ledger and options.format not in {"summary", "jsonl"}:
        say(f"--ledger prints text, or records with --format jsonl; it has no {options.format} form")
        return WRONG
    failed = False
    whole: list[Book] = []
    looks = options.format == "summary" and not (options.html or options.xlsx)
    for file in options.files:
        book = book_of(file, concepts=not looks)
        if book is not None and options.format != "summary":
            say_empty(book)
        if book is None:
            failed = True
        elif options.output or options.format in {"parquet", "arrow", "json", "csv"}:
            whole.append(book)
        else:
            print_lines(_read_lines(book, options))
        if book is not None and not write_extras(book, None, options):
            failed = True
    if whole:
        failed = not deliver(_rendered(whole, options), options) or failed
    return WRONG if failed else OK


def _read_lines(book: Book, options: Namespace) -> Iterable[str]:
    if options.ledger:
        from orebook.book.ledger import ledger  # noqa: PLC0415

        if options.format == "jsonl":
            from orebook.write.jsonl import token_lines  # noqa: PLC0415

            return token_lines(book.name, ledger(book))
        from orebook.write.summary import ledger_lines  # noqa: PLC0415

        return ledger_lines(book.name, ledger(book))
    if options.format == "jsonl":
        from orebook.write.jsonl import fact_lines  # noqa: PLC0415

        return fact_lines(book)
    from orebook.write.summary import summary  # noqa: PLC0415

    return summary(book)


def _rendered(books: list[Book], options: Namespace) -> bytes | None:
    """The whole output of a run, for a file or a binary format."""
    if options.ledger or options.format == "summary":
        return joined(line for book in books for line in _read_lines(book, options)).encode()
    return records(books, options.format)


def show(options: Namespace) -> int:
    given = bytes_of(options.file)
    book = None if given is None else book_from(*given)
    if given is None or book is None:
        return WRONG
    from orebook.pipeline import grids_of, line_kinds  # noqa: PLC0415
    from orebook.write import stages  # noqa: PLC0415

    if options.stage == "facts":
        print_lines(stages.facts_stage(book))
        return OK
    if options.stage == "lines":
        print_lines(stages.lines_stage(line_kinds(book), book.lines))
        return OK
    grids = grids_of(*given)
    drawn: dict[str, Callable[[], Iterator[str]]] = {
        "blocks": lambda: stages.blocks_stage(grids, book.lines),
        "columns": lambda: stages.columns_stage(grids, book.lines),
        "rows": lambda: stages.rows_stage(grids),
    }
    print_lines(drawn[options.stage]())
    return OK


def explain(options: Namespace) -> int:
    file, line, column = _place(options.place)
    if line is None:
        say(f"{options.place}: give FILE:LINE or FILE:LINE:COL, as `orebook check` prints them")
        return WRONG
    book = book_of(file)
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
        say(f"{options.place}: nothing to explain there: {hint}")
        return WRONG
    for fact in facts:
        print_lines(terminal.fact_lines(book, fact))
        print_lines(
            terminal.tie_lines(
                fact, [tie for tie in checked.ties if fact is tie.target or any(o.fact is fact for o in tie.operands)]
            )
        )
    for claim in claims:
        print_lines(terminal.claim_lines(book, claim))
    return OK


def _place(text: str) -> tuple[str, int | None, int | None]:
    """File, line and column of `FILE:LINE[:COL]`; a file's name may hold colons too."""
    parts = text.rsplit(":", 2)
    if len(parts) == 3 and _counts(parts[1]) and _counts(parts[2]):
        return parts[0], int(parts[1]), int(parts[2])
    file, _, line = text.rpartition(":")
    return (file, int(line), None) if file and _counts(line) else (text, None, None)


def _counts(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
