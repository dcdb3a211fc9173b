"""What a person calls the quantities of a close, and how their figures look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from orebook.close import Closed
from orebook.close.graph import GIVEN, Graph, equation_text
from orebook.close.lines import BALANCE, CASH_FLOWS, OPERATIONS
from orebook.close.quantity import Source
from orebook.close.sheets.page import COST_TITLES
from orebook.model.period import Period
from orebook.write.number import finite_places
from orebook.write.sheets.quantities import ACCOUNT, Line

_KNOWN = {
    **{line.id: line.title for line in (*OPERATIONS.values(), *BALANCE.values(), *CASH_FLOWS.values())},
    **{name: f"{title} per ounce" for name, title in COST_TITLES},
}
_WHOLE_UNITS = frozenset({"USD", "oz", "ton", "tonne", "lb", "share", "day", "g"})
_PERIODS = re.compile(r"\[[^]]*\]")
_SPANS = {1: "month", 3: "quarter", 12: "year"}
_MOST_DECIMALS = 8


def title(name: str) -> str:
    """A quantity's name in words: `whole.produced.silver` is "Produced silver, whole mine"."""
    if name.startswith(ACCOUNT):
        return name.removeprefix(ACCOUNT)
    known = _KNOWN.get(name)
    if known:
        return known
    whole = name.startswith("whole.")
    words = " ".join(name.removeprefix("whole.").replace("_", " ").replace(".", " ").split())
    return f"{words[:1].upper()}{words[1:]}" + (", whole mine" if whole else "")


def entity_title(closed: Closed, entity: str) -> str:
    """The title of a mine or a segment as the books give it; of a schedule's case, its own name."""
    company = closed.books.company if closed.books else None
    if not entity:
        return closed.company
    if company is None:
        return entity
    mine = company.mine(entity)
    if mine is not None:
        return mine.title
    titles = {f"segment:{segment.id}": segment.title for segment in company.segments}
    return titles.get(entity, entity)


def span(period: Period) -> str:
    """How long a period is: "month", "quarter", "9 months", "year"; "at" for a day."""
    return "at" if period.months is None else _SPANS.get(period.months, f"{period.months} months")


def sources(graph: Graph, line: Line) -> str:
    """Where a line was entered, period by period: `costs.csv:2, 28, 54`."""
    made, last = "", ("", 0)
    for node in (line.nodes[period] for period in sorted(line.nodes, key=lambda each: (each.months or 0, each.end))):
        source = graph.sources.get(node, Source(""))
        if (source.file, source.row) == last:
            continue
        made += f", {source.row}" if source.file == last[0] else f"{'; ' if made else ''}{source.file}:{source.row}"
        last = source.file, source.row
    return made


def rules(graph: Graph, line: Line) -> str:
    """The equations of a line, without its periods where they differ from each other."""
    told: dict[str, None] = {}
    for node in line.nodes.values():
        origin = graph.origins[node]
        if origin == GIVEN:
            continue
        relation = graph.relations[origin]
        others = {graph.keys[other].name for other, _ in relation.terms}
        if relation.note and others == {line.name}:
            told[relation.note] = None
        else:
            turned = " (solved for it)" if relation.target != node else ""
            text = _PERIODS.sub("", equation_text(graph, relation)) + turned
            told[text.removeprefix(f"{line.name} = ")] = None
    return "; ".join(told)


def number_format(unit: str, name: str, values: Iterable[Fraction], *, entered: bool) -> str:
    """Whole dollars and ounces, two decimals per unit, shares in percent; of what was entered every digit."""
    if unit == "pure" and ("share" in name or "rate" in name or "recovery" in name):
        digits, tail = _decimals((100 * value for value in values), 2, entered=entered), "%"
    else:
        least = 0 if unit in _WHOLE_UNITS else 4 if unit == "pure" else 2
        digits, tail = _decimals(values, least, entered=entered), ""
    shown = "#,##0" + ("." + "0" * digits if digits else "") + tail
    return f'{shown}_);({shown});"–"_)'


def _decimals(values: Iterable[Fraction], least: int, *, entered: bool) -> int:
    if not entered:
        return least
    places = (finite_places(value.denominator) for value in values)
    return min(_MOST_DECIMALS, max((_MOST_DECIMALS if at is None else at for at in places), default=0))
