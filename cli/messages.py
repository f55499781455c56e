"""What the command line says, in Chinese and English: names of relations and types, headings, lines."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from ..exports.palette import RELATION_CAPTIONS, TYPE_CAPTIONS
from ..graph.model import EntityType, Relation, Status
from .problems import translate_problem

LANGUAGES: Final = ("zh", "en")
Pair = tuple[str, str]
"""English, Chinese."""

RELATIONS: Final[dict[Relation, Pair]] = {
    relation: (RELATION_CAPTIONS["en"][relation], RELATION_CAPTIONS["zh"][relation]) for relation in Relation
}
TYPES: Final[dict[EntityType, Pair]] = {
    kind: (TYPE_CAPTIONS["en"][kind], TYPE_CAPTIONS["zh"][kind]) for kind in EntityType
}
STATUSES: Final[dict[Status, Pair]] = {
    Status.DONE: ("done", "已完成"),
    Status.ONGOING: ("ongoing", "进行中"),
    Status.PLANNED: ("planned", "计划中"),
}
REASONS: Final[dict[str, Pair]] = {
    "structure": ("by what the texts say", "据文中隶属关系"),
    "gazetteer": ("by the gazetteer", "据地名表"),
    "name": ("by its name", "据其名称"),
}
HEADINGS: Final[dict[str, Pair]] = {
    "relation": ("relation", "关系"),
    "name": ("name", "名称"),
    "type": ("type", "类型"),
    "step": ("step", "步"),
    "via": ("via", "经由"),
    "weight": ("evidence", "依据"),
    "documents": ("documents", "文档"),
    "parts": ("parts", "分项"),
    "date": ("date", "日期"),
    "status": ("status", "状态"),
    "confidence": ("confidence", "置信度"),
    "quote": ("sentence", "句子"),
    "aliases": ("also", "别名"),
    "code": ("code", "代码"),
    "id": ("id", "编号"),
    "unit": ("belongs to", "所属"),
    "unit_reason": ("because", "理由"),
    "mentions": ("mentions", "提及"),
    "links": ("links", "关联"),
    "evidence": ("evidence", "依据"),
    "found": ("found in", "出处"),
    "text": ("text", "文字"),
    "count": ("count", "数量"),
    "what": ("what", "项目"),
    "head": ("from", "甲方"),
    "tail": ("to", "乙方"),
    "period": ("period", "时间"),
    "document": ("document", "文档"),
    "kind": ("kind", "种类"),
    "problem": ("problem", "问题"),
    "rule": ("decided by", "判定依据"),
    "measure": ("measure", "指标"),
    "gold": ("gold", "标注数"),
    "predicted": ("predicted", "预测数"),
    "place": ("where", "位置"),
    "fields": ("fields", "领域"),
    "score": ("score", "分数"),
    "precision": ("precision", "准确率"),
    "recall": ("recall", "召回率"),
    "f1": ("F1", "F1"),
}
LINES: Final[dict[str, Pair]] = {
    "none_neighbours": ("{name} has no links that fit", "{name} 没有符合条件的关联"),
    "none_links": ("no link between {a} and {b} that fits", "{a} 与 {b} 之间没有符合条件的关联"),
    "none_path": ("no way from {a} to {b} within {steps} steps", "{a} 与 {b} 之间在 {steps} 步以内没有路径"),
    "none_search": ("nothing holds {text}", "没有找到含“{text}”的内容"),
    "none_timeline": ("no dated links that fit", "没有符合条件的有日期的关联"),
    "undated": ("{count} undated not shown", "另有 {count} 条无日期，未列出"),
    "year_only": ("{count} with a year alone not shown", "另有 {count} 条只有年份，未列出"),
    "more": ("… {count} more (--limit 0 shows all)", "……另有 {count} 条（--limit 0 显示全部）"),
    "more_sentences": (
        "… {count} more sentences (--sentences 0 shows all)",
        "……另有 {count} 句（--sentences 0 显示全部）",
    ),
    "more_paths": ("there are more ways of this length (--limit)", "还有同样长度的其他路径（--limit）"),
    "unit_of": ("{name} belongs to {unit}, which is shown", "{name} 属于 {unit}，以下为 {unit} 的内容"),
    "evidence_of": ("evidence {weight}, documents {documents}", "依据 {weight} 条，文档 {documents} 篇"),
    "parts_of": ("links of named bodies {parts}", "具体关联 {parts} 项"),
    "path_of": ("way {number}, length {steps}", "路径 {number}，{steps} 步"),
    "confidence": ("confidence", "置信度"),
    "rule": ("decided by", "判定依据"),
    "read": ("documents read", "新读文档"),
    "unchanged": ("unchanged", "未变文档"),
    "skipped": ("skipped", "跳过文档"),
    "documents": ("documents in the store", "库中文档"),
    "entities": ("entities", "实体"),
    "links": ("links", "关联"),
    "evidence": ("evidence", "依据"),
    "mentions": ("mentions", "提及"),
    "pairs": ("cooperating pairs", "合作对"),
    "seconds": ("seconds", "用时（秒）"),
    "written": ("wrote {path}", "已写入 {path}"),
    "exported": (
        "wrote {path}: {nodes} entities, {links} links",
        "已写入 {path}：{nodes} 个实体，{links} 条关联",
    ),
    "left_out": (
        "{count} entities without a division or locality are not in it",
        "其中不含 {count} 个无所属师市或地方的实体",
    ),
    "several": ("{path}: holds {count} documents; give one", "{path}：含 {count} 篇文档；请只给一篇"),
    "wrote_store": ("store {path}", "数据库 {path}"),
    "reading": ("reading", "读取"),
    "sound": (
        "{path}: {mentions} mentions and {evidence} evidence, all sound",
        "{path}：{mentions} 处提及、{evidence} 条依据全部无误",
    ),
    "broken": (
        "{path}: {count} problems; build these documents again",
        "{path}：{count} 处问题；请重新构建相关文档",
    ),
    "skipped_named": ("{count} of the given paths could not be read", "给出的路径中有 {count} 个无法读取"),
    "nothing_read": ("no document could be read", "没有读到任何文档"),
    "no_store": (
        "{path}: no such store; run `bingdi build PATH… --store {path}` first",
        "{path}：数据库不存在；请先运行 `bingdi build 路径… --store {path}`",
    ),
    "unknown_name": ("no entity is named {name}", "没有名为“{name}”的实体"),
    "nearest": ("; nearest: {names}", "；相近的有：{names}"),
    "ambiguous": (
        "{name} names several entities: {choices}; give one of these names or ids",
        "“{name}”可指多个实体：{choices}；请改用其中一个名称或编号",
    ),
    "taken_as": (
        "{name} is taken as {chosen}; there is {others} too",
        "“{name}”按“{chosen}”处理；另有{others}",
    ),
    "bad_value": ("{name}: {problem}", "{name}：值无效（{problem}）"),
    "bad_choice": ("{option}: {value} is none of {choices}", "{option}：“{value}”不在可选值之内：{choices}"),
    "bad_date": (
        "{option}: {value} is no date; write 2023, 2023-08 or 2023-08-11",
        "{option}：“{value}”不是日期；请写作 2023、2023-08 或 2023-08-11",
    ),
    "bad_period": ("--since {since} lies after --until {until}", "--since {since} 晚于 --until {until}"),
    "bad_confidence": (
        "--min-confidence: {value} is not between 0 and 1",
        "--min-confidence：{value} 不在 0 与 1 之间",
    ),
    "dated_alone": (
        "--dated is for --since or --until; give one of them too",
        "--dated 用于 --since 或 --until；请同时给出其一",
    ),
    "depth_alone": (
        "--depth counts steps from --around; give that too",
        "--depth 是距 --around 的步数；请同时给出 --around",
    ),
    "only_format": ("{option} is for {form}, not for {other}", "{option} 只用于 {form}，不用于 {other}"),
    "bad_dates": (
        "{count} dates are not understood and not used: {places}",
        "有 {count} 个日期无法识别，未采用：{places}",
    ),
    "same_ends": ("{a} and {b} are the same entity; give two", "{a} 与 {b} 是同一实体；请给出两个"),
    "empty_text": ("the text to look for is empty", "要查找的文字是空的"),
    "interrupted": ("interrupted", "已中断"),
    "unexpected": (
        "unexpected {kind}: {problem}; run again with --debug and report it",
        "意外错误 {kind}：{problem}；请加 --debug 重新运行并报告",
    ),
    "usage": ("{problem} (see `{command} --help`)", "{problem}（参见 `{command} --help`）"),
    "no_command": ("no command is called {name}", "没有名为“{name}”的命令"),
    "missing_command": ("a command is missing", "缺少命令"),
    "mean_command": ("; did you mean {names}?", "；是否想用 {names}？"),
    "no_option": ("no option is called {name}", "没有名为“{name}”的选项"),
    "missing_value": ("{name} is missing", "缺少 {name}"),
    "missing_part": (
        "{part} is not part of this installation; install bingdi anew",
        "安装中缺少 {part}；请重新安装 bingdi",
    ),
    "missing_extra": (
        "{part} is not installed; run `pip install {wanted}` in the folder of the project",
        "未安装 {part}；请在项目文件夹中运行 `pip install {wanted}`",
    ),
}


def detect_language(environment: Mapping[str, str] = os.environ) -> str:
    """``zh`` or ``en``: BINGDI_LANG, else the first of LC_ALL, LC_MESSAGES, LANG that is set, else what the
    system says (Windows); English unless it is Chinese.
    """
    for name in ("BINGDI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return _read_language(value)
    return _read_language(locale.getlocale()[0] or "")


def _read_language(value: str) -> str:
    return "zh" if value.lower().startswith(("zh", "chinese")) else "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language."""

    language: str = "en"
    chosen: bool = False
    """Whether the user asked for it, rather than the locale."""

    def _pick(self, pair: Pair) -> str:
        return pair[1] if self.language == "zh" else pair[0]

    def line(self, key: str, **values: object) -> str:
        """The line ``key`` of LINES with its values filled in."""
        return self._pick(LINES[key]).format(**values)

    def heading(self, key: str) -> str:
        """The heading of a column."""
        return self._pick(HEADINGS[key])

    def relation(self, relation: str) -> str:
        """The name of a relation."""
        return self._pick(RELATIONS[Relation(relation)])

    def type(self, kind: str) -> str:
        """The name of an entity type."""
        return self._pick(TYPES[EntityType(kind)])

    def status(self, status: str) -> str:
        """The name of a status; empty for an empty one."""
        return self._pick(STATUSES[Status(status)]) if status else ""

    def captions(self) -> dict[str, str]:
        """What every type, relation and status is called, by its id."""
        return {key.value: self._pick(pair) for names in (TYPES, RELATIONS, STATUSES) for key, pair in names.items()}

    def reason(self, reason: str) -> str:
        """Why an entity belongs to its unit; empty where it has none or is one."""
        return self._pick(REASONS[reason]) if reason in REASONS else ""

    def problem(self, problem: object) -> str:
        """What an error says went wrong."""
        return translate_problem(str(problem)) if self.language == "zh" else str(problem)


_current: ContextVar[Words] = ContextVar("words")


def get_words() -> Words:
    """The words of this run: what ``use_language`` set, else by locale."""
    return _current.get(None) or use_language("")


def use_language(language: str) -> Words:
    """Speak ``zh`` or ``en`` from here on; by locale where ``language`` is neither."""
    known = language in LANGUAGES
    words = Words(
        language=language if known else detect_language(),
        chosen=known or bool(os.environ.get("BINGDI_LANG")),
    )
    _current.set(words)
    return words
