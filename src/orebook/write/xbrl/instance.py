"""The instance: every figure as an item with its context and unit, and a footnote that leads back to its spot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.write.words import path, place, short_name, visible
from orebook.write.xbrl.elements import Element, Elements
from orebook.write.xbrl.items import Item, Member, When
from orebook.write.xbrl.taxonomy import PREFIX, SITE, Taxonomy, company
from orebook.write.xbrl.units import ISO4217, OWN, UTR, Measure, Unit
from orebook.write.xbrl.xml import (
    FACT_FOOTNOTE,
    FOOTNOTE_ROLE,
    LINK,
    LINK_ROLE,
    XBRLDI,
    XBRLI,
    XLINK,
    XSI,
    add,
    root,
    written,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

CIK = "http://www.sec.gov/CIK"
OWN_SCHEME = f"{SITE}/xbrl/company"
_PREFIXES = {XBRLI: "xbrli", ISO4217: "iso4217", UTR: "utr", OWN: "own"}
_CIK = re.compile(r"\s*<?(?:CENTRAL INDEX KEY:|CIK>)\s*(\d{1,10})\s*$")
_ANOTHER = re.compile(r"\s*<?FORMER[ -]COMPANY")
_LONGEST_HEADER = 400  # lines


class Entity(NamedTuple):
    """A company: the scheme that names companies, and its name there."""

    scheme: str
    name: str


def entity(book: Book) -> Entity:
    """By the CIK of the first filer where the header of the submission states it, else by name in a scheme of our own."""
    first = book.parts[0].first_line if book.parts else 1
    for line in book.lines[: min(first - 1, _LONGEST_HEADER)]:
        if _ANOTHER.match(line):
            break
        found = _CIK.match(line)
        if found:
            return Entity(CIK, found[1].zfill(10))
    return Entity(OWN_SCHEME, company(book))


class Statement(NamedTuple):
    """An item that is written: the figure that it is stated after, and all places that print just that."""

    element: Element
    item: Item
    printed: tuple[Fact, ...]


def statements(items: Sequence[Item], found: Elements) -> tuple[Statement, ...]:
    """What is written: a figure printed several times with the same value and digits is one item.

    Copies with fewer or other digits are items of their own, so that no printed figure is lost; XBRL calls them
    consistent duplicates where they agree.
    """
    made: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        value = None if item.value is None else format(item.value, "f")
        made.setdefault((found.of[item.fact.place], item.where, value, item.decimals), []).append(item)
    return tuple(
        Statement(found.of[some[0].fact.place], some[0], tuple(item.fact for item in some)) for some in made.values()
    )


def spaces(made: Taxonomy) -> dict[str, str]:
    """The prefixes that a report uses."""
    known = {prefix: space for space, prefix in _PREFIXES.items()}
    return {**known, "link": LINK, "xlink": XLINK, "xbrldi": XBRLDI, "xsi": XSI, PREFIX: made.address.space}


def instance(book: Book, made: Taxonomy, written_items: Sequence[Statement]) -> bytes:
    """The instance document."""
    top = root(XBRLI, "xbrl", spaces(made))
    schema_reference(top, made)
    surroundings(top, book, [each.item for each in written_items])
    for each in written_items:
        _fact(top, each, made.address.space)
    _footnotes(top, book, written_items)
    return written(top)


def schema_reference(top: Node, made: Taxonomy) -> None:
    """Where the report's taxonomy is."""
    add(top, LINK, "schemaRef", xlink_type="simple", xlink_href=f"{made.address.folder}{made.address.schema}")


def surroundings(top: Node, book: Book, items: Sequence[Item]) -> None:
    """The contexts and units of items."""
    _contexts(top, entity(book), items)
    _units(top, items)


def context_name(item: Item) -> str:
    return "_".join((item.when.name, *(member.name for member in item.members)))


def _contexts(top: Node, whose: Entity, items: Iterable[Item]) -> None:
    for name, item in sorted({context_name(item): item for item in items}.items()):
        context = add(top, XBRLI, "context", id=name)
        who = add(context, XBRLI, "entity")
        add(who, XBRLI, "identifier", whose.name, scheme=whose.scheme)
        if item.members:
            _segment(who, item.members)
        _period(add(context, XBRLI, "period"), item.when)


def _segment(who: Node, members: Iterable[Member]) -> None:
    segment = add(who, XBRLI, "segment")
    for member in members:
        name = f"{PREFIX}:{member.name}"
        add(segment, XBRLDI, "explicitMember", name, dimension=f"{PREFIX}:{member.axis}")


def _period(node: Node, when: When) -> None:
    if when.start is None:
        add(node, XBRLI, "instant", when.end.isoformat())
    else:
        add(node, XBRLI, "startDate", when.start.isoformat())
        add(node, XBRLI, "endDate", when.end.isoformat())


def _units(top: Node, items: Iterable[Item]) -> None:
    for name, unit in sorted({item.unit.name: item.unit for item in items}.items()):
        _unit(add(top, XBRLI, "unit", id=name), unit)


def _unit(node: Node, unit: Unit) -> None:
    if unit.below is None:
        _measure(node, unit.above)
        return
    divide = add(node, XBRLI, "divide")
    _measure(add(divide, XBRLI, "unitNumerator"), unit.above)
    _measure(add(divide, XBRLI, "unitDenominator"), unit.below)


def _measure(node: Node, measure: Measure) -> None:
    add(node, XBRLI, "measure", f"{_PREFIXES[measure.space]}:{measure.name}")


def _fact(top: Node, each: Statement, space: str) -> None:
    item = each.item
    made = add(
        top, space, each.element.name, id=place(item.fact), contextRef=context_name(item), unitRef=item.unit.name
    )
    if item.value is None:
        made.set(f"{{{XSI}}}nil", "true")
        return
    made.set("decimals", "INF" if item.decimals is None else str(item.decimals))
    made.text = format(item.value, "f")


def _footnotes(top: Node, book: Book, made: Iterable[Statement]) -> None:
    link = add(top, LINK, "footnoteLink", xlink_type="extended", xlink_role=LINK_ROLE)
    for each in made:
        name = place(each.item.fact)
        add(link, LINK, "loc", xlink_type="locator", xlink_href=f"#{name}", xlink_label=f"loc_{name}")
        for fact in each.printed:
            note = f"spot_{place(fact)}"
            told = spot_text(book, fact)
            given = {"xlink_type": "resource", "xlink_label": note, "xlink_role": FOOTNOTE_ROLE, "xml_lang": "en"}
            add(link, LINK, "footnote", told, **given)
            ends = {"xlink_from": f"loc_{name}", "xlink_to": note}
            add(link, LINK, "footnoteArc", xlink_type="arc", xlink_arcrole=FACT_FOOTNOTE, **ends)


def spot_text(book: Book, fact: Fact) -> str:
    """Where a figure is printed, how, and under what: `release.txt:94:53-59 [(4.91)] Highlights > Total cash costs`.

    The line counts from 1, the columns from 0, the last not included; `offset` is the range in an HTML file's source.
    """
    spot = fact.spot
    offset = "" if spot.offset is None else f" offset {spot.offset[0]}-{spot.offset[1]}"
    under = " > ".join(path(fact))
    return (
        f"{short_name(book.name)}:{spot.line}:{spot.start}-{spot.end}{offset} [{visible(fact.text)}] {under}".rstrip()
    )
