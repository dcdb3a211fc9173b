"""Which banners of a table name mines, units or segments."""

from __future__ import annotations

from collections import Counter

from orebook.book.labels import Labelled, names_mine
from orebook.book.wording import Words, holds, words


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
        return frozenset(filter(names_mine, named))
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
    return holds(vocabulary.entity, bare) and not holds(vocabulary.not_entity, bare)


def _repeat(labels: dict[str, set[str]], named: set[str]) -> bool:
    """Whether the blocks repeat each other's rows, as tables by unit do."""
    if len(labels) == 1:
        return True
    seen = Counter(label for own in labels.values() for label in own)
    return any(seen[label] > 1 for banner in named for label in labels[banner])
