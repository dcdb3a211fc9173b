"""Bytes as given -> text -> lines, with every kind of line end and the encodings of filings."""

from __future__ import annotations

import re
from os import PathLike

LIMIT_BYTES = 256 * 1024 * 1024
LIMIT_LINE = 4 * 1024 * 1024

_LINE_END = re.compile("\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_CONTROL_BYTES = bytes((*range(9), *range(14, 32)))


class UnreadableError(ValueError):
    """The input cannot be read as a report: says where, what is wrong, and what to do."""


def decode(data: bytes, name: str) -> str:
    """The text of a file: gzip unpacked, UTF-8 with or without a byte-order mark, UTF-16 with one, or Windows-1252.

    Raises UnreadableError for empty, binary, truncated or oversized input.
    """
    if data[:2] == b"\x1f\x8b":
        data = _unpack(data, name)
    if len(data) > LIMIT_BYTES:
        raise UnreadableError(f"{name}: larger than {LIMIT_BYTES >> 20} MiB; split the file and read its parts")
    if not data.strip():
        raise UnreadableError(f"{name}:1: the file is empty; give a report as filed (text, HTML or EDGAR submission)")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    _refuse_binary(data, text, name)
    return text


def read_bytes(path: str | PathLike[str]) -> bytes:
    """The bytes of a file, never more than the limit and one (`decode` refuses those)."""
    with open(path, "rb") as file:  # noqa: PTH123  pathlib is dear at start
        return file.read(LIMIT_BYTES + 1)


def _unpack(data: bytes, name: str) -> bytes:
    import zlib  # noqa: PLC0415  only for packed input: keeps the start quick

    engine = zlib.decompressobj(31)
    try:
        made = engine.decompress(data, LIMIT_BYTES + 1)
    except zlib.error as error:
        raise UnreadableError(f"{name}: damaged gzip data ({error}); fetch the file again") from error
    if len(made) > LIMIT_BYTES:
        raise UnreadableError(f"{name}: unpacks to more than {LIMIT_BYTES >> 20} MiB; unpack it and read its parts")
    if not engine.eof:
        raise UnreadableError(f"{name}: the gzip data ends early; fetch the file again")
    return made


def _refuse_binary(data: bytes, text: str, name: str) -> None:
    head = text[:65536]
    # Most text has no control character at all, which a look for each of the bytes tells at once.
    bad = len(_CONTROL.findall(head)) if any(map(data.__contains__, _CONTROL_BYTES)) else 0
    if data[:4] == b"%PDF":
        raise UnreadableError(f"{name}:1: this is a PDF, not text; convert it first (for instance `pdftotext -layout`)")
    if data[:2] == b"PK":
        raise UnreadableError(f"{name}:1: this is a zip archive; unpack it and read the report inside")
    if bad * 20 > len(head):
        line = head[: _CONTROL.search(head).start()].count("\n") + 1  # type: ignore[union-attr]
        raise UnreadableError(f"{name}:{line}: binary data, not a report; give text, HTML or an EDGAR submission")


def lines_of(text: str, name: str) -> tuple[str, ...]:
    """The lines of a text without their ends: CR LF, LF and CR end a line, a form feed does not.

    Raises UnreadableError for a line that no report has (over 4 Mi characters).
    """
    lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
    if len(text) > LIMIT_LINE:
        for number, line in enumerate(lines, 1):
            if len(line) > LIMIT_LINE:
                raise UnreadableError(
                    f"{name}:{number}: a line of {len(line):,} characters; a report's lines are shorter than "
                    f"{LIMIT_LINE:,}; break the line, or check that this is a report"
                )
    return tuple(lines)


def line_starts(text: str) -> list[int]:
    """The offset at which each line of a text begins."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
