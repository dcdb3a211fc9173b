"""The values of printed figures."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"\d[\d,]*(?:\s\d{3}(?!\d))*(?:\.\d+)?|\.\d+")
_NOUGHT = "-0-"  # a nil mark of old statements
CENT_SIGN = "(C)"  # as transcribed where no cent sign could be typed
_GLYPHS = {"¼": "1/4", "½": "1/2", "¾": "3/4", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_BEFORE_POINTS = "0123456789,.()$%+-–—− \xa0"
_LAST_OF_COUNTS = frozenset("ndmMBK")
_COUNTS = (
    *(("thousand", 1000), ("million", 1_000_000), ("billion", 1_000_000_000)),
    *(("bn", 1_000_000_000), ("mm", 1_000_000), ("mn", 1_000_000), ("M", 1_000_000), ("B", 1_000_000_000), ("K", 1000)),
)
# Few rows print such figures: the pattern is made where one does.
_MEASURED = r"[\d)]\s?((?:(?:[KkMm]|million|thousand)\s?)?(?:oz|ounces|lbs?|pounds|tons|tonnes|kg|g/t|GEOs))\.?$"
_LAST_OF_MEASURES = frozenset("zsbgt.")
_LAST_OF_POINTS = frozenset("pst.")
_AROUND = " \t$()%+-–—−€£¥"
_BEFORE_PRICES = "USACRNZHKdn$€£¥(-+ \t"  # `A$ 7 5/8`


def value_of(text: str) -> tuple[Decimal | None, int]:
    """The value of a printed token and its decimals; None for a nil mark."""
    digits = text.strip(_AROUND).replace(",", "")
    if not digits or (digits == "0" and text == _NOUGHT):
        return None, 0
    if digits.isdigit():
        value = Decimal(digits)
        return (-value if "(" in text or "-" in text else value), 0
    if not digits.replace(".", "", 1).isdigit():
        if is_fraction(text):
            return _fraction(digits)
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


def is_signed(text: str) -> bool:
    """Whether a printed text bears a sign of money."""
    return "$" in text or (not text.isascii() and ("€" in text or "£" in text))


def is_fraction(text: str) -> bool:
    """Whether a printed token is a price in eighths or their kind."""
    return ("/" in text and text[-1:].isdecimal()) or text[-1:] in _GLYPHS


def _fraction(digits: str) -> tuple[Decimal | None, int]:
    """The value of `12 1/8`, `25-3/4` or `7/16`, whose denominator is a power of two, and its decimals."""
    for glyph, spelt in _GLYPHS.items():
        digits = digits.replace(glyph, f" {spelt}")
    *whole, part = digits.lstrip(_BEFORE_PRICES).replace("-", " ").split()
    above, _, below = part.partition("/")
    value = Decimal(whole[0] if whole else 0) + Decimal(above) / Decimal(below)
    return value, int(below).bit_length() - 1


def in_points(text: str) -> str:
    """What a printed token counts where it is a difference of rates: `%` for points of per cent (`(7.4)pp`), `basis` for
    hundredths of them (`120 bps`); "" for all else."""
    if text[-1] not in _LAST_OF_POINTS or "year" in text:
        return ""
    word = text.lstrip(_BEFORE_POINTS)
    if word[:1] == "p":
        return "" if word == "p" or word.startswith("pound") else "%"  # `12.3p` are pence
    return "basis" if word[:1] == "b" else ""


def counted_by(text: str) -> int | None:
    """How many the words behind a printed figure say that it counts: 1,000,000 for `$62 million`."""
    if text[-1] not in _LAST_OF_COUNTS:
        return None
    return next((scale for word, scale in _COUNTS if text.endswith(word)), None)


def measured_by(text: str) -> str:
    """The unit that stands behind a printed figure, with its scale: `million lbs` for `21.7 million lbs`."""
    if text[-1] not in _LAST_OF_MEASURES:
        return ""
    found = re.search(_MEASURED, text)
    return found.group(1) if found is not None else ""
