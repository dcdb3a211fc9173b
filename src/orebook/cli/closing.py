"""`orebook roll`, `close`, `whatif`, `guidance` and `write`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from orebook.cli.common import (
    BROKEN,
    OK,
    WRONG,
    book_of,
    deliver,
    joined,
    print_lines,
    records,
    say,
    write_extras,
    write_file,
)

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from orebook.close import Closed
    from orebook.close.quantity import Quantity
    from orebook.model.book import Book
    from orebook.model.period import Period
    from orebook.model.tie import Checked

Made = TypeVar("Made")
_MOST_TRACES = 6
_KINDS = {".txt": "text", ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".xbr": "xbr", ".xbri": "xbri"}


def roll(options: Namespace) -> int:
    """Makes the next quarter's books from a report."""
    from datetime import date  # noqa: PLC0415

    try:
        to = date.fromisoformat(options.to)
    except ValueError:
        say(f"--to {options.to}: give the end of the quarter as YEAR-MONTH-DAY")
        return WRONG
    book = book_of(options.file)
    later = book_of(options.fill) if options.fill else None
    if book is None or (options.fill and later is None):
        return WRONG
    from orebook.check import collect  # noqa: PLC0415
    from orebook.close.roll import roll as roll_books  # noqa: PLC0415

    try:
        made = roll_books(book, collect(book).equations, to, options.output)
    except ValueError as error:
        say(str(error))
        return WRONG
    except OSError as error:
        say(f"{options.output}: {error.strerror}" if error.strerror else str(error))
        return WRONG
    print_lines(
        [
            f"{options.output}: {made.rows} rows, {made.definitions} of them defined by the report's own sums and copies",
            f"  {made.filled} comparatives filled, {made.to_fill} leaves to fill",
            *(f"  not learned: {line}" for line in made.unlearned),
        ]
    )
    if later is not None:
        _fill(options, later)
    return OK


def _fill(options: Namespace, later: Book) -> None:
    from orebook.close.fill import fill  # noqa: PLC0415

    filled = fill(options.output, later)
    print_lines(
        [
            f"  {filled.filled} leaves filled from {options.fill}",
            *(f"  left empty: {label} ({row}, {column})" for row, label, column in filled.empty),
            *(f"  not in the books: line {line} {label}" for line, label in filled.unknown),
        ]
    )


def closed_of(folder: str) -> Closed | None:
    """The closed quarter of a folder of books; None after its problems were printed."""
    from orebook.close import close as close_books  # noqa: PLC0415
    from orebook.close.problems import BooksError  # noqa: PLC0415
    from orebook.close.report import problem_lines  # noqa: PLC0415

    try:
        return close_books(folder)
    except BooksError as error:
        for line in problem_lines(error):
            say(f"{folder}/{line}")
    except FileNotFoundError as error:
        say(f"{error}; `orebook roll` makes one from a report")
    except OSError as error:
        say(f"{error.filename or folder}: {error.strerror or error}")
    return None


def close(options: Namespace) -> int:
    """Derives a quarter from its books and says what is missing; 1 where the books contradict themselves."""
    told = options.trace or options.report or options.format != "text"
    if options.settings and (told or options.html or options.xlsx):
        say("--set shows what moves, and nothing else: leave out --trace, --report, --format, --html and --xlsx")
        return WRONG
    if options.format != "text" and (options.trace or options.report):
        say("--format prints records: leave out --trace and --report")
        return WRONG
    closed = closed_of(options.folder)
    if closed is None:
        return WRONG
    if (options.html or options.xlsx) and not write_extras(closed.book, _checked(closed.book), options, closed=closed):
        return WRONG
    if not _told(closed, options):
        return WRONG
    return BROKEN if closed.conflicts or closed.cycles else OK


def _told(closed: Closed, options: Namespace) -> bool:
    """Prints or writes what was asked of a close; False where that failed."""
    if options.format != "text":
        _say_unfinished(closed, options.folder)
        return deliver(records([closed.book], options.format), options)
    lines = _changed(closed, options.settings) if options.settings else _close_lines(closed, options)
    if lines is None:
        return False
    if options.output:
        return write_file(options.output, joined(lines))
    print_lines(lines)
    return True


def _close_lines(closed: Closed, options: Namespace) -> list[str] | None:
    """The outcome or the report, and the traces; None after a name that no figure has was told."""
    from orebook.close.report import all_lines, trace_lines  # noqa: PLC0415

    if options.report:
        _say_unfinished(closed, options.folder)
    lines = list(closed.book.lines) if options.report else list(all_lines(closed))
    for name in options.trace:
        steps = [closed.trace(key) for key in _named(closed, name)]
        if not steps:
            say(f"--trace {name}: no derived figure has this name; names look like cash_cost.total@mine")
            return None
        for step in steps:
            lines += ["", *trace_lines(step)]
    return lines


def _say_unfinished(closed: Closed, folder: str) -> None:
    """A report with gaps must not go out unnoticed."""
    counts = [(closed.missing, "missing"), (closed.conflicts, "contradicted"), (closed.cycles, "defined in a circle")]
    told = ", ".join(f"{len(found):,} figures {what}" for found, what in counts if found)
    if told:
        say(f"{folder}: the report is not finished: {told}; `orebook close {folder}` lists them")


def _checked(book: Book) -> Checked:
    from orebook.pipeline import check  # noqa: PLC0415

    return check(book)


def _named(closed: Closed, name: str) -> list[Quantity]:
    """The known quantities whose names hold `name`, the report's own period first."""
    graph = closed.graph
    found = [key for node, key in enumerate(graph.keys) if name in str(key) and graph.values[node] is not None]
    found.sort(key=lambda key: key.period.end != closed.end)
    return list(found[:_MOST_TRACES])


def _changed(closed: Closed, settings: list[str]) -> list[str] | None:
    """One change of leaves, and every figure that moves with it; None after a change that makes no sense was told."""
    from orebook.close.graph import change  # noqa: PLC0415
    from orebook.close.report import moved_lines  # noqa: PLC0415
    from orebook.close.whatif import SettingError, moved_leaves, parse_setting  # noqa: PLC0415

    lines: list[str] = []
    for text in settings:
        try:
            leaves = moved_leaves(closed.graph, parse_setting(text), _period(closed))
        except SettingError as error:
            say(f"--set {text}: {error}")
            return None
        lines += [text, *(f"  {line}" for line in moved_lines(closed.graph, change(closed.graph, leaves)))]
    return lines


def _period(closed: Closed) -> Period:
    from orebook.model.period import Period as Span  # noqa: PLC0415

    return Span(closed.end, 3)


def whatif(options: Namespace) -> int:
    """What a change does to the figures of the quarter."""
    if not os.path.isdir(options.source):  # noqa: PTH112  pathlib is dear at start
        if options.svg:
            say(
                f"{options.source}: a report has no tornado: ask the books that close it, orebook whatif DIR --svg FILE"
            )
            return WRONG
        return _sensitivity(options)
    closed = closed_of(options.source)
    if closed is None:
        return WRONG
    if closed.books is None:
        say(f"{options.source}: these books were rolled from a report; ask the report itself: orebook whatif REPORT")
        return WRONG
    from fractions import Fraction  # noqa: PLC0415

    from orebook.close.report import whatif_lines  # noqa: PLC0415
    from orebook.close.tornado import income_tornado, svg  # noqa: PLC0415
    from orebook.close.whatif import SettingError, scenario_graph  # noqa: PLC0415
    from orebook.close.whatif import whatif as ask  # noqa: PLC0415

    period = _period(closed)
    try:
        result = ask(closed.books, closed.graph, options.settings, period)
    except SettingError as error:
        say(str(error))
        return WRONG
    scenario = scenario_graph(closed.books, closed.graph)
    label, bars = income_tornado(closed.books.company, scenario, period, Fraction(1, 10))
    print_lines(whatif_lines(result, bars, label))
    if options.svg and not write_file(options.svg, svg(bars, f"{label}, each price 10 % lower and higher")):
        return WRONG
    return OK


def _sensitivity(options: Namespace) -> int:
    """The worth of a step in a metal's price at the production that a release prints."""
    book = book_of(options.source)
    if book is None:
        return WRONG
    from fractions import Fraction  # noqa: PLC0415

    from orebook.close.report import sensitivity_lines  # noqa: PLC0415
    from orebook.close.sensitivity import sensitivities, statements  # noqa: PLC0415
    from orebook.close.whatif import SettingError, parse_setting  # noqa: PLC0415
    from orebook.measures.units import parse_unit  # noqa: PLC0415

    lines: list[str] = []
    for text in options.settings:
        try:
            setting = parse_setting(text)
        except SettingError as error:
            say(str(error))
            return WRONG
        metal = setting.name.rpartition(".")[2]
        if not setting.name.startswith("price.") or setting.how not in {"+=", "-="}:
            say(f"{text}: of a report only a step of a price can be asked, as price.lead += 0.50/lb")
            return WRONG
        produced = sensitivities(book, metal, Fraction(1))
        if not produced:
            say(f"{options.source}: the report prints no production of {metal}")
            return WRONG
        try:
            step = setting.step(parse_unit("USD/oz" if produced[0].unit == "oz" else "USD/lb")[0])
        except SettingError as error:
            say(str(error))
            return WRONG
        found = sensitivities(book, metal, step if setting.how == "+=" else -step)
        lines += sensitivity_lines(found, statements(book, metal))
    print_lines(lines)
    return OK


def guidance(options: Namespace) -> int:
    """Ranges given, revised and met."""
    closed = closed_of(options.folder)
    if closed is None:
        return WRONG
    from orebook.close import guidance as judged  # noqa: PLC0415
    from orebook.close.report import guidance_lines  # noqa: PLC0415

    lines = guidance_lines(judged(closed))
    print_lines(lines or [f"{options.folder}: the books give no guidance"])
    return OK


def write(options: Namespace) -> int:
    """Writes the release, the workbook or the XBRL report package."""
    book, closed = _source(options.source)
    if book is None:
        return WRONG
    if closed is not None:
        _say_unfinished(closed, options.source)
    kind = _KINDS.get(os.path.splitext(options.to)[1].lower(), "")  # noqa: PTH122  pathlib is dear at start
    if kind == "xlsx":
        options.xlsx, options.html = options.to, None
        return OK if write_extras(book, _checked(book), options, closed=closed) else WRONG
    if kind in ("xbr", "xbri"):
        return _write_xbrl(book, options, kind)
    if not kind:
        say(f"--to {options.to}: give a file that ends in .txt, .html, .xlsx, .xbr or .xbri")
        return WRONG
    from orebook.write.release import render  # noqa: PLC0415

    text = _templated(options, lambda: render(book, kind, options.template))
    return OK if text is not None and write_file(options.to, text) else WRONG


def _templated(options: Namespace, make: Callable[[], Made]) -> Made | None:
    """What is made from a template; None after its problems were told."""
    from orebook.write.release import TemplateError  # noqa: PLC0415

    try:
        return make()
    except TemplateError as error:
        for line in str(error).splitlines():
            say(line)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        say(f"{options.template}: {reason}; nothing was written")
    return None


def _write_xbrl(book: Book, options: Namespace, kind: str) -> int:
    """Writes the package, and says what of the book it does not hold and what contradicts itself."""
    from orebook.write.xbrl import inline_package, package, told  # noqa: PLC0415  lxml is loaded for XBRL alone

    checked = _checked(book)
    made = (
        package(book, checked)
        if kind == "xbr"
        else _templated(options, lambda: inline_package(book, checked, options.template))
    )
    if made is None or not write_file(options.to, made.data):
        return WRONG
    for line in told(book, made):
        say(line)
    return OK


def _source(source: str) -> tuple[Book | None, Closed | None]:
    """The book of a report, or that of a closed folder with its close."""
    if os.path.isdir(source):  # noqa: PTH112
        closed = closed_of(source)
        return (None if closed is None else closed.book), closed
    return book_of(source), None
