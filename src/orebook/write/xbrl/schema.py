"""The schema of a report's taxonomy: its roles, elements, axes and members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orebook.write.xbrl import units
from orebook.write.xbrl.linkbases import KINDS
from orebook.write.xbrl.taxonomy import CUBE, DIMENSIONS, LINE_ITEMS, PREFIX, Taxonomy, headings, identifier
from orebook.write.xbrl.xml import DTR, LINK, XBRLDT, XBRLI, XLINK, XS, add, root, written

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

_TYPES = {
    units.MONEY: "xbrli:monetaryItemType",
    units.SHARES: "xbrli:sharesItemType",
    units.PURE: "xbrli:pureItemType",
    units.PERCENT: "dtr-types:percentItemType",
    units.PER_SHARE: "dtr-types:perShareItemType",
    units.MASS: "dtr-types:massItemType",
    units.RATE: "xbrli:decimalItemType",
}
_IMPORTS = {
    XBRLI: "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
    XBRLDT: "http://www.xbrl.org/2005/xbrldt-2005.xsd",
    DTR: "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd",
}


def schema(made: Taxonomy) -> bytes:
    """The schema document."""
    space = made.address.space
    spaces = {"xs": XS, "xbrli": XBRLI, "link": LINK, "xlink": XLINK, "xbrldt": XBRLDT, "dtr-types": DTR, PREFIX: space}
    top = root(XS, "schema", spaces)
    top.set("targetNamespace", space)
    top.set("elementFormDefault", "qualified")
    told = add(add(top, XS, "annotation"), XS, "appinfo")
    _roles(told, made)
    _references(told, made)
    for namespace, place in _IMPORTS.items():
        add(top, XS, "import", namespace=namespace, schemaLocation=place)
    for element in made.elements:
        period = "instant" if element.instant else "duration"
        _element(top, element.name, _TYPES[element.kind], period)
    for section in made.sections:
        for heading in headings(section.top):
            _element(top, heading.name, "xbrli:stringItemType", "duration", abstract="true")
    _dimensions(top, made)
    return written(top)


def _roles(told: Node, made: Taxonomy) -> None:
    """Each role once: the sections, the networks of sums beside them, and the axes."""
    definitions = {section.role: section.definition for section in made.sections}
    definitions |= {network.role: network.definition for network in made.networks}
    if made.axes:
        definitions[DIMENSIONS] = "Document - Mines, segments and columns"
    for name, definition in sorted(definitions.items()):
        role = add(told, LINK, "roleType", roleURI=made.address.role(name), id=name)
        add(role, LINK, "definition", definition)
        for used in ("presentationLink", "calculationLink", "definitionLink"):
            add(role, LINK, "usedOn", f"link:{used}")


def _references(told: Node, made: Taxonomy) -> None:
    for kind in KINDS:
        if kind.wanted(made):
            add(
                told,
                LINK,
                "linkbaseRef",
                xlink_type="simple",
                xlink_href=f"{made.address.stem}-{kind.tail}.xml",
                xlink_role=f"http://www.xbrl.org/2003/role/{kind.name}LinkbaseRef",
                xlink_arcrole="http://www.w3.org/1999/xlink/properties/linkbase",
            )


def _element(
    top: Node, name: str, sort: str, period: str, *, abstract: str = "false", group: str = "xbrli:item"
) -> None:
    made = add(
        top, XS, "element", name=name, id=identifier(name), type=sort, substitutionGroup=group, abstract=abstract
    )
    made.set("nillable", "true")
    made.set(f"{{{XBRLI}}}periodType", period)


def _dimensions(top: Node, made: Taxonomy) -> None:
    if not made.axes:
        return
    _element(top, LINE_ITEMS.name, "xbrli:stringItemType", "duration", abstract="true")
    _element(top, CUBE.name, "xbrli:stringItemType", "duration", abstract="true", group="xbrldt:hypercubeItem")
    for axis in made.axes:
        _element(top, axis.name, "xbrli:stringItemType", "duration", abstract="true", group="xbrldt:dimensionItem")
        for member in (axis.domain, *axis.members):
            _element(top, member.name, "dtr-types:domainItemType", "duration", abstract="true")
