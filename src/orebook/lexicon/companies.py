"""Which printed names are one company: `HECLA MINING CO/DE/` and `Hecla Mining Company and Subsidiaries`.

Source: forms of companies in English, French, Spanish and German law; suffixes of names that EDGAR conforms
(a state or country between strokes).
"""

from __future__ import annotations

import re
from functools import lru_cache

# What says of a company only its form in law, dots left out.
_FORMS = frozenset(
    (
        *("ab", "ag", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited"),
        *("limitada", "llc", "llp", "lp", "ltd", "ltda", "nl", "nv", "oy", "oyj", "plc", "pty", "sa", "sab", "sarl"),
        *("se", "spa"),
    )
)
_WITH_OTHERS = frozenset(("subsidiary", "subsidiaries", "affiliate", "affiliates", "consolidated"))
_STATE = re.compile(r"/[A-Za-z .]{2,10}/?\s*$")
_ARTICLES = frozenset(("the", "la", "le"))


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """What is left of a company's name without case, punctuation, its form in law and `and Subsidiaries`.

    "" for a name of which nothing is left. Two companies may have the same key: where a number of the register is
    printed, that decides.
    """
    plain = _STATE.sub("", name).casefold().replace("&", " and ").replace(".", "").replace("'", "").replace("’", "")
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    while len(words) > 1 and (words[-1] in _FORMS or words[-1] in _WITH_OTHERS or words[-1] in ("and", "its")):
        del words[-1]
    return " ".join(words)
