"""XML as all parts of a package write it: name spaces, nodes, locators and arcs. Text of a filing comes in as text only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

XS = "http://www.w3.org/2001/XMLSchema"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XLINK = "http://www.w3.org/1999/xlink"
LINK = "http://www.xbrl.org/2003/linkbase"
XBRLI = "http://www.xbrl.org/2003/instance"
XBRLDT = "http://xbrl.org/2005/xbrldt"
XBRLDI = "http://xbrl.org/2006/xbrldi"
DTR = "http://www.xbrl.org/dtr/type/2022-03-31"

LINK_ROLE = "http://www.xbrl.org/2003/role/link"
LABEL_ROLE = "http://www.xbrl.org/2003/role/label"
ABOUT_ROLE = "http://www.xbrl.org/2003/role/documentation"
FOOTNOTE_ROLE = "http://www.xbrl.org/2003/role/footnote"
CONCEPT_LABEL = "http://www.xbrl.org/2003/arcrole/concept-label"
FACT_FOOTNOTE = "http://www.xbrl.org/2003/arcrole/fact-footnote"
PARENT_CHILD = "http://www.xbrl.org/2003/arcrole/parent-child"
SUMMATION = "https://xbrl.org/2023/arcrole/summation-item"
SUMMATION_AT = "https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"
DIMENSION = "http://xbrl.org/int/dim/arcrole/"
DIMENSION_AT = "http://www.xbrl.org/2005/xbrldt-2005.xsd#"


def root(space: str, name: str, spaces: Mapping[str, str], *, own: bool = False) -> Node:
    """The first node of a document; `spaces` are the prefixes that it declares. With `own` its own name space has none,
    as pages want it."""
    known: dict[Any, str] = {None: space, **spaces} if own else dict(spaces)
    return etree.Element(f"{{{space}}}{name}", nsmap=known)


def add(above: Node, space: str, name: str, text: str | None = None, /, **given: str) -> Node:
    """A node below another. `xlink_href` is the attribute `xlink:href`, and so on."""
    made = etree.SubElement(above, f"{{{space}}}{name}")
    for key, value in given.items():
        prefix, _, local = key.partition("_")
        made.set(f"{{{_PREFIXES[prefix]}}}{local}" if prefix in _PREFIXES else key, value)
    made.text = text
    return made


_PREFIXES = {"xlink": XLINK, "xbrldt": XBRLDT, "xml": XML, "xsi": XSI}


def written(top: Node) -> bytes:
    """A document as UTF-8, indented, with its declaration."""
    return etree.tostring(top, encoding="UTF-8", xml_declaration=True, pretty_print=True)


class Extended:
    """An extended link of a linkbase: what its arcs join is located once each."""

    def __init__(self, base: Node, name: str, role: str, schema: str) -> None:
        self.node = add(base, LINK, name, xlink_type="extended", xlink_role=role)
        self._schema = schema
        self._located: set[str] = set()

    def locate(self, identifier: str) -> str:
        """The label by which arcs name the element of this identifier."""
        label = f"loc_{identifier}"
        if label not in self._located:
            self._located.add(label)
            href = f"{self._schema}#{identifier}"
            add(self.node, LINK, "loc", xlink_type="locator", xlink_href=href, xlink_label=label)
        return label

    def arc(self, name: str, arcrole: str, ends: tuple[str, str], order: int, **given: str) -> None:
        """An arc between two elements, by their identifiers."""
        one, other = self.locate(ends[0]), self.locate(ends[1])
        self.link(name, arcrole, (one, other), order=str(order), **given)

    def link(self, name: str, arcrole: str, ends: tuple[str, str], **given: str) -> None:
        """An arc between two labels of this link."""
        arc = {"xlink_type": "arc", "xlink_arcrole": arcrole, "xlink_from": ends[0], "xlink_to": ends[1]}
        add(self.node, LINK, name, **arc, **given)
