"""EDGAR full submissions: the header's identity and the documents that the file holds.

A full submission is an SGML-like text: an optional privacy-enhanced-mail block, a header between
`<SEC-HEADER>` (before 1996 `<IMS-HEADER>`) and its end, and documents, each `<DOCUMENT><TYPE><SEQUENCE>
<FILENAME><DESCRIPTION><TEXT>` with the body inside `<TEXT>`. End tags are often missing. A file that is no
submission is one part.

Source: EDGAR Public Dissemination Service, technical specification (PDS), "Header tags and document tags".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from orebook.model.book import Identity
from orebook.model.period import SHORT_MONTHS
from orebook.read.parts import HTML, SCHEDULE, SKIP, TEXT, PartSpec, Submission


def split(lines: Sequence[str]) -> Submission:
    """The identity and the documents of a file given as lines without their line ends.

    Never raises: a file without a header or documents is one part with an empty identity.
    """
    marks = [i for i, line in enumerate(lines) if line[:1] in _OPENERS and _MARK.match(line)]
    starts = [i for i in marks if _DOCUMENT.match(lines[i])]
    if not starts:
        return _undivided(lines, marks)
    ends = [*starts[1:], len(lines)]
    parts = tuple(_document(lines, i, j) for i, j in zip(starts, ends, strict=True))
    return Submission(_identity(lines[: starts[0]], lines, parts), parts)


# ---------------------------------------------------------------------------------------------- documents

_OPENERS = frozenset("< \t\ufeff")
_MARK = re.compile(
    r"\s*\ufeff?(?:<(?:html|body)[^<>]*>\s*)*<(?:DOCUMENT|(?:SEC|IMS)-(?:DOCUMENT|HEADER)|/(?:SEC|IMS)-HEADER|SUBMISSION)>",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\s*\ufeff?(?:<(?:html|body)[^<>]*>\s*)*<DOCUMENT>", re.IGNORECASE)
_FIELD = re.compile(r"\s*<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(.*)", re.IGNORECASE)
_TEXT = re.compile(r"\s*<TEXT>(.*)", re.IGNORECASE)
_END = re.compile(r"(.*?)</(?:TEXT|DOCUMENT)>", re.IGNORECASE)
_LONGEST_HEAD = 40


def _document(lines: Sequence[str], start: int, stop: int) -> PartSpec:
    """One document in `lines[start:stop]`, the first of which opens it."""
    fields: dict[str, str] = {}
    body = start + 1
    for i in range(start + 1, min(stop, start + 1 + _LONGEST_HEAD)):
        if text := _TEXT.match(lines[i]):
            body = i if text[1].strip() else i + 1
            break
        if field := _FIELD.match(lines[i]):
            fields.setdefault(field[1].upper(), field[2].strip())
            body = i + 1
        elif lines[i].strip():
            # Neither a field nor the body's tag: the tag is missing and the body begins here.
            break
    first, last = _body(lines, body, stop)
    kind = _kind(fields.get("TYPE", ""), fields.get("FILENAME", ""), lines[first:last])
    return PartSpec(
        kind,
        fields.get("TYPE", ""),
        fields.get("SEQUENCE", ""),
        fields.get("FILENAME", ""),
        fields.get("DESCRIPTION", ""),
        first + 1,
        last,
    )


def _body(lines: Sequence[str], first: int, stop: int) -> tuple[int, int]:
    """The half-open range of the body's lines: up to its end tag, or to the next document."""
    for i in range(stop - 1, first - 1, -1):
        line = lines[i]
        if "</" not in line:
            continue
        if end := _END.match(line):
            # The last of `</TEXT>` and `</DOCUMENT>` comes first here: look on for the other one.
            stop = i + 1 if end[1].strip() else i
            if re.search("</TEXT>", line, re.IGNORECASE):
                break
    while first < stop and not lines[first].strip():
        first += 1
    while stop > first and not lines[stop - 1].strip():
        stop -= 1
    return first, stop


# -------------------------------------------------------------------------------------------------- kinds

_SCHEDULE_TYPE = re.compile(r"EX-27(?:\.\w+)?$", re.IGNORECASE)
_SKIP_TYPE = re.compile(r"(?:GRAPHIC|ZIP|EXCEL|PDF|XML|JSON|COVER|EX-101|EX-100)\b", re.IGNORECASE)
_SKIP_NAME = re.compile(r"\.(?:jpe?g|gif|png|bmp|tiff?|pdf|zip|gz|xlsx?|xsd|xml|json|css|js|paper|fil)$", re.IGNORECASE)
_SKIP_BODY = re.compile(r"\s*(?:<PDF>|<XML>|<\?xml(?![^>]*>\s*<!DOCTYPE html)|begin [0-7]{3} \S|%PDF-)", re.IGNORECASE)
_HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
_HTML_SURE = re.compile(r"<(?:html|!doctype\s+html|body|ix:header)\b", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(?:/?(?:div|font|span|td|tr|th|tbody|p|br|hr|center|h[1-6]))(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SCHEDULE_BODY = re.compile(r"\s*<(?:ARTICLE|PERIOD-TYPE|FISCAL-YEAR-END)>", re.IGNORECASE)
_LOOK = 400
_LOOK_WIDTH = 4000
_ENOUGH_TAGS = 6


def _kind(form: str, name: str, body: Sequence[str]) -> str:
    """What a document is, by its type, its name, and what stands in it."""
    if not body or _SKIP_TYPE.match(form) or (_SKIP_NAME.search(name) and not form.upper().startswith("EX-27")):
        return SKIP
    head = [line[:_LOOK_WIDTH] for line in body[:8]]
    if any(_SKIP_BODY.match(line) for line in head[:4]) and not is_html(body):
        return SKIP
    if _SCHEDULE_TYPE.match(form):
        return SCHEDULE if any(_SCHEDULE_BODY.match(line) for line in body) else TEXT
    if is_html(body) or (_HTML_NAME.search(name) and any("</" in line for line in body[:_LOOK])):
        return HTML
    return TEXT


def is_html(lines: Sequence[str]) -> bool:
    """Whether a document is HTML by what stands near its beginning.

    Filed text uses a few tags of its own (`<PAGE>`, `<TABLE>`, `<CAPTION>`, `<S>`, `<C>`, `<FN>`), and some marks its
    words bold, italic or underlined, so a single tag says nothing: the root of an HTML document does, or several of the
    tags that lay one out.
    """
    tags = 0
    for line in lines[:_LOOK]:
        if "<" not in line:
            continue
        near = line[:_LOOK_WIDTH]
        if _HTML_SURE.search(near):
            return True
        tags += len(_HTML_TAG.findall(near))
        if tags >= _ENOUGH_TAGS:
            return True
    return False


# ----------------------------------------------------------------------------------------------- identity

_KEYS = {
    "ACCESSION NUMBER": "accession",
    "CONFORMED SUBMISSION TYPE": "form",
    "SUBMISSION TYPE": "form",
    "TYPE": "form",
    "CONFORMED PERIOD OF REPORT": "period",
    "PERIOD": "period",
    "FILED AS OF DATE": "filed",
    "FILING DATE": "filed",
    "COMPANY CONFORMED NAME": "company",
    "CONFORMED NAME": "company",
    "FISCAL YEAR END": "fiscal",
    "CENTRAL INDEX KEY": "cik",
    "CIK": "cik",
}
_NAMES = frozenset(key for key, what in _KEYS.items() if what == "company")
_COLON = re.compile(r"\s*([A-Z][A-Z ]+):\s*(\S.*?)\s*$")
_TAGGED = re.compile(r"\s*<([A-Z][A-Z-]+)>\s*([^<\s].*?)\s*$")
_LONGEST_HEADER = 400


def _identity(header: Sequence[str], lines: Sequence[str], parts: Sequence[PartSpec]) -> Identity:
    """The identity that the header states; what it leaves open, from tagged facts of the HTML parts."""
    found: dict[str, str] = {}
    former: tuple[str, ...] = ()
    for line in header[:_LONGEST_HEADER]:
        if ("FORMER COMPANY" in line) or ("FORMER-COMPANY" in line):
            former = _former(header)
            break
        field = _COLON.match(line) or _TAGGED.match(line)
        key = _KEYS.get(field[1].replace("-", " ")) if field else None
        if field and key:
            # The first filer speaks for a joint filing.
            found.setdefault(key, field[2])
    for part in parts if not found else ():
        if part.kind == HTML:
            _tagged(lines[part.first - 1 : part.last], found)
    if not found.get("form") and parts:
        found["form"] = parts[0].type
    return _make(found)._replace(former=former)


def _former(header: Sequence[str]) -> tuple[str, ...]:
    """The names that the first filer bore before, the latest first as the header lists them."""
    names: list[str] = []
    filers = 0
    for line in header[:_LONGEST_HEADER]:
        field = _COLON.match(line) or _TAGGED.match(line)
        said = field[1].replace("-", " ") if field else ""
        filers += said in _NAMES
        if filers > 1:
            break
        if field and said == "FORMER CONFORMED NAME":
            names.append(field[2])
    return tuple(dict.fromkeys(names))


def _make(found: dict[str, str]) -> Identity:
    return Identity(
        company=found.get("company", ""),
        form=found.get("form", ""),
        period_end=_compact(found.get("period", "")),
        filed=_compact(found.get("filed", "")),
        accession=found.get("accession", ""),
        fiscal_year_end=found.get("fiscal", ""),
        cik=_number(found.get("cik", "")),
    )


def _number(text: str) -> str:
    """A number of up to ten digits without its leading zeros; "" where it is none."""
    return text.lstrip("0") if text.isascii() and text.isdigit() and len(text) <= 10 else ""


def _compact(text: str) -> date | None:
    """`19951231` as a date; None where it is none."""
    if len(text) != 8 or not text.isdigit():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


_DEI = {
    "EntityRegistrantName": "company",
    "DocumentType": "form",
    "DocumentPeriodEndDate": "dei-period",
    "EntityCentralIndexKey": "cik",
}
_DEI_FACT = re.compile(
    r'<ix:nonnumeric\b[^<>]*\bname="dei:(\w+)"[^<>]*>(.{0,300}?)</ix:nonnumeric>', re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_LONG_DATE = re.compile(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})$")


def _tagged(lines: Sequence[str], found: dict[str, str]) -> None:
    """Add what an inline-XBRL document says of itself (its `dei:` facts)."""
    if not any("ix:" in line[:_LOOK_WIDTH] for line in lines[:_LOOK]):
        return
    import html  # noqa: PLC0415  (only documents with tagged facts need it)

    for name, value in _DEI_FACT.findall("\n".join(lines)):
        key = _DEI.get(name)
        if key is None:
            continue
        text = " ".join(html.unescape(_TAG.sub("", value)).split())
        if key == "dei-period":
            key, text = "period", _long_date(text)
        if text:
            found.setdefault(key, text)


def _long_date(text: str) -> str:
    """`March 31, 2020` as `20200331`; "" for anything else."""
    match = _LONG_DATE.match(text)
    if not match or match[1].lower() not in SHORT_MONTHS:
        return ""
    return f"{match[3]}{SHORT_MONTHS.index(match[1].lower()) + 1:02}{int(match[2]):02}"


def _undivided(lines: Sequence[str], marks: Sequence[int]) -> Submission:
    """A file without documents: one part, after the header if there is one."""
    headers = [i for i in marks if "HEADER>" in lines[i].upper()]
    start = 0
    if headers:
        start = next((i for i in headers if "</" in lines[i]), headers[-1]) + 1
    body = lines[start:]
    kind = HTML if is_html(body) else TEXT
    if kind == TEXT and any(_SCHEDULE_BODY.match(line) for line in body[:60]):
        kind = SCHEDULE
    part = PartSpec(kind, "", "", "", "", start + 1, len(lines))
    return Submission(_identity(lines[:start], lines, (part,)), (part,))
