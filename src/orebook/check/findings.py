"""Findings: one for each defect, however many ties it breaks.

Broken ties that share a figure are one group; the figure whose change would mend most of them is named as
the suspect, those ties become one finding, and what it does not mend is looked at again. Ties of grade
`required` make breaks, analytic ones queries.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction

from orebook.check.context import Context, Sightings
from orebook.check.cross.agreement import digits, holds
from orebook.check.culprit import Evidence, Suspicion, culprit, needs
from orebook.check.odds import Surroundings
from orebook.model.equation import IDENTITY, LINEAR, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.named import NamedTuple
from orebook.model.tie import BREAKS, TIES, UNOBSERVABLE, WITHIN, Claim, Finding, Tie

BREAK = "break"
QUERY = "query"
TELLING = 3  # digits of a figure that relates to others hardly by chance
Pair = tuple[Tie, Equation]
Members = frozenset[tuple[int, int]]
Possible = Callable[[Context], Iterable[Equation]]


def explained(
    pairs: Sequence[Pair],
    view: Context,
    known: AbstractSet[Members],
    claims: Sequence[Claim] = (),
    possible: Sequence[Possible] = (),
) -> list[Found]:
    """What explains the broken ties; `pairs` are all ties, each with its equation, and `known` the members of those.

    `possible` gives relations that may hold or not: they make no tie, but a suspect whose change would make one hold
    is the likelier for it.
    """
    broken = [pair for pair in pairs if pair[0].verdict == BREAKS]
    if not broken:
        return []
    others = (equation for given in possible for equation in given(view) if digits(equation.target) >= TELLING)
    unsaid = [equation for equation in others if equation.members not in known]
    touched = [fact for _, equation in broken for fact in equation.facts]
    asked = {id(fact) for fact in touched}
    asked.update(id(other) for fact in touched for other in view.groups.get(fact, ()))
    evidence = _evidence(pairs, asked, unsaid, claims, view)
    counts = Counter(_relation(pair) for pair in broken)
    rows = frozenset(row for row, count in counts.items() if count > 1)
    certain = [
        _of_group(group, evidence, rows)
        for group in _groups([pair for pair in broken if pair[0].grade == REQUIRED], evidence)
    ]
    suspects = [suspect for found in certain for suspect, _ in found.explained]
    queries = [pair for pair in broken if pair[0].grade != REQUIRED]
    queries = [pair for pair in queries if not any(_mends(pair[1], suspect, view.sightings) for suspect in suspects)]
    return [*certain, *(_of_group(group, evidence, rows) for group in _groups(queries, evidence))]


def findings(found: Sequence[Found]) -> list[Finding]:
    """The findings of broken ties that were explained, in document order."""
    made = [_finding(mended, suspect) for some in found for suspect, mended in some.explained]
    made.extend(_finding(some, None) for some in _by_rows([pair for some in found for pair in some.open]))
    return sorted(made, key=lambda finding: finding.spot[:2])


def _evidence(
    pairs: Sequence[Pair],
    asked: AbstractSet[int],
    unsaid: Sequence[Equation],
    claims: Sequence[Claim],
    view: Context,
) -> Evidence:
    """What the book says of the figures that are asked about (by identity: a book holds each once)."""
    holding: dict[Fact, list[Equation]] = defaultdict(list)
    expected: dict[Fact, list[tuple[Equation, bool]]] = defaultdict(list)
    for equation in unsaid:
        for fact in equation.facts:
            expected[fact].append((equation, False))
    for tie, equation in pairs:
        if tie.verdict == UNOBSERVABLE or (tie.grade == REQUIRED and tie.verdict == BREAKS):
            continue
        for fact in equation.facts:
            if id(fact) not in asked:
                continue
            if tie.grade == REQUIRED:
                holding[fact].append(equation)
            else:
                expected[fact].append((equation, tie.verdict != BREAKS))
    told: Counter[Fact] = Counter()
    for claim in claims:
        if claim.kind == "level" and len(claim.operands) == 1 and claim.verdict in (TIES, WITHIN, BREAKS):
            told[claim.operands[0]] += 1 if claim.verdict == BREAKS else -1
    return Evidence(holding, expected, told, _surroundings(view), view.sightings, view.groups)


def _surroundings(view: Context) -> Surroundings:
    """The figures of each row, and all figures by their amount."""
    rows = {(sheet.table.number, line.row.number): line for sheet in view.sheets for line in sheet.lines}
    by_amount: dict[int, list[Fact]] = defaultdict(list)
    own_counts = view.sightings.own_counts
    for fact in view.book.facts:
        counts = own_counts(fact)
        if counts is not None and counts[1]:
            by_amount[abs(counts[3])].append(fact)
    return Surroundings(rows, by_amount)


def _groups(broken: Sequence[Pair], evidence: Evidence) -> list[list[Pair]]:
    """Broken ties joined where they share a figure, or rest on other sightings of one."""
    group_of: dict[Fact, list[Pair]] = {}
    for pair in broken:
        joined = [pair]
        facts = (*pair[1].facts, *_resting_on(pair[1], evidence))
        for fact in facts:
            other = group_of.get(fact)
            if other is not None and other is not joined:
                if len(other) > len(joined):
                    joined, other = other, joined
                joined.extend(other)
                group_of.update({fact: joined for fact, group in group_of.items() if group is other})
        group_of.update(dict.fromkeys(facts, joined))
    unique = {id(group): group for group in group_of.values()}
    return [sorted(group, key=lambda pair: pair[0].target.place) for group in unique.values()]


def _resting_on(equation: Equation, evidence: Evidence) -> Sequence[Fact]:
    """The sightings of an equation's figures in other places, where it breaks only because of those.

    1,046 + 3,135 + 1,731 thousand ounces may be 5,912 thousand; not so where 3,135 are printed as 3,134,848 elsewhere.
    """
    if not holds(equation, evidence.sightings):
        return ()
    return [other for fact in equation.facts for other in evidence.groups.get(fact, ()) if other is not fact]


class Found(NamedTuple):
    """Broken ties that a suspect explains, and those for which none, or more than one, would do."""

    explained: tuple[tuple[Suspicion, Sequence[Pair]], ...] = ()
    open: tuple[Pair, ...] = ()


def _of_group(group: Sequence[Pair], evidence: Evidence, rows: AbstractSet[object]) -> Found:
    """Explain a group of broken ties, the suspect of most of them first.

    A relation that breaks in several columns (`rows`) is one defect, a row that is wrong or missing: one of several
    possible suspects would not explain it. Nor is one of several named in a query that no slip of the pen explains:
    something unprinted may.
    """
    equations = [equation for _, equation in group]
    plainly = [equation for equation in equations if not _resting_on(equation, evidence)]
    suspect = culprit(equations, evidence) or (culprit(plainly, evidence) if plainly else None)
    mended = [pair for pair in group if suspect is not None and _is_explained(pair[1], suspect, evidence)]
    vague = suspect is not None and suspect.others and not suspect.slip and group[0][0].grade != REQUIRED
    if suspect is None or vague or (suspect.others and any(_relation(pair) in rows for pair in mended)):
        return Found(open=tuple(_without_repeats(group, evidence.sightings)))
    done = {id(pair) for pair in mended}
    left = [pair for pair in group if id(pair) not in done]
    rest = [_of_group(some, evidence, rows) for some in _groups(left, evidence)]
    explained = ((suspect, mended), *(one for found in rest for one in found.explained))
    return Found(explained, tuple(pair for found in rest for pair in found.open))


def _relation(pair: Pair) -> object:
    """What the ties of one relation in its columns have in common."""
    return pair[0].code, pair[0].target.spot.line


def _printed_in(suspect: Suspicion, mended: Sequence[Pair]) -> Fact:
    """Of the sightings suspected, the first that stands in a broken tie."""
    broken = {fact for _, equation in mended for fact in equation.facts}
    return next((fact for fact in suspect.facts if fact in broken), suspect.fact)


def _is_explained(equation: Equation, suspect: Suspicion, evidence: Evidence) -> bool:
    """Whether a suspect mends a broken tie, or is a sighting that the tie breaks by."""
    others = _resting_on(equation, evidence)
    return _mends(equation, suspect, evidence.sightings) or any(fact in others for fact in suspect.facts)


def _mends(equation: Equation, suspect: Suspicion, sightings: Sightings) -> bool:
    needed = needs(equation, suspect.facts, sightings)
    return needed is not None and needed.meet(suspect.value) is not None


def _without_repeats(group: Sequence[Pair], sightings: Sightings) -> list[Pair]:
    """Of ties that ask the same of one target, the one with the smallest unexplained difference."""
    kept: list[Pair] = []
    for pair in sorted(group, key=lambda pair: _excess(pair[0])):
        asked = needs(pair[1], (pair[0].target,), sightings)
        if not any(_asks_alike(asked, pair, other, sightings) for other in kept):
            kept.append(pair)
    return sorted(kept, key=lambda pair: pair[0].target.place)


def _asks_alike(asked: Interval | None, pair: Pair, other: Pair, sightings: Sightings) -> bool:
    if pair[0].target is not other[0].target:
        return False
    also = needs(other[1], (pair[0].target,), sightings)
    return asked is None or also is None or asked.meets(also)


def _by_rows(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Ties of one relation that break in several columns are one defect: a row is wrong, or missing."""
    rows: dict[object, list[Pair]] = defaultdict(list)
    for tie, equation in pairs:
        lines = frozenset(fact.spot.line for fact in equation.facts)
        rows[tie.code, tie.target.spot.line, lines if len(lines) > 2 else tie.target.place].append((tie, equation))
    return list(rows.values())


def _excess(tie: Tie) -> Fraction:
    return abs(tie.difference) - tie.allowed


def _finding(pairs: Sequence[Pair], suspicion: Suspicion | None) -> Finding:
    """One finding of ties that one defect breaks, told by the tie on the suspect where there is one.

    Its place is the figure that its numbers speak of; the suspect may stand elsewhere.
    """
    suspect = None if suspicion is None else _printed_in(suspicion, pairs)
    tie = next((pair[0] for pair in pairs if pair[0].target is suspect), pairs[0][0])
    said = message(tie, suspect, len(pairs) - 1)
    if suspicion is not None and suspect is not None and suspicion.others:
        said += _likely(suspicion, suspect, tie.target)
    return Finding(
        tie.code,
        BREAK if tie.grade == REQUIRED else QUERY,
        tie.target.spot,
        said,
        plain(tie.printed, tie.target.decimals),
        plain(tie.computed, tie.target.decimals),
        plain(tie.difference, tie.target.decimals),
        plain(tie.allowed, tie.target.decimals),
        None if suspect is None else suspect.spot,
        tuple(pair[0] for pair in pairs),
    )


def _likely(suspicion: Suspicion, suspect: Fact, target: Fact) -> str:
    """Why a suspect is the likeliest of several."""
    wanted = grouped(suspicion.best / suspect.scale, suspect.decimals)
    reason = f"{suspicion.slip}, for {wanted}" if suspicion.slip else f"{wanted} would suit it best"
    which = "this figure" if suspect is target else "it"
    how = "is the likeliest" if suspicion.clear else "is to be looked at first"
    more = f"{suspicion.others} more {'figure' if suspicion.others == 1 else 'figures'} could be wrong"
    return f"; {more}, but {which} {how}: {reason}"


_MOST_DIGITS = 6  # more than the figure prints


def message(tie: Tie, suspect: Fact | None, others: int) -> str:
    """The defect in a sentence, with the figures."""
    decimals = tie.target.decimals
    fine = decimals
    while fine < decimals + _MOST_DIGITS and grouped(abs(tie.difference), fine) == grouped(tie.allowed, fine):
        fine += 1  # `off by 0.59, where rounding explains at most 0.59`
    gap, allowed = grouped(abs(tie.difference), fine), grouped(tie.allowed, fine)
    said = (
        f"{name(tie.target)} is printed as {grouped(tie.printed, decimals)},"
        f" but {_source(tie)} {grouped(tie.computed, decimals)}:"
        f" off by {gap}, where rounding explains at most {allowed}"
    )
    if others and suspect is None:
        said += f"; the same in {others} more {'column' if others == 1 else 'columns'}"
        said += ": a row may be missing or misplaced" if tie.kind in LINEAR - {IDENTITY} else ""
    elif others:
        said += f"; {others} more {'tie breaks' if others == 1 else 'ties break'} with it"
    elif suspect is None:
        said += "; which of the figures is wrong cannot be told"
    if suspect is not None and suspect is not tie.target:
        said += f"; the suspect is {name(suspect)}, printed as {suspect.text}"
    return said


def _source(tie: Tie) -> str:
    if tie.kind == IDENTITY:
        first = tie.operands[0].fact
        return f"{name(first)} on line {first.spot.line} makes it"
    return f"{tie.formula or 'the figures it is made of'} would make it"


def name(fact: Fact) -> str:
    """A figure in words: its label, or what it stands under."""
    label = fact.row.label or (f"the unlabelled figure under {fact.row.heading[-1]!r}" if fact.row.heading else "")
    return repr(fact.row.label) if fact.row.label else label or "the unlabelled figure"


def grouped(number: Fraction, decimals: int) -> str:
    """`plain` with commas between thousands, for a sentence."""
    return commas(plain(number, decimals))


def commas(number: str) -> str:
    """A plain decimal with commas between thousands; what is no number stays as it is."""
    whole, point, part = number.lstrip("-").partition(".")
    return f"{'-' if number.startswith('-') else ''}{int(whole):,}{point}{part}" if whole.isdigit() else number


def plain(number: Fraction, decimals: int) -> str:
    """A fraction in decimals: exact where few digits do, else to two digits beyond the printed ones.

    A nil or whole figure has no decimals; trailing zeros beyond the printed decimals are dropped.
    """
    places = max(decimals, 0) + 2
    whole, rest = divmod(number.numerator * 10**places, number.denominator)
    whole += 2 * rest + whole % 2 > number.denominator  # a half goes to the even one
    digits = str(abs(whole)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}"
    while text[-1] == "0" and len(text) - text.index(".") - 1 > max(decimals, 0):
        text = text[:-1]
    return ("-" if whole < 0 else "") + text.rstrip(".")
