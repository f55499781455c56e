from __future__ import annotations

import io
import warnings
from pathlib import Path

import docx
import pytest
from bingdi.graph.errors import ReadingError
from bingdi.graph.model import Document, document_id
from bingdi.graph.reading import read_documents
from bingdi.graph.reading.readers import parse_content
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FIRST = "三月五日,西岭师与东川市签订合作框架协议,双方将在供水、教育、医疗等方面开展长期合作,首批项目已经确定。"
SECOND = "双方共建一座日供水三万吨的水厂,由西岭师水务公司负责建设,东川市住建局提供管网配套,明年五月通水。"
THIRD = "下一步,双方将建立定期会商机制,把协议逐项落到实处,让两地群众得到更多实惠。"

PAGE = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="CHARSET">
<title>西岭师与东川市共建水厂_河谷新闻网</title><meta property="og:title" content="西岭师与东川市共建水厂">
<meta property="og:site_name" content="河谷新闻网">
<link rel="canonical" href="https://news.example.org/2023/0506/1.html">
<script>var a = "来源:脚本报 2001-01-01";</script></head>
<body><div class="header">
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></div>
<div class="crumb"><a href="/">首页</a> &gt; <a href="/n">新闻</a> &gt; 正文</div>
<div class="main"><h1>西岭师与东川市共建水厂</h1>
<div class="info"><span>来源:河谷日报</span> <span>2023-05-06 10:00</span>
<span>【字号 大 中 小】</span></div>
<div class="article" id="content"><p>　　{FIRST}</p><h2>供水先行</h2><p>　　{SECOND}</p>
<ul><li>水厂一期,投资一亿二千万元</li><li>管网二期,投资八千万元</li></ul>
<table><tr><th>单位</th><th>出资</th></tr><tr><td>西岭师</td><td>1.2亿元</td></tr></table>
<p>　　{THIRD}</p></div>
<div class="editor">[ 责编:某某 ]</div><div class="share">分享到: 微信 微博 QQ空间</div>
<div class="rel"><h3>相关阅读</h3><ul><li><a href="/1">另一地举办苹果节</a></li></ul></div></div>
<div class="footer">版权所有 河谷新闻网 ICP备12345678号</div></body></html>"""


def parse(content: bytes, suffix: str) -> Document:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parse_content(content, suffix=suffix, name="page", origin="page")


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_html(charset: str) -> None:
    found = parse(PAGE.replace("CHARSET", charset).encode(charset), ".html")
    assert found.text.split("\n") == [
        "西岭师与东川市共建水厂", "", FIRST, "供水先行", SECOND,
        "• 水厂一期,投资一亿二千万元", "• 管网二期,投资八千万元", "单位 出资", "西岭师 1.2亿元", THIRD,
    ]  # fmt: skip
    assert (found.title, found.publisher, found.date) == ("西岭师与东川市共建水厂", "河谷日报", "2023-05-06")
    assert found.url == "https://news.example.org/2023/0506/1.html"
    assert found.id == document_id(found.text, found.url, "page")


def test_html_is_known_by_its_content() -> None:
    assert parse(PAGE.replace("CHARSET", "utf-8").encode(), ".txt").publisher == "河谷日报"


@pytest.mark.parametrize(
    "content", [b"<html></html>", b"<html><body><script>x()</script></body></html>", b"<", b"&#0;"]
)
def test_html_without_text(content: bytes) -> None:
    with pytest.raises(ReadingError, match="holds no text"):
        parse(content, ".html")


def draw_pdf(pages: list[list[str]]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for lines in pages:
        text = canvas.beginText(72, 750)
        text.setFont("STSong-Light", 12)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_pdf_lines_are_joined_across_pages_and_running_heads_go() -> None:
    content = draw_pdf(
        [
            ["河谷日报 第1版", "两地共建水厂", "本报讯 近日,来自第十",
             "二师的客人与东川市签订合作协议,双方将在", "产业、教育、医疗等领域开展合作,首批12个",
             "项目落地。下一步,双方"],
            ["河谷日报 第2版", "将定期会商,推动协议落实,让两地群众得到", "实惠。", "- 2 -"],
            ["河谷日报 第3版", "东川市的客人也来了。", "3"],
        ]
    )  # fmt: skip
    assert parse(content, ".pdf").text.split("\n") == [
        "两地共建水厂",
        "本报讯 近日,来自第十二师的客人与东川市签订合作协议,双方将在产业、教育、医疗等领域开展合作,"
        "首批12个项目落地。下一步,双方将定期会商,推动协议落实,让两地群众得到实惠。",
        "东川市的客人也来了。",
    ]


def test_pdf_without_text() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    with pytest.raises(ReadingError, match="OCR"):
        parse(stream.getvalue(), ".pdf")


def test_locked_pdf() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="secret")
    canvas.drawString(10, 10, "text")
    canvas.save()
    with pytest.raises(ReadingError, match="locked with a password"):
        parse(stream.getvalue(), ".pdf")


@pytest.mark.parametrize(
    ("content", "suffix", "problem"),
    [
        (b"%PDF-1.4 garbage", ".pdf", "a broken PDF"),
        (b"no PDF at all", ".pdf", "a broken PDF"),
        (b"PK\x03\x04 garbage", ".docx", "a broken .docx"),
        (b"no zip at all", ".docx", "a broken .docx"),
        (b"", ".pdf", "an empty file"),
        (b" \n ", ".docx", "an empty file"),
        (b"\xff\xfe\xff", ".md", "no known encoding"),
    ],
)
def test_broken_files(content: bytes, suffix: str, problem: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse(content, suffix)
    assert problem in caught.value.problem
    assert "\n" not in str(caught.value)


def test_cut_off_pdf() -> None:
    content = draw_pdf([["西岭师与东川市签订合作协议。"]])
    with pytest.raises(ReadingError):
        parse(content[:200], ".pdf")


def test_word_paragraphs_lists_and_tables() -> None:
    document = docx.Document()
    document.add_heading("两地签约", 1)
    document.add_paragraph("西岭师与东川市签订协议。")
    document.add_paragraph("甲项目", style="List Bullet")
    document.add_paragraph("乙项目", style="List Bullet")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("单位", "金额", "年份"), strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "西岭师 3亿元"
    table.cell(1, 2).text = "2023"
    document.add_paragraph("双方满意。")
    stream = io.BytesIO()
    document.save(stream)
    found = parse(stream.getvalue(), ".docx")
    assert found.title == "两地签约"
    assert [line for line in found.text.split("\n") if line] == [
        "两地签约", "西岭师与东川市签订协议。", "甲项目", "乙项目", "单位 金额 年份",
        "西岭师 3亿元 2023", "双方满意。",
    ]  # fmt: skip


def test_markdown_with_front_matter() -> None:
    found = parse(
        (
            '---\ntitle: "两地签约: 记"\n来源: 河谷日报\ndate: 2023/8/1\nurl: https://example.org/x\n'
            "tags: [a, b]\n---\n"
            "# 两地签约\n\n**西岭师**与[东川市](http://x.example)*签订*协议`全文`。\n\n- 甲项目\n* 乙项目\n\n"
            "| 单位 | 金额 |\n| --- | ---: |\n| 西岭师 | 3亿元 |\n\n"
            "> 引用一句。\n\n![图](a.png)\n\n```\n代码\n```\n\n---\n\n尾声。\n"
        ).encode(),
        ".md",
    )
    assert [line for line in found.text.split("\n") if line] == [
        "两地签约", "西岭师与东川市签订协议全文。", "• 甲项目", "• 乙项目", "单位 金额",
        "西岭师 3亿元", "引用一句。",
        "代码", "尾声。",
    ]  # fmt: skip
    assert (found.title, found.publisher, found.date) == ("两地签约: 记", "河谷日报", "2023-08-01")
    assert found.url == "https://example.org/x"


def test_rules_at_the_head_of_a_text_are_no_front_matter() -> None:
    found = parse("---\n两地签约。\n---\n协议有三条。\n".encode(), ".txt")
    assert found.text == "两地签约。\n协议有三条。"


def test_markdown_marks_inside_words_stay() -> None:
    assert (
        parse("新星市*委与snake_case_name,3 * 4 * 5。".encode(), ".md").text == "新星市*委与snake_case_name,3 * 4 * 5。"
    )


def test_text_keeps_its_stars_and_bars() -> None:
    assert parse("新星市*委**会议**,甲|乙。".encode(), ".txt").text == "新星市*委**会议**,甲|乙。"


@pytest.mark.parametrize("name", ["a.TXT", "a.Md", "a.HTML"])
def test_suffixes_in_capitals(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f"<p>{FIRST}</p>" if "HT" in name else FIRST, encoding="utf-8")
    assert [found.text for found in read_documents([tmp_path])] == [FIRST]
