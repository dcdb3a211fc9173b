"""What stands beside the report: the summary, the legend that is also a filter, and the findings by weight."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation

from orebook.model.book import Book
from orebook.model.tie import BREAKS, TIES, UNTIED, WITHIN, Checked, Finding
from orebook.write.marks import MARKS
from orebook.write.page.escape import esc
from orebook.write.words import grouped

Place = tuple[int, int]
Marked = dict[Place, tuple[str, ...]]


def counts(book: Book, marked: Marked) -> Counter[str]:
    """How many figures of the tables have each mark; a figure with several counts in each."""
    found: Counter[str] = Counter()
    for fact in book.facts:
        found.update(marked.get(fact.place, ("none",)))
    return found


def summary(book: Book, checked: Checked) -> str:
    """The verdict on the whole document in a few counted words."""
    holds = sum(tie.verdict in (TIES, WITHIN) for tie in checked.ties)
    seen = sum(tie.verdict in (TIES, WITHIN, BREAKS) for tie in checked.ties)
    breaks = sum(finding.grade == "break" for finding in checked.findings)
    queries = len(checked.findings) - breaks
    claimed = sum(claim.verdict != UNTIED for claim in checked.claims)
    items = (
        ("break" if breaks else "clear", f"{breaks:,}", _plural(breaks, "break")),
        ("query" if queries else "", f"{queries:,}", _plural(queries, "query", "queries")),
        ("", f"{holds:,}/{seen:,}", "relations hold"),
        ("", f"{claimed:,}/{len(checked.claims):,}", "numbers in the text tied"),
        ("", f"{len(book.facts):,}", _plural(len(book.facts), "figure")),
    )
    cells = "".join(f'<li class="{kind}"><b>{count}</b> {word}</li>' for kind, count, word in items)
    return f'<ul class="summary" aria-label="Summary">{cells}</ul>'


def _plural(count: int, one: str, many: str = "") -> str:
    return one if count == 1 else many or f"{one}s"


def legend(found: Counter[str]) -> str:
    """A button a mark: it explains the mark, counts it, and shows only the figures that have it."""
    items = "".join(
        f'<li><button type="button" data-only="{mark.name}" aria-pressed="false"{_off(found[mark.name])}>'
        f'<i class="tick m-{mark.name}" aria-hidden="true"></i>{mark.word} <b>{found[mark.name]:,}</b></button>'
        f'<span id="mark-{mark.name}"><b class="unseen">{mark.word}: </b>{mark.meaning}</span></li>'
        for mark in MARKS
    )
    return f'<ul class="legend">{items}</ul>'


def _off(count: int) -> str:
    return "" if count else " disabled"


def finding_list(findings: tuple[Finding, ...]) -> str:
    """The findings in the order given, each a link to its spot."""
    if not findings:
        return '<p class="empty">Nothing to report: no relation that was found breaks.</p>'
    items = "".join(_finding(number, finding) for number, finding in enumerate(findings))
    return f'<ol class="findings" id="findings">{items}</ol>'


def _finding(number: int, finding: Finding) -> str:
    place = f"L{finding.spot.line}C{finding.spot.start}"
    mark = "break" if finding.grade == "break" else "query"
    return (
        f'<li data-grade="{mark}" data-code="{esc(finding.code)}"><a href="#{place}" data-finding="{number}">'
        f'<span class="top-line"><i class="tick m-{mark}" aria-hidden="true"></i>'
        f'<span class="code">{esc(finding.code)}</span>'
        f'<span class="where">line {finding.spot.line:,}</span></span>'
        f'<span class="message">{esc(finding.message)}</span>{_figures(finding)}</a></li>'
    )


def _figures(finding: Finding) -> str:
    """Printed, recomputed and difference, where the finding has them."""
    pairs = (
        ("printed", finding.printed),
        ("recomputed", finding.computed),
        ("difference", finding.difference),
        ("allowed", finding.allowed),
    )
    shown = "".join(
        f"<span><i>{word}</i> {esc(_grouped(value.strip()))}</span>" for word, value in pairs if value.strip()
    )
    return f'<span class="amounts">{shown}</span>' if shown else ""


def _grouped(text: str) -> str:
    """Plain digits with commas between thousands and without decimals that are all zero; other text as it is."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite():
        return text
    return grouped(value.to_integral_value() if value == value.to_integral_value() else value)


def grade_filter(findings: tuple[Finding, ...]) -> str:
    """A row of choices over the list: all, breaks, queries; and the codes that occur."""
    breaks = sum(finding.grade == "break" for finding in findings)
    choices = (("", "All", len(findings)), ("break", "Breaks", breaks), ("query", "Queries", len(findings) - breaks))
    buttons = "".join(
        f'<button type="button" data-grade="{value}" aria-pressed="{_yes(not value)}">{word} <b>{count:,}</b></button>'
        for value, word, count in choices
    )
    return f'<div class="choices" role="group" aria-label="Filter findings">{buttons}{_codes(findings)}</div>'


def _yes(state: bool) -> str:
    return "true" if state else "false"


def _codes(findings: tuple[Finding, ...]) -> str:
    codes = sorted({finding.code for finding in findings})
    if len(codes) < 2:
        return ""
    options = "".join(f'<option value="{esc(code)}">{esc(code)}</option>' for code in codes)
    return f'<select id="code" aria-label="Show only this code"><option value="">every code</option>{options}</select>'


def notices(book: Book, checked: Checked | None) -> str:
    """What was not read or not understood, "" where there is nothing to say."""
    told = [f"Line {problem.line:,}: {problem.message}" for problem in book.problems]
    told += [
        f"Lines {part.first_line:,} to {part.last_line:,} ({part.name or part.kind}) were not read: {part.kind}"
        for part in book.parts
        if not part.read
    ]
    told += () if checked is None else checked.notes
    if not told:
        return ""
    items = "".join(f"<li>{esc(each)}</li>" for each in told)
    many = f"{len(told):,} {_plural(len(told), 'note')} on the reading"
    return f'<details class="notices"><summary>{many}</summary><ul>{items}</ul></details>'
