"""The report package: one XBRL report and its taxonomy in a zip that is the same for the same book, byte for byte."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.tie import Checked
from orebook.write.words import short_name, visible
from orebook.write.xbrl.elements import Conflict, elements
from orebook.write.xbrl.instance import instance, statements
from orebook.write.xbrl.items import stated
from orebook.write.xbrl.linkbases import KINDS
from orebook.write.xbrl.names import Names
from orebook.write.xbrl.schema import schema
from orebook.write.xbrl.sums import Sums, sums
from orebook.write.xbrl.taxonomy import RESERVED, Taxonomy, taxonomy
from orebook.write.xbrl.xml import XML, add, root, written

DOCUMENT_TYPE = "https://xbrl.org/report-package/2023/xbr"
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


def package(book: Book, checked: Checked) -> Package:
    """The report package (`.xbr`, Report Packages 1.0) of a book's figures, with the sums that `checked` found to hold.

    The report's taxonomy is in it, as a taxonomy package. Nothing of the document becomes anything but text and names of
    plain letters. A book without any figure that can be stated gives a report without items.
    """
    names = Names()
    for name in RESERVED:
        names.give([name])
    made = stated(book, names)
    found = elements(made.items, checked, names)
    said = sums(made.items, found, checked)
    own = taxonomy(book, made, found, said, names)
    items = statements(made.items, found)
    report = instance(book, own, items)
    return Package(
        _zip(own.address.stem, dict(_files(book, own, report))), len(items), made.left, found.conflicts, said
    )


def _files(book: Book, own: Taxonomy, report: bytes) -> Iterator[tuple[str, bytes]]:
    """The files by their path below the package's folder."""
    stem = own.address.stem
    yield "META-INF/reportPackage.json", _json({"documentInfo": {"documentType": DOCUMENT_TYPE}})
    yield "META-INF/taxonomyPackage.xml", _taxonomy_package(book, own)
    yield "META-INF/catalog.xml", _catalog(own)
    yield f"reports/{stem}.xbrl", report
    yield f"taxonomy/{own.address.schema}", schema(own)
    for kind in KINDS:
        if kind.wanted(own):
            yield f"taxonomy/{stem}-{kind.tail}.xml", kind.write(own)


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
