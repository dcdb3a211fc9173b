"""Which banners of a table name mines, units or segments."""

from __future__ import annotations

import re
from collections import Counter

from orebook.book.labels import Labelled, may_name_mine, names_mine
from orebook.book.units import measures_metal
from orebook.book.wording import Words, holds, words
from orebook.model.slotted import replaced

_MINE_FIRST = (
    r"(?P<name>(?:[A-Z][\w.'’&-]* (?:(?:de|del|of|la) )*){1,4}(?:Mine|MINE|Joint Venture|JOINT VENTURE|JV))\b"
    r"(?P<share>\s*\([^()]{2,40}\))?"
)
_OWNED = r"\(\d{1,3}(?:\.\d+)?\s?%(?: (?:owned|basis))?\)$"
# Words that no mine's name holds: `PRODUCTION BY MINE`, `RESULTS AT THE RUBY HILL MINE`.
_NO_NAMES = frozenset(("by", "each", "every", "per", "other", "producing", "the", "our", "at", "for", "from"))
_FEWEST = 2  # mines side by side, and rows that they repeat


def entity_banners(rows: list[Labelled]) -> frozenset[str]:
    """The banners of a table that name mines, units or segments.

    The full name of a mine does on its own; other banners do by their words where their rows repeat, and beside two
    of them one of the neutral words (`OTHER`) or a name that heads the same rows does too.
    """
    vocabulary = words()
    labels: dict[str, set[str]] = {}
    for row in rows:
        if row.banner:
            labels.setdefault(row.banner, set()).add(row.label)
    named = {banner for banner in labels if _names_entity(banner, vocabulary)}
    if not named or not _repeat(labels, named):
        return frozenset(banner for banner in named if names_mine(banner) or mine_of_title(banner) == banner)
    seen = Counter(label for banner in named for label in labels[banner])
    for banner, own in labels.items():
        if banner not in named and not holds(vocabulary.not_entity, banner):
            alike = sum(label in seen for label in own)
            if banner.lower() in vocabulary.beside or alike * 2 >= len(own):
                named.add(banner)
    return frozenset(named)


def _names_entity(banner: str, vocabulary: Words) -> bool:
    if "share)" in banner.lower() or "interest)" in banner.lower():
        return True
    bare = banner.split("(", maxsplit=1)[0]
    if vocabulary.bare.issuperset(bare.lower().split()):
        return False
    return holds(vocabulary.entity, bare) and not holds(vocabulary.not_entity, bare)


def _repeat(labels: dict[str, set[str]], named: set[str]) -> bool:
    """Whether the blocks repeat each other's rows, as tables by unit do."""
    if len(labels) == 1:
        return True
    seen = Counter(label for own in labels.values() for label in own)
    return any(seen[label] > 1 for banner in named for label in labels[banner])


def mines_as_banners(rows: list[Labelled]) -> tuple[list[Labelled], frozenset[str]]:
    """The rows with the headings that are names of mines made banners, and those names.

    Where two headings or banners or more stand over the same physical rows (`Ore milled (tons)`, `Gold produced (oz)`, `Proven`),
    they name the mines that the rows are of, in whatever letters they are set; metals, classes of ore and periods
    head such rows as well and are no mines.
    """
    vocabulary = words()
    labels: dict[str, set[str]] = {}
    for row in rows:
        name = row.banner or (row.headings[0] if row.headings else "")
        if name and may_name_mine(name):
            labels.setdefault(name, set()).add(row.label)
    if len(labels) < _FEWEST:
        return rows, frozenset()
    seen = Counter(label for own in labels.values() for label in own if _physical(label, vocabulary))
    named = frozenset(
        heading
        for heading, own in labels.items()
        if sum(seen[label] >= _FEWEST or label.lower() in vocabulary.classes for label in own) >= min(_FEWEST, len(own))
    )
    mines = sum(heading.lower() not in vocabulary.beside for heading in named)
    if mines < _FEWEST:
        # Each tells by itself that it is one: the share of it that is owned.
        named = frozenset(
            heading
            for heading, own in labels.items()
            if re.search(_OWNED, heading) and any(_physical(label, vocabulary) for label in own)
        )
    return ([_lifted(row, named) for row in rows], named) if named else (rows, frozenset())


def _physical(label: str, vocabulary: Words) -> bool:
    return label.lower() in vocabulary.classes or measures_metal(label)


def mine_of_title(title: str) -> str:
    """The mine whose own table a title heads (`Ruby Hill Mine - Operating Statistics`, `Ruby Hill Mine`); "" for none."""
    found = re.match(_MINE_FIRST, title) if "ine" in title or "INE" in title or "enture" in title else None
    if found is None:
        return ""
    name, rest = found.group(), title[found.end() :]
    vocabulary = words()
    parted = rest.lstrip()[:1] in ("-", "–", "—", ":")
    told = vocabulary.trade | vocabulary.titles
    if not parted and any(word not in told for word in re.findall(r"[a-z][a-z-]+", rest.lower())):
        return ""
    own = found.group("name").lower().split()[:-1]
    return name if _NO_NAMES.isdisjoint(own) and not told.issuperset(own) else ""


def _lifted(row: Labelled, named: frozenset[str]) -> Labelled:
    if row.banner or not row.headings or row.headings[0] not in named:
        return row
    return replaced(row, banner=row.headings[0], headings=row.headings[1:])
