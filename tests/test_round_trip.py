"""What is written reads back to the same facts, ties and claims: filed reports, closed books, books at random."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orebook.close import close
from orebook.model.book import Book
from orebook.pipeline import read
from orebook.write.release.trip import Trip, round_trip
from tests.close_company import months_from, write_books
from tests.grids import Drawn, render, tables

SHARED = Path(os.environ.get("OREBOOK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
SEEDS = ("hecla-1995q3", "hecla-1996q1", "hecla-2003q3", "hecla-2004q3", "hecla-2007q3")
KINDS = ("text", "html")
# Filings of other companies: three in text, three pages.
FILED = (
    "releases-text/ASTA-FUNDING-INC_8-K_0001125282-04-003595.txt",
    "releases-text/ASTA-FUNDING-INC_8-K_0001125282-04-005938.txt",
    "releases-html/0001564590-20-019442.html",
    "releases-html/AAPL_8-K_20240502.txt",
    "releases-html/0001140361-20-010070.html",
    "releases-html/0001722482-20-000089.html",
)


def lost(trip: Trip) -> dict[str, object]:
    """What did not come back, for the message of a failure."""
    parts = (("facts", trip.facts), ("ties", trip.ties), ("claims", trip.claims))
    return {name: (part.lost[:3], part.new[:3]) for name, part in parts if not part.same}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SEEDS)
def test_a_filed_release_comes_back_whole(shared: Path, name: str, kind: str) -> None:
    trip = round_trip(read(shared / "seeds" / f"{name}.txt"), kind)
    assert trip.facts.total > 250
    assert lost(trip) == {}
    assert [fact.value for fact in trip.again.facts] == [
        fact.value for fact in read(shared / "seeds" / f"{name}.txt").facts
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FILED)
def test_other_companies_figures_come_back(shared: Path, name: str, kind: str) -> None:
    trip = round_trip(read(shared / "corpus" / name), kind)
    assert (trip.facts.lost[:3], trip.facts.new[:3]) == ((), ())


def test_a_release_keeps_to_its_page(shared: Path) -> None:
    """Prose to 80 columns, tables to 132."""
    for name in SEEDS:
        trip = round_trip(read(shared / "seeds" / f"{name}.txt"), "text")
        lines = trip.written.split("\n")
        assert max(map(len, lines)) <= 132
        for paragraph in trip.again.prose:
            assert max(len(line) for line in lines[paragraph.first - 1 : paragraph.last]) <= 80


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_companys_close_comes_back(root: Path, kind: str) -> None:
    trip = round_trip(close(root / "examples" / "sawtooth").book, kind)
    assert trip.facts.total > 300
    assert (trip.facts.lost, trip.facts.new, trip.ties.lost, trip.ties.new) == ((), (), (), ())


@pytest.mark.parametrize(("seed", "mines"), [(1, 1), (2, 3), (3, 12), (4, 40)])
def test_random_companies_come_back(tmp_path: Path, seed: int, mines: int) -> None:
    write_books(tmp_path, seed, mines, months_from(2003, 12))
    book = close(tmp_path).book
    assert len({fact.entity for fact in book.facts}) > mines
    for kind in KINDS:
        trip = round_trip(book, kind)
        assert (kind, trip.facts.lost[:3], trip.facts.new[:3]) == (kind, (), ())
        assert (kind, trip.ties.lost[:3], trip.ties.new[:3]) == (kind, (), ())


def drawn_book(drawn: Drawn) -> Book:
    return read(render(drawn).encode(), "drawn")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from(KINDS))
def test_random_tables_come_back(drawn: Drawn, kind: str) -> None:
    trip = round_trip(drawn_book(drawn), kind)
    assert (trip.facts.lost[:3], trip.facts.new[:3]) == ((), ())


def test_written_again_nothing_moves(shared: Path) -> None:
    """A release that was written reads as one that writes to the same lines."""
    for name in ("hecla-1996q1", "hecla-2007q3"):
        once = round_trip(read(shared / "seeds" / f"{name}.txt"), "text")
        assert round_trip(once.again, "text").written == once.written
