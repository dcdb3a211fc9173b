"""The ledger: every number token of a file, and what it was taken for. Nothing is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orebook.model.book import Book, Token
from orebook.model.fact import Fact
from orebook.model.spot import Spot

_NUMBER = re.compile(r"(?<![\w&#])\(?(?:\$\s?)?\d[\d,]*(?:\.\d+)?(?:[/:-]\d[\d,.]*)*\)?%?|(?<=[\s$])\.\d+")
_NIL = re.compile(r"(?<=\s\s)(?:- -|--|—|–)(?=\s|$)")
_DATE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s*\d{1,2}\b(?:,?\s*(?:19|20)\d\d)?|\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|^\s*\d{1,2},\s*(?:19|20)\d\d",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"\(?\d{3}\)?[-/ .]\d{3}-\d{4}|\b\d{5}(?:-\d{4})?\b(?=\s*$)|\b(?:form|exhibit|rule|section|item|note|no\.|number|act|article|part|page|sfas|fin|fas|asc)\s+\(?\d[\w.()-]*|\b\d{1,3}-[KQ]\b|\b\d+-\d{4,}\b|\b\d{10}-\d\d-\d{6}\b",
    re.IGNORECASE,
)
_CHUNK = re.compile(r"\S+(?:\s\S+)*")
_NEAR = 4  # lines
_MARK = re.compile(r"\(\d{1,2}\)")
_MARKUP = re.compile(
    r"\s*<|\s*(?:ACCESSION|CONFORMED|FILED|CENTRAL|STANDARD|IRS|FISCAL|SEC FILE|FILM|ZIP|BUSINESS PHONE|STREET|PUBLIC DOCUMENT)\b"
)


def ledger(book: Book) -> tuple[Token, ...]:
    """All number tokens of a book's lines, in order, each with its kind."""
    return tuple(_tokens(book))


def unaccounted(book: Book) -> tuple[Token, ...]:
    """The number tokens inside tables that were taken for nothing."""
    return tuple(token for token in ledger(book) if token.kind == "unaccounted")


def _tokens(book: Book) -> Iterator[Token]:
    facts: dict[int, list[Fact]] = {}
    for fact in book.facts:
        facts.setdefault(fact.spot.line, []).append(fact)
    table_of = _tables(book)
    prose = {number for paragraph in book.prose for number in range(paragraph.first, paragraph.last + 1)}
    unread = {number for part in book.parts if not part.read for number in range(part.first_line, part.last_line + 1)}
    for number, line in enumerate(book.lines, 1):
        if number in unread or not line.strip():
            continue
        found = facts.get(number, [])
        inside = number in table_of
        tokens = [_of_fact(fact) for fact in found]
        for start, end in _loose(line, [(fact.spot.start, fact.spot.end) for fact in found]):
            kind = _kind(line, start, end, found, inside=inside, prose=number in prose)
            if kind == "unaccounted" and (
                (not found and _in_label(line, facts, number)) or _in_words(book.lines, facts, number, start, end)
            ):
                kind = "words"
            tokens.append(Token(Spot(number, start, end), line[start:end], kind, inside))
        yield from sorted(tokens, key=lambda token: token.spot.start)


def _tables(book: Book) -> set[int]:
    """The lines from each table's first row of figures to its last."""
    made: set[int] = set()
    first: dict[int, int] = {}
    for fact in book.facts:
        first.setdefault(fact.table.number, fact.spot.line)
    for table in book.tables:
        begin = first.get(table.number, table.first_line)
        made.update(range(begin, table.last_line + 1))
    return made


def _of_fact(fact: Fact) -> Token:
    return Token(fact.spot, fact.text, "nil" if fact.nil else "figure", inside_table=True)


def _loose(line: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for pattern in (_NUMBER, _NIL) if "-" in line or "—" in line or "–" in line else (_NUMBER,):
        for match in pattern.finditer(line):
            start, end = match.span()
            if not any(start < right and left < end for left, right in covered):
                yield start, end


def _kind(line: str, start: int, end: int, found: list[Fact], *, inside: bool, prose: bool) -> str:
    text = line[start:end]
    if _MARKUP.match(line):
        return "markup"
    if _within(_IDENTIFIER, line, start, end):
        return "identifier"
    if prose:
        return "date" if _within(_DATE, line, start, end) else "prose"
    if _MARK.fullmatch(text.strip()):
        return "note-mark"
    if _within(_DATE, line, start, end):
        return "date"
    if not inside:
        return "heading" if line.strip() != text.strip() else "furniture"
    if found and start < min(fact.spot.start for fact in found):
        return "heading"
    if not found and not (line[:start].endswith("  ") and not line[end:].strip()):
        return "heading"
    if not found and line.strip() == text.strip() and len(text.strip()) <= 3:
        return "furniture"
    return "unaccounted"


def _in_label(line: str, facts: dict[int, list[Fact]], number: int) -> bool:
    """Whether a line is a part of the label of a row of figures that ends below it."""
    words = " ".join(line.split())
    return any(
        words in fact.row.label for at in range(number + 1, number + _NEAR + 1) for fact in facts.get(at, ())[:1]
    )


def _in_words(lines: tuple[str, ...], facts: dict[int, list[Fact]], number: int, start: int, end: int) -> bool:
    """Whether a token stands in a column of words behind figures: among words itself (`3 to 10 years`), or as a nil mark
    where a row of figures near it prints words."""
    nil = not any(map(str.isdigit, lines[number - 1][start:end]))
    for at in range(max(1, number - _NEAR), min(len(lines), number + _NEAR) + 1) if nil else (number,):
        first = min((fact.spot.start for fact in facts.get(at, ())), default=None)
        if first is not None and any(
            first < chunk.start()
            and chunk.start() < end
            and start < chunk.end()
            and any(map(str.isalpha, chunk.group()))
            for chunk in _CHUNK.finditer(lines[at - 1])
        ):
            return True
    return False


def _within(pattern: re.Pattern[str], line: str, start: int, end: int) -> bool:
    return any(
        match.start() <= start + 1 and end - 1 <= match.end() and match.start() < end
        for match in pattern.finditer(line)
    )
