"""Prose from end to end: sentences to cues, cues to outcomes, outcomes to claims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orebook.check.prose import (
    beside,
    breaks,
    compound,
    conversions,
    levels,
    mines,
    notes,
    portions,
    relations,
    retold,
    sensitivity,
    sums,
    together,
)
from orebook.check.prose.amounts import digits
from orebook.check.prose.context import MOST_TOLD, Cue
from orebook.check.prose.index import Index, Line, build
from orebook.check.prose.manner import CHANGE, GROWTH, LEVEL
from orebook.check.prose.numbers import MONEY, PERCENT, QUANTITY, RATIO
from orebook.check.prose.outcome import Outcome
from orebook.check.prose.saying import claims_of, untied
from orebook.check.prose.sentences import Said, read, sections
from orebook.check.prose.timing import series
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.slotted import replaced, slotted
from orebook.model.tie import Claim


@slotted
class Found:
    """What became of a sentence's numbers: an outcome for each, or None, and the row that a level ties to."""

    said: Said
    outcomes: list[Outcome | None]
    lines: list[Line | None]


def claims(book: Book) -> tuple[Claim, ...]:
    """Every number of the prose as a claim, in document order.

    Each ties to the figures it rests on, breaks (the figures say otherwise beyond doubt), or is untied, with
    the nearest figures as candidates. A book without dated figures yields untied claims only.
    """
    index = build(book)
    if index is None:
        return tuple(claim for section in sections(book) for claim in untied(section))
    found = [settle(said, index, past) for said, past in _with_past(read(book, index))]
    together.shares(found, index)
    together.charged(found, index)
    retold.otherwise(found, index)
    return tuple(claim for each in found for claim in claims_of(each, index))


def _with_past(said: Sequence[Said]) -> list[tuple[Said, list[sums.Past]]]:
    """Each sentence with the list that its paragraph's claims are gathered in."""
    made: list[tuple[Said, list[sums.Past]]] = []
    for each in said:
        same = made and made[-1][0].paragraph is each.paragraph
        made.append((each, made[-1][1] if same else []))
    return made


def settle(said: Said, index: Index, past: list[sums.Past]) -> Found:
    """Find out what each number of a sentence rests on: levels first, then what is said of two of them."""
    found = Found(said, [None] * len(said.cues), [None] * len(said.cues))
    if len(said.cues) <= MOST_TOLD:
        _settle(found, index, past)
    return found


def _settle(found: Found, index: Index, past: list[sums.Past]) -> None:
    said = found.said
    rows = notes.noted(said.paragraph, index)
    _in_lists(found, rows, index)
    for at, cue in enumerate(said.cues):
        if found.outcomes[at] is None:
            _level(found, at, cue, rows, index)
    for at, cue in enumerate(said.cues):
        if found.outcomes[at] is None and cue.side:
            _as_long(found, at, cue, index)
    for at, cue in enumerate(said.cues):
        if found.outcomes[at] is None:
            found.outcomes[at] = _relation(found, at, cue, past, rows, index)
    for at, cue in enumerate(said.cues):
        if found.outcomes[at] is None:
            made = _contradiction(found, at, cue, index)
            if made is None or made.tied or not any(map(index.is_one_of_several, made.operands)):
                found.outcomes[at] = made
    _in_note(found, rows, index)
    past += [
        sums.Past(cue, outcome) for cue, outcome in zip(said.cues, found.outcomes, strict=True) if outcome is not None
    ]


def _in_lists(found: Found, rows: Sequence[Line], index: Index) -> None:
    """Relations that hold for a whole list of numbers or not at all."""
    if not rows:
        return
    said = found.said
    listed = [at for at, cue in enumerate(said.cues) if cue.number.unit == "oz" and cue.fixed]
    if len(listed) > 1:
        for at, outcome in zip(listed, notes.others([said.cues[at] for at in listed], rows, index), strict=True):
            found.outcomes[at] = outcome


def _level(found: Found, at: int, cue: Cue, rows: Sequence[Line], index: Index) -> None:
    """Tie a number to a figure that says the same, where one does."""
    if cue.role not in (LEVEL, "share") or not cue.periods:
        return
    if cue.ahead and (cue.qualifier in ("over", "under") or digits(cue) < 3):
        return
    partner = _partner(found, at)
    match = levels.find(cue, index, partner[1] if partner else None)
    if match is not None and (
        (partner and levels.outdone(cue, match, *partner, index)) or _said_before(found, match, cue)
    ):
        return
    if match is not None and not (match.score < 90 and sums.contradicted(cue, index)):
        found.outcomes[at] = levels.outcome(cue, match, ties=True)
        found.lines[at] = match.line
        return
    made = notes.level(cue, rows, index)
    if made is not None:
        found.outcomes[at] = made


def _as_long(found: Found, at: int, cue: Cue, index: Index) -> None:
    """Tie a number to a figure of a period as long as that of the figure that it is compared with: `US$401 per ounce, from
    US$456`, of three months both, where the sentence before spoke of nine."""
    partner = _partner(found, at) if cue.role == LEVEL and cue.periods and not cue.ahead else None
    if partner is None:
        return
    told = next(
        (made for other, made in zip(found.said.cues, found.outcomes, strict=True) if other is partner[0]), None
    )
    period = told.operands[0].period if told is not None and told.tied else None
    if period is None or period.months is None or period.months == cue.periods[0].months:
        return
    alike = replaced(cue, periods=(index.calendar.find(period.months, cue.periods[0].end),))
    match = levels.find(alike, index, partner[1])
    if match is not None:
        found.outcomes[at], found.lines[at] = levels.outcome(alike, match, ties=True), match.line


def _said_before(found: Found, match: levels.Match, cue: Cue) -> bool:
    """True where a figure of a period that is only the second likeliest is what another number of the sentence says."""
    if match.period == cue.periods[0]:
        return False
    return any(made is not None and made.kind == "level" and made.operands[0] == match.fact for made in found.outcomes)


def _partner(found: Found, at: int) -> tuple[Cue, Line] | None:
    """The number on the other side of the comparison, where the two are in one unit, and the row that it ties to."""
    cue = found.said.cues[at]
    others = zip(found.said.cues[:at], found.lines[:at], strict=True)
    alike = (
        (other, line)
        for other, line in others
        if line is not None
        and other.side < cue.side
        and other.clause == cue.clause
        and other.number.unit == cue.number.unit
    )
    return next(alike, None) if cue.side else None


def _relation(
    found: Found, at: int, cue: Cue, past: Sequence[sums.Past], rows: Sequence[Line], index: Index
) -> Outcome | None:
    """What ties a number that no single figure says."""
    text = found.said.sentence.text
    made = _from_sentence(found.said, at, cue) or sensitivity.impact(cue, found.said.cues[:at], text, index)
    if made is not None:
        return made
    if cue.ahead or not cue.periods:
        return None
    if cue.number.kind in (PERCENT, RATIO) and cue.role not in (GROWTH, CHANGE):
        named = relations.named_ratio(cue, text[max(0, cue.number.start - 90) : cue.number.end + 40], index)
        made = named or portions.portion(cue, text, *_before(found, at), index)
        return made or portions.then(cue, beside.told_across(found, at), index)
    if cue.role == GROWTH:
        return (
            compound.again(cue, beside.told_before(found, at), index)
            or relations.growth(cue, index, beside.anchors(found, at, index), 60, beside.led_to(found, at))[0]
            or relations.told(cue, beside.amounts(found))
        )
    if cue.role == CHANGE:
        made = compound.excess(cue, text, index) or compound.again(cue, beside.told_before(found, at), index)
        made = made or relations.change(cue, index, beside.anchors(found, at, index), 60)[0]
        return made or compound.moved(cue, index) or _as_level(cue, index)
    if cue.number.kind in (MONEY, QUANTITY):
        return _composed(found, at, cue, past, rows, index)
    return None


def _before(found: Found, at: int) -> tuple[Cue | None, Fact | None]:
    """The number before, one that stands in a bracket of its own passed over (`$131.0 million (2005: $118.5 million), or 61 %`),
    and the one figure that it ties to as a level."""
    text, cues = found.said.sentence.text, found.said.cues
    before = at - 1
    if before > 0 and text.find(")", cues[before].number.end, cues[at].number.start) >= 0:
        opening = text.rfind("(", 0, cues[before].number.start)
        before -= cues[before - 1].number.end <= opening
    outcome = found.outcomes[before] if at else None
    fact = outcome.operands[0] if outcome is not None and outcome.kind == "level" and outcome.tied else None
    return cues[before] if at else None, fact


def _from_sentence(said: Said, at: int, cue: Cue) -> Outcome | None:
    text = said.sentence.text
    before = said.cues[at - 1] if at else None
    gap = text[before.number.end : cue.number.start] if before is not None else ""
    return conversions.converted(cue, before, gap) or conversions.product(cue, said.cues[:at], gap)


def _as_level(cue: Cue, index: Index) -> Outcome | None:
    """`A $5 million reduction in carrying value` may be the amount of a row called so."""
    match = levels.find(cue, index)
    return levels.outcome(cue, match, ties=True) if match is not None and match.score >= 60 else None


def _composed(
    found: Found, at: int, cue: Cue, past: Sequence[sums.Past], rows: Sequence[Line], index: Index
) -> Outcome | None:
    text = found.said.sentence.text
    money = cue.number.unit == "M"
    made = (
        beside.other_day(found, at)
        or compound.again(cue, beside.told_before(found, at), index)
        or mines.together(cue, text, index)
    )
    if made is not None:
        return made
    made = sums.without(cue, text, past, index) or relations.named_difference(cue, index) if money else None
    before = found.outcomes[at - 1] if at else None
    if made is None and before is not None and before.kind == "difference":
        made = sums.a_share(cue, before, text[found.said.cues[at - 1].number.end : cue.number.start], index)
    if made is None:
        made = notes.residual(cue, rows, index)
    if made is None and digits(cue) > 1:
        made = sums.to_date(cue, index, 25)
    return made or sums.joined(cue, index) or sums.in_all(cue, beside.levels_before(found, at))


def _is_said(found: Found, fact: Fact) -> bool:
    """True where another number of the sentence says a figure: then no other number means it."""
    return any(
        made is not None and made.kind == "level" and made.tied and made.operands[0] == fact for made in found.outcomes
    )


def _agreed(found: Found, cue: Cue) -> bool:
    """True where another number of the sentence, of the same period, ties to a figure of just that period."""
    return cue.firm and any(
        made is not None
        and made.kind == "level"
        and made.tied
        and other.periods[:1] == cue.periods[:1]
        and made.operands[0].period is not None
        and made.operands[0].period.end == cue.periods[0].end
        and made.operands[0].period.months == cue.periods[0].months
        for other, made in zip(found.said.cues, found.outcomes, strict=True)
    )


def _in_note(found: Found, rows: Sequence[Line], index: Index) -> None:
    """The one amount that a sentence of a note tells."""
    told = [at for at, cue in enumerate(found.said.cues) if cue.number.unit == "M"]
    if rows and len(told) == 1 and found.outcomes[told[0]] is None:
        cue = found.said.cues[told[0]]
        if cue.role == LEVEL and cue.periods and not cue.ahead:
            found.outcomes[told[0]] = notes.contradicted(cue, rows, index)


def _contradiction(found: Found, at: int, cue: Cue, index: Index) -> Outcome | None:
    """The outcome of a number that disagrees with the figure it can only mean."""
    if cue.ahead or not cue.periods:
        return None
    sure = _rests(found, cue)
    if cue.role in (GROWTH, CHANGE) and not cue.fixed and _is_listed(found, at):
        return None  # `of A and of B, a 30 % and 45 % increase, respectively`: of which of them is not plain
    if cue.role == GROWTH and sure:
        units = beside.led_to(found, at) or beside.told_of(found, at)
        tried = relations.growth(cue, index, beside.linked(found, at), 85, units)[1]
        return relations.doubt(cue, [pair for pair in tried if not _of_another(found, cue, pair, index)], index)
    if cue.role == CHANGE and sure:
        tried = relations.change(cue, index, beside.linked(found, at), 101)[1]
        made = relations.doubt(cue, [pair for pair in tried if not _of_another(found, cue, pair, index)], index)
        tried = (
            relations.change(cue, index, beside.anchors(found, at, index), relations.SURE)[1]
            if made is None and cue.way
            else []
        )
        return made or relations.turned(
            cue, [pair for pair in tried if not _of_another(found, cue, pair, index)], index
        )
    if cue.role == LEVEL:
        match = breaks.contradicted(
            cue, index, _spoken(found), sure=sure, agreed=_agreed(found, cue)
        ) or breaks.corroborated(cue, _evidence(found, at, index), index, _spoken(found))
        match = match or _rated(found, at, index)
        if match is not None:
            return None if _is_said(found, match.fact) else levels.outcome(cue, match)
        return sums.contradicted(cue, index) if sure and not _is_listed(found, at) else None
    return None


def _spoken(found: Found) -> breaks.Spoken:
    return breaks.Spoken(found.said.sentence.text, found.said.heading)


def _of_another(found: Found, cue: Cue, pair: relations.Pair, index: Index) -> bool:
    """True where a growth or change is not that of a pair of figures: of another metal or part, or per share unsaid."""
    unsaid = pair.line.family == "M/share" and "share" not in cue.around
    return unsaid or breaks.is_of_another(cue, pair.line, _spoken(found), index)


def _is_listed(found: Found, at: int) -> bool:
    """True where a number is one of a list: what stands before it may be a list as well, and no sum."""
    return series(tuple(cue.number for cue in found.said.cues), at, found.said.sentence.text) is not None


_RATED = re.compile(r"^[^,.;]{0,50}\bat\s+an?\s+(?:\w+\s+){0,4}cost\b[^.;]{0,60}$", re.IGNORECASE)


def _rated(found: Found, at: int, index: Index) -> levels.Match | None:
    """A quantity that the rate right after it says more of."""
    cues_, following = found.said.cues, at + 1
    if following >= len(cues_) or cues_[following].number.unit != f"M/{cues_[at].number.unit}":
        return None
    line = found.lines[following]
    gap = found.said.sentence.text[cues_[at].number.end : cues_[following].number.start]
    if line is None or not _RATED.search(gap):
        return None
    return breaks.beside_rate(cues_[at], cues_[following], line, index)


def _evidence(found: Found, at: int, index: Index) -> list[breaks.Evidence]:
    """What the other numbers of the sentence tie to, for the number `at`."""
    cue = found.said.cues[at]
    made = []
    for other, outcome in zip(found.said.cues, found.outcomes, strict=True):
        line = index.line_of(outcome.operands[0]) if outcome is not None and outcome.operands else None
        if outcome is None or line is None:
            continue
        if outcome.kind == "growth" and outcome.tied and len(outcome.operands) == 2:
            made.append(breaks.Evidence(line, other.strong, None, compared=False, others=outcome.operands))
        elif outcome.kind == "level" and other.number.unit == cue.number.unit:
            made.append(
                breaks.Evidence(
                    line,
                    other.strong,
                    outcome.operands[0],
                    compared=other.side != cue.side or other.periods[:1] != cue.periods[:1],
                )
            )
    return made


def _rests(found: Found, cue: Cue) -> bool:
    """False where a number borrows its words from one that is not known to be a plain level itself."""
    if cue.carried == -1:
        return True
    source = found.outcomes[cue.carried] if cue.carried >= 0 else None
    return source is not None and (source.kind == "level" or (source.kind in ("growth", "change") and source.tied))
