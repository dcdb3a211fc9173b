"""What a sentence says about each of its numbers: measure, period, entity, qualifier, and whether it looks ahead."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from orebook.check.prose.index import Index, spell
from orebook.check.prose.numbers import MONEY, MULTIPLE, PERCENT, POINTS, QUANTITY, RATIO, Number
from orebook.check.prose.periods import Calendar, Mention, mentions, settle
from orebook.check.prose.words import direction, tokens, vocabulary
from orebook.lexicon import load
from orebook.model.interval import Interval
from orebook.model.period import Period

LEVEL, GROWTH, CHANGE, SHARE = "level", "growth", "change", "share"

_AGAINST = re.compile(
    r"\b(?:as\s+)?compar(?:ed|es|ing|able)\s+(?:favorably\s+)?(?:to|with)\b|\bversus\b|\bvs\.?(?=\s)|\bas\s+against\b|\bagainst\b|\bthan\b(?!\s+(?:[$€£\d]|an?\s|one|two|double|half|triple|negative))"
    r"|\b(?:up|down|increased?|decreased?|improved|lower|higher)?\s*\bfrom\s+(?=(?:an?\s+|the\s+)?(?:approximately\s+|about\s+|just\s+)?(?:net\s+)?(?:[$€£\d(]|loss|profit|income|negative|same|prior|previous|year|first|second"
    r"|third|fourth|comparable|corresponding|last\s+year|Q\d|one\b))|\bover\s+(?=(?:the\s+)?(?:same|prior|previous|first|second|third|fourth|comparable|corresponding|last\s+year|20\d\d|19\d\d))",
    re.I,
)
_COMMA = re.compile(r"[,;:(]\s|\)\s?,?|\s[–—-]{1,2}\s|;\s*")
_JOINT = re.compile(r"\b(?:and|or|while|at|versus|vs|compar\w+|after|including|excluding|on(?=\s+(?:net\s+|total\s+)?(?:revenues?|sales))|with(?=\s+(?:an?\s)?[a-z]+\s+of))\b", re.I)
_STOP = re.compile(
    r"[;:()]|,(?!\s*(?:cash|depletion|plants?|general|depreciation|net)\b)|\b(?:compar(?:ed|ing|es)|versus|vs|primarily|mainly|principally|largely|due\s+to|because|as\s+a\s+result|reflect\w*"
    r"|result(?:ed|ing)|attribut\w+|while|when|although|which|that|are|is|was|were|has|have|had|will|would|as|despite|helped|driven|partially|offset|even)\b|\.\s",
    re.I,
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:(?:increase|decrease|improvement|decline|reduction|rise|drop|growth|change)s?\s+of"
    r"|(?:increas|decreas|improv|declin|reduc|ris|fall|drop|grow)(?:ed|ing|es|s|e)?(?:\s+\w+){0,4}?\s+by|(?:increased|decreased|up|down|rose|fell|declined|dropped|improved|grew|higher|lower)(?:\s+by)?)"
    r"(?:\s+(?:an?|about|approximately|nearly|almost|more\s+than|over|some|roughly|less\s+than|only|just|additional))*\s*$",
    re.I,
)
_CHANGE_AFTER = re.compile(
    r"^[\s-]*(?:(?:or|per\s+\w+)\s+)?(?:year-over-year\s+|sequential\s+|net\s+)?(?:increase|decrease|improvement|decline|reduction|rise|drop|higher|lower|more\s+than\s+(?:in|the|last)|less\s+than\s+(?:in|the|last)|above|below)\b",
    re.I,
)
_TO = re.compile(r"\bto\s+(?:an?\s+)?(?:(?:new|record|historic|approximately|about|over|nearly|more\s+than|almost|just|low|high|of|net|loss|negative)\s+)*$", re.I)
_DIRECTED = re.compile(r"\b(?:increas|decreas|declin|grow|grew|grown|rose|ris|fell|fall|drop|improv|reduc|up\b|down\b|higher|lower|gain|jump|surg|climb|more\b|less\b|greater|better|than\b|over\b)", re.I)
_GROWN_TO = re.compile(r"^,?\s+to\s+(?:an?\s+)?(?:(?:new|record|about|approximately|over|nearly|almost|more\s+than)\s+)*[$€£\d]", re.I)
_SUCH = re.compile(r"\b(?:the|this)\s+(?:[a-z]+\s+)?(?:mine|unit|operation|property)\b(?!\s+and\b)", re.I)
_BOTH = re.compile(r"\b(?:both\s+)?(?:the\s+)?\w+\s+and\s+\w+\s+(?:segments|operations|divisions|businesses)\b", re.I)
_WHOLE = re.compile(r"\b\w+\s+and\s+\w+\s+(?:segments|divisions|businesses)\b|\bcompany-?wide\b|\bthe\s+company\b(?!['’]s\s+(?:share|account))|\bconsolidated\b", re.I)
_PART = re.compile(r"^\s*of\b", re.I)
_PIECES = re.compile(
    r"[,;:]\s|\s--\s|\binclud(?:es|ed)\b|\bthat\b|\bwhich\b|\bwith\b"
    r"|\b(?:today|reported|recorded|announced|posted|realized|showed|had|incurred|recognized)\b")
_INCLUDING = re.compile(r"\bincluding\b(?!\s+the\s+(?:effects?|accruals?))[^,;]*(?:,|$)", re.I)
_ASIDE = re.compile(r",\s+(?:was|were|is|totaled|totalled|amounted\s+to)\s+(?:\w+\s+){0,2}$", re.I)
_SUBJECT = re.compile(r"\b(?:is|was|were|are|be|been|totaled|totalled|totaling|amounted\s+to|reached|of|to|at|equal(?:ed|s)|by|rose|fell|increased|decreased|improved|declined|grew|dropped|averaged)\s+(?:\S+\s+){0,3}$", re.I)


class Cue(NamedTuple):
    """A number with all that its sentence says of it.

    `own` are the words right beside it, `strong` those (or, where it has none of its own, the words of the
    number it is compared with), `around` the rest of the sentence and the headings above. `periods` are the
    plausible periods, the likeliest first; `firm` is True where the sentence, or one before it,
    names the first one.
    `names` are the entities in question, `settled` False where they are only carried over from before.
    `side` numbers the sides of a comparison. `carried` is the place of the number whose words this one borrows
    (-1 where it has its own, -2 where they come from the sentence before). `loose` is True where the sentence is no plain
    statement of the amount: a range, a question, a part of it, an amount still to be paid.
    `heard` is the interval of the numbers that a careful reader hears.
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
    fixed: bool = False
    carried: int = -1
    loose: bool = False
    heard: Interval = Interval(Fraction(0), Fraction(0))


class Memory(NamedTuple):
    """What is carried from one sentence of a paragraph to the next."""

    heading: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    periods: tuple[Period, ...] = ()
    strong: frozenset[str] = frozenset()


@cache
def _qualifiers() -> tuple[re.Pattern[str], dict[str, str]]:
    data: dict[str, list[str]] = load("prose")["qualifier"]
    kinds = {" ".join(phrase.split()): kind for kind, phrases in data.items() for phrase in phrases}
    wording = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(kinds, key=len, reverse=True))
    return re.compile(rf"\b({wording})(?:\s+(?:an?|the|just|only|of))*\s*$", re.I), kinds


@cache
def _ahead() -> re.Pattern[str]:
    data = load("prose")["forward"]
    words = sorted(data["words"].split(), key=len, reverse=True)
    return re.compile("|".join([rf"\b(?:{'|'.join(words)})\b", *(rf"\b{re.escape(p)}" for p in data["phrases"])]), re.I)


_LOOKING_BACK = re.compile(r"estimated\s+(?:future|environmental|fair|useful)|(?:anticipated|estimated|projected)\s+(?:benefits?|costs?)\b|\bplan(?:s|ned)?\b(?=\s+(?:of|assets))|expected\s+(?:rate|return|credit)|pension\s+plan|(?:stock|option|purchase|incentive|savings|benefit)\s+plans?", re.I)


def looks_ahead(text: str) -> bool:
    """True where the words make the numbers plans, forecasts or possibilities."""
    return bool(_ahead().search(_LOOKING_BACK.sub(" ", text)))


def qualifier(before: str) -> str:
    """`about`, `near` (not quite), `over`, `under`, or "" for a number stated plainly."""
    pattern, kinds = _qualifiers()
    match = pattern.search(before[-40:])
    return kinds[" ".join(match.group(1).lower().split())] if match else ""


def heard(number: Number, kind: str) -> Interval:
    """The printed digits' interval, widened or shut by a qualifier.

    Trailing zeros of a whole number do not count as printed digits after `about`, `nearly`, or where there are
    three and more (`$537,000`); `about` allows one unit of the last digit that counts either way.
    """
    half = number.step / 2
    low, high = number.value - half, number.value + half
    if kind in ("about", "near") or number.coarse >= 1000 * number.step:
        coarse = number.coarse / 2
        low, high = number.value - coarse, number.value + coarse
    if kind == "near":
        high = number.value
    if kind == "about":
        low, high = min(low, number.value - number.step), max(high, number.value + number.step)
    return Interval(low, high)


def cues(text: str, numbers: tuple[Number, ...], index: Index, memory: Memory) -> tuple[tuple[Cue, ...], Memory]:
    """Every number of a sentence with its context, and what the next sentence inherits."""
    known = index.calendar
    if not any(_may_tie(number, index) for number in numbers):
        return tuple(_bare(number) for number in numbers), passed(text, index, memory)
    said = tuple(m for m in mentions(text, known) if m.periods and (not m.periods[0].is_instant or _dated(text, m, known)))
    sides = [match.start() for match in _AGAINST.finditer(text)]
    spans = _phrases(text, numbers)
    names = [(m.start(), spell(m.group())) for m in index.names.finditer(text)] if index.names else []
    whole = tokens(text)
    made: list[Cue] = []
    for at, number in enumerate(numbers):
        start, end = spans[at]
        before, after = text[start : number.start], text[number.end : end]
        side = sum(1 for mark in sides if mark < number.start)
        own = _own(nearest_words(before), nearest_words(after)) - index.company
        way = direction(before[-60:]) or direction(after[:30])
        role = _role(number, text[max(start, 0) : number.start], text[number.end : number.end + 60], before)
        periods, firm, fixed = _periods(number, numbers, at, said, sides, side, made, text, known, memory)
        near, settled = _names(number, end, names, memory, index, whole, text)
        own = own or _shared(numbers, at, spans, text) - index.company
        strong = own - _named_words(near)
        if side and made and made[0].side == 0:
            strong |= next((cue.strong for cue in reversed(made) if cue.side == 0 and cue.number.unit == number.unit), frozenset())
        metals = whole & vocabulary().groups[0][0]
        if len(metals) == 1 and number.unit in _METALLIC and not strong & vocabulary().groups[0][0]:
            strong |= metals
        source = -1
        if not _tells(strong, index, number):
            source, words = _carried(made, number, memory)
            strong = strong | words
        ahead = looks_ahead(text[max(0, _clause(text, number.start)) : number.end + 25])
        against = _against(number, said, sides, side, periods, known)
        made.append(
            Cue(number, role, own, strong, whole | memory.heading, before, after, periods, firm, against, near, settled,
                qualifier(text[: number.start]), way, ahead, side, fixed, source, _loosely(text, numbers, at, before),
                heard(number, qualifier(text[: number.start])))
        )  # fmt: skip
    made = _distributed(made, text)
    return tuple(made), _remember(said, sides, names, made, memory, known)


def _may_tie(number: Number, index: Index) -> bool:
    """False for what no figure counts: feet, ages, distances, where no table prints any."""
    return number.kind != QUANTITY or number.unit in index.families


def _bare(number: Number) -> Cue:
    nothing = frozenset[str]()
    return Cue(number, LEVEL, nothing, nothing, nothing, "", "", (), False, None, nothing, False, "", 0, False, 0, heard=heard(number, ""))


def passed(text: str, index: Index, memory: Memory) -> Memory:
    """What a sentence without numbers leaves to the next: the period and the entity it speaks of."""
    known = index.calendar
    said = [m.periods[0] for m in mentions(text, known) if m.periods and not (m.relative or m.weak or m.periods[0].is_instant)]
    said = [period for period in said if known.has(period)]
    if said:
        memory = memory._replace(periods=tuple(said[:1]))
    last = ""
    for match in index.names.finditer(text) if index.names is not None else ():
        last = spell(match.group())
    return memory._replace(names=frozenset((last,))) if last else memory


_ITEMS = re.compile(r"\b(\w+(?:,\s\w+)*),?\sand\s(\w+)\b")


def _distributed(made: list[Cue], text: str) -> list[Cue]:
    """`Silver, gold and zinc increased 17 % …, 11 % … and 16 % …, respectively`: to each number its own noun."""
    close = _RESPECTIVELY.search(text)
    if close is None or any(cue.fixed for cue in made):
        return made
    listed = [cue for cue in made if cue.number.end <= close.start()]
    for match in _ITEMS.finditer(text, 0, listed[0].number.start if listed else 0):
        items = [tokens(word) for word in (*match.group(1).split(", "), match.group(2))]
        share, rest = divmod(len(listed), len(items))
        if rest or not share or share > 3 or any(len(item) != 1 for item in items):
            continue
        every = frozenset[str]().union(*items)
        for at, cue in enumerate(listed):
            mine = items[at // share]
            made[made.index(cue)] = cue._replace(
                own=(cue.own - every) | mine, strong=(cue.strong - every) | mine, around=cue.around - (every - mine), fixed=True
            )
        break
    return made


_METALLIC = frozenset(("oz", "ton", "oz/ton", "M/oz", "M/lb", "tonne", "lb", "g/t"))


def _shared(numbers: tuple[Number, ...], at: int, spans: list[tuple[int, int]], text: str) -> frozenset[str]:
    """The words of a run of numbers (`the 148 % and 184 % improvements in …`), which belong to each of them."""
    first = last = at
    kind = numbers[at].kind
    while first and numbers[first - 1].kind == kind and _BETWEEN.match(text[numbers[first - 1].end : numbers[first].start]):
        first -= 1
    while last + 1 < len(numbers) and numbers[last + 1].kind == kind and _BETWEEN.match(text[numbers[last].end : numbers[last + 1].start]):
        last += 1
    if first == last:
        return frozenset()
    return _own(text[spans[first][0] : numbers[first].start], text[numbers[last].end : spans[last][1]])


_RANGE = re.compile(r"\bbetween\b[^.;]{0,60}$|\brang(?:e|es|ed|ing)\b[^.;]{0,40}$", re.I)
_DASH = re.compile(r"\s*(?:to|-|–)\s*")
_PART_OF = re.compile(r"\b(?:includ(?:es|ed|e)|of\s+which|compris\w+|consist\w+)\b[^,;]*$", re.I)
_UNPAID = re.compile(r"\bpayable\b|\bper\s+annum\b|\bshareholders\s+of\s+record\b", re.I)


def _loosely(text: str, numbers: tuple[Number, ...], at: int, before: str) -> bool:
    """True where the sentence does not plainly state the amount."""
    number = numbers[at]
    for one, two in ((at - 1, at), (at, at + 1)):
        if 0 <= one and two < len(numbers) and numbers[one].kind == numbers[two].kind:
            if _DASH.fullmatch(text[numbers[one].end : numbers[two].start]):
                return True
    return (
        bool(_RANGE.search(text[max(0, number.start - 70) : number.start]))
        or text.rstrip().endswith("?")
        or bool(_PART_OF.search(before))
        or bool(_UNPAID.search(text))
    )


def _dated(text: str, mention: Mention, known: Calendar) -> bool:
    """A date counts as a period where a figure has it, or where the sentence says `as of`."""
    if known.has(mention.periods[0]):
        return True
    return bool(re.search(r"\b(?:as\s+of|at)\s+(?:the\s+)?$", text[: mention.start][-12:], re.I)) or "end" in text[mention.start : mention.end].lower()


def _phrases(text: str, numbers: tuple[Number, ...]) -> list[tuple[int, int]]:
    """For each number the stretch of text that speaks of it: gaps between two numbers are cut in two, where
    a comma, an `and`, an `at` … lets them, and belong to both where nothing does."""
    made: list[tuple[int, int]] = []
    left = 0
    for at, number in enumerate(numbers):
        following = numbers[at + 1].start if at + 1 < len(numbers) else len(text)
        gap = text[number.end : following]
        reach = _reach(gap)
        if at + 1 == len(numbers):
            stop = _STOP.search(gap, reach)
            made.append((left, number.end + (stop.start() if stop else len(gap))))
            break
        first, second = _cut(gap)
        first = max(first, reach)
        second = max(second, reach)
        made.append((left, number.end + first))
        left = number.end + second
    return made


_LESS = re.compile(r"[^,;.]{0,40}?,?\s+(?:before|excluding|exclusive\s+of|net\s+of|prior\s+to)\b[^,;.]*")


def _reach(gap: str) -> int:
    """How far `… million, before accruals and exploration,` goes on naming the measure after its comma."""
    match = _LESS.match(gap)
    return match.end() if match and not re.search(r"\b(?:compar|versus|from)", match.group()) else 0


def _cut(gap: str) -> tuple[int, int]:
    """Where the words of one number end and those of the next begin."""
    stop = _STOP.search(gap)
    commas = [match for match in _COMMA.finditer(gap)]
    if commas:
        last = commas[-1]
        if gap[last.end() :].strip().lower().startswith(("depletion", "plant", "general", "cash equivalents")):
            last = commas[0]
        return (stop.start() if stop and stop.start() < last.start() else last.start()), last.end()
    joints = [match for match in _JOINT.finditer(gap)]
    if joints:
        return (stop.start() if stop and stop.start() < joints[-1].start() else joints[-1].start()), joints[-1].end()
    return len(gap), 0


_PLACE = re.compile(
    r"\b(?:in|near|at)\s+(?:the\s+)?(?:(?:central|northern|southern|eastern|western|northeast|northwest|southeast|southwest)\s+)?"
    r"[A-Z][a-z]+(?:['’]s)?(?:,?\s+[A-Z][a-z]+)*,?"
)


def nearest_words(phrase: str) -> str:
    """The words beside a number without the places where it happened, which do not name it."""
    return _BOTH.sub(" ", _PLACE.sub(" ", phrase))


def _own(before: str, after: str) -> frozenset[str]:
    """The words beside a number: those after it, and those before it back to the last comma that leaves some."""
    made = tokens(after)
    pieces = _PIECES.split(_INCLUDING.sub(" ", before))
    if len(pieces) > 2 and not made and _ASIDE.search(before):
        return tokens(pieces[0])
    if made and not _SUBJECT.search(before):
        return made | tokens(pieces[-1])
    light = vocabulary().light
    for piece in reversed(pieces):
        found = tokens(piece)
        made |= found
        if not found <= light:
            break
    if len(pieces) > 1 and re.search(r"\b(?:and|or)\b", pieces[-1]) and len(pieces[-2].split()) <= 3:
        made |= tokens(pieces[-2])
    return made


def _tells(words: frozenset[str], index: Index, number: Number) -> bool:
    """True where the words name some row of the number's unit (or, for a percentage, of any)."""
    telling = [word for word in words if index.weights.get(word, 0) > 2]
    if number.kind in (PERCENT, POINTS, MULTIPLE, RATIO):
        return bool(telling)
    return any((number.unit, word) in index.by_word for word in telling) or bool(telling and number.bare)


def _carried(made: list[Cue], number: Number, memory: Memory) -> tuple[int, frozenset[str]]:
    """The words of the number that this one is compared with, or that it restates in another unit, and its place."""
    for at in range(len(made) - 1, -1, -1):
        if made[at].number.unit == number.unit:
            return at, made[at].strong
    return (len(made) - 1, made[-1].strong) if made else (-2, memory.strong)


def _role(number: Number, before: str, after: str, phrase: str) -> str:
    if number.kind == MULTIPLE:
        return GROWTH
    if number.kind in (PERCENT, POINTS):
        near = before[-45:]
        if number.kind == PERCENT and _GROWN_TO.match(after):
            return GROWTH
        if _TO.search(near) or (_PART.match(after) and not _CHANGE_BEFORE.search(near)):
            return SHARE
        if _CHANGE_BEFORE.search(near) or _CHANGE_AFTER.match(after):
            return GROWTH if number.kind == PERCENT else CHANGE
        return GROWTH if _DIRECTED.search(near + " | " + after[:28]) else SHARE
    if number.kind in (MONEY, QUANTITY) and not _TO.search(before):
        if _CHANGE_BEFORE.search(before[-60:]) or _CHANGE_AFTER.match(after):
            return CHANGE
    return LEVEL


def _clause(text: str, at: int) -> int:
    """Where the clause of a position begins: after the last `;`, quotation or `, and … had/was`."""
    return max(text.rfind(mark, 0, at) for mark in ("; ", '," ', ".  ")) + 1


def _names(number: Number, end: int, names: list[tuple[int, str]], memory: Memory, index: Index, whole: frozenset[str], text: str) -> tuple[frozenset[str], bool]:
    """The entity a number is about: named last before it, else first after it, else carried over."""
    before = [name for at, name in names if at < number.start]
    mines = [name for name in before if name not in index.segments]
    if mines:
        return frozenset(mines[-1:]), True
    if before:
        return frozenset(before[-1:]), True
    after = [name for at, name in names if number.start <= at < end]
    if after:
        return frozenset(after[:1]), True
    whose = memory.names if not (index.company & whole or _WHOLE.search(text)) else frozenset[str]()
    return whose, bool(whose and _SUCH.search(text))


def _named_words(names: frozenset[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in tokens(name))


def _side(at: int, sides: list[int]) -> int:
    return sum(1 for mark in sides if mark <= at)


def _periods(
    number: Number,
    numbers: tuple[Number, ...],
    at: int,
    said: tuple[Mention, ...],
    sides: list[int],
    side: int,
    made: list[Cue],
    text: str,
    known: Calendar,
    memory: Memory,
) -> tuple[tuple[Period, ...], bool, bool]:
    """The plausible periods of a number, the likeliest first; whether the sentence names it; whether by a list."""
    listed = _listed(numbers, at, said, sides, side, text, known)
    if listed:
        return listed, True, True
    here = [m for m in said if _side(m.start, sides) == side]
    base = next((cue.periods[0] for cue in made if cue.side == 0 and cue.periods), None) or _first(said, sides, 0, known)
    previous = numbers[at - 1].end if at else 0
    following = numbers[at + 1].start if at + 1 < len(numbers) else len(text)
    after = [m for m in here if number.end <= m.start < following]
    before = [m for m in here if previous <= m.end <= number.start]
    earlier = [m for m in here if m.end < previous]
    later = [m for m in here if m.start >= following and _reaches(m, numbers[at + 1 :])]
    order = after[:1] + before[-1:] + earlier[-1:] + (later[:1] if not (after or before or earlier) else [])
    if before and after and re.search(r",|;|\b(?:and|while|but)\b", text[number.end : after[0].start]):
        order = before[-1:] + after[:1] + earlier[-1:]
    found: list[Period] = []
    for mention in order:
        if len(mention.periods) > 1 and not mention.relative:
            found += mention.periods
        else:
            found += settle(mention, base if side else (base or (memory.periods[0] if memory.periods else None)), known)
    if not found and here:
        far = [m for m in here if m.start >= following][:1]
        loose = [p for m in far for p in settle(m, base, known)]
        if loose and side:
            return _unique([*loose, *memory.periods]), False, False
        if loose:
            return _unique([*memory.periods, *known.default(), *loose]), bool(memory.periods), False
    if found:
        whole_year = known.ytd is not None and known.ytd.months == 12
        strict = not order[0].weak or (known.has(found[0]) and (not order[0].relative or whole_year))
        return _unique(found), strict, False
    if side and base is not None:
        return _unique([known.back(base, 1)]), True, False
    opposite = _first(said, sides, 1, known)
    if not side and opposite is not None:
        recent = known.find(opposite.months, known.end)
        return _unique([recent, *memory.periods, *known.default()]), True, False
    return _unique([*memory.periods, *known.default()]), bool(memory.periods) or known.ytd is None, False


def _reaches(mention: Mention, between: tuple[Number, ...]) -> bool:
    """False where a change stands between a number and a period named later: the period is the change's."""
    return not any(n.kind in (PERCENT, MULTIPLE) for n in between if n.start < mention.start)


def _first(said: tuple[Mention, ...], sides: list[int], side: int, known: Calendar) -> Period | None:
    return next((m.periods[0] for m in said if _side(m.start, sides) == side and m.periods and not m.relative), None)


def _unique(periods: list[Period]) -> tuple[Period, ...]:
    return tuple(dict.fromkeys(periods))


_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
_BETWEEN = re.compile(r"^[\s,]*(?:per\s+\w+|ounces?|tons?|shares|of\s+\w+)?[\s,]*(?:and|or)?[\s,]*(?:approximately|about)?\s*$", re.I)


def series(numbers: tuple[Number, ...], at: int, text: str) -> tuple[int, int] | None:
    """The run of numbers that a `respectively` right after it (or after its fellows) orders: (first, last)."""
    first = last = at
    while first and _BETWEEN.match(_plain(text[numbers[first - 1].end : numbers[first].start])):
        first -= 1
    while last + 1 < len(numbers) and _BETWEEN.match(_plain(text[numbers[last].end : numbers[last + 1].start])):
        last += 1
    if first == last:
        return None
    tail = text[numbers[last].end : numbers[last].end + 160]
    found = _RESPECTIVELY.search(tail)
    following = numbers[last + 1].start - numbers[last].end if last + 1 < len(numbers) else len(tail)
    if found and found.start() < following:
        return first, last
    return (first, last) if last == first + 1 and text[numbers[first].end : numbers[last].start] == " and " else None


def _plain(gap: str) -> str:
    return _RESPECTIVELY.sub(" ", gap)


def _listed(
    numbers: tuple[Number, ...], at: int, said: tuple[Mention, ...], sides: list[int], side: int, text: str, known: Calendar
) -> tuple[Period, ...] | None:
    """The period that `respectively` gives a number, where as many periods as numbers are listed on its side of
    the comparison (of two lengths and two years, either may run first); `during the comparable periods in 2002` repeats the list of the other side, a year before."""
    run = series(numbers, at, text)
    if run is None:
        return None
    first, last = run
    count = last - first + 1
    here = tuple(m for m in said if _side(m.start, sides) == side)
    found = _list_of(here, count, numbers[first].start, numbers[last].end, text)
    if found is None and side:
        other = _list_of(tuple(m for m in said if _side(m.start, sides) == 0), count, numbers[first].start, numbers[last].end, text)
        if other is not None:
            again = next((m for m in here if m.relative), None)
            found = tuple(settle(again, p, known)[0] if again is not None else known.back(p, 1) for p in other)
    if found is None:
        return None
    place = at - first
    if count == 4:
        return _unique([found[place], found[(0, 2, 1, 3)[place]]])
    return (found[place],)


def _list_of(said: tuple[Mention, ...], count: int, start: int, end: int, text: str) -> tuple[Period, ...] | None:
    """A mention that names `count` periods, the nearest first, or as many adjoining mentions."""
    for mention in sorted(said, key=lambda m: _distance(m, start, end)):
        if len(mention.periods) == count:
            return mention.periods
    groups = [said[first : first + count] for first in range(len(said) - count + 1)]
    groups.sort(key=lambda group: _distance(group[0], start, end))
    for group in groups:
        flat = tuple(m.periods[0] for m in group)
        if _adjoining(group, text) and len(set(flat)) == count:
            return flat
    return None


def _distance(mention: Mention, start: int, end: int) -> int:
    return mention.start - end if mention.start >= end else start - mention.end + 1


def _adjoining(group: tuple[Mention, ...], text: str) -> bool:
    return all(
        re.fullmatch(r"[\s,]*(?:and|or)?\s*(?:for|in|during)?\s*(?:the\s+)?", text[a.end : b.start], re.I)
        for a, b in zip(group, group[1:], strict=False)
    )


def _against(
    number: Number, said: tuple[Mention, ...], sides: list[int], side: int, periods: tuple[Period, ...], known: Calendar
) -> Period | None:
    """What a change is measured from: the period named after `compared with`, else a year before."""
    if not periods:
        return None
    base = periods[0]
    for mention in said:
        if _side(mention.start, sides) > side:
            found = settle(mention, base, known)
            if found and found[0] != base:
                return found[0]
    for mention in said:
        if mention.relative and not mention.weak:
            found = settle(mention, base, known)
            if found and found[0] != base:
                return found[0]
    return known.back(base, 1)


def _remember(
    said: tuple[Mention, ...], sides: list[int], names: list[tuple[int, str]], made: list[Cue], memory: Memory, known: Calendar
) -> Memory:
    said_here = [(m, m.periods[0]) for m in said if not m.relative and known.has(m.periods[0]) and not m.weak]
    periods = tuple(p if _side(m.start, sides) == 0 else known.find(p.months, known.end) for m, p in said_here)[:1]
    strong = made[-1].strong if made else memory.strong
    last = frozenset(name for _, name in names[-1:]) if names else memory.names
    return Memory(memory.heading, last, periods or memory.periods, strong)
