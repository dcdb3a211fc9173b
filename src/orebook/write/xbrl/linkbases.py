"""The linkbases of a report's taxonomy: labels, the order of the tables, sums, and axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from orebook.model.named import NamedTuple
from orebook.write.xbrl.taxonomy import CUBE, DIMENSIONS, LINE_ITEMS, Taxonomy, headings, identifier
from orebook.write.xbrl.taxonomy import Node as Leaf
from orebook.write.xbrl.xml import (
    ABOUT_ROLE,
    CONCEPT_LABEL,
    DIMENSION,
    DIMENSION_AT,
    LABEL_ROLE,
    LINK,
    LINK_ROLE,
    PARENT_CHILD,
    SUMMATION,
    SUMMATION_AT,
    XBRLDT,
    XLINK,
    Extended,
    add,
    root,
    written,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Node

_SPACES = {"link": LINK, "xlink": XLINK, "xbrldt": XBRLDT}


class Kind(NamedTuple):
    """A linkbase: its name in the addresses of roles, what its file's name ends in, whether a taxonomy has one, and
    what writes it."""

    name: str
    tail: str
    wanted: Callable[[Taxonomy], bool]
    write: Callable[[Taxonomy], bytes]


def labels(made: Taxonomy) -> bytes:
    """What each element is called in print, and what it stands for."""
    top = root(LINK, "linkbase", _SPACES)
    link = Extended(top, "labelLink", LINK_ROLE, made.address.schema)
    for element in made.elements:
        _label(link, element.name, element.label, LABEL_ROLE)
        _label(link, element.name, f"This element {element.about}.", ABOUT_ROLE)
    for section in made.sections:
        for heading in headings(section.top):
            _label(link, heading.name, heading.label, LABEL_ROLE)
    if made.axes:
        _label(link, LINE_ITEMS.name, LINE_ITEMS.label, LABEL_ROLE)
        _label(link, CUBE.name, CUBE.label, LABEL_ROLE)
    for axis in made.axes:
        _label(link, axis.name, axis.label, LABEL_ROLE)
        for member in (axis.domain, *axis.members):
            _label(link, member.name, member.label, LABEL_ROLE)
    return written(top)


def _label(link: Extended, name: str, text: str, role: str) -> None:
    one = link.locate(identifier(name))
    label = f"{'lab' if role == LABEL_ROLE else 'doc'}_{name}"
    add(link.node, LINK, "label", text, xlink_type="resource", xlink_label=label, xlink_role=role, xml_lang="en")
    link.link("labelArc", CONCEPT_LABEL, (one, label))


def presentation(made: Taxonomy) -> bytes:
    """The elements of each table in their order, under their headings."""
    top = _linkbase(made, (section.role for section in made.sections), {})
    for section in made.sections:
        link = Extended(top, "presentationLink", made.address.role(section.role), made.address.schema)
        _present(link, section.top)
    return written(top)


def _present(link: Extended, above: Leaf) -> None:
    for order, below in enumerate(above.below, 1):
        ends = identifier(above.element.name), identifier(below.element.name)
        link.arc("presentationArc", PARENT_CHILD, ends, order)
        _present(link, below)


def calculation(made: Taxonomy) -> bytes:
    """The sums that hold, checked with the rounding of the printed digits (Calculations 1.1)."""
    top = _linkbase(made, (network.role for network in made.networks), {SUMMATION: SUMMATION_AT})
    for network in made.networks:
        link = Extended(top, "calculationLink", made.address.role(network.role), made.address.schema)
        for each in network.sums:
            for order, (part, weight) in enumerate(each.parts, 1):
                ends = identifier(each.total.name), identifier(part.name)
                link.arc("calculationArc", SUMMATION, ends, order, weight=str(weight))
    return written(top)


def definition(made: Taxonomy) -> bytes:
    """Every element may be of any mine or segment and of any column; one that names none is of the whole."""
    names = ("all", "hypercube-dimension", "dimension-domain", "dimension-default", "domain-member")
    top = _linkbase(made, (DIMENSIONS,), {DIMENSION + name: DIMENSION_AT + name for name in names})
    link = Extended(top, "definitionLink", made.address.role(DIMENSIONS), made.address.schema)
    cube = {"xbrldt_contextElement": "segment", "xbrldt_closed": "true"}
    _define(link, "all", LINE_ITEMS.name, (CUBE.name,), **cube)
    _define(link, "domain-member", LINE_ITEMS.name, (element.name for element in made.elements))
    _define(link, "hypercube-dimension", CUBE.name, (axis.name for axis in made.axes))
    for axis in made.axes:
        _define(link, "dimension-domain", axis.name, (axis.domain.name,))
        _define(link, "domain-member", axis.domain.name, (member.name for member in axis.members))
    # A link holds one arc from an element to another: the default of an axis, which is its domain, takes a second link.
    link = Extended(top, "definitionLink", made.address.role(DIMENSIONS), made.address.schema)
    for axis in made.axes:
        _define(link, "dimension-default", axis.name, (axis.domain.name,))
    return written(top)


def _define(link: Extended, arcrole: str, above: str, below: Iterable[str], **given: str) -> None:
    for order, name in enumerate(below, 1):
        link.arc("definitionArc", DIMENSION + arcrole, (identifier(above), identifier(name)), order, **given)


def _linkbase(made: Taxonomy, roles: Iterable[str], arcroles: Mapping[str, str]) -> Node:
    """A linkbase with references to the roles that it uses."""
    top = root(LINK, "linkbase", _SPACES)
    for role in roles:
        place = f"{made.address.schema}#{role}"
        add(top, LINK, "roleRef", roleURI=made.address.role(role), xlink_type="simple", xlink_href=place)
    for arcrole, place in arcroles.items():
        add(top, LINK, "arcroleRef", arcroleURI=arcrole, xlink_type="simple", xlink_href=place)
    return top


KINDS = (
    Kind("label", "lab", lambda made: bool(made.elements), labels),
    Kind("presentation", "pre", lambda made: bool(made.sections), presentation),
    Kind("calculation", "cal", lambda made: bool(made.networks), calculation),
    Kind("definition", "def", lambda made: bool(made.axes), definition),
)
