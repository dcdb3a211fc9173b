"""The report exactly as filed, line by line, with a mark on every figure.

The lines stand in `<pre>` blocks of a few dozen, so that a browser lays out only what is in view: a filing of
20,000 lines opens as fast as one of 500. An overlong line is folded, and cut where it stops being text for people.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.model.book import Book
from orebook.model.named import NamedTuple
from orebook.model.spot import Spot
from orebook.model.tie import Checked
from orebook.write.page.escape import esc, mark_classes

BLOCK = 48
FOLD = 400
CUT = 8_000

Place = tuple[int, int]
Marked = dict[Place, tuple[str, ...]] | None


class Token(NamedTuple):
    """A part of a line that one can select: a figure of a table, a number in a sentence, the spot of a finding."""

    start: int
    rank: int
    end: int

    @property
    def kind(self) -> str:
        return ("fig", "claim", "spot")[self.rank]


def tokens(book: Book, checked: Checked | None) -> dict[int, list[Token]]:
    """What can be selected, by line; where two overlap, the figure wins over the claim and that over the finding."""
    spots: list[tuple[Spot, int]] = [(fact.spot, 0) for fact in book.facts]
    if checked is not None:
        spots += [(claim.spot, 1) for claim in checked.claims]
        spots += [(finding.spot, 2) for finding in checked.findings]
    by_line: dict[int, list[Token]] = {}
    for spot, rank in spots:
        if spot.end > spot.start:
            by_line.setdefault(spot.line, []).append(Token(spot.start, rank, spot.end))
    return {line: _apart(sorted(here)) for line, here in by_line.items()}


def _apart(here: list[Token]) -> list[Token]:
    """The tokens of a line (sorted by their start) without those that overlap a better one."""
    kept: list[Token] = []
    for token in here:
        while kept and token.start < kept[-1].end and token.rank < kept[-1].rank:
            kept.pop()
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def report(book: Book, checked: Checked | None, marked: Marked) -> str:
    """The whole report as blocks of lines."""
    by_line = tokens(book, checked)
    flagged = _flagged(checked)
    made: list[str] = []
    for first in range(0, len(book.lines), BLOCK):
        lines = book.lines[first : first + BLOCK]
        made.append('<pre class="block">')
        made += (
            _line(number, text, by_line.get(number, []), marked, flagged.get(number, ""))
            for number, text in enumerate(lines, first + 1)
        )
        made.append("</pre>\n")
    return "".join(made)


def _flagged(checked: Checked | None) -> dict[int, str]:
    """The lines with a finding and how they are flagged: a break outweighs a query."""
    flags: dict[int, str] = {}
    for finding in () if checked is None else checked.findings:
        if finding.grade == "break" or finding.spot.line not in flags:
            flags[finding.spot.line] = "flag" if finding.grade == "break" else "flag ask"
    return flags


def _line(number: int, text: str, here: list[Token], marked: Marked, flag: str) -> str:
    kind = f"l {flag}" if flag else "l"
    return f'<span class="{kind}" data-n="{number}">{"".join(_pieces(number, text, here, marked))}\n</span>'


def _pieces(number: int, text: str, here: list[Token], marked: Marked) -> Iterator[str]:
    at = 0
    for token in here:
        if token.end > min(len(text), CUT):
            break
        yield from _plain(text[at : token.start], at)
        yield _link(number, text, token, marked)
        at = token.end
    yield from _plain(text[at:CUT], at)
    if len(text) > CUT:
        yield f'<i class="cut">… {len(text) - CUT:,} more characters on this line are not shown</i>'


def _link(number: int, text: str, token: Token, marked: Marked) -> str:
    place = f"L{number}C{token.start}"
    names = ("none",) if marked is None else marked.get((number, token.start), ("none",))
    what = token.kind if marked is None else f"{token.kind} {mark_classes(names)}"
    described = "" if marked is None else f' aria-describedby="mark-{names[0]}"'
    shown = esc(text[token.start : token.end])
    return f'<a class="{what}" id="{place}" href="#{place}"{described}>{shown}</a>'


def _plain(text: str, at: int) -> Iterator[str]:
    """Text between two tokens, folded at every `FOLD`-th column of its line."""
    end = at + len(text)
    turn = (at // FOLD + 1) * FOLD
    start = at
    while turn < end:
        yield esc(text[start - at : turn - at])
        yield '<br class="fold">'
        start, turn = turn, turn + FOLD
    yield esc(text[start - at :])
