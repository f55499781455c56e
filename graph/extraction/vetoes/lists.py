"""Vetoes about lists: who of 甲、乙与丙 is tied to whom, and who acts alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ...model import EntityType
from ..candidates import LinkCandidate, acts_together, split_run
from ..scene import Placed, Scene
from .places import PLACED

_WITH = re.compile("[与同跟]|以及")
_NOT_TOGETHER = r"(?![^，,。；;]{0,30}(?:联合|共同|合办|联办|携手|联手|一起|一同|一道|之间))"
"""Unless the clause goes on to say that all of them do it."""
_SIDE = re.compile(r"等[^，,。；;、与同和跟]{1,12}(?:分别|陆续|先后|各自)?(?<!一)[与同跟]" + _NOT_TOGETHER)
"""The rest of a list and the word before its partner: 等八家企业与丙签约."""
_EACH_WITH = re.compile(
    r"(?:(?:[都均也又还再已曾]|近日|日前|当天|此前|逐一|逐个|先后|相继|陆续|依次|分别|各自){1,3}"
    r"|(?:等?[0-9一二三四五六七八九十两]+[个家所][^，,。；;与同和跟]{0,4})?(?:[，,][^，,。；;与同和跟]{0,12}?)?(?:则|都已?|均已?|逐一|分别|各自|依次){1,2}"
    r"|(?:依次|分别|先后|逐一)[^，,。；;与同和跟]{2,4}[，,])[与同跟和](?![时年期样步心等意行])" + _NOT_TOGETHER
)
"""Words with which each of a list has the partner that follows: 甲、乙都已同丙签了约; 甲、乙，两个近邻，各自和丙签."""
_INTRODUCED = re.compile(
    r"(?:[与同跟和][^，,。；;]{1,16}(?:签|达成|结成)[^。；;另方]{0,16}|(?:签约|合作|结对)的?(?:伙伴|对象|单位|企业|央企|高校|院校)|对方|另一[边方])"
    r"[^。；;与同跟另方]{0,10}(?:是|为|有|坐着|包括)(?:[0-9一二三四五六七八九十两]+[家个所])?[:：—]*$"
)
"""What introduces a list of those who each stand on the other side: 五家企业与丙签约，它们是甲、乙."""
_UNNAMED = re.compile(
    r"(?:的[^，,。；;]{1,4})?[与同跟][^，,。；;与同和跟]{2,12}(?:签订|签署|签下|签了|订立|达成)[^，,。；;]{0,16}[，,；;]"
)
"""A body and its unnamed partner, up to the end of their clause: 与当地一家合作社签订了合同，"""
_RESPECTIVELY = re.compile("分别|依次|逐一对|一一对|对应|各自")
_LONGEST_TIE = 16
_AGAIN_WITH = re.compile(r"[，,；;]\s?(?:又|还|也|再|并|随后|接着|同时|之后)[与同和跟]$")
_TWO_BY_TWO = re.compile(r"\s*(?:分别|各自|两两)")
_EACH = re.compile(
    r"[也还都]?(?:先后|相继|陆续|各自|分头)[也还都]?(?:举办|开展|举行|召开|办起|建起|建成|建了|成立|启动|出台|组织|开通|实施|推出|完成|获得)"
)
_PAPERS = frozenset({EntityType.AGREEMENT, EntityType.INITIATIVE})
_PARTIES = PLACED | {EntityType.CORPS, EntityType.INSTITUTION}
_NEXT_CLAUSE = re.compile(r"[^，,。；;]{0,6}[，,；;]\s*(?:[^，,。；;与同和跟向为对]{0,8}[，,])?")


def has_own_partner(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the first has an unnamed partner in its own clause: 甲与当地一家合作社签订了合同，乙…."""
    first, second = candidate.first.name, candidate.second.name
    if candidate.kind != "pair":
        return False
    unnamed = _UNNAMED.match(scene.text, first.end)
    if unnamed is None or unnamed.end() > second.start:
        return False
    names = scene.outer.get(candidate.sentence, ())
    return not any(first.end <= item.name.start < unnamed.end() for item in names)


def is_crossed(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether a list ties its members two by two, and these are of different pairs: 甲与乙、丙与丁分别签订."""
    run = _find_run(scene, candidate)
    if len(run) < 4 or len(run) % 2 or not _TWO_BY_TWO.match(scene.text, run[-1].name.end):
        return False
    joints = (scene.text[left.name.end : right.name.start] for left, right in pairwise(run))
    paired = all(bool(_WITH.fullmatch(joint)) is (place % 2 == 0) for place, joint in enumerate(joints))
    return paired and run.index(candidate.first) // 2 != run.index(candidate.second) // 2


def is_of_other_place(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether two lists of one length are tied member by member, and these are not: 甲、乙依次对着丙、丁."""
    if candidate.kind != "pair":
        return False
    lists = [run for run in scene.runs.get(candidate.sentence, ()) if len(run) > 1]
    for left, right in pairwise(lists):
        if len(left) != len(right) or candidate.first not in left or candidate.second not in right:
            continue
        between = scene.text[left[-1].name.end : right[0].name.start]
        tied = len(between) <= _LONGEST_TIE and _RESPECTIVELY.search(between)
        if tied and left.index(candidate.first) != right.index(candidate.second):
            return True
    return False


def is_on_one_side(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether both stand in a list before its only 与: 甲、乙与丙签订 ties each to 丙, 由甲、乙与丙 all of them."""
    run = _find_run(scene, candidate)
    before, _ = split_run(scene, run)
    if candidate.first not in before or candidate.second not in before:
        return False
    return not acts_together(scene, run) and not scene.text.endswith("由", 0, run[0].name.start)


def is_before_with(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether both stand in a list that goes on as one side: 甲、乙等八家企业与丙签约 ties each to 丙."""
    run = _find_run(scene, candidate)
    if not run or scene.text.endswith("由", 0, run[0].name.start):
        return False
    end = run[-1].name.end
    return bool(_SIDE.match(scene.text, end) or _EACH_WITH.match(scene.text, end)) and not acts_together(scene, run)


def is_introduced(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether both stand in a list of those who are all partners of somebody else."""
    run = _find_run(scene, candidate)
    if not run or acts_together(scene, run):
        return False
    return bool(_INTRODUCED.search(scene.text, scene.sentences[candidate.sentence].start, run[0].name.start))


def shares_ending(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the first of two listed bodies shares the ending of the second: 第三师、第五师中院 are two courts."""
    first, second = candidate.first.name, candidate.second.name
    if first.type not in PLACED or second.type != EntityType.INSTITUTION:
        return False
    if scene.text[first.end : second.start] not in ("、", "和"):
        return False
    inner = (item.name for item in scene.in_sentence[candidate.second.sentence] if item.name.start == second.start)
    return any(name.type == first.type and name.end < second.end for name in inner)


def is_next_partner(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether both are partners of somebody else, one after the other: 与甲签订协议，又同乙修路."""
    first, second = candidate.first.name, candidate.second.name
    if candidate.kind != "pair" or not _AGAIN_WITH.search(scene.text, first.end, second.start):
        return False
    starts = (item.name.start for item in scene.list_of(candidate.first))
    return any(_WITH.fullmatch(scene.text, start - 1, start) for start in starts)


def is_each_alone(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the two stand in one list whose members act each for itself: 甲、乙先后举办了运动会."""
    run = _find_run(scene, candidate)
    if not run:
        return False
    joined = scene.text[run[0].name.start : run[-1].name.end]
    return not _WITH.search(joined) and bool(_EACH.match(scene.text, run[-1].name.end))


def _find_run(scene: Scene, candidate: LinkCandidate) -> Sequence[Placed]:
    """The list that both ends stand in, or nothing."""
    return scene.find_run(candidate.sentence, candidate.first, candidate.second)


def is_of_others(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether a party has a paper of its own and the next clause other parties: 甲与乙签订《…》，丙与丁签订《…》."""
    first, second = candidate.first, candidate.second
    if candidate.kind != "pair" or first.name.outer or second.name.type not in _PAPERS:
        return False
    inside = scene.outer[candidate.sentence]
    between = [item for item in inside if first.name.end <= item.name.start < second.name.start]
    paper = next((place for place, item in enumerate(between) if item.name.type in _PAPERS), len(between))
    others = between[paper + 1 :]
    if len(others) < 2 or not {item.name.type for item in others} <= _PARTIES:
        return False
    opening = scene.text[between[paper].name.end : others[0].name.start]
    joined = scene.text[others[0].name.end : others[-1].name.start]
    return bool(_NEXT_CLAUSE.fullmatch(opening)) and bool(_WITH.search(joined))
