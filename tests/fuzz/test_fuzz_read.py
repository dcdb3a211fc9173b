"""Reports broken at random: whatever happens to a file, reading gives a sound book or says why not.

What a run finds is kept in `found/` (the bytes as they were, cut to what still shows the fault) and replayed
for ever. `OREBOOK_HYPOTHESIS=deep pytest tests/fuzz` looks for more.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.pipeline import UnreadableError, read
from tests.test_read_bad_input import REPORT, assert_sound

FOUND = Path(__file__).parent / "found"
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
TABLE = b"<TABLE>\n<CAPTION>\n<S>   <C>   <C>\n"
PIECES = (
    b"\0", b"\x0c", b"\r", b"\n\n\n", b"\t\t", b"\xff\xfe", b"\x97", b"\xe2\x80\x94", b"$", b"(", b")", b"- -", b"--", b"%",
    b"1998", b"June 30,", b"Three Months Ended", b"(1)", b"(a)", b"*", b"9" * 40, b"1,2,3", b"1.2.3", b"0/0/00", b"13/45/99",
    b"February 31, 1999", b"-----", b"- ------", b"=====", b"<PAGE>", TABLE, b"</TABLE>", b"<DOCUMENT>\n<TYPE>EX-27\n<TEXT>\n",
    b"</TEXT>\n</DOCUMENT>\n", b"<html><table><tr><td>", b"<!--", b"</", b"&#x110000;", b"&nbsp;", b"(in thousands", b"in millions)",
    b"<MULTIPLIER> 1,000\n", b"<PERIOD-END> FEB-30-1999\n", b"fifty-three weeks", b"0 months ended", b"99 weeks ended",
)  # fmt: skip
HEADS = (
    b"",
    b"<SEC-DOCUMENT>0000000000-00-000000.txt\n<DOCUMENT>\n<TYPE>10-Q\n<SEQUENCE>1\n<TEXT>\n",
    b"<html><body><pre>\n",
    b"<html><body><table><tr><td>\n",
    b"\xef\xbb\xbf",
)


@cache
def sources() -> tuple[bytes, ...]:
    """What is broken: the tables of the shipped examples, and a small balance sheet."""
    return (REPORT, *(path.read_bytes()[:40_000] for path in sorted(EXAMPLES.glob("*.txt"))))


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A window of a report with one to eight accidents."""
    source = draw(st.sampled_from(sources()))
    start = draw(st.integers(0, max(0, len(source) - 400)))
    data = source[start : start + draw(st.integers(200, 3000))]
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 200)))
        kind = draw(st.sampled_from(("insert", "insert", "cut", "double", "noise", "reverse", "lines")))
        piece = (
            draw(st.sampled_from(PIECES))
            if kind == "insert"
            else draw(st.binary(max_size=6))
            if kind == "noise"
            else b""
        )
        data = _struck(data, kind, at, end, piece)
    return draw(st.sampled_from(HEADS)) + data


def _struck(data: bytes, kind: str, at: int, end: int, piece: bytes) -> bytes:
    middle = data[at:end]
    if kind == "double":
        piece = middle * 2
    elif kind == "reverse":
        piece = middle[::-1]
    elif kind == "lines":
        piece = b"\n".join(reversed(middle.split(b"\n")))
    elif kind == "insert":
        piece += middle
    return data[:at] + piece + data[end:]


@given(broken())
def test_a_broken_report_is_read_or_refused(data: bytes) -> None:
    _survives(data)


@given(st.text(alphabet="ab 1,.$()-=\n\t%<>/*19", max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    _survives(text.encode())


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.stem)
def test_what_was_found_stays_mended(path: Path) -> None:
    _survives(path.read_bytes())


def _survives(data: bytes) -> None:
    try:
        book = read(data, "broken.txt")
    except UnreadableError:
        return
    assert_sound(book)
