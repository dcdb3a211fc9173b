"""The values of printed figures."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"\d[\d,]*(?:\s\d{3}(?!\d))*(?:\.\d+)?|\.\d+")
_NOUGHT = "-0-"  # a nil mark of old statements
CENT_SIGN = "(C)"  # as transcribed where no cent sign could be typed
_AROUND = " \t$()%+-–—−€£¥"


def value_of(text: str) -> tuple[Decimal | None, int]:
    """The value of a printed token and its decimals; None for a nil mark."""
    digits = text.strip(_AROUND).replace(",", "")
    if digits == "0" and text == _NOUGHT:
        return None, 0
    if not digits.replace(".", "", 1).isdigit():
        text = text.removesuffix(CENT_SIGN)
        found = _NUMBER.search(text)
        if found is None:
            return None, 0
        # `12 345 678` parts its thousands by blanks.
        digits = "".join(found.group().replace(",", "").split())
        if text.endswith("CR"):
            # A credit stands for brackets.
            text = f"-{text}"
    value = Decimal(digits)
    _, _, places = digits.partition(".")
    return (-value if "(" in text or "-" in text else value), len(places)
