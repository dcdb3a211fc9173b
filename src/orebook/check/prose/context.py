"""What a sentence says about each of its numbers: measure, period, entity, qualifier, and whether it looks ahead."""

from __future__ import annotations

import re
from fractions import Fraction

from orebook.check.prose.calendar import Calendar
from orebook.check.prose.index import Index
from orebook.check.prose.lists import distributed
from orebook.check.prose.manner import (
    CHANGE,
    GROWTH,
    LEVEL,
    QUALIFIED,
    SHARE,
    ahead_at,
    clause,
    heard,
    is_loose,
    loose_sentence,
    qualifier,
    role_after,
    role_of,
    way_after,
)
from orebook.check.prose.numbers import MULTIPLE, PERCENT, POINTS, QUANTITY, RATIO, Number
from orebook.check.prose.periods import mentions
from orebook.check.prose.phrases import UP_TO, nearest_words, own_words, resumed, shared_words, stretches
from orebook.check.prose.scan import CHANGED, SPAN, WHOLE, Words
from orebook.check.prose.timing import Setting, against, facing, is_again, periods_of, sequential, series, setting_of
from orebook.check.prose.words import direction, tokens, vocabulary
from orebook.model.interval import Interval
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced, slotted

MOST_TOLD = 40
"""More numbers than a sentence tells are a listing, of exhibits or registration statements; nothing is understood of it."""
_SUCH = re.compile(r"\b(?:the|this)\s+(?:[a-z]+\s+)?(?:mine|unit|operation|property)\b(?!\s+and\b)", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b\w+\s+and\s+\w+\s+(?:segments|divisions|businesses)\b|\bcompany-?wide\b|\bthe\s+company\b(?!['’]s\s+(?:share|account))|\bconsolidated\b",
)
# `Olympus' share of production`, under the heading of a mine, is of that mine.
_OF_SHARE = re.compile(r"['’]s?\s(?:\d[\d.]*%\s)?(?:attributable\s)?(?:share|interest|portion|entitlement)\b")
_AT = re.compile(r"\s*(?:\w+\s+){0,3}at\s+(?:an?\s+(?:\w+\s+){0,3}(?:cost|price)\s+of\s+)?", re.IGNORECASE)
_RATED = frozenset(("payable", "disposal", "produce"))  # `$20.18 per ounce of silver sold`
_NOTHING: frozenset[str] = frozenset()
_QUANTITIES, _SOLD = frozenset(("oz", "lb", "ton", "tonne", "kg")), frozenset(("disposal",))
_PRODUCED, _AT_COST = frozenset(("produce",)), frozenset(("cash", "cost"))
_EARNINGS = frozenset(("income",))
_PER_SHARE = frozenset(("pershare", "diluted", "basic"))
_SET_AGAINST = (["over"], ["above"], ["below"], ["under"], ["from"], ["higher", "than"], ["lower", "than"], ["to"])
_METALLIC = frozenset(("oz", "ton", "oz/ton", "M/oz", "M/lb", "tonne", "lb", "kg", "M/kg", "g/t"))


@slotted
class Cue:
    """A number with all that its sentence says of it.

    `own` are the words right beside it, `strong` those (or, where it has none of its own, the words of the
    number it is compared with), `around` the rest of the sentence and the headings above. `periods` are the
    plausible periods, the likeliest first; `firm` is True where the sentence, or one before it,
    names the first one.
    `names` are the entities in question, `settled` False where they are only carried over from before.
    `side` numbers the sides of a comparison, `clause` the clauses that begin after one. `carried` is the place of the number whose words this one borrows
    (-1 where it has its own, -2 where they come from the sentence before). `loose` is True where the sentence is no plain
    statement of the amount: a range, a question, a part of it, an amount still to be paid.
    `alone` is True where the sentence names one period and no other. `heard` is the interval of the numbers that a careful reader hears.
    """

    number: Number
    role: str
    own: frozenset[str]
    strong: frozenset[str]
    around: frozenset[str]
    before: str
    after: str
    periods: tuple[Period, ...]
    firm: bool
    against: Period | None
    names: frozenset[str]
    settled: bool
    qualifier: str
    way: int
    ahead: bool
    side: int
    clause: int = 0
    fixed: bool = False
    carried: int = -1
    loose: bool = False
    alone: bool = False
    heard: Interval = Interval(Fraction(0), Fraction(0))


class Memory(NamedTuple):
    """What is carried from one sentence of a paragraph to the next."""

    heading: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()
    strong: frozenset[str] = frozenset()


def cues(words: Words, numbers: tuple[Number, ...], index: Index, memory: Memory) -> tuple[tuple[Cue, ...], Memory]:
    """Every number of a sentence with its context, and what the next sentence inherits; of a listing (`MOST_TOLD`), its
    numbers alone."""
    if len(numbers) > MOST_TOLD or not any(_may_tie(number, index) for number in numbers):
        return tuple(_bare(number) for number in numbers), passed(words, index, memory)
    text = words.text
    setting = setting_of(words, numbers, index.calendar)
    names = index.names.find(text)
    spans, whole, ahead = stretches(text, numbers), tokens(text), ahead_at(words)
    made: list[Cue] = []
    for at in range(len(numbers)):
        made.append(_cue(setting, at, spans, names, whole, ahead, made, index, memory))
    if loose_sentence(words):
        made = [replaced(cue, loose=True) for cue in made]
    made = distributed(made, setting, index)
    return tuple(made), _remember(setting, names, made, memory)


def _cue(
    setting: Setting,
    at: int,
    spans: list[tuple[int, int]],
    names: list[tuple[int, str]],
    whole: frozenset[str],
    ahead: list[int],
    made: list[Cue],
    index: Index,
    memory: Memory,
) -> Cue:
    text, numbers, _, sides, _, words = setting
    number, (start, end) = numbers[at], spans[at]
    before, after = text[start : number.start], text[number.end : end]
    side, part = sides.side(number.start), sides.clause(number.start) if sides.clauses else 0
    anchor = _anchor(made, part) if made else None
    mate = _mate(setting, at, made) if side else None
    if mate is not None and mate.periods:
        anchor = mate.periods[0]  # `$52.0 million and $152.2 million in the same periods`: of three months and of nine
    periods, firm, fixed = periods_of(setting, at, anchor, memory.periods, sure=any(cue.firm for cue in made))
    near, settled = _names(number, end, names, memory, index, whole, words)
    subject = resumed(numbers, at, text)
    own = tokens(subject) if subject else own_words(nearest_words(before), nearest_words(after))
    own = own or shared_words(numbers, at, spans, text)
    own -= index.company
    if number.unit in _QUANTITIES and "revenue" in own:
        own |= _SOLD  # `gold sales were 9,845 ounces`
    gap = text[numbers[at - 1].end : number.start] if made else ""
    led = made and made[-1].role == GROWTH and made[-1].side == side
    if led and own <= vocabulary().light | vocabulary().groups[0][0] | _RATED and (UP_TO.search(gap) or gap == " at "):
        # `Gold sales rose 12 % to 84,300 ounces`, `margins rose 53 % to $987 per ounce of gold`: of what is said of the growth.
        own |= made[-1].strong
    lender = (mate or _lender(setting, at, made)) if side else None
    if (
        lender is not None
        and anchor is not None
        and not fixed
        and _is_beside(setting, side, own, number, lender, index)
    ):
        # `Current assets were $262.0 million, compared with $49.5 million of current liabilities`: both of one day.
        periods = (anchor, *(period for period in periods if period != anchor))
    priced = bool(made) and (_is_price_of(number, numbers[at - 1], gap) or _is_move_of(number, numbers[at - 1], gap))
    strong, source = _strong(
        own - _named_words(near) if near else own,
        number,
        lender,
        whole,
        made,
        index,
        memory,
        priced=priced,
        of_mine=settled,
    )
    if not strong and number.unit == "M" and _is_per_share_too(numbers, at, text):
        strong = _EARNINGS
    kind = qualifier(text[max(0, number.start - QUALIFIED) : number.start])
    role = role_of(number, before, text[number.end : number.end + 60], moves=bool(words.kinds & CHANGED))
    if role == GROWTH and made and made[-1].number.kind == POINTS and gap.split() in _SET_AGAINST:
        role = SHARE  # `60 basis points over 35.5 %`
    again = made[-1] if made and made[-1].role in (GROWTH, CHANGE) and role not in (GROWTH, CHANGE) else None
    if again is None and number.kind == PERCENT and text.endswith(" and ", 0, number.start):
        # `fell 10 % in the quarter, to $5.4 million, and 12 % in the nine months`
        last = next((cue for cue in reversed(made) if cue.number.kind == PERCENT), None)
        again = last if last is not None and last.role == GROWTH else None
    if again is not None:
        role = role_after(role, number, again.role, gap)
    changes = role in (GROWTH, CHANGE)
    since = _since(setting, at, side, part, periods) if changes else None
    if since is not None and side and anchor is not None and _is_guessed(since, periods[0], setting.known):
        # `$359.2 million compares with $285.3 million in 2013, an increase of 26 %`: from the second to the first.
        periods, since = (anchor,), periods[0]
    return Cue(
        number=number,
        role=role,
        own=own,
        strong=strong,
        around=whole | memory.heading,
        before=before,
        after=after,
        periods=periods,
        firm=firm,
        against=since,
        names=near,
        settled=settled,
        qualifier=kind,
        way=(
            way_after(text, number.end)
            or direction(before[-60:])
            or direction(after[:30])
            or (again.way if again else 0)
        )
        if changes
        else 0,
        ahead=any(_looks_at(text, number, place) for place in ahead),
        side=side,
        clause=part,
        fixed=fixed,
        carried=source,
        loose=is_loose(words, numbers, at, before) or (lender is not None and lender.loose),
        alone=firm and len(setting.said) == 1 and len(periods) == 1 and not sides.marks,
        heard=heard(number, kind),
    )


def _since(setting: Setting, at: int, side: int, part: int, periods: tuple[Period, ...]) -> Period | None:
    """What a change is measured from."""
    told = facing(setting, at, side) or (sequential(setting, at, periods[0]) if periods else None)
    return told or against(setting, side, periods, part)


def _looks_at(text: str, number: Number, place: int) -> bool:
    """Whether a word that looks ahead, at a place of a text, speaks of a number: in its clause, or right after it."""
    if place < number.end:
        return clause(text, number.start) <= place
    return place < number.end + _NEAR and " and " not in text[number.end : place]


_NEAR = 25


def _is_guessed(since: Period, period: Period, known: Calendar) -> bool:
    """Whether a change is measured from a period that nothing names, a year before its own, and of which no figure is."""
    return since == known.back(period, 1) and not known.has(since)


def _anchor(made: list[Cue], part: int) -> Period | None:
    """The period of the first number of a comparison: of this clause, else of the sentence."""
    said = (cue for cue in made if cue.side == 0 and cue.periods)
    first = next(said, None)
    if first is not None and part and first.clause != part:
        first = next((cue for cue in said if cue.clause == part), first)
    return first.periods[0] if first is not None else None


def _strong(
    own: frozenset[str],
    number: Number,
    lender: Cue | None,
    whole: frozenset[str],
    made: list[Cue],
    index: Index,
    memory: Memory,
    *,
    priced: bool,
    of_mine: bool,
) -> tuple[frozenset[str], int]:
    """The words that say what a number is: its own, those of what it is compared with, the one metal of the
    sentence; and the place of the number that lends the words to one that has none.

    Ounces of a mine that the sentence names (`of_mine`) are what it produced, and what they came at is their cost: `the
    Ridge Mine contributed 30,100 ounces at $215 an ounce`.
    """
    strong = own
    if lender is not None:
        lent = lender.strong
        whole_phrase = own <= lent or not _tells(own, index, number)
        per_share = "M/share" in (number.unit, lender.number.unit if number.bare else "")
        kept = lent if per_share else lent - _PER_SHARE
        strong |= kept if whole_phrase else kept - vocabulary().narrowing
    every = vocabulary().groups[0][0]
    metals = whole & every
    if len(metals) == 1 and number.unit in _METALLIC and not strong & every:
        strong |= metals
    if _tells(strong, index, number):
        return strong, -1
    if _is_label(strong, index, number):
        return strong, -2
    if of_mine and number.unit == "oz" and not made:
        return strong | _PRODUCED, -2
    if not priced:
        source, words = _carried(made, number, memory)
        return strong | words, source
    words = made[-1].strong
    return strong | words | (_AT_COST if of_mine and words >= _PRODUCED else _NOTHING), len(made) - 1


def _is_per_share_too(numbers: tuple[Number, ...], at: int, text: str) -> bool:
    """Whether an amount is told per share as well: `the first nine months brought $44.6 million, or 37 cents per share`."""
    following = numbers[at + 1] if at + 1 < len(numbers) else None
    if following is None or following.unit != "M/share" or "(" in text[numbers[at].end : following.start]:
        return False
    return is_again(numbers[at], following, text)


def _is_price_of(number: Number, before: Number, gap: str) -> bool:
    """Whether a rate is told of the quantity right before it: `17,013 ounces at $238 per ounce`."""
    return number.unit == f"M/{before.unit}" and _AT.fullmatch(gap) is not None


def _mate(setting: Setting, at: int, made: list[Cue]) -> Cue | None:
    """The number in the place of this one on the other side of the comparison, where both sides tell the same kinds of
    amounts in the same order and two or more of its kind (`income of $9.7 million, or 19 cents a share, on revenues of $96.4
    million, against $6.4 million, or 13 cents, on …`)."""
    sides, number = setting.sides, setting.numbers[at]
    side, clause = sides.side(number.start), sides.clause(number.start)
    said = [cue for cue in made if cue.side == 0 and cue.clause == clause]
    if sum(cue.number.unit == number.unit for cue in said) < _PAIR:
        return None
    here = [n for n in setting.numbers if sides.side(n.start) == side and sides.clause(n.start) == clause]
    return said[here.index(number)] if [n.unit for n in here] == [cue.number.unit for cue in said] else None


_PAIR = 2


def _is_move_of(number: Number, before: Number, gap: str) -> bool:
    """Whether a growth is told of the amount right before it: `208,962 ounces, down 23 %`."""
    return number.kind == PERCENT != before.kind and _MOVED.fullmatch(gap) is not None


_MOVED = re.compile(
    r"\s*(?:ounces|tons|tonnes|pounds|per\s\w+)?,?\s+(?:which\s+(?:was|is|were)\s+)?(?:up|down|higher|lower"
    r"|(?:representing\s+)?(?:an?|the)\s+(?:increase|decrease|decline|drop|rise|gain|improvement|reduction)\s+of)\s+"
    r"(?:by\s+|about\s+|approximately\s+|nearly\s+|almost\s+|over\s+|some\s+)*",
    re.IGNORECASE,
)


def _lender(setting: Setting, at: int, made: list[Cue]) -> Cue | None:
    """The number that this one is compared with: the last in its unit, or, of as many as are listed here
    (`to $440.3 million and $83.6 million, respectively`), the one in its place. None where there is none."""
    sides, start = setting.sides, setting.numbers[at].start
    clause = sides.clause(start)
    said = [cue for cue in made if cue.side == 0 and cue.clause == clause]
    number = setting.numbers[at]
    alike = [
        cue
        for cue in said
        if cue.number.unit == number.unit or (number.bare and cue.number.unit.startswith("M/"))  # `ounces at $389`
    ]
    run = series(setting.numbers, at, setting.text) if len(alike) > 1 else None
    if run is not None and run[1] - run[0] + 1 == len(alike):
        return alike[at - run[0]]
    return alike[-1] if alike else None


def _is_beside(setting: Setting, side: int, own: frozenset[str], number: Number, lender: Cue, index: Index) -> bool:
    """Whether a number is set against one of another measure, and no period is named for it: then it is no earlier one."""
    if own <= lender.strong or not _tells(own - lender.strong, index, number):
        return False
    return not any(setting.sides.side(mention.start) == side for mention in setting.said)


def _may_tie(number: Number, index: Index) -> bool:
    """False for what no figure counts: feet, ages, distances, where no table prints any."""
    return number.kind != QUANTITY or number.unit in index.families


def _bare(number: Number) -> Cue:
    nothing = frozenset[str]()
    said = heard(number, "")
    return Cue(
        number, LEVEL, nothing, nothing, nothing, "", "", (), False, None, nothing, False, "", 0, False, 0, heard=said
    )


def passed(words: Words, index: Index, memory: Memory, *, near: bool = True) -> Memory:
    """What a sentence without numbers leaves to the next: the entity it speaks of and, `near` to it, the period."""
    known = index.calendar
    said = [
        m.periods[0]
        for m in (mentions(words, known) if near and words.kinds & SPAN else ())
        if m.periods and not (m.relative or m.weak or m.periods[0].is_instant)
    ]
    said = [period for period in said if known.has(period)]
    if said:
        memory = memory._replace(periods=tuple(said[:1]))
    names = index.names.find(words.text)
    return memory._replace(names=frozenset((names[-1][1],))) if names else memory


def _tells(words: frozenset[str], index: Index, number: Number) -> bool:
    """True where the words name some row of the number's unit (or, for a percentage, of any)."""
    of_any = number.bare or number.kind in (PERCENT, POINTS, MULTIPLE, RATIO)
    return not words.isdisjoint(index.telling(None if of_any else number.unit))


def _is_label(words: frozenset[str], index: Index, number: Number) -> bool:
    """Whether words that tell little are all that a row of the company is called: `Cash and cash equivalents`."""
    rows = index.by_word.get(number.unit, {})
    return len(words) == 1 and any(
        line.label == words and not line.names for word in words for line in rows.get(word, ())
    )


def _carried(made: list[Cue], number: Number, memory: Memory) -> tuple[int, frozenset[str]]:
    """The words of the number that this one is compared with, or that it restates in another unit, and its place."""
    for at in range(len(made) - 1, -1, -1):
        if made[at].number.unit == number.unit:
            return at, made[at].strong
    return (len(made) - 1, made[-1].strong) if made else (-2, memory.strong)


def _names(
    number: Number,
    end: int,
    names: list[tuple[int, str]],
    memory: Memory,
    index: Index,
    whole: frozenset[str],
    words: Words,
) -> tuple[frozenset[str], bool]:
    """The entity a number is about: named last before it, else first after it, else carried over."""
    if names:
        before = [name for at, name in names if at < number.start]
        mines = [name for name in before if name not in index.segments]
        if before:
            return frozenset((mines or before)[-1:]), True
        after = [name for at, name in names if number.start <= at < end]
        if after:
            return frozenset(after[:1]), True
    if not memory.names:
        return memory.names, False
    company = index.company & whole and not _OF_SHARE.search(words.text)
    whose = memory.names if not (company or _is_whole(words)) else frozenset[str]()
    return whose, bool(whose and _SUCH.search(words.text))


def _is_whole(words: Words) -> bool:
    """True where a sentence speaks of the whole company, or of two parts of it together."""
    return bool(words.kinds & WHOLE and _WHOLE.search(words.low))


def _named_words(names: frozenset[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in tokens(name))


def _remember(setting: Setting, names: list[tuple[int, str]], made: list[Cue], memory: Memory) -> Memory:
    known = setting.known
    here = [(m, m.periods[0]) for m in setting.said if not m.relative and known.has(m.periods[0]) and not m.weak]
    periods = tuple(p if setting.sides.side(m.start) == 0 else known.find(p.months, known.end) for m, p in here)[:1]
    if periods and made and made[0].periods and made[0].periods[0] != periods[0] and periods[0].end < known.end:
        periods = ()  # `Revenue was …; in the third quarter of 2015 it was …`: the paragraph goes on about today
    # `$5.5 million, or 3.8 % of sales. The increase of $0.3 million …`: the share says of what, not what.
    plain = next((cue for cue in reversed(made) if cue.role != SHARE), made[-1] if made else None)
    strong = memory.strong if plain is None else plain.strong
    last = frozenset(name for _, name in names[-1:]) if names else memory.names
    return Memory(memory.heading, last, periods or memory.periods, strong)
