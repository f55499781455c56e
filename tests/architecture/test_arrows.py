"""The house of HOUSE.md: who may import whom, and where each library lives."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PACKAGE = "bingdi"
ROOMS = {
    "seeds": set(),
    "graph": {"seeds"},
    "exports": {"graph", "seeds"},
    "training": {"graph", "seeds"},
    "cli": {"exports", "graph", "seeds", "training"},
}
FLOORS = {
    "model": 0,
    "errors": 0,
    "reading": 1,
    "gazetteer": 2,
    "lexicon": 2,
    "names": 2,
    "version": 2,
    "extraction": 3,
    "linking": 4,
    "annotate": 4,
    "store": 5,
    "network": 6,
    "query": 7,
    "working": 8,
    "build": 9,
}
HOMES = {
    "spacy": ("graph/extraction",),
    "sqlite3": ("graph/store",),
    "pypinyin": ("graph/query",),
    "pyvis": ("exports/html",),
    "typer": ("cli",),
    "rich": ("cli",),
    "click": ("cli",),
    "thinc": ("training",),
    "joblib": ("training",),
}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "data", "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One imported module, in full; ``lazy`` where it stands inside a function."""

    place: str
    module: str
    lazy: bool
    absolute: bool


def iter_modules(house: Path) -> Iterator[tuple[str, ast.Module]]:
    for room in sorted(ROOMS):
        for path in sorted((house / room).rglob("*.py")):
            yield path.relative_to(house).as_posix(), ast.parse(path.read_text("utf-8"), filename=str(path))


def iter_imports(place: str, tree: ast.AST) -> Iterator[Import]:
    package = (PACKAGE, *place.split("/")[:-1])
    for node, lazy in iter_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(place=place, module=alias.name, lazy=lazy, absolute=True)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join((*base, *((node.module,) if node.module else ())))
            for alias in node.names:
                yield Import(place=place, module=f"{start}.{alias.name}", lazy=lazy, absolute=not node.level)
        elif isinstance(node, ast.Call) and names_import(node):
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield Import(place=place, module=argument.value, lazy=lazy, absolute=True)


def iter_nodes(tree: ast.AST, *, lazy: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    for node in ast.iter_child_nodes(tree):
        inside = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield node, inside
        yield from iter_nodes(node, lazy=inside)


def names_import(call: ast.Call) -> bool:
    return bool(call.args) and ast.unparse(call.func).split(".")[-1] in ("import_module", "__import__")


def find_room(module: str) -> tuple[str, str]:
    """The room of one of our modules and its part of the room: ``bingdi.graph.store.ids`` → graph, store."""
    parts = [*module.split("."), "", ""]
    return (parts[1], parts[2]) if parts[0] == PACKAGE else ("", "")


def find_faults(house: Path) -> list[str]:
    """Every breach of the house's rules, a line each."""
    faults = []
    for place, tree in iter_modules(house):
        stem = Path(place).stem if Path(place).stem != "__init__" else Path(place).parent.name
        if stem in VAGUE:
            faults.append(f"{place}: a module named {stem} says nothing")
        room, part = find_room(f"{PACKAGE}.{place.removesuffix('.py').replace('/', '.')}")
        if room == "graph" and part != "__init__" and part not in FLOORS:
            faults.append(f"{place}: graph/{part} has no floor in tests/architecture")
        for found in iter_imports(place, tree):
            faults.extend(find_import_faults(found, room=room, part=part))
    return faults


def find_import_faults(found: Import, *, room: str, part: str) -> Iterator[str]:
    library = found.module.split(".")[0]
    if library in HOMES and not found.place.startswith(tuple(f"{home}/" for home in HOMES[library])):
        yield f"{found.place}: {library} lives in {', '.join(HOMES[library])}"
    target, target_part = find_room(found.module)
    if not target:
        return
    if found.absolute:
        yield f"{found.place}: {found.module} must be imported relatively"
    if target != room and target in ROOMS and target not in ROOMS[room]:
        yield f"{found.place}: {room} must not import {target}"
    if target == "training" and room != "training" and not found.lazy:
        yield f"{found.place}: training may only be imported inside a function"
    if target == room == "graph" and FLOORS.get(target_part, 0) > FLOORS.get(part, 99):
        yield f"{found.place}: graph/{part} must not import graph/{target_part} above it"


def write_module(house: Path, place: str, code: str) -> None:
    path = house / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, "utf-8")


def test_the_house_holds_its_arrows_and_homes():
    assert find_faults(HOUSE) == []


def test_the_house_is_there_to_be_looked_at():
    rooms = {place.split("/")[0] for place, _ in iter_modules(HOUSE)}
    assert rooms == set(ROOMS)
    imports = [found for place, tree in iter_modules(HOUSE) for found in iter_imports(place, tree)]
    assert any(found.module.startswith("bingdi.graph.model") for found in imports)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("graph/store/rows.py", "from ..model import Link\nimport sqlite3"),
        ("graph/network/x.py", "from ..store import Store\nfrom ...seeds import tables"),
        ("graph/extraction/x.py", "def run():\n    import spacy"),
        ("graph/names.py", "from .reading.script import simplify"),
        ("graph/build.py", "from . import model\nfrom .working import Read"),
        ("exports/x.py", "from ..graph.network import project"),
        ("exports/html/x.py", "from pyvis.network import Network"),
        (
            "cli/x.py",
            "import typer\nfrom ..exports import graphml\ndef train():\n    from ..training import fit",
        ),
        ("training/x.py", "from ..graph.extraction import names"),
        ("graph/dataset.py.txt", "import sqlite3"),
    ],
)
def test_what_is_allowed(tmp_path, place, code):
    write_module(tmp_path, place, code)
    assert find_faults(tmp_path) == []


@pytest.mark.parametrize(
    ("place", "code", "fault"),
    [
        ("graph/model.py", "from .store import Store", "graph/model must not import graph/store above it"),
        (
            "graph/store/x.py",
            "from ..network.rows import NodeRow",
            "graph/store must not import graph/network above it",
        ),
        ("graph/store/x.py", "from .. import network", "graph/store must not import graph/network above it"),
        (
            "graph/reading/x.py",
            "def f():\n    from ..extraction import y",
            "must not import graph/extraction above it",
        ),
        ("graph/query/x.py", "from ..build import build", "graph/query must not import graph/build above it"),
        ("graph/query/x.py", "from ...exports import graphml", "graph must not import exports"),
        ("exports/x.py", "from ..cli import main", "exports must not import cli"),
        ("seeds/x.py", "from ..graph import model", "seeds must not import graph"),
        ("graph/network/x.py", "import sqlite3", "sqlite3 lives in graph/store"),
        ("exports/graphml.py", "from pyvis.network import Network", "pyvis lives in exports/html"),
        ("exports/x.py", "from rich import print", "rich lives in cli"),
        ("exports/html/x.py", "def f():\n    from pypinyin import pinyin", "pypinyin lives in graph/query"),
        ("graph/query/x.py", "def f():\n    import spacy.tokens", "spacy lives in graph/extraction"),
        (
            "graph/query/x.py",
            "import importlib\nimportlib.import_module('spacy')",
            "spacy lives in graph/extraction",
        ),
        ("cli/x.py", "from ..training import fit", "training may only be imported inside a function"),
        ("exports/x.py", "def f():\n    from ..training import fit", "exports must not import training"),
        ("cli/x.py", "from bingdi.graph import model", "bingdi.graph.model must be imported relatively"),
        ("exports/utils.py", "", "a module named utils says nothing"),
        ("cli/helpers/__init__.py", "", "a module named helpers says nothing"),
        ("graph/attic.py", "", "graph/attic has no floor"),
    ],
)
def test_what_is_not_allowed(tmp_path, place, code, fault):
    write_module(tmp_path, place, code)
    faults = find_faults(tmp_path)
    assert len(faults) == 1
    assert faults[0].startswith(f"{place}: ")
    assert fault in faults[0]


@pytest.mark.parametrize("module", ["graph.build", "graph.store", "graph.network", "graph.query"])
def test_heavy_libraries_are_not_loaded_before_they_are_needed(module):
    code = (
        f"import sys, bingdi.{module}; "
        "print(sorted({'spacy', 'networkx', 'pandas', 'pyvis', 'trafilatura', 'typer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
