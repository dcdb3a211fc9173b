"""Lists: to each number of a list the noun, the mine or the measure that stands in its place."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from orebook.check.prose.index import Index
from orebook.check.prose.timing import RESPECTIVELY, Setting
from orebook.check.prose.words import SHARE_KINDS, tokens, vocabulary
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced

if TYPE_CHECKING:
    from orebook.check.prose.context import Cue

_NAME = r"(?:[A-Z][\w'’.&-]*(?:\s(?:de|del|la|las|los|el|du|[A-Z][\w'’.&-]*))*|\w+)"
_ITEMS = re.compile(rf"\b({_NAME}(?:,\s{_NAME})*),?\sand\s({_NAME})\b")
_LISTED = re.compile(
    r"\W*(?:(?:in|for|during)\s[^,]{4,50},\s)?(?:the\s)?([a-z][a-z' &-]*?(?:,\s[a-z' &-]+?)*,?\sand\s[a-z' &-]+?)"
    r"\s(?:(?:in|for|during)\s.{4,50}\s)?(?:was|were|totaled|totalled|amounted\sto|averaged)\s(?:about\s|approximately\s)?$",
    re.IGNORECASE,
)
_AND = re.compile(r",?\sand\s|,\s", re.IGNORECASE)


def distributed(made: list[Cue], setting: Setting, index: Index) -> list[Cue]:
    """`Silver, gold and zinc increased 17 % …, 11 % … and 16 % …, respectively`: to each number its own noun.

    Several runs, each as long as the list (`Red Lake and Big Sky produced 41,062 and 29,939 ounces at $210 and $259,
    respectively`), are given out run by run; `17 % to $12.70, 11 % to $681` item by item.
    """
    text = setting.text
    if " and diluted " in text or " and basic " in text:
        made = _of_shares(made, text)
    close = RESPECTIVELY.search(text) if "espectively" in text else None
    if close is None or any(cue.fixed for cue in made):
        return made
    begins = [at for at in setting.sides.clauses if at < close.start()]
    since = max(text.rfind("; ", 0, close.start()), begins[-1] if begins else 0, 0)
    listed = [cue for cue in made if since <= cue.number.start and cue.number.end <= close.start()]
    first = listed[0].number.start if listed else since
    lists = [_items(match) for match in _ITEMS.finditer(text, since, first)]
    named = [items for items in lists if all(_is_name(item) for item in items)]
    for items in (*named, _measures(text[since:first]), *lists):
        share, rest = divmod(len(listed), len(items)) if len(items) > 1 else (0, 0)
        if rest or not share or share > 3:
            continue
        every = frozenset[str]().union(*(item.words for item in items))
        runs = _in_runs(listed, len(items))
        for at, cue in enumerate(listed):
            mine = items[at % len(items) if runs else at // share]
            names = frozenset(name for _, name in index.names.find(mine.text)[-1:])
            made[made.index(cue)] = replaced(
                cue,
                own=(cue.own - every) | mine.words,
                strong=(cue.strong - every) | mine.words,
                around=cue.around - (every - mine.words),
                names=names or cue.names,
                settled=bool(names) or cue.settled,
                fixed=True,
            )
        _across(made, listed, close.end())
        break
    return made


_SHARES = re.compile(
    r"\s*per\s+(basic|diluted)\s+(?:common\s+|ordinary\s+)?(?:share\s+)?and\s+(?:per\s+)?(?:fully\s+)?(diluted|basic)\s",
    re.IGNORECASE,
)


def _of_shares(made: list[Cue], text: str) -> list[Cue]:
    """`Net income was $9.4 million, or $0.24 and $0.23 per basic and diluted share`: the first is of basic shares, the second
    of diluted ones, both of what the amount before them is."""
    for at, (one, two) in enumerate(pairwise(made)):
        both = one.number.unit == two.number.unit == "M/share" and text[one.number.end : two.number.start] == " and "
        match = _SHARES.match(text, two.number.end) if both else None
        if match is None:
            continue
        before = made[at - 1] if at and made[at - 1].number.unit == "M" else None
        again = before is not None and text[before.number.end : one.number.start].strip(" ,") == "or"
        said = before.strong if before is not None and again else frozenset[str]()
        for place, kind in enumerate(match.groups(), at):
            cue, its = made[place], said | {kind.lower()}
            made[place] = replaced(
                cue,
                own=cue.own - SHARE_KINDS | its,
                strong=cue.strong - SHARE_KINDS | its,
                around=cue.around - SHARE_KINDS | its,
            )
    return made


def _across(made: list[Cue], listed: list[Cue], end: int) -> None:
    """Give what a list says to the numbers that it is compared with, where those are as many."""
    last = next((cue for cue in made if cue.number == listed[-1].number), listed[-1])
    other = [cue for cue in made if cue.number.start >= end and cue.side == 1 and cue.clause == last.clause]
    if [cue.number.unit for cue in other] != [cue.number.unit for cue in listed]:
        return
    now = {cue.number.start: cue for cue in made}
    for cue, said in zip(other, listed, strict=True):
        source = now[said.number.start]
        made[made.index(cue)] = replaced(
            cue, own=source.own, strong=source.strong, around=source.around, names=source.names, settled=source.settled
        )


class _Item(NamedTuple):
    """An item of a list: a noun, or the name of a mine, and the words that tell it from others."""

    text: str
    words: frozenset[str]


def _items(match: re.Match[str]) -> list[_Item]:
    """The items of a list without what stands before it and tells nothing (`In the quarter, Red Lake and Big Sky`); none
    where an item tells nothing, or is no name and more than a word."""
    made = [_Item(each, tokens(each)) for each in (*match.group(1).split(", "), match.group(2))]
    while made and not made[0].words:
        made.pop(0)
    if tokens(match.group()) < frozenset[str]().union(*(item.words for item in made)):
        return []  # one turn of phrase: `cash and equivalents`
    return made if all(item.words and (len(item.words) == 1 or item.text[0].isupper()) for item in made) else []


def _is_name(item: _Item) -> bool:
    """Whether an item is a mine or a metal, and no measure."""
    return item.text[0].isupper() or item.words <= vocabulary().groups[0][0]


def _measures(text: str) -> list[_Item]:
    """The measures that are the subject of a sentence: `Net income and operating cash flow in the quarter were`."""
    subject = _LISTED.match(text)
    made = [_Item(each, tokens(each)) for each in _AND.split(subject.group(1))] if subject else []
    return made if all(item.words for item in made) else []


def _in_runs(listed: list[Cue], size: int) -> bool:
    """Whether numbers come in runs of one unit each, as many in a run as the list has items."""
    units = [cue.number.unit for cue in listed]
    runs = [units[at : at + size] for at in range(0, len(units), size)]
    return len(runs) > 1 and all(len(set(run)) == 1 for run in runs)
