"""The argument parser, with a page width found without `shutil`, which is dear at start."""

from __future__ import annotations

import os
from argparse import ArgumentParser, HelpFormatter
from typing import Any


class Parser(ArgumentParser):
    """An argument parser whose help is as wide as the terminal."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("formatter_class", _formatter)
        super().__init__(**given)


def _formatter(prog: str) -> HelpFormatter:
    return HelpFormatter(prog, width=_width() - 2)


def _width() -> int:
    """The columns of the terminal; 80 where there is none."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80
