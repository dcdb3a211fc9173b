"""How a sentence states a number: as a level or a change, about or nearly, plainly or as a plan, a range, a part."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from orebook.check.prose.hints import begins, holds, places
from orebook.check.prose.numbers import MONEY, MULTIPLE, PERCENT, POINTS, QUANTITY, Number
from orebook.check.prose.scan import AHEAD, LOOSE, PARTLY, PHRASED, RANGED, Words
from orebook.lexicon import load
from orebook.model.interval import Interval, counted
from orebook.model.named import NamedTuple

LEVEL, GROWTH, CHANGE, SHARE = "level", "growth", "change", "share"
_CHANGE_BEFORE = re.compile(
    r"\b(?:(?:increase|decrease|improvement|decline|reduction|rise|drop|growth|change)s?\s+(?:in\s+(?:[\w'’&-]+\s+){1,6}?)?of"
    r"|exceed(?:ed|s|ing)?(?:\s+\w+){0,7}?\s+by"
    r"|(?:increas|decreas|improv|declin|reduc|ris|fall|drop|grow)(?:ed|ing|es|s|e)?(?:\s+\w+){0,4}?\s+by|(?:increased|decreased|up|down|rose|fell|declined|dropped|improved|grew|higher|lower)(?:\s+by)?)"
    r"(?:\s+(?:an?|about|approximately|nearly|almost|more\s+than|over|some|roughly|less\s+than|only|just|additional))*\s*$",
    re.IGNORECASE,
)
# `exceeded the $6.9 million of a year ago by $8.2 million`
_AGO_BY = re.compile(r"\b(?:ago|earlier|year|quarter|period|months|(?:19|20)\d\d)\s+by\s$", re.IGNORECASE)
_CHANGE_AFTER = re.compile(
    r"^[\s-]*(?:(?:or|per\s+\w+|ounces|tons|tonnes|pounds)\s+)?(?:year-over-year\s+|sequential\s+|net\s+)?(?:increase|decrease|improvement|decline|reduction|rise|drop|higher|lower|better|worse|(?:more|less|fewer)\s+than\s+(?:in|at|for|the|last|a\s+year)|above|below)\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\bto\s+(?:an?\s+)?(?:(?:new|record|historic|approximately|about|over|nearly|more\s+than|almost|just|low|high|of|net|loss|negative)\s+)*$",
    re.IGNORECASE,
)
_DIRECTED = re.compile(
    r"\b(?:increas|decreas|declin|grow|grew|grown|rose|ris|fell|fall|drop|improv|reduc|up\b|down\b|higher|lower|gain|jump|surg|climb|more\b|less\b|greater|better|(?<!other )(?<!rather )than\b|over\b)",
    re.IGNORECASE,
)
# `The margin was 3.46 %, up 2 bps`, `of 3.46 % was 2 bps over`: what a comma or a verb parts so is said of the next number.
_NEXT = re.compile(
    r",\s+(?:and\s+)?(?:up|down|higher|lower|above|below|compared|versus|which|an?)\b|\s+(?:was|were|is)\s"
)
_GROWN_TO = re.compile(
    r"^,?\s+to\s+(?:an?\s+)?(?:(?:new|record|about|approximately|over|nearly|almost|more\s+than)\s+)*(?:(?:US|CA?|A|CDN|NZ)?\$|[€£\d])",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:(?:about|approximately|an?|the|only|just)\s+)*$", re.IGNORECASE)
_PART = re.compile(r"^\s*of\b", re.IGNORECASE)
_LOOKING_BACK = re.compile(
    r"\b(?:estimated\s+(?:future|environmental|fair|useful)|(?:anticipated|estimated|projected)\s+(?:benefits?|costs?)\b|\bplan(?:s|ned)?\b(?=\s+(?:of|assets))|expected\s+(?:rate|return|credit)|pension\s+plan|(?:stock|option|purchase|incentive|savings|benefit)\s+plans?|(?:compound\w*|average)\s+annual\b|annual(?:ized)?\s+(?:growth|rate)\b)"
)
_RANGE = re.compile(r"\bbetween\b[^.;]{0,60}$|\brang(?:e|es|ed|ing)\b[^.;]{0,40}$", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:to|-|–)\s*")
_PART_OF = re.compile(r"\b(?:includ(?:es|ed|e)|of\s+which|compris\w+|consist\w+)\b[^,;]*$", re.IGNORECASE)
_OF_CHANGE = re.compile(
    r"\s*of\s+(?:this|the|these|that|such|its)\b[^,]{0,60},"
    r"|[^.]{0,30}\bof\s+(?:this|the|that|such)\s+(?:\w+\s+){0,3}(?:increase|decrease|decline|change|improvement|growth|reduction)\b",
)
_BY_ADDING = re.compile(r"\b(?:attributable|related|due)\s+to\s+(?:the\s+)?(?:acquisition|addition|inclusion)")
_UNPAID = re.compile(r"\bpayable\b|\bper\s+annum\b|\bshareholders\s+of\s+record\b", re.IGNORECASE)


class _Qualifiers(NamedTuple):
    """The kind of each phrase, and how many words the longest has."""

    kinds: dict[str, str]
    longest: int
    lasts: frozenset[str]


_PLAIN = re.compile(r"^(?:points?|percent|bps|went|moved|came|crept|edged|inched)$|%$")
_BETWEEN = frozenset(["a", "an", "the", "just", "only", "of"])
_EDGE = re.compile(r"^\W+")


@cache
def _qualifiers() -> _Qualifiers:
    data: dict[str, list[str]] = load("prose")["qualifier"]
    kinds = {" ".join(phrase.split()): kind for kind, phrases in data.items() for phrase in phrases}
    words = [phrase.split() for phrase in kinds]
    return _Qualifiers(kinds, max(map(len, words)), frozenset(each[-1] for each in words) | _BETWEEN)


QUALIFIED = 40
"""How far before a number its qualifier may begin."""


def qualifier(before: str) -> str:
    """`about`, `near` (not quite), `over`, `under`, or "" for a number stated plainly, by the text that ends before it.

    `Below the $50.4 million of last year` states that one plainly, and compares with it; so does `60 basis points over 35.5 %`,
    and `went up to $61.40` says just that.
    """
    tail = before[-QUALIFIED:].lower().split()
    kinds, longest, lasts = _qualifiers()
    if not tail or (tail[-1] not in lasts and tail[-1].isalpha()):
        return ""
    known = False
    while tail and _bare(tail[-1]) in lasts:
        for count in range(min(longest, len(tail)), 0, -1):
            kind = kinds.get(_bare(" ".join(tail[-count:])))
            if kind in ("over", "under") and tail[-count - 1 : -count] and _PLAIN.search(tail[-count - 1]):
                return ""
            if kind is not None:
                return "" if known and kind != "about" else kind
        known |= tail[-1] == "the"
        if tail.pop() not in _BETWEEN:
            break
    return ""


def _bare(phrase: str) -> str:
    """A phrase without brackets and quotation marks before it."""
    return phrase if phrase[0].isalnum() else _EDGE.sub("", phrase)


_TWO, _THREE = 100, 1000
_LONG = 10_000


def heard(number: Number, kind: str) -> Interval:
    """The printed digits' interval, widened or shut by a qualifier.

    Trailing zeros of a whole number do not count as printed digits after `about`, `nearly`, or where there are
    three and more (`$537,000`), or two in one of five digits and more (`88,400 ounces`); `nearly` shuts the interval above.
    """
    step, coarse = number.step, number.coarse
    value, whole = number.value.as_integer_ratio()
    one, per = step.as_integer_ratio()
    if coarse is not step:
        more, under = coarse.as_integer_ratio()
        zeros = more * per // (one * under)
        long = value * per >= _LONG * whole * one
        if kind in ("about", "near") or zeros >= _THREE or (zeros >= _TWO and long):
            one, per = more, under
    middle, half = 2 * value * per, one * whole
    return counted(middle - half, middle if kind == "near" else middle + half, 2 * whole * per)


@cache
def _looking_ahead() -> tuple[str, ...]:
    return tuple(load("prose")["forward"]["phrases"])


def looks_ahead(words: Words) -> bool:
    """True where the words make the numbers plans, forecasts or possibilities."""
    return bool(ahead_at(words))


def ahead_at(words: Words) -> list[int]:
    """Where a text's words look ahead; `estimated future costs`, `pension plan` and the like do not."""
    if not words.kinds & (AHEAD | PHRASED):
        return []
    low = words.low
    found = [start for start, _ in words.places(AHEAD)]
    if words.kinds & PHRASED and holds(low, _looking_ahead()):
        found += (start for start, _ in places(low, _looking_ahead()) if begins(low, start))
        found.sort()
    if not found:
        return found
    back = [match.span() for match in _LOOKING_BACK.finditer(low)]
    return [at for at in found if not any(start <= at < end for start, end in back)]


def clause(text: str, at: int) -> int:
    """Where the clause of a position begins: after the last `;`, quotation or `, and … had/was`."""
    return max(text.rfind(mark, 0, at) for mark in ("; ", '," ', ".  ")) + 1


def role_of(number: Number, before: str, after: str, *, moves: bool) -> str:
    """The role of a number between what stands before it and after it; `moves` says that its sentence has a word for a
    change at all."""
    if number.kind == MULTIPLE:
        return GROWTH
    if number.kind in (PERCENT, POINTS):
        near = before[-45:]
        if "rom" in near and _FROM.search(near):
            return SHARE
        if number.kind == PERCENT and _GROWN_TO.match(after):
            return GROWTH
        changed = moves and _CHANGE_BEFORE.search(near)
        if _leads_to(near) or (not changed and _PART.match(after)):
            return SHARE
        behind = "" if _NEXT.match(after) else after[:28]
        if changed or (moves and _CHANGE_AFTER.match(after)) or _DIRECTED.search(near + " | " + behind):
            return GROWTH if number.kind == PERCENT else CHANGE
        return SHARE
    near = before[-60:]
    changed = moves and (_CHANGE_AFTER.match(after) or _CHANGE_BEFORE.search(near))
    changed = changed or (near[-4:].lower() == " by " and _AGO_BY.search(near))
    return CHANGE if changed and number.kind in (MONEY, QUANTITY) and not _leads_to(before) else LEVEL


_OR = re.compile(
    r"(?:\s+per\s+\w+)?,?\s+or\s+(?:by\s+)?(?:about|approximately|nearly|almost|some|over|more\s+than|just\s+over|just\s+under)?\s*",
    re.IGNORECASE,
)


def role_after(role: str, number: Number, last: str, gap: str) -> str:
    """The role of a number that says the one before it again: `decreased by $3.2 million, or 14 %`, and the other way round.

    `last` is the role of the number before it and `gap` what stands between the two.
    """
    if role == SHARE and last == CHANGE and number.kind == PERCENT:
        return GROWTH if _OR.fullmatch(gap) else role
    if role == SHARE and last == GROWTH and number.kind == PERCENT:
        return GROWTH if gap.endswith(" and ") else role
    if role == LEVEL and last == GROWTH and number.kind in (MONEY, QUANTITY):
        return CHANGE if _OR.fullmatch(gap) else role
    return role


_THAN = re.compile(
    r"[\s-]+(?:(?:per\s+\w+|ounces|tons|tonnes|pounds)\s+)?(?:(more|above)|(less|fewer|below))\b", re.IGNORECASE
)


def way_after(text: str, end: int) -> int:
    """+1 where a number is followed by `more` or `above`, -1 by `less` or `below`, else 0."""
    match = _THAN.match(text, end)
    return 0 if match is None else 1 if match.group(1) else -1


def _leads_to(before: str) -> bool:
    """True where a number is what something came to: `rose to about`."""
    return ("to " in before or "To " in before) and bool(_TO.search(before))


def loose_sentence(words: Words) -> bool:
    """True for a question, for what is still to be paid, and for what tells a part of a change."""
    low = words.low
    if low.rstrip().endswith("?") or (low.find("of ", 0, _BEGINNING) >= 0 and _OF_CHANGE.match(low)):
        return True
    return bool(words.kinds & LOOSE and (_UNPAID.search(low) or _BY_ADDING.search(low)))


_BEGINNING = 40  # how far into a sentence the `of` of a part of a change may stand


def is_loose(words: Words, numbers: tuple[Number, ...], at: int, before: str) -> bool:
    """True where the amount is an end of a range, or a part of what the sentence speaks of."""
    number, text, kinds = numbers[at], words.text, words.kinds
    return (
        (
            len(numbers) > 1
            and any(
                two.start - one.end < 9 and one.kind == two.kind and _DASH.fullmatch(text, one.end, two.start)
                for one, two in pairwise(numbers[max(0, at - 1) : at + 2])
            )
        )
        or bool(kinds & RANGED and _RANGE.search(text[max(0, number.start - 70) : number.start]))
        or bool(kinds & PARTLY and _PART_OF.search(before))
    )
