"""Calculations: the sums and differences that hold in the report, as Calculations 1.1 checks them.

XBRL applies a sum wherever its total and at least one of its parts are reported together, and takes parts that are not
reported for nothing. A sum that the report prints whole in one place and in part elsewhere (operating cash flow beside net
income, in the highlights) would then accuse a report that is right. So each sum is tried on all figures first, and is
written only where every inconsistency that it shows is a break that the checks show as well; else it is written solved for
a part that is printed only beside all the others, which says the same and is applied nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from orebook.model.equation import DIFFERENCE, REQUIRED, SUM
from orebook.model.interval import total
from orebook.model.named import NamedTuple
from orebook.model.tie import BREAKS, ONE, TIES, WITHIN, Checked, Tie
from orebook.write.xbrl.elements import Element, Elements, common
from orebook.write.xbrl.items import Item, Where

Part = tuple[Element, int]
"""An element that goes into a total, and its weight, 1 or -1."""


class Sum(NamedTuple):
    """A total and its parts; `table` is the number of the table that prints the total."""

    total: Element
    parts: tuple[Part, ...]
    table: int


class Sums(NamedTuple):
    """The networks of sums, each by the table that it is of and free of cycles; `shown` the inconsistencies that they
    show, which are breaks of the report; `unsaid` the sums that hold and cannot be said."""

    networks: tuple[tuple[int, tuple[Sum, ...]], ...]
    shown: tuple[tuple[Sum, Where], ...]
    unsaid: tuple[Sum, ...]


Known = Mapping[Element, Mapping[Where, Sequence[Item]]]


def sums(items: Sequence[Item], found: Elements, checked: Checked) -> Sums:
    """The sums that can be said, in document order."""
    known = _known(items, found)
    at = {item.fact.place: item for item in items}
    holding: dict[tuple[Element, frozenset[Part]], Sum] = {}
    broken: set[tuple[Element, frozenset[Part], Where]] = set()
    for tie in checked.ties:
        made = _sum(tie, found, at)
        if made is None:
            continue
        key = made.total, frozenset(made.parts)
        if tie.verdict in (TIES, WITHIN):
            holding.setdefault(key, made)
        elif tie.verdict == BREAKS:
            broken.add((*key, at[tie.target.place].where))
    said: list[Sum] = []
    unsaid: list[Sum] = []
    shown: list[tuple[Sum, Where]] = []
    for key, made in holding.items():
        for form in (made, *_turned(made)):
            wrong = [where for where in known[form.total] if _differs(form, where, known)]
            if all((*key, where) in broken for where in wrong):
                said.append(form)
                shown += ((form, where) for where in wrong)
                break
        else:
            unsaid.append(made)
    return Sums(_networks(said), tuple(shown), tuple(unsaid))


def _known(items: Iterable[Item], found: Elements) -> Known:
    known: dict[Element, dict[Where, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        known[found.of[item.fact.place]][item.where].append(item)
    return known


def _sum(tie: Tie, found: Elements, at: Mapping[tuple[int, int], Item]) -> Sum | None:
    """A tie as a sum of elements; None where it is of another kind or joins several periods, mines or units."""
    if tie.kind not in (SUM, DIFFERENCE) or tie.grade != REQUIRED:
        return None
    target = at.get(tie.target.place)
    operands = [at.get(operand.fact.place) for operand in tie.operands]
    if target is None or any(item is None or item.where != target.where for item in operands):
        return None
    weights = [ONE if operand.weight is None else operand.weight for operand in tie.operands]
    if any(abs(weight) != 1 for weight in weights):
        return None
    own = found.of[target.fact.place]
    parts = [found.of[operand.fact.place] for operand in tie.operands]
    if len({own, *parts}) <= len(parts):
        return None
    return Sum(
        own, tuple((part, int(weight)) for part, weight in zip(parts, weights, strict=True)), tie.target.table.number
    )


def _turned(made: Sum) -> Iterator[Sum]:
    """The same sum solved for each of its parts, the last first: `A = B - C` is `C = B - A` and `B = A + C`."""
    for at in reversed(range(len(made.parts))):
        part, weight = made.parts[at]
        others = ((other, -weight * each) for other, each in (*made.parts[:at], *made.parts[at + 1 :]))
        yield Sum(part, ((made.total, weight), *others), made.table)


def _differs(made: Sum, where: Where, known: Known) -> bool:
    """Whether a processor would find the sum inconsistent in one place."""
    whole = common(known[made.total].get(where, ()))
    found = [(known[part].get(where, ()), weight) for part, weight in made.parts]
    reported = [(some, weight) for some, weight in found if any(item.value is not None for item in some)]
    parts = [common(some) for some, _ in reported]
    if whole is None or not reported or None in parts:
        return False
    added = total(part.scaled(weight) for part, (_, weight) in zip(parts, reported, strict=True) if part is not None)
    return not whole.meets(added)


class _Network:
    """Sums among which no total has two sets of parts and none is a part of itself."""

    def __init__(self) -> None:
        self.sums: list[Sum] = []
        self._below: dict[Element, tuple[Part, ...]] = {}

    def take(self, made: Sum) -> bool:
        """Adds a sum where it fits; whether it does."""
        if made.total in self._below or self._reaches(made.total, made.parts):
            return False
        self._below[made.total] = made.parts
        self.sums.append(made)
        return True

    def _reaches(self, total_of: Element, parts: Sequence[Part]) -> bool:
        reached, ahead = set[Element](), list(parts)
        while ahead:
            part, _ = ahead.pop()
            if part not in reached:
                reached.add(part)
                ahead += self._below.get(part, ())
        return total_of in reached


def _networks(said: Sequence[Sum]) -> tuple[tuple[int, tuple[Sum, ...]], ...]:
    """The sums in networks, by table. The same figures solved for another of them (`B = A - C` beside `A = B + C`) say
    nothing new and are left out."""
    networks: dict[int, list[_Network]] = defaultdict(list)
    members: set[frozenset[Element]] = set()
    for made in said:
        own = frozenset((made.total, *(part for part, _ in made.parts)))
        if own not in members and not any(network.take(made) for network in networks[made.table]):
            networks[made.table].append(_Network())
            networks[made.table][-1].take(made)
        members.add(own)
    return tuple((table, tuple(network.sums)) for table in sorted(networks) for network in networks[table])
