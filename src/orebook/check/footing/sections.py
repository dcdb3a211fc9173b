"""FT03 footing.section-sum-breaks: a section is not the sum of the sections that it combines.

What it ties: in a table of sections with the same rows (mines, segments), each row of a combining section to
the same row of the sections that it combines.

Why: a segment line is the sum of its mines' lines, and all operations that of the segments.

Ties: by-product credits of 30 for all operations, 18 for one mine and 12 for the other.

Breaks: 30 over 18 and 13, where the other rows and columns add up. As a section may hold an operation that
is not printed, such a difference is a query where a note is attached to
the row, or where several rows of the column differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from orebook.check.context import Context, Line, Sheet, Sightings, fold
from orebook.check.evaluate import verdict
from orebook.check.footing.matrix import row_unit
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, SUM, Equation
from orebook.model.fact import Fact
from orebook.model.interval import total
from orebook.model.slotted import replaced, slotted
from orebook.model.tie import BREAKS, ONE, Operand

CODE = "FT03"
NAME = "footing.section-sum-breaks"
MOST_SECTIONS = 24
MOST_PARTS = 8
FEW = 5  # sums that must hold for each that fails


@slotted
class Section:
    """Consecutive rows of one unit block or under one outermost heading, by label and repeat."""

    name: str
    rows: dict[tuple[str, int], Line]


Rowed = tuple[tuple[str, int], Line, str]


def run(context: Context) -> Iterator[Equation | str]:
    """The combining sections of every table."""
    for sheet in context.sheets:
        found = [section for section in sections(sheet) if len(section.rows) > 1]
        if len(found) > MOST_SECTIONS:
            yield f"sections of the table on line {sheet.table.first_line} not searched: more than {MOST_SECTIONS}"
        elif len(found) > 2:
            yield from _combining(context, found)


def sections(sheet: Sheet) -> list[Section]:
    """The sections of a sheet from top to bottom."""
    made: list[Section] = []
    repeats: dict[str, int] = {}
    for line in sheet.lines:
        name = line.row.entity or (line.row.heading[0] if line.row.heading else "")
        if not made or made[-1].name != name:
            made.append(Section(name, {}))
            repeats = {}
        label, rows = fold(line.row.label), made[-1].rows
        repeat = repeats[label] = repeats.get(label, -1) + 1
        rows[label, repeat] = line
    return made


def _combining(context: Context, found: Sequence[Section]) -> Iterator[Equation]:
    units = [{key: row_unit(line) for key, line in section.rows.items()} for section in found]
    for at, whole in enumerate(found):
        rows = [(key, line, unit) for key, line in whole.rows.items() if (unit := units[at][key]) and "/" not in unit]
        best: range | None = None
        most = 0
        for run_of in _runs(len(found), at):
            worth = _worth(context, whole, rows, [found[part] for part in run_of])
            if worth > most:
                best, most = run_of, worth
        if best is not None:
            parts = [found[part] for part in best]
            combined = (_row_equations(line, same, unit) for line, same, unit in _matched(whole, rows, parts))
            yield from _graded(context, [equation for row in combined for equation in row])


def _graded(context: Context, equations: Sequence[Equation]) -> Iterator[Equation]:
    """What fails is a break where it stands alone in its column and no note is attached to the row; else a query.

    A row that fails in most columns, or that only one part prints and prints otherwise, is not combined at all.
    """
    broken = [equation for equation in equations if verdict(equation, context.sightings) == BREAKS]
    rows, failing = (Counter(equation.target.row.number for equation in some) for some in (equations, broken))
    breaks = set(map(id, broken))
    columns = Counter(equation.target.column.number for equation in broken)
    for equation in equations:
        if id(equation) not in breaks:
            yield equation
        elif equation.kind == SUM and failing[equation.target.row.number] * 2 <= rows[equation.target.row.number]:
            alone = columns[equation.target.column.number] == 1
            noted = any(fact.row.notes for fact in equation.facts)
            yield equation if alone and not noted else replaced(equation, grade=ANALYTIC)


def _runs(count: int, whole: int) -> Iterator[range]:
    """Runs of two or more neighbouring sections that leave `whole` out, the short ones first."""
    for length in range(2, min(MOST_PARTS, count - 1) + 1):
        for first in range(count - length + 1):
            if not first <= whole < first + length:
                yield range(first, first + length)


def _matched(whole: Section, rows: Iterable[Rowed], parts: Sequence[Section]) -> Iterator[tuple[Line, list[Line], str]]:
    """Each row of a section with the same rows of its parts; of a repeated label also with those one further."""
    for (label, repeat), line, unit in rows:
        for again in range(2 if (label, repeat + 1) not in whole.rows else 1):
            key = label, repeat + again
            same = [row for part in parts if (row := part.rows.get(key))]
            if same:
                yield line, same, unit


def _cells(parts: Sequence[Line], number: int, unit: str) -> list[Fact]:
    return [cell for part in parts if (cell := part.cells.get(number)) and (cell.unit == unit or cell.nil)]


def _row_equations(line: Line, parts: Sequence[Line], unit: str) -> Iterator[Equation]:
    for number, target in line.cells.items():
        found = _cells(parts, number, unit)
        if found:
            kind = SUM if len(found) > 1 else IDENTITY
            operands = tuple(Operand(fact, ONE) for fact in found)
            yield Equation(CODE, NAME, kind, REQUIRED, target, operands, "the sum of the same line of its parts")


def _worth(context: Context, whole: Section, rows: Sequence[Rowed], parts: Sequence[Section]) -> int:
    """Digits that the sums explain; 0 where they are few, or where a fifth of the sums of several parts fail."""
    known = context.sightings
    held = broken = digits = 0
    most = sum(len(line.cells) for _, line, _ in rows) // (1 + FEW)
    for line, same, unit in _matched(whole, rows, parts):
        if len(same) < 2:
            continue
        for number, target in line.cells.items():
            found = _cells(same, number, unit)
            if len(found) < 2:
                continue
            if _adds_up(target, found, known):
                held += 1
                digits += _digits(target)
            else:
                broken += 1
                if broken > most:
                    return 0
    return digits if held >= 4 and digits >= 16 and broken * FEW <= held else 0


def _adds_up(target: Fact, parts: Sequence[Fact], known: Sightings) -> bool:
    """Whether rounding allows parts to add up to a figure, by the best sighting of each."""
    whole, low, high = known.counts(target), 0, 0
    for part in parts:
        counts = known.counts(part)
        if whole is None or counts is None:
            return total(map(known.best, parts)).meets(known.best(target))
        low, high = low + counts[0], high + counts[1]
    return whole is not None and low <= whole[1] and whole[0] <= high


def _digits(fact: Fact) -> int:
    return len(str(abs(int(fact.value)))) if fact.value else 0
