"""Fits the opening view, the packed graph, the style and the scripts into one HTML file.

Every script and style of the file is inline and named by its hash in a content security policy which
forbids all else: a text of the graph that looks like markup is shown, never run, and nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...graph.errors import ExportError, UsageError
from ...graph.model import COOPERATION, DIRECTED, GEOGRAPHY, EntityType, Relation
from ..palette import RELATION_CAPTIONS, RELATION_COLORS, TYPE_CAPTIONS, TYPE_COLORS, TYPE_SHAPES
from .opening import build_opening
from .packing import Chunk, pack, render_json

if TYPE_CHECKING:
    from ...graph.network.rows import Projection

HERE: Final = Path(__file__).parent
LANGUAGES: Final = ("zh", "en")
SCRIPTS: Final = (
    "words",
    "elements",
    "look",
    "graph",
    "dates",
    "shown",
    "names",
    "state",
    "layout",
    "picture",
    "network",
    "growth",
    "evidence",
    "cards",
    "entitycard",
    "linkcard",
    "ways",
    "filters",
    "period",
    "matrix",
    "timeline",
    "reader",
    "table",
    "writers",
    "saving",
    "keys",
    "start",
)
"""The page's own scripts in the order in which they are inlined; each may use those before it."""

POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def write_html(
    projection: Projection, path: str | os.PathLike[str], *, lang: str = "zh", title: str | None = None
) -> None:
    """Write the page of a projection as UTF-8, whole or not at all.

    ``lang`` (``zh`` or ``en``) is the language it opens in. Raises UsageError for another language and
    ExportError for a place that cannot be written.
    """
    page = render_html(projection, lang=lang, title=title).encode("utf-8")
    target = Path(path)
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.write_bytes(page)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise ExportError(f"{target}: {error.strerror or error}; choose a folder that can be written") from error


def render_html(projection: Projection, *, lang: str = "zh", title: str | None = None) -> str:
    """The page as text; the same projection gives the same text."""
    if lang not in LANGUAGES:
        raise UsageError(f"lang {lang!r} is unknown; choose one of {', '.join(LANGUAGES)}")
    packed = pack(projection)
    network = build_opening(packed.opening)
    scripts = [_vis_script(), *(_read_asset(f"scripts/{name}.js") for name in SCRIPTS)]
    style = _read_asset("page.css")
    network.heading = _clean(title or {"zh": "兵地融合图谱", "en": "Corps–locality graph"}[lang])
    network.set_template_dir(str(HERE), "page.html")
    network.templateEnv.autoescape = True
    network.templateEnv.filters["block"] = _block
    network.templateEnv.globals.update(
        lang=lang,
        page={"lang": lang, "level": packed.opening.level, **_captions()},
        policy=POLICY.format(scripts=_hashes(scripts), styles=_hashes([style])),
        scripts=[_raw(text) for text in scripts],
        style=_raw(style),
        chunks=[_raw_chunk(chunk) for chunk in packed.chunks],
    )
    return str(network.generate_html("page.html"))


def _captions() -> dict[str, Any]:
    """Colours, shapes and captions of types and relations, as the other exports use them."""
    return {
        "types": {
            kind: [TYPE_COLORS[kind], TYPE_SHAPES[kind], *(TYPE_CAPTIONS[lang][kind] for lang in LANGUAGES)]
            for kind in EntityType
        },
        "relations": {
            relation: [
                RELATION_COLORS[relation],
                _group(relation),
                relation in DIRECTED,
                *(RELATION_CAPTIONS[lang][relation] for lang in LANGUAGES),
            ]
            for relation in Relation
        },
    }


def _group(relation: Relation) -> str:
    if relation in COOPERATION:
        return "cooperation"
    return "geography" if relation in GEOGRAPHY else "structure"


def _vis_script() -> str:
    """vis-network as pyvis ships it.

    Its style sheet (220 KB, for buttons and menus that this page does not show) stays out, and so do the
    links to a content delivery network which pyvis's own template keeps even with ``in_line``.
    """
    import pyvis

    root = Path(pyvis.__file__).parent
    found = sorted((root / "lib").glob("vis-9*/vis-network.min.js"))
    if not found:
        raise ExportError(f"{root}: pyvis ships no vis-network 9; install pyvis 0.3.2")
    return _lines(found[-1].read_text("utf-8"))


def _read_asset(name: str) -> str:
    return _lines((HERE / name).read_text("utf-8"))


def _lines(text: str) -> str:
    # The HTML parser turns CR into LF before it hashes a script.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _hashes(texts: list[str]) -> str:
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _raw(text: str) -> Any:
    from markupsafe import Markup

    if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
        raise ExportError("a script of the page holds an end tag or a comment of HTML; it would be cut there")
    return Markup(text)  # noqa: S704  (our own files and pyvis's, checked above)


def _block(value: object) -> Any:
    """A value as JSON that cannot end the script element it stands in."""
    return _raw(value if isinstance(value, str) else render_json(value))


def _raw_chunk(chunk: Chunk) -> dict[str, Any]:
    return {"name": chunk.name, "encoding": chunk.encoding, "text": _raw(chunk.text)}
