"""A figure as it is printed anew: its currency sign apart from its digits, so that columns can be set."""

from __future__ import annotations

import re

from orebook.model.fact import Fact
from orebook.model.named import NamedTuple

NIL = "- -"
_SIGN = re.compile(r"(?:US|HK|NZ|Cdn|CDN|C|A|R)?[$€£¥]")
_DASHES = re.compile(r"\(?[-—–\s]+\)?")


class Figure(NamedTuple):
    """A printed figure: `sign` is its currency sign or "", `digits` what stands right of it, nil as `- -`."""

    sign: str
    digits: str

    @property
    def tail(self) -> int:
        """How many characters stand right of the last digit: a bracket, a per cent sign."""
        return len(self.digits) - len(self.digits.rstrip(")% "))


def figure_of(fact: Fact) -> Figure:
    """The figure of a fact, its printed form kept but for blanks, the place of its sign and the form of nil."""
    text = fact.text
    found = _SIGN.search(text)
    sign = found.group() if found else ""
    bare = text.replace(sign, "", 1).strip() if sign else text.strip()
    if fact.value is None:
        return Figure(sign, _nil(bare))
    bare = "".join(bare.split())
    return Figure(sign, f"{bare})" if "(" in bare and ")" not in bare else bare)


def _nil(bare: str) -> str:
    percent = "%" if bare.endswith("%") else ""
    return NIL + percent if _DASHES.fullmatch(bare.rstrip("%")) else bare
