"""Which period each number of a sentence is about."""

from __future__ import annotations

import re
from itertools import pairwise

from orebook.check.prose.calendar import Calendar, Mention
from orebook.check.prose.comparison import Sides, sides_of
from orebook.check.prose.hints import holds
from orebook.check.prose.numbers import MULTIPLE, PERCENT, Number
from orebook.check.prose.periods import mentions, printed_year, settle
from orebook.check.prose.phrases import BETWEEN
from orebook.check.prose.scan import AGAINST, Words
from orebook.model.named import NamedTuple
from orebook.model.period import Period, months_before
from orebook.model.slotted import replaced

_AGAINST = re.compile(
    r"\b(?:as\s+)?compar(?:ed|es|e|ing|able|ison)\s+(?:favorably\s+)?(?:to|with)\b|\b(?:(?:even|consistent|in\s+line)\s+with|similar\s+to)\s+(?=(?:an?\s+|the\s+)?(?:(?:us|ca?)?\$|\d|same|prior|linked|previous|year|first|second|third|fourth|last\s))|\bversus\b|\bvs\.?(?=\s)|\bas\s+against\b|\bagainst\b|(?<!other )(?<!rather )\bthan\b(?!\s+(?:(?:us|u\.s\.|ca?|a|cdn|nz)?\$|[€£\d]|an?\s(?!year|quarter)|one|two|double|half|triple|negative))"
    r"|\b(?:up|down|increased?|decreased?|improved|lower|higher)?\s*\bfrom\s+(?=(?:an?\s+|the\s+)?(?:approximately\s+|about\s+|just\s+)?(?:net\s+)?(?:(?:us|u\.s\.|ca?|a|cdn|nz)?\$|usd\s|[€£\d(]|loss|profit|income|earnings\s+of|negative|same|prior|linked|previous|year|first|second"
    r"|third|fourth|comparable|corresponding|last\s+year|q\d|fiscal|the\s+end|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|one\b))|\bover\s+(?=(?:the\s+)?(?:same|prior|linked|previous|first|second|third|fourth|comparable|corresponding|last\s+year|20\d\d|19\d\d|q\d|\dq|h[12]\b))"
    r"|\b(?:above|below|exceed(?:ed|s|ing))\s+(?=that\s+of\s+|the\s+(?:(?:us|ca?)?\$|same|prior|linked|previous|year|first|second|third|fourth|comparable|corresponding)|last\s+year)"
    r"|\b(?:increase|decrease|improvement|gain|decline)\s+over\s+(?=(?:(?:us|ca?|a|cdn|nz)?\$|[€£])\d)"
    # `$44.6 million, after $48.2 million in the same months of 2006`
    r"|(?<=,\s)after\s+(?=(?:(?:us|ca?|a|cdn|nz)?\$|[€£])?\d[^;]*\b(?:the\s+(?:same|comparable|corresponding|prior|previous)\s|last\s+year|year\s+(?:before|earlier|ago)))",
)
_LONGEST = 24
# `(2021: $2.2 million)`, `(Q3 2021 - $646)`: what was told before, a year ago.
_BRACKET = re.compile(
    r"\((?=[^()$]{0,40}(?:19|20)\d\d\s?(?::|-|–|—)\s*(?:approximately\s|about\s|nil\b|loss\s|(?:us|ca?)?\$|usd\s|r?\d))"
)
_INTO = ("in ", "for ", "during ", "in the ", "for the ", "during the ")
# What follows a period that closes what is said of the number before: `$5 million in the first quarter and $6 million in …`.
_TRAILS = re.compile(r"\s*,?\s+(?:and|or|versus|while|but)\s+(?!in\b|for\b|during\b)[^,;]*$", re.IGNORECASE)
# A clause that opens with its period: what stands before it is of another.
_OPENED = re.compile(
    r"(?:;\s+|\b(?=(?:and|while|but|whereas)\s+(?:in|for|during)\b))(?:(?:and|while|but|whereas)\s+)?(?:(?:in|for|during)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r",?\s+or\s+(?:about\s+|approximately\s+)?|\s+\((?:or\s+)?")
RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


class Setting(NamedTuple):
    """A sentence: its text, its numbers, its period phrases, where a comparison changes sides, and its words."""

    text: str
    numbers: tuple[Number, ...]
    said: tuple[Mention, ...]
    sides: Sides
    known: Calendar
    words: Words


def setting_of(words: Words, numbers: tuple[Number, ...], known: Calendar) -> Setting:
    """The setting that decides the periods of a sentence's numbers."""
    text = words.text
    said = tuple(
        m for m in mentions(words, known) if m.periods and (not m.periods[0].is_instant or _dated(text, m, known))
    )
    return Setting(text, numbers, said, sides_of(text, _sides(words), numbers, dated=bool(said)), known, words)


def _sides(words: Words) -> list[int]:
    """Where a sentence sets something against something else."""
    made: list[int] = []
    low, done = words.low, 0
    for at, _ in words.places(AGAINST):
        since = max(done, at - _LONGEST)
        before = low[since:at].rstrip()
        word = since + len(before) - len(before.rsplit(" ", 1)[-1])
        for start in sorted({word, since + len(before), at}):
            match = _AGAINST.match(low, start) if at >= done else None
            if match is not None:
                made.append(start)
                done = match.end()
                break
    if "(" in low:
        made = sorted({*made, *(match.end() for match in _BRACKET.finditer(low))})
    return made


def _dated(text: str, mention: Mention, known: Calendar) -> bool:
    """A date counts as a period where a figure has it, or where the sentence says `as of`."""
    if known.has(mention.periods[0]):
        return True
    return (
        bool(re.search(r"\b(?:as\s+of|at)\s+(?:the\s+)?$", text[: mention.start][-12:], re.IGNORECASE))
        or "end" in text[mention.start : mention.end].lower()
    )


def periods_of(
    setting: Setting, at: int, anchor: Period | None, before: tuple[Period, ...], *, sure: bool = False
) -> tuple[tuple[Period, ...], bool, bool]:
    """The plausible periods of a number, the likeliest first; whether the sentence names it; whether by a list.

    `anchor` is the period of the first number of the comparison (`sure` where the sentence names it), `before` what
    earlier sentences speak of.
    """
    text, numbers, said, sides, known, _ = setting
    side = sides.side(numbers[at].start)
    listed = _listed(setting, at, side)
    if listed:
        return listed, True, True
    here = [m for m in said if sides.side(m.start) == side] if sides.marks else list(said)
    base = anchor or _first(said, sides, 0)
    order = sorted(_order(setting, at, here), key=lambda mention: mention.weak)
    following = _following(numbers, at, text)
    found: list[Period] = []
    whole_year = known.ytd is not None and known.ytd.months == 12
    for mention in order:
        if len(mention.periods) > 1 and not mention.relative:
            # `Increased to A from B for the quarters ended March 31, 2000 and 1999`: A is of the first, B of the last.
            last = side and not mention.weak and _first(said, sides, 0) is None
            found += reversed(mention.periods) if last else mention.periods
        else:
            # A year alone is the whole year where the report has one, whatever an unnamed period may be taken for.
            yearly = mention.relative and mention.weak and whole_year
            own = base if sure or not yearly else None
            carried = before[0] if before and not yearly else None
            found += settle(mention, own if side else (own or carried), known)
    if found:
        strict = not order[0].weak or (
            known.has(found[0]) and (not order[0].relative or (whole_year and (base is None or base.months == 12)))
        )
        return _unique(found), strict, False
    far = [p for m in here if m.start >= following for p in settle(m, base, known)][:1]
    return *_unsaid(setting, side, base, far, before), False


def _order(setting: Setting, at: int, here: list[Mention]) -> list[Mention]:
    """The period phrases on a number's side of the comparison, the one that most likely is meant first."""
    text, numbers, *_ = setting
    number = numbers[at]
    previous = numbers[at - 1].end if at else 0
    following = _following(numbers, at, text)
    after = [m for m in here if number.end <= m.start < following and not _barred(setting, number.end, m.start)]
    past = [m for m in here if m.end <= number.start and not ("(" in text and _aside(setting, m, number.start))]
    before = [m for m in past if previous <= m.end]
    earlier = [m for m in past if m.end < previous]
    if before and after and re.search(r",|;|\b(?:and|while|but)\b", text[number.end : after[0].start]):
        return before[-1:] + after[:1] + earlier[-1:]
    trails = bool(before) and not after and at > 0 and _TRAILS.match(text, before[-1].end, number.start) is not None
    if (after or before or earlier) and not trails:
        return after[:1] + before[-1:] + earlier[-1:]
    rest = numbers[at + 1 :]
    later = [
        m for m in here if m.start >= following and _reaches(m, rest) and not _barred(setting, number.end, m.start)
    ][:1]
    return (later or before[-1:]) + earlier[-1:] if trails else later


def _aside(setting: Setting, mention: Mention, at: int) -> bool:
    """True where a period stands with a number of its own in a bracket that closes before a place of the text."""
    text = setting.text
    opening = text.rfind("(", 0, mention.start)
    closing = text.find(")", mention.end, at) if opening >= 0 and ")" not in text[opening : mention.start] else -1
    return closing >= 0 and any(opening < number.start < closing for number in setting.numbers)


def _barred(setting: Setting, end: int, start: int) -> bool:
    """True where a period named from `start` on is not that of a number before it: another clause opens with it, or it
    stands in brackets with a number of its own."""
    text = setting.text
    opening = text.rfind("(", end, start)
    if opening >= 0 and ")" not in text[opening:start]:
        closing = text.find(")", start)
        return any(opening < number.start < closing for number in setting.numbers)
    near = text[max(end, start - _LONGEST) : start]
    return (";" in near or near.endswith(_INTO)) and _OPENED.search(near) is not None


def _unsaid(
    setting: Setting, side: int, base: Period | None, far: list[Period], before: tuple[Period, ...]
) -> tuple[tuple[Period, ...], bool]:
    """The periods of a number that none stands near: those carried over, or, across a comparison, a year before."""
    known = setting.known
    if far and side:
        return _unique([*far, *before]), False
    if far:
        return _unique([*before, *known.default(), *far]), bool(before)
    if side and base is not None:
        earlier = known.earlier(base)
        return _unique([earlier]), earlier == known.back(base, 1)
    if side:
        # `Zinc rose from 45.9 cents to 67.8 cents`: nothing else tells what the first is compared with.
        today = [*before, *known.default()]
        return _unique([*(known.earlier(p) for p in today), *today]), False
    opposite = _first(setting.said, setting.sides, 1)
    both = next((m.periods for m in setting.said if len(m.periods) > 1 and not (m.relative or m.weak)), None)
    if not side and both is not None:
        return both[:1], True
    if not side and opposite is not None:
        return _unique([known.find(opposite.months, known.end), *before, *known.default()]), True
    # What an earlier sentence said of a year ago need not go on here.
    return _unique([*before, *known.default()]), bool(before and before[0].end >= known.end) or known.ytd is None


def _reaches(mention: Mention, between: tuple[Number, ...]) -> bool:
    """False where a change stands between a number and a period named later: the period is the change's."""
    return not any(n.kind in (PERCENT, MULTIPLE) for n in between if n.start < mention.start)


def _first(said: tuple[Mention, ...], sides: Sides, side: int) -> Period | None:
    return next((m.periods[0] for m in said if sides.side(m.start) == side and m.periods and not m.relative), None)


def _unique(periods: list[Period]) -> tuple[Period, ...]:
    return tuple(dict.fromkeys(periods))


def series(numbers: tuple[Number, ...], at: int, text: str) -> tuple[int, int] | None:
    """The run of numbers that a `respectively` right after it (or after its fellows) orders: (first, last). Two with an
    `and` between them, or three and more that are listed (`$2.7, $3.4 and $4.4 billion in 1996, 1997 and 1998`), need none.
    """
    if len(numbers) < 2 or (
        "espectively" not in text
        and not any(
            text.endswith(" and ", one.end, two.start) for one, two in pairwise(numbers[max(0, at - 1) : at + 5])
        )
    ):
        return None
    first = last = at
    while first and _between(text[numbers[first - 1].end : numbers[first].start]):
        first -= 1
    while last + 1 < len(numbers) and _between(text[numbers[last].end : numbers[last + 1].start]):
        last += 1
    if first == last:
        return None
    tail = text[numbers[last].end : numbers[last].end + 160]
    found = RESPECTIVELY.search(tail)
    following = numbers[last + 1].start - numbers[last].end if last + 1 < len(numbers) else len(tail)
    if found and found.start() < following:
        return first, last
    close = text[numbers[last - 1].end : numbers[last].start]
    return (first, last) if close == " and " or (last > first + 1 and close == ", and ") else None


def _between(gap: str) -> bool:
    """True for what stands between two numbers of a list."""
    if "espectively" in gap:
        gap = RESPECTIVELY.sub(" ", gap)
    return gap == " from " or (len(gap) < 80 and bool(BETWEEN.match(gap)))


def _listed(setting: Setting, at: int, side: int) -> tuple[Period, ...] | None:
    """The period that `respectively` gives a number, where as many periods as numbers are listed on its side of
    the comparison (of two lengths and two years, either may run first); `during the comparable periods in 2002`
    repeats the list of the other side, a year before."""
    text, numbers, said, sides, known, _ = setting
    if "espectively" in text:
        numbers, at = _once(numbers, at, text)
    run = series(numbers, at, text)
    if run is None:
        return None
    first, last = run
    count = last - first + 1
    here = tuple(m for m in said if sides.side(m.start) == side)
    found = _list_of(here, count, numbers[first].start, numbers[last].end, text, known)
    if found is None and side:
        other = _list_of(
            tuple(m for m in said if sides.side(m.start) == 0),
            count,
            numbers[first].start,
            numbers[last].end,
            text,
            known,
        )
        if other is not None:
            again = next((m for m in here if m.relative), None)
            found = tuple(settle(again, p, known)[0] if again is not None else known.back(p, 1) for p in other)
    if found is None and sides.side(numbers[first].start) != sides.side(numbers[last].start):
        # `Increased to A from B at September 30 and December 31, respectively`: one list over both sides.
        found = _list_of(said, count, numbers[first].start, numbers[last].end, text, known)
    if found is None and (
        sides.clause(numbers[first].start) or (not side and "espectively" in text[numbers[last].end :])
    ):
        # `Cash was A at September 30, compared with B at December 31; inventories were C and D, respectively.`
        told = _unique([m.periods[0] for m in said if m.end <= numbers[first].start and not m.relative])
        found = told if len(told) == count else None
    if found is None:
        return None
    place = at - first
    if count == 4:
        return _unique([found[place], found[(0, 2, 1, 3)[place]]])
    return (found[place],)


def _following(numbers: tuple[Number, ...], at: int, text: str) -> int:
    """Where the number after one begins, those passed over that only say it again (`$96.9 million, or 14.1 % of sales, in
    1997`): what names its period may stand behind them."""
    following = at + 1
    while following < len(numbers) and is_again(numbers[following - 1], numbers[following], text):
        following += 1
    return numbers[following].start if following < len(numbers) else len(text)


def is_again(one: Number, two: Number, text: str) -> bool:
    """Whether a number says the one before it again, in another unit."""
    return one.unit != two.unit and _AGAIN.fullmatch(text, one.end, two.start) is not None


def _once(numbers: tuple[Number, ...], at: int, text: str) -> tuple[tuple[Number, ...], int]:
    """Numbers of which none says the one before it again in another unit (`$12.5 million, or 10 cents per share, and
    $45.0 million, or 37 cents per share, respectively`), and the place among them of the one at `at`."""
    made: list[Number] = []
    place = 0
    for order, number in enumerate(numbers):
        before = made[-1] if made else None
        if before is not None and is_again(before, number, text):
            made[-1] = replaced(before, end=number.end)
        else:
            made.append(number)
        if order == at:
            place = len(made) - 1
    return tuple(made), place


def _list_of(
    said: tuple[Mention, ...], count: int, start: int, end: int, text: str, known: Calendar
) -> tuple[Period, ...] | None:
    """A mention that names `count` periods, the nearest first, or as many adjoining mentions; a year alone has the length
    of what the list begins with (`for the third quarter of 2003 and 2002`)."""
    for mention in sorted(said, key=lambda m: _distance(m, start, end)):
        if len(mention.periods) == count:
            return mention.periods
    groups = [said[first : first + count] for first in range(len(said) - count + 1)]
    groups.sort(key=lambda group: _distance(group[0], start, end))
    for group in groups:
        flat = tuple(_of_same(group[0], m, text, known) for m in group)
        if _adjoining(group, text) and len(set(flat)) == count:
            return flat
    return None


def _of_same(first: Mention, mention: Mention, text: str, known: Calendar) -> Period:
    """The period of a phrase in a list: of a year alone, the one that the list begins with, so many printed years away."""
    year = printed_year(text[first.start : first.end]) if mention.weak and not first.relative else 0
    own = printed_year(text[mention.start : mention.end]) if year else 0
    return known.back(first.periods[0], year - own) if own else mention.periods[0]


def _distance(mention: Mention, start: int, end: int) -> int:
    return mention.start - end if mention.start >= end else start - mention.end + 1


def _adjoining(group: tuple[Mention, ...], text: str) -> bool:
    return all(
        re.fullmatch(r"[\s,]*(?:and|or)?\s*(?:for|in|during)?\s*(?:the\s+)?", text[a.end : b.start], re.IGNORECASE)
        for a, b in pairwise(group)
    )


_SEQUENTIAL = re.compile(
    r"\b(?:(?P<quarter>quarter[\s-]o(?:ver|n)[\s-]quarter|q-?o-?q\b|sequential(?:ly)?\b)|(?P<year>year[\s-]o(?:ver|n)[\s-]year|y-?o-?y\b))",
    re.IGNORECASE,
)
_OVERS = (
    "over-q",
    "on-q",
    "over q",
    "on q",
    "qoq",
    "q-o-q",
    "sequential",
    "over-y",
    "on-y",
    "over y",
    "on y",
    "yoy",
    "y-o-y",
)


def sequential(setting: Setting, at: int, period: Period) -> Period | None:
    """What a change is measured from that is told `quarter-over-quarter`, or `year-over-year`, right behind it or before it;
    None where it is told neither way."""
    text, numbers, known = setting.text, setting.numbers, setting.known
    if not holds(text.lower(), _OVERS):
        return None
    last = at
    while last + 1 < len(numbers) and text[numbers[last].end : numbers[last + 1].start] == " and ":
        last += 1  # `4 % and 3 % lower quarter-over-quarter`
    following = _following(numbers, last, text)
    found = _SEQUENTIAL.search(text, numbers[last].end, min(following, numbers[last].end + _LONGEST * 2))
    if found is None:
        before = text[numbers[at - 1].end if at else 0 : numbers[at].start]
        found = _SEQUENTIAL.search(before[before.rfind(",") + 1 :]) if before.count(" and ") == 0 else None
    if found is None or (found.group("quarter") and period.months not in (3, None)):
        return None
    return known.find(period.months, months_before(period.end, 3 if found.group("quarter") else 12))


def facing(setting: Setting, at: int, side: int) -> Period | None:
    """Of a list of changes, the period that the list behind them gives a change: `down 11 % and 5 % compared to the third
    quarter of 2018 and the second quarter of 2019, respectively`."""
    text, numbers, said, sides, known, _ = setting
    run = series(numbers, at, text) if "espectively" in text else None
    if run is None:
        return None
    first, last = run
    there = tuple(m for m in said if sides.side(m.start) > side)
    found = _list_of(there, last - first + 1, numbers[first].start, numbers[last].end, text, known)
    return None if found is None else found[at - first]


def against(setting: Setting, side: int, periods: tuple[Period, ...], part: int = 0) -> Period | None:
    """What a change in a clause is measured from: the period named after `compared with`, in that clause if it names one,
    else a year before."""
    _, _, said, sides, known, _ = setting
    if not periods:
        return None
    base = periods[0]
    there = [m for m in said if sides.side(m.start) > side and sides.clause(m.start) <= part]
    for mention in sorted(there, key=lambda each: sides.clause(each.start) != part) if part else there:
        found = settle(mention, base, known)
        if found and found[0] != base:
            return found[0]
    for mention in said:
        if mention.relative and not mention.weak:
            found = settle(mention, base, known)
            if found and found[0] != base:
                return found[0]
    return known.back(base, 1)
