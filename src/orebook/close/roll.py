"""Rolling a report forward: the books of the next one, in plain files that people review and version."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from orebook.close.calendar import LAST_YEAR
from orebook.close.files import guarded
from orebook.close.frame import BEFORE, END, FISCAL, OPENING, QUARTER, YEAR, Frame, Slot
from orebook.close.learn import Definition, Node, RowKey, Structure, learn, row_name
from orebook.close.quantity import period_text
from orebook.measures.formula import SUM, Formula
from orebook.model.book import Book
from orebook.model.equation import Equation
from orebook.model.fact import Fact, Table
from orebook.model.named import NamedTuple
from orebook.model.period import month_end
from orebook.model.slotted import replaced

REPORT, ROWS, FORMULAS, LEAVES, COMPARATIVES, NOTES = (
    "report.toml",
    "rows.csv",
    "formulas.csv",
    "leaves.csv",
    "comparatives.csv",
    "unlearned.txt",
)
ROW_COLUMNS = (
    "row",
    "table",
    "label",
    "heading",
    "entity",
    "indent",
    "unit",
    "scale",
    "decimals",
    "dollar",
    "rule",
    "double",
    "space",
    "slots",
    "concept",
)
_ADDS_UP = frozenset({"USD", "oz", "ton", "tonne", "lb", "days"})


class Rolled(NamedTuple):
    """What rolling wrote: the folder, how many rows, definitions, leaves to fill and comparatives filled, and
    what could not be learned."""

    folder: Path
    rows: int
    definitions: int
    to_fill: int
    filled: int
    unlearned: tuple[str, ...]


def roll(book: Book, equations: Sequence[Equation], to: date, folder: str | Path) -> Rolled:
    """Write the books of the report for the quarter that ends on `to`, learned from `book`.

    Raises `ValueError` where the book names no period, or `to` does not close a quarter after it, and
    `FileExistsError` where the folder has books already.
    """
    old = _frame(book)
    new = Frame(to, old.year_end)
    if to.year >= LAST_YEAR:
        raise ValueError(f"{to}: years from {LAST_YEAR} on are slips of the pen")
    if to <= old.end or (to.month - old.year_end) % 3:
        raise ValueError(f"{to} does not close a quarter after {old.end}")
    last = month_end(to.year, to.month)
    if to != last and old.end == month_end(old.end.year, old.end.month):
        raise ValueError(f"{book.name} ends its quarters with the month: give {last}, not {to}")
    out = Path(folder)
    if (out / REPORT).exists():
        raise FileExistsError(f"{out} has books already; give another folder")
    out.mkdir(parents=True, exist_ok=True)
    structure = learn(book, equations, old)
    return _Writer(book, structure, new, out).write()


def _frame(book: Book) -> Frame:
    """The frame of the report as read: its latest quarter, in a fiscal year that fits its longest period."""
    ends = [fact.period.end for fact in book.facts if fact.period and fact.period.months is not None]
    if not ends:
        raise ValueError(f"{book.name} has no figure of a period of months: nothing can be rolled")
    end = max(ends)
    longest = max(fact.period.months or 0 for fact in book.facts if fact.period and fact.period.end == end)
    return Frame(end, (end.month - longest - 1) % 12 + 1)


class _Writer:
    """The files of one roll."""

    def __init__(self, book: Book, structure: Structure, frame: Frame, folder: Path) -> None:
        self.book = book
        self.structure = structure
        self.frame = frame
        self.folder = folder
        self.tables = {fact.table.number: fact.table for fact in book.facts}
        self.columns = {number: self._columns(number) for number in self.tables}
        self.chained = self._chained()

    def write(self) -> Rolled:
        """Write every file, then count."""
        kinds = {key: self._kinds(key) for key in self.structure.rows}
        self._write_report()
        self._table(ROWS, ROW_COLUMNS, (self._row(key, kinds[key]) for key in self.structure.rows))
        definitions = [*self._definitions(kinds), *self._chains()]
        rows = ([made.name, made.kind, str(made.formula)] for made in definitions)
        self._table(FORMULAS, ("row", "slot", "formula"), rows)
        to_fill = self._write_leaves(kinds)
        filled = self._write_comparatives(kinds)
        unlearned = tuple(dict.fromkeys((*self.structure.unlearned, *self._changes())))
        (self.folder / NOTES).write_text("".join(f"{line}\n" for line in unlearned), encoding="utf-8")
        return Rolled(self.folder, len(kinds), len(definitions), to_fill, filled, unlearned)

    def _columns(self, number: int) -> tuple[Slot, ...]:
        """A table's columns in the new frame: without a year to date in a first quarter, with one after it."""
        slots = dict.fromkeys(
            self._column_slot(fact) for fact in self.book.facts if fact.table.number == number and fact.period
        )
        made = [slot for slot in slots if slot is not None]
        if self.frame.months == 3 and any(slot.kind == QUARTER for slot in made):
            return tuple(slot for slot in made if slot.kind != YEAR)
        if self.structure.frame.months == 3 and self.frame.months > 3 and self.tables[number].kind != "cash-flows":
            made += [Slot(YEAR, slot.back) for slot in made if slot.kind == QUARTER]
        return tuple(made)

    def _column_slot(self, fact: Fact) -> Slot | None:
        period = fact.column.period or fact.period
        return self.structure.frame.slot(replaced(fact, period=period))

    def _kinds(self, key: RowKey) -> tuple[str, ...]:
        """The kinds of slot in which a row has figures in the new frame, in the order of the columns."""
        had = dict.fromkeys(slot.kind for slot in self.structure.rows[key])
        moments = [kind for kind in had if kind in {END, FISCAL, OPENING}]
        columns = dict.fromkeys(slot.kind for slot in self.columns[key[0]])
        durations = [kind for kind in columns if kind in {QUARTER, YEAR}]
        return tuple(moments or durations)

    def _row(self, key: RowKey, kinds: Iterable[str]) -> list[object]:
        fact = next(iter(self.structure.rows[key].values()))
        row = fact.row
        facts = self.structure.rows[key].values()
        dollar = any("$" in fact.text for fact in facts)
        decimals = max(fact.decimals for fact in facts)
        return [
            row_name(key),
            key[0],
            row.label,
            " > ".join(row.heading),
            row.entity or "",
            min(row.indent, 20) if row.label else 0,
            fact.unit,
            fact.scale,
            decimals,
            *(_mark(flag) for flag in (dollar, bool(row.rule_above), row.rule_below == "=", row.blank_above)),
            " ".join(kinds),
            row.concept or "",
        ]

    def _write_report(self) -> None:
        head = (
            ("company", self.book.identity.company or "The company"),
            ("learned_from", self.book.name.replace("\\", "/").rpartition("/")[2]),
        )
        lines = ["[report]", *(f"{key} = {_quoted(text)}" for key, text in head)]
        lines += [f"period_end = {self.frame.end}", f"fiscal_year_end = {self.frame.year_end}"]
        for number, table in self.tables.items():
            lines += ["", "[[tables]]", f"number = {number}", *_table_lines(table)]
            lines.append(f"columns = [{', '.join(_quoted(str(slot)) for slot in self.columns[number])}]")
        (self.folder / REPORT).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _definitions(self, kinds: dict[RowKey, tuple[str, ...]]) -> Iterable[Definition]:
        """The definitions that the new frame has slots for; a year to date that is new takes its quarter's."""
        names = {row_name(key): key for key in kinds}
        defined = {(made.name, made.kind) for made in self.structure.definitions}
        for made in self.structure.definitions:
            key = names[made.name.partition(".")[0]]
            if made.kind in kinds[key]:
                yield made
            if made.kind == QUARTER and YEAR in kinds[key] and (made.name, YEAR) not in defined:
                yield made._replace(kind=YEAR)

    def _leaves(self, kinds: dict[RowKey, tuple[str, ...]]) -> list[Node]:
        """The rows that have no definition, in each kind of slot of the new frame."""
        defined = {(made.name, made.kind) for made in self._definitions(kinds)}
        chained = {(row_name(key), YEAR) for key in self.chained}
        skip = defined | chained
        return [(key, kind) for key in kinds for kind in kinds[key] if (row_name(key), kind) not in skip]

    def _chained(self) -> tuple[RowKey, ...]:
        """Rows that add up over time and whose year to date was printed by the report before."""
        if self.frame.end.toordinal() - self.structure.frame.end.toordinal() > 93 or self.frame.months == 3:
            return ()
        before = QUARTER if self.structure.frame.months == 3 else YEAR
        defined = {(made.name, made.kind) for made in self.structure.definitions}
        made = []
        for key, by_slot in self.structure.rows.items():
            fact = by_slot.get(Slot(before, 0))
            quarterly = any(slot.kind == QUARTER for slot in by_slot)
            if fact and quarterly and fact.unit in _ADDS_UP and (row_name(key), before) not in defined:
                made.append(key)
        return tuple(made)

    def _chains(self) -> Iterable[Definition]:
        """Year to date = year to date of the report before + quarter."""
        for key in self.chained:
            name = row_name(key)
            terms = tuple((f"{name}@{kind}", Fraction(1)) for kind in (BEFORE, QUARTER))
            yield Definition(name, YEAR, Formula(SUM, terms))

    def _write_leaves(self, kinds: dict[RowKey, tuple[str, ...]]) -> int:
        """The rows to fill, a column for each period of this year; cells that another rule fills stay out."""
        by_row: dict[RowKey, set[str]] = {}
        for key, kind in self._leaves(kinds):
            if kind in {QUARTER, YEAR, END}:
                by_row.setdefault(key, set()).add(self._head(Slot(kind, 0)))
        heads = dict.fromkeys(self._head(Slot(kind, 0)) for kind in (QUARTER, YEAR, END))
        shown = [head for head in heads if any(head in wanted for wanted in by_row.values())]
        rows = (
            [*self._said(key), *("" if head in wanted else "x" for head in shown)] for key, wanted in by_row.items()
        )
        self._table(LEAVES, ("row", "section", "label", "unit", "scale", *shown), rows)
        return sum(len(wanted) for wanted in by_row.values())

    def _head(self, slot: Slot) -> str:
        """The heading of a slot's column: slots of one period (a first quarter and its year to date) share one."""
        return period_text(self.frame.period(slot))

    def _write_comparatives(self, kinds: dict[RowKey, tuple[str, ...]]) -> int:
        """The year before and opening balances: as last printed where the report has them, else to fill."""
        by_head: dict[str, list[Slot]] = {}
        for slot in self._earlier():
            by_head.setdefault(self._head(slot), []).append(slot)
        printed = self._printed()
        leaves = set(self._leaves(kinds))
        body, filled = [], 0
        for key, own in kinds.items():
            cells = [
                _told([self._comparative(key, slot, own, printed, leaves) for slot in slots])
                for slots in by_head.values()
            ]
            filled += sum(cell not in {"", "x"} for cell in cells)
            if any(cell != "x" for cell in cells):
                body.append([*self._said(key), *cells])
        used = [at for at in range(len(by_head)) if any(row[5 + at] != "x" for row in body)]
        heads = [list(by_head)[at] for at in used]
        rows = ([*row[:5], *(row[5 + at] for at in used)] for row in body)
        self._table(COMPARATIVES, ("row", "section", "label", "unit", "scale", *heads), rows)
        return filled

    def _earlier(self) -> list[Slot]:
        """The slots of the comparatives; without the year before where no column is of it."""
        slots = [Slot(QUARTER, 1), Slot(YEAR, 1), Slot(END, 1), Slot(FISCAL, 0), Slot(FISCAL, 1), Slot(OPENING, 0)]
        slots += [Slot(OPENING, 1)]
        slots += [Slot(BEFORE, 0), Slot(BEFORE, 1)] if self.chained else []
        backs = {slot.back for columns in self.columns.values() for slot in columns}
        return [slot for slot in slots if slot.back == 0 or slot.back in backs]

    def _printed(self) -> dict[tuple[RowKey, object], str]:
        """What the old report prints of each row, by period."""
        made: dict[tuple[RowKey, object], str] = {}
        for key, by_slot in self.structure.rows.items():
            for fact in by_slot.values():
                made.setdefault((key, fact.period), "0" if fact.value is None else str(fact.value))
        return made

    def _comparative(
        self,
        key: RowKey,
        slot: Slot,
        kinds: Sequence[str],
        printed: dict[tuple[RowKey, object], str],
        leaves: set[Node],
    ) -> str:
        """The old figure; "" for a leaf that the old report does not hold, "x" where nothing is wanted."""
        needed = slot.kind in kinds if slot.kind != BEFORE else key in self.chained
        if not needed or (slot.kind != BEFORE and slot.kind in {QUARTER, YEAR} and slot not in self.columns[key[0]]):
            return "x"
        found = printed.get((key, self.frame.period(slot)))
        if found is not None:
            return found
        return "" if slot.kind == BEFORE or (key, slot.kind) in leaves else "x"

    def _said(self, key: RowKey) -> list[object]:
        fact = next(iter(self.structure.rows[key].values()))
        parts = [fact.table.title, fact.row.entity or "", *fact.row.heading]
        section = " > ".join(part for part in parts if part)
        return [row_name(key), section, fact.row.label, fact.unit, fact.scale]

    def _changes(self) -> list[str]:
        """What the change of quarter does to the columns."""
        if (self.frame.months == 3) == (self.structure.frame.months == 3):
            return []
        what = "have no year to date" if self.frame.months == 3 else "gain a year to date"
        return [f"tables of durations {what} in the new quarter: check their headings"]

    def _table(self, name: str, heading: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
        with (self.folder / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(list(heading))
            writer.writerows([guarded(str(cell)) for cell in row] for row in rows)


def _mark(flag: bool) -> str:
    return "yes" if flag else ""


def _told(cells: Sequence[str]) -> str:
    """What the slots of one period say together: a figure, "" for one that is to be filled, "x" for nothing."""
    figures = [cell for cell in cells if cell not in {"", "x"}]
    return figures[0] if figures else min(cells)


def _table_lines(table: Table) -> list[str]:
    return [
        f"title = {_quoted(table.title)}",
        f"caption = {_quoted(table.caption)}",
        f"kind = {_quoted(table.kind)}",
        f"printed = {'true' if table.printed else 'false'}",
    ]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(mark if mark.isprintable() else " " for mark in escaped)}"'
