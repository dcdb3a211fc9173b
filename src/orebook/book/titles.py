"""The lines above a table -> company, title, caption and period words."""

from __future__ import annotations

import re
from typing import NamedTuple

from orebook.book.captions import scale_in
from orebook.book.marks import without_marks
from orebook.book.periods import Reading, read_words
from orebook.book.wording import Words, ends_like_company, words
from orebook.model.grid import Grid

_PERIOD_ONLY = re.compile(
    r"^(?:19|20)\d\d$|^(?:for\s+)?(?:the\s+)?(?:three|six|nine|twelve|fiscal|years?|quarters?|months?|weeks?|as\s+(?:of|at)|at\b|thirteen|twenty|thirty|fifty|first|second|third|fourth|\d{1,2}[- ](?:months?|weeks?)|periods?|ended|january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"(?=.*(?:(?:19|20)\d\d|ended|ending|months|weeks))",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"^(?:as\s+(?:of|at)\s+|at\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|sept|dec|mar|jan|feb|apr|aug|oct|nov)\b\.?\s+\d{1,2},?$",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\b")
_UNTITLED_START = re.compile(r"^(?:item\s+\d|part\s+[iv]+\b|page\s+\d|exhibit\s+\d|table of contents)", re.IGNORECASE)
_SCALE_LINE = re.compile(
    r"^(?:amounts?|dollars?|expressed|stated|all amounts|figures)?\s*(?:are\s+)?(?:expressed\s+)?in\s+(?:thousands|millions)\b|^\$\s?in\s",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:presents?|shows?|summari[sz]es?|sets? forth|provides?|details?|reconciles?|reflects?|lists?|following(?: table)? (?:is|are))\s+(?:an?\s+|the\s+)?(.+?)"
    r"(?:\s+for\s+(?:the|each|our)\b.*|\s+as\s+of\b.*|\s+\((?:in|dollars)\b.*|\s*)$",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?<=[a-z\d)])\.\s+(?=[A-Z(])")


class Titled(NamedTuple):
    """What stands over a table: `printed` is False where `title` is only the phrase that introduces it."""

    title: str
    printed: bool
    caption: str
    company: str
    reading: Reading


def read_titles(grid: Grid, company: str) -> Titled:
    """Sorts the lines above a grid, its stub and its headings."""
    vocabulary = words()
    captions: list[str] = []
    titles: list[str] = []
    before: list[str] = []
    times: list[str] = []
    found_company = ""
    for text in _parted(_joined_brackets([text for _, text in grid.above])):
        kind = _kind(text, company, vocabulary)
        if kind == "caption":
            captions.append(text)
        elif kind == "company":
            found_company = found_company or text
            before, titles = titles, []
        elif kind == "period":
            times.append(text)
        elif kind == "title":
            titles.append(text)
    stubs = _joined_brackets([text for _, text in grid.stub])
    captions += [text for text in stubs if text.startswith("(") or _SCALE_LINE.match(text)]
    captions += [
        head.text
        for head in grid.headers
        if scale_in(head.text) or "except" in head.text or (head.text[0] == "(" and " " in head.text)
    ]
    title = without_marks(" ".join(titles or before))[0]
    if not title:
        named = [
            text
            for text in stubs
            if not text.startswith("(")
            and not _PERIOD_ONLY.match(text)
            and not _DAY.match(text)
            and not _SCALE_LINE.match(text)
        ]
        title = without_marks(" ".join(named))[0]
    printed = bool(title)
    if not printed:
        title = introduced(grid.intro)
    times += [text for text in stubs if _PERIOD_ONLY.match(text) or _DAY.match(text)]
    reading = read_words(" ".join(times)) if times else Reading()
    if not times and _FULL_DATE.search(title):
        reading = read_words(title)
    return Titled(title, printed, " ".join(captions), found_company, reading)


def _kind(text: str, company: str, vocabulary: Words) -> str:
    bare = text.strip(" -–—")
    if not bare or bare.lower() in vocabulary.untitled or _UNTITLED_START.match(bare):
        return ""
    if text.startswith("(") or _SCALE_LINE.match(bare):
        return "caption"
    if company and _fold(bare) == _fold(company):
        return "company"
    if _PERIOD_ONLY.match(bare):
        return "period"
    if (
        ends_like_company(bare)
        and len(bare) < 80
        and (bare.isupper() or bare.istitle() or bare[-1] in ".,)" or "," in bare)
    ):
        return "company"
    return "title"


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _parted(texts: list[str]) -> list[str]:
    """`SEGMENT SALES (in thousands)` is a title and a caption."""
    made: list[str] = []
    for text in texts:
        cut = text.find("(")
        if cut > 0 and text.endswith(")") and scale_in(text[cut:]):
            made += [text[:cut].strip(), text[cut:]]
        else:
            made.append(text)
    return made


def _joined_brackets(texts: list[str]) -> list[str]:
    """Lines whose bracket is closed only further down are one."""
    made: list[str] = []
    for text in texts:
        if made and made[-1].startswith("(") and made[-1].count("(") > made[-1].count(")"):
            made[-1] = f"{made[-1]} {text}"
        else:
            made.append(text)
    return made


def introduces(sentence: str) -> bool:
    """Whether the prose above a table speaks of it: it ends in a colon, or names `the following table`."""
    return sentence.endswith(":")


def introduced(sentence: str) -> str:
    """The phrase by which a sentence introduces a table: `The following table presents a reconciliation …:`."""
    if not sentence:
        return ""
    last = _SENTENCE_END.split(re.sub(r"\s+", " ", sentence).strip().rstrip(":"))[-1]
    found = _INTRODUCED.search(last)
    return (found.group(1) if found else last).strip(" ,")[:300]
