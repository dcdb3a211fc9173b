"""A small report with all that a package must tell apart, and a reader of packages that knows nothing of how we write them."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

REPORT = """\
BIRCH RIVER MINING COMPANY

            SECOND QUARTER HIGHLIGHTS
       (dollars in thousands, except per share and per ounce)

                                       Three Months Ended      Six Months Ended
                                            June 30,                June 30,
                                         1999       1998         1999       1998
                                      ---------  ---------    ---------  ---------
Sales of products                     $   4,120  $   3,655    $   7,963  $   7,204
Net income (loss)                           412       (187)         655       (301)
Net income (loss) per common share         0.03      (0.02)        0.05      (0.03)
Gross margin (%)                           12.5        9.1         11.8        8.7
Lead price - average (cents/lb)            22.6       24.0         23.1       24.4
Cash flow from sale of timber               - -         52          - -         52

                       BALANCE SHEETS
                       (in thousands)

                                       June 30,     Dec. 31,
                                         1999         1998
                                      ---------    ---------
Cash and cash equivalents             $     412    $     377
Receivables                               1,903        2,241
                                      ---------    ---------
Total current assets                      2,315        2,618
Properties, net                           5,010        4,870
                                      ---------    ---------
Total assets                          $   7,325    $   7,488
                                      =========    =========

                     STATEMENTS OF OPERATIONS
                         (in thousands)

                                       Three Months Ended      Six Months Ended
                                            June 30,                June 30,
                                         1999       1998         1999       1998
                                      ---------  ---------    ---------  ---------
Sales of products                     $   4,120  $   3,655    $   7,963  $   7,204
Cost of sales                             3,605      3,322        7,023      6,577
                                      ---------  ---------    ---------  ---------
Gross profit                                515        333          940        627
Exploration                                 103        520          275        928
                                      ---------  ---------    ---------  ---------
Net income (loss)                     $     412  $    (187)   $     665  $    (301)
                                      =========  =========    =========  =========

                        PRODUCTION DATA

                                       Three Months Ended      Six Months Ended
                                            June 30,                June 30,
                                         1999       1998         1999       1998
                                      ---------  ---------    ---------  ---------
ALDER UNIT
  Tons of ore milled                     31,204     29,877       60,115     58,230
  Silver produced (oz.)                 401,337    388,120      790,004    771,650
  Total cash cost per ounce               $3.98      $4.20        $4.02      $4.31
CEDAR CREEK UNIT (Reflects Birch River's 40% share)
  Tons of ore milled                      8,120         --       15,870         --
  Silver produced (oz.)                  96,410         --      188,933         --
  Total cash cost per ounce               $4.47         --        $4.52         --

                           WORKFORCE

                                          Alder      Cedar
                                      ---------  ---------
Employees                                    88         41
"""

BRIEF = """\
BIRCH RIVER MINING COMPANY

            SECOND QUARTER HIGHLIGHTS
  (dollars in thousands, except per share)

                             Three Months Ended
                                  June 30,
                               1999       1998
                            ---------  ---------
Sales of products           $   4,120  $   3,655
Net income per share             0.03      (0.02)
Gross margin (%)                 12.5        9.1
Lead price (cents/lb)            22.6       24.0

ALDER UNIT (Reflects Birch River's 40% share)
  Silver produced (oz.)        96,410         --
  Total cash cost per ounce     $4.47         --

               BALANCE SHEETS
               (in thousands)

                             June 30,    Dec. 31,
                               1999        1998
                            ---------   ---------
Cash and cash equivalents   $     412   $     377
Receivables                     1,903       2,241
                            ---------   ---------
Total current assets        $   2,315   $   2,618
                            =========   =========
"""
"""As few figures of as many kinds: its package can be read through."""

XBRLI = "http://www.xbrl.org/2003/instance"
LINK = "http://www.xbrl.org/2003/linkbase"
XLINK = "http://www.w3.org/1999/xlink"
XBRLDI = "http://xbrl.org/2006/xbrldi"
XS = "http://www.w3.org/2001/XMLSchema"


class Seen(NamedTuple):
    """An item as a reader of XBRL sees it. `spots` are the texts of its footnotes, `unit` its measures above and below."""

    name: str
    concept: str
    label: str
    value: Decimal | None
    decimals: str | None
    unit: tuple[tuple[str, ...], tuple[str, ...]]
    start: date | None
    end: date
    company: tuple[str, str]
    members: dict[str, str]
    spots: tuple[str, ...]


def parts(data: bytes) -> dict[str, bytes]:
    """The files of a package by their path below its one folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        names = made.namelist()
        assert len({name.partition("/")[0] for name in names}) == 1
        return {name.partition("/")[2]: made.read(name) for name in names}


def part(files: dict[str, bytes], ending: str) -> etree._Element:
    """The one file whose name ends so, parsed."""
    (name,) = [name for name in files if name.endswith(ending)]
    return etree.fromstring(files[name])


def seen(data: bytes) -> dict[str, Seen]:
    """The items of a package by their identifiers."""
    files = parts(data)
    top = part(files, ".xbrl")
    contexts = {each.get("id"): each for each in top.iterfind(f"{{{XBRLI}}}context")}
    units = {each.get("id"): _measures(each) for each in top.iterfind(f"{{{XBRLI}}}unit")}
    labels, notes = _labels(part(files, "-lab.xml")), _notes(top)
    made: dict[str, Seen] = {}
    for item in top:
        reference = item.get("contextRef")
        if reference is None:
            continue
        name, concept = str(item.get("id")), etree.QName(item).localname
        assert name not in made
        nil = item.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true"
        made[name] = Seen(
            name,
            concept,
            labels[concept],
            None if nil else Decimal(item.text or ""),
            item.get("decimals"),
            units[item.get("unitRef")],
            *_when(contexts[reference]),
            *_whose(contexts[reference]),
            tuple(notes[name]),
        )
    return made


def _measures(unit: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    def told(path: str) -> tuple[str, ...]:
        return tuple(str(each.text) for each in unit.iterfind(f"{path}{{{XBRLI}}}measure"))

    divided = f"{{{XBRLI}}}divide/{{{XBRLI}}}unit"
    return told("") or told(f"{divided}Numerator/"), told(f"{divided}Denominator/")


def _when(context: etree._Element) -> tuple[date | None, date]:
    days = {etree.QName(each).localname: date.fromisoformat(str(each.text)) for each in context[1]}
    return days.get("startDate"), days.get("endDate") or days["instant"]


def _whose(context: etree._Element) -> tuple[tuple[str, str], dict[str, str]]:
    (identifier,) = context.iter(f"{{{XBRLI}}}identifier")
    members = {
        str(each.get("dimension")).partition(":")[2]: str(each.text).partition(":")[2]
        for each in context.iter(f"{{{XBRLDI}}}explicitMember")
    }
    return (str(identifier.get("scheme")), str(identifier.text)), members


def _labels(top: etree._Element) -> dict[str, str]:
    return {
        str(each.get(f"{{{XLINK}}}label")).removeprefix("lab_"): str(each.text)
        for each in top.iter(f"{{{LINK}}}label")
        if str(each.get(f"{{{XLINK}}}role")).endswith("/label")
    }


def _notes(top: etree._Element) -> dict[str, list[str]]:
    """The footnotes of each item, followed through locators and arcs."""
    to = {each.get(f"{{{XLINK}}}label"): each.get(f"{{{XLINK}}}href", "")[1:] for each in top.iter(f"{{{LINK}}}loc")}
    texts = {each.get(f"{{{XLINK}}}label"): str(each.text) for each in top.iter(f"{{{LINK}}}footnote")}
    found: dict[str, list[str]] = {name: [] for name in to.values()}
    for arc in top.iter(f"{{{LINK}}}footnoteArc"):
        found[to[arc.get(f"{{{XLINK}}}from")]].append(texts[arc.get(f"{{{XLINK}}}to")])
    return found
