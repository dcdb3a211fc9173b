"""Columns of words between the labels and the figures: the units that the rows count by, the periods that they are of."""

from __future__ import annotations

import re
from collections.abc import Callable

from orebook.book.calendar import OF_TIME
from orebook.book.captions import SIGN_ALONE, scale_in
from orebook.book.periods import A_YEAR, read_words
from orebook.book.stated import stated_unit
from orebook.model.grid import Grid, GridRow
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced

_GOES_ON = ("", "-", "–", "—", "(")
_FEWEST = 2  # rows that tell their units or periods so
_HEADS_OF_YEARS = frozenset(("year", "fiscal year", "period"))
_MONEY = r"(?i)(?:US|Cdn|C|A|R)?[$£€](?:\s?(?:mm?|millions?|thousands?|['’]?000(?:['’]?s)?))?$|R\s?(?:m|millions?)$"
# `€ cents/share`, `US cents per share`, `SEK/share`
_BY_SHARE = r"(?:[A-Z]{0,3}\s?[$€£]?\s?(?:cents?|c|pence|p)|[A-Z]{0,3}[$€£]|[A-Z]{3})\s?(?:/|per )\s?share$"
_MEASURES = r"(?:k?m[23²³]?|metres|meters|waste ?[:/] ?ore|cents|cps|number|days|hours|R)$"  # of development, and of what is moved for the ore


class Beside(NamedTuple):
    """A grid whose labels end before the column of words beside them, and what that says of each row, by its line."""

    grid: Grid
    told: dict[int, str]


def without_units(grid: Grid) -> Beside:
    """The grid without a column of units beside the labels (`Ore treated     000 t      1,204`)."""
    return _without(grid, _unit)


def without_periods(grid: Grid) -> Beside:
    """The grid without a column of periods beside the labels (`Gold produced     Q3 2019      1,204`)."""
    return _without_years(grid) if _holds_years(grid) else _without(grid, _time)


def _holds_years(grid: Grid) -> bool:
    """Whether the first column of figures prints under each label the same years, and nothing heads it but `Year`: the
    years that something falls due or was acquired in differ."""
    rows = [row for row in grid.rows if row.cells]
    if grid.columns < _FEWEST or len(rows) < _FEWEST or not rows[0].label:
        return False
    if not all(row.cells[0].column == 0 and A_YEAR.fullmatch(row.cells[0].text) and row.cells[1:] for row in rows):
        return False
    if any(head.first == 0 and not head.last and head.text.lower() not in _HEADS_OF_YEARS for head in grid.headers):
        return False
    years: list[list[str]] = []
    label = ""
    for row in rows:
        if row.label and row.label != label:
            label = row.label
            years.append([])
        years[-1].append(row.cells[0].text)
    return len(years[0]) >= _FEWEST and all(each == years[0] for each in years) and len(set(years[0])) == len(years[0])


def _without_years(grid: Grid) -> Beside:
    """A grid without its first column of figures, of years; rows without a label have that of the row above."""
    made: list[GridRow] = []
    label, indent = "", 0
    for row in grid.rows:
        cells = tuple(replaced(cell, column=cell.column - 1) for cell in row.cells[1:])
        if row.label:
            label, indent = row.label, row.indent
        made.append(replaced(row, label=label, indent=indent, cells=cells) if row.cells else row)
    headers = tuple(
        head._replace(first=max(head.first - 1, 0), last=head.last - 1) for head in grid.headers if head.last
    )
    years = {row.line: row.cells[0].text for row in grid.rows if row.cells}
    return Beside(grid._replace(columns=grid.columns - 1, headers=headers, rows=tuple(made)), years)


def _without(grid: Grid, tells: Callable[[GridRow], str]) -> Beside:
    """The grid without a column of words beside the labels, of which `tells` gives that of a row, "" for none."""
    gapped = [row for row in grid.rows if row.cells and ("  " in row.label or "..." in row.label)]
    found = {row.line: told for row in gapped if (told := tells(row))} if len(gapped) >= _FEWEST else {}
    if len(found) < _FEWEST:
        return Beside(grid, {})
    made: list[GridRow] = []
    above: GridRow | None = None
    for row in grid.rows:
        if row.line in found:
            above = replaced(row, label=row.label[: -len(found[row.line])].rstrip(" ._"))
            made.append(above)
        elif above is not None and (told := _second(row, above, tells)):
            found[row.line] = told
            made.append(replaced(row, label=above.label, indent=above.indent))
        else:
            above = above if row.cells and not row.label else None
            made.append(row)
    return Beside(grid._replace(rows=tuple(made)), found)


def _second(row: GridRow, above: GridRow, tells: Callable[[GridRow], str]) -> str:
    """What the column of words says of a row without a label of its own, which is that of the row above (`Gold sold     kg`
    over `000 oz`)."""
    alone = row.cells and not row.blank_above and row.indent > above.indent + 2 and "  " not in row.label
    return tells(replaced(row, label=f"  {row.label}")) if alone else ""


def _last(row: GridRow) -> str:
    """The last words of a label, which two blanks or dots part from the rest."""
    return row.label.rpartition("  ")[2].rpartition("...")[2].strip()


def _time(row: GridRow) -> str:
    """The part of a year that the words beside a label name, with its year."""
    last = _last(row)
    timed = last != row.label.strip() or row.label[:1] == " "
    return last if timed and re.match(OF_TIME, last) and read_words(last).year is not None else ""


def _unit(row: GridRow) -> str:
    last = _last(row)
    if last[:1] in _GOES_ON:
        return ""  # `Gold  - Ounces`, `Ore milled  (tons)` go on as labels
    told = stated_unit(f"({last})") or any(re.match(pattern, last) for pattern in (_MONEY, _MEASURES, _BY_SHARE))
    return last if told or (scale_in(last) and re.fullmatch(SIGN_ALONE, last)) else ""
