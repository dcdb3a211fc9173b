"""Footnote marks: `(1)`, `(a)`, `*` at the end of a label, a heading or a banner."""

from __future__ import annotations

import re
from functools import lru_cache

# `Ore mined (t)` counts tonnes, `Interval (m)` metres, `Turnover (x)` times.
_MARK = re.compile(
    r"\s*\((\d{1,2}|[a-ln-su-wyz]|[iv]{2,4})\)(?=\s|$|[,:;()])|(?<=[A-Za-z).])\s*(\*{1,3}|†|‡)(?=\s|$|:)"
)

# One look that spares most labels with brackets.
_BRACKETED = re.compile(r"\((?:\d{1,2}|[a-ln-su-wyz]|[iv]{2,4})[,)]")
# `(b,c)`: few labels have such marks.
_SEVERAL = r"\((\d{1,2}(?:, ?\d{1,2})+|[a-ln-su-wyz](?:, ?[a-ln-su-wyz])+)\)(?=\s|$|[:(])"
# The share of a mine that its column's heading tells: `Ruby Hill (60%)`.
_SHARE = re.compile(r"\(\d{1,3}(?:\.\d+)?\s?%[^()]*\)")


# Digits set high: those of `Produced²` are marks, those of `m²` are none. Few texts have them.
_HIGH = r"(?<=[A-Za-z).%\s])(?<!\bm)(?<![kcm]m)(?<!ft)(?<!CO)\s*([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})(?=\s|$|[,:;)])"
_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


@lru_cache(4096)
def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its footnote marks, blanks folded, and the marks in order."""
    if not text.isascii() and re.search(_HIGH, text):
        text = re.sub(_HIGH, _as_mark, text)
    if not (("(" in text and _BRACKETED.search(text)) or "*" in text or "†" in text or "‡" in text):
        return " ".join(text.split()), ()
    if "," in text:
        text = re.sub(_SEVERAL, _one_by_one, text)
    marks = tuple(a or b for a, b in _MARK.findall(text))
    if marks:
        text = _MARK.sub("", text)
    return " ".join(text.split()), marks


def _as_mark(found: re.Match[str]) -> str:
    return f" ({found[1].translate(_DIGITS)})"


def _one_by_one(found: re.Match[str]) -> str:
    """Several marks in one pair of brackets, each in its own."""
    return "".join(f"({mark.strip()})" for mark in found[1].split(","))


def without_share(heading: str) -> str:
    """A column's heading without the share of a mine that it tells in brackets."""
    return _SHARE.sub("", heading) if "(" in heading else heading
