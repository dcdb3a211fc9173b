"""Every rule that reading can name has its sentence, and every sentence its rule."""

from __future__ import annotations

import re
from pathlib import Path

from orebook.lexicon import load

SOURCE = Path(__file__).parent.parent / "src" / "orebook"
# Named with a field in the source: `period.{moment}-of-period-in-label`, `schedule.{sort}-tag`.
MADE = {
    "period.end-of-period-in-label",
    "period.start-of-period-in-label",
    "schedule.instant-tag",
    "schedule.duration-tag",
}


def named() -> set[str]:
    found: set[str] = set()
    for folder in ("read", "book"):
        for path in (SOURCE / folder).rglob("*.py"):
            found |= set(
                re.findall(r'"((?:label|unit|scale|value|period|position|schedule)\.[a-z-]+)"', path.read_text("utf-8"))
            )
    return found | MADE


def test_every_rule_explains_itself() -> None:
    assert named() - set(load("rules")["rules"]) == set()


def test_no_sentence_without_a_rule() -> None:
    assert set(load("rules")["rules"]) - named() == set()
