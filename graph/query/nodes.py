"""The node that stands for an entity at a level of the graph."""

from __future__ import annotations

from ..errors import NameNotFoundError, UsageError
from ..model import Selection
from ..names import name_key
from ..network import NodeRow, project
from ..store import Store
from .names import find_entity


def get_node(store: Store, entity: str, *, level: str = "entity") -> NodeRow:
    """The node of an entity's id: itself, or at level ``unit`` the division or locality that it belongs to.

    Its weight and dates are empty: no link is looked at. Raises NameNotFoundError, and UsageError where the
    entity belongs to no unit.
    """
    with project(store, Selection(around=(entity,), depth=0, level=level)) as projection:
        return next(projection.nodes())


def find_node(store: Store, name: str, *, level: str = "entity") -> NodeRow:
    """The node that ``name`` means at a level; raises what ``find_entity`` and ``get_node`` raise."""
    try:
        entity = find_entity(store, name)
    except NameNotFoundError:
        if level != "unit":
            raise
        return _find_unit(store, name)
    try:
        return get_node(store, entity.id, level=level)
    except UsageError:
        raise UsageError(f"{entity.name} belongs to no division or locality; ask at level entity") from None


def _find_unit(store: Store, name: str) -> NodeRow:
    """A unit that others belong to without being named itself in any document."""
    key = name_key(name)
    with project(store, Selection(level="unit")) as projection:
        for node in projection.nodes():
            if key in map(name_key, (node.name, *node.aliases)):
                return node
    raise NameNotFoundError(name)
