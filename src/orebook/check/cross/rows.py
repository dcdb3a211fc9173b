"""Rows as checks across tables see them: what a row means, whom it is about, and its figure for each period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from orebook.check.context import Context, Line, Sheet, kept
from orebook.lexicon.levels import Level, level_of, metal_in
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.period import Period
from orebook.model.slotted import slotted

OUNCES = "Ounces"
"""The metal in the concepts of rows that name none: those of a company that mines only one."""
_NOT_AS_REPORTED = re.compile(
    r"pro.?forma|restate|adjust|eliminat|previous|change|variance|difference|increase|decrease|percent|%|combin"
    r"|impact|effect|parent|guarantor|subsidiar|issuer|budget|plan|forecast|guidance|estimate|target",
    re.IGNORECASE,
)


_supposes = re.compile(
    r"pro.?forma|as (?:re)?(?:stated|adjusted)|previously reported|supplemental", re.IGNORECASE
).search


_TOTAL_COLUMN = re.compile(r"\b(?:consolidated|total(?: (?:group|company))?)$|(?:^|\d )group$", re.IGNORECASE)


@slotted
class Entry:
    """A row of figures with its meaning.

    `figures` holds, for each period, the one figure that the row prints about it; a period that stands over
    two columns of the table (segments side by side, a restated column) is left out unless one of them is their
    total, as is every column whose heading says that it is not simply what was reported. `metal` is the metal that
    the row's cost or ounces are about.
    """

    table: Table
    row: Row
    level: Level
    metal: str
    figures: Mapping[Period, Fact]
    unit: str

    @property
    def concept(self) -> str | None:
        return self.row.concept


def entries(view: Context) -> tuple[Entry, ...]:
    """The rows of all tables in document order, those without a figure for a period left out."""
    return _entries(view.sheets)


@kept()
def _entries(sheets: tuple[Sheet, ...]) -> tuple[Entry, ...]:
    return tuple(entry for sheet in sheets for entry in _of_sheet(sheet))


def _of_sheet(sheet: Sheet) -> Iterator[Entry]:
    columns = _plain_columns(sheet.columns)
    if not columns or _supposes(sheet.table.title):
        return
    block_metals = _block_metals(sheet)
    closings = _closings(sheet)
    for line in sheet.lines:
        if any(map(_supposes, (line.row.label, *line.row.heading))):
            continue
        plain = columns
        if closings and _opens(line):
            # An opening balance that carries the closing date: its own date could not be read.
            plain = columns - {n for n, f in line.cells.items() if f.period in closings.get((line.row.concept, n), ())}
        entry = _entry(sheet.table, line, plain, block_metals)
        if entry is not None:
            yield entry


def is_supposed(table: Table, row: Row) -> bool:
    """Whether a row says what would have been: pro forma, or as stated before or anew."""
    return any(map(_supposes, (table.title, row.label, *row.heading)))


def _plain_columns(columns: tuple[Column, ...]) -> frozenset[int]:
    """The columns that say what was reported, each the only one of the table for its period, or the total of those; but
    not the only one where it is headed like a part that another period's total has beside it (`Fiscal 1998 Stores`)."""
    plain = [column for column in columns if is_as_reported(column)]
    same: dict[Period | None, list[Column]] = {}
    for column in plain:
        same.setdefault(column.period, []).append(column)
    chosen = [column for column in plain if column.period is None]
    parts = {
        _last_word(column)
        for found in same.values()
        if len(found) > 1 and any(map(is_total_column, found))
        for column in found
        if not is_total_column(column) and _last_word(column)
    }
    for period, found in same.items():
        alone = len(found) == 1 and _last_word(found[0]) not in parts
        totals = found if alone else [column for column in found if is_total_column(column)]
        if period is not None and len(totals) == 1:
            chosen += totals
    return frozenset(column.number for column in chosen)


def _last_word(column: Column) -> str:
    """The word that a heading ends in, if it is one of letters: a part is called so under its period."""
    word = column.heading.rpartition(" ")[2]
    return word if word.isalpha() else ""


def is_as_reported(column: Column) -> bool:
    """Whether a column simply says what was reported, and is no change, budget, restatement or percentage."""
    return not column.percent and not _NOT_AS_REPORTED.search(column.heading)


def is_total_column(column: Column) -> bool:
    """Whether a column is headed as the total of those beside it."""
    return _TOTAL_COLUMN.search(column.heading) is not None


def _entry(table: Table, line: Line, columns: frozenset[int], block_metals: Mapping[str | None, str]) -> Entry | None:
    figures: dict[Period, Fact] = {}
    twice: set[Period] = set()
    unit = ""
    for number, fact in line.cells.items():
        period = fact.period
        if number not in columns or period is None:
            continue
        if period in figures:
            twice.add(period)
        figures[period] = fact
        unit = unit or fact.unit
    for period in twice:
        del figures[period]
    if not figures:
        return None
    row = line.row
    return Entry(table, row, level_of(row.entity), metal_of(row, block_metals), figures, unit)


def _opens(line: Line) -> bool:
    return line.row.concept is not None and "beginning" in line.row.label.lower()


def _closings(sheet: Sheet) -> dict[tuple[str | None, int], set[Period | None]]:
    """The dates under which each column prints closing balances, by concept."""
    made: dict[tuple[str | None, int], set[Period | None]] = {}
    if any(_opens(line) for line in sheet.lines):
        for line in sheet.lines:
            if not _opens(line):
                for number, fact in line.cells.items():
                    made.setdefault((line.row.concept, number), set()).add(fact.period)
    return made


def metal_of(row: Row, block_metals: Mapping[str | None, str]) -> str:
    """The metal that a row is about: its label or heading says so, or else the block it stands in."""
    for text in (row.label, *reversed(row.heading)):
        metal = metal_in(text)
        if metal:
            return metal
    return level_of(row.entity).metal or block_metals.get(row.entity, "")


def _block_metals(sheet: Sheet) -> dict[str | None, str]:
    """The primary metal of each block: whose ounces its reconciliation divides by, or the only one that it produces."""
    made: dict[str | None, str] = {}
    produced: dict[str | None, set[str]] = {}
    for line in sheet.lines:
        concept = (line.row.concept or "").removeprefix("orebook:")
        if concept.endswith("ProducedForCost"):
            made[line.row.entity] = concept.removesuffix("ProducedForCost").lower()
        elif (
            concept.endswith("Produced")
            and not concept.startswith(OUNCES)
            and any(fact.unit == "oz" for fact in line.cells.values())
        ):
            produced.setdefault(line.row.entity, set()).add(concept.removesuffix("Produced").lower())
    for entity, metals in produced.items():
        if len(metals) == 1:
            made.setdefault(entity, *metals)
    return made
