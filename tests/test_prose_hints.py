"""Plain words found without patterns: the same as the patterns that they stand for would find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from orebook.check.prose.hints import begins, closes, parted, parts, places, printed, words_or

WORDINGS = ("and", "an?", r"as\s+a\s+result", "compar(?:ed|es)", r"attribut\w+")
TEXTS = st.lists(
    st.sampled_from(
        ["and", "an", "a", "as a result", "compared", "attributable", "land", "ands", "_and", "-", ";", "1", "é"]
    )
).map(" ".join) | st.text("and cs;_-1é", max_size=40)


@given(TEXTS)
def test_whole_words_are_found_as_with_word_boundaries(text: str) -> None:
    plain = re.compile(rf";|\b(?:{'|'.join(WORDINGS)})\b")
    found = [match.span() for match in words_or(WORDINGS, ";").finditer(text)]
    assert found == [match.span() for match in plain.finditer(text)]


@given(TEXTS)
def test_places_are_all_occurrences_from_left_to_right(text: str) -> None:
    found = places(text, ("and", "a", "compar"))
    each = [match.span() for word in ("and", "a", "compar") for match in re.finditer(word, text)]
    assert found == sorted(each)


@given(TEXTS)
def test_word_ends_are_those_of_a_pattern(text: str) -> None:
    for start, end in places(text, ("and", "compared")):
        whole = re.compile(rf"\b{text[start:end]}\b").match(text, start) is not None
        assert (begins(text, start) and closes(text, end)) == whole


def test_printed_words_keep_their_hyphens_and_parts_do_not() -> None:
    text = "The S&P’s year-to-date “record”, $1.5 million (49 %)"
    assert [*filter(None, printed(text))] == ["the", "s&p's", "year-to-date", "record", "1", "5", "million", "49"]
    assert (
        frozenset(filter(None, parted(text)))
        == parts(text)
        == {"the", "s", "p", "year", "to", "date", "record", "1", "5", "million", "49"}
    )
