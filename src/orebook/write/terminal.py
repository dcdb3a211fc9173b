"""Findings and explanations as a person reads them in a terminal: one layout for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from orebook.check.findings import commas
from orebook.lexicon import load
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.spot import Spot
from orebook.model.tie import BREAKS, UNTIED, Checked, Claim, Finding, Tie
from orebook.write.number import plain
from orebook.write.summary import period_short
from orebook.write.words import visible

if TYPE_CHECKING:
    from orebook.check.reports import Reports

_WIDTH = 150
_BARE = re.compile(r"[\w@%+=:,./-]+")


def verdict(book: Book, checked: Checked, once: int, twice: int, left_out: Iterable[Finding] = ()) -> Iterator[str]:
    """The short verdict that stands first; `left_out` are findings that the reader asked not to see."""
    verdicts = Counter(tie.verdict for tie in checked.ties)
    figures = len(book.facts)
    claims = Counter("untied" if claim.verdict == UNTIED else "tied" for claim in checked.claims)
    yield f"{visible(book.name)}: {_graded(checked.findings)}"
    hidden = tuple(left_out)
    if hidden:
        yield f"  not shown: {_graded(hidden)}, by --only, --ignore or --baseline"
    share = f" ({_percent(once, figures)}; {_percent(twice, figures)} twice)" if figures else ""
    yield f"  {figures} figures, {once} tied{share}"
    said = ", ".join(
        f"{verdicts[name]} {name}"
        for name in ("ties", "ties-within-rounding", "breaks", "unobservable")
        if verdicts[name]
    )
    yield f"  {len(checked.ties)} ties re-performed: {said or 'none'}"
    if checked.claims:
        yield f"  {len(checked.claims)} numbers in the prose: {claims['tied']} tied, {claims['untied']} untied"
    for note in checked.notes:
        yield f"  note: {visible(note)}"
    for problem in book.problems:
        yield f"{visible(book.name)}:{problem.line}: {problem.message}"


def _graded(findings: Iterable[Finding]) -> str:
    grades = Counter(finding.grade for finding in findings)
    return f"{_count(grades['break'], 'break')}, {_count(grades['query'], 'query', 'queries')}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def _percent(part: int, whole: int) -> str:
    tenths = (part * 1000 + whole // 2) // whole
    return f"{tenths // 10}.{tenths % 10} %"


def finding_lines(book: Book, finding: Finding) -> Iterator[str]:
    """One finding: place, code and sentence; the excerpt with carets; the arithmetic; the suspect; what to run next."""
    spot = finding.spot
    place = f"{book.name}:{spot.line}:{spot.start}"
    yield f"{visible(place)} {finding.code} {finding.grade}: {visible(finding.message)}"
    yield from excerpt(book, spot)
    numbers = [
        ("printed", finding.printed),
        ("recomputed", finding.computed),
        ("difference", finding.difference),
        ("allowed", finding.allowed),
    ]
    yield "      " + "  ".join(f"{name} {commas(value)}" for name, value in numbers if value)
    if finding.suspect is not None and finding.suspect[:3] != spot[:3]:
        yield f"      suspect: line {finding.suspect.line}, column {finding.suspect.start}"
        yield from excerpt(book, finding.suspect)
    elif finding.suspect is not None:
        yield "      suspect: this figure"
    elif finding.claim is not None:
        for fact in finding.claim.operands[:4]:
            yield "      rests on"
            yield from excerpt(book, fact.spot)
    elif finding.grade == "break":
        yield "      suspect: ambiguous, the ties do not single one figure out"
    yield f"      next: orebook explain {_argument(place)}"


def _argument(place: str) -> str:
    """A place as a shell takes it: quoted where its file's name needs it; what came in by a pipe is to be kept first."""
    if place.startswith("<stdin>:"):
        return f"FILE{place.removeprefix('<stdin>')}, with the input kept in FILE"
    shown = visible(place)
    return shown if _BARE.fullmatch(shown) else "'" + shown.replace("'", "'\\''") + "'"


def excerpt(book: Book, spot: Spot) -> Iterator[str]:
    """The line as filed with carets under the figure."""
    line = book.lines[spot.line - 1].expandtabs() if spot.line <= len(book.lines) else ""
    start = len(book.lines[spot.line - 1][: spot.start].expandtabs()) if line else 0
    end = start + max(1, spot.end - spot.start)
    cut = max(0, end - _WIDTH)
    yield f"{spot.line:5} | {visible(line[cut : cut + _WIDTH])}"
    yield f"      | {' ' * (start - cut)}{'^' * (end - start)}"


def fact_lines(book: Book, fact: Fact) -> Iterator[str]:
    """What a figure is, and which rules read it."""
    yield from excerpt(book, fact.spot)
    value = "nil" if fact.value is None else plain(fact.value)
    yield f"      value    {value}"
    yield f"      unit     {fact.unit}, one printed unit counts {fact.scale:,}"
    yield f"      period   {period_short(fact.period) if fact.period else 'none: no heading names one'}"
    yield f"      label    {visible(fact.label) or '(none: an unlabelled subtotal)'}"
    if fact.heading:
        yield f"      heading  {visible(' > '.join(fact.heading))}"
    if fact.entity:
        share = f", share {fact.row.share} %" if fact.row.share is not None else ""
        yield f"      entity   {visible(fact.entity)}{share}"
    yield f"      table    {visible(fact.table.title) or 'untitled'}{' (' + fact.table.kind + ')' if fact.table.kind else ''}"
    yield f"      column   {visible(fact.column.heading) or '(no heading)'}"
    if fact.row.notes:
        yield f"      notes    {', '.join(fact.row.notes)}"
    yield f"      concept  {fact.concept or 'none: the lexicon does not know this label'}"
    yield "      read by the rules"
    sentences = load("rules")["rules"]
    for rule in dict.fromkeys((*fact.row.trace, *fact.trace)):
        yield f"        {rule}: {sentences.get(rule, 'a rule without a sentence')}"


def tie_lines(fact: Fact, ties: list[Tie]) -> Iterator[str]:
    """All ties through a figure and whether they hold."""
    if not ties:
        yield "      ties     none: no relation was found for this figure"
    for tie in ties:
        mark = "BREAKS" if tie.verdict == BREAKS else tie.verdict
        yield f"      {tie.code} {tie.kind} ({tie.grade}) {mark}: printed {plain(tie.printed)}, recomputed {plain(tie.computed)}, difference {plain(tie.difference)}, allowed {plain(tie.allowed)}"
        yield f"         {'=' if tie.target is not fact else '*'} {_named(tie.target)}"
        for operand in tie.operands:
            weight = "" if operand.weight is None else f"{plain(operand.weight)} x "
            star = "*" if operand.fact is fact else " "
            yield f"         {star} {weight}{_named(operand.fact)}"


def _named(fact: Fact) -> str:
    label = visible(fact.label) or "(subtotal)"
    entity = f" [{visible(fact.entity)}]" if fact.entity else ""
    return f"{' '.join(fact.text.split()):>14}  {label}{entity}, line {fact.spot.line} col {fact.spot.start}"


def comparison_lines(old: Book, new: Book, reports: Reports) -> Iterator[str]:
    """What the later report prints of the earlier one's figures: counts, then each that differs."""
    verdicts = Counter(comparison.verdict for comparison in reports.comparisons)
    said = ", ".join(f"{count} {name}" for name, count in verdicts.most_common())
    yield f"{visible(new.name)} against {visible(old.name)}: {len(reports.comparisons)} figures in both: {said or 'none'}"
    for finding in reports.findings:
        yield ""
        yield from finding_lines(new, finding)


def claim_lines(book: Book, claim: Claim) -> Iterator[str]:
    """A number in a sentence, what it ties to, and why."""
    yield from excerpt(book, claim.spot)
    yield f"      {claim.kind}: {visible(claim.number)} {claim.verdict}"
    if claim.formula:
        yield f"      computed {plain(claim.computed)} = {visible(claim.formula)}"
    for fact in claim.operands:
        yield f"         = {_named(fact)}"
    if claim.verdict == UNTIED and claim.candidates:
        yield "      nearest figures:"
        for fact in claim.candidates[:5]:
            yield f"           {_named(fact)}"
    if claim.trace:
        yield f"      read by  {', '.join(claim.trace)}"
