"""Vetoes about parts that are played: witnesses, brokers, helpers, venues, errands, and what is denied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import COOPERATION, Relation, Span
from ..candidates import LinkCandidate
from ..scene import ACTORS, Placed, Scene
from .places import LEADING, is_in

_WITNESS = re.compile(
    r"在[^，,。；;\n]{1,40}?(?:见证|主持|陪同|监督|公证|撮合|斡旋|牵线|搭桥)之?下"
    r"|(?:仪式|会议?|活动|签约|揭牌)由(?:(?!共同|联合|轮流)[^，,。；;\n]){1,40}?(?:主持|见证)"
)
_BROKER = re.compile(
    r"(?:经|由|在|通过)(?:(?!共同|联合)[^，,。；;\n]){1,40}?(?:居中|从中|出面|帮忙|主动|积极)?(?:牵线|搭桥|撮合|引荐|介绍(?!的))"
)
"""Who brought others together: 经甲（简称…）牵线."""
_INDEX = re.compile(
    r"\s*[【\[（(]?(?:标签|关键[词字]|热词|相关(?:新闻|阅读|链接|报道|推荐|专题|文章)|推荐(?:阅读|图文|新闻)|延伸阅读|热门(?:新闻|推荐|文章)"
    r"|[上下]一篇)[】\]）)]?\s*[:：]"
)
"""Lines that lead to other pages and state nothing themselves."""
_PASSING = re.compile("(?:穿过|穿越|途经|途径|路过|取道)了?$")
_COMPANY = re.compile(r"[^。；;\n]{0,40}(?:陪同|作陪)(?:调研|考察|参观|座谈)?[。；;]")
_CONTRAST = re.compile(
    r"(?:并不是|并非|不是)(?P<denied>[^，,。；;\n]{2,40})[，,]\ ?(?:而是|是)(?P<said>[^。；;\n]{2,60})"
)
_NO_CONTRAST = re.compile(r"第一|首次|头一|一般|简单|单纯|单方|一时|只|仅|唯一")
_MIGRANT = re.compile(
    r"(?:来自?|[到去])?\s*(?:做生意|做买卖|打工|务工|务农|经商|创业|谋生|定居|求学|上学|读书|工作|生活|安家|落户|旅游|游玩|度假"
    r"|探亲|看病|就医|出差)的?"
)
_OWN_PART = re.compile("则|先后|陆续|相继|随后|随即|[也还又][与同和跟向为派给把将]")
_OPENING = re.compile(r"[，,；;]\s*(?:[^，,。；;与同和跟向对为由从在经给把被将]{0,8}[，,])?$")
"""The end of a clause before a name that opens the next one."""
_HELD = re.compile("(?:正式|成功|隆重)?(?:联合|共同|合作)?(?:举办|举行|召开|开展|承办|组织)")
_HELPS = re.compile(
    r"(?:等[^，,。；;]{0,8}?)?(?:的?(?:参与|大力)?(?:指导|协办)|(?:给予|提供)了?[^，,。；;]{0,4}(?:支持|指导|协助|赞助))"
    r"|的记者"
)
"""What those do at an event who do not hold it."""
_IN_CHARGE = re.compile(r"[则也还]?(?:主要|具体|分别)?负责")
_SENT = re.compile(r"[^，,。；;]{0,6}(?:派|选派|组织|安排|抽调)[^，,。；;]{1,16}(?:到|赴|去|前往|来到)")
_ERRAND = re.compile(
    r"[^，,。；;]{0,3}(?:买|采购|购买|购进|收购|招聘|招工|学习|取经|考察|参观|观摩|参加|参赛|进修|领取|讨教)"
)


def is_index(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the sentence is a line of a page's index, tags or headlines, and no sentence that ends as one."""
    sentence = scene.sentences[candidate.sentence]
    return bool(_INDEX.match(scene.text, sentence.start)) and not scene.is_stopped(candidate.sentence)


def only_adjoins(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the sentence only tells that the two are neighbours."""
    sentence = scene.sentences[candidate.sentence]
    kinds = scene.cues.kinds_between(sentence.start, sentence.end)
    return candidate.kind == "pair" and Relation.ADJOINS in kinds and COOPERATION.isdisjoint(kinds)


def is_errand(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether people are sent for the sender's own sake: 派人到乙买羊."""
    between = scene.text[candidate.first.name.end : candidate.second.name.start]
    return bool(_SENT.fullmatch(between)) and bool(_ERRAND.match(scene.text, candidate.second.name.end))


def is_parallel(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether each has a part of its own in a clause of its own: 甲负责五个团，乙负责两个."""
    ends = (candidate.first, candidate.second)
    return ends[0].clause != ends[1].clause and all(_IN_CHARGE.match(scene.text, end.name.end) for end in ends)


def is_witness(scene: Scene, placed: Placed) -> bool:
    """Whether a name is that of somebody who only sees to it: 在甲的见证下."""
    return _is_within(scene, placed, _WITNESS)


def is_broker(scene: Scene, placed: Placed) -> bool:
    """Whether a name is that of somebody who brought others together: 经甲牵线."""
    return _is_within(scene, placed, _BROKER)


def _is_within(scene: Scene, placed: Placed, phrase: re.Pattern[str]) -> bool:
    """Whether a name stands in a phrase of its sentence."""
    sentence = scene.sentences[placed.sentence]
    return any(is_in(placed, match.span()) for match in phrase.finditer(scene.text, sentence.start, sentence.end))


def is_passed(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end is only a place on somebody's way: 列车途经甲、乙，终到丙."""
    starts = (start for start, _ in _iter_lists(scene, candidate))
    return any(_PASSING.search(scene.text, max(start - 3, 0), start) for start in starts)


def _iter_lists(scene: Scene, candidate: LinkCandidate) -> Iterator[Span]:
    """Where the list stands that each end is of, which may be it alone."""
    for placed in (candidate.first, candidate.second):
        run = scene.list_of(placed)
        yield run[0].name.start, run[-1].name.end


def only_accompanies(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether the first is that of people who went along, and the second stands in a later sentence: 甲副市长陪同。"""
    return candidate.kind == "back" and bool(_COMPANY.match(scene.text, candidate.first.name.end))


def is_denied_part(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end plays a part that is denied it and given to another: 不是甲送来的，而是乙捐给丙的."""
    sentence = scene.sentences[candidate.sentence]
    for match in _CONTRAST.finditer(scene.text, sentence.start, sentence.end):
        denied = [end for end in (candidate.first, candidate.second) if is_in(end, match.span("denied"))]
        others = [item for item in scene.in_sentence.get(candidate.sentence, ()) if is_in(item, match.span("said"))]
        if denied and others and not _NO_CONTRAST.search(match["denied"]):
            return True
    return False


def is_journey(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether somebody only moved from one place to the other: 从甲来乙做生意的."""
    first, second = candidate.first.name, candidate.second.name
    before = scene.text[max(first.start - 2, 0) : first.start]
    between = scene.text[first.end : second.start]
    moved = re.fullmatch(r"(?:[^，,。；;]{0,6})[来到去赴](?:了)?", between)
    return before.endswith(("从", "来自", "由")) and bool(moved) and bool(_MIGRANT.match(scene.text, second.end))


def has_other_subject(scene: Scene, candidate: LinkCandidate) -> bool:
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


def only_helps(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end guides or helps at an event that others hold: 甲主办，乙指导，丙协办."""
    return any(_HELPS.match(scene.text, end) for _, end in _iter_lists(scene, candidate))


def is_venue(scene: Scene, candidate: LinkCandidate) -> bool:
    """Whether one end is only where it was: 甲、乙在丙举办."""
    return any(_stands_as_venue(scene, end) for end in (candidate.first, candidate.second))


def _stands_as_venue(scene: Scene, placed: Placed) -> bool:
    if not _HELD.match(scene.text, placed.name.end):
        return False
    start = placed.name.start
    led = {item.name.end: item.name.start for item in scene.outer.get(placed.sentence, ()) if item.name.type in LEADING}
    while start in led:
        start = led[start]
    return scene.text.endswith("在", 0, start)
