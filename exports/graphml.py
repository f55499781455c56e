"""GraphML as Gephi desktop, Gephi Lite, networkx and igraph all read it.

Gephi keeps parallel links only where each ``<edge>`` has an id and a ``label`` of its own as XML attributes;
its import matches ``label``, ``x``, ``y``, ``size``, ``color`` and ``weight`` by the id of the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..graph.errors import UsageError
from ..graph.model import Relation
from ..graph.network.rows import LinkRow, NodeRow, Projection
from .attributes import LINK_COLUMNS, NODE_COLUMNS, Attributes, Column, link_attributes, node_attributes
from .files import writing_text
from .markup import escape_attribute, escape_content, iter_present, render_value
from .palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_COLORS
from .scene import Scene, build_scene

NODE_KEYS: Final = tuple(column for column in NODE_COLUMNS if column.name not in {"id", "name"})
LINK_KEYS: Final = tuple(column for column in LINK_COLUMNS if column.name not in {"id", "head", "tail", "weight"})
_PAIR_KEYS: Final = (
    Column(name="relations"),
    Column(name="links", kind="long"),
    Column(name="confidence", kind="double"),
)

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="x" for="node" attr.name="x" attr.type="double"/>
<key id="y" for="node" attr.name="y" attr.type="double"/>
<key id="size" for="node" attr.name="size" attr.type="double"/>
<key id="color" for="node" attr.name="color" attr.type="string"/>
"""
_EDGE_HEAD: Final = """<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<key id="e_label" for="edge" attr.name="label" attr.type="string"/>
<key id="e_color" for="edge" attr.name="color" attr.type="string"/>
"""


def write_graphml(
    projection: Projection,
    path: str | Path,
    *,
    simple: bool = False,
    mixed: bool = False,
    lang: str = "zh",
) -> None:
    """Write every node and every link, parallel ones too.

    ``mixed`` writes symmetric links as undirected (networkx reads no graph of both kinds, so the default is
    directed, with a column ``directed``); ``simple`` writes one undirected edge a pair, its weight the sum.
    Raises UsageError where both are asked for.
    """
    if simple and mixed:
        raise UsageError("simple edges have no direction, so mixed says nothing; give one of the two")
    scene = build_scene(projection)
    edges = _iter_pairs(projection) if simple else _iter_links(projection, mixed=mixed, lang=lang)
    keys = _PAIR_KEYS if simple else LINK_KEYS
    undirected = simple or mixed
    with writing_text(path) as out:
        out.write(_HEAD)
        out.writelines(_key("n", column, domain="node") for column in NODE_KEYS)
        out.write(_EDGE_HEAD)
        out.writelines(_key("e", column, domain="edge") for column in keys)
        out.write(f'<graph id="bingdi" edgedefault="{"undirected" if undirected else "directed"}">\n')
        out.writelines(_node(row, scene) for row in projection.nodes())
        out.writelines(edges)
        out.write("</graph>\n</graphml>\n")


def _key(prefix: str, column: Column, *, domain: str) -> str:
    name = column.name
    return f'<key id="{prefix}_{name}" for="{domain}" attr.name="{name}" attr.type="{column.kind}"/>\n'


def _node(row: NodeRow, scene: Scene) -> str:
    x, y, size = scene.get_place(row.id)
    attributes = node_attributes(row)
    return (
        f'<node id="{escape_attribute(row.id)}"><data key="label">{escape_content(row.name)}</data>'
        f'<data key="x">{x}</data><data key="y">{y}</data><data key="size">{size}</data>'
        f'<data key="color">{TYPE_COLORS[row.type]}</data>'
        f"{_data(attributes, prefix='n', columns=NODE_KEYS)}</node>\n"
    )


def _data(attributes: Attributes, *, prefix: str, columns: tuple[Column, ...]) -> str:
    return "".join(
        f'<data key="{prefix}_{column.name}">{escape_content(render_value(value))}</data>'
        for column, value in iter_present(columns, attributes)
    )


def _iter_links(projection: Projection, *, mixed: bool, lang: str) -> Iterator[str]:
    captions = RELATION_CAPTIONS[lang]
    for row in projection.links():
        directed = ' directed="true"' if mixed and row.directed else ""
        yield (
            f'<edge id="{escape_attribute(row.id)}" source="{escape_attribute(row.head)}"'
            f' target="{escape_attribute(row.tail)}"{directed} label="{row.relation}">'
            f'<data key="weight">{get_weight(row)}</data><data key="e_label">{captions[row.relation]}</data>'
            f'<data key="e_color">{RELATION_COLORS[row.relation]}</data>'
            f"{_data(link_attributes(row), prefix='e', columns=LINK_KEYS)}</edge>\n"
        )


def get_weight(row: LinkRow) -> float:
    """Weight of an edge for Gephi, which deletes an edge of weight 0."""
    return float(max(row.weight, 1))


def _iter_pairs(projection: Projection) -> Iterator[str]:
    """One edge a pair of nodes, in the order of the ids."""
    pairs: dict[tuple[str, str], tuple[float, int, int, float]] = {}
    bits = {relation: 1 << place for place, relation in enumerate(Relation)}
    for row in projection.links():
        key = (row.head, row.tail) if row.head <= row.tail else (row.tail, row.head)
        weight, links, relations, confidence = pairs.get(key, (0.0, 0, 0, 0.0))
        pairs[key] = (
            weight + get_weight(row),
            links + 1,
            relations | bits[row.relation],
            max(confidence, row.confidence),
        )
    for number, ((one, other), (weight, links, relations, confidence)) in enumerate(sorted(pairs.items())):
        names = "|".join(relation for relation, bit in bits.items() if relations & bit)
        values: Attributes = {"relations": names, "links": links, "confidence": confidence}
        yield (
            f'<edge id="p{number}" source="{escape_attribute(one)}" target="{escape_attribute(other)}">'
            f'<data key="weight">{weight}</data>{_data(values, prefix="e", columns=_PAIR_KEYS)}</edge>\n'
        )
