"""Reading the files of the books: rows that know where they stand, and every problem collected."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orebook.close.problems import Problem
from orebook.close.quantity import Source
from orebook.model.named import NamedTuple

if TYPE_CHECKING:
    from _csv import Reader

_NUMBER = re.compile(r"\(?-?\d{1,3}(?:,\d{3})+(?:\.\d+)?\)?\Z|\(?-?\d+(?:\.\d+)?\)?\Z")
_LONGEST_NUMBER = 40
_FORMULA = re.compile(r"'*[=+@-]")


class Record(NamedTuple):
    """A row of a CSV file: its number (the heading row is 1) and its cells by column name, stripped."""

    file: str
    row: int
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def problem(self, column: str, message: str) -> Problem:
        return Problem(self.file, self.row, column, message)

    def source(self, column: str = "") -> Source:
        return Source(self.file, self.row, column)

    def number(self, column: str, problems: list[Problem]) -> Fraction | None:
        """The cell as an exact number; a parenthesis reads as minus. A problem and None where it is not one."""
        text = self.cell(column)
        value = number(text)
        if value is None:
            said = "no value is given" if not text else f"'{text}' is not a number"
            problems.append(self.problem(column, said))
        return value


def number(text: str) -> Fraction | None:
    """`1,234.50`, `-12` or `(12)` as an exact number, None for anything else."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.match(text) or (text[0] == "(") != (text[-1] == ")"):
        return None
    plain = text.strip("()").replace(",", "")
    return -Fraction(plain) if text[0] == "(" else Fraction(plain)


def guarded(text: str) -> str:
    """A cell that a spreadsheet would take for a formula, with the apostrophe that makes it text; numbers stay."""
    return f"'{text}" if _FORMULA.match(text) and number(text) is None else text


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def read_rows(folder: Path, name: str, columns: Sequence[str], problems: list[Problem]) -> Iterator[Record]:
    """The rows of a CSV file of the books; nothing where it does not exist. Empty rows are passed over."""
    path = folder / name
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(name, 0, "", "this is not a text file in UTF-8: save it again as CSV (UTF-8)"))
        return
    reader = csv.reader(text.replace("\0", "").splitlines(), strict=False)
    try:
        yield from _records(reader, name, columns, problems)
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, "", f"the row cannot be read: {error}"))


def _records(reader: Reader, name: str, columns: Sequence[str], problems: list[Problem]) -> Iterator[Record]:
    heading = [cell.strip() for cell in next(reader, [])]
    absent = [column for column in columns if column not in heading]
    parted = next((mark for mark in (";", "\t") if len(heading) == 1 and mark in heading[0]), None)
    if parted:
        problems.append(Problem(name, 1, "", f"the cells are parted by {parted!r}: save the file again with commas"))
        return
    if absent:
        wanted = ", ".join(absent)
        problems.append(
            Problem(name, 1, wanted, f"the heading row has no column {wanted}; it reads: {', '.join(heading)}")
        )
        return
    twice = [column for column, count in Counter(heading).items() if column and count > 1]
    if twice:
        problems.append(Problem(name, 1, twice[0], f"two columns are headed {twice[0]}: give each its own heading"))
        return
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) > len(heading):
                problems.append(Problem(name, reader.line_num, "", f"{len(cells)} cells under {len(heading)} headings"))
            made = dict(zip(heading, (_unguarded(cell.strip()) for cell in cells), strict=False))
            yield Record(name, reader.line_num, made)


def read_toml(folder: Path, name: str, problems: list[Problem]) -> dict[str, Any]:
    """A TOML file of the books with exact decimals; a problem and {} where it cannot be read."""
    path = folder / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        problems.append(Problem(name, 0, "", "the file is missing: every set of books has one"))
    except UnicodeDecodeError:
        problems.append(Problem(name, 0, "", "this is not a text file in UTF-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(name, 0, "", f"the file cannot be read: {error}"))
    return {}
