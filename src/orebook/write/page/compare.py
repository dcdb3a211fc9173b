"""Two reports of one company side by side: what the later one prints otherwise, and every common figure."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from orebook.check.reports import EQUAL, Comparison, Reports
from orebook.model.fact import Fact
from orebook.model.tie import Finding
from orebook.write import words
from orebook.write.page.escape import esc


def added(findings: tuple[Finding, ...], reports: Reports) -> tuple[Finding, ...]:
    """The findings of a check with those of a comparison, each once."""
    known = {(each.code, each.spot) for each in findings}
    return (*findings, *(each for each in reports.findings if (each.code, each.spot) not in known))


def side_by_side(reports: Reports, earlier: str) -> str:
    """The comparison with the report named `earlier` as markup: a summary, then table by table, changes marked out."""
    if not reports.comparisons:
        return '<p class="empty">The two reports have no figure in common that could be matched.</p>'
    counts = Counter(each.verdict for each in reports.comparisons)
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.most_common())
    # What changed is what the page is opened for; where nothing did, the common figures show that they were compared.
    ticked = " checked" if counts.keys() - {EQUAL} else ""
    tables = "".join(
        _table(list(group)) for _, group in groupby(reports.comparisons, key=lambda each: each.new.table.number)
    )
    return (
        f'<p class="compared">Against <b>{esc(words.short_name(earlier))}</b>: {told}. '
        f'<label><input type="checkbox" id="differing"{ticked}> only what differs</label></p>'
        f"{tables}"
    )


def _table(group: list[Comparison]) -> str:
    table = group[0].new.table
    name = f"compare-{table.number}"
    differs = any(each.verdict != EQUAL for each in group)
    rows = "".join(_row(each) for each in group)
    title = esc(table.title or f"Table on line {table.first_line}")
    return (
        f'<section class="grid{"" if differs else " same"}" id="{name}" aria-labelledby="{name}-title"><header>'
        f'<h3 id="{name}-title">{title}</h3></header><div class="scroll" tabindex="0" role="group" '
        f'aria-labelledby="{name}-title"><table class="pairs"><thead><tr><th scope="col">Figure</th>'
        '<th scope="col">Period</th><th scope="col">First reported</th><th scope="col">Now reported</th>'
        f'<th scope="col">Difference</th><th scope="col">What happened</th></tr></thead><tbody>{rows}</tbody></table>'
        "</div></section>\n"
    )


def _row(each: Comparison) -> str:
    gap = each.new.amount - each.old.amount
    scaled = gap / each.new.scale if each.new.scale else gap
    changed = each.verdict != EQUAL
    told = f"<b>{esc(each.verdict)}</b><small>{esc(_how(each))}</small>" if changed else esc(each.verdict)
    under = " › ".join(part for part in (each.new.entity or "", *each.new.heading) if part)
    return (
        f'<tr class="{"changed" if changed else "same"}"><th scope="row">{esc(words.row_name(each.new.row))}'
        f'<small>{esc(under)}</small></th><td class="when">{esc(words.period_words(each.new.period))}</td>'
        f"<td>{esc(_printed(each.old))}<small>line {each.old.spot.line:,}</small></td>"
        f'<td><a class="go" href="#{words.place(each.new)}">{esc(_printed(each.new))}</a></td>'
        f'<td>{esc(words.grouped(scaled)) if gap else ""}</td><td class="what">{told}</td></tr>'
    )


def _how(each: Comparison) -> str:
    """The sum with which the later report still gives the earlier figure, where there is one."""
    if not each.parts:
        return ""
    made = _printed(each.new)
    for part in each.parts:
        sign = "−" if part.weight is not None and part.weight < 0 else "+"
        made += f" {sign} {_printed(part.fact)} {words.row_name(part.fact.row)}"
    return f"{_printed(each.old)} = {made}"


def _printed(fact: Fact) -> str:
    return " ".join(fact.text.replace("$", "").split())
