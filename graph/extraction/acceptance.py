"""Which proposed units are entities of the document: features of a unit for a learned scorer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .names import TYPE_LETTERS
from .pair_features import bucket
from .scene import Placed, Scene

_BYLINE = re.compile(r"记者|通讯员|来源|编辑|责编|供稿|摄|作者|日报讯|报讯|电\b")


def read_unit_features(scene: Scene, number: int) -> list[str]:
    """Features of one unit, each a short string."""
    kind = TYPE_LETTERS[scene.units[number].type]
    features = list_unit_features(scene, number)
    return ["bias", f"t={kind}", *features, *(f"{kind}|{feature}" for feature in features)]


def list_unit_features(scene: Scene, number: int) -> list[str]:
    """Features of one unit that do not say its type."""
    placed = scene.of_unit[number]
    return [*_iter_scores(placed), *_iter_form(scene, number), *_iter_place(scene, scene.first_of(number))]


def _iter_scores(placed: list[Placed]) -> Iterator[str]:
    free = [item for item in placed if item.name.outer is None]
    best = max((item.name.score for item in free), default=-1.0)
    yield f"best={int(best * 10)}"
    yield f"mean={int(10 * sum(item.name.score for item in free) / len(free)) if free else -1}"
    rules = Counter(item.name.rule for item in placed)
    yield "rules=" + "".join(sorted(rule[0] for rule in rules))
    yield f"free={min(len(free), 4)}"
    yield f"nested={min(len(placed) - len(free), 3)}"
    if not free:
        outer = max(item.name.score for item in placed)
        yield f"outer={int(outer * 5)}"


def _iter_form(scene: Scene, number: int) -> Iterator[str]:
    unit = scene.units[number]
    surface = unit.surfaces[0]
    yield f"length={bucket(len(surface))}"
    yield f"last={surface[-1]}"
    yield f"last2={surface[-2:]}"
    yield f"first={surface[:2]}"
    yield f"level={unit.row.level if unit.row else '-'}"
    yield f"side={scene.side(number)}"
    if len(surface) <= 6:
        yield f"name={surface}"
    yield f"full={unit.row is not None and unit.row.name in unit.surfaces:d}"
    yield f"variants={min(len(unit.surfaces), 3)}"
    yield f"title={number in scene.titled:d}"


def _iter_place(scene: Scene, first: Placed) -> Iterator[str]:
    start, end = first.name.start, first.name.end
    yield f"before={scene.text[start - 1 : start]}"
    yield f"after={scene.text[end : end + 1]}"
    yield f"before2={scene.text[max(start - 2, 0) : start]}"
    yield f"after2={scene.text[end : end + 2]}"
    sentence = scene.sentences[first.sentence]
    yield f"byline={_BYLINE.search(scene.text[sentence.start : sentence.end]) is not None:d}"
    yield f"part={4 * first.sentence // max(len(scene.sentences), 1)}"
    if first.name.outer:
        around = (item for item in scene.in_sentence[first.sentence] if item.name.span == first.name.outer)
        outer = next(around, first)
        lead = first.name.start - outer.name.start
        rest = scene.text[first.name.end : outer.name.end]
        yield f"in={TYPE_LETTERS[outer.name.type]}{'p' if lead == 0 else 'n'}"
        yield f"rest={rest[:2]}"
        yield f"tail={rest[-2:]}"
        yield f"restlen={bucket(len(rest))}"
        others = [p for p in scene.in_sentence[first.sentence] if p.name.outer == first.name.outer]
        yield f"inorder={others.index(first)}{min(len(others), 3)}"
