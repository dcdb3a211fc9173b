"""Names that XML accepts, made of the words of a filing: the same words always give the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

_WORD = re.compile(r"[A-Za-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST = 80


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

    def give(self, wanted: Iterable[str]) -> str:
        """The first of the wanted names that is free, else the last of them with the least number that makes it so."""
        name = "Item"
        for each in wanted:
            if each:
                name = each if each[0].isalpha() else f"Item{each}"
                if self._take(name):
                    return name
        count = 2
        while not self._take(f"{name}{count}"):
            count += 1
        return f"{name}{count}"

    def _take(self, name: str) -> bool:
        if name.casefold() in self._taken:
            return False
        self._taken.add(name.casefold())
        return True
