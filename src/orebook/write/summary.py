"""What `orebook read` shows a person: the document, its tables, and what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from orebook.model.book import Book, Token
from orebook.model.fact import Column, Fact, Table
from orebook.model.period import Period
from orebook.write.words import visible

_SCALES = {1: "", 1000: "thousand ", 1_000_000: "million ", 1_000_000_000: "billion "}


def summary(book: Book) -> Iterator[str]:
    """The lines of the summary."""
    yield from _head(book)
    by_table: dict[int, list[Fact]] = {}
    for fact in book.facts:
        by_table.setdefault(fact.table.number, []).append(fact)
    for table in book.tables:
        yield ""
        yield from _table(table, by_table.get(table.number, []))
    yield ""
    yield from _not_understood(book)


def _head(book: Book) -> Iterator[str]:
    who = book.identity
    said = [visible(who.company) or "company not stated"]
    if who.form:
        said.append(visible(who.form))
    said.append(f"period ended {who.period_end}" if who.period_end else "period not stated")
    if who.filed:
        said.append(f"filed {who.filed}")
    yield f"{visible(book.name)}: {', '.join(said)}"
    nil = sum(fact.nil for fact in book.facts)
    yield f"{len(book.tables)} tables, {len(book.facts)} figures ({nil} nil), {len(book.prose)} paragraphs of prose"
    if len(book.parts) > 1:
        for part in book.parts:
            skipped = "" if part.read else " (not read: no text)"
            yield f"  {part.kind:10} lines {part.first_line}-{part.last_line}  {visible(part.description or part.name)}{skipped}"


def _table(table: Table, facts: list[Fact]) -> Iterator[str]:
    rows = len({fact.row.number for fact in facts})
    columns = {fact.column.number: fact.column for fact in facts}
    title = visible(table.title) or "untitled"
    if not table.printed:
        title = f"(no title) {title}"
    yield f"{table.number + 1:3}  {title[:96]}"
    yield f"     lines {table.first_line}-{table.last_line}, {rows} rows x {len(columns)} columns, {len(facts)} figures"
    yield f"     columns: {'; '.join(_column(columns[number]) for number in sorted(columns))}"
    yield f"     units:   {_units(facts)}"


def _column(column: Column) -> str:
    if column.period is None:
        return visible(column.heading)[:48] or "no heading"
    return period_short(column.period)


def period_short(period: Period) -> str:
    """A period in few letters: `3m to 2007-09-30`, `13w to 1998-08-01`, `at 2006-12-31`."""
    if period.months is None:
        return f"at {period.end}"
    length = f"{period.weeks}w" if period.weeks else f"{period.months}m"
    return f"{length} to {period.end}"


def _units(facts: list[Fact]) -> str:
    counted = Counter((fact.unit, fact.scale) for fact in facts)
    return ", ".join(f"{_SCALES.get(scale, f'{scale} x ')}{unit} ({n})" for (unit, scale), n in counted.most_common())


def _not_understood(book: Book) -> Iterator[str]:
    without = Counter(fact.table.number for fact in book.facts if fact.period is None)
    for problem in book.problems:
        yield f"{visible(book.name)}:{problem.line}: {problem.message}"
    for number, count in sorted(without.items()):
        table = book.tables[number]
        yield f"{visible(book.name)}:{table.first_line}: {count} figures of table {number + 1} have no period: the headings name none"
    if not book.problems and not without:
        yield "Everything in the tables was understood."


def ledger_lines(name: str, tokens: Iterable[Token]) -> Iterator[str]:
    """The ledger as text: counts by kind, then each token inside a table that was taken for nothing."""
    listed = list(tokens)
    kinds = Counter(token.kind for token in listed)
    inside = sum(token.inside_table for token in listed)
    loose = [token for token in listed if token.kind == "unaccounted"]
    yield f"{visible(name)}: {len(listed)} number tokens, {inside} inside tables, {len(loose)} unaccounted"
    for kind, count in kinds.most_common():
        yield f"  {kind:12} {count}"
    for token in loose:
        yield f"{visible(name)}:{token.spot.line}:{token.spot.start}: unaccounted {visible(token.text)!r}"
