"""The results of closing as lines of text, for whoever prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from orebook.close import Closed, guidance
from orebook.close.graph import Graph
from orebook.close.guidance import Outcome
from orebook.close.problems import BooksError, Problem
from orebook.close.quantity import Conflict, Missing, Quantity, period_text
from orebook.close.schedules import ACCRUALS, HEDGES, IMPAIRMENTS, RESERVES
from orebook.close.sensitivity import Sensitivity, Statement
from orebook.close.shown import amount
from orebook.close.tornado import Bar, text_lines
from orebook.close.trace import Step
from orebook.close.whatif import Effect, Slope, WhatIf

_MOST = 4
_ALIKE = 3
# What a message repeats from its cell: a name in quotes, a number, a date.
_GIVEN = re.compile(r"'[^']*'|[\d.,-]+")


def closed_lines(closed: Closed) -> list[str]:
    """The outcome of a close: how much was derived, and everything that stands in its way."""
    graph = closed.graph
    known = sum(value is not None for value in graph.values)
    leaves = len(graph.sources)
    counts = f"{leaves:,} leaves, {known - leaves:,} figures derived by {len(graph.relations):,} equations"
    made = [f"{closed.company}, {closed.end}: {counts}"]
    made += missing_lines(closed.missing)
    made += conflict_lines(closed.conflicts)
    for loop in closed.cycles:
        made.append("cycle: " + " needs ".join(str(quantity) for quantity in (*loop, loop[0])))
    made += [f"undefined: {quantity} would divide by zero" for quantity in closed.undefined]
    for gap in closed.gaps:
        label = gap.label or "an unlabelled total"
        made.append(
            f"rounding: {gap.sheet or 'Highlights'}, {label}, {period_text(gap.period)}: printed parts add to"
            f" {plain(gap.added)}, the total is {plain(gap.printed)}; nothing was adjusted"
        )
    made += [
        f"rounding: {move.label}, {period_text(move.period)}: moved by {move.units:+} of its last digit, by convention"
        for move in closed.moves
    ]
    return made


def plain(value: Fraction) -> str:
    """A printed number: thousands parted, decimals only where there are some."""
    whole, rest = divmod(abs(value), 1)
    decimals = f"{float_free(rest)}" if rest else ""
    return f"{'-' if value < 0 else ''}{int(whole):,}{decimals}"


def float_free(rest: Fraction) -> str:
    digits, scaled = 0, rest
    while scaled.denominator != 1 and digits < 6:
        scaled, digits = scaled * 10, digits + 1
    return f".{int(scaled):0{digits}}"


def missing_lines(missing: Iterable[Missing]) -> list[str]:
    """Each missing leaf with what it blocks, the figures of the report first."""
    made = []
    for gap in missing:
        blocked = _names(gap.blocks)
        made.append(f"missing: {gap.quantity}" + (f"; it blocks {blocked}" if blocked else ""))
    return made


def _names(quantities: Sequence[Quantity]) -> str:
    names = list(dict.fromkeys(f"{quantity.name}@{quantity.entity or 'company'}" for quantity in quantities))
    rest = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + rest


def conflict_lines(conflicts: Iterable[Conflict]) -> list[str]:
    """Each figure that two sources give differently, with both values and their sources."""
    made = []
    for conflict in conflicts:
        made.append(
            f"conflict: {conflict.quantity} is {plain(conflict.stated)}, but {conflict.rule} gives"
            f" {plain(conflict.derived)}"
        )
        made += [f"    {source}" for source in conflict.sources[:_MOST]]
        if len(conflict.sources) > _MOST:
            made.append(f"    and {len(conflict.sources) - _MOST} more sources")
    return made


def problem_lines(error: BooksError) -> list[str]:
    """Every problem of the books, one a line; of many alike in one column of a file the first few and their number."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in dict.fromkeys(error.problems):
        alike.setdefault((problem.file, problem.column, _GIVEN.sub("", problem.message)), []).append(problem)
    made = []
    for (file, column, _), problems in alike.items():
        shown = problems if len(problems) <= _ALIKE + 1 else problems[:_ALIKE]
        made += [str(problem) for problem in shown]
        if len(shown) < len(problems):
            place = f"{file}, column {column}" if column else file
            made.append(f"{place}: {len(problems) - len(shown)} more rows like these, to row {problems[-1].row}")
    return made


def trace_lines(steps: Iterable[Step]) -> list[str]:
    """A figure and what it was derived from, indented step by step down to file and row."""
    made = []
    for step in steps:
        said = f"{'  ' * step.depth}{step.quantity}: {amount(step.value, step.unit)}"
        if step.source is not None:
            said += f"  <- {step.source}"
        elif step.repeated:
            said += "  (above)"
        else:
            said += f"  = {step.rule.partition(' = ')[2] or step.rule}" + (" (solved for it)" if step.backward else "")
        made.append(said)
    return made


def moved_lines(graph: Graph, moved: dict[int, tuple[Fraction | None, Fraction | None]]) -> list[str]:
    """A change as a diff: every figure that moved, before and after."""
    made = []
    for node, (old, new) in moved.items():
        unit = str(graph.units[node])
        before, after = ("nothing" if value is None else amount(value, unit) for value in (old, new))
        made.append(f"{graph.keys[node]}: {before} -> {after}")
    return made


def whatif_lines(result: WhatIf, bars: Sequence[Bar] = (), label: str = "income") -> list[str]:
    """The effects of a what-if as a table, the slopes to prices, and the tornado (of `label`) where there is one."""
    made = [f"{period_text(result.period)}: " + "; ".join(_setting(result))]
    made.append(f"{'':<52}{'before':>16}{'after':>16}{'change':>16}")
    moved = [_effect(effect) for effect in result.effects if effect.after != effect.before]
    made += moved or ["none of the main figures moves; `orebook close DIR --set` lists every figure that does"]
    if result.slopes:
        made += ["", *_slope_lines(result.slopes)]
    if bars:
        made += ["", f"{label}, each price 10 % lower and higher", *text_lines(tuple(bars))]
    return made


def _setting(result: WhatIf) -> list[str]:
    return [
        f"{setting.name}{'@' + setting.entity if setting.entity else ''} {setting.how} {plain(setting.amount)}"
        f"{setting.unit if setting.unit.startswith('/') else ' ' + setting.unit}".rstrip()
        for setting in result.settings
    ] or ["no change"]


def _effect(effect: Effect) -> str:
    cells = (effect.before, effect.after, effect.after - effect.before)
    return f"{effect.label[:51]:<52}" + "".join(f"{amount(cell, ''):>16}" for cell in cells) + f"  {effect.unit}"


def _slope_lines(slopes: Sequence[Slope]) -> list[str]:
    """The slopes as a table of figures by prices."""
    prices = dict.fromkeys((slope.metal, slope.price_unit) for slope in slopes)
    heads = "".join(f"{metal + unit.removeprefix('USD').replace('/', ' /'):>16}" for metal, unit in prices)
    made = [f"{'for one dollar more on a price, all period':<52}{heads}"]
    by_label: dict[tuple[str, str], dict[str, Fraction]] = {}
    for slope in slopes:
        by_label.setdefault((slope.label, slope.unit), {})[slope.metal] = slope.value
    for (label, unit), found in by_label.items():
        cells = "".join(f"{amount(found.get(metal, Fraction(0)), ''):>16}" for metal, _ in prices)
        made.append(f"{label[:51]:<52}{cells}  {unit}")
    return made


def guidance_lines(outcomes: Iterable[Outcome]) -> list[str]:
    """For each figure: the ranges in the order in which they were given, the figure, and where it fell."""
    made = []
    for outcome in outcomes:
        unit = str(outcome.given[0].unit)
        came = "no figure yet" if outcome.actual is None else f"came out at {amount(outcome.actual, unit)}"
        made.append(f"{outcome.quantity}: {came}")
        for at, (given, verdict) in enumerate(zip(outcome.given, outcome.verdicts, strict=True)):
            kind = "revised" if at else "given"
            made.append(f"  {kind} {given.issued}: {_range(given.low, given.high, unit)}: {_VERDICTS[verdict]}")
    return made


_VERDICTS = {"below": "below the range", "within": "met", "above": "above the range", "open": "open"}


def _range(low: Fraction | None, high: Fraction | None, unit: str) -> str:
    if low is None:
        return f"at most {amount(high or Fraction(0), unit)}"
    if high is None:
        return f"at least {amount(low, unit)}"
    return f"{amount(low, '')} to {amount(high, unit)}"


_SCHEDULES = (
    (HEDGES, "gain", "gain (loss) against the market"),
    (RESERVES, "contained", "contained metal"),
    (ACCRUALS, "accrued", "accrued"),
    (IMPAIRMENTS, "loss", "impairment loss"),
)


def schedule_lines(closed: Closed) -> list[str]:
    """What the schedules come to, a line a row."""
    made = []
    for schedule, name, words in _SCHEDULES:
        for entry in closed.books.schedules if closed.books else ():
            if entry.schedule is not schedule or not entry.values:
                continue
            period = next(iter(entry.values.values()))[0].period
            node = closed.graph.find(Quantity(f"{schedule.file[:-4]}.{name}", entry.entity, period))
            if node is not None and (value := closed.graph.values[node]) is not None:
                made.append(
                    f"{schedule.file[:-4]}: {entry.entity}: {words} {amount(value, str(closed.graph.units[node]))}"
                )
    return made


def all_lines(closed: Closed) -> list[str]:
    """Everything that a close has to say besides the report itself."""
    parts = (closed_lines(closed), schedule_lines(closed), guidance_lines(guidance(closed)))
    made: list[str] = []
    for part in parts:
        made += ["", *part] if made and part else part
    return made


def sensitivity_lines(found: Iterable[Sensitivity], stated: Iterable[Statement]) -> list[str]:
    """The worth of a price step as contained and as payable metal, beside what the release says."""
    made = []
    for case in found:
        per = "oz" if case.unit == "oz" else "lb"
        made.append(
            f"{case.metal}, {amount(case.step, '')} dollars a {per} more over a year, at the production of"
            f" {period_text(case.period)} ({amount(case.produced, case.unit)}):"
        )
        made.append(f"  metal contained {amount(case.contained, 'USD'):>20}")
        made.append(f"  metal payable   {amount(case.paid, 'USD'):>20}  at {plain(case.payable * 100)} %")
        costs = ((unit.entity, unit.cost_per_ounce) for unit in case.units)
        made += [f"  {entity}: cash cost {amount(cost, 'USD/oz')}" for entity, cost in costs if cost is not None]
    made += [
        f"the release, line {said.line}: {amount(said.worth, 'USD')} for {amount(said.step, 'USD')}" for said in stated
    ]
    return made
