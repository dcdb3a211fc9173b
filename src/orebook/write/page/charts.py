"""Charts that tell more than their figures: the bridge of a reconciliation, and a quarter against the year before.

A chart is a table whose rows carry a bar each (inline SVG): the figures stay text, and lead back to their place.
Lengths are calculated in whole thousandths of the chart's width.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from orebook.model.fact import Column, Fact
from orebook.model.named import NamedTuple
from orebook.model.tie import TIES, WITHIN, Checked, Tie
from orebook.write import words
from orebook.write.page.escape import esc
from orebook.write.view import Heading, Line, View

WIDTH = 1000
MOST_BRIDGES = 16
MOST_ROWS = 40
COMPARED = ("highlights", "operations", "production")


def charts(views: tuple[View, ...], checked: Checked | None) -> str:
    """All charts that the document's facts allow, "" where they allow none."""
    bridges = [] if checked is None else [_bridge(tie) for tie in _bridges(checked)][:MOST_BRIDGES]
    compared = [made for view in views if view.table.kind in COMPARED for made in [_comparison(view)] if made]
    return "".join(compared + bridges)


class Step(NamedTuple):
    """A bar from `start` to `end`, in the units of its chart."""

    fact: Fact
    start: Fraction
    end: Fraction
    kind: str


# ---- the bridge -----------------------------------------------------------------------------------------------------


def _bridges(checked: Checked) -> list[Tie]:
    """The sums of reconciliations that hold, in each table's first column, one for each block: the longest."""
    best: dict[tuple[int, str | None, int], Tie] = {}
    for tie in checked.ties:
        if not _is_bridge(tie):
            continue
        key = (tie.target.table.number, tie.target.entity, tie.target.row.number)
        if key not in best or len(tie.operands) > len(best[key].operands):
            best[key] = tie
    first: dict[int, int] = {}
    for tie in best.values():
        table = tie.target.table.number
        first[table] = min(first.get(table, tie.target.column.number), tie.target.column.number)
    return [tie for tie in best.values() if tie.target.column.number == first[tie.target.table.number]]


def _is_bridge(tie: Tie) -> bool:
    return (
        tie.kind in ("sum", "difference")
        and tie.verdict in (TIES, WITHIN)
        and tie.target.table.kind == "reconciliation"
        and sum(operand.fact.value is not None for operand in tie.operands) >= 3
        and all(operand.weight is not None and operand.fact.table is tie.target.table for operand in tie.operands)
        and any(operand.fact.amount < 0 for operand in tie.operands)
    )


def _steps(tie: Tie) -> Iterator[Step]:
    at = Fraction(0)
    for operand in tie.operands:
        move = Fraction(operand.fact.amount) * (operand.weight or 0)
        kind = "whole" if at == 0 else "up" if move >= 0 else "down"
        yield Step(operand.fact, at, at + move, kind)
        at += move
    yield Step(tie.target, Fraction(0), Fraction(tie.target.amount), "whole")


def _bridge(tie: Tie) -> str:
    steps = list(_steps(tie))
    low, high = _range([edge for step in steps for edge in (step.start, step.end)])
    rows = "".join(
        f'<tr><th scope="row">{esc(words.row_name(step.fact.row))}</th>'
        f'<td class="bar">{_bar(step, low, high, last)}</td>'
        f"<td>{_link(step.fact)}</td></tr>"
        for step, last in zip(steps, [False] * (len(steps) - 1) + [True], strict=True)
    )
    title = " — ".join(dict.fromkeys(part for part in (tie.target.entity, words.row_name(tie.target.row)) if part))
    under = f"{words.period_words(tie.target.period)}, {words.unit_words(tie.target.unit, tie.target.scale)}"
    return _figure(
        title, under, '<th scope="col">Step</th><th scope="col">Bridge</th><th scope="col">Figure</th>', rows
    )


def _bar(step: Step, low: Fraction, high: Fraction, last: bool) -> str:
    left, right = sorted((_at(step.start, low, high), _at(step.end, low, high)))
    end = _at(step.end, low, high)
    thread = "" if last else f'<path class="thread" d="M{end} 4V32"/>'
    bar = f'<rect class="{step.kind}" x="{left}" y="6" width="{max(right - left, 3)}" height="16" rx="2"/>'
    zero = f'<path class="zero" d="M{_at(Fraction(0), low, high)} 0V28"/>'
    return _svg(28, f"{zero}{thread}{'' if step.start == step.end else bar}")


# ---- a quarter against the year before ------------------------------------------------------------------------------


def _comparison(view: View) -> str:
    pair = _year_pair(view.columns)
    if pair is None:
        return ""
    now, before = pair
    rows = list(_pair_rows(view, now, before))
    if len(rows) < 3:
        return ""
    heads = (
        '<th scope="col">Figure</th><th scope="col">Each on its own scale</th>'
        f'<th scope="col">{esc(words.period_words(view.columns[now].period))}</th>'
        f'<th scope="col">{esc(words.period_words(view.columns[before].period))}</th><th scope="col">Change</th>'
    )
    return _figure(view.table.title, "against the same period a year earlier", heads, "".join(rows))


def _year_pair(columns: tuple[Column, ...]) -> tuple[int, int] | None:
    """The shortest period that stands beside the same period of the year before, the latest if there are several."""
    spot = {column.period: index for index, column in enumerate(columns) if column.period is not None}
    pairs = [(period, spot[period.year_earlier()]) for period in spot if period.year_earlier() in spot]
    if not pairs:
        return None
    period, before = min(pairs, key=lambda pair: (pair[0].months or 0, -pair[0].end.toordinal()))
    return spot[period], before


def _pair_rows(view: View, now: int, before: int) -> Iterator[str]:
    """The rows that can be compared, each heading once, just before the first row under it that is shown."""
    pending: list[Heading] = []
    shown = 0
    for line in view.lines:
        if isinstance(line, Heading):
            pending = [each for each in pending if each.entity or each.depth < line.depth] if not line.entity else []
            pending.append(line)
            continue
        row = _pair_row(line, line.cells[now], line.cells[before])
        if row and shown < MOST_ROWS:
            yield from (_heading(each) for each in pending)
            yield row
            pending, shown = [], shown + 1


def _heading(heading: Heading) -> str:
    kind = "mine" if heading.entity else "head"
    return f'<tr class="{kind}"><th scope="rowgroup" colspan="5">{esc(heading.text)}</th></tr>'


def _pair_row(line: Line, now: Fact | None, before: Fact | None) -> str:
    if now is None or before is None or now.value is None or before.value is None or now.unit != before.unit:
        return ""
    new, old = Fraction(now.amount), Fraction(before.amount)
    low, high = _range([new, old])
    zero = _at(Fraction(0), low, high)
    bars = ""
    for value, kind, top in ((new, "now", 3), (old, "before", 15)):
        left, right = sorted((zero, _at(value, low, high)))
        bars += f'<rect class="{kind}" x="{left}" y="{top}" width="{max(right - left, 3)}" height="10" rx="2"/>'
    return (
        f'<tr><th scope="row">{esc(words.row_name(line.row))}'
        f"<small>{esc(words.unit_words(now.unit, now.scale))}</small></th>"
        f'<td class="bar">{_svg(28, f"""<path class="zero" d="M{zero} 0V28"/>{bars}""")}</td>'
        f"<td>{_link(now)}</td><td>{_link(before)}</td><td>{_change(new, old)}</td></tr>"
    )


def _change(new: Fraction, old: Fraction) -> str:
    """The growth in whole percent; a dash where either is not positive, because a percentage then misleads."""
    if new <= 0 or old <= 0:
        return "–"
    percent = round((new / old - 1) * 100)
    return f"{percent:+,} %".replace("-", "−") if percent else "0 %"


# ---- drawing --------------------------------------------------------------------------------------------------------


def _range(values: list[Fraction]) -> tuple[Fraction, Fraction]:
    low, high = min(*values, Fraction(0)), max(*values, Fraction(0))
    return (low, high) if high > low else (Fraction(0), Fraction(1))


def _at(value: Fraction, low: Fraction, high: Fraction) -> int:
    """Where `value` stands between `low` and `high`, a little inside the edges."""
    return 6 + round((value - low) / (high - low) * (WIDTH - 12))


def _svg(height: int, content: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f"{content}</svg>"
    )


def _link(fact: Fact) -> str:
    return f'<a class="go" href="#{words.place(fact)}">{esc(" ".join(fact.text.replace("$", "").split()))}</a>'


def _figure(title: str, under: str, heads: str, rows: str) -> str:
    return (
        f'<section class="chart"><h3>{esc(title)}</h3><p>{esc(under)}</p><div class="scroll" tabindex="0" role="group" '
        f'aria-label="{esc(title)}"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>\n'
    )
