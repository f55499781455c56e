"""The store that a command asks, and the entities that it is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..graph.errors import StoreError, UsageError
from ..graph.names import name_key
from ..graph.network import NodeRow
from ..graph.query import find_node, find_others
from ..graph.store import Store
from .messages import get_words
from .terminal import say


@contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """The store at ``path``; raises StoreError that says how to build one where there is none."""
    if not path.exists():
        raise StoreError(get_words().line("no_store", path=path))
    with Store.open(path) as store:
        yield store


def choose_node(store: Store, name: str, *, level: str) -> NodeRow:
    """The node that ``name`` means; says so where that is not quite what was typed."""
    node = find_node(store, name, level=level)
    if level == "entity":
        _tell_others(store, name, node=node)
    elif name_key(name) not in map(name_key, (node.name, *node.aliases)):
        say(get_words().line("unit_of", name=name, unit=node.name))
    return node


def _tell_others(store: Store, name: str, *, node: NodeRow) -> None:
    if others := find_others(store, name, chosen=node.id):
        names = ", ".join(other.name for other in others)
        say(get_words().line("taken_as", name=name, chosen=node.name, others=names))


def get_ends(store: Store, names: tuple[str, str], *, level: str) -> tuple[NodeRow, NodeRow]:
    """The nodes of two names; raises UsageError where both mean the same."""
    one, other = (choose_node(store, name, level=level) for name in names)
    if one.id == other.id:
        raise UsageError(get_words().line("same_ends", a=names[0], b=names[1]))
    return one, other
