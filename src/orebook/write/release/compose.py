"""Templates and a book -> the paragraphs that open a release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from importlib.resources import files

from orebook.model.book import Book
from orebook.write.release.contradiction import Spoken, clashes
from orebook.write.release.fields import Around, Desk, Missing, Value
from orebook.write.release.flow import Prose
from orebook.write.release.grammar import (
    Choice,
    Field,
    Loop,
    Node,
    Problem,
    TemplateError,
    TextLine,
    Words,
    parse,
)
from orebook.write.release.phrases import OPTIONS, date_words, figure_words, percent_words, period_words

DEFAULT = "default.md"
_PAIR = re.compile(r"(.+?) or (.+)$")
_UNIT_WORDS = frozenset({"unit", "mine", "mines"})


def default_template() -> str:
    """The template that ships: headline, highlights, and a paragraph for each mine."""
    return (files("orebook.write.release") / DEFAULT).read_text("utf-8")


def compose(book: Book, template: str, file: str) -> tuple[Prose, ...]:
    """The paragraphs that `template` (read from `file`) makes of a book.

    Raises `TemplateError` with every field that names a figure the book does not have and every word that
    the figures contradict, each with its line and column.
    """
    writer = _Writer(Desk(book), file)
    writer.run(parse(template, file), Around())
    writer.close()
    if writer.problems:
        raise TemplateError(tuple(dict.fromkeys(writer.problems)))
    return tuple(writer.made)


class _Writer:
    """Writes nodes into paragraphs and keeps what is wrong with them."""

    def __init__(self, desk: Desk, file: str) -> None:
        self.desk = desk
        self.file = file
        self.made: list[Prose] = []
        self.problems: list[Problem] = []
        self._text: list[str] = []
        self._spoken: list[Spoken] = []

    def run(self, nodes: Iterable[Node], around: Around) -> None:
        for node in nodes:
            if isinstance(node, TextLine):
                self._line(node, around)
            elif isinstance(node, Loop):
                for inner in self.desk.mines() if node.over == "mine" else self.desk.metals():
                    self.run(node.body, inner)
            else:
                self.run(node.body if self._holds(node, around) else node.other, around)

    def _holds(self, node: Choice, around: Around) -> bool:
        """Whether the book has what an `{if …}` asks for; a name that no book could have is still an error."""
        field = node.test
        if field.form == "period":
            return field.name in self.desk.periods
        if field.form == "setting":
            there = {"mine": self.desk.mines, "metal": self.desk.metals}.get(field.name)
            return bool(there()) if there else bool(self._setting(field, around))
        try:
            value = self.desk.value(field, around)
        except Missing as missing:
            if not str(missing).startswith("the book"):
                self._say(field, str(missing))
            return False
        return field.form != "growth" or _grown(value) is not None

    # ------------------------------------------------------------------------------------------- lines

    def _line(self, line: TextLine, around: Around) -> None:
        text = "".join(part.text for part in line.parts if isinstance(part, Words))
        if not line.parts or (not text.strip() and not any(isinstance(part, Field) for part in line.parts)):
            self.close()
            return
        if text.lstrip().startswith(("#", "- ", "* ")):
            self.close()
        self._text.append("".join(self._part(part, around) for part in line.parts).strip())
        if text.lstrip().startswith("#"):
            self.close()

    def close(self) -> None:
        """Ends the paragraph that is being written."""
        text = " ".join(self._text)
        for clash in clashes(self._spoken):
            self.problems.append(Problem(self.file, clash.line, clash.column, clash.message))
        self._text, self._spoken = [], []
        if text:
            self.made.append(_paragraph(text))

    def _part(self, part: Words | Field, around: Around) -> str:
        if isinstance(part, Words):
            self._spoken.append(Spoken(part))
            return part.text
        try:
            text, spoken = self._field(part, around)
        except Missing as missing:
            self._say(part, str(missing))
            return ""
        self._spoken.append(spoken)
        return text.upper() if "capitals" in part.options else text

    def _say(self, field: Field, message: str) -> None:
        self.problems.append(Problem(self.file, field.line, field.column, message))

    # ------------------------------------------------------------------------------------------ fields

    def _field(self, field: Field, around: Around) -> tuple[str, Spoken]:
        if field.form == "setting":
            return self._setting(field, around) or _missing(f"there is no {field.name} here"), Spoken(field)
        if field.form == "period":
            return self._period(field.name), Spoken(field)
        value = self.desk.value(field, around)
        before = value.before if value.before is not None else self.desk.year_ago(value, field, around)
        moved = None if before is None else _sign(value.amount - before)
        return self._words(field, value, moved), Spoken(field, value, moved)

    def _words(self, field: Field, value: Value, moved: int | None) -> str:
        if field.form in ("direction", "sign"):
            return _chosen(field, moved or 0 if field.form == "direction" else _sign(value.amount))
        unknown = [option for option in field.options if option not in OPTIONS]
        if unknown:
            raise Missing(f"`{unknown[0]}` is no option; these are: {', '.join(OPTIONS)}")
        if field.form == "growth":
            grown = _grown(value)
            if grown is None:
                raise Missing(
                    f"{field.name} has no rate of growth from a year-ago figure of zero or less; use `change`"
                )
            return percent_words(grown, field.options)
        if field.form == "change":
            return figure_words(abs(value.amount - (value.before or 0)), value.fact, field.options)
        return figure_words(value.amount, value.fact, field.options)

    def _setting(self, field: Field, around: Around) -> str:
        if field.name == "company":
            return proper(self.desk.book.identity.company)
        if field.name == "date":
            end = self.desk.periods.get("end") or next(iter(self.desk.periods.values()), None)
            return date_words(end) if end else ""
        return mine_name(around.mine) if field.name == "mine" else around.metal

    def _period(self, name: str) -> str:
        period = self.desk.periods.get(name)
        if period is None:
            raise Missing(f"the book has no {name}")
        year = self.desk.periods.get("year to date") or self.desk.periods.get("quarter") or period
        first = (year.end.month - (year.months or 12)) % 12 + 1
        return period_words(period, first)


def _missing(message: str) -> str:
    raise Missing(message)


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _grown(value: Value) -> Fraction | None:
    """The size of the movement over the size of the year-ago figure; None where that says nothing.

    From a year-ago figure below zero, or from income to a loss, there is no rate. A cost per ounce may fall below
    zero through its by-product credits: that is an improvement of more than the whole.
    """
    before = value.before
    if before is None or before <= 0:
        return None
    cost = value.named is not None and value.named.cost
    return abs(value.amount - before) / before if value.amount >= 0 or cost else None


def _chosen(field: Field, sign: int) -> str:
    """One of the two words of an option: the first above zero, the second below."""
    pair = _PAIR.match(field.options[0]) if field.options else None
    if pair is None and field.options:
        raise Missing(f"`{field.options[0]}` gives no choice; write two words with “or” between them")
    if field.form == "direction" and sign == 0:
        return "was unchanged"
    first, second = (pair.group(1), pair.group(2)) if pair else _DEFAULT_PAIRS[field.form]
    return second if sign < 0 else first


_DEFAULT_PAIRS = {"direction": ("increased", "decreased"), "sign": ("income", "loss")}


def mine_name(entity: str) -> str:
    """`LUCKY FRIDAY UNIT (Reflects a 40 % share)` is called Lucky Friday in a sentence."""
    words = entity.split("(", maxsplit=1)[0].split()
    if len(words) > 1 and words[-1].lower() in _UNIT_WORDS:
        words.pop()
    return proper(" ".join(words))


def proper(name: str) -> str:
    """A name set in capitals as a sentence prints it."""
    return " ".join(word.capitalize() for word in name.split()) if name.isupper() else name


def _paragraph(text: str) -> Prose:
    if text.startswith("#"):
        return Prose((text.lstrip("# "),), kept=True)
    return Prose((f"-- {text[2:].strip()}",) if text.startswith(("- ", "* ")) else (text,), kept=False)


def opening(book: Book, template: str | None, file: str) -> tuple[Prose, ...]:
    """The paragraphs that open a release: a template's, or the default's where the book has none of its own."""
    if template is not None:
        return compose(book, template, file)
    return () if own_opening(book) else compose(book, default_template(), DEFAULT)


def own_opening(book: Book) -> Sequence[int]:
    """The lines on which the book's own paragraphs above its first table begin."""
    first = min((table.first_line for table in book.tables), default=len(book.lines) + 1)
    return [paragraph.first for paragraph in book.prose if paragraph.first < first]
