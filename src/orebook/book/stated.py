"""Units that a label or a heading states outright: `(oz)`, `, g/t Au`, `(A$/oz)`, `- R/kg`."""

from __future__ import annotations

import re
from functools import lru_cache

from orebook.model.named import NamedTuple

_BRACKET = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\s\-,]+")
# Words that say of what, how measured or how many, and not by which unit; the scale is read elsewhere.
_BESIDE = frozenset((
    "troy", "payable", "dry", "wet", "short", "contained", "recovered", "recoverable", "refined", "produced", "prod", "sold",
    "in", "of", "au", "ag", "pb", "zn", "cu", "mo", "ni", "aueq", "ageq", "cueq", "gold", "silver", "lead", "zinc",
    "copper", "m", "equivalent", "eq", "000", "000s", "000's", "000’s", "'000", "’000", "thousand", "thousands", "thousands of", "million",
    "millions", "omitted", "long", "u3o8", "wo3", "fe", "sn", "pt", "pd", "pge", "pgm", "4e", "3e", "li2o", "k2o", "p2o5",
))  # fmt: skip
# One way of writing each: lower case, no blanks or dots, `per` as a stroke, names of units short.
_SHORT = (
    ("percent", "%"), ("per", "/"), ("¢", "cents"), ("metrictons", "tonne"), ("metricton", "tonne"), ("dmt", "tonne"), ("wmt", "tonne"), ("tonnes", "tonne"),
    ("tons", "ton"), ("ounces", "oz"), ("ounce", "oz"), ("ozs", "oz"), ("koz", "oz"), ("moz", "oz"), ("geos", "oz"), ("pounds", "lb"),
    ("pound", "lb"), ("mlbs", "lb"), ("klbs", "lb"), ("lbs", "lb"), ("kilograms", "kg"), ("kilogram", "kg"), ("grams", "g"), ("gram", "g"), ("gpt", "g/tonne"),
    ("opt", "oz/ton"), ("pct", "%"),
)  # fmt: skip
_UNITS = {
    "oz/ton": "oz/ton", "oz/st": "oz/ton", "oz/t": "oz/ton", "g/t": "g/t", "g/tonne": "g/t", "cents/lb": "cents/lb",
    "c/lb": "cents/lb", "uscents/lb": "cents/lb", "usc/lb": "cents/lb", "oz": "oz", "ton": "ton", "st": "ton", "tonne": "tonne", "mt": "tonne", "t": "tonne",
    "kt": "tonne", "kg": "kg", "lb": "lb", "%": "%", "days": "days",
}  # fmt: skip
_MONEY = {
    "$": "{money}", "us$": "USD", "usd": "USD", "u$s": "USD", "c$": "CAD", "cdn$": "CAD", "cad": "CAD", "cad$": "CAD", "$cdn": "CAD", "$can": "CAD",
    "a$": "AUD", "$a": "AUD", "aud": "AUD", "$us": "USD", "$c": "CAD", "nz$": "NZD", "nzd": "NZD", "€": "EUR", "eur": "EUR", "£": "GBP", "zar": "ZAR", "r": "ZAR",
}  # fmt: skip
_PRICED = {
    "oz": "oz",
    "lb": "lb",
    "ton": "ton",
    "st": "ton",
    "tonne": "tonne",
    "t": "tonne",
    "mt": "tonne",
    "kg": "kg",
}
_METRIC = frozenset(("kg", "tonne", "g/t"))
_PER_METRIC = ("/kg", "/tonne")
# Two units of one heading, for precious and for base metals.
_PARTING = ("/", ",", ";", "&", " or ", " and ")
_PARTED = r"\s*(?:[/,;&]|\bor\b|\band\b)\s*"
_OF_PRECIOUS = ("oz", "unce", "OZ", "g/t", "UNCE")
_BY_OUNCE = ("oz", "g/t", "oz/ton")
_OF_BASE = frozenset(("lb", "tonne", "ton", "%", "cents/lb"))
_BY_WEIGHT = ("/lb", "/tonne", "/ton")
_SCALE_FIRST = r"(?i)\s*(?:in )?(?:['’]?000(?:['’]?s)?|thousands?(?: of)?|millions?(?: of)?)\b"
# `000t`, `t'000`: the scale that touches a unit.
_THOUSANDS = re.compile(r"(?<![\d,])['’]?000(?:['’]?s|['’])?(?!\d)")
_LAST_WORDS = frozenset(("oz", "lbs", "lb", "oz.", "lbs.", "koz", "moz", "klbs", "mlbs", "mlb"))
# What a unit is counted by: `/tonne milled`, `/t ore`.
_COUNTED = re.compile(r"(?<=[a-z])(?:ore|milled|mined|moved|processed|treated|crushed|stacked|leached|waste)$")


class Stated(NamedTuple):
    """A unit, and the words that state it and its scale."""

    unit: str
    text: str


@lru_cache(4096)
def stated_unit(text: str) -> str:
    """The unit that a bracket, or what follows the last comma or dash, states; "" for none. `{money}` stands for the
    currency of the table."""
    pieces = _BRACKET.findall(text) if "(" in text else []
    if "," in text:
        pieces.append(text.rpartition(",")[2].partition("(")[0])
    if " - " in text:
        pieces.append(text.rpartition(" - ")[2].partition("(")[0])
    return next((unit for piece in pieces if (unit := _unit(piece))), "")


@lru_cache(1024)
def last_word_unit(heading: str) -> str:
    """The unit that the last word of a column's heading is: `Forwards oz`, `Puts bought A$/oz`; or all of it (`koz`)."""
    before, _, last = heading.lower().rpartition(" ")
    if before.endswith(" per"):
        return _unit(" ".join((*before.split()[-2:], last)))  # `Forward sales A$ per oz`
    return _unit(last) if not before or "/" in last or last in _LAST_WORDS else ""


@lru_cache(256)
def two_units(label: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """The metric and the imperial unit of a row that states both, each with the text that states it: `Gold produced -
    kg/oz(000)`, `Price - R/kg/$/oz`."""
    tail = (
        label.rpartition(" - ")[2] if " - " in label else label[label.find("(") + 1 : -1] if label[-1:] == ")" else ""
    )
    parts = tail.split("/")
    for cut in range(1, len(parts)):
        texts = "/".join(parts[:cut]), "/".join(parts[cut:])
        metric, imperial = (_unit(_plain(text)) for text in texts)
        if imperial and (metric in _METRIC or metric.endswith(_PER_METRIC)):
            return (metric, texts[0]), (imperial, texts[1])
    return None


@lru_cache(4096)
def units_by_metal(text: str) -> tuple[Stated, Stated] | None:
    """The unit of precious metals and that of base metals where a text states both, each with the words that state it:
    `(oz/lbs)`, `($/oz or $/lb)`, `Grade (g/t, %)`."""
    if not any(map(text.__contains__, _PARTING)) or not any(map(text.__contains__, _OF_PRECIOUS)):
        return None
    pieces = _BRACKET.findall(text) if "(" in text else [text.rpartition(" - ")[2], text.partition(", ")[2]]
    for piece in pieces:
        if _unit(piece):
            continue  # `oz/t` is a grade
        for cut in re.finditer(_PARTED, piece):
            one, two = piece[: cut.start()], piece[cut.end() :]
            sides = (one, _unit(one)), (two, _unit(two))
            for (said, precious), (also, base) in (sides, sides[::-1]):
                if precious.endswith(_BY_OUNCE) and (base in _OF_BASE or base.endswith(_BY_WEIGHT)):
                    return Stated(precious, _scaled(said, one)), Stated(base, _scaled(also, one))
    return None


def _scaled(said: str, first: str) -> str:
    """What states a unit, with the word of the first part that scales both: `thousands of oz/lb`."""
    found = re.match(_SCALE_FIRST, first) if said != first else None
    return f"{found.group()} {said}" if found else said


def _plain(piece: str) -> str:
    """A unit without the brackets of its scale: `oz(000)`."""
    return piece.replace("(", " ").replace(")", " ")


def _unit(piece: str) -> str:
    if "nless" in piece or "xcept" in piece:
        # `(in millions of pounds unless noted)`
        piece = re.split(r",?\s(?:unless|except)\b", piece, maxsplit=1)[0]
    short = _shortened(piece)
    if short in _UNITS:
        return _UNITS[short]
    money, stroke, counted = short.partition("/")
    if not stroke or money not in _MONEY:
        return ""
    if counted in _MONEY:
        return "pure"  # a rate of exchange
    unit = _PRICED.get(counted) or _PRICED.get(_COUNTED.sub("", counted))
    return f"{_MONEY[money]}/{unit}" if unit else ""


def _shortened(piece: str) -> str:
    low = piece.lower().replace("/", " / ").replace(".", "")
    if "000" in low:
        low = _THOUSANDS.sub(" ", low)
    words = [word for word in _WORD.findall(low) if word not in _BESIDE]
    made = "".join(words)
    if len(made) > 24:
        return made
    for long, short in _SHORT:
        made = made.replace(long, short)
    return made
