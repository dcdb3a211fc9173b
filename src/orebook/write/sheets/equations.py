"""Equations of a closed book as spreadsheet formulas over the cells of its quantities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from orebook.close.graph import Relation
from orebook.measures.formula import LARGEST, PRODUCT, SUM
from orebook.model.named import NamedTuple
from orebook.write.number import finite_places, plain
from orebook.write.sheets.live import Cell
from orebook.write.sheets.names import reference

LONGEST = 8000
MOST_PARTS = 250
"""A formula may have 8,192 characters and a function 255 arguments."""
_FEW = 3


class Solved(NamedTuple):
    """What a node is: a sum of weighted nodes, a product of powers of nodes times `factor`, or the largest or
    smallest of nodes."""

    kind: str
    terms: tuple[tuple[int, Fraction], ...]
    factor: Fraction = Fraction(1)


def solved(relation: Relation, node: int) -> Solved:
    """The relation turned to `node`, which is its target or one of its operands."""
    if node == relation.target:
        return Solved(relation.kind, relation.terms, relation.factor)
    own = dict(relation.terms)[node]
    rest = tuple((other, weight) for other, weight in relation.terms if other != node)
    if relation.kind == SUM:
        turned = tuple((other, -weight / own) for other, weight in rest)
        return Solved(SUM, ((relation.target, 1 / own), *turned))
    if own > 0:
        turned = tuple((other, -power) for other, power in rest)
        return Solved(PRODUCT, ((relation.target, Fraction(1)), *turned), 1 / relation.factor)
    return Solved(PRODUCT, (*rest, (relation.target, Fraction(-1))), relation.factor)


def formula(made: Solved, cells: Mapping[int, Cell], home: str) -> str | None:
    """The formula, without its `=`, as it stands on the sheet `home`; None where a spreadsheet would refuse it."""
    if made.kind == SUM:
        text = _sum(made.terms, cells, home)
    elif made.kind == PRODUCT:
        text = _product(made, cells, home)
    else:
        name = "MAX" if made.kind == LARGEST else "MIN"
        text = _called(name, [cells[node] for node, _ in made.terms], home)
    return text if text and len(text) <= LONGEST else None


def _sum(terms: Iterable[tuple[int, Fraction]], cells: Mapping[int, Cell], home: str) -> str | None:
    by_weight: dict[Fraction, list[Cell]] = {}
    for node, weight in terms:
        by_weight.setdefault(weight, []).append(cells[node])
    text = ""
    for weight, found in sorted(by_weight.items(), reverse=True):
        part = _added(found, home, alone=len(by_weight) == 1 and weight == 1)
        if part is None:
            return None
        text += ("-" if weight < 0 else "+" if text else "") + part + _times(abs(weight))
    return text or "0"


def _added(cells: list[Cell], home: str, *, alone: bool) -> str | None:
    """Cells added up: written out where they are few and apart, else as a `SUM` over ranges."""
    if len(cells) == 1:
        return _name(cells[0], home)
    if alone and len(cells) <= _FEW and len(_ranges(cells)) == len(cells):
        return "+".join(_name(cell, home) for cell in cells)
    return _called("SUM", cells, home)


def _called(function: str, cells: Sequence[Cell], home: str) -> str | None:
    parts = _ranges(cells)
    if len(parts) > MOST_PARTS:
        return None
    return f"{function}({','.join(_range_name(first, last, home) for first, last in parts)})"


def _ranges(cells: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
    """The same cells as blocks: neighbours in a row first, then neighbours in a column. Repeated cells stay."""
    across = _runs(sorted(cells), (0, 1))
    alone = [first for first, last in across if first == last]
    wide = [run for run in across if run[0] != run[1]]
    down = _runs(sorted(alone, key=lambda cell: (cell.sheet, cell.column, cell.row)), (1, 0))
    return sorted((*wide, *down))


def _runs(ordered: Iterable[Cell], step: tuple[int, int]) -> list[tuple[Cell, Cell]]:
    runs: list[tuple[Cell, Cell]] = []
    for cell in ordered:
        if runs and cell == runs[-1][1]._replace(row=runs[-1][1].row + step[0], column=runs[-1][1].column + step[1]):
            runs[-1] = runs[-1][0], cell
        else:
            runs.append((cell, cell))
    return runs


def _product(made: Solved, cells: Mapping[int, Cell], home: str) -> str:
    above: list[str] = []
    below: list[str] = []
    for node, power in made.terms:
        (above if power > 0 else below).extend([_name(cells[node], home)] * abs(int(power)))
    sign = "-" if made.factor < 0 else ""
    text = "*".join(above)
    factor = _times(abs(made.factor))
    if not above:
        text, factor = (factor[1:], "") if factor.startswith("*") else ("1", factor)
    return sign + text + factor + "".join(f"/{name}" for name in below)


def _times(weight: Fraction) -> str:
    """`*2000`, `/3`, `*0.95`, `*100/3`; nothing for one."""
    if weight == 1:
        return ""
    if weight.numerator == 1:
        return f"/{weight.denominator}"
    if finite_places(weight.denominator) is not None:
        return f"*{plain(weight)}"
    return f"*{weight.numerator}/{weight.denominator}"


def _name(cell: Cell, home: str) -> str:
    return reference("" if cell.sheet == home else cell.sheet, cell.row, cell.column)


def _range_name(first: Cell, last: Cell, home: str) -> str:
    return _name(first, home) + ("" if first == last else f":{reference('', last.row, last.column)}")
