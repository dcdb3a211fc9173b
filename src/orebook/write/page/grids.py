"""The tables as clean grids, each with its headings, units and a button that copies it."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.model.fact import Column, Fact, Row
from orebook.write import words
from orebook.write.page.escape import esc, mark_classes
from orebook.write.view import Heading, Line, View

Place = tuple[int, int]
Marked = dict[Place, tuple[str, ...]] | None


def grids(views: tuple[View, ...], marked: Marked) -> str:
    """All tables, in the report's order, after a list of contents."""
    if not views:
        return '<p class="empty">No table was read in this document.</p>'
    contents = "".join(
        f'<li><a href="#table-{view.table.number}">{esc(_title(view))}</a>'
        f"<small>line {view.table.first_line:,}</small></li>"
        for view in views
    )
    tables = "".join(_grid(view, marked) for view in views)
    return f'<nav class="contents" aria-label="Tables"><ol>{contents}</ol></nav>{tables}'


def _title(view: View) -> str:
    return view.table.title or f"Table on line {view.table.first_line}"


def _grid(view: View, marked: Marked) -> str:
    name = f"table-{view.table.number}"
    caption = f"<p>{esc(view.table.caption)}</p>" if view.table.caption else ""
    heads = "".join(
        f'<th scope="col"><span>{esc(words.column_name(column))}</span>{_period(column)}</th>'
        for column in view.columns
    )
    body = "".join(_body(view, marked))
    return (
        f'<section class="grid" id="{name}" aria-labelledby="{name}-title"><header><h3 id="{name}-title">'
        f'{esc(_title(view))}</h3>{caption}<button type="button" class="copy" data-copy="{name}">Copy</button></header>'
        f'<div class="scroll" tabindex="0" role="group" aria-labelledby="{name}-title"><table>'
        f'<thead><tr><th scope="col"><span class="unseen">Line</span></th>{heads}<th scope="col" class="unit">Unit</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>\n"
    )


def _period(column: Column) -> str:
    """The period under a printed heading; where none is printed, the period is the heading."""
    return f"<small>{esc(words.period_words(column.period))}</small>" if column.heading and column.period else ""


def _body(view: View, marked: Marked) -> Iterator[str]:
    """The rows; a unit is named where it changes, as a typist would."""
    unit = ""
    for line in view.lines:
        if isinstance(line, Heading):
            kind = "mine" if line.entity else f"head d{min(line.depth, 4)}"
            yield (
                f'<tr class="{kind}"><th scope="rowgroup" colspan="{len(view.columns) + 2}">{esc(line.text)}</th></tr>'
            )
            continue
        units = (words.unit_words(fact.unit, fact.scale) for fact in line.cells if fact is not None)
        here = next(units, "")
        yield _line(line, marked, here if here != unit else "")
        unit = here


def _line(line: Line, marked: Marked, unit: str) -> str:
    cells = "".join("<td></td>" if fact is None else _cell(fact, marked) for fact in line.cells)
    return (
        f'<tr class="{_rules(line.row)}"><th scope="row" class="d{line.depth}">{esc(line.row.label) or "&#160;"}</th>'
        f'{cells}<td class="unit">{esc(unit)}</td></tr>'
    )


def _rules(row: Row) -> str:
    return " ".join(name for name, there in (("over", row.rule_above), ("under", row.rule_below == "=")) if there)


def _cell(fact: Fact, marked: Marked) -> str:
    names = ("none",) if marked is None else marked.get(fact.place, ("none",))
    what = "fig" if marked is None else f"fig {mark_classes(names)}"
    described = "" if marked is None else f' aria-describedby="mark-{names[0]}"'
    text = " ".join(fact.text.replace("$", "").split())
    return f'<td><a class="{what}" href="#{words.place(fact)}"{described}>{esc(text)}</a></td>'
