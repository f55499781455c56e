"""Vetoes about places: which only lead to another, lie beside each other, or are whom a body is sent to."""

from __future__ import annotations

import re

from ...gazetteer import load_gazetteer
from ...model import EntityType, Span
from ..candidates import LinkCandidate
from ..scene import Placed, Scene

PLACED = frozenset({EntityType.REGIMENT, EntityType.LOCALITY, EntityType.DIVISION})
_SMALL = frozenset({"town", "street"})
_HOME = frozenset({"xinjiang", "corps"})
LEADING = PLACED | {EntityType.CORPS}
_SIDE_BY_SIDE = re.compile(r"\s*(?:[与同和跟及、]|以及|到|至|[—–－~～-](?!—))\s*")
"""Between two places that lie beside each other, not one in the other."""
_VISITORS = re.compile(r"(?:党政)?(?:代表[团队]|考察[团组队]|[参访]观团|访问团|[慰学][问习][团组]|调研组|观摩团|一行)")
_MASKED = re.compile(r"第?[*×＊]{1,4}[师团]")
_SENDING = "(?:支援|援助|帮扶|(?<![支受救增声])援|(?<![进常])驻)"
_SENT_TO = re.compile(f"{_SENDING}$")
_SENT_TO_UNIT = re.compile(f"{_SENDING}(?:新疆)?(?:生产建设)?(?:兵团)?$")
_STREET = re.compile("[东西南北中]?(?:路(?![桥网政局段])|大道|街(?![道区]))")
_LEVEL_ENDS = "省市州县区镇乡旗盟"


def is_in(placed: Placed, span: Span) -> bool:
    """Whether a name lies in a span of the text."""
    return span[0] <= placed.name.start and placed.name.end <= span[1]


def only_leads(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end only says where the name behind it lies, which is no end: 甲与乙县丙镇 ties 甲 to 丙镇."""
    first, second = candidate.first, candidate.second
    return any(
        end.sentence == candidate.sentence and other.name.start != end.name.end and _leads(scene, end)
        for end, other in ((first, second), (second, first))
        if end.name.type in LEADING and other.name.outer is None
    )


def _leads(scene: Scene, placed: Placed) -> bool:
    """Whether what is named right behind an area lies in it, as far as is known: not 沪 before 苏, but 兵团第**师."""
    if _MASKED.match(scene.text, placed.name.end):
        return True
    behind = (item for item in scene.in_sentence[placed.sentence] if item.name.start == placed.name.end)
    following = next((item for item in behind if item.name.outer is None), None)
    if following is None or following.name.type not in PLACED:
        return False
    area, row = scene.units[placed.unit].row, scene.units[following.unit].row
    if area is None:
        return False
    if row is None:
        return following.name.type == EntityType.LOCALITY == area.type and area.level not in _SMALL
    return area.code in {above.code for above in load_gazetteer().ancestors(row.code)}


def lies_beside(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether two places are named as equals, or a delegation of the one is a guest in the other."""
    first, second = candidate.first.name, candidate.second.name
    if candidate.kind != "pair" or first.outer or second.outer or not {first.type, second.type} <= PLACED:
        return False
    between = scene.text[first.end : second.start]
    return bool(_SIDE_BY_SIDE.fullmatch(between) or _VISITORS.match(between))


def is_aim(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether a name tells whom its body aids or is sent to (甲市援乙师工作组), or what a street is called after."""
    outer, inner = sorted((candidate.first.name, candidate.second.name), key=lambda name: name.start - name.end)
    if candidate.kind != "nest" or inner.type not in LEADING:
        return False
    before = scene.text[outer.start : inner.start]
    if len(before) > 1 and (_SENT_TO if inner.type == EntityType.LOCALITY else _SENT_TO_UNIT).search(before):
        return True
    called = scene.text[inner.end - 1] not in _LEVEL_ENDS and _STREET.match(scene.text, inner.end, outer.end)
    return inner.type == EntityType.LOCALITY and bool(called)


def is_giver(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether a site in Xinjiang is only called after who paid for it: 北京市 in 北京和田工业园区, 福建援疆产业基地."""
    outer, inner = sorted((candidate.first, candidate.second), key=lambda placed: placed.name.start - placed.name.end)
    if candidate.kind != "nest" or (outer.name.type, inner.name.type) != (EntityType.SITE, EntityType.LOCALITY):
        return False
    inside = [item for item in scene.in_sentence[outer.sentence] if is_in(item, outer.name.span)]
    sides = {scene.side(item.unit) for item in inside if item.name.type in PLACED}
    home = "援" in scene.text[inner.name.end : outer.name.end] or not _HOME.isdisjoint(sides)
    return home and scene.side(inner.unit) == "inland"
