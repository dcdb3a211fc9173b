"""Closing a printed report again from its leaf figures alone.

A leaf is a figure that no required equation of the report gives. Everything else is derived from leaves
through the same equations that a check evaluates, over the intervals for which the printed leaves stand, and
compared with what was printed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from orebook.model.book import Book
from orebook.model.equation import IDENTITY, REQUIRED, Equation, compute
from orebook.model.fact import Fact
from orebook.model.interval import Interval, of_fact
from orebook.model.named import NamedTuple


class Derived(NamedTuple):
    """A printed figure, what the leaves give for it, and the equation that gives it (None: a copy)."""

    fact: Fact
    interval: Interval
    equation: Equation | None

    @property
    def agrees(self) -> bool:
        """Whether some number behind the leaves rounds to what is printed."""
        return self.interval.meets(of_fact(self.fact))


class Reclosed(NamedTuple):
    """A report closed again: its `leaves`, what was `derived` from them, and the leaves that were `taken`
    because equations only give them from each other."""

    leaves: tuple[Fact, ...]
    derived: tuple[Derived, ...]
    taken: tuple[Fact, ...]

    @property
    def disagreements(self) -> tuple[Derived, ...]:
        return tuple(derived for derived in self.derived if not derived.agrees)


class _Sightings:
    """The printed figures grouped by fact: two that are stated to be the same are one."""

    def __init__(self, facts: Sequence[Fact], same: Iterable[Equation]) -> None:
        self.group: dict[Fact, int] = {fact: at for at, fact in enumerate(facts)}
        self.members: list[list[Fact]] = [[fact] for fact in facts]
        for equation in same:
            for operand in equation.operands:
                self._join(self.group[equation.target], self.group[operand.fact])

    def _join(self, first: int, second: int) -> None:
        if first == second:
            return
        into, out = sorted((first, second))
        for fact in self.members[out]:
            self.group[fact] = into
        self.members[into] += self.members[out]
        self.members[out] = []

    def finest(self, group: int) -> Fact:
        """The member that is printed with the most digits, the first of them."""
        return min(self.members[group], key=lambda fact: (of_fact(fact).width, fact.place))


def reclose(book: Book, equations: Sequence[Equation]) -> Reclosed:
    """Derive all that the required `equations` give from the figures that they do not give."""
    required = [equation for equation in equations if equation.grade == REQUIRED]
    plain = [equation for equation in required if _is_copy(equation)]
    seen = _Sightings(book.facts, plain)
    given = [equation for equation in required if not _is_copy(equation)]
    return _Closing(seen, given).run(book.facts)


def _is_copy(equation: Equation) -> bool:
    """An identity of plain copies; one between different units is a relation like any other."""
    weights = {operand.weight for operand in equation.operands}
    return equation.kind == IDENTITY and weights <= {1, None} and equation.factor == 1


class _Closing:
    """Propagation from leaves: what is known so far, by group."""

    def __init__(self, seen: _Sightings, equations: list[Equation]) -> None:
        self.seen = seen
        self.equations = equations
        self.targets = {seen.group[equation.target] for equation in equations}
        self.known: dict[int, Interval] = {}
        self.origin: dict[int, Equation] = {}
        self.derived: list[Derived] = []
        self.waits: list[set[int]] = []
        self.users: dict[int, list[int]] = {}
        for at, equation in enumerate(equations):
            needs = {seen.group[operand.fact] for operand in equation.operands}
            self.waits.append(needs)
            for group in needs:
                self.users.setdefault(group, []).append(at)
        self.ready: deque[int] = deque()

    def run(self, facts: Sequence[Fact]) -> Reclosed:
        taken = []
        groups = (group for group in range(len(facts)) if self.seen.members[group] and group not in self.targets)
        leaves = [self._take(group) for group in groups]
        self._spread()
        for group in sorted(self.targets, key=lambda at: facts[at].place):
            if group not in self.known:
                taken.append(self._take(group))
                self._spread()
        self.derived.sort(key=lambda derived: derived.fact.place)
        return Reclosed(tuple(leaves), tuple(self.derived), tuple(taken))

    def _take(self, group: int) -> Fact:
        """Take a group's finest sighting as given; its other sightings are derived from it as copies."""
        fact = self.seen.finest(group)
        self._know(group, of_fact(fact))
        self._compare(group, fact, of_fact(fact))
        return fact

    def _know(self, group: int, interval: Interval) -> None:
        self.known[group] = interval
        for at in self.users.get(group, ()):
            self.waits[at].discard(group)
            if not self.waits[at]:
                self.ready.append(at)

    def _spread(self) -> None:
        while self.ready:
            equation = self.equations[self.ready.popleft()]
            values = [self.known[self.seen.group[operand.fact]] for operand in equation.operands]
            made = compute(equation, values)
            if made is not None:
                self._conclude(equation, made)

    def _conclude(self, equation: Equation, made: Interval) -> None:
        """Compare what an equation gives; where it is the first to give it, go on from it.

        A figure that the report contradicts goes on as printed, so that one contradiction is told once.
        """
        group = self.seen.group[equation.target]
        derived = Derived(equation.target, made, equation)
        self.derived.append(derived)
        if group not in self.known:
            printed = of_fact(equation.target)
            both = made.meet(printed)
            self._know(group, printed if both is None else made)
            self._compare(group, equation.target, both or printed)

    def _compare(self, group: int, source: Fact, interval: Interval) -> None:
        """A copy agrees with what the leaves give and with what is printed at its source."""
        for fact in self.seen.members[group]:
            if fact != source:
                self.derived.append(Derived(fact, interval, None))
