"""The house: imports go down only, figures never meet a float, only the command line prints.

Each rule is a function from source text to what offends, so that bad source proves that the test can fail.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = "orebook"

# From the top down. What stands on one line are siblings, and siblings do not import each other.
LAYERS = (
    ("__main__",),
    ("cli", "frames"),
    ("serve", "write"),
    ("pipeline", "store"),
    ("check", "close"),
    ("book",),
    ("read",),
    ("lexicon", "measures"),
    ("model",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
EXACT = frozenset({"model", "read", "book", "check", "close", "measures", "store"})
# `import orebook` gives the public names, and those live in the layers: the root is the one door that sees them all.
DOOR = ""


@cache
def walk(source: str) -> tuple[ast.AST, ...]:
    """All nodes of a module."""
    return tuple(ast.walk(ast.parse(source)))


def layer_of(module: str) -> str:
    """The layer of a dotted module name: `orebook.read.text` is in `read`, `orebook` itself is the door."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else DOOR


def imported(source: str, module: str) -> Iterator[tuple[int, str]]:
    """The modules of ours that a module's source imports, anywhere in it: (line, dotted name)."""
    for node in walk(source):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], *([base] if base else [])])
            # `from orebook import cli` imports a module too; `from orebook import __version__` does not.
            names = [f"{base}.{alias.name}" for alias in node.names] if base == PACKAGE else [base]
        else:
            continue
        for name in names:
            if name == PACKAGE or name.startswith(f"{PACKAGE}."):
                yield node.lineno, name


def wrong_imports(source: str, module: str) -> list[str]:
    """Imports that go up or sideways."""
    mine = layer_of(module)
    wrong = []
    for line, name in imported(source, module):
        other = layer_of(name)
        if mine in {other, DOOR} or other in {DOOR, "__version__"}:
            continue
        if other not in RANK or mine not in RANK:
            wrong.append(f"{module}:{line} imports {name}: one of the two is in no layer")
        elif RANK[other] <= RANK[mine]:
            way = "sideways" if RANK[other] == RANK[mine] else "up"
            wrong.append(f"{module}:{line} imports {way}: {name}")
    return wrong


def floats(source: str, module: str) -> list[str]:
    """Float literals, and calls of `float`."""
    return [
        f"{module}:{node.lineno} {ast.unparse(node)}"
        for node in walk(source)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]


def printing(source: str, module: str) -> list[str]:
    """Calls of `print`, and uses of standard output or error."""
    return [
        f"{module}:{node.lineno} {ast.unparse(node)}"
        for node in walk(source)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
        or (
            isinstance(node, ast.Attribute)
            and node.attr in {"stdout", "stderr"}
            and ast.unparse(node).startswith("sys.")
        )
    ]


def broad_excepts(source: str, module: str) -> list[str]:
    """Handlers that catch everything and do not raise it again, and so hide what they did not expect."""
    return [
        f"{module}:{node.lineno}"
        for node in walk(source)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and ast.unparse(node.body[-1]) != "raise"
    ]


def modules(root: Path) -> list[tuple[str, str]]:
    """The modules of the package: (dotted name, source)."""
    src = root / "src"
    found = []
    for path in sorted((src / PACKAGE).rglob("*.py")):
        parts = path.relative_to(src).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append((name, path.read_text(encoding="utf-8")))
    return found


def test_imports_go_down_only(root: Path) -> None:
    wrong = [line for name, source in modules(root) for line in wrong_imports(source, _importer(name, root))]
    assert wrong == []


def _importer(name: str, root: Path) -> str:
    """A package counts as a module of its own folder, so that its relative imports resolve."""
    return (
        f"{name}.__init__" if (root / "src" / Path(*name.split(".")) / "__init__.py").exists() and "." in name else name
    )


def test_every_module_has_a_layer(root: Path) -> None:
    assert {layer_of(name) for name, _ in modules(root)} - {DOOR} <= set(RANK)


def test_no_float_meets_a_figure(root: Path) -> None:
    assert [line for name, source in modules(root) if layer_of(name) in EXACT for line in floats(source, name)] == []


def test_only_the_command_line_prints(root: Path) -> None:
    assert [line for name, source in modules(root) if layer_of(name) != "cli" for line in printing(source, name)] == []


def test_nothing_catches_everything(root: Path) -> None:
    assert [line for name, source in modules(root) for line in broad_excepts(source, name)] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("orebook.model.fact", "from orebook.lexicon import load"),
        ("orebook.read.text", "import orebook.book.build"),
        ("orebook.read.text", "def later():\n    from orebook.check import run\n"),
        ("orebook.read.text", "from ..book import labels"),
        ("orebook.check.footing.sums", "from orebook.close.graph import solve"),
        ("orebook.lexicon.concepts", "from orebook.measures import catalogue"),
        ("orebook.write.html", "from orebook.serve.desk import page"),
        ("orebook.book.build", "from orebook import cli"),
        ("orebook.pipeline", "from orebook.write.jsonl import fact_lines"),
        ("orebook.check.run", "if TYPE_CHECKING:\n    from orebook.pipeline import read\n"),
        ("orebook.book.build", "from orebook.helpers import anything"),
    ],
)
def test_a_bad_import_is_found(module: str, source: str) -> None:
    assert len(wrong_imports(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("orebook.read.text", "from orebook.model.grid import Grid"),
        ("orebook.read.text", "from orebook.read.lines import classify"),
        ("orebook.read.text", "from .lines import classify"),
        ("orebook.cli", "from orebook import __version__\nfrom orebook.write.jsonl import fact_lines"),
        ("orebook.write.html", "import json\nfrom orebook.pipeline import read"),
        ("orebook", "from orebook.pipeline import read"),
    ],
)
def test_a_good_import_is_let_be(module: str, source: str) -> None:
    assert wrong_imports(source, module) == []


def test_a_float_is_found() -> None:
    assert len(floats("half = 0.5\nvalue = float('1')\nwhole = 1\n", "orebook.model.number")) == 2


def test_a_print_is_found() -> None:
    assert len(printing("import sys\nprint('x')\nsys.stderr.write('y')\n", "orebook.book.build")) == 2


def test_a_broad_except_is_found() -> None:
    source = "try:\n    pass\nexcept Exception:\n    pass\ntry:\n    pass\nexcept:\n    pass\n"
    assert len(broad_excepts(source, "orebook.read.text")) == 2
    assert broad_excepts("try:\n    pass\nexcept BaseException:\n    undo()\n    raise\n", "orebook.write.files") == []
