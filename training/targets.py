"""What the gold says of proposals: is this span a name, this unit an entity, this candidate a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..graph.extraction.candidates import LinkCandidate
from ..graph.extraction.link_rows import CLASSES, LinkKey
from ..graph.extraction.names import Name
from ..graph.extraction.scene import Scene
from ..graph.extraction.units import Unit
from ..graph.model import DIRECTED, Relation
from .corpus import Example
from .keys import name_key
from .names import align_names
from .score import GoldNames, link_key

_PLACE = {label: place for place, label in enumerate(CLASSES)}


def judge_names(example: Example, names: Sequence[Name]) -> list[bool | None]:
    """True where a span is exactly a gold name of its type; None where the gold leaves it open."""
    aligned = align_names(example)
    exact = {(item.start, item.end): item for item in aligned}
    found: list[bool | None] = []
    for name in names:
        item = exact.get((name.start, name.end))
        if item is not None:
            found.append(item.type == name.type if item.type else None)
            continue
        touched = [item for item in aligned if item.start < name.end and name.start < item.end]
        found.append(None if touched and not any(item.type for item in touched) else False)
    return found


def list_names(unit: Unit) -> tuple[str, ...]:
    """The names under which a unit is scored: the formal one first."""
    return (unit.row.name, *unit.surfaces) if unit.row else (*unit.surfaces, *unit.variants)


def judge_units(example: Example, scene: Scene) -> tuple[list[bool | None], list[str]]:
    """For each unit whether it is a gold entity (None: optional), and the gold name it stands for or empty."""
    keys = example.keys()
    optional = {name_key(name) for name in example.optional_entities}
    verdicts: list[bool | None] = []
    gold: list[str] = []
    for unit in scene.units:
        wanted = [name_key(name) for name in list_names(unit)]
        entity = next((keys[key] for key in wanted if key in keys), None)
        gold.append(entity.name if entity else "")
        if entity is None and any(key in optional for key in wanted):
            verdicts.append(None)
        else:
            verdicts.append(entity is not None and entity.type == unit.type)
    return verdicts, gold


def _list_gold(example: Example, scene: Scene) -> dict[tuple[str, str], list[tuple[Relation, str, int]]]:
    found: dict[tuple[str, str], list[tuple[Relation, str, int]]] = defaultdict(list)
    for link in example.links:
        relation = Relation(link.relation)
        relation = Relation.PART_OF if relation == Relation.LOCATED_IN else relation
        place = scene.sentence_at((link.quote[0] + link.quote[1] - 1) // 2) if link.quote else -1
        found[link.head, link.tail].append((relation, ">", place))
        found[link.tail, link.head].append((relation, "<", place))
    return found


def judge_candidates(
    example: Example, scene: Scene, candidates: Sequence[LinkCandidate]
) -> list[frozenset[int] | None]:
    """The classes that the gold gives a candidate, where its sentence states them; None where it is open."""
    verdicts, gold = judge_units(example, scene)
    links = _list_gold(example, scene)
    names = GoldNames(example)
    optional = {frozenset((names.resolve((a,)), names.resolve((b,)))) for a, _, b in example.optional_links}
    found: list[frozenset[int] | None] = []
    for candidate in candidates:
        first, second = gold[candidate.first.unit], gold[candidate.second.unit]
        if not first or not second or first == second:
            open_ends = verdicts[candidate.first.unit] is None or verdicts[candidate.second.unit] is None
            found.append(None if open_ends else frozenset())
            continue
        stated, elsewhere = set(), False
        for relation, mark, place in links.get((first, second), ()):
            near = candidate.kind == "nest" or candidate.second.name.start - candidate.first.name.end <= 1
            if place == candidate.sentence or (relation == Relation.PART_OF and near):
                stated.add(_PLACE[relation, mark if relation in DIRECTED else "="])
            else:
                elsewhere = True
        doubtful = not stated and (elsewhere or frozenset((first, second)) in optional)
        found.append(None if doubtful else frozenset(stated))
    return found


def judge_links(example: Example, scene: Scene, keys: Sequence[LinkKey]) -> list[bool | None]:
    """Whether the gold has each link, wherever it is stated; None where it is optional."""
    names = GoldNames(example)
    gold = {link_key(link.head, link.relation, link.tail) for link in example.links}
    optional = {
        link_key(names.resolve((a,)), relation, names.resolve((b,))) for a, relation, b in example.optional_links
    }
    resolved = [names.resolve(list_names(unit)) for unit in scene.units]
    found: list[bool | None] = []
    for head, relation, tail in keys:
        key = link_key(resolved[head], relation, resolved[tail])
        touches = key[0] in names.optional or key[2] in names.optional or key[0] == key[2]
        found.append(True if key in gold else None if key in optional or touches else False)
    return found
