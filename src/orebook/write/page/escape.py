"""Text of a filing inside a page: nothing of it may become markup, script or a hidden character."""

from __future__ import annotations

import json

from orebook.write.words import visible

_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}
_IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def esc(text: str) -> str:
    """`text` for an element's content or a quoted attribute, its hidden characters shown as escapes."""
    return visible(text).translate(_MARKUP)


def embedded(value: object) -> str:
    """`value` as JSON that can stand inside a `<script type="application/json">`: ASCII, and free of `<`."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).translate(_IN_SCRIPT)


def mark_classes(names: tuple[str, ...]) -> str:
    """The classes of a figure with these marks: `m-` the one that is drawn, `k-` all that it has."""
    return " ".join((f"m-{names[0]}", *(f"k-{name}" for name in names)))
