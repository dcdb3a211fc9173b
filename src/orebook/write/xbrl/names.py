"""Names that XML accepts, made of the words of a filing: the same words always give the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from unicodedata import normalize

from orebook.model.period import MONTHS, PRINTED_MONTHS, SHORT_MONTHS
from orebook.write.words import COUNTS

_WORD = re.compile(r"[A-Za-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST = 80


_TIME = frozenset(
    (
        *(month.lower() for month in MONTHS),
        *(month.lower().rstrip(".") for month in PRINTED_MONTHS),
        *SHORT_MONTHS,
        *COUNTS,
        *(
            "first",
            "second",
            "third",
            "fourth",
            "quarter",
            "quarters",
            "month",
            "months",
            "week",
            "weeks",
            "year",
            "years",
        ),
        *("ended", "ending", "fiscal", "period", "periods"),
    )
)
_BETWEEN = frozenset(("as", "at", "of", "for", "the", "and", "to", "date", "in"))
_DAY_OR_YEAR = re.compile(r"\d{1,2}$|(?:19|20)\d\d$")


def beside_time(heading: str) -> str:
    """What a column's heading says before or after its period: `Gold` of `Year ended Dec. 31, 1999 Gold`; "" for nothing."""
    words = heading.split()
    run = _run(words)
    while run and not _tells_time(run[-1]):
        run.pop()
    words = words[len(run) :]
    tail = _run(words[::-1])
    return " ".join(words[: len(words) - len(tail)] if any(map(_tells_time, tail)) else words)


def _run(words: list[str]) -> list[str]:
    """The words up to the first that has nothing to do with time."""
    return list(takewhile(lambda word: _tells_time(word) or word.lower() in _BETWEEN, words))


def _tells_time(word: str) -> bool:
    plain = word.strip(".,:;'’").lower()
    return plain in _TIME or _DAY_OR_YEAR.match(plain) is not None


def words_of(text: str) -> list[str]:
    """The words of a text in plain letters and digits: accents dropped, what is written in other letters left out."""
    return _WORD.findall(_POSSESSIVE.sub("s", normalize("NFKD", text)).encode("ascii", "ignore").decode())


def camel(text: str) -> str:
    """A text as a part of an element's name: `Other income (expense)` is `OtherIncomeExpense`; "" without any word."""
    made = ""
    for word in words_of(text):
        if len(made) + len(word) > _LONGEST:
            break
        made += word if word[0].isupper() and not word.isupper() else word.capitalize()
    return made


def bare(text: str) -> str:
    """A text without what stands in its brackets, blanks folded, unless nothing else is left."""
    return " ".join(_BRACKETS.sub(" ", text).split()) or text


def dashed(text: str) -> str:
    """A text as a part of an address: `silverton-mining-company`; "" without any word."""
    made = "-".join(word.lower() for word in words_of(text))
    return made[:_LONGEST].strip("-")


class Names:
    """Names given once each; names that differ in case alone count as one, for files and people take them for one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def give(self, wanted: Iterable[str]) -> str:
        """The first of the wanted names that is free, else the last of them with the least number that makes it so."""
        name = "Item"
        for each in wanted:
            if each:
                name = each if each[0].isalpha() else f"Item{each}"
                if self._take(name):
                    return name
        count = self._counts.get(name, 2)
        while not self._take(f"{name}{count}"):
            count += 1
        self._counts[name] = count + 1
        return f"{name}{count}"

    def _take(self, name: str) -> bool:
        if name.casefold() in self._taken:
            return False
        self._taken.add(name.casefold())
        return True
