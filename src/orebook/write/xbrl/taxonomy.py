"""The taxonomy of a report: what its elements, sections, axes and networks of sums are called, before any XML is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from orebook.model.book import Book
from orebook.model.fact import Table
from orebook.model.named import NamedTuple
from orebook.write.words import short_name, visible
from orebook.write.xbrl.elements import Element, Elements, statement
from orebook.write.xbrl.items import COLUMNS, MINES, Axes, Item, Stated
from orebook.write.xbrl.names import Names, camel, dashed
from orebook.write.xbrl.sums import Sum, Sums

SITE = "https://orebook.example"
"""No such site can exist (RFC 2606): the addresses are names, and the package brings what they stand for."""
PREFIX = "ore"
DIMENSIONS = "dimensions"


class Address(NamedTuple):
    """Where the taxonomy of a report is: the stem of its files, and the address of their folder."""

    stem: str
    folder: str

    @property
    def schema(self) -> str:
        return f"{self.stem}.xsd"

    @property
    def space(self) -> str:
        """The name space of the report's elements."""
        return self.folder.rstrip("/")

    def role(self, name: str) -> str:
        return f"{self.folder}role/{name}"


class Heading(NamedTuple):
    """An element without figures: a table, a mine's block or a heading over rows."""

    name: str
    label: str


LINE_ITEMS, CUBE = Heading("ReportLineItems", "Figures of the report"), Heading("ReportTable", "Report")
_COMPANY = Heading("CompanyDomain", "The company")
_PLAIN = Heading("PlainColumnDomain", "The only column of its period")
RESERVED = (LINE_ITEMS.name, CUBE.name, _COMPANY.name, _PLAIN.name, MINES, COLUMNS)
"""Names that no figure's element may have."""


class Node(NamedTuple):
    """An element of a section and what stands under it."""

    element: Heading | Element
    below: tuple[Node, ...] = ()


class Section(NamedTuple):
    """A table: the name of its role, the words that define it, and its elements as a tree."""

    role: str
    definition: str
    top: Node
    table: int


class Network(NamedTuple):
    """Sums that one role holds."""

    role: str
    definition: str
    sums: tuple[Sum, ...]


class Axis(NamedTuple):
    """An axis, the member that stands for the whole, and its other members with their labels."""

    name: str
    label: str
    domain: Heading
    members: tuple[Heading, ...]


class Taxonomy(NamedTuple):
    """All that a report's own taxonomy declares."""

    address: Address
    elements: tuple[Element, ...]
    sections: tuple[Section, ...]
    networks: tuple[Network, ...]
    axes: tuple[Axis, ...]


def taxonomy(book: Book, made: Stated, found: Elements, said: Sums, names: Names) -> Taxonomy:
    """The taxonomy of a book's figures; `names` holds the names that are given already."""
    sections = tuple(_sections(made.items, found, names))
    return Taxonomy(address(book), found.elements, sections, tuple(_networks(sections, said)), _axes(made.axes))


def identifier(name: str) -> str:
    """The identifier of an element in the schema."""
    return f"{PREFIX}_{name}"


def company(book: Book) -> str:
    """A company's name as addresses write it; where the report states none, the document's."""
    document = short_name(book.name).partition(".")[0]
    return dashed(book.identity.company) or dashed(document) or "company-not-stated"


def address(book: Book) -> Address:
    """By company and closing date, so that two reports never mean the same address."""
    ends = [fact.period.end for fact in book.facts if fact.period]
    end = book.identity.period_end or max(ends, default=None)
    stem = f"{company(book)}-{end:%Y%m%d}" if end else company(book)
    own = dashed(book.identity.accession)
    return Address(stem, f"{SITE}/xbrl/{stem}/{f'{own}/' if own else ''}")


def headings(node: Node) -> Iterator[Heading]:
    """The elements without figures of a tree."""
    if isinstance(node.element, Heading):
        yield node.element
    for below in node.below:
        yield from headings(below)


def _sections(items: Sequence[Item], found: Elements, names: Names) -> Iterator[Section]:
    for number, group in groupby(items, key=lambda item: item.fact.table.number):
        some = list(group)
        table = some[0].fact.table
        title = visible(table.title) or "Untitled table"
        top = Heading(names.give([f"{statement(table)}Abstract"]), title)
        paths = [_path(item, found) for item in some]
        yield Section(
            f"T{number + 1:03}", f"{number + 1:03} - {_sort(table)} - {title}", _tree(top, paths, names), number
        )


def _sort(table: Table) -> str:
    return table.kind.replace("-", " ").capitalize() or "Table"


_Path = tuple[tuple[str, ...], Element]


def _path(item: Item, found: Elements) -> _Path:
    """The mine's banner and the headings that a figure stands under, and its element."""
    row = item.fact.row
    above = (row.entity or "", *row.heading)
    return tuple(visible(text) for text in above if text), found.of[item.fact.place]


def _tree(top: Heading, paths: Sequence[_Path], names: Names) -> Node:
    """The elements under the headings that they stand under, each once under each, in the order of the first."""
    places: dict[tuple[str, ...], dict[tuple[str, ...] | Element, None]] = {(): {}}
    for above, element in paths:
        for depth in range(1, len(above) + 1):
            if above[:depth] not in places:
                places[above[:depth]] = {}
                places[above[: depth - 1]][above[:depth]] = None
        places[above][element] = None

    def node(path: tuple[str, ...], heading: Heading) -> Node:
        return Node(heading, tuple(below(each) for each in places[path]))

    def below(each: tuple[str, ...] | Element) -> Node:
        if isinstance(each, Element):
            return Node(each)
        return node(each, Heading(names.give([f"{camel(each[-1]) or 'Heading'}Abstract"]), each[-1]))

    return node((), top)


def _networks(sections: Sequence[Section], said: Sums) -> Iterator[Network]:
    """The first network of a table is of the table's own role; each other has a role of its own."""
    by_table = {section.table: section for section in sections}
    for table, group in groupby(said.networks, key=lambda each: each[0]):
        section = by_table[table]
        for count, (_, sums) in enumerate(group, 1):
            tail = f".{count}" if count > 1 else ""
            yield Network(f"{section.role}{tail}", f"{section.definition}{f' ({count})' if tail else ''}", sums)


def _axes(axes: Axes) -> tuple[Axis, ...]:
    wanted = (
        (MINES, "Mine or segment", _COMPANY, axes.mines),
        (COLUMNS, "Column", _PLAIN, axes.columns),
    )
    return tuple(
        Axis(name, label, domain, tuple(Heading(member, words) for member, words in members.items()))
        for name, label, domain, members in wanted
        if members
    )
