"""What a book calls its mines, its parts and itself, and where a sentence names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from orebook.check.prose.words import tokens, vocabulary
from orebook.lexicon.levels import COMPANY, level_of
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple

_ASIDE = re.compile(r"\([^()]*\)?")
_GENERIC = re.compile(
    r"\b(?:unit|mine|mines|operations?|segments?|divisions?|business|total|all|other|the|gaap|reconciliation|to|project|property)\b",
    re.IGNORECASE,
)
# Headings of columns that part a company in a general way: nobody in a sentence.
GENERAL = re.compile(
    r"\b(?:company|guarantor|subsidiar\w+|parent|issuer|eliminat\w+|adjust\w+|corporate|consolidated|combined|other|domestic|foreign)\b",
    re.IGNORECASE,
)
_PARTS = ("operations", "operation", "segment", "business", "division")
_LETTERS = re.compile(r"[a-z]*")
_NUMBER = re.compile(r"\d")


class Names(NamedTuple):
    """The entities that a book's tables name, as sentences name them: each in small letters with the words of which one
    must follow (none for a mine: a segment called after what it produces is meant only as `silver operations`)."""

    known: tuple[tuple[str, tuple[str, ...]], ...]

    def find(self, text: str, *, joined: bool = False) -> list[tuple[int, str]]:
        """Where a text names an entity, and which; unless `joined`, not the second of two that share a noun (`gold and silver
        operations`) or a number: no number stands between the two."""
        low = text.lower()
        found: list[tuple[int, int, str]] = []
        for order, (name, after) in enumerate(self.known):
            at = low.find(name)
            while at >= 0:
                end = at + len(name)
                if _apart(low, at, end) and (not after or _followed(low, end, after)):
                    found.append((at, order, name))
                at = low.find(name, end)
        found.sort()
        made: list[tuple[int, str]] = []
        done = 0
        for at, _, name in found:
            if at >= done and (joined or not (_joined(low, at) and not _NUMBER.search(low, done, at))):
                made.append((at, name))
                done = at + len(name)
        return made


def _apart(low: str, start: int, end: int) -> bool:
    return not ((start and _is_word(low[start - 1])) or (end < len(low) and _is_word(low[end])))


def _joined(low: str, start: int) -> bool:
    """Whether `and` stands before a place of a text."""
    return low[max(0, start - 4) : start] == "and " and not (start > 4 and _is_word(low[start - 5]))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _followed(low: str, end: int, after: tuple[str, ...]) -> bool:
    following = low[end + 1 : end + 16].split(maxsplit=1)
    return low[end : end + 1] == " " and bool(following) and _LETTERS.match(following[0]).group() in after  # type: ignore[union-attr]


def spell(name: str) -> str:
    """The proper name inside a block heading, `LUCKY FRIDAY UNIT (Reflects …)` → `lucky friday`; may be empty."""
    plain = _GENERIC.sub(" ", _ASIDE.sub(" ", name)).lower()
    return " ".join(re.findall(r"[a-z][a-z'&-]+", plain))


def mined(book: Book, parted: Mapping[tuple[int, int], str]) -> Iterator[str]:
    """The columns of production tables: mines, which a sentence may name. Parts of other tables are not looked for."""
    kinds = {table.number: table.kind for table in book.tables}
    for (table, _), name in parted.items():
        if kinds.get(table) == "production" and not GENERAL.search(name):
            yield name


def name_of(entity: str | None, metals: frozenset[str], company: frozenset[str]) -> str:
    """What a sentence calls an entity; empty for the company as a whole and for a metal. A mine that has its name from the
    company (`Plateau Mine` of Golden Plateau Mines) is called so with the word for what it is."""
    name = spell(entity) if entity and level_of(entity).level != COMPANY else ""
    if not entity or not name or set(name.split()) <= metals | {"industrial", "minerals"}:
        return ""
    kind = _KIND.search(entity) if set(name.split()) <= company else None
    return name if kind is None else f"{name} {kind.group().lower()}"


_KIND = re.compile(r"\b(?:mine|unit|project|property|complex|operation)\b", re.IGNORECASE)


_SEGMENT = ("operation", "operations", "segment", "segments", "division", "divisions", "business", "minerals", "metals", "group")  # fmt: skip


def segments_of(firsts: Iterable[Fact]) -> dict[str, str]:
    """Row labels that recur under several headings of a table and are named like a part of the company."""
    under: dict[tuple[int, str], set[tuple[str, ...]]] = defaultdict(set)
    for fact in firsts:
        label = fact.row.label.strip().lower()
        if label.endswith(_SEGMENT) and not label.startswith("total"):
            under[fact.table.number, fact.row.label].add(fact.row.heading)
    return {label: name for (_, label), heads in under.items() if len(heads) > 1 and (name := spell(label))}


# Headings over rows of mines.
_OF_MINES = re.compile(
    r"ounces|\boz\b|\btons\b|tonnes|pounds|produc(?:ed|tion)|mined|milled|\bcosts? per\b|grade|recover", re.IGNORECASE
)
_NO_SITE = frozenset(
    ("total", "other", "consolidated", "average", "company", "basic", "diluted", "federal", "state", "foreign")
)


def rows_over(firsts: Iterable[Fact]) -> dict[tuple[int, int], str]:
    """What the rows of figures say that rows of mines, or amounts per share, stand under, by table and row: `San Rafael
    $4.87` further in under `Cash cost per ounce  $6.12`, `per share  $0.09` under `Adjusted net earnings  $11.6`."""
    made: dict[tuple[int, int], str] = {}
    over: Fact | None = None
    before: Fact | None = None
    for fact in firsts:
        row = fact.row
        if over is None or row.indent <= over.row.indent or fact.table is not over.table:
            over = fact
        elif row.entity is None and row.heading == over.row.heading and _goes_with(over.row.label, row.label):
            made[fact.table.number, row.number] = over.row.label
        if before is not None and over is fact and before.table is fact.table and _is_per_share(row.label):
            made[fact.table.number, row.number] = before.row.label
        before = fact
    return made


def _goes_with(over: str, label: str) -> bool:
    """Whether a label may be a mine's under a row that counts what mines make or cost, or says no more than `per share`."""
    if _OF_MINES.search(over) is not None:
        return _is_proper(label)
    return _is_per_share(label)


def _is_per_share(label: str) -> bool:
    return label.lower().lstrip("-–— ").startswith("per share")


def sites_of(firsts: Iterable[Fact], over: Mapping[tuple[int, int], str]) -> dict[str, str]:
    """Row labels that recur under several headings of production or cost, or under several such rows (`over`), and are
    proper names: mines."""
    under: dict[tuple[int, str], set[str]] = defaultdict(set)
    of_mines: dict[str, bool] = {"": False}
    for fact in firsts:
        heading = fact.row.heading[-1] if fact.row.heading and fact.row.entity is None else ""
        heading = over.get((fact.table.number, fact.row.number), heading) if over else heading
        if heading not in of_mines:
            of_mines[heading] = _OF_MINES.search(heading) is not None
        if of_mines[heading] and fact.row.label[:1].isupper():
            under[fact.table.number, fact.row.label].add(heading)
    return {label: label.lower() for (_, label), heads in under.items() if len(heads) > 1 and _is_proper(label)}


def _is_proper(label: str) -> bool:
    """Whether a label is made of capitalised words that name no metal and no measure."""
    words = label.split()
    plain = all(word.isalpha() and word[0].isupper() for word in words) and len(words) <= _LONGEST_NAME
    telling = tokens(label) - vocabulary().groups[0][0]
    return plain and bool(telling) and telling.isdisjoint(_measures()) and _NO_SITE.isdisjoint(label.lower().split())


@cache
def _measures() -> frozenset[str]:
    """The words that the lexicon knows as saying what is measured."""
    known = vocabulary()
    return frozenset(known.same.values()) | known.light | known.narrowing


_LONGEST_NAME = 4  # words


def listed(names: set[str], segments: set[str]) -> Names:
    """Mines by their names, the longest first; then segments, one of a single word only as `silver operations`."""
    known = [(name, ()) for name in sorted(names, key=len, reverse=True)]
    return Names((*known, *((name, () if " " in name else _PARTS) for name in sorted(segments))))


def own_names(names: Iterable[str], book: Book) -> set[str]:
    """The names of mines and parts, without one that the company is called by itself."""
    company = set(book.identity.company.lower().replace(",", " ").split())
    return {name for name in names if name and not set(name.split()) <= company}


def company_of(book: Book) -> frozenset[str]:
    """The word that the company is called by."""
    words = book.identity.company.split()
    return tokens(words[0].strip(",.")) if words else frozenset()
