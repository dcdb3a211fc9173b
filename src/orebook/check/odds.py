"""The odds of a suspect: how likely what is printed is a slip of the pen for what ought to stand there.

Several figures of one broken tie may mend it. They are told apart by how figures go wrong: one digit is wrong, two
neighbours are exchanged, a sign is lost, the figure of the next column is copied; anything else is rare. Each slip
has as many outcomes as there are places and digits, so that one that leads just to the printed figure says more the
fewer there are. What ought to stand there is likelier the less it differs, in proportion, from the other figures of
the row, and where the document prints it elsewhere. Odds are exact fractions; only their proportions mean anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter

from orebook.check.context import SUBUNITS, Line
from orebook.model.fact import Fact
from orebook.model.interval import Interval, amount
from orebook.model.named import NamedTuple

DIGIT, EXCHANGED, SIGN, COPIED, OTHER = (
    "one wrong digit",
    "two digits exchanged",
    "a lost sign",
    "a copy of the figure in the next column",
    "",
)
RARE = 64  # a slip of none of the known kinds is so much rarer
STRAYS = (1, 8, 64)  # sums mostly foot to the digit: the odds of a value none, one, or more digits off the best one
SAME_LINE = 1000  # what it is worth that a line of the same name prints a figure elsewhere
SCHEDULE = "schedule"  # repeats the statements in few figures: one that is alike is hardly so by chance
MOST_MEANT = 512  # of more numbers that may have been meant, one is near to a slip in any case
SPREAD = 5  # about half of all figures differ by more than one part in so many from the nearest one in their row
UNMOVED = Fraction(2, SPREAD) / 20  # one figure in twenty is the same: a share of all that `_likeness` adds up to
CHANCE_DIGITS = 3  # figures of so many digits are alike by chance somewhere in a report


class Surroundings(NamedTuple):
    """What stands around figures: all figures of a row by the numbers of table and `row`, and all by their `amount` in
    subunits, whatever its sign."""

    row: Mapping[tuple[int, int], Line] = {}
    amount: Mapping[int, Sequence[Fact]] = {}

    def beside(self, fact: Fact) -> list[Fact]:
        """The other figures of a figure's row that count in its unit."""
        line = self.row.get((fact.table.number, fact.row.number))
        row = () if line is None else line.cells.values()
        return [other for other in row if other is not fact and other.unit == fact.unit]


class Odds(NamedTuple):
    """How likely a figure is a slip, the slip that is the likeliest (`""` for none of the known kinds), and the number, in
    units of the last printed digit, for which it is one."""

    weight: Fraction
    slip: str
    number: int


def unit(fact: Fact) -> Fraction:
    """What one of the last printed digit counts for."""
    return Fraction(fact.scale, 10**fact.decimals)


def count(fact: Fact) -> int:
    """A printed figure in units of its last digit."""
    return 0 if fact.value is None else int(fact.value.scaleb(fact.decimals))


def _alike(one: Fact, other: Fact) -> bool:
    """Whether two figures are printed to the same digit in the same scale."""
    return one.scale == other.scale and one.decimals == other.decimals


def slip(number: int, other: int) -> tuple[str, int] | None:
    """The slip of the pen that makes `other` of `number`: one wrong digit, two neighbouring digits swapped, a lost sign.

    With the kind of slip, and out of how many of that kind it is one; None where no single slip does.
    """
    if number == -other:
        return (SIGN, 1) if number else None
    if (number < 0) != (other < 0) and other:
        return None
    digits, others = str(abs(number)), str(abs(other))
    size = len(digits)
    if len(others) > size:
        return None
    others = others.zfill(size)
    wrong = [at for at in range(size) if digits[at] != others[at]]
    if len(wrong) == 1:
        return DIGIT, 9 * size
    exchanged = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    if exchanged and digits[wrong[0]] == others[wrong[1]] and digits[wrong[1]] == others[wrong[0]]:
        return EXCHANGED, size - 1
    return None


def odds(fact: Fact, value: Interval, best: Fraction, around: Surroundings, *, exact: bool = True) -> Odds:
    """How likely the figure is a slip for one of the printable numbers in `value`.

    `exact` says that `best` is likelier than the others, as a sum that foots to the digit is.
    """
    one, printed = unit(fact), count(fact)
    meant, wanted = value.multiples(one), round(best / one)
    known = [count(other) if _alike(other, fact) else round(amount(other) / one) for other in around.beside(fact)]
    found: dict[str, Fraction] = {}
    likeliest: dict[str, tuple[Fraction, int]] = {}
    room = 1 if exact else len(meant)
    for number, kind, share in _ways(fact, printed, wanted, known, room, meant):
        if number in meant and number != printed:
            stray = STRAYS[min(abs(number - wanted), len(STRAYS) - 1)] if exact else 1
            worth = share / stray * _nearness(printed, number, known) * _elsewhere(fact, number, around)
            if kind != COPIED:  # a copy is printed elsewhere in any case
                worth /= _elsewhere(fact, printed, around)
            found[kind] = found.get(kind, Fraction(0)) + worth
            likeliest[kind] = max(likeliest.get(kind, (worth, number)), (worth, number), key=itemgetter(0))
    if not found:
        return Odds(Fraction(0), OTHER, wanted)
    most = max(found, key=found.__getitem__)
    return Odds(sum(found.values(), Fraction(0)), most, likeliest[most][1])


def _ways(
    fact: Fact, printed: int, wanted: int, known: Sequence[int], room: int, meant: range
) -> Iterator[tuple[int, str, Fraction]]:
    """Numbers that may have been meant, by which slip, and how often that slip makes them what is printed.

    Where nothing binds the number that was meant to the printed one it may be any of `room` as well. A wrong digit
    leaves as many digits as there were.
    """
    if not fact.nil and len(meant) <= MOST_MEANT:
        for number in meant:
            made = slip(printed, number)
            if made is not None and len(str(abs(number))) == len(str(abs(printed))):
                yield number, made[0], Fraction(1, made[1])
    if printed in known:
        yield wanted, COPIED, Fraction(room)
    yield wanted, OTHER, Fraction(room, RARE * (abs(printed - wanted) + 1))


def _nearness(printed: int, number: int, known: Sequence[int]) -> Fraction:
    """How much better a number fits the other figures of the row than the printed one."""
    if not known:
        return Fraction(1)
    meant, read = (sum((_likeness(one, other) for other in known), Fraction(0)) for one in (number, printed))
    return meant / read


def _likeness(number: int, other: int) -> Fraction:
    """How likely a number stands beside another in its row: 20 more or less is little beside 400 and much beside 40."""
    size = max(abs(other), 1)
    apart = Fraction(size, (size + SPREAD * abs(number - other)) ** 2)
    return apart + UNMOVED if number == other else apart


def _elsewhere(fact: Fact, number: int, around: Surroundings) -> int:
    """What it is worth that a number is printed in other rows: most where a line of the same name prints it."""
    said, finer = divmod(abs(number) * fact.scale * SUBUNITS, 10**fact.decimals)
    alike = () if finer else around.amount.get(said, ())
    others = [other for other in alike if other.row is not fact.row and other.unit == fact.unit]
    if not others or not number:
        return 1
    if any(_same_line(fact, other) for other in others):
        return SAME_LINE
    return int(10 ** max(0, len(str(abs(number))) - CHANCE_DIGITS))


def _same_line(fact: Fact, other: Fact) -> bool:
    if other.period != fact.period:
        return False
    same = fact.row.concept is not None and fact.row.concept == other.row.concept
    return (
        same
        or SCHEDULE in (fact.table.kind, other.table.kind)
        or (bool(fact.row.label) and fact.row.label.casefold() == other.row.label.casefold())
    )
