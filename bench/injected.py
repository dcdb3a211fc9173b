"""Injects one error at a time into clean reports and asks whether the checks find it, and where.

    python bench/injected.py [--sample N] [--seed S] [--class NAME] [--misses] [FILE...]

Without files: the five seeds and the clean filings of the corpus (see OREBOOK_SHARED). `--sample` is the number
of errors per class and file. An error is *observable* if a tie that held on the original breaks once the changed
figures stand in it. *Found*: a new break names a tie through a changed figure. *Located*: the first such break
suspects a changed figure (for a row left out: stands at a total that added it up). *False alarm*: a new break that no changed figure takes part in.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orebook import pipeline
from orebook.check import collect, run
from orebook.check.context import Sightings
from orebook.check.evaluate import verdict
from orebook.model.book import Book
from orebook.model.equation import IDENTITY, LINEAR, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.slotted import replaced
from orebook.model.tie import BREAKS, TIES, WITHIN, Finding, Tie
from seeds import documents

SHARED = Path(os.environ.get("OREBOOK_SHARED", "../shared"))
ENOUGH_TIES, MOST_TIES = 40, 220
Place = tuple[int, int]


class Injection(NamedTuple):
    """An edited file: its bytes, the figures that were hit (on the original), the line that was taken out."""

    data: bytes
    hit: tuple[Fact, ...]
    dropped: int = 0


class Original(NamedTuple):
    """A report as filed, with what its checks say."""

    path: Path
    book: Book
    text: str
    equations: tuple[Equation, ...]
    breaks: frozenset[tuple[object, ...]]


class Score:
    """Counts for one class of error."""

    def __init__(self) -> None:
        self.made = self.observable = self.found = self.located = self.alarms = 0


def original(path: Path) -> Original:
    """Read and check a file."""
    data = path.read_bytes()
    book = pipeline.read(data, path.name)
    said = collect(book)
    held = tuple(e for e in said.equations if e.grade == REQUIRED and verdict(e, said.view.sightings) in (TIES, WITHIN))
    checked = run(book)
    broken = [finding for finding in checked.findings if finding.grade == "break"]
    breaks = frozenset(key for finding in broken for key in keys(finding, 0))
    breaks |= {tie_key(tie, 0) for tie in checked.ties if tie.verdict == BREAKS and tie.grade == REQUIRED}
    return Original(path, book, _decoded(data), held, breaks)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


# ---- the classes of error: each edits the text of one report, or gives None where it cannot


def digit(report: Original, rng: random.Random) -> Injection | None:
    """A wrong digit in one figure."""
    fact = _pick(report, rng)
    places = [at for at, char in enumerate(fact.text) if char.isdigit()]
    at = rng.choice(places)
    other = rng.choice([char for char in "0123456789" if char != fact.text[at] and (char != "0" or at != places[0])])
    return _typed(report, fact, fact.text[:at] + other + fact.text[at + 1 :])


def transposed(report: Original, rng: random.Random) -> Injection | None:
    """Two neighbouring digits exchanged."""
    fact = _pick(report, rng)
    digits = [at for at, char in enumerate(fact.text) if char.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if fact.text[a] != fact.text[b]]
    pairs = [(a, b) for a, b in pairs if a != digits[0] or fact.text[b] != "0"]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    chars = list(fact.text)
    chars[a], chars[b] = chars[b], chars[a]
    return _typed(report, fact, "".join(chars))


def sign(report: Original, rng: random.Random) -> Injection | None:
    """A sign lost."""
    negative = [fact for fact in report.book.facts if fact.value is not None and fact.value < 0 and "(" in fact.text]
    if not negative:
        return None
    fact = rng.choice(negative)
    return _typed(report, fact, fact.text.replace("(", " ").replace(")", " "))


def neighbour(report: Original, rng: random.Random) -> Injection | None:
    """A figure copied from the next column of its row."""
    fact = _pick(report, rng)
    beside = [f for f in report.book.facts if f.row is fact.row and f.column.number == fact.column.number + 1]
    if not beside or beside[0].value in (None, fact.value) or beside[0].unit != fact.unit:
        return None
    digits = beside[0].text.lstrip("$ ")
    if len(digits) > len(fact.text):
        return None
    dollar = "$" if fact.text.startswith("$") and len(digits) < len(fact.text) else ""
    return _typed(report, fact, dollar + digits.rjust(len(fact.text) - len(dollar)))


def row(report: Original, rng: random.Random) -> Injection | None:
    """A row left out."""
    if report.book.source:
        return None
    rows = {fact.row.line: fact.row for fact in report.book.facts}
    lines = report.book.lines
    whole = [row for line, row in rows.items() if row.label and lines[line - 1].strip().startswith(row.label[:12])]
    if not whole:
        return None
    chosen = rng.choice(whole)
    hit = tuple(fact for fact in report.book.facts if fact.row is chosen)
    kept = report.text.split("\n")
    del kept[chosen.line - 1]
    return Injection("\n".join(kept).encode(), hit, chosen.line)


def scale(report: Original, rng: random.Random) -> Injection | None:
    """A caption that gives another scale."""
    found = [*re.finditer(r"\b(in|of) (thousands|millions)\b", report.text, re.IGNORECASE)]
    if not found or report.book.source:
        return None
    match = rng.choice(found)
    other = "millions " if match.group(2).lower() == "thousands" else "thousands"
    data = report.text[: match.start(2)] + other + report.text[match.end(2) :]
    return Injection(data.encode(), ())


def copy(report: Original, rng: random.Random) -> Injection | None:
    """A copy that differs: the last digit of a figure that is printed elsewhere too."""
    copies = [fact for e in report.equations if e.kind == IDENTITY for fact in e.facts if fact.text.strip("$ )%")]
    copies = [fact for fact in copies if fact.value is not None and any(char.isdigit() for char in fact.text)]
    if not copies:
        return None
    fact = rng.choice(copies)
    at = max(at for at, char in enumerate(fact.text) if char.isdigit())
    other = rng.choice([char for char in "0123456789" if char != fact.text[at]])
    return _typed(report, fact, fact.text[:at] + other + fact.text[at + 1 :])


def header(report: Original, rng: random.Random) -> Injection | None:
    """Two years exchanged in the heading of a table."""
    if report.book.source:
        return None
    lines = report.text.split("\n")
    first = [min(f.spot.line for f in report.book.facts if f.table is t) for t in report.book.tables if t.number >= 0]
    rng.shuffle(first)
    for top in first:
        for number in range(max(0, top - 12), top - 1):
            years = [*re.finditer(r"\b(?:19|20)\d\d\b", lines[number])]
            if len(years) >= 2 and years[0].group() != years[1].group():
                a, b = years[0], years[1]
                line = lines[number]
                lines[number] = line[: a.start()] + b.group() + line[a.end() : b.start()] + a.group() + line[b.end() :]
                return Injection("\n".join(lines).encode(), ())
    return None


CLASSES: Mapping[str, Callable[[Original, random.Random], Injection | None]] = {
    "wrong digit": digit,
    "digits transposed": transposed,
    "sign lost": sign,
    "next column copied": neighbour,
    "row dropped": row,
    "scale caption": scale,
    "copy differs": copy,
    "period header": header,
}


def _pick(report: Original, rng: random.Random) -> Fact:
    return rng.choice([fact for fact in report.book.facts if fact.value is not None and fact.value != 0])


def _typed(report: Original, fact: Fact, text: str) -> Injection | None:
    """The report with other characters, as many, in the place of one figure."""
    if len(text) != len(fact.text):
        return None
    if fact.spot.offset is not None:
        start, end = fact.spot.offset
        inside = report.book.source[start:end]
        if inside != fact.text:
            return None
        return Injection((report.book.source[:start] + text + report.book.source[end:]).encode(), (fact,))
    lines = report.text.split("\n")
    line, start, end = fact.spot.line - 1, fact.spot.start, fact.spot.end
    if "\t" in lines[line] or lines[line][start:end] != fact.text:
        return None
    lines[line] = lines[line][:start] + text + lines[line][end:]
    return Injection("\n".join(lines).encode(), (fact,))


# ---- judging


def changed(report: Original, made: Injection, after: Book) -> dict[Fact, Fact | None]:
    """Original figure -> what stands there now (None: nothing), where value, scale or period differ."""
    now = {(fact.spot.line + (0 < made.dropped <= fact.spot.line), fact.spot.start): fact for fact in after.facts}
    moved: dict[Fact, Fact | None] = dict.fromkeys(made.hit)
    for fact in report.book.facts:
        new = now.get(fact.place) or next(
            (now[fact.spot.line, at] for at in _near(fact) if (fact.spot.line, at) in now), None
        )
        if new is not None and (new.value, new.scale, new.period) != (fact.value, fact.scale, fact.period):
            moved[fact] = new
    return {fact: new for fact, new in moved.items() if fact.row.line != made.dropped or new is None}


def _near(fact: Fact) -> Iterator[int]:
    """Where the figure may begin after an edit that widened or narrowed it."""
    yield from range(fact.spot.start - 2, fact.spot.end)


def observable(report: Original, moved: Mapping[Fact, Fact | None]) -> bool:
    """Whether a tie that held breaks with the changed figures in it.

    A row that is gone shows only in sums of its own table, and not where it was a subtotal itself: what it
    added up stands in for it, nor where its table prints the same line twice. Elsewhere a figure that is not
    printed is a question, not a contradiction. Where one part is left of two, nothing is added up any more: a
    figure and another below it do not contradict each other.
    """
    twice = [e.facts for e in report.equations if e.kind == IDENTITY]
    stands_in = {fact for pair in twice if len({f.table.number for f in pair}) == 1 for fact in pair}
    sums = {equation.target for equation in report.equations if equation.kind != IDENTITY}
    gone = {fact for fact, new in moved.items() if new is None}
    for equation in report.equations:
        lost = [fact for fact in equation.facts if fact in gone]
        apart = any(fact.table.number != equation.target.table.number or fact in sums | stands_in for fact in lost)
        apart = apart or (bool(lost) and len(equation.operands) - len(lost) < 2)
        if not apart and any(fact in moved for fact in equation.facts) and _breaks(equation, moved):
            return True
    return False


def _breaks(equation: Equation, moved: Mapping[Fact, Fact | None]) -> bool:
    target = moved.get(equation.target, equation.target)
    operands = tuple(
        replaced(operand, fact=new)
        for operand in equation.operands
        if (new := moved.get(operand.fact, operand.fact)) is not None
    )
    if target is None or not operands or (len(operands) < len(equation.operands) and equation.kind not in LINEAR):
        return False
    if equation.kind == IDENTITY and any(operand.fact.period != target.period for operand in operands):
        was = any(operand.fact.period != equation.target.period for operand in equation.operands)
        return not was and target.column.number != operands[0].fact.column.number
    return verdict(replaced(equation, target=target, operands=operands), Sightings()) == BREAKS


def judge(report: Original, made: Injection, score: Score, misses: list[str]) -> None:
    """Check the edited report and count."""
    after = pipeline.read(made.data, report.path.name)
    moved = changed(report, made, after)
    seen = observable(report, moved)
    score.made += 1
    score.observable += seen
    news = [finding for finding in run(after).findings if finding.grade == "break" and is_new(finding, made, report)]
    spots = {(new or old).spot[:2] for old, new in moved.items()} | _partners(report, moved, made.dropped)
    mine = [
        finding
        for finding in news
        if of_caption(finding, spots, made) or any(f.spot[:2] in spots for f in facts_of(finding))
    ]
    score.alarms += len(news) - len(mine)
    misses.extend(
        f"alarm {report.path.name}:{finding.spot.line} {finding.code} {finding.message[:140]}"
        for finding in news
        if finding not in mine
    )
    if seen and mine:
        score.found += 1
        first = next((finding for finding in mine if finding.suspect is not None), mine[0])
        place = first.spot if made.dropped else first.suspect
        right = place is not None and place[:2] in spots
        score.located += right
        if not right:
            misses.append(f"not located {_told(report, made, moved)}: {mine[0].code} {mine[0].message[:150]}")
    elif seen:
        misses.append(f"missed {_told(report, made, moved)}")


def is_new(finding: Finding, made: Injection, report: Original) -> bool:
    """Whether a finding holds a broken tie (or claim) that the original's findings do not hold."""
    return not keys(finding, made.dropped) <= report.breaks


def keys(finding: Finding, dropped: int) -> frozenset[tuple[object, ...]]:
    """The broken ties and claims of a finding by the places of their figures, on the original's lines."""
    ties = [tie_key(tie, dropped) for tie in finding.ties]
    if finding.claim is not None:
        ties.append((finding.code, finding.spot.line + (0 < dropped <= finding.spot.line), finding.spot.start))
    return frozenset(ties or [(finding.code, finding.spot.line, finding.spot.start)])


def tie_key(tie: Tie, dropped: int) -> tuple[object, ...]:
    """A tie by its check and the places of its figures, on the original's lines."""
    places = ((fact.spot.line + (0 < dropped <= fact.spot.line), fact.spot.start) for fact in tie_facts(tie))
    return tie.code, *sorted(places)


def facts_of(finding: Finding) -> Iterator[Fact]:
    """Every figure that takes part in a finding."""
    for tie in finding.ties:
        yield from tie_facts(tie)
    if finding.claim is not None:
        yield from finding.claim.operands


def of_caption(finding: Finding, spots: set[Place], made: Injection) -> bool:
    """Whether a finding without ties (on a caption or heading) stands at a changed figure, or names one's line.

    Where a caption or heading was changed, sentences that no longer find their figures are its consequence too.
    """
    named = {int(number) for number in re.findall(r"\bline (\d+)", finding.message)}
    if not made.hit and finding.claim is not None:
        return True
    return not finding.ties and (finding.spot[:2] in spots or any(line in named for line, _ in spots))


def tie_facts(tie: Tie) -> tuple[Fact, ...]:
    return tie.target, *(operand.fact for operand in tie.operands)


def _told(report: Original, made: Injection, moved: Mapping[Fact, Fact | None]) -> str:
    hit = made.hit[0] if made.hit else next(iter(moved))
    new = moved.get(hit)
    return f"{report.path.name}:{hit.spot.line} {hit.label[:40]} {hit.text} -> {new.text if new else 'nothing'}"


def _partners(report: Original, moved: Mapping[Fact, Fact | None], dropped: int) -> set[Place]:
    """For figures that vanished: the places (after the edit) of the figures they were tied to."""
    gone = {fact for fact, new in moved.items() if new is None}
    facts: set[Fact] = set()
    facts.update(fact for e in report.equations if any(f in gone for f in e.facts) for fact in e.facts)
    return {(fact.spot.line - (0 < dropped < fact.spot.line), fact.spot.start) for fact in facts}


def files(shared: Path) -> list[Path]:
    """The seeds and the corpus."""
    corpus = sorted(p for p in (shared / "corpus").glob("*/*") if p.is_file())
    return [*sorted((shared / "seeds").glob("*.txt")), *corpus]


def reports(paths: Sequence[Path]) -> Iterator[Original]:
    """The seeds, and of the others those without a broken tie that are tied well enough to tell and not too long."""
    for path in paths:
        made = original(path)
        clean = not any(isinstance(key[1], tuple) for key in made.breaks)
        if path.parent.name == "seeds" or (clean and ENOUGH_TIES <= len(made.equations) <= MOST_TIES):
            yield made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sample", type=int, default=2, help="errors per class and file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--class", dest="only", help="one class of error alone")
    parser.add_argument("--misses", action="store_true", help="list what was missed and every false alarm")
    args = parser.parse_args()
    rng = random.Random(args.seed)  # noqa: S311
    scores = {name: Score() for name in CLASSES if args.only in (None, name)}
    misses: list[str] = []
    count = 0
    for report in reports(documents(args.files) or files(SHARED)):
        count += 1
        for name, score in scores.items():
            for _ in range(args.sample):
                made = next((made for _ in range(8) if (made := CLASSES[name](report, rng)) is not None), None)
                if made is not None:
                    judge(report, made, score, misses)
    print_scores(count, scores)
    if args.misses:
        print("\n".join(misses), file=sys.stderr)
    return 0


def print_scores(count: int, scores: Mapping[str, Score]) -> None:
    """One line a class, and the total."""
    total = Score()
    print(f"{count} reports\n{'class':20} injected observable  found located  false alarms")
    for name, score in scores.items():
        for field in vars(total):
            setattr(total, field, getattr(total, field) + getattr(score, field))
        _print(name, score)
    _print("all", total)


def _print(name: str, score: Score) -> None:
    shares = [
        f"{100 * part // whole} %" if whole else "-"
        for part, whole in ((score.found, score.observable), (score.located, score.observable))
    ]
    print(f"{name:20} {score.made:8} {score.observable:10} {shares[0]:>6} {shares[1]:>7} {score.alarms:13}")


if __name__ == "__main__":
    sys.exit(main())
