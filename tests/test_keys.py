"""The reader against the answer keys, and every fact against the text it was read from."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from orebook.model.book import Book
from orebook.pipeline import read
from orebook.write.jsonl import fact_lines

SEEDS = ("hecla-1995q3", "hecla-1996q1", "hecla-2003q3", "hecla-2004q3", "hecla-2007q3")
KEYS = {"1995q3": "hecla-1995q3", "2007q3": "hecla-2007q3"}
CORPUS_SAMPLE = 12


@pytest.fixture(scope="module")
def score(shared: Path) -> ModuleType:
    """The shared scorer, as it is."""
    spec = importlib.util.spec_from_file_location("score", shared / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in fact_lines(read(path))]


@pytest.mark.parametrize("key", KEYS)
def test_facts_of_the_key(key: str, shared: Path, score: ModuleType) -> None:
    want = score.load(shared / "keys" / key / "facts.jsonl")
    misses: list[str] = []
    row = score.score_facts(want, _records(shared / "seeds" / f"{KEYS[key]}.txt"), misses)
    told = "\n".join([f"{name}: {figure}" for name, figure in row.items()] + misses[:40])
    least = {"recall": 100, "precision": 100, "fully right": 99.8, "  heading": 99, "  table": 99}
    for name, percent in least.items():
        assert float(row[name].split()[0]) >= percent, told


@pytest.mark.parametrize("seed", SEEDS)
def test_every_fact_of_a_seed_stands_where_it_says(seed: str, shared: Path) -> None:
    path = shared / "seeds" / f"{seed}.txt"
    book = read(path)
    assert book.lines == tuple(path.read_bytes().decode("utf-8-sig").splitlines())
    assert len(book.facts) > 250
    assert _misplaced(book) == []
    assert not book.problems


def _corpus(folder: Path) -> list[Path]:
    """A sample of the corpus: the smallest files of each kind, so that the suite stays quick."""
    kinds = (("releases-text", 3), ("submissions", 6), ("releases-html", 3))
    found: list[Path] = []
    for kind, count in kinds:
        files = sorted((folder / kind).iterdir(), key=lambda path: (path.stat().st_size, path.name))
        found += files[:count]
    return found[:CORPUS_SAMPLE]


def test_every_fact_of_the_corpus_stands_where_it_says(shared: Path) -> None:
    files = _corpus(shared / "corpus")
    assert files
    books = {path.name: read(path) for path in files}
    assert {name: wrong for name, book in books.items() if (wrong := _misplaced(book))} == {}
    assert sum(len(book.facts) for book in books.values()) > 1000


def _misplaced(book: Book) -> list[str]:
    """The facts whose text is not what the lines print there, or whose order is not that of the document."""
    wrong = [
        f"{book.name}:{fact.spot.line}:{fact.spot.start} {fact.text!r}"
        for fact in book.facts
        if book.lines[fact.spot.line - 1][fact.spot.start : fact.spot.end] != fact.text
    ]
    places = [(fact.table.part, *fact.place) for fact in book.facts]
    if places != sorted(set(places)):
        wrong.append("two facts at one place, or facts out of the document's order")
    return wrong
