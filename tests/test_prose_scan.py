"""The words of a sentence, looked at once: what the classes say is what patterns for whole words find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.check.prose.manner import looks_ahead
from orebook.check.prose.scan import AGAINST, AHEAD, COUNT, MOVED, PERIOD, SPAN, WHOLE, Words
from orebook.lexicon import load

TEXTS = st.lists(
    st.sampled_from(
        ["Quarters", "quarter", "year-to-date", "2007", "1,997", "fy05", "than", "up-to", "Three", "rose", "roses", "the", "é", "—", "(3Q19)"]
    )
).map(" ".join) | st.text("quarter- 1997’.,é", max_size=40)  # fmt: skip
WORDINGS = {
    SPAN: "quarters?|months?|quarterly|monthly",
    MOVED: "increased|rose|grew|decreased|declined|fell|dropped|higher|lower",
    WHOLE: "company|companywide|consolidated|segments|divisions|businesses",
}


@given(TEXTS)
def test_words_of_a_class_stand_where_a_pattern_finds_them(text: str) -> None:
    words = Words(text)
    for kind, wording in WORDINGS.items():
        found = [match.span() for match in re.finditer(rf"\b(?:{wording})\b", text, re.IGNORECASE | re.ASCII)]
        assert words.places(kind) == found
        assert bool(words.kinds & kind) == bool(found)


@given(TEXTS)
def test_every_word_stands_where_it_says(text: str) -> None:
    words = Words(text)
    for at, word in enumerate(words.words):
        start = words.before[at] + at
        assert text[start : start + len(word)].lower() == word


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3Q19", PERIOD),
        ("in FY2005", PERIOD),
        ("to December 31", PERIOD),
        ("in 1999", PERIOD),
        ("Compared with", AGAINST),
        ("Twenty-one mines", COUNT),
        ("it would", AHEAD),
    ],
)
def test_a_word_that_a_rule_cannot_do_without_is_of_its_class(text: str, kind: int) -> None:
    assert Words(text).kinds & kind


@pytest.mark.parametrize(
    ("text", "kind"), [("19,970", PERIOD), ("spending", PERIOD), ("thank", AGAINST), ("someone", COUNT)]
)
def test_a_word_that_only_holds_another_is_not(text: str, kind: int) -> None:
    assert not Words(text).kinds & kind


@pytest.mark.parametrize("phrase", load("prose")["forward"]["phrases"])
def test_every_phrase_that_looks_ahead_is_told_by_a_word(phrase: str) -> None:
    assert looks_ahead(Words(f"It {phrase} x"))
