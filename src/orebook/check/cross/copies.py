"""CR01 cross.same-fact-differs: a fact is printed in two places, and the two differ.

What it ties: rows of different tables, or of different parts of one, that mean the same: the same concept of
the same company, segment or mine in the same unit. The figures are compared period by period, whatever their
scale; in a cash flow statement the sign may be turned. A segment's cost per ounce is the company's cost for
that metal; a mine's is too where no other mine prints one. Lines of one label that the lexicon does not know
(`Adjusted EBITDA`) are compared across tables where their figures agree beyond chance, in either sign.

Why: a release repeats its main figures in highlights, statements, notes and reconciliations, by hand. Two
rows count as one fact only where the document shows it: they must agree in at least one period, and at
least as often as they differ.

Ties: net income of 44,965 in the highlights, the statement of operations and the cash flow statement.

Breaks: operating cash flow of 46,984 in the highlights beside 46,989 in the cash flow statement, while the
year before agrees. A nil beside a figure is a query: the line may have been left empty on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from orebook.check.context import Context, Sightings, fold
from orebook.check.cross.agreement import Agreement, Trial, digits, graded, holds, next_column, one_slip, tried
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import COMPANY, MINE, SEGMENT
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.tie import MINUS, ONE, Operand

CODE = "CR01"
NAME = "cross.same-fact-differs"

Key = tuple[str, str, str, str, str]

# The statement that a figure comes from is compared with the places that repeat it.
RANK = {
    "operations": 0,
    "balance-sheet": 0,
    "reconciliation": 2,
    "cash-flows": 1,
    "production": 3,
    "highlights": 4,
}
LAST = 5
TELLING = 3  # digits of two figures of one label that a slip turns into each other hardly by chance
MOST_HUBS = 8  # different facts of one name (subsidiaries' statements, say) that are told apart
MOST_NAMESAKES = 12  # rows of one label that are compared
LEAST_SHOWN = 3  # columns of three digits that must agree for each that differs
PER_OUNCE = "PerOunce"
FOR_COST = "ProducedForCost"
EPS = "EarningsPerShare"
BOTH = "BasicAndDiluted"
REPEATS = frozenset({"reconciliation", "highlights"})  # tables that print one fact twice as a rule
PAYMENTS = ("Payments", "orebook:CapitalAdditions")
TURNS_SIGN = frozenset({"cash-flows"})


def run(view: Context) -> Iterator[Equation]:
    """Identities of rows that are one fact."""
    rows = entries(view)
    for group in _groups(rows).values():
        if len(group) > 1:
            yield from _ties(_whole(sorted(group, key=_rank)), view.sightings)
    for group in _namesakes(rows):
        yield from _repeated(sorted(group, key=_rank), view.sightings)


def _rank(entry: Entry) -> tuple[int, int, int]:
    return RANK.get(entry.table.kind, LAST), entry.table.number, entry.row.number


def _groups(rows: Sequence[Entry]) -> dict[Key, list[Entry]]:
    groups: dict[Key, list[Entry]] = defaultdict(list)
    sole = _sole_mines(rows)
    for entry in rows:
        if entry.concept is None or entry.table.kind == "schedule":
            continue
        for key in _keys(entry.concept, entry, sole):
            groups[key].append(entry)
    return groups


def _namesakes(rows: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Rows of different tables that bear the same label and that the lexicon does not know as one fact: lines of the
    company's own, such as `Adjusted EBITDA`."""
    found: dict[tuple[str, str, str, str], list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.row.label and entry.table.kind != "schedule":
            found[entry.row.label, entry.unit, entry.level.level, entry.level.name].append(entry)
    for group in found.values():
        if len(group) > 1 and len({entry.table.number for entry in group}) > 1:
            concepts = {entry.concept for entry in group}
            if len(concepts) > 1 or None in concepts:
                yield group


def _repeated(group: Sequence[Entry], known: Sightings) -> Iterator[Equation]:
    """The identities of rows of one label that the figures show beyond chance, in either sign.

    A row that differs somewhere is the same fact only where three columns agree for each that differs, which is a query where
    no slip of the pen explains it; or where one does, and another column agrees beside a figure of many digits, or three
    beside one of few.
    """
    firsts: list[Entry] = []
    for entry in group[:MOST_NAMESAKES]:
        for first in firsts:
            if first.table.number == entry.table.number or (first.concept and first.concept == entry.concept):
                continue
            hub = _Hub(first, dict(first.figures))
            plain, turned = (tried(_identities(hub, entry, sign, either=True), known) for sign in (ONE, MINUS))
            if _is_undecided(plain, turned):
                break
            best = max(plain, turned, key=lambda trial: trial.agreement.score)
            if _beyond_chance(best.agreement) or _slips_once(best, known):
                pairs = zip(best.equations, best.held, strict=True)
                for each, true in pairs:
                    yield each if true or _is_typed(each, best, known) else replaced(each, grade=ANALYTIC)
                break
        else:
            firsts.append(entry)


def _slips_once(trial: Trial, known: Sightings) -> bool:
    failed = [each for each, true in zip(trial.equations, trial.held, strict=True) if not true]
    if len(failed) != 1 or not trial.agreement.strong:
        return False
    telling = min(map(digits, failed[0].facts)) > TELLING or trial.agreement.held >= LEAST_SHOWN
    return telling and _is_typed(failed[0], trial, known)


def _is_typed(equation: Equation, trial: Trial, known: Sightings) -> bool:
    """Whether a slip of the pen explains why a copy differs: in a digit or a sign, or a copy of the next column."""
    return one_slip(equation, known) or next_column(equation, trial)


def _beyond_chance(found: Agreement) -> bool:
    if found.failed:
        return found.strong >= LEAST_SHOWN and found.held >= LEAST_SHOWN * found.failed
    return found.strong > 1 or (found.strong == 1 and not found.empty)


def _keys(concept: str, entry: Entry, sole: dict[tuple[str, str], str]) -> Iterator[Key]:
    """The facts that a row may be a sighting of."""
    level, unit = entry.level, entry.unit
    if concept.endswith(PER_OUNCE):
        company = level.level in (COMPANY, SEGMENT) or sole.get((concept, entry.metal)) == level.name
        if company:
            yield concept, COMPANY, "", entry.metal, unit
        if level.level != COMPANY:
            yield concept, level.level, level.name, entry.metal, unit
        return
    if concept.endswith(FOR_COST):
        produced = concept.replace(FOR_COST, "Produced")
        yield produced, level.level, level.name, "", unit
        if level.level == SEGMENT:
            yield produced, COMPANY, "", "", unit
        return
    yield concept, level.level, level.name, "", unit
    if concept.startswith((EPS, "WeightedAverage")) and concept.endswith(BOTH):
        for one in ("Basic", "Diluted"):
            yield _specific(concept, one), level.level, level.name, "", unit


def _specific(concept: str, one: str) -> str:
    """The basic or diluted concept beside one that stands for both."""
    if concept.startswith(EPS):
        return EPS + one
    basic = "WeightedAverageNumberOfSharesOutstandingBasic"
    return basic if one == "Basic" else "WeightedAverageNumberOfDilutedSharesOutstanding"


def _sole_mines(rows: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """(cost per ounce, metal) -> the mine, where one mine only prints that cost."""
    mines: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in rows:
        if entry.concept and entry.concept.endswith(PER_OUNCE) and entry.level.level == MINE:
            mines[entry.concept, entry.metal].add(entry.level.name)
    return {key: next(iter(names)) for key, names in mines.items() if len(names) == 1}


def _whole(group: Sequence[Entry]) -> list[Entry]:
    """The rows with those of one table joined that print one fact for different dates: opening and closing cash."""
    made: list[Entry] = []
    for entry in group:
        last = made[-1] if made else None
        if last is not None and last.table.number == entry.table.number and not last.figures.keys() & entry.figures:
            made[-1] = replaced(last, figures={**last.figures, **entry.figures})
        else:
            made.append(entry)
    return made


class _Hub(NamedTuple):
    """A fact under comparison: the row that prints it first, and the first sighting for each period."""

    entry: Entry
    figures: dict[Period, Fact]


def _ties(group: Sequence[Entry], known: Sightings) -> Iterator[Equation]:
    """Compare each row with the first that it agrees with; one that agrees with none is a fact of its own."""
    hubs: list[_Hub] = []
    for entry in group:
        compared = [(hub, trial) for hub in hubs if (trial := _compared(hub, entry, known)) is not None]
        if not compared:
            compared = [(hub, trial) for hub in hubs if (trial := _mistyped(hub, entry, known)) is not None]
        if compared:
            hub, best = max(compared, key=lambda pair: pair[1].agreement.score)
            yield from graded(best, known)
            if all(operand.weight is ONE for equation in best.equations for operand in equation.operands):
                for period, fact in entry.figures.items():
                    hub.figures.setdefault(period, fact)
        elif len(hubs) < MOST_HUBS:
            hubs.append(_Hub(entry, dict(entry.figures)))


def _compared(hub: _Hub, entry: Entry, known: Sightings) -> Trial | None:
    """The identities of two rows, with the sign that fits; None where the document does not show it.

    The sign is that with which more periods agree: with the other, one is lost.
    """
    either = _may_turn(hub.entry, entry)
    best = tried(_identities(hub, entry, ONE, either=either), known)
    if either and (best.agreement.failed or not best.agreement.held):
        turned = tried(_identities(hub, entry, MINUS, either=True), known)
        if _is_undecided(best, turned):
            return None
        best = best if best.agreement.held > turned.agreement.held else turned
    return best if _shown(hub.entry, entry, best.agreement) else None


def _is_undecided(plain: Trial, turned: Trial) -> bool:
    """Whether as many periods agree with one sign as with the other: a sign is lost, and which cannot be said here."""
    return plain.agreement.held == turned.agreement.held > 0


def _mistyped(hub: _Hub, entry: Entry, known: Sightings) -> Trial | None:
    """The identity of two rows of one label where one slip of the pen tells them apart."""
    if entry.table.kind == hub.entry.table.kind or fold(hub.entry.row.label) != fold(entry.row.label):
        return None
    told = [each for each in _identities(hub, entry, ONE) if any(fact.value for fact in each.facts)]
    held = tuple(holds(each, known) for each in told)
    if held.count(False) != 1 or not _are_one(entry, told, wrong := told[held.index(False)]):
        return None
    return Trial(tuple(told), held, Agreement(held=1, failed=1)) if one_slip(wrong, known) else None


def _are_one(entry: Entry, told: Sequence[Equation], wrong: Equation) -> bool:
    """Whether two rows that differ in one period are one fact all the same: both print figures enough in the only period
    that they share; or what is called income per share in both, which has few, agrees to the digit in the others."""
    if len(told) == 1:
        # What the cash flows add back may hold depreciation that another line of the operations bears.
        return min(map(digits, wrong.facts)) >= TELLING and "epreciation" not in entry.row.label
    if not (entry.concept or "").startswith(EPS) or "share" not in entry.row.label.lower():
        return False
    return all(len({fact.amount for fact in each.facts}) == 1 for each in told if each is not wrong)


def _may_turn(first: Entry, second: Entry) -> bool:
    """Whether one of two rows may print with the other sign what the other prints: the statement of cash flows, or a
    payment, which is taken off in one table and listed in another."""
    kinds = {first.table.kind, second.table.kind}
    if first.table.number != second.table.number and (first.row.concept or "").startswith(PAYMENTS):
        return True
    return len(kinds) == 2 and bool(kinds & TURNS_SIGN) and not first.unit.count("/")


def _shown(first: Entry, second: Entry, found: Agreement) -> bool:
    """Two lines of one table, or a line that may be either of two, must agree more plainly."""
    if not found.established:
        return False
    if first.table.number == second.table.number:
        repeats = first.table.kind in REPEATS
        return found.held >= 2 and (found.held > found.failed if repeats else _alike(first, second))
    either = {first.concept, second.concept}
    unclear = len(either) > 1 and any(concept and concept.endswith(BOTH) for concept in either)
    return not unclear or found.held > found.failed


def _alike(first: Entry, second: Entry) -> bool:
    """Whether two rows print the same figures wherever both print one."""
    return all(
        second.figures[period].value == fact.value for period, fact in first.figures.items() if period in second.figures
    )


def _identities(hub: _Hub, entry: Entry, sign: Fraction, *, either: bool = False) -> Iterable[Equation]:
    for period, fact in entry.figures.items():
        known = hub.figures.get(period)
        if known is not None:
            yield Equation(CODE, NAME, IDENTITY, REQUIRED, known, (Operand(fact, sign),), either_sign=either)
