"""Columns of words between the labels and the figures: the units that the rows count by."""

from __future__ import annotations

import re

from orebook.book.stated import stated_unit
from orebook.model.grid import Grid, GridRow
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced

_GOES_ON = ("", "-", "–", "—", "(")
_FEWEST = 2  # rows that tell their units so
_MONEY = r"(?i)(?:US|Cdn|C|A|R)?[$£€](?:\s?(?:mm?|millions?|thousands?|['’]?000(?:['’]?s)?))?$|R\s?(?:m|millions?)$"
_MEASURES = r"(?:k?m[23²³]?|metres|meters|waste ?[:/] ?ore)$"  # of development, and of what is moved for the ore


class Counting(NamedTuple):
    """A grid whose labels end before the column of units, and the unit of each row, by its line."""

    grid: Grid
    units: dict[int, str]


def without_units(grid: Grid) -> Counting:
    """The grid without a column of units beside the labels (`Ore treated     000 t      1,204`)."""
    gapped = [row for row in grid.rows if row.cells and ("  " in row.label or "..." in row.label)]
    found = {row.line: unit for row in gapped if (unit := _unit(row))} if len(gapped) >= _FEWEST else {}
    if len(found) < _FEWEST:
        return Counting(grid, {})
    made: list[GridRow] = []
    above: GridRow | None = None
    for row in grid.rows:
        if row.line in found:
            above = replaced(row, label=row.label[: -len(found[row.line])].rstrip(" ._"))
            made.append(above)
        elif above is not None and (unit := _second_unit(row, above)):
            found[row.line] = unit
            made.append(replaced(row, label=above.label, indent=above.indent))
        else:
            above = above if row.cells and not row.label else None
            made.append(row)
    return Counting(grid._replace(rows=tuple(made)), found)


def _second_unit(row: GridRow, above: GridRow) -> str:
    """The other unit by which the row above counts too, where it stands alone in the column of units (`Gold sold     kg`
    over `000 oz`)."""
    alone = row.cells and not row.blank_above and row.indent > above.indent + 2 and "  " not in row.label
    return _unit(replaced(row, label=f"  {row.label}")) if alone else ""


def _unit(row: GridRow) -> str:
    last = row.label.rpartition("  ")[2].rpartition("...")[2].strip()
    if last[:1] in _GOES_ON:
        return ""  # `Gold  - Ounces`, `Ore milled  (tons)` go on as labels
    return last if stated_unit(f"({last})") or re.match(_MONEY, last) or re.match(_MEASURES, last) else ""
