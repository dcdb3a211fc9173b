"""Columns that are no periods: mines or segments side by side, and tables whose columns are measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from orebook.check.cross.rows import is_total_column
from orebook.check.prose.words import tokens
from orebook.model.fact import Column, Fact
from orebook.model.period import Period

_MEASURES = frozenset(("revenue", "income", "asset", "cost", "depreciation", "capex", "gross", "operating", "ebitda"))


def beside(facts: Sequence[Fact]) -> dict[tuple[int, Period], dict[int, Column]]:
    """The columns of one period that stand side by side, by table and period, then by number: two at least."""
    columns: dict[tuple[int, Period], dict[int, Column]] = defaultdict(dict)
    for fact in {id(fact.column): fact for fact in facts}.values():
        column = fact.column
        if column.period is not None and not column.percent:
            columns[fact.table.number, column.period][column.number] = column
    return {key: found for key, found in columns.items() if len(found) > 1}


def parts(columns: Mapping[tuple[int, Period], Mapping[int, Column]]) -> dict[tuple[int, int], str]:
    """What the columns of mines or segments side by side are called, by table and column; their total is not called.

    Only where one of the columns of a period is headed as the total of the others.
    """
    made: dict[tuple[int, int], str] = {}
    for (table, _), found in columns.items():
        totals = [number for number, column in found.items() if is_total_column(column)]
        if len(found) > 2 and len(totals) == 1:
            names = _called(found)
            made.update(((table, number), name) for number, name in names.items() if number not in totals)
    return made


def measures(
    facts: Sequence[Fact], columns: Mapping[tuple[int, Period], Mapping[int, Column]]
) -> dict[tuple[int, int], str]:
    """What the columns side by side measure in tables whose rows are mines or segments, by table and column: where one of
    them is called as a measure and no row is (`External customers   Intersegment   Net sales`)."""
    named: dict[int, dict[int, str]] = defaultdict(dict)
    for (table, _), found in columns.items():
        named[table].update(_called(found))
    told = {
        table
        for table, names in named.items()
        if all(names.values()) and any(not _MEASURES.isdisjoint(tokens(name)) for name in names.values())
    }
    if told:
        told -= {fact.table.number for fact in facts if fact.table.number in told and _is_measure(fact)}
    return {(table, number): name for table in told for number, name in named[table].items()}


def _is_measure(fact: Fact) -> bool:
    """Whether a row is called as a measure."""
    return not _MEASURES.isdisjoint(tokens(fact.row.label))


def units(facts: Sequence[Fact]) -> dict[tuple[int, int], str]:
    """The headings of the columns of tables that stand on their side, by table and column: each column is in one unit, not
    all in the same, and the rows are mines. Hedged positions may be told in the very sentence, and are left out."""
    mixed = {one.table.number for one, two in pairwise(facts) if one.unit != two.unit and one.row is two.row}
    found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    headings: dict[tuple[int, int], str] = {}
    for fact in facts if mixed else ():
        table, column = fact.table.number, fact.column
        if table in mixed and fact.value is not None and fact.table.kind != "hedges":
            found[table][column.number].add(fact.unit)
            headings[table, column.number] = column.heading
    turned = {
        table
        for table, columns in found.items()
        if len(columns) > 1
        and all(len(each) == 1 for each in columns.values())
        and len(set().union(*columns.values()) - {"%"}) > 1
    }
    return {key: heading for key, heading in headings.items() if key[0] in turned}


def _called(columns: Mapping[int, Column]) -> dict[int, str]:
    """What tells columns of one period from each other: their headings without the words that all of them begin with."""
    headings = [column.heading.split() for column in columns.values()]
    same = sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, zip(*headings, strict=False)))
    return {number: " ".join(column.heading.split()[same:]) for number, column in columns.items()}
