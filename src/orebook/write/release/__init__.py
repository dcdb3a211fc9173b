"""The release: a book written as text or as a page, from which it reads back to the same facts.

`flow` puts a book's paragraphs and tables in order, `sections` takes a table apart into headings and rows, `text`
and `page` set them. `grammar`, `fields`, `compose` and `contradiction` write the sentences from templates.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orebook.model.book import Book
from orebook.write.release.grammar import Problem, TemplateError

if TYPE_CHECKING:
    from orebook.write.release.flow import Prose

__all__ = ["KINDS", "Problem", "TemplateError", "opened", "render"]

KINDS = ("text", "html")


def render(book: Book, kind: str, template: str | Path | None = None) -> str:
    """The release of a book, read or closed, as `text` or `html`.

    `template` is the path of a Markdown template for the paragraphs above the tables; they then stand in the
    place of the book's own, whose notes and whatever follows the first table stay. Without one a book keeps its
    own paragraphs, and a book that has none is opened by the default template.

    Raises `TemplateError` with every problem of the template (file, line, column), `OSError` where it cannot be
    opened, `UnicodeDecodeError` where it is not UTF-8.
    """
    book, written = opened(book, template)
    if kind == "html":
        from orebook.write.release.page import page  # noqa: PLC0415

        return page(book, written)
    from orebook.write.release.text import text  # noqa: PLC0415

    return text(book, written)


def opened(book: Book, template: str | Path | None = None) -> tuple[Book, tuple[Prose, ...]]:
    """A book without the paragraphs that others take the place of, and those others. Raises as `render` does."""
    from orebook.write.release.compose import opening, own_opening  # noqa: PLC0415  each form loads what it needs

    path = None if template is None else Path(template)
    written = opening(book, None if path is None else path.read_text("utf-8"), str(path))
    if written:
        replaced = set(own_opening(book))
        book = book._replace(prose=tuple(paragraph for paragraph in book.prose if paragraph.first not in replaced))
    return book, written
