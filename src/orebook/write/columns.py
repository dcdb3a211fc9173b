"""Facts as flat columns: the shape that a comma-separated file, an Arrow table and a data frame share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from itertools import chain

from orebook.model.book import Book
from orebook.model.fact import Fact

Value = str | int | bool | Decimal | date | Sequence[str] | None
Column = tuple[str, str, Callable[[Book, Fact], Value]]


EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def _amount(_: Book, fact: Fact) -> Decimal:
    """The value with its scale applied, whatever its length; a nil mark is zero."""
    return Decimal(0) if fact.value is None else EXACT.multiply(fact.value, fact.scale)


def _months(_: Book, fact: Fact) -> int | None:
    return fact.period.months if fact.period else None


def _weeks(_: Book, fact: Fact) -> int | None:
    return fact.period.weeks if fact.period else None


def _end(_: Book, fact: Fact) -> date | None:
    return fact.period.end if fact.period else None


# Name, kind (text, texts, whole, decimal, truth, day), and how to get it from the book and the fact. The last are of
# the document: a series over many filings tells by them what was first and what was last reported.
COLUMNS: tuple[Column, ...] = (
    ("document", "text", lambda book, _: book.name),
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
    ("amount", "decimal", _amount),
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
    ("company", "text", lambda book, _: book.identity.company or None),
    ("form", "text", lambda book, _: book.identity.form or None),
    ("report_end", "day", lambda book, _: book.identity.period_end),
    ("filed", "day", lambda book, _: book.identity.filed),
    ("accession", "text", lambda book, _: book.identity.accession or None),
)


def flat(books: Sequence[Book]) -> list[tuple[str, str, list[Value]]]:
    """Every column of `COLUMNS` with its values, over the facts of all books in order."""
    facts = [(book, fact) for book in books for fact in book.facts]
    return [(name, kind, [get(book, fact) for book, fact in facts]) for name, kind, get in COLUMNS]


def rows(books: Sequence[Book]) -> chain[tuple[Value, ...]]:
    """The same, a fact at a time."""
    return chain.from_iterable(
        (tuple(get(book, fact) for _, _, get in COLUMNS) for fact in book.facts) for book in books
    )
