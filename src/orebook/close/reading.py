"""A rendered report as the book that reading it gives: one meaning for what is closed and what is filed."""

from __future__ import annotations

from orebook.book.build import build
from orebook.book.identity import identified, setting_of
from orebook.book.prose import paragraphs
from orebook.model.book import Book, Identity, Part
from orebook.read.text import layout


def book_of(text: str, name: str) -> Book:
    """The book of a plain-text report."""
    lines = tuple(text.split("\n"))
    laid = layout(lines, 1)
    setting = setting_of(lines, laid.grids, Identity())
    tables, facts = build(laid, setting)
    prose = tuple(paragraphs(laid, tables, 0))
    identity = identified(Identity(), setting, lines, facts)
    parts = (Part("", name, "", 1, len(lines)),)
    return Book(name, identity, lines, parts, tables, facts, prose)
