"""The sides of a comparison: what a sentence says now, what it sets against that, and where it begins anew."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from orebook.check.prose.numbers import MULTIPLE, PERCENT, POINTS, Number
from orebook.model.named import NamedTuple

_CLAUSE = re.compile(
    r"(?:[,;]|\band|\bwhile|\bbut|\bwhereas|\bbecause)\s+(?:(?:and|while|but|whereas|because)\s+)?"
    r"(?!(?:which|who|that|those|it|they|or|respectively|in\s+which|of\s+which)\b)[a-z][^.;\d]{2,80}?\s"
    r"(?:was|were|totaled|totalled|amounted\s+to|reached|averaged|stood|rose|fell|increased|decreased|declined|improved|grew|dropped|climbed|widened|narrowed|eased|slipped|strengthened|went"
    r"|produced|milled|mined|processed|treated|sold)"
    r"\b[^.,;]{0,40}$"
    r"|,\s+with\s+(?:the\s+)?[A-Z][^.,;\d]{2,60}\s(?:producing|contributing|generating|delivering|accounting\s+for)\b[^.,;]{0,20}$"
    r"|,\s+(?:thus\s+|thereby\s+)?(?:yielding|resulting\s+in|leaving|bringing|producing|generating|giving|outpacing|reflecting)\b[^.,;]{0,60}$",
    re.IGNORECASE,
)
OPENING = 4  # where a comparison stands so near the beginning of a sentence, it opens it
_FROM = re.compile(r"\s*(?:\w+\s+)?from\b", re.IGNORECASE)
_BACK = re.compile(
    r"[^.,;]{0,60}?,?\s+to\s+(?:(?:an?|the|record|new|about|approximately|nearly|over|more|than|almost|just|net)\s+)*",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:when|where|during\s+which|in\s+which|at\s+which\s+time)\b", re.IGNORECASE)


# `35 % lower than in the third quarter of 2019 and 8 % higher than in the second quarter`: the second change is of today too.
_MORE = re.compile(
    r"(?:[,;]|\s(?=and|but|or|while))\s*(?:(?:and|but|or|while|was|were|is|up|down|by|an?|also|increased|decreased|rose|fell|grew|declined"
    r"|about|approximately|nearly|almost|over)\s+)+$",
    re.IGNORECASE,
)
# `and net earnings almost tripled to`: what has grown so is of today.
_GROWN = re.compile(
    r"(?:[,;]|\band|\bwhile|\bbut)\s+(?!(?:which|who|that|those|it|they|or|more|than|almost|nearly)\b)[a-z][^.,;\d]{2,60}\s$",
    re.IGNORECASE,
)
# `A of 63.9 %, compared to 61.2 %; B of 66.4 %, compared to 64.0 %`: what a semicolon parts needs no verb to be of today.
_LISTED = re.compile(
    r";\s+(?:and\s+)?(?!(?:in|for|during|from|to|versus|compared|against)\b)[a-z(][^.;\d]{2,80}$", re.IGNORECASE
)
# `up 38 % over the prior year, with earnings of $1.84`: nothing but a period is what the change is set against.
_BESIDE = re.compile(
    r",\s+(?:and|with|on)\s+(?:an?\s+|the\s+)?[a-z][^.,;\d]{2,60}\s(?:of|at)\s+(?:about\s+|approximately\s+)?$",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\s+(?:(?:per\s+\w+|ounces|tons|tonnes|pounds)\s+)?(?:higher|lower|more|less|fewer|better)\s+than\b", re.IGNORECASE
)
_CHANGES = (PERCENT, POINTS, MULTIPLE)
_BEHIND = 40  # `8 % higher than`: how far behind a change its comparison begins


def _is_compared(number: Number, marks: list[int], text: str) -> bool:
    """Whether a change is set against something of its own, right behind it; `marks` are the comparisons from it on."""
    if not marks or marks[0] - number.end >= _BEHIND:
        return False
    return number.kind in _CHANGES or _THAN.match(text, number.end) is not None


def _changed(text: str, start: int, two: Number, marks: list[int]) -> re.Match[str] | None:
    """Where, from a place before a number on, a clause begins that tells a change of its own."""
    found = _MORE.search(text, start, two.start) if _is_compared(two, marks, text) else None
    return found or (_GROWN.search(text, start, two.start) if two.kind == MULTIPLE else None)


class Sides(NamedTuple):
    """Where a sentence sets something against something else (`marks`), and where after that a clause with a subject and
    a verb of its own speaks of today again (`clauses`): offsets in order."""

    marks: list[int]
    clauses: list[int]

    def side(self, at: int) -> int:
        """0 for what is said, 1 and up for what it is compared with, within its clause."""
        if not self.clauses:
            return bisect_right(self.marks, at)
        before = bisect_right(self.clauses, at)
        since = bisect_right(self.marks, self.clauses[before - 1]) if before else 0
        return bisect_right(self.marks, at) - since

    def clause(self, at: int) -> int:
        """The number of the clause at an offset."""
        return bisect_right(self.clauses, at)


def sides_of(text: str, marks: list[int], numbers: tuple[Number, ...], *, dated: bool) -> Sides:
    """The sides of a sentence with its comparisons at `marks`; `dated` says that it names periods.

    `Earnings improved to $56.6 million from $19.4 million, and net income was $37.2 million`: the last number is no
    more of the year before; nor is the second of `rose from 45.9 cents to
    67.8 cents`, where no period is named.
    """
    return Sides(marks, _clauses(text, marks, numbers, dated) if marks and numbers else [])


def _closed(text: str, mark: int, start: int, end: int) -> int:
    """Where, between two numbers, the bracket closes in which a comparison stands; 0 where none does."""
    opening = text.rfind("(", 0, mark)
    if opening < 0 or ")" in text[opening:mark]:
        return 0
    closing = text.find(")", mark, end)
    return closing + 1 if closing >= start else 0


def _clauses(text: str, marks: list[int], numbers: tuple[Number, ...], dated: bool) -> list[int]:
    made: list[int] = []
    if marks[0] < OPENING:
        # `Compared with the third quarter of 1995, depreciation was higher by 1 %`: what is said is of today.
        comma = text.find(", ", marks[0], numbers[0].start)
        made += [comma + 1] if comma > 0 else []
    for one, two in pairwise(numbers):
        before = bisect_right(marks, two.start)
        since = max(marks[before - 1], made[-1] if made else 0) if before else -1
        if since < 0 or (made and since == made[-1]):
            continue  # no comparison since the last clause
        closing = _closed(text, marks[before - 1], one.end, two.start)
        if closing:
            made.append(closing)
            continue
        found = _BACK.fullmatch(text, one.end, two.start) if not dated and _FROM.match(text, since) else None
        found = found or _changed(text, max(one.end, since), two, marks[before:])
        found = found or _CLAUSE.search(text, max(one.end, since), two.start)
        if found is None and since >= one.end and one.kind in _CHANGES:
            found = _BESIDE.search(text, since, two.start)
        if found is None and len(marks) > before and ";" in text[one.end : two.start]:
            found = _LISTED.search(text, max(one.end, since), two.start)
        if found and not _WITHIN.search(text, since, two.start):
            made.append(found.start() + 1)
    return made
