"""Column headings without what they say of time: `Q3 2004 Lucky Friday` and `Lucky Friday (unaudited)` leave the same.

Source: house reading of column headings in filed reports.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orebook.model.period import MONTHS, SHORT_MONTHS

_OF_TIME = frozenset(
    (
        *(
            "a",
            "and",
            "as",
            "at",
            "audited",
            "date",
            "end",
            "ended",
            "ending",
            "fiscal",
            "for",
            "from",
            "fy",
            "half",
            "in",
        ),
        *("month", "months", "of", "on", "period", "periods", "quarter", "quarterly", "quarters", "sept"),
        *("the", "through", "to", "unaudited", "week", "weeks", "year", "years", "ytd", "first", "second", "third"),
        *("fourth", "one", "two", "three", "four", "six", "nine", "twelve", "thirteen", "fourteen", "twenty-six"),
        *("thirty-nine", "fifty-two", "fifty-three", *SHORT_MONTHS, *(month.lower() for month in MONTHS)),
    )
)
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\]]*\]?")


@lru_cache(maxsize=1024)
def without_time(heading: str) -> str:
    """The words of a heading that name no time, in lower case; "" where there are none. Brackets and numbers go."""
    words = (word.strip(".,:;'’*-–—/") for word in _BRACKETS.sub(" ", heading.lower()).split())
    return " ".join(
        word for word in words if word not in _OF_TIME and any(map(str.isalpha, word)) and not _numbered(word)
    )


def _numbered(word: str) -> bool:
    return any(map(str.isdigit, word))
