"""What the inline style of an element says of layout. Lengths are in tenths of a point."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from orebook.model.named import NamedTuple


class Style(NamedTuple):
    """`indent` is padding, margin and text indent on the left; `top` and `bottom` a border as `-`, `=` or ""."""

    indent: int = 0
    hidden: bool = False
    top: str = ""
    bottom: str = ""
    centred: bool = False
    bold: bool = False
    raised: bool = False


PLAIN = Style()
_DECLARATION = re.compile(r"([a-zA-Z-]+)\s*:\s*([^;]*)")
_LENGTH = re.compile(r"(-?)(\d{0,4})(?:\.(\d))?\d*\s*(pt|px|em|rem|ex|in|cm|mm)?", re.IGNORECASE)
# Tenths of a point in each unit; a length of one font size is taken as 10 points.
_UNITS = {"pt": 10, "px": 8, "em": 100, "rem": 100, "ex": 50, "in": 720, "cm": 283, "mm": 28, "": 8}


def style(attributes: Mapping[str, str]) -> Style:
    """The style of an element, from its `style`, `align` and `hidden` attributes."""
    text = attributes.get("style")
    made = _inline(text) if text and len(text) < 4000 else PLAIN
    if attributes.get("align", "").lower() == "center":
        made = made._replace(centred=True)
    if "hidden" in attributes:
        made = made._replace(hidden=True)
    return made


@lru_cache(maxsize=8192)
def _inline(text: str) -> Style:
    said = {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(text)}
    both = said.get("border", "")
    return Style(
        indent=_left(said, "padding") + _left(said, "margin") + _length(said.get("text-indent", "")),
        hidden=said.get("display") == "none" or said.get("visibility") == "hidden",
        top=_border(said, "top", both),
        bottom=_border(said, "bottom", both),
        centred=said.get("text-align") == "center",
        bold=said.get("font-weight", "") in ("bold", "bolder", "600", "700", "800", "900"),
        raised=said.get("vertical-align", "") in ("super", "text-top") or _lifted(said),
    )


def _lifted(said: Mapping[str, str]) -> bool:
    """Text moved up from its line: a superscript written with `position: relative`."""
    if said.get("position") != "relative":
        return False
    return _length(said.get("top", "")) < 0 or _length(said.get("bottom", "")) > 0


def _left(said: Mapping[str, str], name: str) -> int:
    own = said.get(f"{name}-left")
    if own is not None:
        return _length(own)
    values = said.get(name, "").split()
    if not values or len(values) > 4:
        return 0
    return _length(values[{1: 0, 2: 1, 3: 1, 4: 3}[len(values)]])


def _length(text: str) -> int:
    match = _LENGTH.match(text)
    if not match or not (match[2] or match[3]) or text.endswith("%"):
        return 0
    tenths = int(match[2] or 0) * 10 + int(match[3] or 0)
    points = tenths * _UNITS[(match[4] or "").lower()] // 10
    return -points if match[1] else points


def _border(said: Mapping[str, str], side: str, both: str) -> str:
    """`=` for a double border, `-` for any other one that can be seen, "" for none."""
    value = said.get(f"border-{side}", both)
    kind = said.get(f"border-{side}-style", "")
    words = f"{value} {kind}"
    width = _LENGTH.search(said.get(f"border-{side}-width", "") or value)
    if "transparent" in words or "none" in words or "hidden" in words or "#fff" in words or "white" in words:
        return ""
    if width and width[0] and not int((width[2] or "0") + (width[3] or "0")):
        return ""
    if "double" in words:
        return "="
    return "-" if any(word in words for word in ("solid", "dashed", "dotted", "groove", "ridge")) else ""
