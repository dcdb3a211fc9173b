"""What Arelle says of report packages: loaded without a network, validated, calculations checked with rounding.

    python tests/arelle_says.py PACKAGE...

prints a JSON list with an object a package: `facts`, `footnotes`, `sums`, and the `errors` and `inconsistencies` as
(code, message). A process of its own, because Arelle keeps its state for the whole of one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

SUMMATION = "https://xbrl.org/2023/arcrole/summation-item"
FOOTNOTE = "http://www.xbrl.org/2003/arcrole/fact-footnote"
QUIET = frozenset(("info", "debug", "info-result"))


class Said(NamedTuple):
    """Of one package: how much Arelle found in it, what it calls wrong, and which sums it finds inconsistent."""

    facts: int
    footnotes: int
    sums: int
    errors: list[list[str]]
    inconsistencies: list[list[str]]


def is_here() -> bool:
    """Whether Arelle is installed."""
    return find_spec("arelle") is not None


def said(packages: Iterable[Path]) -> list[Said]:
    """What Arelle says of each package, in one process."""
    call = [sys.executable, __file__, *map(str, packages)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [Said(**each) for each in json.loads(done.stdout.splitlines()[-1])]


def _one(path: str) -> dict[str, Any]:
    from arelle.api.Session import Session  # noqa: PLC0415  only this process has it
    from arelle.logging.handlers.StructuredMessageLogHandler import StructuredMessageLogHandler  # noqa: PLC0415  only this process has it
    from arelle.RuntimeOptions import RuntimeOptions  # noqa: PLC0415  only this process has it

    options = RuntimeOptions(
        entrypointFile=path, internetConnectivity="offline", validate=True, calcs="c11r", utrValidate=True,
        keepOpen=True, disablePersistentConfig=True,
    )  # fmt: skip
    log = StructuredMessageLogHandler()
    with Session() as session:
        session.run(options, logHandler=log)
        models = session.get_models()
        return {
            "facts": sum(len(model.facts) for model in models),
            "footnotes": sum(len(model.relationshipSet(FOOTNOTE).modelRelationships) for model in models),
            "sums": sum(len(model.relationshipSet(SUMMATION).modelRelationships) for model in models),
            **_sorted(log.messages),
        }


def _sorted(messages: Iterable[dict[str, Any]]) -> dict[str, list[list[str]]]:
    told = [(each["levelname"].lower(), each["messageCode"], str(each["msg"])) for each in messages]
    loud = [(level, [code, text]) for level, code, text in told if level not in QUIET]
    return {
        "errors": [text for level, text in loud if level != "inconsistency"],
        "inconsistencies": [text for level, text in loud if level == "inconsistency"],
    }


if __name__ == "__main__":
    made = [_one(path) for path in sys.argv[1:]]
    sys.stdout.write(f"\n{json.dumps(made)}\n")
