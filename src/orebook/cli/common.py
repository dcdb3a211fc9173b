"""What all commands share: messages, input, output. The only place that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from orebook.close import Closed
    from orebook.model.book import Book
    from orebook.model.tie import Checked

OK, BROKEN, WRONG = 0, 1, 2
RECORDS = ("jsonl", "csv", "json", "parquet", "arrow")
STDIN = "<stdin>"
_SLOW = 20  # files that are worth a progress bar


class EndedError(RuntimeError):
    """A process that worked for this one ended in the middle of it."""


def say(message: str) -> None:
    print(f"orebook: {message}", file=sys.stderr)


def book_of(file: str, *, concepts: bool = True) -> Book | None:
    """A file's book; None where it could not be read, after its message was printed."""
    given = bytes_of(file)
    return None if given is None else book_from(*given, concepts=concepts)


def bytes_of(file: str) -> tuple[bytes, str] | None:
    """The bytes of a file or of standard input, and their name; None after it was said why there are none.

    They are read once: what stands behind a name may be a pipe, which gives them once.
    """
    from orebook.read.source import LIMIT_BYTES, read_bytes  # noqa: PLC0415

    try:
        if file != "-":
            return read_bytes(file), file
        if sys.stdin is not None:
            return sys.stdin.buffer.read(LIMIT_BYTES + 1), STDIN
        say("standard input is closed; give a file")
    except OSError as error:
        say(f"{file}: {_said(file, error)}")
    return None


def book_from(data: bytes, name: str, *, concepts: bool = True) -> Book | None:
    """The book of a file's bytes; None where they are no report, after the message was printed."""
    from orebook.pipeline import UnreadableError, read  # noqa: PLC0415

    try:
        return read(data, name, concepts=concepts)
    except UnreadableError as error:
        say(str(error))
    return None


def _said(file: str, error: OSError) -> str:
    """Why a file could not be opened, and what to do about it."""
    if isinstance(error, IsADirectoryError):
        return "this is a folder; give the reports in it, or a folder of books to `orebook close`"
    if isinstance(error, FileNotFoundError) and "://" in file:
        return "addresses are not fetched; save the page to a file and give that"
    return f"{error.strerror or error}; check the name and the permissions"


def say_empty(book: Book) -> None:
    """That a file has no figure, for those who asked for records: a file without any would go unnoticed."""
    for problem in () if book.facts else book.problems:
        say(f"{book.name}:{problem.line}: {problem.message}")


def records(books: list[Book], form: str) -> bytes | None:
    """The facts of books as a whole output of `form`; None after it was said why it cannot be made."""
    if form == "jsonl":
        from orebook.write.jsonl import fact_lines  # noqa: PLC0415

        return joined(line for book in books for line in fact_lines(book)).encode()
    from orebook.write.tables import MissingExtraError, TooManyDigitsError, render  # noqa: PLC0415

    try:
        return render(books, form)
    except (MissingExtraError, TooManyDigitsError) as error:
        say(str(error))
        return None


def deliver(data: bytes | None, options: Namespace) -> bool:
    if data is None:
        return False
    if options.output:
        return write_file(options.output, data)
    if options.format in {"parquet", "arrow"} and sys.stdout.isatty():
        say(f"{options.format} is binary: give -o FILE")
        return False
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    return True


def write_file(path: str, data: bytes | str) -> bool:
    from orebook.write.files import write_whole  # noqa: PLC0415

    try:
        write_whole(path, data)
    except FileNotFoundError:
        say(f"{path}: there is no folder {os.path.dirname(path)}; nothing was written")  # noqa: PTH120
        return False
    except OSError as error:
        say(f"{path}: {error.strerror or error}; nothing was written")
        return False
    return True


def write_extras(
    book: Book, checked: Checked | None, options: Namespace, other: Book | None = None, closed: Closed | None = None
) -> bool:
    """Writes the page and the workbook that the options ask for.

    `other` is an earlier report to show beside; `closed` the close that made the book.
    """
    good = True
    if options.html:
        from orebook.write.html import page  # noqa: PLC0415

        good = write_file(options.html, page(book, checked, other)) and good
    if options.xlsx:
        from orebook.write.extras import MissingExtraError  # noqa: PLC0415
        from orebook.write.xlsx import workbook  # noqa: PLC0415

        try:
            data = workbook(book, checked, closed)
        except MissingExtraError as error:
            say(str(error))
            return False
        good = write_file(options.xlsx, data) and good
    return good


def print_lines(lines: Iterable[str]) -> None:
    out = sys.stdout
    out.writelines(line if line.endswith("\n") else f"{line}\n" for line in lines)


def joined(lines: Iterable[str]) -> str:
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def progress(done: int, files: list[str]) -> None:
    """A progress bar on a terminal, where there are many files."""
    if len(files) < _SLOW or not sys.stderr.isatty():
        return
    filled = 30 * done // len(files)
    end = "\n" if done == len(files) else ""
    print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{len(files)}", end=end, file=sys.stderr, flush=True)
