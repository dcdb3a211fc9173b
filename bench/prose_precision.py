"""Two hundred tied claims of other companies' releases, drawn with a fixed seed and judged one by one by hand.

    uv run python bench/prose_precision.py SHARED [--judged bench/prose_judged.tsv] [--draw]

SHARED is the folder that holds `corpus/releases-text` and `corpus/releases-html`. The judgements are kept in
`prose_judged.tsv`: file, line, number, kind, what it was tied to, and `right` or `wrong` with the reason. A claim is
right where a careful reader would tie the number to that figure: the same measure, period and part of the
company. `--draw` prints the sample with what the check says today; a claim that is not judged yet, or that ties to
something else than when it was judged, is listed as such and not counted.
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from orebook import read
from orebook.check.prose import claims
from orebook.model.tie import TIES, WITHIN

SAMPLE = 200
SEED = 1995


class Drawn(NamedTuple):
    """A tied claim of the corpus: where it is printed and what it rests on."""

    file: str
    line: int
    number: str
    kind: str
    rests_on: str

    @property
    def key(self) -> tuple[str, int, str]:
        return self.file, self.line, self.number


def tied(shared: Path) -> list[Drawn]:
    """Every tied claim of the releases, in order of file and line."""
    made = []
    for path in sorted(shared.glob("corpus/releases-*/*")):
        book = read(path)
        for claim in claims(book):
            if claim.verdict in (TIES, WITHIN) and claim.operands:
                number = " ".join(claim.number.split())
                made.append(Drawn(path.name, claim.spot.line, number, claim.kind, claim.formula))
    return made


def _lot(claim: Drawn) -> bytes:
    """A draw that does not change for one claim when another comes or goes."""
    return sha256(f"{SEED} {claim.key}".encode()).digest()


def draw(every: list[Drawn]) -> list[Drawn]:
    """The sample: shared out evenly over the companies first, so that none fills it alone."""
    by_company: dict[str, list[Drawn]] = {}
    for claim in every:
        by_company.setdefault(claim.file.split("_")[0], []).append(claim)
    for group in by_company.values():
        group.sort(key=_lot)
    made: list[Drawn] = []
    while len(made) < min(SAMPLE, len(every)):
        made += [group.pop() for group in by_company.values() if group]
    return sorted(made[:SAMPLE])


def judged(path: Path) -> dict[tuple[str, int, str], list[tuple[str, str]]]:
    """The judgements by place: what it was tied to, and right or wrong."""
    made: dict[tuple[str, int, str], list[tuple[str, str]]] = {}
    if path.exists():
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            file, line, number, _, rests_on, verdict, *_ = row.split("\t")
            made.setdefault((file, int(line), number), []).append((rests_on, verdict))
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--judged", type=Path, default=Path(__file__).with_name("prose_judged.tsv"))
    parser.add_argument("--draw", action="store_true", help="print the sample as tab-separated rows")
    args = parser.parse_args()
    every = tied(args.shared)
    sample = draw(every)
    if args.draw:
        for claim in sample:
            print("\t".join(map(str, claim)))
        return 0
    known = judged(args.judged)
    verdicts = [dict(known.get(claim.key, [])).get(claim.rests_on) for claim in sample]
    right, wrong = verdicts.count("right"), verdicts.count("wrong")
    companies = len({claim.file.split("_")[0] for claim in sample})
    print(
        f"{len(every)} tied claims; {len(sample)} drawn over {companies} companies; {verdicts.count(None)} not judged as tied today"
    )
    print(f"right {right} of {right + wrong} judged ({1000 * right // max(right + wrong, 1) / 10} %)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
