"""DOT for Graphviz: positions for ``neato -n2``, colours and shapes by type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..graph.model import EntityType
from ..graph.network.rows import Projection
from .attributes import clean_text
from .files import writing_text
from .palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_COLORS
from .scene import build_scene

_SHAPES: Final = {
    EntityType.CORPS: "star",
    EntityType.DIVISION: "hexagon",
    EntityType.REGIMENT: "square",
    EntityType.LOCALITY: "circle",
    EntityType.INSTITUTION: "diamond",
    EntityType.SITE: "triangle",
    EntityType.AGREEMENT: "invtriangle",
    EntityType.INITIATIVE: "box",
}
# dot reads no quoted string above 16 KB without complaint, and nobody reads such a label.
_LABEL_LIMIT: Final = 2_000


def write_dot(projection: Projection, path: str | Path, *, lang: str = "zh") -> None:
    """Write a digraph; symmetric links have no arrow heads, labels over 2,000 characters end with ``…``."""
    scene = build_scene(projection)
    with writing_text(path) as out:
        out.write('digraph "bingdi" {\ngraph [outputorder="edgesfirst", overlap="true"];\n')
        out.write('node [style="filled", fixedsize="true", fontname="sans-serif", penwidth="0.5"];\n')
        out.write('edge [arrowsize="0.5", fontname="sans-serif", fontsize="8"];\n')
        for row in projection.nodes():
            x, y, size = scene.get_place(row.id)
            width = round(2 * size / 72, 3)
            out.write(
                f'{quote(row.id)} [label="", xlabel={quote(row.name)}, tooltip={quote(row.name)},'
                f' class="{row.type}", shape="{_SHAPES[row.type]}", fillcolor="{TYPE_COLORS[row.type]}",'
                f' pos="{x},{y}", width="{width}", height="{width}"];\n'
            )
        out.writelines(_iter_edges(projection, lang=lang))
        out.write("}\n")


def _iter_edges(projection: Projection, *, lang: str) -> Iterator[str]:
    captions = RELATION_CAPTIONS[lang]
    for row in projection.links():
        heads = "" if row.directed else ', dir="none"'
        yield (
            f"{quote(row.head)} -> {quote(row.tail)} [id={quote(row.id)},"
            f' label={quote(captions[row.relation])}, class="{row.relation}",'
            f' color="{RELATION_COLORS[row.relation]}", weight="{max(row.weight, 1)}",'
            f" tooltip={quote(row.quote)}{heads}];\n"
        )


def quote(text: str) -> str:
    """``text`` as a quoted DOT string that no escape sequence or character reference changes."""
    text = clean_text(text)
    if len(text) > _LABEL_LIMIT:
        text = text[: _LABEL_LIMIT - 1] + "…"
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("&", "&amp;")
    return f'"{text}"'
