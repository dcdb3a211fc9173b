"""The words of a sentence, looked at once: what every rule asks first is whether the words are there that it cannot do
without, and where they stand.

A word may be of several classes; a class is a bit. `Words.kinds` are the bits of all words of a text together, so that
most rules are answered by one test, and `Words.places` are the few places where one of a class stands. Words are runs
of small letters and digits: `year-over-year` has three of them.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate

from orebook.check.prose.hints import parted
from orebook.lexicon import load

(
    PERIOD,
    AGAINST,
    AHEAD,
    PHRASED,
    SPAN,
    COUNT,
    MULTIPLIED,
    PORTION,
    OF,
    MOVED,
    WHOLE,
    LINK,
    CHANGED,
    PARTLY,
    RANGED,
    LOOSE,
) = (1 << at for at in range(16))

COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
"""The numbers that are spelt out."""
COMPARED = ("higher", "lower")
"""What says so of something that `was` higher or lower."""

_STEMS = ("increas", "decreas", "improv", "declin", "reduc", "ris", "fall", "drop", "grow")
_CLASSES = {
    # Without one of these no phrase names a period, but for years and the short forms of quarters, which are added.
    PERIOD: "year years yearly quarter quarters quarterly month months monthly week weeks weekly half date period"
    " periods ytd end march june september december fy q1 q2 q3 q4 1q 2q 3q 4q h1 h2 1h 2h 6m 9m",
    AGAINST: "after compare compared compares comparing comparable comparison comparisons versus vs against than from over"
    " even consistent line similar above below exceed exceeds exceeded exceeding",
    SPAN: "quarter quarters quarterly month months monthly",
    COUNT: " ".join(COUNTS),
    MULTIPLIED: " ".join(f"{stem}{end}" for stem in ("doubl", "tripl", "quadrupl") for end in ("e", "ed", "es", "ing")),
    PORTION: "half third quarter",
    OF: "ounce ton pound percent cent",
    MOVED: "increased rose grew decreased declined fell dropped higher lower",
    WHOLE: "company companywide consolidated segments divisions businesses",
    LINK: "www http https",
    CHANGED: " ".join(f"{stem}{end}" for stem in _STEMS for end in ("", "ed", "ing", "es", "s", "e"))
    + " improvement improvements reduction reductions growth change changes exceed exceeds exceeded exceeding"
    " dropped rose fell grew up down higher lower better worse more less fewer above below",
    PARTLY: "include includes included which comprise comprises comprised comprising consists consisted consisting"
    " consistent consistently consistency",
    LOOSE: "payable annum record acquisition acquisitions addition additions additional additionally inclusion inclusions",
    RANGED: "between range ranges ranged ranging",
}


class Words:
    """The words of a text: `text` as it is printed, `low` in small letters (as it stands where these are more or fewer),
    `words` what stands between any two characters that are no letter or digit, `kinds` the bits of them all. Where words
    stand is looked up when it is first asked: most sentences tell nothing that needs it."""

    __slots__ = ("_before", "_told", "kinds", "low", "text", "words")

    def __init__(self, text: str) -> None:
        low = text.lower()
        self.text, self.low = text, low if len(low) == len(text) else text
        self.words = parted(text)
        known = _table()
        self.kinds = 0
        for word in known.keys() & self.words:
            self.kinds |= known[word]
        self._before: list[int] | None = None
        self._told: list[tuple[int, int]] | None = None

    @property
    def before(self) -> list[int]:
        """How many characters all words before each have: as one character stands between any two, word `at` begins at
        `before[at] + at`."""
        if self._before is None:
            self._before = [*accumulate(map(len, self.words), initial=0)]
        return self._before

    def of(self, kind: int) -> list[int]:
        """The words of some classes, by their number."""
        if not self.kinds & kind:
            return []
        if self._told is None:
            classes = map(_table().get, self.words)
            self._told = [(at, kinds) for at, kinds in enumerate(classes) if kinds is not None]
        return [at for at, kinds in self._told if kinds & kind]

    def places(self, kind: int) -> list[tuple[int, int]]:
        """Where the words of some classes stand, from left to right: start and end."""
        if not self.kinds & kind:
            return []
        before = self.before
        return [(before[at] + at, before[at + 1] + at) for at in self.of(kind)]


@cache
def _table() -> dict[str, int]:
    """The classes of every word that has one."""
    forward = load("prose")["forward"]
    listed = {**_CLASSES, AHEAD: forward["words"], PHRASED: " ".join(map(_telling, forward["phrases"]))}
    made: dict[str, int] = {}
    for kind, words in listed.items():
        for word in words.split():
            made[word] = made.get(word, 0) | kind
    made.update(dict.fromkeys(_dated(), PERIOD))
    return made


def _telling(phrase: str) -> str:
    """The longest word of a phrase."""
    return max(parted(phrase), key=len)


def _dated() -> list[str]:
    """Years, and the short forms of quarters, halves and months with the year behind them."""
    years = [f"{year:02}" for year in range(100)] + [str(year) for year in range(1900, 2100)]
    short = ("fy", "1q", "2q", "3q", "4q", "1h", "2h", "6m", "9m")
    return years[100:] + [f"{form}{year}" for form in short for year in years]
