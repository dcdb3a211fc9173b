"""The page's frame: head, policy, landmarks; style and script, which are files beside this one."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from orebook.model.named import NamedTuple

STYLES = ("base.css", "report.css", "side.css", "grids.css", "phone.css", "print.css")
SCRIPTS = ("model.js", "panel.js", "select.js", "search.js", "views.js", "start.js")


class Parts(NamedTuple):
    """The parts of a page, all of them finished markup; `data` is escaped JSON, `side` "" where nothing was checked.

    `wide` says that the lines are too long to stand between two side columns.
    """

    title: str
    under: str
    side: str
    legend: str
    notices: str
    report: str
    tables: str
    charts: str
    compare: str
    wide: bool
    data: str


def frame(parts: Parts) -> str:
    """The whole page around its parts."""
    style, script = _joined(STYLES), f"'use strict';\n(() => {{\n{_joined(SCRIPTS)}}})();\n"
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{parts.title}</title><style>{style}</style></head>\n"
        f'<body data-view="report" class="{"checked" if parts.side else "read"}{" wide" if parts.wide else ""}">\n'
        f'{_top(parts)}<div class="desk">\n{_side(parts)}'
        '<main id="main" tabindex="-1">\n<section id="view-report" aria-label="The report as filed">'
        f"{parts.notices}"
        '<div class="paper" tabindex="0" role="group" aria-label="Lines of the report">'
        f"{parts.report}</div></section>\n"
        f'<section id="view-tables" aria-label="The tables">{parts.tables}</section>\n'
        f'<section id="view-charts" aria-label="Charts">{parts.charts}</section>\n'
        f'<section id="view-compare" aria-label="Against the earlier report">{parts.compare}</section>\n</main>\n{_PANEL}</div>\n{_HELP}'
        f'<script type="application/json" id="data">{parts.data}</script>\n<script>{script}</script></body></html>\n'
    )


def _tabs(parts: Parts) -> str:
    views = (("findings", "Findings", parts.side), ("report", "Report", "yes"), ("tables", "Tables", "yes"))
    return "".join(
        f'<button type="button" data-view="{name}" '
        f'aria-pressed="{"true" if name == "report" else "false"}">{word}</button>'
        for name, word, there in (*views, ("charts", "Charts", parts.charts), ("compare", "Compare", parts.compare))
        if there
    )


def _top(parts: Parts) -> str:
    return (
        '<a class="skip" href="#main">To the report</a><header class="top">'
        f'<div class="name"><h1>{parts.title}</h1><p>{parts.under}</p></div>'
        f'<nav class="views" aria-label="Views">{_tabs(parts)}</nav>'
        '<form class="search" role="search"><label for="find">Search</label><input id="find" type="search" '
        'placeholder="Search the report" autocomplete="off" spellcheck="false"><output id="found" for="find"></output>'
        '</form><div class="tools"><button type="button" id="theme" aria-label="Switch between light and dark">'
        '<span aria-hidden="true">◐</span></button><button type="button" id="help" aria-label="Keys">'
        '<span aria-hidden="true">?</span></button></div></header>\n'
    )


def _side(parts: Parts) -> str:
    if not parts.side:
        return ""
    return (
        f'<aside class="side" id="side" aria-label="Findings"><h2>Findings</h2>{parts.side}</aside>\n'
        f'<aside class="marks" aria-label="Marks"><h2>Marks</h2>{parts.legend}'
        "<p>Choose a figure to see what it is and what ties it. The keys <kbd>n</kbd> and <kbd>p</kbd> go from "
        "finding to finding, the arrows from figure to figure.</p></aside>\n"
    )


_PANEL = (
    '<aside class="panel" id="panel" aria-label="The figure" tabindex="-1" hidden>'
    '<button type="button" class="close" aria-label="Close">×</button>'
    '<div id="about" aria-live="polite"></div></aside>\n'
)

_KEYS = (
    ("n, p", "next and previous finding"),
    ("arrow keys", "from figure to figure"),
    ("Enter", "into the panel of the selected figure"),
    ("Esc", "close the panel, then show all marks again"),
    ("/", "search; Enter and Shift Enter for the next and the previous place"),
    ("1 to 5", "findings, report, tables, charts, comparison"),
    ("?", "this list"),
)
_HELP = (
    '<dialog id="keys" aria-label="Keys"><h2>Keys</h2><dl>'
    + "".join(f"<div><dt>{key}</dt><dd>{what}</dd></div>" for key, what in _KEYS)
    + '</dl><form method="dialog"><button>Close</button></form></dialog>\n'
)


def _joined(names: tuple[str, ...]) -> str:
    folder = files("orebook.write.page") / "static"
    return "".join((folder / name).read_text("utf-8") for name in names)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
