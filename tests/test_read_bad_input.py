"""Input that is no report, or a report out of all measure: a clear message or a book, never anything else."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from orebook.model.book import Book
from orebook.pipeline import UnreadableError, read
from tests.small_report import CLEAN

REPORT = CLEAN.encode()


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.txt", REPORT)
    return packed.getvalue()


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "blanks": (lambda: b" \r\n\t\n \n", "empty"),
    "a million blank lines": (lambda: b"\n" * 1_000_000, "empty"),
    "pdf": (lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20, "PDF"),
    "zip": (_zip, "zip archive"),
    "gzip cut short": (lambda: gzip.compress(REPORT * 40)[:120], "ends early"),
    "gzip damaged": (lambda: b"\x1f\x8b\xff" + b"no" * 200, "damaged gzip"),
    "gzip of nothing": (lambda: gzip.compress(b""), "empty"),
    "gzip bomb": (lambda: gzip.compress(b"\0" * 1_000_000, 9), "binary"),
    "noise": (lambda: random.Random(27).randbytes(60_000), "binary"),  # noqa: S311  noise, no secret
    "picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1\2\3" * 900, "binary"),
    "zeros": (lambda: b"\0" * 50_000, "binary"),
    "one line of 50 MB": (lambda: b"x" * 50_000_000, "a line of 50,000,000 characters"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_report_is_refused(name: str) -> None:
    make, said = UNREADABLE[name]
    with pytest.raises(UnreadableError, match=said) as caught:
        read(make(), "given.txt")
    message = str(caught.value)
    assert message.startswith("given.txt:"), "the message says where"
    assert ";" in message, "the message says what to do"
    assert len(message) < 300


OUT_OF_MEASURE: dict[str, Callable[[], bytes]] = {
    "digits without end": lambda: b"Sales   " + b"9" * 30_000 + b"   " + b"9" * 30_000 + b"\n" + REPORT,
    "a line of digits": lambda: b"1" * 200_000 + b"\n" + REPORT,
    "a line of dollars": lambda: b"$ " * 50_000 + b"5\n" + REPORT,
    "a line of brackets": lambda: b"(" * 100_000 + b"5\n" + REPORT,
    "a line of dots": lambda: b"Sales " + b"." * 200_000 + b"  5   6\n" + REPORT,
    "a line of dashes": lambda: b"- " * 100_000 + b"\n" + REPORT,
    "rules between words": lambda: (b"For the   " + b"-" * 60 + b"   ") * 40 + b"--\n" + REPORT,
    "a label in rand": lambda: REPORT.replace(b"$", b"$" + b"million ~R" * 5_000, 1),
    "a line of tabs": lambda: b"\t" * 20_000 + b"5\t6\n" + REPORT,
    "a line of periods": lambda: b"Sales for the months ended " * 1_000 + b"\n" + REPORT,
    "a line of years": lambda: b"1998  " * 20_000 + b"\n" + REPORT,
    "unclosed tags": lambda: b"<HTML><BODY><TABLE><TR><TD>Sales<TD>1,234<TD>5" * 200,
    "tags without end": lambda: b"<" * 50_000 + REPORT,
    "nested tables": lambda: b"<html>" + b"<table><tr><td>" * 3_000 + b"1,234",
    "unclosed submission": lambda: b"<SEC-DOCUMENT>x\n<SEC-HEADER>\n<DOCUMENT>\n<TYPE>10-Q\n<TEXT>\n<TABLE>\n" + REPORT,
    "a thousand schedules": lambda: (
        b"<SEC-DOCUMENT>x\n" + b"<DOCUMENT>\n<TYPE>EX-27\n<TEXT>\n<CASH> 5\n</TEXT>\n</DOCUMENT>\n" * 1_000
    ),
    "ten thousand columns": lambda: b"TITLE\n\n" + (b"Label  " + b"  ".join([b"1,234"] * 10_000) + b"\n") * 2,
    "ten thousand headings": lambda: b"          1998     1997\n" * 10_000 + REPORT,
    "ten thousand labels": lambda: b"Sales of\n" * 10_000 + b"Sales     1,234     5,678\n" * 2,
    "figures that never align": lambda: b"".join(
        b"Row %d%s%d   %d\n" % (i, b" " * (i % 97 + 3), i, i * 7) for i in range(2_000)
    ),
    "NUL among the figures": lambda: REPORT.replace(b"$", b"\0", 1),
    "form feeds": lambda: REPORT.replace(b"\n\n", b"\n\x0c\n") + b"\x0c" * 50,
}


@pytest.mark.parametrize("name", OUT_OF_MEASURE)
def test_what_is_out_of_measure_is_read_or_refused(name: str) -> None:
    data = OUT_OF_MEASURE[name]()
    book = _read_or_refuse(data)
    if book is not None:
        assert_sound(book)


def test_memory_is_bounded_by_the_input() -> None:
    """A wide table costs no more than its figures do: under 4 kB each."""
    row = b"Label  " + b"  ".join([b"1,234"] * 1_000) + b"\n"
    tracemalloc.start()
    try:
        book = read(b"TITLE\n\n" + row * 2, "wide.txt")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert_sound(book)
    assert len(book.facts) == 2_000
    assert peak < 2_000 * 4096


def _read_or_refuse(data: bytes) -> Book | None:
    try:
        return read(data, "given.txt")
    except UnreadableError:
        return None


def assert_sound(book: Book) -> None:
    """What holds for every book, whatever was read: figures stand where they say, once each."""
    spots = [fact.spot for fact in book.facts]
    assert len(set(spots)) == len(spots)
    assert all(book.lines[fact.spot.line - 1][fact.spot.start : fact.spot.end] == fact.text for fact in book.facts)
    assert all(fact.scale in {1, 1000, 1_000_000, 1_000_000_000} for fact in book.facts)
    assert book.facts or book.problems, "a file without figures says so"


SAME = {
    "CR LF": lambda: REPORT.replace(b"\n", b"\r\n"),
    "CR": lambda: REPORT.replace(b"\n", b"\r"),
    "mixed line ends": lambda: REPORT.replace(b"\n", b"\r\n", 4).replace(b"\n\n", b"\n\r"),
    "byte-order mark": lambda: b"\xef\xbb\xbf" + REPORT,
    "UTF-16": lambda: REPORT.decode().encode("utf-16"),
    "gzip": lambda: gzip.compress(REPORT),
    "form feed before the title": lambda: b"\x0c" + REPORT,
    "Windows-1252 in the prose": lambda: b"The company\x92s results \x96 unaudited \x97 follow.\n\n" + REPORT,
    "blank lines before": lambda: b"\n" * 30_000 + REPORT,
    "trailing blanks": lambda: REPORT.replace(b"\n", b"      \n"),
}


@pytest.mark.parametrize("name", SAME)
def test_encodings_and_line_ends_change_nothing(name: str) -> None:
    plain, other = read(REPORT, "a.txt"), read(SAME[name](), "a.txt")
    told = [(fact.label, fact.value, fact.unit, fact.scale, fact.period, fact.text) for fact in other.facts]
    assert told == [(fact.label, fact.value, fact.unit, fact.scale, fact.period, fact.text) for fact in plain.facts]
    assert len(told) == 6
    assert_sound(other)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nothing.txt")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)
