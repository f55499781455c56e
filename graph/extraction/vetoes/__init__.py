"""Vetoes: what the words around two names forbid, whatever the scorers believe of them.

Each is about the language and not about what a text may say: a county before its township only tells where that
lies, a witness signs nothing, a donor whose part is denied (不是甲送的，而是乙送的) gave nothing.
"""

from __future__ import annotations

from ...model import COOPERATION, Relation
from ..candidates import LinkCandidate
from ..scene import Scene
from .lists import (
    has_own_partner,
    is_before_with,
    is_crossed,
    is_each_alone,
    is_introduced,
    is_next_partner,
    is_of_other_place,
    is_of_others,
    is_on_one_side,
    shares_ending,
)
from .places import is_aim, is_giver, lies_beside, only_leads
from .roles import (
    has_other_subject,
    is_broker,
    is_denied_part,
    is_errand,
    is_index,
    is_journey,
    is_parallel,
    is_passed,
    is_venue,
    is_witness,
    only_accompanies,
    only_adjoins,
    only_helps,
)

_TOGETHER = COOPERATION | {Relation.ADJOINS}
_LIES = frozenset({Relation.PART_OF, Relation.LOCATED_IN})
_OF_AID = (is_journey, is_errand, is_parallel)
_OF_COOPERATION = (
    is_denied_part,
    is_each_alone,
    is_on_one_side,
    is_before_with,
    shares_ending,
    has_own_partner,
    is_crossed,
    is_of_other_place,
    is_introduced,
    is_next_partner,
    is_passed,
    only_accompanies,
    only_adjoins,
    has_other_subject,
)


def is_forbidden(scene: Scene, relation: Relation, candidate: LinkCandidate) -> bool:
    """Whether the place of a candidate cannot state this relation."""
    if candidate.kind != "nest" and is_index(scene, candidate):
        return True
    if relation in _LIES:
        return lies_beside(scene, candidate) or is_aim(scene, candidate) or is_giver(scene, candidate)
    if relation in _TOGETHER and only_leads(scene, candidate):
        return True
    if relation == Relation.ADJOINS:
        return False
    ends = (candidate.first, candidate.second)
    if any(is_witness(scene, end) for end in ends):
        return True
    if relation == Relation.PARTY_TO:
        return is_of_others(scene, candidate)
    if relation == Relation.AIDS and any(veto(scene, candidate) for veto in _OF_AID):
        return True
    if relation == Relation.CO_HOSTS and (is_venue(scene, candidate) or only_helps(scene, candidate)):
        return True
    if relation not in COOPERATION:
        return False
    if relation != Relation.AIDS and any(is_broker(scene, end) for end in ends):
        return True
    return any(veto(scene, candidate) for veto in _OF_COOPERATION)
