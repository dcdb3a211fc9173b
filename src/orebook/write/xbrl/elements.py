"""Elements: which rows of a book are one concept, and what it is called.

Rows that the vocabulary gives one concept are one element, and so are the rows of one label under one heading in one
statement. Where two of them say different things of the same period, mine and unit, they are two elements, unless the
checks hold them for the same figure printed twice: then the report contradicts itself, and so does the package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from orebook.check.context import fold
from orebook.model.equation import IDENTITY, REQUIRED
from orebook.model.fact import Fact, Table
from orebook.model.interval import Interval
from orebook.model.named import NamedTuple
from orebook.model.slotted import slotted
from orebook.model.tie import BREAKS, ONE, Checked
from orebook.write.words import row_name, visible
from orebook.write.xbrl.items import Item, Where
from orebook.write.xbrl.names import Names, camel

Place = tuple[int, int]
_OWN = "orebook:"
_MOST = 64  # elements of one concept that are told apart; rows beyond them are elements of their own


@slotted
class Element:
    """A concept of the report: `label` as first printed, `about` what it stands for, `instant` whether it is of a moment.

    `kind` is the kind of its unit (see `units`).
    """

    name: str
    label: str
    about: str
    kind: str
    instant: bool


class Conflict(NamedTuple):
    """Figures of one element, period, mine and unit that contradict each other."""

    element: Element
    items: tuple[Item, ...]


class Elements(NamedTuple):
    """The elements in document order, the element of each figure by its place, and what contradicts itself."""

    elements: tuple[Element, ...]
    of: dict[Place, Element]
    conflicts: tuple[Conflict, ...]


class _Strand(NamedTuple):
    """The figures of a row that may be of one element: of one kind of unit, all durations or all instants."""

    items: tuple[Item, ...]

    @property
    def fact(self) -> Fact:
        return self.items[0].fact


class _Cluster:
    """Strands that are one element; `said` are the different statements of the same period, mine and unit."""

    def __init__(self, strand: _Strand) -> None:
        self.first = strand
        self.said: dict[Where, list[Item]] = defaultdict(list)
        self.wheres: dict[Place, Where] = {}
        self.add(strand)

    def add(self, strand: _Strand) -> None:
        for item in strand.items:
            known = self.said[item.where]
            if not any((each.value, each.decimals) == (item.value, item.decimals) for each in known):
                known.append(item)
            self.wheres[item.fact.place] = item.where

    def has(self, places: Iterable[Place], where: Where) -> bool:
        """Whether one of these places is a figure of the cluster, of the same as `where`."""
        return any(self.wheres.get(place) == where for place in places)

    def agrees(self, item: Item) -> bool:
        return all(agree(item, other) for other in self.said.get(item.where, ()))

    def contradictions(self) -> Iterator[tuple[Item, ...]]:
        """What is said of the same and leaves no number that it could be."""
        for some in self.said.values():
            if len(some) > 1 and common(some) is None:
                yield tuple(some)


def elements(items: Sequence[Item], checked: Checked, names: Names) -> Elements:
    """The elements of a book's items. `checked` tells which figures are one fact printed twice; `names` gives the names."""
    copies = _copies(checked)
    groups: dict[tuple[object, ...], list[_Cluster]] = defaultdict(list)
    clusters: list[_Cluster] = []
    for strand in _strands(items):
        known = groups[_key(strand)]
        cluster = _home(strand, known, copies)
        if cluster is None:
            cluster = _Cluster(strand)
            known.append(cluster)
            clusters.append(cluster)
        else:
            cluster.add(strand)
    tails = _tails(groups.values())
    named = {cluster: _element(cluster.first, tails[cluster], names) for cluster in clusters}
    of = {place: element for cluster, element in named.items() for place in cluster.wheres}
    conflicts = tuple(Conflict(named[cluster], items) for cluster in clusters for items in cluster.contradictions())
    return Elements(tuple(named.values()), of, conflicts)


def agree(one: Item, other: Item) -> bool:
    """Whether two figures can be the same number, rounded. Intervals that only touch prove nothing."""
    first, second = one.interval, other.interval
    if first is None or second is None:
        return first is second
    return first == second or first.overlaps(second)


def common(items: Iterable[Item]) -> Interval | None:
    """What all copies of a figure say together; None where they leave no number, or one of them is none."""
    made: Interval | None = None
    for item in items:
        own = item.interval
        if own is not None:
            own = own if made is None else own.meet(made)
        if own is None:
            return None
        made = own
    return made


class _Copies(NamedTuple):
    """The places that the checks hold for the same figure as a place: those that agree, and those that have to and do
    not."""

    same: dict[Place, set[Place]]
    broken: dict[Place, set[Place]]


def _copies(checked: Checked) -> _Copies:
    made = _Copies(defaultdict(set), defaultdict(set))
    for tie in checked.ties:
        if tie.kind != IDENTITY or (tie.verdict == BREAKS and tie.grade != REQUIRED):
            continue
        found = made.broken if tie.verdict == BREAKS else made.same
        for operand in tie.operands:
            if operand.weight in (ONE, None):
                found[tie.target.place].add(operand.fact.place)
                found[operand.fact.place].add(tie.target.place)
    return made


def _strands(items: Sequence[Item]) -> Iterator[_Strand]:
    for _, found in groupby(items, key=lambda item: (item.fact.table.number, item.fact.row.number)):
        kinds: dict[tuple[str, bool], list[Item]] = defaultdict(list)
        for item in found:
            kinds[item.unit.kind, item.when.start is None].append(item)
        yield from (_Strand(tuple(some)) for some in kinds.values())


def _key(strand: _Strand) -> tuple[object, ...]:
    """What rows must share before they can be one element."""
    row, item = strand.fact.row, strand.items[0]
    kind = item.unit.kind, item.when.start is None
    if row.concept is not None:
        return (row.concept, *kind)
    heading = tuple(map(fold, row.heading))
    if row.label:
        return (heading, fold(row.label), *kind)
    return (heading, strand.fact.table.number, row.number, *kind)


def _home(strand: _Strand, known: Sequence[_Cluster], copies: _Copies) -> _Cluster | None:
    """The cluster that a strand is of: first one that the checks tie it to, else the first that it does not contradict."""
    fitting: list[_Cluster] = []
    for cluster in known[:_MOST]:
        tied = False
        for item in strand.items:
            place = item.fact.place
            copied = any(cluster.has(found.get(place, ()), item.where) for found in copies)
            if not (copied or cluster.agrees(item)):
                break
            tied = tied or copied
        else:
            if tied:
                return cluster
            if strand.fact.row.concept is not None or _statement(cluster.first) == _statement(strand):
                fitting.append(cluster)
    return fitting[0] if fitting else None


def _statement(strand: _Strand) -> str:
    return statement(strand.fact.table)


def statement(table: Table) -> str:
    """What a table is called in the names of elements: its kind, else its title."""
    return camel(table.kind) or camel(table.title)[:40] or f"Table{table.number + 1}"


def _tails(groups: Iterable[Sequence[_Cluster]]) -> dict[_Cluster, str]:
    """What tells an element from the others that ask for its name: its statement, or its heading or label where an element
    before it is of the same statement."""
    tails: dict[_Cluster, str] = {}
    for group in groups:
        before: set[str] = set()
        for cluster in group:
            own, row = _statement(cluster.first), cluster.first.fact.row
            tails[cluster] = camel(row.heading[-1] if row.heading else row.label) if own in before else own
            before.add(own)
    return tails


def _element(strand: _Strand, tail: str, names: Names) -> Element:
    fact, item = strand.fact, strand.items[0]
    stem, about = _stem(fact)
    name = names.give((stem, f"{stem}{tail}"))
    return Element(name, visible(row_name(fact.row)), about, item.unit.kind, item.when.start is None)


def _stem(fact: Fact) -> tuple[str, str]:
    """The name that an element asks for, and what it stands for."""
    row = fact.row
    if row.concept is not None:
        own, local = row.concept.startswith(_OWN), row.concept.rpartition(":")[2]
        about = "has no us-gaap element; the name is orebook's" if own else f"stands for the us-gaap element {local}"
        return local if local.isidentifier() and local.isascii() else camel(local), about
    section = camel(row.heading[-1]) if row.heading else ""
    closing = "Total" if section and not row.label else f"{statement(fact.table)}Row{row.number + 1}"
    told = camel(row.label) or closing
    where = visible(fact.table.title) or "an untitled table"
    return f"{section}{told}", f"is named after the row as printed under: {where}"
