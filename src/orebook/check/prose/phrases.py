"""Which words of a sentence speak of which number: gaps between numbers are cut where a reader would cut them."""

from __future__ import annotations

import re

from orebook.check.prose.calendar import MONTH_STEMS
from orebook.check.prose.hints import holds, words_or
from orebook.check.prose.numbers import Number
from orebook.check.prose.words import tokens, vocabulary

# The second word of measures that are called by two.
_SECONDS = ("depletion", "amortization", "administrative", "development", "equipment", "equivalents", "refining")
_WHICH = re.compile(
    r"(?:which|that)\s+(?:rose|fell|increased|decreased|declined|improved|dropped|grew|averaged|were|was)\b"
)
_COMMA = re.compile(
    r",\s|:\s|\(\s|\((?=[a-z]+\s[^()]*$)(?!(?:or|an?|about|approximately|nearly|almost|over|some|up|down|the)\s)|\)\s?,?| [–—-]{1,2}\s|;\s*"
)
_JOINT = words_or(
    (
        "and", "or", "while", "at", "versus", "vs", r"compar\w+", "after", "including", "excluding",
        r"on(?=\s+(?:net\s+|total\s+)?(?:revenues?|sales))", r"with(?=\s+(?:an?\s)?[a-z]+\s+of)",
        r"as(?=\s+(?:\w+\s+){1,4}(?:averaged|rose|fell|increased|decreased|declined|improved)\b)",
    )
)  # fmt: skip
_STOP = words_or(
    (
        r"and\s+(?:an?|the)", "compar(?:ed|ing|es)", "versus", "vs", "primarily", "mainly", "principally", "largely",
        r"due\s+to", "because", r"as\s+a\s+result", r"reflect\w*", "result(?:ed|ing)", r"attribut(?!able\s+(?!to\b))\w+", "while", "when",
        "although", "which", "that", "are", "is", "was", "were", "has", "have", "had", "will", "would", "as", "despite",
        "helped", "driven", "partially", "offset", "even",
    ),
    ";", ":", r"\(", r"\)", r",(?!\s*(?:cash|depletion|plants?|general|depreciation|net)\b)", r"\.\s",
)  # fmt: skip
_LESS = re.compile(r"[^,;.]{0,40}?,?\s+(?:before|excluding|exclusive\s+of|net\s+of|prior\s+to)\b[^,;.]*")
_LESSENED = ("before", "exclu", "net", "prior")
_PLACE = re.compile(
    r"(?:i(?<!\wi)n|n(?<!\wn)ear|a(?<!\wa)t)\s+(?:the\s+)?(?:(?:central|northern|southern|eastern|western|northeast|northwest|southeast|southwest)\s+)?"
    r"[A-Z][a-z]+\b(?:['’]s)?(?:,?\s+[A-Z][a-z]+\b)*+(?!\s+(?:joint|mine|venture|project|property|unit|operation)),?"
)
_BOTH = re.compile(
    r"\b(?:both\s+)?(?:the\s+)?\w+\s+and\s+\w+\s+(?:segments|operations|divisions|businesses)\b", re.IGNORECASE
)
_PIECES = words_or(
    (
        "includ(?:es|ed)", "that", "which", "with", "today", "reported", "recorded", "announced", "posted", "realized",
        "showed", "had", "incurred", "recognized", "reflects?", "reflected", "reflecting",
    ),
    r",\s", r";\s", r":\s", r" --\s",
)  # fmt: skip
_INCLUDING = re.compile(r"\bincluding\b(?!\s+the\s+(?:effects?|accruals?))[^,;]*(?:,|$)", re.IGNORECASE)
# What a measure is told without (`Rental revenue, net of commission expense, was`) does not name it.
_LESS_OF = re.compile(r"\s*(?:(?:net|exclusive)\s+of|before|excluding|less)\b")
# What the subject is made of, or leaves out, between it and its verb: `Net sales (which exclude leased departments) rose`.
_INSERTED = re.compile(
    r"\((?:which|that|includ|consist)[^()]*\)|,\s+(?:consisting|comprised|composed)\b.*,",
    re.IGNORECASE,
)
_INSERTING = (
    "(which",
    "(that",
    "(includ",
    "(exclud",
    "(before",
    "(after",
    "(consist",
    ", consist",
    ", compris",
    ", compos",
)
_DAY = re.compile(
    rf"(?:\b(?:as\s+of|at|on|ended|ending)\s+)?(?:\b(?:{MONTH_STEMS})[a-z]*\.?\s+)?\b\d{{1,2}},\s+(?:19|20)\d\d\b,?",
    re.IGNORECASE,
)
_EARNS = ("earned ", "lost ", "about ", "approximately ")
_EARNED = re.compile(r"\b(?:earned|lost)\s(?:about\s|approximately\s)?$")
_AS_DEFINED = re.compile(
    r",\s+as\s+(?:(?:defined|measured|calculated|determined|reported|described)\b[^,]*,(?=\s+(?:of|was|were|is|at|totaled)\b)"
    r"|(?:defined|calculated|determined|described)\b[^,]*,(?=\s+(?:rose|fell|grew|increased|decreased|declined|improved)\b))"
)
_ASIDE = re.compile(r",\s+(?:was|were|is|totaled|totalled|amounted\s+to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_VERBS = frozenset(
    (
        "is", "was", "were", "are", "be", "been", "totaled", "totalled", "totaling", "reached", "of", "to", "at", "equaled", "equals",
        "by", "rose", "fell", "increased", "decreased", "improved", "declined", "grew", "dropped", "averaged",
    )
)  # fmt: skip
_SUBJECT = re.compile(rf"\b(?:{'|'.join(sorted(_VERBS))})\s+(?:\S+\s+){{0,3}}$")
UP_TO = re.compile(
    r"\bto\s+(?:(?:an?|the|record|new|low|high|of|about|approximately|nearly|over|more|than|almost|just|net)\s+)*$",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"^[\s,]*(?:per\s+(?:(?:fully|diluted|basic|common)\s+){0,3}\w+|ounces?|ton(?:ne)?s?|pounds|shares|of\s+\w+)?[\s,)]*(?:and|or)?[\s,]*(?:approximately|about)?\s*$",
    re.IGNORECASE,
)


def stretches(text: str, numbers: tuple[Number, ...]) -> list[tuple[int, int]]:
    """For each number the stretch of text that speaks of it: gaps between two numbers are cut in two, where
    a comma, an `and`, an `at` … lets them, and belong to both where nothing does."""
    made: list[tuple[int, int]] = []
    left = 0
    low = text.lower()
    low = low if len(low) == len(text) else text
    for at, number in enumerate(numbers):
        following = numbers[at + 1].start if at + 1 < len(numbers) else len(text)
        gap = low[number.end : following]
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


def _reach(gap: str) -> int:
    """How far `… million, before accruals and exploration,` goes on naming the measure after its comma."""
    match = _LESS.match(gap) if holds(gap, _LESSENED) else None
    return match.end() if match and not re.search(r"\b(?:compar|versus|from)", match.group()) else 0


def _cut(gap: str) -> tuple[int, int]:
    """Where the words of one number end and those of the next begin."""
    stop = _STOP.search(gap)
    # `gold: 23,238 ounces`: what a colon right before a number ends names it.
    commas = [match for match in _COMMA.finditer(gap) if match.end() < len(gap) or match.group() != ": "]
    if len(commas) > 1 and ", as " in gap and _AS_DEFINED.search(gap):
        commas = [match for match in commas if match.end() < gap.index(", as ")]
    if len(commas) > 1 and _WHICH.match(gap, commas[-1].end()):
        commas.pop()  # `…, due to higher cash costs, which rose to $244`: what rose stands before
    if commas:
        last = commas[-1]
        if gap[last.end() :].strip().startswith(("depletion", "plant", "general", "cash equivalents")):
            last = commas[0]
        return (stop.start() if stop and stop.start() < last.start() else last.start()), last.end()
    joints = list(_JOINT.finditer(gap))
    if len(joints) > 1 and gap[joints[-1].end() :].strip().startswith(_SECONDS):
        joints.pop()  # `$58.8 million and depreciation and depletion $17.2 million`
    if joints:
        return (stop.start() if stop and stop.start() < joints[-1].start() else joints[-1].start()), joints[-1].end()
    return len(gap), 0


def nearest_words(phrase: str) -> str:
    """The words beside a number without the places where it happened, which do not name it."""
    low = phrase.lower()
    if low != phrase:
        phrase = _PLACE.sub(" ", phrase)
    return _BOTH.sub(" ", phrase) if " and " in low else phrase


def own_words(before: str, after: str) -> frozenset[str]:
    """The words beside a number: those after it, and those before it back to the last comma that leaves some."""
    made = tokens(after)
    if ("(" in before or ", co" in before) and holds(before, _INSERTING):
        before = _INSERTED.sub(" ", before)
    if ", 19" in before or ", 20" in before:
        before = _DAY.sub(" ", before)
    if ", as " in before:
        before = _AS_DEFINED.sub(" ", before)
    pieces = _PIECES.split(_INCLUDING.sub(" ", before) if "ncluding" in before else before)
    if len(pieces) > 2 and not made and _ASIDE.search(before):
        return tokens(pieces[0])
    if made and not _is_subject(before):
        return made | tokens(pieces[-1])
    if not made and before.endswith(_EARNS) and _EARNED.search(before):
        return tokens("net income")  # `Aurizon earned $381,000`
    light = vocabulary().light
    for piece in reversed(pieces):
        found = tokens(piece)
        made |= found
        if not found <= light and not _LESS_OF.match(piece):
            break
    if len(pieces) > 1 and re.search(r"\b(?:and|or)\b", pieces[-1]) and len(pieces[-2].split()) <= 3:
        made |= tokens(pieces[-2])
    return made


def _is_subject(before: str) -> bool:
    """True where what stands before a number is what it is said of: `sales of`, `income rose a full`."""
    if not before[-1:].isspace():
        return False
    last = before.lower().split()[-4:]
    if not _VERBS.isdisjoint(last):
        return True
    return not all(map(str.isalpha, last)) and _SUBJECT.search(f"{' '.join(last)} ") is not None


_INCLUDED = re.compile(
    r"([^,;.]{3,80}),\s+(?:which\s+(?:includes?|included|excludes?|excluded)|including|excluding|before|after|net\s+of)\s[^,;.]{2,80}$",
    re.IGNORECASE,
)
_RESUMED = re.compile(
    r"[^,;.]{0,40},\s+(?:was|were|is|are|totaled|totalled|averaged|(?:amounted|came|rose|fell|increased|decreased|declined)\s+to)\s[^,;.]*"
)


def resumed(numbers: tuple[Number, ...], at: int, text: str) -> str:
    """What a number is said of that another one interrupts: `total costs, which include depreciation of $52, were $290`."""
    if not at or not _RESUMED.fullmatch(text, numbers[at - 1].end, numbers[at].start):
        return ""
    since = numbers[at - 2].end if at > 1 else 0
    found = _INCLUDED.search(text, since, numbers[at - 1].start)
    return found.group(1) if found is not None else ""


def shared_words(numbers: tuple[Number, ...], at: int, spans: list[tuple[int, int]], text: str) -> frozenset[str]:
    """The words of a run of numbers (`the 148 % and 184 % improvements in …`), which belong to each of them."""
    first = last = at
    unit = numbers[at].unit
    while (
        first and numbers[first - 1].unit == unit and BETWEEN.match(text[numbers[first - 1].end : numbers[first].start])
    ):
        first -= 1
    while (
        last + 1 < len(numbers)
        and numbers[last + 1].unit == unit
        and BETWEEN.match(text[numbers[last].end : numbers[last + 1].start])
    ):
        last += 1
    if first == last:
        return frozenset()
    return own_words(text[spans[first][0] : numbers[first].start], text[numbers[last].end : spans[last][1]])
