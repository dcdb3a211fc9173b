"""Templates: Markdown with fields in braces, read into nodes that know their line and column.

{net income | size, million}                  a figure and how it is put
{growth sales, year to date}                  what became of it since a year ago
{for mine} … {end}    {if growth sales} … {else} … {end}      on lines of their own
"""

from __future__ import annotations

import re

from orebook.model.named import NamedTuple

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_FORMS = ("growth", "change", "direction", "sign")
PERIODS = ("year-ago year to date", "year-ago quarter", "year to date", "quarter")
SETTINGS = ("company", "date", "mine", "metal")
LOOPS = ("mine", "metal")
_NAMED = re.compile(r'(?P<name>"[^"]*"|[^",|]+?)(?:\s+of\s+(?P<scope>"[^"]*"|mine))?(?:\s*,\s*(?P<period>[^,|]+))?$')


class Problem(NamedTuple):
    """What is wrong with a template, and where: `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column} {self.message}"


class TemplateError(ValueError):
    """A template that cannot be written: all of its problems at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Field(NamedTuple):
    """A field: `form` is `level`, `growth`, `change`, `direction`, `sign`, `period`, or `setting`.

    `name` is the figure, the period or the setting; `quoted` says that it is a printed label.
    """

    line: int
    column: int
    form: str
    name: str
    quoted: bool = False
    scope: str = ""
    period: str = ""
    options: tuple[str, ...] = ()


class Words(NamedTuple):
    """Text between fields."""

    line: int
    column: int
    text: str


class TextLine(NamedTuple):
    """A line of text and fields."""

    parts: tuple[Words | Field, ...]


class Loop(NamedTuple):
    """`{for mine}`: the body once for each."""

    line: int
    over: str
    body: tuple[Node, ...]


class Choice(NamedTuple):
    """`{if …}`: the body where the book has the figure, else the other."""

    test: Field
    body: tuple[Node, ...]
    other: tuple[Node, ...]


Node = TextLine | Loop | Choice


class _Open:
    """A block that waits for its end."""

    __slots__ = ("field", "in_other", "line", "nodes", "other", "word")

    def __init__(self, word: str, line: int, field: Field | None) -> None:
        self.word = word
        self.line = line
        self.field = field
        self.nodes: list[Node] = []
        self.other: list[Node] = []
        self.in_other = False

    def add(self, node: Node) -> None:
        (self.other if self.in_other else self.nodes).append(node)


class _Reader:
    """Reads lines into nested blocks and keeps what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.open = [_Open("", 0, None)]

    def say(self, line: int, column: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, column, message))

    def line(self, number: int, text: str) -> None:
        if text.lstrip().startswith("<!--") and text.rstrip().endswith("-->"):
            return
        alone = _BRACES.fullmatch(text.strip())
        inside = alone.group(1).strip() if alone and alone.group(1) is not None else ""
        word = inside.split(" ", 1)[0]
        if word in ("for", "if", "else", "end"):
            self.directive(number, text.index("{") + 1, word, inside[len(word) :].strip())
        else:
            self.open[-1].add(TextLine(tuple(self.parts(number, text))))

    def directive(self, line: int, column: int, word: str, rest: str) -> None:
        top = self.open[-1]
        if word == "for":
            if rest not in LOOPS:
                self.say(line, column, f"a loop runs over {' or '.join(LOOPS)}, not over `{rest}`")
            self.open.append(_Open(f"for {rest}", line, None))
        elif word == "if":
            self.open.append(_Open("if", line, self.field(line, column, rest)))
        elif len(self.open) == 1 or rest:
            self.say(line, column, f"`{{{word}{' ' if rest else ''}{rest}}}` closes no block")
        elif word == "else" and (top.word != "if" or top.in_other):
            self.say(line, column, "`{else}` belongs to no `{if …}`")
        elif word == "else":
            top.in_other = True
        else:
            self.close(self.open.pop())

    def close(self, block: _Open) -> None:
        if block.word != "if":
            self.open[-1].add(Loop(block.line, block.word.removeprefix("for "), tuple(block.nodes)))
        elif block.field is not None:
            self.open[-1].add(Choice(block.field, tuple(block.nodes), tuple(block.other)))

    def parts(self, line: int, text: str) -> list[Words | Field]:
        made: list[Words | Field] = []
        at = 0
        for match in _BRACES.finditer(text):
            if match.start() > at:
                made.append(Words(line, at + 1, text[at : match.start()]))
            at = match.end()
            if match.group(1) is None:
                self.say(line, match.start() + 1, f"a `{match.group()}` without its partner")
                continue
            field = self.field(line, match.start() + 1, match.group(1))
            if field is not None:
                made.append(field)
        if at < len(text):
            made.append(Words(line, at + 1, text[at:]))
        return made

    def field(self, line: int, column: int, text: str) -> Field | None:
        body, _, tail = text.partition("|")
        options = tuple(" ".join(option.split()) for option in tail.split(",") if option.strip())
        body = " ".join(body.split())
        if body in SETTINGS:
            return Field(line, column, "setting", body, options=options)
        if body in PERIODS:
            return Field(line, column, "period", body, options=options)
        form, _, rest = body.partition(" ")
        if form not in _FORMS:
            form, rest = "level", body
        found = _NAMED.match(rest)
        if found is None:
            self.say(line, column, f"`{{{text}}}` is no field: write a figure's name, or a printed label in quotes")
            return None
        period = (found["period"] or "").strip()
        if period and period not in PERIODS:
            self.say(line, column, f"`{period}` is no period; these are: {', '.join(PERIODS)}")
            return None
        name = found["name"].strip()
        scope = (found["scope"] or "").strip('"')
        return Field(line, column, form, name.strip('"'), name.startswith('"'), scope, period, options)


def parse(text: str, file: str) -> tuple[Node, ...]:
    """The nodes of a template. Raises `TemplateError` with every problem of its grammar."""
    reader = _Reader(file)
    for number, line in enumerate(text.splitlines(), 1):
        reader.line(number, line)
    for block in reader.open[1:]:
        reader.say(block.line, 1, f"`{{{block.word} …}}` is never closed; write `{{end}}`")
    if reader.problems:
        raise TemplateError(tuple(reader.problems))
    return tuple(reader.open[0].nodes)
