"""Changes of form that change no figure: the same report, set differently, reads to the same facts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from orebook.model.book import Book
from orebook.pipeline import read
from tests.test_keys import SEEDS

HEADER = """\
<SEC-DOCUMENT>0000000000-07-000001.txt : 20071108
<SEC-HEADER>
CONFORMED SUBMISSION TYPE:\t8-K
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-99
<SEQUENCE>2
<TEXT>
"""
_NIL = re.compile(r"(?<=  )--(?=\s|$)")
_RULE = re.compile(r"^[ -=]*-{4,}[ -=]*$", re.MULTILINE)


def _indented(text: str, by: int) -> str:
    return "".join(" " * by + line if line.strip() else line for line in text.splitlines(keepends=True))


FORMS: dict[str, Callable[[str], str]] = {
    "indented by 3": lambda text: _indented(text, 3),
    "indented by 9": lambda text: _indented(text, 9),
    "trailing blanks": lambda text: text.replace("\n", "    \n"),
    "rules without the mail's dash": lambda text: re.sub(r"(?m)^- (?=-)", "", text),
    "underscores for rules": lambda text: _RULE.sub(lambda rule: rule.group().replace("-", "_"), text),
    "one dash for nil": lambda text: _NIL.sub(" -", text),
    "an em dash for nil": lambda text: _NIL.sub(" —", text),
    "double-spaced": lambda text: text.replace("\n", "\n\n"),
    "preformatted in HTML": lambda text: f"<html><body><pre>\n{html.escape(text)}</pre></body></html>",
    "inside a submission": lambda text: f"{HEADER}{text}</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n",
    "after a page of blanks": lambda text: "\n" * 66 + text,
}


def told(book: Book) -> list[tuple[object, ...]]:
    """What a book says, without where it says it."""
    return [
        (fact.table.title, fact.heading, fact.entity, fact.label, fact.value, fact.unit, fact.scale, fact.period)
        for fact in book.facts
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_example_in_another_form(form: str, root: Path) -> None:
    text = (root / "examples" / "silverton-2007q3.txt").read_text()
    same, changed = told(read(text.encode(), "x")), told(read(FORMS[form](text).encode(), "x"))
    assert len(changed) == len(same)
    assert [pair for pair in zip(changed, same, strict=True) if pair[0] != pair[1]][:1] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_in_another_form(seed: str, shared: Path) -> None:
    text = (shared / "seeds" / f"{seed}.txt").read_text()
    same = told(read(text.encode(), "x"))
    changed = [form for form, change in FORMS.items() if told(read(change(text).encode(), "x")) != same]
    assert changed == []


def test_a_report_printed_twice_is_read_twice(root: Path) -> None:
    text = (root / "examples" / "silverton-2007q3.txt").read_text()
    once, twice = told(read(text.encode(), "x")), told(read(f"{text}\n\n\n{text}".encode(), "x"))
    assert (twice[: len(once)] == once, twice[len(once) :] == once) == (True, True)
