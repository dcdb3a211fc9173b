"""The catalogue: every check, in the order in which they run.

A check is a module with a `CHECK`, and a docstring with What it ties / Why / Ties / Breaks; its page in the
docs is made from that. `run(context)` yields equations (evaluated by the one evaluator), findings of its own
where a defect is no equation, and plain strings: notes on what was not looked at.

Checks of `SAME_FACT` run first: they say which figures are sightings of the same fact, and every later check
sees the intersection of all sightings. To add a check, write its module and name it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from orebook.check.context import Context
from orebook.model.equation import Equation
from orebook.model.tie import Claim, Finding

Said = Equation | Finding | Claim | str


class Check(NamedTuple):
    """A check: `name` states the defect that it finds (`footing.total-breaks`)."""

    code: str
    name: str
    run: Callable[[Context], Iterable[Said]]


def same_fact() -> tuple[Check, ...]:
    """Checks that find one fact printed in several places."""
    return ()


def relations() -> tuple[Check, ...]:
    """Checks that relate different facts."""
    return ()


def claims() -> tuple[Check, ...]:
    """Checks of the numbers in sentences; they run last."""
    return ()


def catalogue() -> tuple[Check, ...]:
    """All checks in the order in which they run."""
    return same_fact() + relations() + claims()
