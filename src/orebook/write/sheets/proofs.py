"""The sheet of checks: what two ways of the books give for one figure, and whether they agree as the cells stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from orebook.close.bounds import bounds
from orebook.close.bounds import solved as interval_of
from orebook.close.graph import GIVEN, Graph, Relation, equation_text, forward_value
from orebook.close.quantity import Quantity, period_text
from orebook.model.interval import Interval, exact
from orebook.model.named import NamedTuple
from orebook.write.sheets.cells import put_number, put_text
from orebook.write.sheets.equations import formula, solved
from orebook.write.sheets.grids import Quantities, stored
from orebook.write.sheets.names import reference
from orebook.write.sheets.titles import entity_title, number_format, title

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME, HEAD = "Checks", 4
HOLDS, DIFFERS = "holds", "differs"
COUNT = (2, 4)
"""The cell that counts the checks that differ."""
_COLUMNS = (
    *(("Figure", 44), ("Whose", 30), ("Period", 20), ("As it stands", 16), ("By the equation", 16)),
    *(("Difference", 14), ("Rounding allows", 16), ("Verdict", 10), ("Equation", 90)),
)


class Proof(NamedTuple):
    """An equation whose figures are all known without it: what it gives, and how far rounded inputs may be off."""

    relation: Relation
    value: Fraction
    allowed: Fraction


def proofs(made: Quantities) -> tuple[Proof, ...]:
    """The equations that derived nothing, over figures that the workbook holds."""
    graph, cells = made.closed.graph, made.plan.cells
    spare = [
        relation
        for index, relation in enumerate(graph.relations)
        if graph.derives[index] < 0
        and all(node in cells for node in relation.nodes)
        and not _is_turned(graph, relation)
    ]
    spare.sort(key=lambda relation: _order(graph.keys[relation.target]))
    return tuple(_proofs(made, spare)) if spare else ()


def _order(quantity: Quantity) -> tuple[str, str, int, date]:
    name, entity, period = quantity
    return name, entity, period.months or 0, period.end


def _is_turned(graph: Graph, relation: Relation) -> bool:
    """Whether an equation over the same figures has derived one of them, so that this one holds by itself."""
    origins = (graph.origins[node] for node in relation.nodes)
    return any(origin >= 0 and set(graph.relations[origin].nodes) == set(relation.nodes) for origin in origins)


def _proofs(made: Quantities, spare: list[Relation]) -> Iterator[Proof]:
    found = _rounded(made)
    for relation in spare:
        value = forward_value(made.closed.graph.values, relation)
        if value is None:
            continue
        if not found:
            yield Proof(relation, value, Fraction(0))
        elif all(node in found for node in relation.nodes):
            wide = interval_of(relation, relation.target, found)
            if wide is not None:
                own = found[relation.target]
                yield Proof(relation, value, max(wide.high - value, value - wide.low) + (own.high - own.low) / 2)


def _rounded(made: Quantities) -> dict[int, Interval]:
    """What every figure may stand for where the books are printed figures; nothing where they are exact."""
    closed = made.closed
    if closed.books is not None:
        return {}
    leaves: dict[int, Interval] = {}
    for sheet in closed.sheets:
        for row in sheet.rows:
            half = row.style.scale / (2 * 10**row.style.decimals)
            for quantity in row.quantities:
                node = None if quantity is None else closed.graph.find(quantity)
                value = None if node is None else closed.graph.values[node]
                if node is not None and value is not None and closed.graph.origins[node] == GIVEN:
                    leaves[node] = Interval(value - half, value + half) if value else exact(value)
    return bounds(closed.graph, leaves)


def proof_sheet(sheet: Worksheet, found: tuple[Proof, ...], made: Quantities) -> None:
    """A row a check: the figure, what the equation gives, the difference, and whether rounding explains it."""
    styles = made.styles
    put_text(sheet, styles, (0, 0), NAME, "title")
    told = (
        "Figures that the books give in two ways. A change in one place alone shows here, as `orebook close` tells it."
    )
    put_text(sheet, styles, (1, 0), told, "soft")
    first, last = HEAD + 1, HEAD + len(found)
    put_text(sheet, styles, (COUNT[0], 0), "Checks that differ", "heading")
    verdicts = f"{reference('', first, 7)}:{reference('', last, 7)}"
    differ = sum(_differs(made, proof) for proof in found)
    sheet.write_formula(*COUNT, f'=COUNTIF({verdicts},"{DIFFERS}")', styles("derived", num_format="0"), differ)
    for column, (text, width) in enumerate(_COLUMNS):
        how = {"align": "right"} if 3 <= column <= 6 else {"align": "left", "indent": int(column > 6)}
        put_text(sheet, styles, (HEAD, column), text, "corner", **how)
        sheet.set_column(column, column, width)
    for row, proof in enumerate(found, first):
        _row(sheet, row, proof, made)
    sheet.conditional_format(
        first, 7, last, 7, {"type": "cell", "criteria": "==", "value": f'"{DIFFERS}"', "format": styles("break")}
    )
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)


def _differs(made: Quantities, proof: Proof) -> bool:
    return abs(proof.value - _target(made, proof)) > proof.allowed


def _target(made: Quantities, proof: Proof) -> Fraction:
    return made.closed.graph.values[proof.relation.target] or Fraction(0)


def _row(sheet: Worksheet, row: int, proof: Proof, made: Quantities) -> None:
    graph, cells, styles = made.closed.graph, made.plan.cells, made.styles
    relation, target = proof.relation, _target(made, proof)
    name, entity, period = graph.keys[relation.target]
    put_text(sheet, styles, (row, 0), title(name), "text")
    put_text(sheet, styles, (row, 1), entity_title(made.closed, entity), "text")
    put_text(sheet, styles, (row, 2), period_text(period), "text")
    unit = str(graph.units[relation.target])
    shown = number_format(unit, name, [target, proof.value], entered=False)
    look = styles("link", num_format=shown)
    cell = cells[relation.target]
    sheet.write_formula(row, 3, f"={reference(cell.sheet, cell.row, cell.column)}", look, stored(target))
    text = formula(solved(relation, relation.target), cells, NAME)
    if text is None:
        put_number(sheet, (row, 4), stored(proof.value), styles("typed", num_format=shown))
    else:
        sheet.write_formula(row, 4, f"={text}", styles("derived", num_format=shown), stored(proof.value))
    stands, derived, gap, allowed = (reference("", row, column) for column in (3, 4, 5, 6))
    look = styles("derived", num_format='#,##0.00####_);(#,##0.00####);"–"_)')
    sheet.write_formula(row, 5, f"=ROUND({stands}-{derived},6)", look, stored(round(target - proof.value, 6)))
    put_number(sheet, (row, 6), stored(proof.allowed), styles("derived", num_format=shown))
    verdict = DIFFERS if _differs(made, proof) else HOLDS
    test = f'=IF(ABS({gap})>{allowed},"{DIFFERS}","{HOLDS}")'
    sheet.write_formula(row, 7, test, styles("text", align="left", indent=1), verdict)
    put_text(sheet, styles, (row, 8), equation_text(graph, relation), "far")
