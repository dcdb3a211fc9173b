"""`orebook keep` and `series`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from orebook.cli.common import OK, WRONG, EndedError, bytes_of, joined, print_lines, progress, say, write_file

if TYPE_CHECKING:
    from argparse import Namespace
    from concurrent.futures import Future

    from orebook.store import Answer, Kept, Packed, Store

_FEW = 20  # files that one process reads as soon as several have started; each is then told on a line of its own
_AHEAD = 4  # files a process that are read before the store takes them


def keep(options: Namespace) -> int:
    """Keeps reports in a store, or takes them out again; 2 where a file could not be read, or no report has a name."""
    from orebook.store import Store, StoreError  # noqa: PLC0415

    if options.drop:
        return _drop(options)
    if any(_is_same(options.store, file) for file in options.files):
        say(f"{options.store}: this is the store, and one of the reports; give the store once, before the reports")
        return WRONG
    run = _Run(options)
    try:
        with Store.open(options.store) as store:
            run.keep(store)
    except StoreError as error:
        say(str(error))
        return WRONG
    except EndedError:
        say(
            "a process that reads was ended (the memory may have run out); the same command with --jobs 1 keeps the rest"
        )
        return WRONG
    return WRONG if run.unread else OK


def _drop(options: Namespace) -> int:
    """Takes the reports of some names out of a store that there is."""
    from orebook.store import Store, StoreError  # noqa: PLC0415

    dropped = 0
    status = OK
    try:
        with Store.existing(options.store) as store:
            for name in options.files:
                try:
                    dropped += store.drop(name)
                except StoreError as error:
                    say(str(error))
                    status = WRONG
    except StoreError as error:
        say(str(error))
        return WRONG
    print_lines([f"{options.store}: {dropped:,} report{'' if dropped == 1 else 's'} dropped"])
    return status


class _Run:
    """What a run of `keep` comes to."""

    def __init__(self, options: Namespace) -> None:
        self.options = options
        self.kept = self.before = self.unread = self.figures = 0

    def keep(self, store: Store) -> None:
        """Keeps the files in their order, and says what became of them."""
        files = self.options.files
        try:
            for done, (file, read) in enumerate(_read(files, _jobs(self.options), store.keeps)):
                progress(done, files)
                self._settle(file, read, store)
            progress(len(files), files)
        except KeyboardInterrupt:
            self._close("stopped; ")
            say("the same command keeps the rest: what is kept is not kept twice")
            raise
        self._close("")

    def _settle(self, file: str, read: Packed | str | None, store: Store) -> None:
        """What became of one file: read, or kept before under a name, or not to be read (which was said)."""
        if read is None:
            self.unread += 1
            return
        made = None if isinstance(read, str) else store.keep(read)
        if made is not None and not made.before:
            self._add(file, made)
            return
        before = read if isinstance(read, str) else made.before if made is not None else ""
        self.before += 1
        if before != file:
            say(f"{file}: the same content is kept as {before}, and not a second time")

    def _add(self, file: str, made: Kept) -> None:
        self.kept += 1
        self.figures += made.figures
        if made.others:
            say(f"{file}: a report of this name and other content is kept already; both are in the store now")
        if len(self.options.files) < _FEW:
            from orebook.write.words import visible  # noqa: PLC0415

            figures = f"{made.figures:,} figures, {made.standing:,} of them in series"
            print_lines([f"{visible(file)}: {visible(made.company)}: {figures}"])

    def _close(self, how: str) -> None:
        reports = f"{self.kept:,} report{'' if self.kept == 1 else 's'} kept"
        before = f", {self.before:,} kept before" if self.before else ""
        unread = f", {self.unread:,} not read" if self.unread else ""
        print_lines([f"{self.options.store}: {how}{reports}, {self.figures:,} figures{before}{unread}"])


def _is_same(one: str, other: str) -> bool:
    """Whether two names lead to one file."""
    try:
        return os.path.samefile(one, other)  # noqa: PTH121  pathlib is dear at start
    except OSError:
        return False


def _jobs(options: Namespace) -> int:
    """The processes that read: as asked, else one a core, and one for few files."""
    if options.jobs:
        return int(options.jobs)
    if len(options.files) < _FEW:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(files: list[str], jobs: int, keeps: Callable[[str], str]) -> Iterator[tuple[str, Packed | str | None]]:
    """Each file with what was read of it, in order: a report to be kept, or the name under which the same content is kept,
    or None after it was said why it cannot be read."""
    if jobs == 1:
        for file, given in _new(files, keeps):
            yield file, _said(_pack(*given)) if isinstance(given, tuple) else given
        return
    yield from _read_apart(files, jobs, keeps)


def _read_apart(files: list[str], jobs: int, keeps: Callable[[str], str]) -> Iterator[tuple[str, Packed | str | None]]:
    """The same by several processes, no more than a few files ahead of the store."""
    from collections import deque  # noqa: PLC0415

    from orebook.cli.workers import Workers  # noqa: PLC0415

    waiting: deque[tuple[str, Future[Packed | _Unread] | str | None]] = deque()

    def first() -> tuple[str, Packed | str | None]:
        file, read = waiting.popleft()
        return file, read if read is None or isinstance(read, str) else _said(read.result())

    with Workers(jobs, _pack) as readers:
        for file, given in _new(files, keeps):
            waiting.append((file, readers.submit(*given) if isinstance(given, tuple) else given))
            if len(waiting) > jobs * _AHEAD:
                yield first()
        while waiting:
            yield first()


class _Unread(str):
    """Why a file cannot be read."""


def _new(files: list[str], keeps: Callable[[str], str]) -> Iterator[tuple[str, tuple[bytes, str, str] | str | None]]:
    """Each file with its bytes, name and digest; or, where its content is kept already, the name that it has there; or None
    after it was said why it cannot be opened."""
    from orebook.store import digest_of  # noqa: PLC0415

    for file in files:
        given = bytes_of(file)
        if given is None:
            yield file, None
            continue
        data, name = given
        digest = digest_of(data)
        yield name, keeps(digest) or (data, name, digest)


def _pack(data: bytes, name: str, digest: str) -> Packed | _Unread:
    """A file's bytes read and ready to be kept; or why they are no report."""
    from orebook.pipeline import UnreadableError, read  # noqa: PLC0415
    from orebook.store import packed  # noqa: PLC0415

    try:
        return packed(read(data, name), digest)
    except UnreadableError as error:
        return _Unread(error)


def _said(read: Packed | _Unread) -> Packed | None:
    """What was read; None after it was said why nothing was."""
    if isinstance(read, _Unread):
        say(read)
        return None
    return read


def series(options: Namespace) -> int:
    """Prints the series of a store; 2 where it has nothing of the kind."""
    from orebook.store import Answer, Question, StoreError  # noqa: PLC0415

    question = Question(
        options.company,
        options.measure,
        options.entity,
        options.unit,
        options.months,
        options.instant,
        options.restated,
    )
    try:
        with Answer(options.store, question) as answer:
            lines = _FORMS[options.format](answer)
            if options.output:
                return OK if write_file(options.output, joined(lines)) else WRONG
            print_lines(lines)
    except StoreError as error:
        say(str(error))
        return WRONG
    return OK


def _text(answer: Answer) -> Iterator[str]:
    from orebook.write.series import Told  # noqa: PLC0415

    told = Told()
    for one in answer:
        yield from told.lines(one)
    yield from told.closing(answer.reports, answer.companies, answer.figures, answer.left_out)


def _jsonl(answer: Answer) -> Iterator[str]:
    from orebook.write.series_records import left_out_line, series_lines  # noqa: PLC0415

    yield from series_lines(answer)
    yield left_out_line(answer.reports, answer.figures, answer.left_out)


def _csv(answer: Answer) -> Iterator[str]:
    """The table; how many figures it leaves out is said beside it."""
    from orebook.write.series import left_out_lines  # noqa: PLC0415
    from orebook.write.series_records import series_csv  # noqa: PLC0415

    yield from series_csv(answer)
    for line in left_out_lines(answer.reports, answer.companies, answer.figures, answer.left_out):
        say(line)


_FORMS: dict[str, Callable[[Answer], Iterator[str]]] = {"text": _text, "csv": _csv, "jsonl": _jsonl}
