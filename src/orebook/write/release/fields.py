"""What a template's fields stand for: figures of a book, found by name, entity and period."""

from __future__ import annotations

import difflib
from fractions import Fraction
from functools import cache

from orebook.lexicon import load
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.interval import amount
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.write.release.grammar import Field

QUARTER = 3
# Weeks do not end with the months: two ends within this many days are the same date a year apart or not.
_DRIFT = 16


class Named(NamedTuple):
    """A figure that templates can name (`lexicon/release.toml`)."""

    name: str
    concepts: tuple[str, ...]
    income: bool
    cost: bool
    heads: bool


class Missing(LookupError):  # noqa: N818  it is told to the template's author, with its place
    """A field whose figure the book does not have; the text says what it has instead."""


class Around(NamedTuple):
    """What stands around a field: the mine and the metal of the loops it is in."""

    mine: str = ""
    metal: str = ""


class Value(NamedTuple):
    """What a field's figure is: its amount, its printed decimals and scale, and its year-ago amount if asked for."""

    amount: Fraction
    fact: Fact
    named: Named | None
    before: Fraction | None = None


@cache
def vocabulary() -> dict[str, Named]:
    """The figures that templates can name."""
    return {
        entry["name"]: Named(
            entry["name"],
            tuple(entry["concepts"]),
            bool(entry.get("income")),
            bool(entry.get("cost")),
            bool(entry.get("heads")),
        )
        for entry in load("release")["figure"]
    }


@cache
def metal_names() -> tuple[str, ...]:
    """The metals, in the order in which a release speaks of them."""
    return tuple(load("release")["metals"]["names"])


class Desk:
    """A book's figures, ready to be asked for by name."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.facts = [fact for fact in book.facts if fact.value is not None and fact.period is not None]
        self.periods = _periods(book)
        self._by_concept: dict[str, list[Fact]] = {}
        self._by_label: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self._by_label.setdefault(_fold(fact.label), []).append(fact)
            if fact.concept:
                self._by_concept.setdefault(fact.concept, []).append(fact)

    def value(self, field: Field, around: Around) -> Value:
        """The figure of a field. Raises `Missing` where the book has none, or several."""
        named = None if field.quoted else self._named(field.name, around)
        found = self._labelled(field) if named is None else self._of_concepts(named, around)
        found = self._scoped(found, field, around)
        if not found:
            raise Missing(self._nothing(field, around))
        fact = self._timed(found, field)
        before = self._year_before(found, fact, field) if field.form in ("growth", "change", "direction") else None
        return Value(amount(fact), fact, named, before)

    def year_ago(self, value: Value, field: Field, around: Around) -> Fraction | None:
        """The same figure a year before; None where the book has none."""
        asked = field._replace(form="growth")
        try:
            return self.value(asked, around).before if value.before is None else value.before
        except Missing:
            return None

    # ------------------------------------------------------------------------------------------ names

    def _named(self, name: str, around: Around) -> Named:
        words = name.split(" ")
        if words[0] in metal_names():
            named = vocabulary().get(" ".join(["metal", *words[1:]]))
            metal = words[0]
        else:
            named, metal = vocabulary().get(name), around.metal
        if named is None:
            near = difflib.get_close_matches(name, vocabulary(), 3, 0.4)
            hint = f"; did you mean {', '.join(f'`{one}`' for one in near)}?" if near else ""
            raise Missing(f"no figure is called `{name}`{hint} (a printed label stands in quotes)")
        if named.name.startswith("metal ") and not metal:
            raise Missing(f"`{name}` needs a metal: write `silver{name.removeprefix('metal')}`, or put it in a loop")
        concepts = tuple(concept.replace("{Metal}", metal.title()) for concept in named.concepts)
        return named._replace(
            name=f"{metal} {name.partition(' ')[2]}" if metal and "metal" in named.name else name, concepts=concepts
        )

    def _of_concepts(self, named: Named, around: Around) -> list[Fact]:
        """The figures of the first concept that has any; those under another metal's heading are left out."""
        metal = named.name.split(" ")[0]
        for concept in named.concepts:
            found = self._by_concept.get(concept, [])
            if named.heads:
                found = [fact for fact in found if any(metal in over.lower() for over in fact.heading)]
            if found:
                return found
        return []

    def _labelled(self, field: Field) -> list[Fact]:
        return self._by_label.get(_fold(field.name), [])

    def _scoped(self, found: list[Fact], field: Field, around: Around) -> list[Fact]:
        scope = around.mine if field.scope == "mine" else field.scope
        if not scope:
            return [fact for fact in found if fact.entity is None] or (found if field.quoted else [])
        exact = [fact for fact in found if fact.entity == scope]
        words = _fold(scope)
        return exact or [
            fact for fact in found if words in _fold(fact.entity or "") or any(words in _fold(h) for h in fact.heading)
        ]

    def _nothing(self, field: Field, around: Around) -> str:
        scope = around.mine if field.scope == "mine" else field.scope
        if field.quoted:
            labels = {fact.label for fact in self.facts}
            near = difflib.get_close_matches(field.name, labels, 3, 0.5)
            hint = f"; the nearest labels are {', '.join(f'“{one}”' for one in near)}" if near else ""
            return f"the book prints no “{field.name}”{f' of {scope}' if scope else ''}{hint}"
        return f"the book has no {field.name}{f' of {scope}' if scope else ''}"

    # ---------------------------------------------------------------------------------------- periods

    def _timed(self, found: list[Fact], field: Field) -> Fact:
        wanted = self._wanted(found, field)
        here = [fact for fact in found if fact.period == wanted]
        if not here:
            raise Missing(f"the book has no {field.name} for the {field.period or 'current period'}")
        return self._single(here, field)

    def _wanted(self, found: list[Fact], field: Field) -> Period | None:
        """The period asked for; else the quarter, for a balance its closing date.

        A figure of the year to date never stands in for one of the quarter: the words around it would be wrong.
        """
        if field.period:
            return self.periods.get(field.period)
        if all(fact.period is not None and fact.period.is_instant for fact in found):
            return self.periods.get("end")
        return self.periods.get("quarter") or self.periods.get("year to date")

    def _single(self, here: list[Fact], field: Field) -> Fact:
        """The one figure; copies of it in other tables are the same, others make the name ambiguous."""
        first = here[0]
        if field.quoted and any((fact.entity, amount(fact)) != (first.entity, amount(first)) for fact in here):
            places = sorted({" / ".join((fact.entity or fact.table.title, *fact.heading)) for fact in here})
            raise Missing(f'“{field.name}” names several figures ({"; ".join(places[:4])}); write `of "…"`')
        return first

    def _year_before(self, found: list[Fact], fact: Fact, field: Field) -> Fraction:
        period = fact.period
        if period is not None and not period.is_instant:
            earlier = period.year_earlier()
            for other in found:
                alike = (other.unit, other.row.heading) == (fact.unit, fact.row.heading)
                if alike and other.period and _same(other.period, earlier):
                    return amount(other)
        raise Missing(f"the book has no {field.name} a year ago to compare with")

    # ------------------------------------------------------------------------------------------ loops

    def mines(self) -> list[Around]:
        """The mines that print a cost per ounce, each with the metal that the cost is of."""
        made: dict[str, Around] = {}
        for named in vocabulary().values():
            for concept in named.concepts if named.heads else ():
                for fact in self._by_concept.get(concept, []):
                    metal = next((m for m in metal_names() if any(m in over.lower() for over in fact.heading)), "")
                    if fact.entity and metal and fact.table.kind == "production":
                        made.setdefault(fact.entity, Around(fact.entity, metal))
        order = {fact.entity: place for place, fact in reversed(list(enumerate(self.facts)))}
        return sorted(made.values(), key=lambda around: order[around.mine])

    def metals(self) -> list[Around]:
        """The metals that the company as a whole produces."""
        there = [fact for fact in self.facts if fact.entity is None and fact.concept]
        concepts = {fact.concept for fact in there}
        return [Around("", metal) for metal in metal_names() if f"orebook:{metal.title()}Produced" in concepts]


def _same(period: Period, other: Period) -> bool:
    return period.months == other.months and abs((period.end - other.end).days) <= _DRIFT


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _periods(book: Book) -> dict[str, Period]:
    """The report's quarter and year to date, the same a year ago, and its closing date (`end`)."""
    known = {fact.period for fact in book.facts if fact.period is not None}
    end = book.identity.period_end or max((period.end for period in known), default=None)
    if end is None:
        return {}
    here = sorted((p for p in known if p.end == end and p.months is not None), key=lambda p: p.months or 0)
    made: dict[str, Period] = {}
    if here and here[0].months == QUARTER:
        made["quarter"] = here[0]
    if here and here[-1].months != QUARTER:
        made["year to date"] = here[-1]
    for name, period in list(made.items()):
        earlier = period.year_earlier()
        near = [p for p in known if _same(p, earlier)]
        if near:
            made[f"year-ago {name}"] = near[0]
    if Period(end) in known:
        made["end"] = Period(end)
    return made
