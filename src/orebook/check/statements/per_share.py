"""ST01 statements.per-share-breaks: a figure per share is not the income divided by the shares.

What it ties: basic and diluted income per share, in the statement of operations and wherever else they are
printed with their income, to that income and the weighted average shares; and parts of it (a discontinued operation, an
extraordinary item) to the line of that name, where every column agrees.

Why: investors quote it most, and two printed figures determine it.

Ties: 12,347 over 120,440 shares is 0.10.

Breaks: 0.12 there, where the other columns agree. Net income is what is divided only where there is no
preferred stock; and from 2009 on participating shares take their part of it before (EITF 03-6-1): then a
difference is a query, as it is where the figure is the sum of rounded parts. Other quotients are tied only
where every column agrees. Whatever the basis, a lost sign is a break, and so are shares copied from the next column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from orebook.check.context import Context, Sightings
from orebook.check.cross.agreement import Trial, digits, graded, holds, tried
from orebook.check.cross.rows import Entry, entries
from orebook.check.statements import parts
from orebook.lexicon.concepts import concept as concept_of
from orebook.lexicon.levels import COMPANY
from orebook.lexicon.wording import normal
from orebook.model.equation import ANALYTIC, DENOMINATOR, NUMERATOR, RATIO, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "ST01"
NAME = "statements.per-share-breaks"
APPLICABLE = "NetIncomeLossAvailableToCommonStockholdersBasic"
INCOME = (
    APPLICABLE,
    "NetIncomeLoss",
    "IncomeLossFromContinuingOperations",
    "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffect",
)
PARTS = frozenset(
    (
        *INCOME[2:],
        "IncomeLossFromDiscontinuedOperationsNetOfTax",
        "ExtraordinaryItemNetOfTax",
        "CumulativeEffectOfChangeInAccountingPrincipleNetOfTax",
    )
)
PREFERRED = ("PreferredStockDividendsIncomeStatementImpact", "PreferredStockValue", "PaymentsOfDividendsPreferredStock")
STATEMENT, PART = "operations", "a part per share"
TWO_CLASS = 2009
_OWNED = "net income attributable "
_OTHERS = ("controlling", "minority", "preferred")
TELLING = 4  # digits of a figure that another column repeats hardly by chance
BASIC = "WeightedAverageNumberOfSharesOutstandingBasic"
DILUTED = "WeightedAverageNumberOfDilutedSharesOutstanding"
EITHER = "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"
SHARES = {
    "EarningsPerShareBasic": (BASIC, EITHER),
    "EarningsPerShareDiluted": (DILUTED, EITHER),
    "EarningsPerShareBasicAndDiluted": (BASIC, DILUTED, EITHER),
}


def run(view: Context) -> Iterator[Equation]:
    """Income per share = income / weighted average shares."""
    tables, shares = _rows(view)
    if not shares:
        return
    preferred = any(digits(fact) > 1 for concept in PREFERRED for fact in view.by_concept.get(concept, ()))
    forced = {equation.target for equation in parts.run(view) if holds(equation, view.sightings)}
    for rows in tables.values():
        for concept, kinds in SHARES.items():
            for rate in rows.get(concept, ()):
                for kind in kinds:
                    for tie in _best(rate, rows, _near(rate, shares[kind]), preferred, view.sightings):
                        doubted = tie.target in forced and not holds(tie, view.sightings)
                        yield replaced(tie, grade=ANALYTIC) if doubted else tie
        for rate in rows.get(PART, ()):
            yield from _part(rate, rows, view.sightings)


Tables = Mapping[int, Mapping[str, Sequence[Entry]]]


def _rows(view: Context) -> tuple[Tables, Mapping[str, Sequence[Entry]]]:
    """The company's rows by table and concept (`PART`: those per share that are not of all income), and those of shares."""
    tables: dict[int, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    shares: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(view):
        concept = entry.concept or _owners(entry.row.label)
        if concept not in SHARES and entry.table.kind == STATEMENT and entry.unit.endswith("/share"):
            concept = PART
        if concept is None or entry.level.level != COMPANY:
            continue
        tables[entry.table.number][concept].append(entry)
        if concept in (BASIC, DILUTED, EITHER):
            shares[concept].append(entry)
    return tables, shares


def _part(rate: Entry, rows: Mapping[str, Sequence[Entry]], known: Sightings) -> Iterator[Equation]:
    """What a part of the income, called as it is there, makes of a share: where it does in every column."""
    part: str | None = (rate.concept or "").removesuffix("PerBasicShare").removesuffix("PerDilutedShare")
    part = part if part in PARTS else concept_of(rate.row.label, (), STATEMENT)
    trials = [
        tried(_quotients(rate, income, count), known)
        for income in (rows.get(part, ()) if part in PARTS else ())
        for kind in (BASIC, DILUTED, EITHER)
        for count in rows.get(kind, ())
        if {_named(rate), _named(count)} != {"basic", "diluted"}
    ]
    best = max(trials, key=lambda trial: trial.agreement.score, default=None)
    if best is not None and not best.agreement.failed and not best.agreement.empty:
        yield from (equation for equation in best.equations if equation.target.value)


def _named(entry: Entry) -> str:
    """Which shares a row counts by, or counts: `basic` or `diluted`; "" where it names neither, or both."""
    concept = "" if entry.concept in (EITHER, None) else entry.concept
    words = " ".join((*entry.row.heading, entry.row.label, concept)).lower()
    basic, diluted = "basic" in words or "primary" in words, "dilut" in words
    return "" if basic == diluted else "basic" if basic else "diluted"


def _owners(label: str) -> str | None:
    """What a row is that names the company in its label: `Net income attributable to Cedar Mining, Inc.` is what its
    shareholders have a part in."""
    if "ttributable" not in label:
        return None
    name = normal(label)
    return APPLICABLE if name.startswith(_OWNED) and not any(word in name for word in _OTHERS) else None


def _near(rate: Entry, shares: Sequence[Entry]) -> Sequence[Entry]:
    """The shares of the same table, or else those of the nearest table that prints them."""
    here = [entry for entry in shares if entry.table.number == rate.table.number]
    return here or sorted(shares, key=lambda entry: abs(entry.table.number - rate.table.number))[:1]


def _best(
    rate: Entry, rows: Mapping[str, Sequence[Entry]], shares: Sequence[Entry], preferred: bool, known: Sightings
) -> Iterator[Equation]:
    """The quotient of the income that agrees best with the printed figures."""
    trials = [
        (concept, tried(_quotients(rate, income, count), known))
        for concept in INCOME
        for income in rows.get(concept, ())
        for count in shares
    ]
    if not trials:
        return
    concept, best = max(trials, key=lambda pair: pair[1].agreement.score)
    sure = concept == APPLICABLE or (concept == "NetIncomeLoss" and not preferred)
    if best.agreement.failed and not (sure and best.agreement.held > best.agreement.failed):
        yield from _mistyped(best, known)
        return
    typed = [*_mistyped(best, known)]
    for equation in graded(best, known):
        shared = concept != APPLICABLE and _participating(equation)
        doubted = shared and equation not in typed and not holds(equation, known)
        yield replaced(equation, grade=ANALYTIC) if doubted else equation


def _mistyped(trial: Trial, known: Sightings) -> Iterator[Equation]:
    """The quotients that fail, though not for another basis: a sign is lost, or shares or income are a neighbour's."""
    found = [equation for equation, true in zip(trial.equations, trial.held, strict=True) if not true]
    for equation in found if len(found) == 1 else ():
        if _turned(equation) or any(_is_neighbours(operand.fact, trial) for operand in equation.operands):
            yield equation


def _turned(equation: Equation) -> bool:
    """Whether only the sign of the target is wrong."""
    target = equation.target
    if not target.value:
        return False
    return holds(replaced(equation, target=replaced(target, value=-target.value)), Sightings())


def _is_neighbours(fact: Fact, trial: Trial) -> bool:
    """Whether a figure of many digits stands in another column of its row too."""
    others = (operand.fact for equation in trial.equations for operand in equation.operands)
    return digits(fact) >= TELLING and any(
        other is not fact and other.row is fact.row and other.value == fact.value for other in others
    )


def _participating(equation: Equation) -> bool:
    """Whether the period is one in which unvested shares that draw dividends take part in the income."""
    period = equation.target.period
    return period is not None and period.end.year >= TWO_CLASS


def _quotients(rate: Entry, income: Entry, shares: Entry) -> Iterator[Equation]:
    for period, target in rate.figures.items():
        above, below = income.figures.get(period), shares.figures.get(period)
        if above is not None and below is not None and below.value:
            operands = (Operand(above, ONE, NUMERATOR), Operand(below, ONE, DENOMINATOR))
            yield Equation(CODE, NAME, RATIO, REQUIRED, target, operands, "income over weighted shares")
