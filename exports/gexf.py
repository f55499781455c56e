"""GEXF 1.3 with positions, colours, sizes and the timeline, as Gephi desktop and Gephi Lite read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..graph.network.rows import LinkRow, NodeRow, Projection
from .attributes import Attributes, Column, Value, link_attributes, node_attributes
from .files import writing_text
from .graphml import LINK_KEYS, NODE_KEYS, get_weight
from .markup import escape_attribute, iter_present, render_value
from .palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_COLORS, parse_color
from .scene import Scene, build_scene
from .timeline import get_interval

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\
 xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>bingdi</creator></meta>
"""
# The importers keep ``weight`` for themselves, also as the title of a node's column.
_TITLES: Final = {"weight": "evidence"}
_NODE_PLACES: Final = {column.name: place for place, column in enumerate(NODE_KEYS)}
_LINK_PLACES: Final = {column.name: place for place, column in enumerate(LINK_KEYS)}


def write_gexf(projection: Projection, path: str | Path, *, mixed: bool = True, lang: str = "zh") -> None:
    """Write every node and every link; a dated link has the interval of its evidence, an undated one none.

    ``mixed=False`` writes every link as directed, for networkx, which reads no graph of both kinds.
    """
    scene = build_scene(projection)
    with writing_text(path) as out:
        out.write(_HEAD)
        default = "" if mixed else ' defaultedgetype="directed"'
        out.write(f'<graph{default}{_mode(scene)} idtype="string">\n')
        out.write(_declare("node", NODE_KEYS))
        out.write(_declare("edge", LINK_KEYS))
        out.write("<nodes>\n")
        out.writelines(_node(row, scene) for row in projection.nodes())
        out.write("</nodes>\n<edges>\n")
        out.writelines(_iter_links(projection, mixed=mixed, lang=lang))
        out.write("</edges>\n</graph>\n</gexf>\n")


def _mode(scene: Scene) -> str:
    if not scene.dated:
        return ' mode="static"'
    return ' mode="dynamic" timeformat="date" timerepresentation="interval" timezone="UTC"'


def _declare(domain: str, columns: tuple[Column, ...]) -> str:
    titles = [_TITLES.get(column.name, column.name) for column in columns]
    lines = "".join(
        f'<attribute id="{place}" title="{title}" type="{column.kind}"/>\n'
        for place, (title, column) in enumerate(zip(titles, columns, strict=True))
    )
    return f'<attributes class="{domain}" mode="static">\n{lines}</attributes>\n'


def _values(attributes: Attributes, *, columns: tuple[Column, ...], places: dict[str, int]) -> str:
    values = "".join(
        f'<attvalue for="{places[column.name]}" value="{_text(value)}"/>'
        for column, value in iter_present(columns, attributes)
    )
    return f"<attvalues>{values}</attvalues>"


def _text(value: Value) -> str:
    return escape_attribute(guard_infinity(value)) if isinstance(value, str) else render_value(value)


def guard_infinity(text: str) -> str:
    """``text`` with an invisible word joiner inside every ``INF``.

    Gephi 0.10 turns these letters into ``Infinity`` in the attributes of a GEXF file, in words too.
    """
    return text.replace("INF", "I\u2060NF") if "INF" in text else text


def _color(color: str) -> str:
    red, green, blue = parse_color(color)
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _node(row: NodeRow, scene: Scene) -> str:
    x, y, size = scene.get_place(row.id)
    return (
        f'<node id="{escape_attribute(row.id)}" label="{escape_attribute(row.name)}">'
        f"{_values(node_attributes(row), columns=NODE_KEYS, places=_NODE_PLACES)}"
        f'<viz:size value="{size}"/><viz:position x="{x}" y="{y}" z="0.0"/>{_color(TYPE_COLORS[row.type])}'
        "</node>\n"
    )


def _iter_links(projection: Projection, *, mixed: bool, lang: str) -> Iterator[str]:
    captions = RELATION_CAPTIONS[lang]
    colors = {relation: _color(color) for relation, color in RELATION_COLORS.items()}
    for row in projection.links():
        kind = "directed" if row.directed or not mixed else "undirected"
        yield (
            f'<edge id="{escape_attribute(row.id)}" source="{escape_attribute(row.head)}"'
            f' target="{escape_attribute(row.tail)}" type="{kind}"'
            f' label="{captions[row.relation]}" kind="{row.relation}" weight="{get_weight(row)}"{_span(row)}>'
            f"{_values(link_attributes(row), columns=LINK_KEYS, places=_LINK_PLACES)}"
            f"{colors[row.relation]}</edge>\n"
        )


def _span(row: LinkRow) -> str:
    interval = get_interval(row.first, row.last)
    return f' start="{interval[0]}" end="{interval[1]}"' if interval else ""
