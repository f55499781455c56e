"""Whether a statement denies its link: 未签订, 拒绝合作, 合作告吹; not 没有中断, 没有…就没有, 不仅."""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import read_words
from ..model import Span

# Verbs that end a thing stand before or behind it; the other words of the list only before what they deny.
ENDING = frozenset(
    (
        "取消",
        "终止",
        "中止",
        "落空",
        "搁置",
        "撤销",
        "解除",
        "废止",
        "停止",
        "中断",
        "告吹",
        "未果",
        "泡汤",
        "作罢",
        "叫停",
        "暂停",
        "谢绝",
        "婉拒",
        "婉言谢绝",
        "拒绝",
        "否认",
        "破裂",
    )
)
REACH, ENDING_REACH, BEHIND_REACH = 14, 8, 6
# Words that look like a denial and are none: 未来, 沉没, 没少帮, 未曾中断, 无不.
NO_DENIAL = re.compile(
    r"未来|未央|未必|未成年|未雨|从未有过|前所未有|[沉淹埋出吞湮]没|没[收落少齐]|是不是|无不|[不难]能?没有|不可没有"
    r"|(?:并不是|并非|不是)[^，,。；;]{0,16}?(?:第一[次回]|首次|头一[次回]|唯一|一两[次天年])"
    r"|(?:没有|没|并未|从未|未曾|未|不再)(?:间断|中断|停|断|缺席|改变|变|减|放松|松懈|忘|满足于?|停留|局限)"
)
TURNED = re.compile("而是|但|却|就|才|反而|如今|现在")
# 没有甲的支援就没有乙: denied twice.
TWICE = re.compile("就没|就不|便没|便不|哪有|哪来|也没有今|不可能|难以|怎么会|何来")
NOT_ALREADY_MADE = re.compile("(?:能|有|没)?(?:谈|签|达|办|建|落|成|实现|开展|举行|兑现)")
OBJECT_END = re.compile("关系|协议|合同|项目|活动|计划|合作|了|的|[，,。；;、！？!?\n”》)]|$")


# Words of a sentence that tells what is said and not so; of a clause that asks, supposes or proposes.
RUMOUR = re.compile(
    "谣言|传言|传闻|网传|据传|误传|谣传|讹传|辟谣|(?:消息|说法|内容|报道)(?:严重)?(?:不实|失实)|子虚乌有|纯属虚构"
)
SUPPOSED = re.compile(
    "(?:如果|假如|假若|倘若|倘使|(?<!主)要是|假设)(?!说)(?!没有?)|是否|能否|可否|(?:专家|代表|委员|网友|网民|有人|学者|提案|议案)[^，,。；;]{0,6}"
    "(?:建议|呼吁|提议)"
)


def is_unasserted(text: str, *, clause: Span, start: int, end: int) -> bool:
    """Whether a sentence ``[start, end)`` tells a rumour, or a clause only asks, supposes or proposes."""
    return bool(RUMOUR.search(text, start, end) or SUPPOSED.search(text, *clause))


def is_negated(text: str, *, trigger: Span | None, clause: Span, end: int) -> bool:
    """Whether the trigger stands in the scope of a denial; ``end`` is where its evidence ends."""
    if trigger is None:
        return False
    if _fails(text, trigger=trigger, clause=clause, end=end):
        return True
    denials, low = _denials(), max(clause[0], trigger[0] - REACH)
    before = [
        found for found in denials.finditer(text, clause[0], trigger[0]) if found["word"] and found.start() >= low
    ]
    if before and _denies_before(text, before[-1], trigger=trigger, end=end):
        # 不是没有, 并非拒绝: two denials before the trigger are none.
        return len(before) % 2 == 1
    behind = next((found for found in denials.finditer(text, trigger[1], clause[1]) if found["word"]), None)
    return bool(behind) and _denies_behind(text, behind, trigger=trigger)


def _fails(text: str, *, trigger: Span, clause: Span, end: int) -> bool:
    """Whether what the trigger names was refused, called off or meant in vain, or there never was any of it."""
    patterns, before = _refusals(), text[clause[0] : trigger[0]]
    if patterns["aloof"].search(before) or patterns["called off"].match(text, trigger[1], end):
        return True
    if patterns["refused"].search(before) and patterns["proposed"].match(text, trigger[1], end):
        return True
    return bool(patterns["meant"].search(before)) and bool(patterns["fell through"].match(text, trigger[1], end))


@cache
def _refusals() -> dict[str, re.Pattern[str]]:
    """Patterns over the words of ``[refusals]``, for the text before and behind a trigger."""
    lists = read_words("relations", "refusals").items()
    words = {kind: f"(?:{'|'.join(sorted(map(re.escape, found), key=len, reverse=True))})" for kind, found in lists}
    run, resumed = r"[^，,。；;！？\n]", r"(?![^。；;！？\n]{0,12}(?:重启|恢复|重新|又))"
    failed = rf"{words['failed']}{resumed}(?=了|[，,。；;、！？!?\n”》)]|$)"
    reason = rf"(?:[，,]\ ?)?(?:(?:因为?|由于){run}{{1,15}}?[，,]?\ ?)?{words['adverbs']}*"
    return {
        "aloof": re.compile(rf"{words['aloof']}(?:相互|互相)?$"),
        "refused": re.compile(rf"{words['refused']}{run}*$"),
        "proposed": re.compile(rf"{run}{{0,20}}?{words['proposal']}"),
        "called off": re.compile(rf"{run}{{0,20}}?(?:{words['proposal']}|{words['plan']}){reason}{failed}"),
        "meant": re.compile(rf"{words['once']}[也还]?{words['meant']}"),
        "fell through": re.compile(rf"[^。；;！？\n]{{0,30}}?[，,]\ ?{words['turned']}[^。；;！？\n]{{0,20}}?{failed}"),
    }


def _denies_before(text: str, denial: re.Match[str], *, trigger: Span, end: int) -> bool:
    if TURNED.search(text, denial.end(), trigger[0]):
        return False
    if denial["word"] in ENDING:
        near = trigger[0] - denial.end() <= ENDING_REACH
        return near and bool(OBJECT_END.match(text, trigger[1]))
    return not (denial["word"].startswith("没") and TWICE.search(text, trigger[1], end))


def _denies_behind(text: str, denial: re.Match[str] | None, *, trigger: Span) -> bool:
    if denial is None or denial.start() - trigger[1] > BEHIND_REACH:
        return False
    if denial["word"] in ENDING:
        return True
    return denial.start() == trigger[1] and bool(NOT_ALREADY_MADE.match(text, denial.end()))


@cache
def _denials() -> re.Pattern[str]:
    words = sorted(read_words("relations", "words")["negation"], key=len, reverse=True)
    # The characters that can begin one, looked at first: trying each word at each place takes ten times as long.
    first = "".join(sorted({word[0] for word in words} | set("前沉淹埋出吞湮是无不难能从没并")))
    return re.compile(f"(?=[{first}])(?:{NO_DENIAL.pattern}|(?P<word>{'|'.join(map(re.escape, words))}))")
