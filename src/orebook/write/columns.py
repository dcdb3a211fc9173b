"""Facts as flat columns: the shape that a comma-separated file, an Arrow table and a data frame share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain

from orebook.model.book import Book
from orebook.model.fact import Fact

Value = str | int | bool | Decimal | date | Sequence[str] | None
Column = tuple[str, str, Callable[[str, Fact], Value]]


def _months(_: str, fact: Fact) -> int | None:
    return fact.period.months if fact.period else None


def _weeks(_: str, fact: Fact) -> int | None:
    return fact.period.weeks if fact.period else None


def _end(_: str, fact: Fact) -> date | None:
    return fact.period.end if fact.period else None


# Name, kind (text, texts, whole, decimal, truth, day), and how to get it from the document's name and the fact.
COLUMNS: tuple[Column, ...] = (
    ("document", "text", lambda name, _: name),
    ("table", "text", lambda _, fact: fact.table.title),
    ("heading", "texts", lambda _, fact: fact.row.heading),
    ("entity", "text", lambda _, fact: fact.row.entity),
    ("label", "text", lambda _, fact: fact.row.label),
    ("notes", "texts", lambda _, fact: fact.row.notes),
    ("line", "whole", lambda _, fact: fact.spot.line),
    ("start", "whole", lambda _, fact: fact.spot.start),
    ("end", "whole", lambda _, fact: fact.spot.end),
    ("text", "text", lambda _, fact: fact.text),
    ("value", "decimal", lambda _, fact: fact.value),
    ("nil", "truth", lambda _, fact: fact.nil),
    ("unit", "text", lambda _, fact: fact.unit),
    ("scale", "whole", lambda _, fact: fact.scale),
    ("period_months", "whole", _months),
    ("period_weeks", "whole", _weeks),
    ("period_end", "day", _end),
    ("concept", "text", lambda _, fact: fact.row.concept),
    ("column", "text", lambda _, fact: fact.column.heading),
    ("share", "decimal", lambda _, fact: fact.row.share),
    ("decimals", "whole", lambda _, fact: fact.decimals),
    ("table_number", "whole", lambda _, fact: fact.table.number),
    ("row_number", "whole", lambda _, fact: fact.row.number),
    ("column_number", "whole", lambda _, fact: fact.column.number),
)


def flat(books: Sequence[Book]) -> list[tuple[str, str, list[Value]]]:
    """Every column of `COLUMNS` with its values, over the facts of all books in order."""
    facts = [(book.name, fact) for book in books for fact in book.facts]
    return [(name, kind, [get(document, fact) for document, fact in facts]) for name, kind, get in COLUMNS]


def rows(books: Sequence[Book]) -> chain[tuple[Value, ...]]:
    """The same, a fact at a time."""
    return chain.from_iterable(
        (tuple(get(book.name, fact) for _, _, get in COLUMNS) for fact in book.facts) for book in books
    )
