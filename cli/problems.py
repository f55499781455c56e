"""What went wrong, in Chinese: the problems that errors of the library tell in English, by their form.

``{}`` stands for what changes from case to case. What changes is looked up too, so that a known cause in brackets is
told in Chinese as well; what is not known (the words of a library) stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

PROBLEMS: Final[dict[str, str]] = {
    # the system
    "No such file or directory": "没有这个文件或文件夹",
    "Permission denied": "没有权限",
    "Is a directory": "这是文件夹",
    "Not a directory": "这不是文件夹",
    "No space left on device": "磁盘已满",
    "Read-only file system": "只读文件系统",
    "database is locked": "数据库正被占用",
    "file is not a database": "文件不是数据库",
    # the parser of commands
    "Got unexpected extra argument(s) ({})": "多出的参数：{}",
    "Got unexpected extra argument ({})": "多出的参数：{}",
    "Got unexpected extra arguments ({})": "多出的参数：{}",
    "Option {} requires an argument": "选项 {} 后面缺少值",
    "Input should be greater than or equal to {}": "应不小于 {}",
    "Input should be less than or equal to {}": "应不大于 {}",
    "Input should be a valid integer, unable to parse string as an integer": "应为整数",
    "Input should be a valid number, unable to parse string as a number": "应为数字",
    "dir {} does not exist": "文件夹 {} 不存在",
    "dir {} is a file": "{} 是文件，不是文件夹",
    # documents that cannot be read
    "no such file or folder; check the path": "没有这个文件或文件夹；请检查路径",
    "matches no file; check the pattern": "没有匹配的文件；请检查通配符",
    "cannot be read ({})": "无法读取（{}）",
    "a hidden or linked folder; give it by name to have it read": "隐藏或链接的文件夹；要读它请直接写出其路径",
    "a broken link or no regular file": "链接已失效，或不是普通文件",
    "a hidden file": "隐藏文件",
    "unsupported suffix {}; {}": "不支持的后缀 {}；{}",
    "read are {}": "可读的有 {}",
    "(none)": "（无）",
    "save it as .docx": "请另存为 .docx",
    "save it as .csv": "请另存为 .csv",
    "one object a line (.jsonl) is read": "只读每行一个对象的 .jsonl",
    "an empty file": "空文件",
    "empty text": "正文为空",
    "holds no text; leave it out, or give the file that holds it": "没有正文；请去掉它，或改给有正文的文件",
    "no known encoding fits its bytes; save it as UTF-8": "编码无法识别；请另存为 UTF-8",
    "the page holds no text; save it again when it has loaded": "网页没有正文；请等它加载完再保存一次",
    "broken page ({})": "网页已损坏（{}）",
    "a PDF without text, scanned perhaps; run OCR over it first": "PDF 没有文字，可能是扫描件；请先做文字识别",
    "locked with a password; save it without one": "有密码保护；请另存为无密码的文件",
    "a broken PDF ({})": "PDF 已损坏（{}）",
    "a broken .docx ({}); open it in a word processor and save it again": (
        "docx 已损坏（{}）；请用文字处理软件打开后重新保存"
    ),
    "not a JSON object; one object a line is read": "不是 JSON 对象；每行应为一个对象",
    "malformed row ({}); one JSON object a line is read": "格式有误（{}）；每行应为一个 JSON 对象",
    "malformed row ({} cells under {} columns); quote cells with commas": (
        "格式有误（{} 个单元格，只有 {} 列）；含逗号的单元格请加引号"
    ),
    "malformed row (bytes of another encoding); save the table as UTF-8": (
        "格式有误（混有其他编码）；请把表格另存为 UTF-8"
    ),
    "malformed row ({})": "格式有误（{}）",
    "no text column; name it text, content, 正文 or 内容": "没有正文列；请命名为 text、content、正文或内容",
    "the date {} is not understood; write 2023, 2023-08 or 2023-08-11": (
        "日期 {} 无法识别；请写作 2023、2023-08 或 2023-08-11"
    ),
    "no annotated documents (NAME.json beside NAME.txt)": "没有标注好的文档（名称.txt 旁应有同名的 .json）",
    "no gold annotation ({})": "不是标注文件（{}）",
    # stores
    "cannot be written ({}); see whether another build is at it": "无法写入（{}）；请看是否有别的构建正在进行",
    "cannot be read ({}); {}": "无法读取（{}）；{}",
    "take open streams to their end first": "请先读完已打开的数据流",
    "build it anew": "请重新构建",
    "is damaged; build it anew": "已损坏；请重新构建",
    "cannot be opened as a store ({}); give another file": "无法作为数据库打开（{}）；请改给别的文件",
    "cannot be brought to version {} ({})": "无法升级到版本 {}（{}）",
    "is a folder; give the store's file": "这是文件夹；请给出数据库文件",
    "no store here; build one first: bingdi build PATH… --store {}": (
        "这里没有数据库；请先构建：bingdi build 路径… --store {}"
    ),
    "its folder does not exist; make it first": "所在文件夹不存在；请先建立",
    "is no bingdi store ({}); give another file": "不是 bingdi 的数据库（{}）；请改给别的文件",
    "is empty; build a store first: bingdi build PATH… --store {}": (
        "数据库是空的；请先构建：bingdi build 路径… --store {}"
    ),
    "is the database of another program; give another file": "这是别的程序的数据库；请改给别的文件",
    "is of version {}, newer than {}; upgrade bingdi": "数据库版本 {} 比 {} 新；请升级 bingdi",
    "holds no document {}": "其中没有文档 {}",
    "{} is no id; ids are 16 hexadecimal digits (see graph/model.py)": "{} 不是编号；编号为 16 位十六进制数",
    "{} and {} are merged already, the other way round": "{} 与 {} 已按相反方向合并",
    "a link has two ends, {} were given": "一条关联有两端，给出的是 {} 个",
    # questions and exports
    "{} belongs to no division or locality; ask at level entity": "{} 不属于任何师或地方；请用 --level entity",
    "level {} is none of {}": "层级 {} 不在可选值之内：{}",
    "depth {} is below 0; give the number of steps": "步数 {} 小于 0；请给出步数",
    "period {} to {} ends before it starts": "时间段 {} 至 {} 的终点早于起点",
    "no format is called {}; there are {}": "没有名为 {} 的格式；可用的有 {}",
    "no format has this suffix; name the format, or end the file in one of {}": (
        "没有格式使用这个后缀；请写明格式，或以这些后缀结尾：{}"
    ),
    "{} has no option {}; {}": "{} 没有选项 {}；{}",
    "it takes no options": "它没有选项",
    "it takes {}": "它的选项有 {}",
    "no language is called {}; there are zh, en": "没有名为 {} 的语言；可用 zh、en",
    "lang {} is unknown; choose one of {}": "语言 {} 未知；可用 {}",
    "simple edges have no direction, so mixed says nothing; give one of the two": (
        "simple 的边没有方向，mixed 便无意义；两者请选一"
    ),
    "{}; choose a folder that can be written": "{}；请选可写的文件夹",
    "{}; choose another place": "{}；请换一个位置",
    "the folder {} does not exist; make it first": "文件夹 {} 不存在；请先建立",
    "is a folder; give a file name inside it": "这是文件夹；请给出其中的文件名",
    "is not an ordinary file; give another name": "不是普通文件；请换一个名称",
    "is a file; this format writes a folder, give another name": "这是文件；该格式写出文件夹，请换一个名称",
    "more than {} {} do not fit a sheet; write csv or parquet": (
        "超过 {} 行的 {} 放不进一个工作表；请改用 csv 或 parquet"
    ),
    "{} needs {}: pip install '.[{}]' in the folder of the project": (
        "{} 需要 {}：请在项目文件夹中运行 pip install '.[{}]'"
    ),
    "pyvis ships no vis-network 9; install pyvis 0.3.2": "pyvis 中没有 vis-network 9；请安装 pyvis 0.3.2",
    "evidence of link {} comes out of order; run bingdi verify": "关联 {} 的依据次序有误；请运行 bingdi verify",
    "link {} has an end {} that is no node; run bingdi verify": "关联 {} 的一端 {} 不是节点；请运行 bingdi verify",
    # scorers
    "not a trained scorer ({}); run `bingdi train` or restore the file": (
        "不是训练好的模型（{}）；请运行 `bingdi train` 或恢复该文件"
    ),
    "made for another version of bingdi; run `bingdi train`": "为 bingdi 的其他版本所制；请运行 `bingdi train`",
    "{}; run `bingdi train` or restore the file": "{}；请运行 `bingdi train` 或恢复该文件",
    "the annotated documents hold too little to learn from; annotate more of them": (
        "标注的文档太少，不足以训练；请标注更多文档"
    ),
    "holds {} annotated documents; at least {} are needed": "只有 {} 篇标注的文档；至少需要 {} 篇",
    "no spaCy pipeline can be loaded from here; install one and give its name": (
        "无法载入这个 spaCy 模型；请安装后给出其名称"
    ),
    "this spaCy pipeline finds no named entities; give one with a component such as ner": (
        "这个 spaCy 模型不识别命名实体；请给出含 ner 等组件的模型"
    ),
}


def translate_problem(problem: str) -> str:
    """A problem in Chinese where it is known, with or without the place that it begins with."""
    found = _translate(problem)
    if found is not None:
        return found
    for match in re.finditer(": ", problem):
        place, rest = problem[: match.start()], problem[match.end() :]
        if (found := _translate(rest)) is not None:
            return f"{place}：{found}"
    return problem


def _translate(problem: str) -> str | None:
    if problem in PROBLEMS:
        return PROBLEMS[problem]
    for pattern, told in _list_patterns():
        if match := pattern.fullmatch(problem):
            return told.format(*map(translate_problem, match.groups()))
    return None


@cache
def _list_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with something that changes, the most telling (the longest words) first."""
    changing = sorted((form for form in PROBLEMS if "{}" in form), key=lambda form: (-len(form), form))
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, form.split("{}"))), re.DOTALL), PROBLEMS[form]) for form in changing
    )
