"""What the name of a body says of its unit: who owns it, and which places in it are not its own.

山东省援兵团干部管理组 is Shandong's and works in the corps; 台湾事务 is what an office deals with; 北京路 is
called after Beijing and lies elsewhere; a motorway lies in no single place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..gazetteer import GazetteerRow
from ..model import Entity, EntityType
from .places import Hit, Place, Places

_ADDED = re.compile("（[^（）]*）$")
"""What linking sets behind a name that many bodies share: the title of its document."""
_AID = re.compile(
    "(?:对口|组团)?(?:支援|(?<!法律)援助|帮扶|援建|(?<![支受救增声驰])援(?!助|建))|(?<![常进派入])[进派]?驻(?!地|军)"
)
_AIDING = re.compile("指挥[部组]|前指|工作[组队]|(?:[组队团部办]|办公室|办事处|代表处)$")
"""A group that is sent: it belongs to those who send it, wherever it works."""
_SUBJECT = re.compile("事务|同胞")
_CALLED_AFTER = re.compile(
    "[东西南北中]?(?:路(?![桥网政局段灯港况])|街(?![道区景])|大街|大道|巷|胡同)"
    "|道$|(?:广场|大厦|宾馆|饭店|酒店|[新东西南北]?(?:村|屯|庄)|社区|小区|街道)$"
)
_ROUTE = re.compile(
    "^(?:国道)?[GSXY][0-9]+|高速(?:公路)?$|高铁$|[铁公]路$|公路支?线$|[国省县]道(?:[0-9]+线?)?$"
    "|^[^—]*[—–~～-][^—]*(?:公路|道路|高速|铁路)"
)
_FORMATION = re.compile("(?:建设|农业)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The place that a name gives its body to, and those that it does not.

    ``sure`` where the name begins with its owner or names who sends the group, so that it may choose among
    structure links. ``foreign`` are places in the name that the body does not belong to, ``only`` that no
    place but the owner's can be right, ``nowhere`` that no place at all can.
    """

    owner: Place | None = None
    sure: bool = False
    foreign: tuple[Place, ...] = ()
    only: bool = False
    nowhere: bool = False


class Namer:
    """Reads names of bodies by the places that they hold."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def read(self, entity: Entity) -> Naming:
        """What the name of a site, an institution, a regiment or a locality says."""
        core = _ADDED.sub("", entity.name)
        if entity.type is EntityType.SITE and _ROUTE.search(core):
            return Naming(nowhere=True)
        hits = self._places.list_hits(core)
        if entity.type is EntityType.INSTITUTION:
            found = self._read_formation(core, hits) or self._read_sent(core, hits)
        else:
            found = self._read_built(core, hits) if entity.type is EntityType.SITE else None
        return found or self._read_owned(core, hits, ends=entity.type is not EntityType.LOCALITY)

    def covers(self, naming: Naming, place: Entity) -> bool:
        """Whether a structure link to ``place`` may stand beside the name."""
        if naming.nowhere:
            return False
        if naming.only and naming.owner is not None and _is_place(place):
            return self._places.are_in_line(naming.owner, place)
        own = naming.owner is not None and self._places.are_in_line(naming.owner, place)
        return own or not any(self._places.are_in_line(other, place) for other in naming.foreign)

    def is_nearest(self, naming: Naming, place: Entity) -> bool:
        """Whether nothing in the name speaks for another place than this."""
        if not naming.sure or naming.owner is None or not _is_place(place):
            return True
        return self._places.is_within(place, naming.owner)

    def _read_formation(self, name: str, hits: list[Hit]) -> Naming | None:
        """新疆生产建设第五师 is a division, wherever it was stationed."""
        last = hits[-1] if hits else None
        if last is None or last.end < len(name) or _kind_of(last.place) != EntityType.DIVISION:
            return None
        if last.start and not _FORMATION.search(name[: last.start]):
            return None
        return Naming(owner=last.place, sure=True, only=True)

    def _read_sent(self, name: str, hits: list[Hit]) -> Naming | None:
        """A group that one side sends to another; without a side that sends it, it is nobody's by name."""
        verb = _find_verb(name, hits)
        if verb is None or not _AIDING.search(name, verb.end()):
            return None
        before = [hit for hit in hits if hit.end <= verb.start()]
        after = [hit for hit in hits if hit.start >= verb.end()]
        giver = before[-1].place if before else None
        foreign = []
        for hit in after:
            if giver and hit.start > verb.end() and self._places.is_within(hit.place, giver):
                giver = hit.place
            else:
                foreign.append(hit.place)
        return Naming(owner=giver, sure=giver is not None, foreign=tuple(foreign), only=giver is not None)

    def _read_built(self, name: str, hits: list[Hit]) -> Naming | None:
        """A site that one side built for another lies with the other."""
        verb = _find_verb(name, hits)
        before = [hit.place for hit in hits if verb and hit.end <= verb.start()]
        after = [hit.place for hit in hits if verb and hit.start >= verb.end()]
        if not before:
            return None
        places = [*before[:-1], *after]
        return Naming(owner=places[-1] if places else None, foreign=(before[-1],))

    def _read_owned(self, name: str, hits: list[Hit], *, ends: bool) -> Naming:
        own = [hit for hit in hits if not _is_foreign(name, hit)]
        foreign = tuple(hit.place for hit in hits if _is_foreign(name, hit))
        if own and own[0].start == 0:
            return Naming(owner=own[0].place, sure=True, foreign=foreign)
        if hits and hits[0].start == 0 and not own:
            return Naming(foreign=foreign)
        return Naming(owner=self._choose_inside(name, own, ends=ends), foreign=foreign)

    def _choose_inside(self, name: str, hits: list[Hit], *, ends: bool) -> Place | None:
        """The longest; two characters say too little (西区 in 河西区) but for 新疆 and its like."""
        told = [hit for hit in hits if hit.longest > 2 or _level_of(hit.place) == "province"]
        if not ends:
            told = [hit for hit in told if hit.end < len(name) or _level_of(hit.place) not in ("town", "street")]
        return max(told, key=lambda hit: hit.longest).place if told else None


def _find_verb(name: str, hits: Iterable[Hit]) -> re.Match[str] | None:
    """The first verb of aiding or being stationed that is no part of a place's name."""
    spans = [(hit.start, hit.end) for hit in hits]
    verbs = _AID.finditer(name)
    return next((verb for verb in verbs if not any(start <= verb.start() < end for start, end in spans)), None)


def _is_foreign(name: str, hit: Hit) -> bool:
    """Whether a place is what a body deals with, or what a street or house is called after."""
    if _kind_of(hit.place) != EntityType.LOCALITY:
        return False
    if _SUBJECT.match(name, hit.end):
        return True
    return not hit.formal and _CALLED_AFTER.match(name, hit.end) is not None


def _is_place(entity: Entity) -> bool:
    return entity.type in (EntityType.LOCALITY, EntityType.CORPS, EntityType.DIVISION, EntityType.REGIMENT)


def _kind_of(place: Place) -> str:
    return str(place.type)


def _level_of(place: Place) -> str:
    return place.level if isinstance(place, GazetteerRow) else ""
