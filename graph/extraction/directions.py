"""Directions: sentences that name whoever receives aid where the giver usually stands.

Who thanks, sends a banner, receives, or sends people away to learn is the one that is aided. Out of fold all 19
links whose sentence is of these kinds pointed the wrong way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..model import Relation
from .consistency import ScoredLink
from .scene import Placed, Scene

_HELP = "(?:支持|帮助|帮扶|关心|关爱|援助|支援|厚爱|奉献)"
_NEAR, _IN_CLAUSE = "[^，,。；;]{0,10}", "[^，,。；;]{0,24}"
_TURNED = re.compile(
    rf"(?:感谢|谢谢|答谢|回报|报答|致谢)\s*⟦tail⟧(?!{_NEAR}对){_IN_CLAUSE}{_HELP}"
    rf"|(?<!感谢)[对向]⟦tail⟧{_IN_CLAUSE}{_HELP}{_NEAR}(?:表示|致以){_NEAR}(?:感谢|谢意|敬意)"
    rf"|(?<!感谢)[对向]⟦tail⟧(?:表示|致以){_NEAR}(?:感谢|谢意|敬意)"
    rf"|⟦head⟧[^。；;]{{0,30}}锦旗{_NEAR}[送赠交献递]{_NEAR}⟦tail⟧"
    rf"|⟦head⟧[^。；;]{{0,20}}[给向为]⟦tail⟧{_NEAR}(?:锦旗|感谢信)"
    rf"|⟦head⟧{_NEAR}收到[了过]?[^，,。；;]{{0,4}}⟦tail⟧"
    r"|[给向为对]⟦head⟧[^，,。；;]{2,20}的(?:有|是|还有|包括)[^。；;]{0,60}⟦tail⟧"
    rf"|⟦head⟧{_IN_CLAUSE}[到赴去]⟦tail⟧{_NEAR}(?:挂职学习|跟班|跟岗|进修|学习|培训)"
    r"|⟦tail⟧.*(?:物资|捐款|善款|药品|口罩|棉衣).*(?:分送|送给|送往|发往|运往|运抵|捐给|赠给|驰援|寄给)了?[^，,。；;的]{0,24}⟦head⟧"
    rf"|⟦tail⟧{_NEAR}(?:物资|捐款|善款|医疗队){_NEAR}(?:进了|抵达|运到|送进)⟦head⟧",
    re.DOTALL,
)
"""The two ends as a sentence has them where the tail is the one that aids."""


def turn_round(scene: Scene, links: Iterable[ScoredLink]) -> Iterator[ScoredLink]:
    """The links, those of aid from giver to receiver as their best sentence has them."""
    for link in links:
        turned = link.relation == Relation.AIDS and link.rule == "scorer" and _is_turned(scene, link)
        yield replace(link, head=link.tail, tail=link.head) if turned else link


def _is_turned(scene: Scene, link: ScoredLink) -> bool:
    candidate = link.cases[0].candidate
    first, second = candidate.first, candidate.second
    if first.name.end > second.name.start:
        return False
    start = scene.sentences[first.sentence].start
    end = scene.sentences[candidate.sentence].end
    marks = (f"⟦{'head' if placed.unit == link.head else 'tail'}⟧" for placed in (first, second))
    return bool(_TURNED.search(_mark(scene.text, start, end, dict(zip((first, second), marks, strict=True)))))


def _mark(text: str, start: int, end: int, marks: dict[Placed, str]) -> str:
    """The text of a span with marks in place of names."""
    parts = []
    for placed, mark in marks.items():
        parts += [text[start : placed.name.start], mark]
        start = placed.name.end
    return "".join((*parts, text[start:end]))
