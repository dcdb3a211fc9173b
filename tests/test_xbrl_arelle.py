"""Arelle, which knows nothing of us, loads our packages without a network and finds nothing wrong but what the report has."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from orebook.close import close
from orebook.model.book import Book
from orebook.pipeline import check, read
from orebook.write.xbrl import Package, inline_package, package
from orebook.write.xbrl.items import Where
from tests.arelle_says import Said, is_here, said
from tests.xbrl_sample import BRIEF, REPORT

pytestmark = pytest.mark.skipif(not is_here(), reason="needs Arelle (arelle-release, in the group dev)")
_WHERE = re.compile(r"from ore:(?P<total>\w+) .* context (?P<context>\S+) ")


def breaks(done: Package) -> set[tuple[str, str]]:
    """The totals and contexts in which a sum may be found inconsistent: the report's own breaks, and the sums over
    figures that it prints twice and differently (a processor may take either copy)."""
    own = {(each.total.name, _context(where)) for each, where in done.sums.shown}
    torn = {(each.element, each.items[0].where) for each in done.conflicts}
    sums = [each for _, network in done.sums.networks for each in network]
    return own | {
        (each.total.name, _context(where))
        for each in sums
        for element, where in torn
        if element in (each.total, *(part for part, _ in each.parts))
    }


def inconsistent(found: Said) -> set[tuple[str, str]]:
    """The totals and contexts of which Arelle says that they do not add up."""
    return {(match["total"], match["context"]) for _, text in found.inconsistencies for match in _WHERE.finditer(text)}


def _context(where: Where) -> str:
    when, members, _ = where
    return "_".join((when.name, *(member.name for member in members)))


def written(made: dict[str, Package], folder: Path, ending: str = "xbr") -> dict[str, Said]:
    paths = []
    for name, done in made.items():
        paths.append(folder / f"{name}.{ending}")
        paths[-1].write_bytes(done.data)
    return dict(zip(made, said(paths), strict=True))


def books(root: Path) -> Iterator[tuple[str, Book]]:
    yield "example", read(root / "examples" / "silverton-2007q3.txt")
    yield "closed", close(root / "examples" / "sawtooth").book
    yield "sample", read(REPORT.encode(), "birch-1999q2.txt")
    yield "brief", read(BRIEF.encode(), "birch-1999q2.txt")
    yield "empty", read(b"Nothing to report this quarter.\n", "letter.txt")


def assert_sound(name: str, done: Package, found: Said, figures: int) -> None:
    assert found.errors == [], name
    assert (found.facts, found.footnotes) == (done.items, figures - len(done.left)), name
    assert found.sums == sum(len(each.parts) for _, network in done.sums.networks for each in network), name
    assert inconsistent(found) <= breaks(done), name
    assert bool(found.inconsistencies) == bool(inconsistent(found)), name


def test_our_own_packages_are_sound(root: Path, tmp_path: Path) -> None:
    all_books = dict(books(root))
    made = {name: package(book, check(book)) for name, book in all_books.items()}
    for name, found in written(made, tmp_path).items():
        assert_sound(name, made[name], found, len(all_books[name].facts))


def test_our_own_inline_packages_are_sound(root: Path, tmp_path: Path) -> None:
    all_books = dict(books(root))
    made = {name: inline_package(book, check(book)) for name, book in all_books.items()}
    for name, found in written(made, tmp_path, "xbri").items():
        assert_sound(name, made[name], found, len(all_books[name].facts))


def test_the_packages_of_filed_releases_are_sound(shared: Path, tmp_path: Path) -> None:
    paths = sorted((shared / "seeds").glob("*.txt"))
    paths += sorted((shared / "corpus" / "releases-html").glob("000*.html"))[:3]
    all_books = {path.stem: read(path) for path in paths}
    made = {name: package(book, check(book)) for name, book in all_books.items()}
    for name, found in written(made, tmp_path).items():
        assert_sound(name, made[name], found, len(all_books[name].facts))


def changed(data: bytes, ending: str, old: bytes, new: bytes) -> bytes:
    """A package with one file changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as other:
        for info in made.infolist():
            body = made.read(info)
            if info.filename.endswith(ending):
                assert old in body
                body = body.replace(old, new, 1)
            other.writestr(info, body)
    return out.getvalue()


def test_a_package_that_is_wrong_is_found_out(tmp_path: Path) -> None:
    book = read(BRIEF.encode(), "birch-1999q2.txt")
    good = package(book, check(book))
    made = {
        "sum": good._replace(data=changed(good.data, ".xbrl", b">2315000<", b">2319000<")),
        "schema": good._replace(data=changed(good.data, ".xsd", b'name="ReceivablesNetCurrent"', b'name="Other"')),
        "catalog": good._replace(data=changed(good.data, "catalog.xml", b"../taxonomy/", b"../none/")),
    }
    found = written(made, tmp_path)
    assert [code for code, _ in found["sum"].inconsistencies] == ["calc11e:inconsistentCalculationUsingRounding"]
    assert found["schema"].errors
    assert found["catalog"].errors
