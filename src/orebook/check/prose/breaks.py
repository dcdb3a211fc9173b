"""Contradictions: a number that disagrees with the only figure it can mean.

Said only where period, entity and measure are beyond doubt, or where the number is that figure but for a
slip of the pen; never where another reading fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from orebook.check.prose.amounts import digits, holds, magnitude, signs, slip
from orebook.check.prose.context import Cue
from orebook.check.prose.hints import parts
from orebook.check.prose.index import Index, Line, size
from orebook.check.prose.levels import Match, matches
from orebook.check.prose.meaning import MONTHS_SAID, PER_SHARE, at, entity, ranked, score, unheard
from orebook.check.prose.numbers import QUANTITY
from orebook.check.prose.words import tokens, vocabulary
from orebook.lexicon.levels import MINE, level_of
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced

_UNSCALED = "scale.exact"
LEAST_BESIDE, LEAST_RATED = 45, 55
STEM = 4  # letters that two forms of one word share


class Spoken(NamedTuple):
    """The text of a sentence, and the heading that it stands under."""

    text: str
    heading: str


def contradicted(cue: Cue, index: Index, spoken: Spoken, *, sure: bool, agreed: bool = False) -> Match | None:
    """The figure that a number of a sentence contradicts: period, entity and measure all named, and no other reading fits.

    In a quarterly or annual report the text speaks of subsidiaries, parts and acquisitions under headings that no
    sentence repeats: there, only a slip of the pen in a long number counts. So it does with `sure` False, where the
    words are borrowed from a number that is itself in doubt. `agreed` is True where another number of the sentence
    ties to a figure of the same period: no other is then looked for.
    """
    if (
        cue.number.bare
        or cue.qualifier == "under"
        or cue.loose
        or (cue.number.kind == QUANTITY and cue.number.unit == "pure")
    ):
        return None
    floor = 45 if digits(cue) < 5 else 35
    best = [(good, line) for good, line in ranked(cue, index, floor) if at(line, cue.periods[0], index) is not None]
    if not best:
        return None
    top = best[0][0]
    slips = _slips(cue, best, sure, index)
    plain = _plain(cue, best[0], index, spoken.text) if sure and not index.report else []
    if not (slips or plain) or elsewhere(cue, index, max(40, top - 30), agreed=agreed):
        return None
    good, line = (slips or plain)[0]
    if _another_price(spoken.text, line, best, index) or is_of_another(cue, line, spoken, index):
        return None
    return _match(cue, good, line, index)


def is_of_another(cue: Cue, line: Line, spoken: Spoken, index: Index) -> bool:
    """True where a sentence speaks of another metal than a row does, of a part of the company that neither the row nor its
    block is (`silver operations`, `for the segment`, under the heading of one), or of another basis than it."""
    known = vocabulary()
    metals = known.groups[0][0]
    mine, its = cue.around & metals, line.words & metals
    if mine and its and mine.isdisjoint(its):
        return True
    own = _own_words(line)
    if not cue.around & known.basis <= own or (own.isdisjoint(_WITHOUT) and _leaves_out(spoken.text, own)):
        return True
    if line.names:
        return False
    if _is_elsewhere(spoken.text[: cue.number.start], own | index.printed(line) | index.company | index.title):
        return True
    return line.family == "M" and _is_part(spoken, own | index.company, index)


def _is_elsewhere(text: str, known: frozenset[str]) -> bool:
    """True where a sentence has told, before a number, of a place or a mine that no row is called by: `gold production at
    Canadian Malartic`, `the Hycroft mine produced`."""
    found = [*_PLACED.findall(text), *_MINE.findall(text)]
    known = known | _ITSELF | MONTHS_SAID
    return any(
        not known.issuperset(word.lower().removesuffix("'s").removesuffix("’s") for word in each.split())
        for each in found
    )


def _own_words(line: Line) -> frozenset[str]:
    """What a row, its headings and its block say; the title of a table is of other rows too."""
    row = line.row
    return line.label | tokens(" ; ".join((*row.heading, row.entity or "")))


_PLACED = re.compile(r"\b(?:[Aa]t|[Ff]rom)\s(?:the\s|our\s)?([A-Z][a-z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2})")
_MINE = re.compile(r"\b([A-Z][a-z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2})\s(?:[Mm]ine|[Cc]omplex|[Pp]roperty)\b")
_PART = re.compile(r"(?<!and )\b([a-z]+)\s+(?:operations|divisions?|segments?|business|businesses)\b")
# `Halvard generated revenue of …`: whose figure it is.
_SUBJECT = re.compile(
    r"(?:In\s[^,]{4,40},\s)?(?:[Tt]he\s)?([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3})\s(?:mine\s|unit\s|operations?\s)?"
    r"(?:generated|produced|contributed|delivered|earned|achieved|yielded|provided|mined|milled|posted)\b"
)
_ITSELF = frozenset(("company", "group", "corporation", "management", "total", "we", "it", "this"))
_THIS_PART = re.compile(r"\b(?:the|this|that)\s+(?:segment|division)\b")
_LEFT_OUT = re.compile(
    r"\b(?:exclud(?:ing|es|ed?)|without|net\s+of(?!\s+(?:\w+\s+)?tax)|after\s+deduct\w+)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?<!year )(?<!quarter )(?<!month )(?<!period )\bbefore\b(?!\s+(?:the\s+)?(?:year|quarter|end|19|20))",
    re.IGNORECASE,
)
_RESULTS = frozenset(("income", "cash", "opcash"))
_WITHOUT = frozenset(("before", "excluding", "without", "adjusted", "nongaap"))


def _leaves_out(text: str, own: frozenset[str]) -> bool:
    """True where a sentence tells a measure without something: `excluding these charges`, `net of capital expenditures`, of
    income or cash `before` something."""
    return bool(_LEFT_OUT.search(text)) or (not own.isdisjoint(_RESULTS) and bool(_BEFORE.search(text)))


def _is_part(spoken: Spoken, own: frozenset[str], index: Index) -> bool:
    """True where a sentence, or the heading that it stands under, names a part of the company that has a row of its own;
    `own` are the words of the row in question."""
    low = spoken.text.lower()
    if _THIS_PART.search(low):
        return True
    subject = _SUBJECT.match(spoken.text)
    if subject is not None and not {word.lower() for word in subject.group(1).split()} <= own | index.title | _ITSELF:
        return True
    heading = tokens(spoken.heading)
    if not heading <= own and any(line.label == heading for line in index.naming("M", heading)):
        return True
    plain = vocabulary().light | vocabulary().narrowing | own
    return any(tokens(match.group(1)) - plain for match in _PART.finditer(low))


def _another_price(text: str, line: Line, rows: Sequence[tuple[int, Line]], index: Index) -> bool:
    """True where a row is a price that the company was paid, or one of the market, the sentence does not say which, and
    no row prints the other: then it may mean that one."""
    if "price" not in line.words:
        return False
    kinds = vocabulary().prices
    mine = next((kind for kind in kinds if not kind.isdisjoint(index.printed(line))), None)
    if mine is None or not mine.isdisjoint(parts(text)):
        return False
    others = [kind for kind in kinds if kind is not mine]
    return all(kind.isdisjoint(index.printed(row)) for kind in others for _, row in rows)


def corroborated(cue: Cue, beside: Sequence[Evidence], index: Index, spoken: Spoken) -> Match | None:
    """The figure that a number contradicts where the numbers beside it leave no other: the other side of the comparison
    ties to the same row in another period, or a growth told in the sentence is that of this very figure."""
    if index.report or cue.number.bare or cue.qualifier == "under" or cue.loose or not cue.firm:
        return None
    for each in beside:
        line = each.line
        fact = at(line, cue.periods[0], index)
        if fact is None or line.family != cue.number.unit or not entity(cue, line, index):
            continue
        grown = fact in each.others
        if is_of_another(cue, line, spoken, index) or (grown and not _is_all_said(cue, line, index)):
            continue
        if (line.label & vocabulary().narrowing) - cue.strong - cue.around:
            continue  # `reported earnings` are not the adjusted ones
        if fact == each.fact or not (grown or each.compared) or not cue.strong - line.words <= each.words:
            continue
        if fact.period is None or fact.period.months != cue.periods[0].months:
            continue
        good = score(cue, line, index)
        if good >= LEAST_BESIDE and (grown or not any(_says(cue, other) for other in line.facts.values())):
            found = _match(cue, good, line, index)
            if found is not None:
                return found
    return None


def beside_rate(cue: Cue, rate: Cue, line: Line, index: Index) -> Match | None:
    """`1.7 million ounces at a cost of $2.32 per ounce`: the rate beside it ties to `line`, and tells which mine's and which
    metal's the quantity is; every row of that quantity that agrees in words prints another one."""
    if index.report or cue.loose or cue.qualifier == "under" or not cue.firm or rate.periods[:1] != cue.periods[:1]:
        return None
    metals = vocabulary().groups[0][0]
    made: Match | None = None
    for good, other in ranked(cue, index, LEAST_RATED):
        fact = at(other, cue.periods[0], index)
        if fact is None or fact.value is None or other.words & metals != line.words & metals:
            continue
        if _says(cue, fact) or (other.names and line.names and other.names != line.names):
            return None
        if other.row.entity != line.row.entity and not other.names & (line.names | cue.names):
            continue  # a block that names nobody: `other`, a segment
        made = made or Match(fact, other, cue.periods[0], good, ())
    return None if made is None or unheard(cue, made.line, index) or elsewhere(cue, index, LEAST_RATED) else made


GENERAL = frozenset(("cost", "price", "produce", "interest"))
"""Words that alone do not tell which of many rows is meant."""


class Evidence(NamedTuple):
    """What a number beside says: the row that it ties to, its figure there, whether it stands on the other side of the
    comparison, the words that say what it is, and the figures that a growth sets against each other."""

    line: Line
    words: frozenset[str]
    fact: Fact | None
    compared: bool
    others: tuple[Fact, ...] = ()


def _match(cue: Cue, good: int, line: Line, index: Index) -> Match | None:
    fact = at(line, cue.periods[0], index)
    if fact is None or fact.value is None or _says(cue, fact) or _is_unscaled(cue, fact):
        return None
    return Match(fact, line, cue.periods[0], good, ())


def _is_unscaled(cue: Cue, fact: Fact) -> bool:
    """Whether a number is a figure of money a thousand or a million times over, and nothing states the scale of that: then
    the table does not say all that it prints."""
    if cue.number.unit != "M" or _UNSCALED not in fact.trace:
        return False
    return any(magnitude(fact).scaled(Fraction(times)).overlaps(cue.heard) for times in (1000, 1_000_000))


def _says(cue: Cue, fact: Fact) -> bool:
    return holds(cue, magnitude(fact)) and signs(cue, fact)


def _allows(cue: Cue, line: Line, index: Index) -> bool:
    fact = at(line, cue.periods[0], index)
    return fact is not None and holds(cue, magnitude(fact))


def _slips(cue: Cue, best: list[tuple[int, Line]], sure: bool, index: Index) -> list[tuple[int, Line]]:
    """The rows near the top whose figure the number is but for a slip of the pen."""
    top = best[0][0]
    if digits(cue) < (6 if index.report else 3 if sure else 4) or (index.report and top < 85):
        return []
    return [
        (good, line)
        for good, line in best
        if good >= top - 20
        and (_timely(cue, line) or good >= 85)
        and _slipped(cue, good, line, index)
        and not _allows(cue, line, index)
    ]


def _plain(cue: Cue, best: tuple[int, Line], index: Index, text: str) -> list[tuple[int, Line]]:
    """The row that the words name best, where they leave no doubt."""
    good, line = best
    return [best] if good >= 75 and _timely(cue, line) and _plainly(cue, line, index, text) else []


def _plainly(cue: Cue, line: Line, index: Index, text: str) -> bool:
    """True where words and size leave no doubt: every word is the row's, none of the row's that narrows it is missing,
    more than a general word agrees, and the two are of one order of magnitude (a rate is known by its unit)."""
    fact = at(line, cue.periods[0], index)
    if fact is None or unheard(cue, line, index):
        return False
    general = cue.strong & line.words <= GENERAL
    if (general and not _is_named(cue, line)) or (not line.names and level_of(line.row.entity).level == MINE):
        return False
    if not (_is_all_said(cue, line, index) and _in_its_words(cue, line, text)):
        return False
    if not line.label <= cue.strong and "total" in cue.before.lower() and "total" not in line.row.label.lower():
        return False  # `total debt` is not the long-term debt
    if line.family.startswith("M/") and cue.number.unit == line.family:
        return True
    size_said, size_printed = cue.number.value, abs(size(fact))
    return size_said <= 10 * size_printed and size_printed <= 10 * size_said


def _is_named(cue: Cue, line: Line) -> bool:
    """Whether the sentence itself names the entity that a row is about."""
    return cue.settled and not cue.names.isdisjoint(line.names)


def _is_all_said(cue: Cue, line: Line, index: Index) -> bool:
    """Whether the sentence says all that a row is called. Of an entity that it names, what narrows a measure is enough."""
    known = vocabulary()
    label = line.label - PER_SHARE if line.family == "M/share" else line.label
    left = label - known.filler - cue.strong - index.spoken(line.names)
    return not (left if label & known.narrowing else frozenset[str]() if _is_named(cue, line) else left - known.light)


def _in_its_words(cue: Cue, line: Line, text: str) -> bool:
    """Whether the row itself, and not only the title of its table, says what narrows the measure, and says something in the
    words of the sentence: sales and revenue may be two rows, of which a report prints one."""
    known = vocabulary()
    if not cue.strong & known.narrowing <= _own_words(line):
        return False
    spoken = {word[:STEM] for word in parts(text)}
    shared = [word for word in parts(line.row.label) if tokens(word) & cue.strong - known.light]
    return not shared or any(word[:STEM] in spoken for word in shared)


def elsewhere(cue: Cue, index: Index, floor: int, *, agreed: bool = False) -> bool:
    """True where another period or entity prints the number under words that agree: perhaps that one is meant."""
    periods = cue.periods if cue.alone or agreed else tuple(index.calendar.known)
    anywhere = replaced(cue, periods=periods, names=frozenset(), qualifier="")
    named = replaced(cue, periods=periods, qualifier="")
    return any(True for each in (anywhere, named) for _ in matches(each, index, floor))


def _slipped(cue: Cue, good: int, line: Line, index: Index) -> bool:
    """A slip of the pen in a number of three digits or more; the more digits agree, the less the words must."""
    if not _slip(cue, line, index):
        return False
    many = digits(cue) > 3
    return good >= (35 if digits(cue) > 4 else 45 if many else 60) and (
        many or good >= 85 or not unheard(cue, line, index)
    )


def _slip(cue: Cue, line: Line, index: Index) -> bool:
    fact = at(line, cue.periods[0], index)
    return fact is not None and slip(cue, size(fact))


def _timely(cue: Cue, line: Line) -> bool:
    """True where the period is beyond doubt: named in the sentence, or a balance that is simply today's."""
    return cue.firm or all(period.is_instant for period in line.facts)
