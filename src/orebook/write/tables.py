"""The facts of one or more books as a whole file: CSV, JSON, Parquet or Arrow."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.model.book import Book
from orebook.write.extras import MissingExtraError, TooManyDigitsError

__all__ = ["FORMATS", "MissingExtraError", "TooManyDigitsError", "render"]

FORMATS = ("csv", "json", "parquet", "arrow")


def render(books: Sequence[Book], kind: str) -> bytes:
    """The bytes of a file of `kind` (one of `FORMATS`).

    Raises MissingExtraError where its library is not installed, TooManyDigitsError for a figure that it cannot hold.
    """
    if kind == "csv":
        from orebook.write.csv import csv  # noqa: PLC0415 - each format needs its own library

        return csv(books)
    if kind == "json":
        return _json(books)
    from orebook.write.arrow import arrow_file, parquet  # noqa: PLC0415

    return parquet(books) if kind == "parquet" else arrow_file(books)


def _json(books: Sequence[Book]) -> bytes:
    """The records of `orebook.write.jsonl` as one array."""
    from orebook.write.jsonl import fact_lines  # noqa: PLC0415

    lines = ",\n".join(line for book in books for line in fact_lines(book))
    return f"[\n{lines}\n]\n".encode()
