"""The report package: one XBRL report and its taxonomy in a zip that is the same for the same book, byte for byte."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.tie import Checked
from orebook.write.release import opened
from orebook.write.release.flow import flow
from orebook.write.words import short_name, visible
from orebook.write.xbrl.elements import Conflict, Elements, elements
from orebook.write.xbrl.inline import inline
from orebook.write.xbrl.instance import instance, statements
from orebook.write.xbrl.items import Stated, stated
from orebook.write.xbrl.linkbases import KINDS
from orebook.write.xbrl.names import Names
from orebook.write.xbrl.schema import schema
from orebook.write.xbrl.sums import Sums, sums
from orebook.write.xbrl.taxonomy import RESERVED, Taxonomy, taxonomy
from orebook.write.xbrl.xml import XML, add, root, written

DOCUMENT_TYPE = "https://xbrl.org/report-package/2023"
_TAXONOMY_PACKAGE = "http://xbrl.org/2016/taxonomy-package"
_CATALOG = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell: a package says nothing of when it was made."""
_PLAIN_FILE = 0o100644 << 16


class Package(NamedTuple):
    """A report package, and what is to be said of it: how many items it has, the figures that it leaves out with the
    cause, the figures that contradict each other, and its sums."""

    data: bytes
    items: int
    left: tuple[tuple[Fact, str], ...]
    conflicts: tuple[Conflict, ...]
    sums: Sums


class _Prepared(NamedTuple):
    """A book as XBRL states it, before any file is written."""

    stated: Stated
    elements: Elements
    sums: Sums
    taxonomy: Taxonomy


def package(book: Book, checked: Checked) -> Package:
    """The report package (`.xbr`, Report Packages 1.0) of a book's figures, with the sums that `checked` found to hold.

    The report's taxonomy is in it, as a taxonomy package. Nothing of the document becomes anything but text and names of
    plain letters. A book without any figure that can be stated gives a report without items.
    """
    made = _prepared(book, checked)
    items = statements(made.stated.items, made.elements)
    report = instance(book, made.taxonomy, items)
    return _packed(book, made, f"{DOCUMENT_TYPE}/xbr", ("xbrl", report), len(items))


def inline_package(book: Book, checked: Checked, template: str | Path | None = None) -> Package:
    """The same as Inline XBRL (`.xbri`): its report is the release as a page, with every figure tagged where it stands.

    `template` and what it raises are those of `orebook.write.release.render`.
    """
    made = _prepared(book, checked)
    items = made.stated.items
    shown, written_by_template = opened(book, template)
    report = inline(book, made.taxonomy, items, made.elements, flow(shown, written_by_template))
    return _packed(book, made, f"{DOCUMENT_TYPE}/xbri", ("xhtml", report), len(items))


def _prepared(book: Book, checked: Checked) -> _Prepared:
    names = Names()
    for name in RESERVED:
        names.give([name])
    made = stated(book, names)
    found = elements(made.items, checked, names)
    said = sums(made.items, found, checked)
    return _Prepared(made, found, said, taxonomy(book, made, found, said, names))


def _packed(book: Book, made: _Prepared, kind: str, report: tuple[str, bytes], count: int) -> Package:
    files = dict(_files(book, made.taxonomy, kind, report))
    data = _zip(made.taxonomy.address.stem, files)
    return Package(data, count, made.stated.left, made.elements.conflicts, made.sums)


def _files(book: Book, own: Taxonomy, kind: str, report: tuple[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files by their path below the package's folder; `report` is what its file's name ends in, and its content."""
    stem = own.address.stem
    yield "META-INF/reportPackage.json", _json({"documentInfo": {"documentType": kind}})
    yield "META-INF/taxonomyPackage.xml", _taxonomy_package(book, own)
    yield "META-INF/catalog.xml", _catalog(own)
    yield f"reports/{stem}.{report[0]}", report[1]
    yield f"taxonomy/{own.address.schema}", schema(own)
    for linkbase in KINDS:
        if linkbase.wanted(own):
            yield f"taxonomy/{stem}-{linkbase.tail}.xml", linkbase.write(own)


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=2) + "\n").encode()


def _taxonomy_package(book: Book, own: Taxonomy) -> bytes:
    space = _TAXONOMY_PACKAGE
    top = root(space, "taxonomyPackage", {"tp": space})
    top.set(f"{{{XML}}}lang", "en")
    who = visible(book.identity.company) or short_name(book.name)
    end = book.identity.period_end
    name = f"{who}, report{f' to {end.isoformat()}' if end else ''}"
    add(top, space, "identifier", own.address.folder)
    add(top, space, "name", name)
    add(top, space, "description", f"The elements, tables and sums of {short_name(book.name)}, written by orebook.")
    add(top, space, "version", "1.0")
    entry = add(add(top, space, "entryPoints"), space, "entryPoint")
    add(entry, space, "name", name)
    add(entry, space, "entryPointDocument", href=f"{own.address.folder}{own.address.schema}")
    return written(top)


def _catalog(own: Taxonomy) -> bytes:
    """The report's addresses lead to its own files."""
    top = root(_CATALOG, "catalog", {"er": _CATALOG})
    add(top, _CATALOG, "rewriteURI", uriStartString=own.address.folder, rewritePrefix="../taxonomy/")
    return written(top)


def _zip(folder: str, files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as made:
        for name, data in files.items():
            info = ZipInfo(f"{folder}/{name}", _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.create_system, info.external_attr = 3, _PLAIN_FILE
            made.writestr(info, data)
    return buffer.getvalue()
