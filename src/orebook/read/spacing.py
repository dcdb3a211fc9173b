"""Double-spaced copy, as some wires carried it: the empty lines that the wire put between lines."""

from __future__ import annotations

from itertools import pairwise

from orebook.read.lines import BLANK, Line

_FEWEST_GAPS = 6


def single_spaced(lines: list[Line]) -> list[Line]:
    """The lines without the wire's empty ones; all of them where the copy is single-spaced.

    Copy is double-spaced where nine in ten of the gaps between its lines hold an odd number of empty lines: each line
    was followed by one, so that a gap of 2n + 1 stands for one of n.
    """
    blanks = [line.kind for line in lines].count(BLANK)
    if blanks * 10 < (len(lines) - blanks - 1) * 9:
        return lines  # there are fewer empty lines than such gaps would hold
    gaps = _gaps(lines)
    if len(gaps) < _FEWEST_GAPS or sum(gap % 2 for gap in gaps) * 10 < len(gaps) * 9:
        return lines
    made: list[Line] = []
    empty: list[Line] = []
    for line in lines:
        if line.kind == BLANK:
            empty.append(line)
        else:
            made += [*empty[: len(empty) // 2], line]
            empty = []
    return made + empty[: len(empty) // 2]


def _gaps(lines: list[Line]) -> list[int]:
    """How many empty lines stand between each line and the next."""
    places = [index for index, line in enumerate(lines) if line.kind != BLANK]
    return [after - before - 1 for before, after in pairwise(places)]
