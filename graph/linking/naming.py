"""Naming: what the units of a document are called, which of them are one entity, and what area a name tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from ..extraction.analysis import Analysis
from ..extraction.full_names import (
    drop_session,
    find_level,
    is_bare,
    list_formal,
    split_division,
    write_full,
    write_short,
    write_twins,
)
from ..extraction.names import ORGANISED
from ..extraction.references import Reference, find_area, is_pointing, read_references
from ..extraction.scene import Placed, Scene
from ..extraction.units import Unit
from ..gazetteer import GazetteerRow
from ..model import Document, Entity, EntityType, Relation, Span, entity_id
from ..reading.script import simplify
from .homes import find_nearest
from .statements import Statements

EXTENSIBLE = frozenset({EntityType.AGREEMENT, EntityType.INSTITUTION, EntityType.SITE, EntityType.INITIATIVE})
_GENERIC = re.compile(
    r"^(?:战略|全面|长期|友好|深度|对口|结对|框架|共建|合作|帮扶|支援|援助|交流|意向|合同|三方|双方|多方|投资|项目|产业|"
    r"教育|医疗|文化|旅游|科技|人才|校地|校企|兵地|联盟|的|与|和|、)*(?:协议|协议书|合同|备忘录|意向书|机制|方案|计划|制度|规划|意见|办法)$"
)
_DOCTRINE = re.compile(r"[“「『‘\"]?[一二三四五六七八九十两]个[\u4e00-\u9fff]{2,4}[”」』’\"]?")
"""Numbered precepts (三个离不开, 两个维护): words that are taught, no event or programme of their own."""
_SAYING = re.compile(r"[“「『‘\"][^”」』’\"]+就是[^”」』’\"]+[”」』’\"]")
"""A quoted sentence that says what something is (绿水青山就是金山银山)."""
_LISTED = frozenset({EntityType.CORPS, EntityType.DIVISION})
"""Types whose members are all in the gazetteer: what is not there (师市 in a text of several divisions) is nobody."""


def _is_said(surface: str) -> bool:
    """Whether a quoted name is a precept or a saying."""
    return bool(_DOCTRINE.fullmatch(surface) or _SAYING.fullmatch(surface))


@dataclass(frozen=True)
class Naming:
    """The entities of one document; ``statements`` tell who is a party to a paper without a name of its own."""

    statements: Statements

    @property
    def document(self) -> Document:
        """What is read."""
        return self.statements.document

    @property
    def analysis(self) -> Analysis:
        """What the scorers made of it."""
        return self.statements.analysis

    @property
    def _scene(self) -> Scene:
        return self.analysis.scene

    @cached_property
    def _believed(self) -> list[Unit]:
        analysis = self.analysis
        return [unit for unit in analysis.scene.units if analysis.accepted[unit.number] >= analysis.limit]

    @cached_property
    def _accepted(self) -> list[Unit]:
        return [
            unit
            for unit in self._believed
            if (unit.row or (unit.type not in _LISTED and any(len(surface) > 1 for surface in unit.surfaces)))
            and not (unit.type == EntityType.INITIATIVE and all(map(_is_said, unit.surfaces)))
        ]

    @cached_property
    def _references(self) -> dict[int, Reference]:
        return read_references(self._scene, {unit.number for unit in self._accepted})

    @cached_property
    def _called(self) -> dict[int, Unit]:
        """The accepted units, under the name of the area that owns them where their list tells it."""
        return {unit.number: self._own(unit) for unit in self._accepted}

    def _own(self, unit: Unit) -> Unit:
        owner = self._references.get(unit.number, Reference()).owner
        area = self._scene.text[slice(*owner)] if owner is not None else ""
        return replace(unit, surfaces=tuple(area + surface for surface in unit.surfaces)) if area else unit

    @cached_property
    def _homes(self) -> dict[int, GazetteerRow]:
        """The areas of the units that are named by the level of their area alone (市妇联)."""
        found = ((number, find_nearest(self._scene, unit, self._areas)) for number, unit in self._called.items())
        return {number: home for number, home in found if home is not None}

    @cached_property
    def entities(self) -> dict[int, Entity]:
        """The entity of each accepted unit, that of another unit where it only points there (该院)."""
        found: dict[int, Entity] = {}
        for unit in self._accepted:
            bare, area = find_area(unit, self._areas)
            if area is not None:
                found[unit.number] = self._read_entity(replace(unit, row=area))
            elif not bare and unit.number not in self._references:
                found[unit.number] = self._read_entity(unit)
        for number, reference in self._references.items():
            if reference.owner is not None:
                found[number] = self._read_entity(self._called[number])
            bearer = found.get(reference.unit) if reference.unit is not None else None
            if bearer is not None:
                kind = self._scene.units[number].type
                found[number] = _read_part(kind, bearer, reference.rest) if reference.rest else bearer
        return found

    @cached_property
    def _areas(self) -> list[GazetteerRow]:
        """Rows of the areas that the document names."""
        return [unit.row for unit in self._believed if unit.row]

    def _surfaces(self, unit: Unit) -> list[str]:
        names = self._scene.names
        written = {self.document.text[slice(*names[index].span)] for index in unit.names}
        return sorted({*unit.surfaces, *written, *unit.variants}, key=lambda item: (-len(item), item))

    def _read_entity(self, unit: Unit) -> Entity:
        code, called = "", list[str]()
        if unit.row is not None:
            name, code = unit.row.name, unit.row.code
        else:
            name, *called = self._list_names(unit)
        if unit.type in ORGANISED:
            twins = [twin for surface in (*called, *unit.surfaces) for twin in write_twins(surface)]
            formal = [full for known in (name, *called, *twins, *unit.variants) for full in list_formal(known)]
        else:
            twins, formal = [], []
        written = dict.fromkeys((*called, *self._surfaces(unit), *twins, *formal))
        aliases = tuple(
            alias for alias in written if alias != name and len(alias) > 1 and not _is_anybody(simplify(alias))
        )
        return Entity(id=entity_id(unit.type, name, code), type=unit.type, name=name, aliases=aliases, code=code)

    def _list_names(self, unit: Unit) -> list[str]:
        """What a unit without a row is called, and what else."""
        surface = unit.surfaces[0]
        name = write_canonical(drop_session(surface) if unit.type == EntityType.INSTITUTION else surface)
        level = find_level(surface) if unit.type in EXTENSIBLE else ""
        if level and (home := self._homes.get(unit.number)) is not None:
            full = write_full(surface, level, home)
            return [write_canonical(full), full, *write_short(surface, level, home), name]
        return [self._qualify(unit, name), name] if level or self._is_generic(unit, name) else [name]

    def _is_generic(self, unit: Unit, name: str) -> bool:
        return unit.type == EntityType.AGREEMENT and not name.startswith("《") and bool(_GENERIC.match(name))

    def _qualify(self, unit: Unit, name: str) -> str:
        """A name that many papers could carry, with the parties of this one or the document behind it."""
        parties = [
            link.head
            for link in self.analysis.links
            if link.relation == Relation.PARTY_TO
            and link.tail == unit.number
            and not self.statements.is_refused(link.relation, link.cases[0].candidate)
        ]
        shown = [self._scene.units[party] for party in dict.fromkeys(parties)][:3]
        known = "—".join(party.row.name if party.row else party.surfaces[0] for party in shown)
        return f"{name}（{known or self.document.title or self.document.name}）"

    def read_home(self, number: int) -> tuple[Entity, Placed, Span] | None:
        """The area that a name (州人民医院) or its list tells, the place of the name, and that of the area."""
        scene, owner = self._scene, self._references.get(number, Reference()).owner
        if owner is None:
            placed = scene.of_unit[number][0]
            start = placed.name.start
            told = start, start + len(find_level(scene.text[start : placed.name.end]))
            area = self._find_area(number) if told[0] < told[1] else None
        else:
            told, sentence = owner, scene.sentence_at(owner[0])
            placed = next(item for item in scene.of_unit[number] if item.sentence == sentence)
            named = (item.unit for item in scene.placed if item.name.span == owner)
            area = next((self.entities.get(unit) for unit in named), None) or self._find_area(number)
        return (area, placed, told) if area is not None else None

    def _find_area(self, number: int) -> Entity | None:
        """The entity of the area that a unit has its home in, where the text names it."""
        home = self._homes.get(number)
        return next((area for area in self.entities.values() if home is not None and area.code == home.code), None)


def _is_anybody(alias: str) -> bool:
    """Whether many bodies are called so: 该院, 公安局."""
    return is_pointing(alias) or is_bare(alias)


def write_canonical(surface: str) -> str:
    """The standard form of an open-class name: its leading division or regiment under its own full name."""
    row, rest = split_division(surface)
    return row.name + rest if row is not None and rest else surface


def _read_part(kind: EntityType, whole: Entity, rest: str) -> Entity:
    """The entity that a name points at by a pronoun for the whole: 该校工学院."""
    name = whole.name + rest
    return Entity(id=entity_id(kind, name, ""), type=kind, name=name)
