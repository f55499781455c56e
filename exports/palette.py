"""Colours, shapes and captions that every picture of the graph shares.

The hues are those of Okabe and Ito (Color Universal Design, 2008), which people with any of the common
kinds of colour blindness tell apart; a shape repeats what the colour says.
"""

from __future__ import annotations

from typing import Final

from ..graph.model import EntityType, Relation

TYPE_COLORS: Final[dict[EntityType, str]] = {
    EntityType.CORPS: "#d55e00",
    EntityType.DIVISION: "#e69f00",
    EntityType.REGIMENT: "#f0e442",
    EntityType.LOCALITY: "#0072b2",
    EntityType.INSTITUTION: "#56b4e9",
    EntityType.SITE: "#009e73",
    EntityType.AGREEMENT: "#cc79a7",
    EntityType.INITIATIVE: "#4d4d4d",
}
"""``#rrggbb`` of each entity type."""

TYPE_SHAPES: Final[dict[EntityType, str]] = {
    EntityType.CORPS: "star",
    EntityType.DIVISION: "hexagon",
    EntityType.REGIMENT: "square",
    EntityType.LOCALITY: "dot",
    EntityType.INSTITUTION: "diamond",
    EntityType.SITE: "triangle",
    EntityType.AGREEMENT: "triangleDown",
    EntityType.INITIATIVE: "box",
}
"""Shape of each entity type, by its name in vis-network."""

RELATION_COLORS: Final[dict[Relation, str]] = {
    Relation.AIDS: "#d55e00",
    Relation.SIGNS_AGREEMENT_WITH: "#0072b2",
    Relation.CO_BUILDS: "#009e73",
    Relation.CO_HOSTS: "#cc79a7",
    Relation.EXCHANGES_WITH: "#e69f00",
    Relation.COOPERATES_WITH: "#56b4e9",
    Relation.ADJOINS: "#f0e442",
    Relation.CONNECTS: "#000000",
    Relation.PARTY_TO: "#5f5f5f",
    Relation.PART_OF: "#939393",
    Relation.LOCATED_IN: "#c8c8c8",
}
"""``#rrggbb`` of each relation: hues for cooperation and geography, greys for structure."""

TYPE_CAPTIONS: Final[dict[str, dict[EntityType, str]]] = {
    "zh": {
        EntityType.CORPS: "兵团",
        EntityType.DIVISION: "师",
        EntityType.REGIMENT: "团场",
        EntityType.LOCALITY: "地方",
        EntityType.INSTITUTION: "机构",
        EntityType.SITE: "场所",
        EntityType.AGREEMENT: "协议",
        EntityType.INITIATIVE: "项目活动",
    },
    "en": {kind: str(kind) for kind in EntityType},
}
"""What a reader sees for each entity type, by language; the command line says the same."""

RELATION_CAPTIONS: Final[dict[str, dict[Relation, str]]] = {
    "zh": {
        Relation.AIDS: "援助",
        Relation.SIGNS_AGREEMENT_WITH: "签订协议",
        Relation.CO_BUILDS: "共建",
        Relation.CO_HOSTS: "联合举办",
        Relation.EXCHANGES_WITH: "交流",
        Relation.COOPERATES_WITH: "合作",
        Relation.ADJOINS: "毗邻",
        Relation.CONNECTS: "连接",
        Relation.PARTY_TO: "参与",
        Relation.PART_OF: "隶属",
        Relation.LOCATED_IN: "位于",
    },
    "en": {
        Relation.AIDS: "aids",
        Relation.SIGNS_AGREEMENT_WITH: "signs agreement with",
        Relation.CO_BUILDS: "co-builds",
        Relation.CO_HOSTS: "co-hosts",
        Relation.EXCHANGES_WITH: "exchanges with",
        Relation.COOPERATES_WITH: "cooperates with",
        Relation.ADJOINS: "adjoins",
        Relation.CONNECTS: "connects",
        Relation.PARTY_TO: "party to",
        Relation.PART_OF: "part of",
        Relation.LOCATED_IN: "located in",
    },
}
"""What a reader sees for each relation, by language; the command line says the same."""


def parse_color(color: str) -> tuple[int, int, int]:
    """Red, green and blue (0–255) of ``#rrggbb``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
