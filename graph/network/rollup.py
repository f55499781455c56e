"""Which division or locality each entity belongs to, and why.

A division, the corps and a locality from county level up stand for themselves. Anything else belongs to the
unit that structure links lead to (part_of before located_in), else to the one above it in the gazetteer,
else to the one that its name gives it to. A name also goes before structure that it rules out: 山东省援兵团干部管理组
is Shandong's, whatever part_of says of the corps. Agreements and initiatives belong to their parties, so their
names decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..gazetteer import Gazetteer, GazetteerRow, load_gazetteer
from ..model import Entity, EntityType, Relation, entity_id
from ..store import Membership, Store
from ..version import get_builder
from .naming import Namer, Naming
from .places import Places, stands_alone

RULES = 2
"""Counted up when the rules of this file change, so that stores work their units out anew."""
MOST_STEPS = 6
"""Structure that is longer than office, regiment, division and their like is a mistake of reading."""

SELF, STRUCTURE, GAZETTEER, NAME = "self", "structure", "gazetteer", "name"
_NAMED_BY_PLACE = frozenset({EntityType.INSTITUTION, EntityType.SITE, EntityType.REGIMENT, EntityType.LOCALITY})
Parents = Mapping[str, tuple[str, ...]]


def prepare_units(store: Store) -> None:
    """See that the roll-up of ``store`` belongs to its present state; worked out once after a change."""
    stamp = f"{get_builder()}/{RULES}"
    if not store.has_memberships(stamp):
        units, memberships = find_units(store)
        store.write_memberships(units, memberships, stamp=stamp)


def find_units(
    store: Store, *, gazetteer: Gazetteer | None = None
) -> tuple[tuple[Entity, ...], tuple[Membership, ...]]:
    """All units that something belongs to, and the unit of every entity, both in the order of ids."""
    rollup = Rollup(store.iter_entities(), store.iter_ties(Relation.PART_OF, Relation.LOCATED_IN), gazetteer=gazetteer)
    memberships = tuple(rollup.iter_memberships())
    wanted = {membership.unit for membership in memberships if membership.unit}
    return tuple(rollup.units[key] for key in sorted(wanted)), memberships


class Rollup:
    """Entities and their structure, laid out to ask for the unit of each."""

    def __init__(
        self,
        entities: Iterable[Entity],
        ties: Iterable[tuple[str, Relation, str, int]],
        *,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self._gazetteer = load_gazetteer() if gazetteer is None else gazetteer
        self._entities = {entity.id: entity for entity in entities}
        self._namer = Namer(Places(self._gazetteer, self._entities.values()))
        self._namings: dict[str, Naming] = {}
        self._part_of, self._any = self._order_parents(ties)
        self.units = {key: entity for key, entity in self._entities.items() if self._is_unit(entity)}

    def iter_memberships(self) -> Iterator[Membership]:
        """The unit of each entity, or none, with the reason."""
        for key in sorted(self._entities):
            unit, reason = self.find_unit(self._entities[key])
            yield Membership(entity=key, unit=unit, reason=reason)

    def find_unit(self, entity: Entity) -> tuple[str, str]:
        """Id of the unit and the reason; both empty where nothing tells."""
        if entity.id in self.units:
            return entity.id, SELF
        above = self._climb(entity)
        if unit := next(filter(None, map(self._find_fixed, above)), ""):
            return unit, STRUCTURE
        if unit := self._find_fixed(entity):
            return unit, GAZETTEER
        if unit := self._find_by_name(entity):
            return unit, NAME
        if unit := next(filter(None, map(self._find_by_name, above)), ""):
            return unit, STRUCTURE
        return "", ""

    def _climb(self, entity: Entity) -> list[Entity]:
        """Entities above, nearest first: by ``part_of`` alone as far as that leads, then by any structure.

        A regiment may lie in a county; it belongs to its division all the same.
        """
        above = dict.fromkeys(self._iter_above(entity.id, self._part_of))
        if entity.type is not EntityType.REGIMENT:
            above |= dict.fromkeys(self._iter_above(entity.id, self._any))
        return [self._entities[key] for key in above]

    def _iter_above(self, start: str, parents: Parents) -> Iterator[str]:
        seen, level = {start}, [start]
        for _ in range(MOST_STEPS):
            level = list(dict.fromkeys(key for child in level for key in parents.get(child, ()) if key not in seen))
            seen.update(level)
            yield from level

    def _find_fixed(self, entity: Entity) -> str:
        """The entity itself, or the unit above it in the gazetteer."""
        if entity.id in self.units:
            return entity.id
        if entity.code not in self._gazetteer.by_code:
            return ""
        return self._get_unit_of_row(self._gazetteer.by_code[entity.code])

    def _find_by_name(self, entity: Entity) -> str:
        found = self._read_name(entity).owner
        if isinstance(found, GazetteerRow):
            return self._get_unit_of_row(found)
        return "" if found is None or found.id == entity.id else self.find_unit(found)[0]

    def _get_unit_of_row(self, row: GazetteerRow) -> str:
        """The id of the unit that a row is or lies in; a unit that no document names is made from its row."""
        for place in (row, *self._gazetteer.ancestors(row.code)):
            if stands_alone(place.type, name=place.name, level=place.level):
                kind = EntityType(place.type)
                key = entity_id(kind, place.name, place.code)
                self.units.setdefault(key, Entity(id=key, type=kind, name=place.name, code=place.code))
                return key
        return ""

    def _is_unit(self, entity: Entity) -> bool:
        row = self._gazetteer.by_code.get(entity.code)
        return stands_alone(str(entity.type), name=entity.name, level=row.level if row else "")

    def _read_name(self, entity: Entity) -> Naming:
        if entity.id not in self._namings:
            named = entity.type in _NAMED_BY_PLACE
            self._namings[entity.id] = self._namer.read(entity) if named else Naming()
        return self._namings[entity.id]

    def _order_parents(self, ties: Iterable[tuple[str, Relation, str, int]]) -> tuple[Parents, Parents]:
        """Parents of each entity by ``part_of``, and by any structure, without those that its name rules out.

        What the name speaks for comes first, then most evidence, then the order of ids.
        """
        found: dict[str, list[tuple[bool, bool, int, str]]] = defaultdict(list)
        for head, relation, tail, weight in ties:
            if head in self._entities and tail in self._entities:
                naming, place = self._read_name(self._entities[head]), self._entities[tail]
                if self._namer.covers(naming, place):
                    further = not self._namer.is_nearest(naming, place)
                    found[head].append((relation is not Relation.PART_OF, further, -weight, tail))
        for parents in found.values():
            parents.sort()
        inner = {head: tuple(tail for lies, *_, tail in parents if not lies) for head, parents in found.items()}
        return inner, {head: tuple(tail for *_, tail in parents) for head, parents in found.items()}
