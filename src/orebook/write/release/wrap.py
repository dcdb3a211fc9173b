"""Lines of prose and of labels.

A label is broken only where its second line reads as going on: before a word in lower case, inside a bracket, or
after a word that joins. Anywhere else the first line would read as a heading over the second.
"""

from __future__ import annotations

import re

_JOINING = frozenset(
    ("and", "or", "of", "at", "in", "for", "to", "by", "from", "per", "on", "the", "with", "a", "an", "before", "after")
) | frozenset(("including", "net", "under", "than", "as", "its", "not"))
_OWN_LINE = re.compile(
    r"\(|\d|(?:for|the|as|at|in|one|two|three|six|nine|twelve|thirteen|twenty|thirty|fifty|first|second|third|fourth"
    r"|fiscal|quarters?|months?|weeks?|years?|periods?|ended|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|continued|unaudited|audited|consolidated|condensed)\b",
    re.IGNORECASE,
)
MOST_WORDS = 7
_SHORT_END = 6
_FEW_LINES = 2


def wrap_prose(text: str, width: int, first: str) -> list[str]:
    """A paragraph's words on lines of at most `width` characters, the first set in by `first`.

    A last line of a few characters would look like a page number: it takes a word from the line above.
    """
    lines: list[list[str]] = [[]]
    used = len(first)
    for word in text.split():
        if lines[-1] and used + 1 + len(word) > width:
            lines.append([])
            used = 0
        used += len(word) + (1 if lines[-1] else 0)
        lines[-1].append(word)
    if len(lines) > 1 and sum(map(len, lines[-1])) < _SHORT_END and len(lines[-2]) > 1:
        lines[-1].insert(0, lines[-2].pop())
    return [(first if at == 0 else "") + " ".join(line) for at, line in enumerate(lines)]


def wrap_title(text: str, width: int) -> list[str]:
    """A title's lines; none but the first begins with a bracket or a word of time, which would read as a caption or
    as a period of its own."""
    lines = wrap_prose(text, width, "")
    for at in range(len(lines) - 1, 0, -1):
        while _OWN_LINE.match(lines[at]) and " " in lines[at - 1]:
            kept, _, moved = lines[at - 1].rpartition(" ")
            lines[at - 1 : at + 1] = [kept, f"{moved} {lines[at]}"]
    return lines


def wrap_label(label: str, width: int) -> list[str]:
    """A label on lines of at most `width` characters where it can be broken so, longer ones where it cannot.

    Two lines of eight words one after the other would read as prose: a label of three lines or more has shorter ones.
    """
    lines = _set(label, width, len(label))
    return lines if len(lines) <= _FEW_LINES else _set(label, width, MOST_WORDS)


def _set(label: str, width: int, most: int) -> list[str]:
    lines = [""]
    words = 0
    for piece in _pieces(label):
        count = piece.count(" ") + 1
        if lines[-1] and (len(lines[-1]) + 1 + len(piece) > width or words + count > most):
            lines.append("")
            words = 0
        lines[-1] = f"{lines[-1]} {piece}" if lines[-1] else piece
        words += count
    return lines


def _pieces(label: str) -> list[str]:
    """The runs of words between which a label may be broken."""
    made: list[str] = []
    depth = 0
    before = ""
    for word in label.split():
        if before and (depth > 0 or _goes_on(before, word)):
            made.append(word)
        else:
            made = [*made[:-1], f"{made[-1]} {word}"] if made else [word]
        depth += word.count("(") - word.count(")")
        before = word
    return made


def _goes_on(before: str, word: str) -> bool:
    """Whether a line that begins with `word` reads as the rest of one that ends with `before`."""
    if before.endswith(":"):
        return False
    if word[0] == "(":
        return len(word) > 3 and (word[1].islower() or word[1].isdigit() or word[1] in "$%")
    return word[0].islower() or word[0] in "&%" or before.lower() in _JOINING or before[-1] in "-&,/"
