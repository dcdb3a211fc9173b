"""Each stage of reading drawn over the original text."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.model.book import Book
from orebook.model.grid import Grid
from orebook.write.summary import period_short
from orebook.write.words import visible

_MARKS = {
    "blank": " ", "rule": "-", "figures": "#", "header": "H", "text": "t", "markup": "<", "page": "p",
}  # fmt: skip


def lines_stage(kinds: list[str], lines: tuple[str, ...]) -> Iterator[str]:
    """What each line was taken for: `#` figures, `H` heading dates, `t` text, `-` rule, `<` markup, `p` page."""
    yield "# figures   H heading dates   t text   - rule   < markup   p page number"
    for number, (kind, line) in enumerate(zip(kinds, lines, strict=True), 1):
        yield f"{number:6} {_MARKS.get(kind, '?')} | {visible(line)}"


def blocks_stage(grids: list[Grid], lines: tuple[str, ...]) -> Iterator[str]:
    """Which lines belong to a table: `^` title and headings, `|` body."""
    tops = {number: grid for grid in grids for number in range(grid.first_line, grid.last_line + 1)}
    for number, line in enumerate(lines, 1):
        grid = tops.get(number)
        mark = " " if grid is None else "^" if not grid.rows or number < grid.rows[0].line else "|"
        yield f"{number:6} {mark} | {visible(line)}"


def columns_stage(grids: list[Grid], lines: tuple[str, ...]) -> Iterator[str]:
    """For each table its headings by column, then its rows with the column number under each figure."""
    for grid in grids:
        yield f"table at lines {grid.first_line}-{grid.last_line}: {grid.columns} columns"
        for head in grid.headers:
            yield f"  columns {head.first}-{head.last}: {visible(head.text)}"
        for row in grid.rows:
            if row.cells:
                yield f"{row.line:6} | {visible(lines[row.line - 1])}"
                yield f"       | {_under(lines[row.line - 1], [(cell.spot.end - 1, str(cell.column)) for cell in row.cells])}"


def _under(line: str, marks: list[tuple[int, str]]) -> str:
    made = [" "] * (len(line) + 4)
    for at, text in marks:
        made[at : at + len(text)] = text
    return "".join(made).rstrip()


def rows_stage(grids: list[Grid]) -> Iterator[str]:
    """For each table its rows: rules, indent, label, cells."""
    for grid in grids:
        yield f"table at lines {grid.first_line}-{grid.last_line}: above {[visible(text) for _, text in grid.above]}"
        for row in grid.rows:
            flags = f"{row.rule_above or ' '}{row.rule_below or ' '}{'B' if row.banner else ' '}{'b' if row.blank_above else ' '}"
            cells = "  ".join(f"{cell.column}:{visible(cell.text)}" for cell in row.cells)
            yield f"{row.line:6} {flags} {row.indent:3} {visible(row.label)!r:48} {cells}"


def facts_stage(book: Book) -> Iterator[str]:
    """Each figure with what it came to mean."""
    for fact in book.facts:
        period = period_short(fact.period) if fact.period else "no period"
        path = " > ".join(part for part in (fact.entity or "", *fact.heading, fact.label) if part)
        value = "nil" if fact.value is None else str(fact.value)
        yield f"{fact.spot.line:6}:{fact.spot.start:<4} {value:>14} {fact.unit} x{fact.scale} {period} | {visible(path)}"
