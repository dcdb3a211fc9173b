"""Columns of a table: figures of different rows that stand under each other."""

from __future__ import annotations

from collections import Counter

from orebook.model.named import NamedTuple
from orebook.read.lines import Line
from orebook.read.tokens import Piece, is_year

DRIFT = 2
MOST_COLUMNS = 120


class Span(NamedTuple):
    """The extent of a column on the page: leftmost character, right edge of its digits, rightmost character."""

    left: int
    edge: int
    right: int


_FEWEST = 3  # rows that tell where the columns stand, for one that stands elsewhere


def find_columns(rows: list[Line]) -> list[int]:
    """The right edges of the columns of a table's figure rows, left to right."""
    counts = Counter(len(row.pieces) for row in rows)
    most = max(n for n in counts if counts[n] >= min(2, max(counts.values())))
    if counts[most] > _FEWEST:
        rows = _without_pushed(rows, most)
    clusters = _clusters(rows)
    clusters = _merged(clusters, rows, most)
    # Columns that one row fills, each with a figure, are columns, though the others hold the last of them alone.
    scattered = len(clusters) > 2 * most + 2 and counts[most] * 2 > len(rows) and len(clusters) not in counts
    if len(clusters) > MOST_COLUMNS or scattered:
        return _by_order(rows, most)
    return [_median(edges) for edges in clusters]


def _without_pushed(rows: list[Line], most: int) -> list[Line]:
    """The rows without those whose figures a long label pushed to the right, and those that stand under them: they fill all
    columns, so that their order tells the columns."""
    full = [row for row in rows if len(row.pieces) == most]
    left = _median(sorted([row.pieces[0].left for row in full]))
    if max([row.indent + len(row.label) for row in full]) < left:
        return rows
    usual = [_median(sorted(row.pieces[i].edge for row in full)) for i in range(most)]
    pushed: list[Line] = []
    for row in full:
        edges = [piece.edge for piece in row.pieces]
        off = max(edge - wanted for edge, wanted in zip(edges, usual, strict=True))
        if off <= DRIFT or any(edge < wanted for edge, wanted in zip(edges, usual, strict=True)):
            continue
        under = pushed and [piece.edge for piece in pushed[-1].pieces] == edges
        if under or row.indent + len(row.label) >= left:
            pushed.append(row)
    if not 0 < _FEWEST * len(pushed) <= len(full):
        return rows
    numbers = {row.number for row in pushed}
    return [row for row in rows if row.number not in numbers]


def _clusters(rows: list[Line]) -> list[list[int]]:
    """The right edges of all figures, those of one column together: each is near the one before it."""
    counts = Counter([piece.edge for row in rows for piece in row.pieces])
    made: list[list[int]] = []
    for edge in sorted(counts):
        if not made or edge - made[-1][-1] > DRIFT:
            made.append([])
        made[-1] += [edge] * counts[edge]
    return made


def _merged(clusters: list[list[int]], rows: list[Line], most: int) -> list[list[int]]:
    """Clusters that never stand in one row and are nearer than half a column's pitch are one column that drifts."""
    while len(clusters) > most:
        owner = {edge: index for index, cluster in enumerate(clusters) for edge in cluster}
        together = {
            pair
            for row in rows
            for pair in zip(
                (owner[piece.edge] for piece in row.pieces),
                (owner[piece.edge] for piece in row.pieces[1:]),
                strict=False,
            )
        }
        centres = [_median(cluster) for cluster in clusters]
        pitch = (centres[-1] - centres[0]) / max(1, most - 1) if most > 1 else centres[-1] - centres[0] + 1
        gaps = [
            (centres[i + 1] - centres[i], i)
            for i in range(len(clusters) - 1)
            if (i, i + 1) not in together and (centres[i + 1] - centres[i]) * 2 <= pitch
        ]
        if not gaps:
            break
        _, index = min(gaps)
        clusters[index : index + 2] = [sorted(clusters[index] + clusters[index + 1])]
    return clusters


def _by_order(rows: list[Line], most: int) -> list[int]:
    full = [row for row in rows if len(row.pieces) == most]
    return [_median(sorted(row.pieces[i].edge for row in full)) for i in range(most)]


def _median(values: list[int]) -> int:
    return values[len(values) // 2]


def place(row: Line, edges: list[int]) -> tuple[list[tuple[int, Piece]], list[Piece]]:
    """Gives each piece of a row its column; returns (column, piece) pairs and the pieces left of all columns.

    Pieces keep their order and no two share a column; the assignment with the least total distance wins.
    """
    pieces = row.pieces
    if len(pieces) == len(edges):
        return list(enumerate(pieces)), []
    surplus = len(pieces) - len(edges)
    if surplus > 0:
        return list(enumerate(pieces[surplus:])), pieces[:surplus]
    # A bare year or small number far left of the columns belongs to the label.
    loose: list[Piece] = []
    while pieces and len(pieces) > 1 and pieces[0].edge < edges[0] - 8 and is_year(pieces[0].text):
        loose.append(pieces[0])
        pieces = pieces[1:]
    return list(zip(_assign([piece.edge for piece in pieces], edges), pieces, strict=True)), loose


def _assign(marks: list[int], edges: list[int]) -> list[int]:
    """For each mark a column, strictly ascending, with the least sum of distances (dynamic programme)."""
    n, m = len(marks), len(edges)
    big = 10**9
    best = [[0] * (m + 1)] + [[big] * (m + 1) for _ in range(n)]
    for i in range(1, n + 1):
        for j in range(i, m - (n - i) + 1):
            take = best[i - 1][j - 1] + abs(marks[i - 1] - edges[j - 1])
            best[i][j] = min(take, best[i][j - 1])
    made: list[int] = []
    j = m
    for i in range(n, 0, -1):
        while j > i and best[i][j - 1] <= best[i][j]:
            j -= 1
        made.append(j - 1)
        j -= 1
    return made[::-1]


def extents(placed: list[list[tuple[int, Piece]]], edges: list[int]) -> list[Span]:
    """How far each column reaches to either side."""
    left = [edge - 4 for edge in edges]
    right = list(edges)
    for row in placed:
        for column, piece in row:
            begin = piece.left
            end = begin + len(piece.text)
            if begin < left[column]:  # noqa: PLR1730  two calls for every figure are dear
                left[column] = begin
            if end > right[column]:  # noqa: PLR1730
                right[column] = end
    return [Span(left[i], edges[i], right[i]) for i in range(len(edges))]
