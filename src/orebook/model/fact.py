"""Tables and the figures printed in them.

A `Fact` is small: what a whole row or column shares is kept once, on the `Row`, `Column` and `Table`
that it points to, and read through properties.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from orebook.model.period import Period
from orebook.model.slotted import slotted
from orebook.model.spot import Spot


@slotted
class Table:
    """What all figures of one printed table share.

    `number` counts tables from 0 through the whole file, in document order, and is the table's identity.
    `title` is the printed title on one line; where none is printed (`printed` is False) it is the phrase
    that introduces the table. `kind` is the statement that the lexicon recognises in the title or the
    rows (`operations`, `balance-sheet`, `cash-flows`, `equity`, `highlights`, `production`,
    `reconciliation`, `schedule` for EX-27, …), or "" where it recognises none.
    `part` is the index in `Book.parts` of the document that holds the table.
    """

    number: int
    title: str
    printed: bool = True
    caption: str = ""
    kind: str = ""
    part: int = 0
    first_line: int = 0
    last_line: int = 0


@slotted
class Column:
    """A column of a table: its printed heading on one line and the period that the heading states."""

    number: int
    heading: str
    period: Period | None = None
    percent: bool = False


@slotted
class Row:
    """A row of a table, with what the layout says of it.

    `heading` holds the section headings above the row, outermost first; `entity` the mine, segment or
    unit block it stands in; `share` the ownership share that the block's banner prints, in percent.
    `rule_above` / `rule_below` are `-`, `=` or "" for a rule line just above or below the figures.
    `concept` is a us-gaap name or an `orebook:` extension, None where the lexicon knows none.
    `trace` names the rules that read the row.
    """

    number: int
    label: str
    heading: tuple[str, ...] = ()
    entity: str | None = None
    notes: tuple[str, ...] = ()
    indent: int = 0
    line: int = 0
    rule_above: str = ""
    rule_below: str = ""
    blank_above: bool = False
    share: Decimal | None = None
    concept: str | None = None
    trace: tuple[str, ...] = ()


@slotted
class Fact:
    """One printed figure.

    `text` is what is printed at `spot`; `value` the printed number with parentheses read as minus and the
    scale not applied, None for a nil mark. `decimals` is the number of printed decimals: the figure
    stands for `value` plus or minus half a unit of its last printed digit, times `scale`.
    """

    spot: Spot
    text: str
    value: Decimal | None
    decimals: int
    unit: str
    scale: int
    period: Period | None
    table: Table
    row: Row
    column: Column
    trace: tuple[str, ...] = ()

    @property
    def nil(self) -> bool:
        return self.value is None

    @property
    def label(self) -> str:
        return self.row.label

    @property
    def heading(self) -> tuple[str, ...]:
        return self.row.heading

    @property
    def entity(self) -> str | None:
        return self.row.entity

    @property
    def concept(self) -> str | None:
        return self.row.concept

    @property
    def amount(self) -> Decimal:
        """The value with its scale applied; a nil mark is exact zero."""
        return Decimal(0) if self.value is None else self.value * self.scale

    @property
    def place(self) -> tuple[int, int]:
        """Line and first column: unique within a file."""
        return self.spot[:2]

    def __repr__(self) -> str:
        """On one line: a notebook shows facts by the dozen, and the fields would repeat the whole table each time."""
        scale = "" if self.scale == 1 else f" x {self.scale:,}"
        when = "no period"
        if self.period is not None:
            months, end = self.period.months, self.period.end
            when = f"at {end}" if months is None else f"{months}m to {end}"
        return f"<Fact {self.label!r} {self.text} {self.unit}{scale}, {when}, line {self.spot.line}>"

    def __hash__(self) -> int:
        """A fact is where it stands: hashing its spot is enough, and quick."""
        return hash(self.spot)


_ROW = attrgetter("row.number")


def by_row(facts: Iterable[Fact]) -> list[list[Fact]]:
    """The figures of a table, in their order, those of each row together."""
    return [[*row] for _, row in groupby(facts, _ROW)]
