"""Blocks: rows of one unit under one heading, a mine each, and the rows that close them.

`Gold produced (oz)` over two mines and their total is a block of ounces, `Cash cost per ounce` over the same mines
and their average a block of rates. Mines are known again in the other block by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from orebook.check.context import Line, Sheet
from orebook.lexicon.levels import closes, is_closing, level_of
from orebook.model.named import NamedTuple

MONEY_ALONE = frozenset({"balance-sheet", "cash-flows", "equity", "schedule"})
"""Kinds of tables that print no rate, and no quantity that one counts by."""
QUANTITIES = frozenset({"oz", "ton", "tonne", "lb", "kg"})
GRADES = frozenset({"g/t", "oz/ton"})
COUNTED_IN = {"t": "tonne"}  # a grade in g/t counts by the tonne
UNSTATED = "pure"  # a total below a block need not say again what it counts: `Total gold produced`
MOST_PARTS = 40
MOST_CLOSINGS = 12
DEEPEST = 4  # headings, the name of the unit block among them

Name = tuple[str, ...]


class Closing(NamedTuple):
    """A row that closes rows above it (or opens those below), and which those may be: all, or those since the last one.

    `whole` says that its words are those of the whole block; `Total Nevada` closes a part of one.
    """

    line: Line
    name: Name
    whole: bool
    parts: tuple[tuple[Name, ...], ...]


class Block(NamedTuple):
    """Rows of one unit under one heading: `parts` are the mines by name, in order; `text` is what stands over them."""

    sheet: Sheet
    unit: str
    text: str
    parts: Mapping[Name, Line]
    closings: tuple[Closing, ...]


def divisor(unit: str) -> str:
    """What a rate counts by: `oz` of `USD/oz`, `tonne` of `g/t`; "" where the unit is none, or one per share."""
    if "/" not in unit:
        return ""
    per = unit.rpartition("/")[2]
    per = COUNTED_IN.get(per, per)
    return per if per in QUANTITIES else ""


def unit_of(line: Line) -> str:
    """The one unit that the figures of a row count in, percentages apart; "" where there is none, or more than one."""
    units = {fact.unit for fact in line.cells.values() if not fact.nil and not fact.column.percent and fact.unit != "%"}
    return units.pop() if len(units) == 1 else ""


def mine(label: str) -> str:
    """The name of a row by which it is known again in another block."""
    level = level_of(label)
    return f"{level.level} {level.name}"


def blocks(sheet: Sheet) -> Iterator[Block]:
    """The blocks of a sheet that hold two mines or more, those of every depth of headings."""
    rows: list[_Row] = []
    for line in sheet.lines:
        unit = unit_of(line)
        if not unit and rows and all(fact.nil for fact in line.cells.values()):
            unit = rows[-1].unit  # a mine that had nothing to report
        rows.append(_Row(line, unit, (line.row.entity or "", *line.row.heading)))
    for depth in range(1, DEEPEST + 1):
        at = 0
        for (unit, path), run in groupby(rows, key=lambda row: (row.unit, row.path[:depth])):
            inside = list(run)
            at += len(inside)
            if len(path) == depth and (unit in QUANTITIES or divisor(unit)) and _are_one_block(inside, depth):
                made = _block(sheet, inside, depth, rows[at] if at < len(rows) else None)
                if made is not None:
                    yield made


class _Row(NamedTuple):
    """A row with its unit and all that it stands under, outermost first; `path` begins with the unit block or ""."""

    line: Line
    unit: str
    path: tuple[str, ...]

    def name(self, depth: int) -> Name:
        """The name within a block whose own headings end at `depth`: the headings between, and the mine."""
        return (*self.path[depth:], mine(self.line.row.label))


def _are_one_block(rows: Sequence[_Row], depth: int) -> bool:
    """Whether rows that have their headings down to `depth` in common have no deeper one in common."""
    return len(rows) > 1 and (any(len(row.path) == depth for row in rows) or len({row.path for row in rows}) > 1)


def _block(sheet: Sheet, rows: Sequence[_Row], depth: int, below: _Row | None) -> Block | None:
    """The block of some rows, which the row below them may close; None where they are several blocks."""
    parts: dict[Name, Line] = {}
    found: list[tuple[_Row, int]] = []
    for row in rows:
        if is_closing(row.line.row.label):
            found.append((row, len(parts)))
        elif parts.setdefault(row.name(depth), row.line) is not row.line:
            return None  # one mine twice
    if below is not None and _may_close(below, rows[0].unit, depth):
        found.append((below, len(parts)))
    if not 2 <= len(parts) <= MOST_PARTS or len(found) > MOST_CLOSINGS:
        return None
    text = " ".join(rows[0].path[:depth])
    return Block(sheet, rows[0].unit, text, parts, tuple(_closings(found, tuple(parts), text, depth)))


def _may_close(below: _Row, unit: str, depth: int) -> bool:
    """Whether the row below a block may be its total, though it stands under none of its headings."""
    return below.unit in (unit, UNSTATED) and len(below.path) <= depth and is_closing(below.line.row.label)


def _closings(found: Sequence[tuple[_Row, int]], names: Sequence[Name], text: str, depth: int) -> Iterator[Closing]:
    """The closing rows, each with the number of mines above it, and the mines that they may close."""
    since = 0
    for row, count in found:
        runs = dict.fromkeys((names[:count], names[since:count]) if count else (names,))
        whole = len(row.path) <= depth and closes(row.line.row.label, text)
        yield Closing(row.line, row.name(depth), whole, tuple(tuple(run) for run in runs if len(run) > 1))
        since = count
