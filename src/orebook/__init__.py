"""Orebook reads, checks, closes and writes the quarterly reports of mining companies.

    import orebook

    book = orebook.read("release.txt")            # path or bytes -> Book
    book.facts, book.tables, book.prose           # all that was read
    book.find("total cash costs", entity="lucky friday")
    checked = orebook.check(book)                 # ties, claims, findings
    orebook.to_polars(book)                       # also to_arrow, to_pandas (extras)
    book = orebook.close("books/2007q4")          # the same Book, from a quarter's own books
    orebook.series("reports.store", measure="cash cost")  # over all reports that `orebook keep` put there

Public names are loaded when first used: importing the package costs nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orebook.frames import to_arrow, to_pandas, to_polars
    from orebook.model.book import Book
    from orebook.model.fact import Fact
    from orebook.model.period import Period
    from orebook.model.tie import Checked
    from orebook.pipeline import UnreadableError, check, close, read
    from orebook.store import Found, StoreError, series

__version__ = "0.1.0"

__all__ = [
    "Book",
    "Checked",
    "Fact",
    "Found",
    "Period",
    "StoreError",
    "UnreadableError",
    "check",
    "close",
    "read",
    "series",
    "to_arrow",
    "to_pandas",
    "to_polars",
]

_HOMES = {
    "Book": "orebook.model.book",
    "Checked": "orebook.model.tie",
    "Fact": "orebook.model.fact",
    "Found": "orebook.store",
    "Period": "orebook.model.period",
    "StoreError": "orebook.store",
    "UnreadableError": "orebook.pipeline",
    "check": "orebook.pipeline",
    "close": "orebook.pipeline",
    "read": "orebook.pipeline",
    "series": "orebook.store",
    "to_arrow": "orebook.frames",
    "to_pandas": "orebook.frames",
    "to_polars": "orebook.frames",
}


class _Public:
    """A public name, loaded from its home when first asked for.

    Three verbs share their names with the folders behind them. Python binds a folder to its name in the
    package whenever it is first imported; that binding is let pass, so that `orebook.read` is always the verb.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, package: ModuleType, owner: type[ModuleType]) -> object:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(_HOMES[self.name]), self.name)

    def __set__(self, package: ModuleType, value: object) -> None:
        """Lets a binding pass without effect."""


class _Package(ModuleType):
    """The package, with its public names."""

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


for _name in _HOMES:
    setattr(_Package, _name, _Public(_name))
sys.modules[__name__].__class__ = _Package
