"""The names that tables and front matter give to a document's fields."""

from __future__ import annotations

from collections.abc import Mapping

from .documents import Facts
from .script import simplify

TEXT = (
    "text",
    "content",
    "body",
    "article",
    "fulltext",
    "full_text",
    "正文",
    "内容",
    "全文",
    "文本",
    "文章",
    "正文内容",
    "文章内容",
)
TITLE = ("title", "headline", "标题", "题目", "题名", "文章标题", "新闻标题")
PUBLISHER = (
    "publisher", "source", "sitename", "site", "media", "newspaper",
    "来源", "媒体", "发布者", "出处", "报纸", "网站", "发布机构", "新闻来源", "文章来源",
)  # fmt: skip
DATE = (
    "date", "published", "pubdate", "pub_date", "publishdate", "publish_date", "publish_time",
    "published_at", "datetime", "time", "created_at",
    "日期", "时间", "发布日期", "发布时间", "发表日期", "发表时间", "刊发日期", "出版日期",
)  # fmt: skip
URL = ("url", "link", "href", "uri", "address", "链接", "网址", "地址", "原文链接", "文章链接", "原文地址")
NAME = ("name", "doc", "id", "docid", "doc_id", "document", "名称", "编号", "文件名", "序号")


def find_facts(fields: Mapping[str, object]) -> Facts:
    """Title, publisher, date and address among the fields, whatever language their names are in."""
    known = normalise_keys(fields)
    return Facts(
        title=find_field(known, TITLE),
        publisher=find_field(known, PUBLISHER),
        date=find_field(known, DATE),
        url=find_field(known, URL),
    )


def normalise_keys(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields under lower-case names without blanks and hyphens; of equal names the first counts."""
    known: dict[str, object] = {}
    for key, value in fields.items():
        known.setdefault(simplify(str(key)).strip(" \ufeff").lower().replace(" ", "_").replace("-", "_"), value)
    return known


def find_field(known: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first filled field that has one of the names, as text; the empty string where there is none."""
    for name in names:
        value = known.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""
