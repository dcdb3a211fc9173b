"""Inline XBRL: the release as a page on which every figure is tagged where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.write.release.flow import Piece
from orebook.write.words import place
from orebook.write.xbrl.elements import Elements
from orebook.write.xbrl.instance import context_name, schema_reference, spaces, spot_text, surroundings
from orebook.write.xbrl.items import Item
from orebook.write.xbrl.sheet import sheet
from orebook.write.xbrl.taxonomy import PREFIX, Taxonomy
from orebook.write.xbrl.xml import XHTML, XML, XSI, add, root, written

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

IX = "http://www.xbrl.org/2013/inlineXBRL"
IXT = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


class _Tag(NamedTuple):
    """What is said of an item, and the part of its printed text that it is said of, by start and end."""

    attributes: dict[str, str]
    start: int
    end: int


def inline(book: Book, made: Taxonomy, items: Sequence[Item], found: Elements, pieces: Iterable[Piece]) -> bytes:
    """The page of `pieces` with every figure of the book tagged.

    Figures that the page does not print, or prints in digits that no transformation reads (eighths), are in its hidden
    part, and so are the footnotes that lead back to the spots.
    """
    top = root(XHTML, "html", {"ix": IX, "ixt": IXT, **spaces(made)}, own=True)
    top.set(f"{{{XML}}}lang", "en")
    tagger = _Tagger(items, found)
    body = sheet(top, book, pieces, tagger.put)
    aside = add(body, XHTML, "div", style="display:none")
    body.insert(0, aside)
    header = add(aside, IX, "header")
    if items:
        _aside(add(header, IX, "hidden"), book, items, tagger)
    schema_reference(add(header, IX, "references"), made)
    resources = add(header, IX, "resources")
    surroundings(resources, book, items)
    for item in items:
        name = place(item.fact)
        add(resources, IX, "relationship", fromRefs=name, toRefs=f"spot_{name}")
    return written(top)


def _aside(hidden: Node, book: Book, items: Iterable[Item], tagger: _Tagger) -> None:
    """What the page does not show: figures that it does not print, and the footnotes."""
    for item in items:
        if item.fact.place not in tagger.done:
            tagger.hide(hidden, item)
        note = add(hidden, IX, "footnote", spot_text(book, item.fact), id=f"spot_{place(item.fact)}")
        note.set(f"{{{XML}}}lang", "en")


class _Tagger:
    """Tags the figures of a page, and keeps which it has tagged."""

    def __init__(self, items: Iterable[Item], found: Elements) -> None:
        self.done: set[tuple[int, int]] = set()
        self._items: Mapping[tuple[int, int], Item] = {item.fact.place: item for item in items}
        self._found = found

    def put(self, node: Node, fact: Fact, text: str) -> None:
        """The printed text of a figure below `node`, tagged where it can be."""
        item = self._items.get(fact.place)
        tag = None if item is None else _tag(item, text)
        if item is None or tag is None:
            node.text = text
            return
        self.done.add(fact.place)
        node.text = text[: tag.start]
        made = self._number(node, item, text[tag.start : tag.end] or None, tag.attributes)
        made.tail = text[tag.end :]

    def hide(self, hidden: Node, item: Item) -> None:
        """An item that no printed text says."""
        if item.value is None:
            self._number(hidden, item, None, {})
        else:
            sign = {"sign": "-"} if item.value < 0 else {}
            self._number(hidden, item, format(abs(item.value), "f"), sign)

    def _number(self, above: Node, item: Item, text: str | None, given: Mapping[str, str]) -> Node:
        name = f"{PREFIX}:{self._found.of[item.fact.place].name}"
        made = add(above, IX, "nonFraction", text, name=name, id=place(item.fact), contextRef=context_name(item))
        made.set("unitRef", item.unit.name)
        if item.value is None:
            made.set(f"{{{XSI}}}nil", "true")
        else:
            made.set("decimals", "INF" if item.decimals is None else str(item.decimals))
        for key, value in given.items():
            made.set(key, value)
        return made


def _tag(item: Item, text: str) -> _Tag | None:
    """How a printed text states an item; None where no transformation would give just its value."""
    if item.value is None:
        return _Tag({}, 0, 0)  # an item without a value has no text either: it stands before the mark
    if item.fact.value is None:
        return _Tag({"format": "ixt:fixed-zero"}, 0, len(text))
    found = list(_DIGITS.finditer(text))
    if len(found) != 1:
        return None
    power = len(str(item.fact.scale)) - 1 - item.unit.places
    digits = Decimal(found[0].group().replace(",", "")).scaleb(power)
    if digits != abs(item.value):
        return None
    told = {"format": "ixt:num-dot-decimal", **({"scale": str(power)} if power else {})}
    return _Tag(told | ({"sign": "-"} if item.value < 0 else {}), *found[0].span())
