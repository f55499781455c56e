"""Vetoes: what the words around two names forbid, whatever the scorers believe of them.

Each is about the language and not about what a text may say: a county before its township only tells where that
lies, a witness signs nothing, a donor whose part is denied (不是甲送的，而是乙送的) gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..gazetteer import load_gazetteer
from ..model import COOPERATION, EntityType, Relation
from .candidates import LinkCandidate, acts_together, split_run
from .scene import ACTORS, Placed, Scene

_TOGETHER = COOPERATION | {Relation.ADJOINS}
_SMALL = frozenset({"town", "street"})
_LIES = frozenset({Relation.PART_OF, Relation.LOCATED_IN})
_PLACED = frozenset({EntityType.REGIMENT, EntityType.LOCALITY, EntityType.DIVISION})
_LEADING = _PLACED | {EntityType.CORPS}
_SIDE_BY_SIDE = re.compile(r"\s*(?:[与同和跟及、]|以及|到|至|[—–－~～-](?!—))\s*")
"""Between two places that lie beside each other, not one in the other."""
_WITNESS = re.compile(
    r"在[^，,。；;\n]{1,40}?(?:见证|主持|陪同|监督|公证|撮合|斡旋)之?下"
    r"|在[^，,。；;\n]{1,40}?(?:牵线|搭桥)之?下"
    r"|(?:仪式|会议?|活动|签约|揭牌)由(?:(?!共同|联合|轮流)[^，,。；;\n]){1,40}?(?:主持|见证)"
)
_VISITORS = re.compile(r"(?:党政)?(?:代表[团队]|考察[团组队]|[参访]观团|访问团|[慰学][问习][团组]|调研组|观摩团|一行)")
_CONTRAST = re.compile(
    r"(?:并不是|并非|不是)(?P<denied>[^，,。；;\n]{2,40})[，,]\ ?(?:而是|是)(?P<said>[^。；;\n]{2,60})"
)
_NO_CONTRAST = re.compile(r"第一|首次|头一|一般|简单|单纯|单方|一时|只|仅|唯一")
_MIGRANT = re.compile(
    r"(?:来自?|[到去])?\s*(?:做生意|做买卖|打工|务工|务农|经商|创业|谋生|定居|求学|上学|读书|工作|生活|安家|落户|旅游|游玩|度假"
    r"|探亲|看病|就医|出差)的?"
)


_WITH = re.compile("[与同跟]|以及")
_MASKED = re.compile(r"第?[*×＊]{1,4}[师团]")
_SIDE = re.compile(
    r"等[^，,。；;、与同和跟]{1,12}(?:分别|陆续|先后|各自)?(?<!一)[与同跟]"
    r"(?![^，,。；;]{0,30}(?:联合|共同|合办|联办|携手|联手|一起|一同|一道|之间))"
)
"""The rest of a list and the word before its partner: 等八家企业与丙签约."""
_UNNAMED = re.compile(
    r"(?:的[^，,。；;]{1,4})?[与同跟][^，,。；;与同和跟]{2,12}(?:签订|签署|签下|签了|订立|达成)[^，,。；;]{0,16}[，,；;]"
)
"""A body and its unnamed partner, up to the end of their clause: 与当地一家合作社签订了合同，"""
_TWO_BY_TWO = re.compile(r"\s*(?:分别|各自|两两)")
_EACH = re.compile(
    r"[也还都]?(?:先后|相继|陆续|各自|分头)[也还都]?(?:举办|开展|举行|召开|办起|建起|建成|建了|成立|启动|出台|组织|开通|实施|推出|完成|获得)"
)
_SENDING = "(?:支援|援助|帮扶|(?<![支受救增声])援|(?<![进常])驻)"
_SENT_TO = re.compile(f"{_SENDING}$")
_SENT_TO_UNIT = re.compile(f"{_SENDING}(?:新疆)?(?:生产建设)?(?:兵团)?$")
_STREET = re.compile("[东西南北中]?(?:路(?![桥网政局段])|大道|街(?![道区]))")
_LEVEL_ENDS = "省市州县区镇乡旗盟"
_OWN_PART = re.compile("则|先后|陆续|相继|随后|随即|[也还又][与同和跟向为派给把将]")
_OPENING = re.compile(r"[，,；;]\s*(?:[^，,。；;与同和跟向对为由从在经给把被将]{0,8}[，,])?$")
"""The end of a clause before a name that opens the next one."""
_HELD = re.compile("(?:正式|成功|隆重)?(?:联合|共同|合作)?(?:举办|举行|召开|开展|承办|组织)")
_HELPS = re.compile(
    r"(?:等[^，,。；;]{0,8}?)?(?:的?(?:参与|大力)?(?:指导|协办)|(?:给予|提供)了?[^，,。；;]{0,4}(?:支持|指导|协助|赞助))"
    r"|的记者"
)
"""What those do at an event who do not hold it."""
_PAPERS = frozenset({EntityType.AGREEMENT, EntityType.INITIATIVE})
_PARTIES = _PLACED | {EntityType.CORPS, EntityType.INSTITUTION}
_NEXT_CLAUSE = re.compile(r"[^，,。；;]{0,6}[，,；;]\s*(?:[^，,。；;与同和跟向为对]{0,8}[，,])?")
_IN_CHARGE = re.compile(r"[则也还]?(?:主要|具体|分别)?负责")
_SENT = re.compile(r"[^，,。；;]{0,6}(?:派|选派|组织|安排|抽调)[^，,。；;]{1,16}(?:到|赴|去|前往|来到)")
_ERRAND = re.compile(
    r"[^，,。；;]{0,3}(?:买|采购|购买|购进|收购|招聘|招工|学习|取经|考察|参观|观摩|参加|参赛|进修|领取|讨教)"
)


def is_forbidden(scene: Scene, relation: Relation, candidate: LinkCandidate) -> bool:
    """Whether the place of a candidate cannot state this relation."""
    if relation in _LIES:
        return _lies_beside(scene, candidate) or _is_aim(scene, candidate)
    if relation in _TOGETHER and _only_leads(scene, candidate):
        return True
    if relation == Relation.ADJOINS:
        return False
    ends = (candidate.first, candidate.second)
    if any(_is_witness(scene, end) for end in ends):
        return True
    if relation == Relation.PARTY_TO:
        return _is_of_others(scene, candidate)
    if relation == Relation.AIDS and any(veto(scene, candidate) for veto in _OF_AID):
        return True
    if relation == Relation.CO_HOSTS and (_is_venue(scene, candidate) or _only_helps(scene, candidate)):
        return True
    if relation not in COOPERATION:
        return False
    return any(veto(scene, candidate) for veto in _OF_COOPERATION)


def _has_own_partner(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the first has an unnamed partner in its own clause: 甲与当地一家合作社签订了合同，乙…."""
    first, second = candidate.first.name, candidate.second.name
    if candidate.kind != "pair":
        return False
    unnamed = _UNNAMED.match(scene.text, first.end)
    if unnamed is None or unnamed.end() > second.start:
        return False
    names = scene.outer.get(candidate.sentence, ())
    return not any(first.end <= item.name.start < unnamed.end() for item in names)


def _is_crossed(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether a list ties its members two by two, and these are of different pairs: 甲与乙、丙与丁分别签订."""
    run = _find_run(scene, candidate)
    if len(run) < 4 or len(run) % 2 or not _TWO_BY_TWO.match(scene.text, run[-1].name.end):
        return False
    joints = (scene.text[left.name.end : right.name.start] for left, right in pairwise(run))
    paired = all(bool(_WITH.fullmatch(joint)) is (place % 2 == 0) for place, joint in enumerate(joints))
    return paired and run.index(candidate.first) // 2 != run.index(candidate.second) // 2


def _only_adjoins(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the sentence only tells that the two are neighbours."""
    sentence = scene.sentences[candidate.sentence]
    kinds = scene.cues.kinds_between(sentence.start, sentence.end)
    return candidate.kind == "pair" and Relation.ADJOINS in kinds and COOPERATION.isdisjoint(kinds)


def _is_on_one_side(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether both stand in a list before its only 与: 甲、乙与丙签订 ties each to 丙, 由甲、乙与丙 all of them."""
    run = _find_run(scene, candidate)
    before, _ = split_run(scene, run)
    if candidate.first not in before or candidate.second not in before:
        return False
    return not acts_together(scene, run) and not scene.text.endswith("由", 0, run[0].name.start)


def _is_before_with(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether both stand in a list that goes on as one side: 甲、乙等八家企业与丙签约 ties each to 丙."""
    run = _find_run(scene, candidate)
    if not run or scene.text.endswith("由", 0, run[0].name.start):
        return False
    return bool(_SIDE.match(scene.text, run[-1].name.end)) and not acts_together(scene, run)


def _shares_ending(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the first of two listed bodies shares the ending of the second: 第三师、第五师中院 are two courts."""
    first, second = candidate.first.name, candidate.second.name
    if first.type not in _PLACED or second.type != EntityType.INSTITUTION:
        return False
    if scene.text[first.end : second.start] not in ("、", "和"):
        return False
    inner = (item.name for item in scene.in_sentence[candidate.second.sentence] if item.name.start == second.start)
    return any(name.type == first.type and name.end < second.end for name in inner)


def _is_each_alone(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the two stand in one list whose members act each for itself: 甲、乙先后举办了运动会."""
    run = _find_run(scene, candidate)
    if not run:
        return False
    joined = scene.text[run[0].name.start : run[-1].name.end]
    return not _WITH.search(joined) and bool(_EACH.match(scene.text, run[-1].name.end))


def _find_run(scene: Scene, candidate: LinkCandidate) -> Sequence[Placed]:
    """The list that both ends stand in, or nothing."""
    return scene.find_run(candidate.sentence, candidate.first, candidate.second)


def _is_of_others(scene: Scene, candidate: LinkCandidate) -> bool:
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


def _is_errand(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether people are sent for the sender's own sake: 派人到乙买羊."""
    between = scene.text[candidate.first.name.end : candidate.second.name.start]
    return bool(_SENT.fullmatch(between)) and bool(_ERRAND.match(scene.text, candidate.second.name.end))


def _is_parallel(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether each has a part of its own in a clause of its own: 甲负责五个团，乙负责两个."""
    ends = (candidate.first, candidate.second)
    return ends[0].clause != ends[1].clause and all(_IN_CHARGE.match(scene.text, end.name.end) for end in ends)


def _only_leads(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end only says where the name behind it lies, which is no end: 甲与乙县丙镇 ties 甲 to 丙镇."""
    first, second = candidate.first, candidate.second
    return any(
        end.sentence == candidate.sentence and other.name.start != end.name.end and _leads(scene, end)
        for end, other in ((first, second), (second, first))
        if end.name.type in _LEADING and other.name.outer is None
    )


def _leads(scene: Scene, placed: Placed) -> bool:
    """Whether what is named right behind an area lies in it, as far as is known: not 沪 before 苏, but 兵团第**师."""
    if _MASKED.match(scene.text, placed.name.end):
        return True
    behind = (item for item in scene.in_sentence[placed.sentence] if item.name.start == placed.name.end)
    following = next((item for item in behind if item.name.outer is None), None)
    if following is None or following.name.type not in _PLACED:
        return False
    area, row = scene.units[placed.unit].row, scene.units[following.unit].row
    if area is None:
        return False
    if row is None:
        return following.name.type == EntityType.LOCALITY == area.type and area.level not in _SMALL
    return area.code in {above.code for above in load_gazetteer().ancestors(row.code)}


def _lies_beside(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether two places are named as equals, or a delegation of the one is a guest in the other."""
    first, second = candidate.first.name, candidate.second.name
    if candidate.kind != "pair" or first.outer or second.outer or not {first.type, second.type} <= _PLACED:
        return False
    between = scene.text[first.end : second.start]
    return bool(_SIDE_BY_SIDE.fullmatch(between) or _VISITORS.match(between))


def _is_aim(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether a name tells whom its body aids or is sent to (甲市援乙师工作组), or what a street is called after."""
    outer, inner = sorted((candidate.first.name, candidate.second.name), key=lambda name: name.start - name.end)
    if candidate.kind != "nest" or inner.type not in _LEADING:
        return False
    before = scene.text[outer.start : inner.start]
    if len(before) > 1 and (_SENT_TO if inner.type == EntityType.LOCALITY else _SENT_TO_UNIT).search(before):
        return True
    called = scene.text[inner.end - 1] not in _LEVEL_ENDS and _STREET.match(scene.text, inner.end, outer.end)
    return inner.type == EntityType.LOCALITY and bool(called)


def _is_witness(scene: Scene, placed: Placed) -> bool:
    sentence = scene.sentences[placed.sentence]
    return any(
        match.start() <= placed.name.start and placed.name.end <= match.end()
        for match in _WITNESS.finditer(scene.text, sentence.start, sentence.end)
    )


def _is_denied_part(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end plays a part that is denied it and given to another: 不是甲送来的，而是乙捐给丙的."""
    sentence = scene.sentences[candidate.sentence]
    for match in _CONTRAST.finditer(scene.text, sentence.start, sentence.end):
        denied = [end for end in (candidate.first, candidate.second) if _within(end, match.span("denied"))]
        others = [item for item in scene.in_sentence.get(candidate.sentence, ()) if _within(item, match.span("said"))]
        if denied and others and not _NO_CONTRAST.search(match["denied"]):
            return True
    return False


def _within(placed: Placed, span: tuple[int, int]) -> bool:
    return span[0] <= placed.name.start and placed.name.end <= span[1]


def _is_journey(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether somebody only moved from one place to the other: 从甲来乙做生意的."""
    first, second = candidate.first.name, candidate.second.name
    before = scene.text[max(first.start - 2, 0) : first.start]
    between = scene.text[first.end : second.start]
    moved = re.fullmatch(r"(?:[^，,。；;]{0,6})[来到去赴](?:了)?", between)
    return before.endswith(("从", "来自", "由")) and bool(moved) and bool(_MIGRANT.match(scene.text, second.end))


def _has_other_subject(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the clause of the second has a subject of its own that the first is not: 甲支援乙，丙则为丁建了学校."""
    first, second = candidate.first, candidate.second
    start = max(first.name.end, scene.sentences[candidate.sentence].start)
    for item in scene.outer.get(candidate.sentence, ()):
        name = item.name
        if not start <= name.start < name.end <= second.name.start or item.unit in (first.unit, second.unit):
            continue
        opening = _OPENING.search(scene.text, start, name.start)
        if item.name.type in ACTORS and opening and _OWN_PART.match(scene.text, name.end):
            return True
    return False


def _only_helps(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end guides or helps at an event that others hold: 甲主办，乙指导，丙协办."""
    for end in (candidate.first, candidate.second):
        run = scene.find_run(end.sentence, end) or (end,)
        if _HELPS.match(scene.text, run[-1].name.end):
            return True
    return False


def _is_venue(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end is only where it was: 甲、乙在丙举办."""
    return any(_stands_as_venue(scene, end) for end in (candidate.first, candidate.second))


def _stands_as_venue(scene: Scene, placed: Placed) -> bool:
    if not _HELD.match(scene.text, placed.name.end):
        return False
    start = placed.name.start
    led = {
        item.name.end: item.name.start for item in scene.outer.get(placed.sentence, ()) if item.name.type in _LEADING
    }
    while start in led:
        start = led[start]
    return scene.text.endswith("在", 0, start)


_OF_AID = (_is_journey, _is_errand, _is_parallel)
_OF_COOPERATION = (
    _is_denied_part,
    _is_each_alone,
    _is_on_one_side,
    _is_before_with,
    _shares_ending,
    _has_own_partner,
    _is_crossed,
    _only_adjoins,
    _has_other_subject,
)
