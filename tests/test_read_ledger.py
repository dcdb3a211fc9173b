"""The ledger: every digit of a file stands in exactly one token, and every token was taken for something."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.book.ledger import ledger, unaccounted
from orebook.model.book import Book
from orebook.pipeline import UnreadableError, read
from tests.grids import Drawn, render, tables
from tests.test_keys import SEEDS

# A run of digits that is no part of a word: `Q3`, `b9` and `10-K` hold letters, `#5` and `&#160;` are references.
_RUN = re.compile(r"(?<![\w.,&#])[0-9][0-9,.]*(?![\w])")
KINDS = {
    *(
        "figure",
        "nil",
        "prose",
        "date",
        "note-mark",
        "furniture",
        "identifier",
        "heading",
        "markup",
        "words",
        "unaccounted",
    ),
}


def assert_complete(book: Book) -> None:
    """No digit outside a token, no two tokens over each other, every figure of the book among them."""
    tokens = ledger(book)
    spots = [token.spot for token in tokens]
    covered = {(spot.line, column) for spot in spots for column in range(spot.start, spot.end)}
    left = [
        f"{number}:{match.start()} {match.group()}"
        for number, line in enumerate(book.lines, 1)
        for match in _RUN.finditer(line)
        if (number, match.start()) not in covered
    ]
    assert left == [], "numbers that no token holds"
    assert all(a.line < b.line or a.end <= b.start for a, b in pairwise(spots)), "tokens in order, none over another"
    assert all(book.lines[token.spot.line - 1][token.spot.start : token.spot.end] == token.text for token in tokens)
    assert {token.kind for token in tokens} <= KINDS
    figures = {token.spot for token in tokens if token.kind in {"figure", "nil"}}
    assert figures == {fact.spot for fact in book.facts}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ledger_of_a_seed(seed: str, shared: Path) -> None:
    book = read(shared / "seeds" / f"{seed}.txt")
    assert_complete(book)
    assert unaccounted(book) == ()


def test_the_ledger_of_the_example(root: Path) -> None:
    book = read(root / "examples" / "silverton-2007q3.txt")
    assert_complete(book)
    kinds = Counter(token.kind for token in ledger(book))
    assert kinds["figure"] + kinds["nil"] == len(book.facts) == 686
    assert unaccounted(book) == ()


@given(tables())
def test_the_ledger_of_a_drawn_table(drawn: Drawn) -> None:
    book = read(render(drawn).encode(), "drawn.txt")
    assert_complete(book)
    assert unaccounted(book) == ()


@given(st.text(alphabet="ab 1,.$()-=\n\t%/*9—", min_size=1, max_size=300))
def test_the_ledger_of_any_text(text: str) -> None:
    try:
        book = read(text.encode(), "any.txt")
    except UnreadableError:
        return
    assert_complete(book)


def test_a_dropped_figure_would_be_seen() -> None:
    """The proof that the ledger can fail: a fact that is taken out of the book leaves its token unaccounted."""
    book = read(Path(__file__).parent.parent / "examples" / "silverton-2007q3.txt")
    lost = book.facts[5]
    tokens = unaccounted(book._replace(facts=(*book.facts[:5], *book.facts[6:])))
    assert [token.spot.line for token in tokens] == [lost.spot.line]
    assert tokens[0].text in lost.text
