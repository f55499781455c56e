"""What a person types → the one entity that is meant."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator

from ..errors import AmbiguousNameError, NameNotFoundError
from ..model import Entity, EntityType
from ..names import name_key
from ..reading.script import simplify
from ..store import Store

_ID = re.compile(r"[0-9a-fA-F]{16}")
_LATIN = re.compile(r"[0-9A-Za-zÜü' ]*[A-Za-zÜü][0-9A-Za-zÜü' ]*")
# What a place's formal name adds to the name that people use: 天津 + 市, 昌吉 + 回族自治州.
_PLACE_ENDING = re.compile(
    "(?:特别行政区|市辖区|新区|林区|地区|街道办事处|街道|社区|省|市|盟|州|县|区|旗|镇|乡|村"
    "|(?:(?:维吾尔|哈萨克|蒙古|柯尔克孜|塔吉克|锡伯|回|藏|壮|[\u4e00-\u9fff]{1,6}族)族?)*自治(?:区|州|县|旗))"
)
_CANDIDATES = 5
_LEAST_SIMILARITY = 0.25


def find_entity(store: Store, name: str) -> Entity:
    """The entity that ``name`` means; raises NameNotFoundError or AmbiguousNameError.

    Tried in this order, and the first that finds anything decides: an id; a canonical name as it stands;
    a canonical name, then an alias, as keys (12师, 兵团第十二师, traditional script); a gazetteer code or a
    name that the gazetteer knows (农十二师); a place without its ending (昌吉); pinyin or its initials.
    """
    for search in (_iter_by_id, _iter_by_key, _iter_by_gazetteer, _iter_by_place, _iter_by_pinyin):
        if found := tuple(search(store, name)):
            return _choose(name, found)
    raise NameNotFoundError(name, candidates=find_nearest(store, name))


def find_others(store: Store, name: str, *, chosen: str) -> tuple[Entity, ...]:
    """Other places that ``name`` may mean: 昌吉市 where 昌吉 was taken as 昌吉州 (``chosen``, its id).

    A division counts by its city: 第十师 where 北屯 was taken as 北屯镇. None where the name is the canonical one of
    what was chosen, unless that is a place which no table knows (铁门关 beside 铁门关市).
    """
    taken = store.get_entity(chosen)
    formal = taken.code or taken.type is not EntityType.LOCALITY
    if formal and name_key(name) == name_key(taken.name):
        return ()
    return tuple(other for other in (*_iter_by_place(store, name), *_iter_by_city(store, name)) if other.id != chosen)


def _choose(name: str, found: tuple[Entity, ...]) -> Entity:
    if len(found) == 1:
        return found[0]
    choices = tuple((entity.id, entity.name, str(entity.type)) for entity in found)
    raise AmbiguousNameError(name, candidates=choices)


def _iter_by_id(store: Store, name: str) -> Iterator[Entity]:
    if _ID.fullmatch(name.strip()):
        try:
            yield store.get_entity(name.strip().lower())
        except NameNotFoundError:
            return


def _iter_by_key(store: Store, name: str) -> Iterable[Entity]:
    """Those with the name itself, else those whose canonical name has its key, else those with the alias."""
    key = name_key(name)
    found = store.find_entities(name) if key else ()
    return (
        [entity for entity in found if entity.name == name.strip()]
        or [entity for entity in found if name_key(entity.name) == key]
        or found
    )


def _iter_by_gazetteer(store: Store, name: str) -> Iterable[Entity]:
    """Entities that stand for a gazetteer row of this code or name, under whatever name they are stored."""
    from ..gazetteer import load_gazetteer

    gazetteer = load_gazetteer()
    typed = simplify(name.strip())
    row = gazetteer.by_code.get(typed.upper())
    found = {
        entity.id: entity
        for row in ((row,) if row else gazetteer.by_key.get(typed, ()))
        for entity in store.find_entities(row.name)
        if entity.type == row.type and entity.code in ("", row.code)
    }
    return found.values()


def _iter_by_place(store: Store, name: str) -> Iterator[Entity]:
    key = name_key(name)
    for entity in store.iter_entities_with(name) if len(key) > 1 else ():
        if entity.type is EntityType.LOCALITY and key in map(cut_ending, _iter_names(entity)):
            yield entity


def _iter_by_city(store: Store, name: str) -> Iterator[Entity]:
    """Divisions that are one with the city of this name: 第十师 for 北屯."""
    city = f"{name_key(name)}市"
    for entity in store.iter_entities_with(name) if len(city) > 2 else ():
        if entity.type is EntityType.DIVISION and any(known.endswith(city) for known in _iter_names(entity)):
            yield entity


def _iter_names(entity: Entity) -> Iterator[str]:
    return map(name_key, (entity.name, *entity.aliases))


def cut_ending(place: str) -> str:
    """A place's name without what its formal name adds: 昌吉 of 昌吉回族自治州."""
    for at in range(2, len(place)):
        if _PLACE_ENDING.fullmatch(place, at):
            return place[:at]
    return place


def _iter_by_pinyin(store: Store, name: str) -> Iterator[Entity]:
    """Entities with a name whose syllables, else whose initials, are ``name``; the canonical name first."""
    if not _LATIN.fullmatch(name):
        return
    typed = "".join(name.replace("'", "").split()).lower().replace("ü", "v")
    for initials in (False, True):
        if found := _match_spelling(store, typed, initials=initials):
            yield from found
            return


def _match_spelling(store: Store, typed: str, *, initials: bool) -> list[Entity]:
    # pypinyin takes 0.3 s to load: only what cannot be anything else waits for it.
    from .pinyin import is_spelled

    def spells(name: str) -> bool:
        return any(is_spelled(form, typed, initials=initials) for form in _iter_spelled(name))

    canonical, others = [], []
    for entity in store.iter_entities():
        if spells(entity.name):
            canonical.append(entity)
        elif any(map(spells, entity.aliases)):
            others.append(entity)
    return canonical or others


def _iter_spelled(name: str) -> Iterator[str]:
    """The forms of a name that are spelled: as it stands, without 第, its key (12师), without its ending."""
    yield name
    if name.startswith("第"):
        yield name[1:]
    key = name_key(name)
    yield key
    yield cut_ending(key)


def find_nearest(store: Store, name: str) -> tuple[str, ...]:
    """Up to five canonical names that look most like ``name``, the most alike first."""
    key = name_key(name) or name
    scored = ((measure_likeness(key, entity), entity.name) for entity in store.iter_entities())
    best = heapq.nsmallest(_CANDIDATES, {(-score, found) for score, found in scored if score >= _LEAST_SIMILARITY})
    return tuple(dict.fromkeys(found for _, found in best))


def measure_likeness(key: str, entity: Entity) -> float:
    """How alike a typed key and the best of an entity's names are, from 0 to 1."""
    return max(_compare(key, known) for known in _iter_names(entity))


def _compare(left: str, right: str) -> float:
    """The Dice coefficient of the characters and pairs of neighbouring characters of both."""
    first, second = _split_grams(left), _split_grams(right)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _split_grams(text: str) -> set[str]:
    return {*text, *(text[at : at + 2] for at in range(len(text) - 1))}
