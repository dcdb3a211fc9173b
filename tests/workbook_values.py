"""The formulas of a workbook, evaluated exactly: what a spreadsheet would show had it fractions for numbers."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.utils.cell import rows_from_range

Value = Fraction | str | bool
Name = tuple[str, str]
_TOKEN = re.compile(
    r"(?P<ref>(?:'(?P<sheet>(?:[^']|'')+)'!)?(?P<first>[A-Z]{1,3}\d+)(?::(?P<last>[A-Z]{1,3}\d+))?(?![\w(]))"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<call>[A-Z]+)\(|\"(?P<text>[^\"]*)\"|(?P<mark>[-+*/(),=<>])"
)


class Token(NamedTuple):
    """A piece of a formula: its kind (`ref`, `number`, `call`, `text`, `mark`), its text, and the cells of a reference."""

    kind: str
    text: str
    cells: tuple[Name, ...] = ()


class Sheets:
    """The cells of a workbook (`book`): what is typed, and what the formulas give (`value`)."""

    def __init__(self, data: bytes | Path) -> None:
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        self.typed: dict[Name, Value] = {}
        self.formulas: dict[Name, str] = {}
        self.book = openpyxl.load_workbook(source)
        for sheet in self.book:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                name = sheet.title, cell.coordinate
                if cell.data_type == "f":
                    self.formulas[name] = str(cell.value)[1:]
                elif cell.data_type == "n":
                    self.typed[name] = Fraction(repr(cell.value))
                else:
                    self.typed[name] = str(cell.value)
        self.known: dict[Name, Value] = {}

    def copy(self) -> Sheets:
        """The same cells, to be changed."""
        made = copy(self)
        made.typed, made.known = dict(self.typed), {}
        return made

    def change(self, name: Name, value: Fraction) -> None:
        """Type another number into a cell; everything is computed anew."""
        assert isinstance(self.typed[name], Fraction), name
        self.typed[name] = value
        self.known.clear()

    def value(self, name: Name) -> Value:
        """What a cell comes to: operands first, without recursion, for a ledger's chains are long."""
        stack = [name]
        while stack:
            at = stack[-1]
            if at in self.known or at not in self.formulas:
                self.known.setdefault(at, self.typed.get(at, Fraction(0)))
                stack.pop()
                continue
            tokens = tuple(_tokens(self.formulas[at], at[0]))
            open_cells = [cell for token in tokens for cell in token.cells if cell not in self.known]
            if open_cells:
                assert len(stack) < 100_000, f"a circle at {at}"
                stack += open_cells
            else:
                self.known[at] = _Reader(tokens, self.known).whole()
                stack.pop()
        return self.known[name]


def stored(data: bytes | Path) -> dict[Name, object]:
    """The values that are stored in the cells of a workbook."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    made = openpyxl.load_workbook(source, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in made
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _tokens(formula: str, home: str) -> Iterator[Token]:
    at = 0
    while at < len(formula):
        found = _TOKEN.match(formula, at)
        assert found is not None, formula[at:]
        kind = str(found.lastgroup if found.lastgroup not in {"sheet", "first", "last"} else "ref")
        if found["ref"]:
            sheet = (found["sheet"] or home).replace("''", "'")
            yield Token("ref", found["ref"], tuple(_block(sheet, found["first"], found["last"] or found["first"])))
        else:
            yield Token(kind, found[kind])
        at = found.end()


def _block(sheet: str, first: str, last: str) -> Iterator[Name]:
    for row in rows_from_range(f"{first}:{last}"):
        for coordinate in row:
            yield sheet, coordinate


class _Reader:
    """Reads one formula whose cells are all known."""

    def __init__(self, tokens: Sequence[Token], known: dict[Name, Value]) -> None:
        self.tokens, self.known, self.at = tokens, known, 0

    def whole(self) -> Value:
        made = self.compared()
        assert self.at == len(self.tokens), self.tokens
        return made

    def mark(self, *texts: str) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else Token("end", "")
        if token.kind == "mark" and token.text in texts:
            self.at += 1
            return token.text
        return ""

    def compared(self) -> Value:
        made = self.added()
        if self.mark(">"):
            return _number(made) > _number(self.added())
        return made

    def added(self) -> Value:
        made = self.multiplied()
        while sign := self.mark("+", "-"):
            other = _number(self.multiplied())
            made = _number(made) + (other if sign == "+" else -other)
        return made

    def multiplied(self) -> Value:
        made = self.one()
        while sign := self.mark("*", "/"):
            other = _number(self.one())
            made = _number(made) * other if sign == "*" else _number(made) / other
        return made

    def one(self) -> Value:
        if self.mark("-"):
            return -_number(self.one())
        if self.mark("("):
            made = self.compared()
            assert self.mark(")")
            return made
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "number":
            return Fraction(token.text)
        if token.kind == "text":
            return token.text
        if token.kind == "ref":
            assert len(token.cells) == 1, token
            return self.known[token.cells[0]]
        return self.called(token.text)

    def called(self, function: str) -> Value:
        found: list[list[Value]] = []
        while not self.mark(")"):
            token = self.tokens[self.at]
            if token.kind == "ref" and len(token.cells) > 1:
                self.at += 1
                found.append([self.known[cell] for cell in token.cells])
            else:
                found.append([self.compared()])
            self.mark(",")
        return _FUNCTIONS[function](found)


def _number(value: Value) -> Fraction:
    assert isinstance(value, Fraction), value
    return value


def _flat(found: list[list[Value]]) -> list[Fraction]:
    return [_number(value) for part in found for value in part]


def _round(found: list[list[Value]]) -> Value:
    value, digits = _flat(found)
    scaled = abs(value) * Fraction(10) ** int(digits)
    whole = int(scaled + Fraction(1, 2)) / Fraction(10) ** int(digits)
    return whole if value >= 0 else -whole


def _if(found: list[list[Value]]) -> Value:
    return found[1][0] if found[0][0] else found[2][0]


_FUNCTIONS: dict[str, Callable[[list[list[Value]]], Value]] = {
    "SUM": lambda found: sum(_flat(found), Fraction(0)),
    "MAX": lambda found: max(_flat(found)),
    "MIN": lambda found: min(_flat(found)),
    "ABS": lambda found: abs(_flat(found)[0]),
    "ROUND": _round,
    "IF": _if,
    "COUNTIF": lambda found: Fraction(found[0].count(found[1][0])),
}


def recalculated(paths: Sequence[Path], folder: Path) -> dict[str, dict[Name, object]]:
    """The workbooks as headless LibreOffice computes them, by name. What was stored with their formulas is dropped
    first: it would be taken for granted. Raises FileNotFoundError without LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise FileNotFoundError("needs LibreOffice: `apt-get install libreoffice-calc`")
    bare = []
    for path in paths:
        made = openpyxl.load_workbook(path)
        bare.append(folder / "bare" / path.name)
        bare[-1].parent.mkdir(exist_ok=True)
        made.save(bare[-1])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
    subprocess.run(
        [program, profile, "--headless", *kind, *map(str, bare)], check=True, capture_output=True, timeout=600
    )
    return {path.stem: stored(folder / "out" / path.name) for path in paths}


def same(computed: object, figure: object) -> bool:
    """Whether a spreadsheet shows a figure: it computes in binary, so the last of its sixteen digits may differ."""
    if isinstance(figure, str) or not isinstance(computed, int | float):
        return computed == figure
    return isinstance(figure, int | float) and abs(computed - figure) <= 1e-9 * max(1, abs(figure))
