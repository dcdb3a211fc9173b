"""Writes the workbook of a close, recalculates it in headless LibreOffice, and compares every formula with what we stored.

    python bench/workbook_follows.py [DIR...]

Without folders, the example company; of it, figures of the books are changed too, one case at a time, in the workbook
and in a copy of the books, and every printed figure of the recalculated workbook is compared with that of `close`.
Exit status 1 where anything differs.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import openpyxl
from tests.test_workbook_close import CASES, SAWTOOTH, derived, edited, figures, input_cell, printed
from tests.workbook_values import Sheets, recalculated, same, stored

from orebook.close import close
from orebook.pipeline import check
from orebook.write.xlsx import workbook


def whole(folder: Path, work: Path) -> int:
    """Write and recalculate the workbook of a folder of books; the number of formulas that differ."""
    closed = close(folder)
    start = time.perf_counter()
    data = workbook(closed.book, check(closed.book), closed)
    seconds = time.perf_counter() - start
    path = work / "book.xlsx"
    path.write_bytes(data)
    kept, sheets = stored(path), Sheets(path)
    computed = recalculated([path], work)["book"]
    off = [name for name in sheets.formulas if not same(computed.get(name), kept[name])]
    live = sum(cell in sheets.formulas for cell, _ in printed(closed, sheets))
    calc = sum(sheet.startswith("Calc ") for sheet, _ in sheets.formulas)
    across = sum("!" in text for text in sheets.formulas.values())
    print(
        f"{folder.name}: {len(data) // 1024} KB in {seconds:.1f} s; {len(sheets.formulas)} formulas, {across} across sheets"
    )
    print(f"  derived figures that are live: {calc} of {derived(closed)}; printed: {live} of {len(closed.book.facts)}")
    print(f"  recalculated in LibreOffice: {len(off)} differ" + "".join(f"\n    {name}" for name in off[:9]))
    return len(off)


def changed(work: Path) -> int:
    """Change the example's books case by case; the number of printed figures that come out otherwise."""
    before = close(SAWTOOTH)
    data = workbook(before.book, None, before)
    (work / "example.xlsx").write_bytes(data)
    cells = [cell for cell, _ in printed(before, Sheets(data))]
    paths = []
    for at, changes in enumerate(CASES.values()):
        made = openpyxl.load_workbook(work / "example.xlsx")
        for change in changes:
            sheet, cell = input_cell(made, change)
            made[sheet][cell] = float(change.cell or change.value)
        paths.append(work / f"case{at}.xlsx")
        made.save(paths[-1])
    computed = recalculated(paths, work)
    was, wrong = figures(before), 0
    for at, (case, changes) in enumerate(CASES.items()):
        now = figures(close(edited(changes, work / f"books{at}")))
        shown = {key: computed[f"case{at}"].get(cell) for key, cell in zip(was, cells, strict=True)}
        off = [key for key in shown if not same(shown[key], float(now[key]))]
        moved = sum(now[key] != was[key] for key in was)
        wrong += len(off)
        print(f"  {case}: {len(shown)} printed figures compared, {moved} moved, {len(off)} differ from `close`")
    return wrong


def main() -> int:
    folders = [Path(name) for name in sys.argv[1:]]
    wrong = 0
    for folder in folders or [SAWTOOTH]:
        with tempfile.TemporaryDirectory() as name:
            wrong += whole(folder, Path(name))
            wrong += 0 if folders else changed(Path(name))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
