"""Columns whose figures all count alike, as their signs and decimals tell: percentages, prices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from orebook.book.labels import Labelled
from orebook.book.printed import value_of
from orebook.book.stated import stated_unit
from orebook.model.fact import Column

_HUNDRED = 100
_MOST_PER_CENT = 1000
_NOUGHT = Decimal(0)
_CENTS = re.compile(r"\.\d\d\)?$")


def percent_columns(rows: list[Labelled], columns: Sequence[Column], *, told: bool = False) -> frozenset[int]:
    """The columns whose first and last figures bear a per cent sign, or the first alone for the column, and whose other
    figures bear no currency sign: all of them are per cent, unless one of a period stands without the sign in a row that
    states another unit. Where the title has `told` that they are shares of something, columns that begin with a hundred, or
    with the sign, are."""
    shares = _shares_of_the_first(rows, columns) if any("atio" in column.heading.title() for column in columns) else []
    firsts = list(_firsts(rows, len(columns)))
    if told and all("%" in text or value_of(text)[0] == _HUNDRED for text in firsts):
        cells = [cell.text for row in rows for cell in row.row.cells]
        if not any("$" in text or abs(value_of(text)[0] or _NOUGHT) > _MOST_PER_CENT for text in cells):
            return frozenset(column.number for column in columns)
    if not any("%" in text for text in firsts):
        return frozenset(shares)
    texts = [_without_last_nils(column) for column in _by_column(rows, len(columns))]
    return frozenset(shares).union(
        number
        for number, column in enumerate(texts)
        if len(column) > 1
        and "%" in column[0]
        and not any("$" in text for text in column)
        and ("%" in column[-1] or _is_signed_once(rows, number, column, columns))
        and not (columns[number].period and _holds_others(rows, number))
    )


def _without_last_nils(column: list[str]) -> list[str]:
    """What a column prints, as far as the last of its figures."""
    last = len(column)
    while last and value_of(column[last - 1])[0] is None:
        last -= 1
    return column[:last]


def _shares_of_the_first(rows: list[Labelled], columns: Sequence[Column]) -> list[int]:
    """The columns headed `Ratio` that begin with a hundred: what each row is of the first, in per cent."""
    firsts = {cell.column: cell.text for row in reversed(rows) for cell in row.row.cells}
    return [
        column.number
        for column in columns
        if column.heading.lower().endswith("ratio") and value_of(firsts.get(column.number, "-"))[0] == _HUNDRED
    ]


def _is_signed_once(rows: list[Labelled], number: int, column: list[str], columns: Sequence[Column]) -> bool:
    """Whether the per cent sign at the first figure of a column is the column's and not the row's: another figure of that
    row bears none, the others are printed to as many decimals, and the column tells of no period of its own."""
    first = next(row.row.cells for row in rows if any(cell.column == number for cell in row.row.cells))
    if all("%" in cell.text for cell in first):
        return False
    period = columns[number].period
    if period is not None and not any(other.period == period for other in columns[:number]):
        return False
    places = {decimals for value, decimals in map(value_of, column) if value is not None}
    return "%" not in "".join(column[1:]) and len(places) == 1


def _holds_others(rows: list[Labelled], number: int) -> bool:
    """Whether some figure of a column stands without a per cent sign in a row whose label states another unit."""
    return any(
        "%" not in cell.text and stated_unit(row.label) not in {"", "%"}
        for row in rows
        for cell in row.row.cells
        if cell.column == number
    )


def _firsts(rows: list[Labelled], count: int) -> Iterable[str]:
    """What each column prints first."""
    found: dict[int, str] = {}
    for row in rows:
        for cell in row.row.cells:
            found.setdefault(cell.column, cell.english or cell.text)
        if len(found) == count:
            break
    return found.values()


def _by_column(rows: list[Labelled], count: int) -> list[list[str]]:
    """What each column prints, from top to bottom."""
    texts: list[list[str]] = [[] for _ in range(count)]
    for row in rows:
        for cell in row.row.cells:
            texts[cell.column].append(cell.english or cell.text)
    return texts


def columns_of_sign(rows: list[Labelled], count: int, signs: tuple[str, ...]) -> frozenset[int]:
    """The columns whose first figure bears one of some signs behind it where the one of another column bears one of dollars
    (`$218,700   9.40¢`, `$1,275   0.3x`): all that stands in them is of that sign, whatever the rows count."""
    firsts = list(_firsts(rows, count))
    if not any(text.endswith(signs) for text in firsts):
        return frozenset()
    texts = _by_column(rows, count)
    signed = any(column and "$" in column[0] for column in texts)
    return frozenset(
        number
        for number, column in enumerate(texts)
        if signed and column and column[0].endswith(signs) and not any("$" in text for text in column)
    )


def price_columns(rows: list[Labelled], count: int) -> frozenset[int]:
    """The columns of prices: two figures or more, each printed to the cent."""
    texts = [[text for text in column if any(map(str.isdigit, text))] for column in _by_column(rows, count)]
    priced = (number for number, column in enumerate(texts) if len(column) > 1 and all(map(_CENTS.search, column)))
    return frozenset(priced)
