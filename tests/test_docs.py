"""The README and the docs print what the commands print, and link to what is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from orebook.cli import main

_BLOCK = re.compile(r"^```console\n\$ orebook (?P<command>.+)\n(?P<output>(?:.*\n)*?)```$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]+)")
_ROOT = Path(__file__).resolve().parent.parent
PAGES = [path.relative_to(_ROOT).as_posix() for path in (_ROOT / "README.md", *sorted((_ROOT / "docs").rglob("*.md")))]
REST = "…"


@pytest.mark.parametrize("page", PAGES)
def test_printed_output_is_what_the_command_prints(
    page: str,
    root: Path,
    update_golden: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A block that ends in `…` shows the beginning; `--update-golden` writes as many lines anew."""
    monkeypatch.chdir(root)
    path = root / page
    text = path.read_text(encoding="utf-8")
    for block in _BLOCK.finditer(text):
        main(shlex.split(block["command"]))
        shown = block["output"].splitlines()
        real = capsys.readouterr().out.splitlines()
        if shown[-1] == REST:
            real = [*real[: len(shown) - 1], REST]
        if update_golden:
            text = text.replace(block["output"], "".join(f"{line}\n" for line in real))
        else:
            assert shown == real, f"{page}: `orebook {block['command']}` prints something else"
    if update_golden:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str, root: Path) -> None:
    path = root / page
    missing = [
        link["path"]
        for link in _LINK.finditer(path.read_text(encoding="utf-8"))
        if not (path.parent / link["path"]).exists()
    ]
    assert missing == []
