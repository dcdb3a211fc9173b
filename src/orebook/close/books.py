"""The books of a company: a folder of CSV and TOML files, read and validated as a whole."""

from __future__ import annotations

from pathlib import Path

from orebook.close.company import Company, read_company
from orebook.close.files import read_rows, read_toml
from orebook.close.guidance import Guidance, read_guidance
from orebook.close.ledger import Ledger, read_ledger
from orebook.close.problems import BooksError, Problem
from orebook.close.schedules import Entry, read_schedules
from orebook.close.shelf import Leaf, Shelf
from orebook.model.named import NamedTuple


class Books(NamedTuple):
    """Everything in the folder: the company, the leaves, the ledger with its mapping, the schedules, the guidance."""

    company: Company
    leaves: tuple[Leaf, ...]
    ledger: Ledger
    schedules: tuple[Entry, ...] = ()
    guidance: tuple[Guidance, ...] = ()


_FILES = (
    *("production", "costs", "prices", "shares", "rates", "ledger", "mapping", "guidance"),
    *("hedges", "reserves", "accruals", "impairments"),
)
_SHEETS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".ods"})
_ITEMS = ("period", "mine", "item", "value", "unit")


def read_books(folder: Path) -> Books:
    """Read and validate a folder of books.

    Raises `BooksError` with every problem of every file, and `FileNotFoundError` where there is no folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: there is no such folder of books")
    problems: list[Problem] = []
    head = read_toml(folder, "company.toml", problems)
    company = None if problems else read_company(head, problems)
    if company is None:
        raise BooksError(problems)
    shelf = Shelf(company, problems)
    for name in ("production.csv", "costs.csv"):
        for record in read_rows(folder, name, _ITEMS, problems):
            shelf.add_item(record)
    for record in read_rows(folder, "prices.csv", ("period", "metal", "kind", "value", "unit"), problems):
        shelf.add_price(record)
    for record in read_rows(folder, "shares.csv", ("period", "item", "value", "unit"), problems):
        shelf.add_share(record)
    for record in read_rows(folder, "rates.csv", ("period", "currency", "value", "unit"), problems):
        shelf.add_rate(record)
    ledger = read_ledger(folder, company, problems)
    schedules = read_schedules(folder, company, problems)
    guidance = read_guidance(folder, company.calendar, problems)
    shelf.report_gaps()
    problems += _misnamed(folder)
    if problems:
        raise BooksError(problems)
    return Books(company, tuple(shelf.leaves), ledger, schedules, guidance)


def _misnamed(folder: Path) -> list[Problem]:
    """Files that stand where one of the books is missing, under a name or in a form that is not read."""
    absent = {stem for stem in _FILES if not (folder / f"{stem}.csv").exists()}
    return [
        Problem(path.name, 0, "", f"this file is not read: save it as {path.stem.lower()}.csv, or name it otherwise")
        for path in sorted(folder.iterdir())
        if path.stem.lower() in absent and path.suffix.lower() in _SHEETS
    ]
