"""The normal form of a printed label: what is left when style, number and sign words are taken away.

`Net cash provided by (used in) operating activities` and `NET CASH FLOWS USED FOR OPERATING ACTIVITIES` come
out alike. The vocabularies hold labels in this form, so that a look-up is one dictionary access.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\]]*\]?")
_WORDS = re.compile(r"[a-z]+|[;$%]|\d[\d.,]*")

_DROPPED = frozenset(
    (
        *("a", "an", "and", "applied", "as", "at", "by", "flow", "flows", "for", "from", "generated", "in", "its"),
        *(
            "of",
            "on",
            "or",
            "our",
            "per",
            "provided",
            "required",
            "resulting",
            "s",
            "the",
            "their",
            "to",
            "used",
            "with",
        ),
    )
)
_SINGULAR = {
    "stockholder": "shareholder", "shareowner": "shareholder", "stockholders": "shareholder",
    "shareowners": "shareholder", "earnings": "income", "earning": "income", "increase": "change",
    "increases": "change", "decrease": "change", "decreases": "change", "changes": "change", "losses": "loss",
    "gains": "gain", "taxes": "tax", "depletions": "depletion", "ozs": "ounce", "oz": "ounce", "lbs": "pound",
    "purchases": "purchase", "expenses": "expense", "leases": "lease", "sales": "sale", "series": "series",
    "goods": "goods", "less": "less", "business": "business", "process": "process", "gross": "gross",
    "choices": "choice", "reserves": "reserve", "prices": "price", "services": "service", "notes": "note",
    "ounces": "ounce", "days": "day", "surplus": "surplus", "basis": "basis", "access": "access", "plus": "plus",
    "analysis": "analysis", "excess": "excess", "progress": "progress", "allowances": "allowance", "bonus": "bonus",
}  # fmt: skip
_INCOME_AFTER = frozenset(("from", "before", "per", "applicable", "attributable", "available", "after", "income"))


def _singular(word: str) -> str:
    """The singular of an English noun, or the word itself; only used to compare, never to print."""
    known = _SINGULAR.get(word)
    if known is not None:
        return known
    if len(word) <= 3 or word[-1] != "s" or word[-2] in "su":
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def _loss(before: str, after: str) -> str:
    """A loss is negative income or a negative gain; which of the two, its neighbours say."""
    if after == "on":
        return "gain"
    return "income" if before in ("", "net", "basic", "diluted") or after in _INCOME_AFTER else "loss"


@lru_cache(maxsize=8192)
def normal(label: str) -> str:
    """The normal form of a label: words in lower case and in the singular, joined by single blanks.

    Brackets go, with what they hold; so do prepositions and articles. `loss` becomes `income` or `gain`,
    `increase` and `decrease` become `change`. What follows `net of`, `less`, a `;` or a number is a
    qualification of the amount, not part of its name, and is cut. A label that is all bracket keeps its words.
    """
    low = label.lower().replace("-product", "product").replace("non-", "non").replace("pre-", "pre")
    words = _WORDS.findall(_BRACKETS.sub(" ", low)) or _WORDS.findall(low)
    kept: list[str] = []
    last = len(words) - 1
    for i, word in enumerate(words):
        after = words[i + 1] if i < last else ""
        if word in (";", "$", "%") or word[0].isdigit():
            if kept:
                break
            continue
        if kept and (word == "less" or (word == "net" and after == "of")):
            break
        if word in _DROPPED:
            continue
        if word in ("loss", "losses"):
            kept.append(_loss(kept[-1] if kept else "", after))
        else:
            kept.append(_singular(word))
    return " ".join(kept)
