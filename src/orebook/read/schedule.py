"""EX-27 financial data schedules: tagged facts that a filing of 1993 to 2001 gives beside its statements.

A schedule is a list of `<TAG> value …` lines under a head that states Article, multiplier and currency, and
for each column the kind and the dates of its period. It speaks for itself, so it is read without asking the
tables of the filing.

Source: EDGAR Filer Manual, Appendix E; 17 CFR 229.601(c) as in force until 2001. The vocabulary of tags is
`lexicon/ex27.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache

from orebook.lexicon import load
from orebook.model.book import Identity, Problem
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.spot import Spot
from orebook.read.schedule_periods import Dates, dates_of, period_of


class Schedule(NamedTuple):
    """One schedule: its table, its facts in the order of the lines, and what was not understood."""

    table: Table
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]


def read(
    lines: Sequence[str],
    first_line: int = 1,
    *,
    number: int = 0,
    part: int = 0,
    identity: Identity | None = None,
    beside: Sequence[Fact] = (),
) -> tuple[Schedule, ...]:
    """The schedules in the body of an EX-27 document.

    `lines` are the lines of the body, the first of which is line `first_line` of the file; `number` is the
    number of the first table, further schedules of the body count on. `identity` is what the filing's
    header says: its period of report settles dates that a schedule contradicts itself about. `beside` are
    the facts of the filing's tables: they settle the scale of a schedule that states no multiplier. Never
    raises for what is printed: what cannot be read is a problem with its line.
    """
    entries = tuple(_entries(lines, first_line))
    made: list[Schedule] = []
    for group in _divide(entries):
        schedule = _schedule(group, number + len(made), part, identity or Identity())
        stated = any(entry.tag == "MULTIPLIER" for entry in group)
        made.append(schedule if stated or not beside else _settled(schedule, beside))
    return tuple(made)


_ENOUGH = 3


def _settled(schedule: Schedule, beside: Sequence[Fact]) -> Schedule:
    """A schedule without a multiplier at the scale at which the filing's tables print its figures.

    At least three figures of three digits or more must be printed there, and more of them at that scale
    than at any other; else the figures stay whole units.
    """
    scales: dict[Decimal, set[int]] = {}
    for fact in beside:
        if fact.value and "/" not in fact.unit:
            scales.setdefault(abs(fact.value), set()).add(fact.scale)
    own = {abs(fact.value) for fact in schedule.facts if fact.value and _is_money(fact) and abs(fact.value) >= 100}
    met = Counter(scale for value in own for scale in scales.get(value, ()))
    ranked = met.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return schedule
    scale = ranked[0][0]
    facts = tuple(_rescaled(fact, scale) if _is_money(fact) else fact for fact in schedule.facts)
    message = f"the schedule states no MULTIPLIER; {scale:,} is the scale of its figures in the filing's tables"
    problems = tuple(
        problem._replace(message=message) if problem.message.startswith(_UNSTATED) else problem
        for problem in schedule.problems
    )
    return Schedule(schedule.table, facts, problems)


def _is_money(fact: Fact) -> bool:
    return len(fact.unit) == 3


def _rescaled(fact: Fact, scale: int) -> Fact:
    return replaced(fact, scale=scale, trace=(*fact.trace, "schedule.multiplier-from-tables"))


# --------------------------------------------------------------------------------------------------- lines

_LINE = re.compile(r"[ \t]*<([A-Za-z][A-Za-z0-9&./-]*)>(.*)")
_NOTE = re.compile(r"<(F\d+)>", re.IGNORECASE)
_VALUE = re.compile(
    r"(?<![^\s>$])(?:\$[ \t]{0,12})?(?:\([ \t]{0,4}\$?[ \t]{0,4}(?:\d[\d,]*(?:\.\d*)?|\.\d+)[ \t]{0,2}%?\)?%?"
    r"|[-+]?\$?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[ \t]?%)?-?(?![\w-]))"
)
_NIL = re.compile(r"(?<!\S)(?:-0-|--?-?|—|–)(?!\S)")


class _Entry(NamedTuple):
    """A tag and what stands behind it, on line `line` from column `start`."""

    line: int
    tag: str
    rest: str
    start: int


def _entries(lines: Sequence[str], first_line: int) -> list[_Entry]:
    """The tagged lines; figures alone on the line below a tag that has none belong to that tag."""
    found: list[_Entry] = []
    silent = False
    for number, line in enumerate(lines, first_line):
        match = _LINE.match(line)
        if match:
            tag = match[1].upper()
            if tag in ("LEGEND", "FN"):
                silent = True
            elif not re.fullmatch(r"F\d+", tag):
                silent = False
                found.append(_Entry(number, tag, match[2], match.start(2)))
        elif "</" in line:
            silent = False
        elif found and not silent and not found[-1].rest.strip() and _VALUE.match(line.strip()):
            found[-1] = _Entry(number, found[-1].tag, line, 0)
    return found


def _divide(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """One group of entries a schedule: a second Article, or a second head of periods, opens the next."""
    groups: list[list[_Entry]] = []
    seen: set[str] = set()
    for entry in entries:
        opens = entry.tag in ("ARTICLE", "PERIOD-TYPE", "FISCAL-YEAR-END") and entry.tag in seen
        if not groups or opens:
            groups.append([])
            seen = set()
        groups[-1].append(entry)
        seen.add(entry.tag)
    return groups


# ------------------------------------------------------------------------------------------------- figures


@cache
def _words() -> dict[str, frozenset[str]]:
    known = load("ex27")
    return {name: frozenset(text.split()) for name, text in known.items() if isinstance(text, str)}


def _schedule(entries: Sequence[_Entry], number: int, part: int, identity: Identity) -> Schedule:
    words = _words()
    head: dict[str, str] = {}
    for entry in entries:
        if entry.tag in words["skip"]:
            head.setdefault(entry.tag, entry.rest)
    problems: list[Problem] = []
    first, last = entries[0].line, entries[-1].line
    found = [(dates, *period_of(dates, identity.period_end)) for dates in dates_of(head)]
    scales, unit = _scales(head, len(found), first, problems), _unit(head, first, problems)
    article = head.get("ARTICLE", "").strip()
    table = Table(number, "EX-27", True, f"Article {article}" if article else "", "schedule", part, first, last)
    columns = [(Column(i, _heading(dates), period), rule, scales[i]) for i, (dates, period, rule) in enumerate(found)]
    for _, period, rule in found:
        if period is None or rule not in ("schedule.period-end", "schedule.end-from-header"):
            problems.append(Problem(first, f"the schedule's dates were read by the rule {rule}; check them"))
    entity = _entity(head.get("NAME", ""), identity.company)
    facts = _facts(entries, _Frame(table, tuple(columns), unit, entity), problems)
    return Schedule(table, tuple(facts), tuple(problems))


def _heading(dates: Dates) -> str:
    """The column's heading on one line: period type and end, as the schedule means them."""
    kind = f"{dates.months}-MOS" if dates.months else "OTHER"
    return f"{kind} {dates.end.isoformat()}" if dates.end else kind


_UNSTATED = "the schedule states no MULTIPLIER"
_SCALE = re.compile(r"[\d,.]+|\bTHOUSANDS?\b|\bMILLIONS?\b|\bONE\b", re.IGNORECASE)
_SCALE_WORDS = {"T": 1000, "M": 1_000_000, "O": 1}


def _scales(head: Mapping[str, str], columns: int, line: int, problems: list[Problem]) -> list[int]:
    """The multiplier of each column; 1 where none is stated, which is what the manual says."""
    if "MULTIPLIER" not in head:
        problems.append(Problem(line, f"{_UNSTATED}; its figures are read as whole units"))
        return [1] * columns
    found: list[int] = []
    for text in _SCALE.findall(head["MULTIPLIER"]):
        digits = re.sub(r"\D", "", text.partition(".")[0])
        found.append(int(digits[:12]) if digits else _SCALE_WORDS.get(text[0].upper(), 0))
    found = [scale for scale in found if scale > 0]
    if not found:
        problems.append(Problem(line, f"the schedule's MULTIPLIER {head['MULTIPLIER'].strip()!r} is no number"))
        return [1] * columns
    return (found + found[-1:] * columns)[:columns]


def _unit(head: Mapping[str, str], line: int, problems: list[Problem]) -> str:
    """The ISO code of the schedule's currency: USD where none is stated."""
    printed = head.get("CURRENCY", "")
    key = re.sub(r"[^A-Z]", "", printed.upper())
    if not key:
        return "USD"
    code = load("ex27")["currency"].get(key)
    if code is None:
        problems.append(Problem(line, f"the schedule's currency {printed.strip()!r} is not known; read as XXX"))
        return "XXX"
    return str(code)


_FILLER = frozenset("INC CORP CORPORATION CO COMPANY LTD LIMITED LLC LP PLC THE AND OF DE NV NEW".split())  # noqa: SIM905


def _entity(name: str, company: str) -> str | None:
    """The name that the schedule gives, where it is not just the filer's own."""
    name = " ".join(name.split())
    if not name or name.upper() in ("N/A", "NONE"):
        return None
    mine = set(re.findall(r"[A-Z0-9]+", name.upper().replace("'", ""))) - _FILLER
    filer = set(re.findall(r"[A-Z0-9]+", company.upper().replace("'", ""))) - _FILLER
    return None if mine == filer or not filer else name


class _Frame(NamedTuple):
    """What the figures of a schedule share: columns as (column, rule of its period, multiplier)."""

    table: Table
    columns: tuple[tuple[Column, str, int], ...]
    unit: str
    entity: str | None


def _facts(entries: Sequence[_Entry], frame: _Frame, problems: list[Problem]) -> list[Fact]:
    """The figures of the tagged lines, in order."""
    skip = _words()["skip"]
    width = len(frame.columns)
    made: list[Fact] = []
    edges: list[int] = []
    sort = "instant"
    for number, entry in enumerate(entry for entry in entries if entry.tag not in skip):
        tokens = _tokens(entry)
        if len(tokens) == width:
            edges = [end for _, end, _ in tokens]
        places = _places(tokens, edges, width)
        if places is None:
            problems.append(Problem(entry.line, f"{entry.tag} has {len(tokens)} figures for {width} columns"))
            continue
        sort, rule = _sort(entry.tag, sort)
        made += _row_facts(entry, number, zip(tokens, places, strict=True), frame, (sort, rule))
    return made


def _row_facts(
    entry: _Entry, number: int, placed: Iterable[tuple[_Token, int]], frame: _Frame, sort: tuple[str, str]
) -> list[Fact]:
    """The figures of one tag, each with its column's place; `sort` is what `_sort` said of the tag."""
    notes = tuple(mark.upper() for mark in _NOTE.findall(entry.rest))
    concept = f"EX-27:{entry.tag}"
    row = Row(number, entry.tag, (), frame.entity, notes, line=entry.line, concept=concept, trace=(sort[1],))
    made: list[Fact] = []
    for (start, end, text), place in placed:
        column, dated, multiplier = frame.columns[place]
        value, decimals = _value(text)
        unit, scale = _measure(entry.tag, frame.unit, multiplier)
        period = _about(column.period, sort[0])
        spot = Spot(entry.line, start, end)
        trace = (dated, sort[1])
        made.append(Fact(spot, text, value, decimals, unit, scale, period, frame.table, row, column, trace))
    return made


_Token = tuple[int, int, str]


def _tokens(entry: _Entry) -> list[_Token]:
    """The figures behind a tag: (start, end, text) in columns of the line."""
    # Marks are blanked and not cut out: the columns of what follows stay true.
    rest = _NOTE.sub(lambda mark: " " * len(mark[0]), entry.rest)
    found = sorted([*_VALUE.finditer(rest), *_NIL.finditer(rest)], key=lambda match: match.start())
    made: list[_Token] = []
    for match in found:
        if made and entry.start + match.start() < made[-1][1]:
            continue
        made.append((entry.start + match.start(), entry.start + match.end(), match[0]))
    return made


def _places(tokens: Sequence[_Token], edges: Sequence[int], columns: int) -> list[int] | None:
    """The column of each figure: in order where none is missing, else by the nearest right edge."""
    if len(tokens) == columns:
        return list(range(columns))
    if len(tokens) > columns:
        return None
    if not edges:
        return list(range(len(tokens)))
    places = [min(range(columns), key=lambda i: abs(edges[i] - end)) for _, end, _ in tokens]
    return places if len(set(places)) == len(places) else None


def _sort(tag: str, before: str) -> tuple[str, str]:
    """`instant`, `opening` or `duration`, and the rule; an unknown tag is of the kind of the one before it."""
    words = _words()
    for sort in ("duration", "opening", "instant"):
        if tag in words[sort]:
            return sort, f"schedule.{sort}-tag"
    return before, "schedule.unknown-tag-as-the-one-before"


def _about(period: Period | None, sort: str) -> Period | None:
    if period is None or sort == "duration":
        return period
    if sort == "opening":
        return period.opening()
    return period.instant()


def _measure(tag: str, unit: str, scale: int) -> tuple[str, int]:
    """Unit and scale of a tag's figures: the multiplier counts money only."""
    words = _words()
    if tag in words["per_share"] or tag.startswith("EPS-"):
        return f"{unit}/share", 1
    if tag in words["percent"]:
        return "%", 1
    if tag in words["shares"]:
        return "shares", scale
    return unit, scale


def _value(text: str) -> tuple[Decimal | None, int]:
    """The printed number, parentheses and a minus on either side read as minus; None for a nil mark."""
    digits = re.sub(r"[^\d.]", "", text)
    if not any(map(str.isdigit, digits)):
        return None, 0
    if text.strip("- ") == "0" and text.startswith("-") and text.endswith("-"):
        return None, 0
    whole, _, fraction = digits.partition(".")
    value = Decimal(f"{whole or '0'}.{fraction}" if fraction else whole or "0")
    negative = "(" in text or text.lstrip("$ ").startswith("-") or text.endswith("-")
    return (-value if negative else value), len(fraction)
