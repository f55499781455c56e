"""The help pages in Chinese: each English text of a help page with its translation."""
# ruff: noqa: E501 - one text a line

from __future__ import annotations

from typing import Final

from .messages import Words

CHINESE: Final[dict[str, str]] = {
    # The frame of a page
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Filters:": "筛选：",
    "Output:": "输出：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "default": "默认",
    "env var": "环境变量",
    "required": "必填",
    "Show this message and exit.": "显示帮助并退出。",
    "Install completion for the current shell.": "为当前命令行环境安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示自动补全脚本，可复制或自行安装。",
    "Install completion for the specified shell.": "为指定的命令行环境安装自动补全。",
    "Show completion for the specified shell, to copy it or customize the installation.": "显示指定环境的自动补全脚本，可复制或自行安装。",
    # The program
    "A graph of the cooperation between the Xinjiang corps and the localities, read from Chinese news: build it "
    "from documents, ask it, export it. Every link comes with the sentences that state it.": "从中文新闻中建立兵地融合、"
    "对口援疆的知识图谱：读入文档、提问、导出。每一条关联都附有原文句子。",
    "Show the version and exit.": "显示版本并退出。",
    "Show the traceback of an error.": "出错时显示调用栈。",
    # Options that commands share
    "The store's file; bingdi.db unless BINGDI_STORE names another.": "数据库文件；默认 bingdi.db，可用 BINGDI_STORE 指定。",
    "table, json, jsonl or csv; table unless given.": "table、json、jsonl 或 csv；默认 table。",
    "zh or en; by locale unless given.": "zh 或 en；默认依系统语言。",
    "Only these relations: aids, co_builds, 共建, …; may be given again.": "只看这些关系：援助、共建、aids……；可多次给出。",
    "Only entities of these types: division, locality, 机构, …; may be given again.": "只看这些类型的实体：师、地方、机构……；可多次给出。",
    "Only these fields of cooperation: 教育, 医疗, …; may be given again.": "只看这些合作领域：教育、医疗……；可多次给出。",
    "Only done, ongoing or planned; may be given again.": "只看已完成、进行中或计划中；可多次给出。",
    "Only documents of these publishers; may be given again.": "只看这些媒体的文档；可多次给出。",
    "Not before this date: 2023, 2023-08 or 2023-08-11.": "不早于此日期：2023、2023-08 或 2023-08-11。",
    "Not after this date.": "不晚于此日期。",
    "With a period: leave out what has no date.": "限定时间时，不含无日期的关联。",
    "Only links with at least so many sentences.": "只看至少有这么多句依据的关联。",
    "Only evidence at least this probable, 0 to 1.": "只看置信度不低于此值（0 到 1）的依据。",
    "entity: as named; unit: rolled up to divisions and localities.": "entity：按原文所称；unit：归并到师市和地方。",
    "Rows of the table; 0 for all.": "表格行数；0 为全部。",
    "A name, alias, code, id or pinyin.": "名称、别名、代码、编号或拼音。",
    "Sentences shown for each link; 0 for all.": "每条关联显示的句子数；0 为全部。",
    # build
    "Read documents (txt, md, html, pdf, docx, jsonl, csv), find entities and links, and store them.": "读入文档"
    "（txt、md、html、pdf、docx、jsonl、csv），找出实体与关联，存入数据库。",
    "What the store holds already is not read again. A document that cannot be read is named and counted, and the "
    "others are read; exit code 1 where a PATH itself cannot be read, or nothing can.": "库中已有的文档不再重读。无法读取的文档会列出并计数，"
    "其余照常读入；若给出的路径本身无法读取，或什么都没读到，退出码为 1。",
    "Files, folders or patterns; - for standard input.": "文件、文件夹或通配符；- 表示标准输入。",
    "Write the interactive page here.": "把可交互的网页写到这里。",
    "Write a file for Gephi here.": "把 Gephi 可读的文件写到这里。",
    "Processes that read at the same time.": "同时读取的进程数。",
    "Find more, and be wrong more often.": "找得更多，错得也更多。",
    "A trained spaCy pipeline whose names join as candidates.": "已安装的 spaCy 中文模型，其识别的名称也作为候选。",
    # ask
    "Who is tied to NAME: by which relation, how often, since when, and the sentence that says it best.": "与某实体有关联的"
    "各方：何种关系、多少依据、何时起，以及最能说明的句子。",
    "Steps away from NAME.": "距该实体的步数。",
    "Every relation between A and B, with its dates and the sentences that state it.": "甲、乙之间的每一种关系，及其日期和原文句子。",
    "The ends and the words of the relation are coloured, or stand in 【】, 〖〗 and ‹›.": "甲方、乙方与关系词语以颜色标出，"
    "或分别置于【】、〖〗、‹›之中。",
    "One entity.": "一方。",
    "The other entity.": "另一方。",
    "The shortest ways from A to B, each step with the sentences that state it.": "甲到乙的最短路径，每一步附原文句子。",
    "Longest way to look for.": "最多查找的步数。",
    "Ways to show.": "显示的路径数。",
    "Only ways of cooperation: no geography, no structure.": "只走合作关系，不含地理与隶属关系。",
    # look
    "What is known of NAME: aliases, code, unit, how often it is named, its links by relation.": "某实体的概况："
    "别名、代码、所属、提及次数、各类关联的数量。",
    "Names, titles and sentences that hold TEXT, in simplified or traditional script.": "含有某文字的名称、标题和句子，简繁通用。",
    "Words to look for, in either script.": "要查找的文字，简繁均可。",
    "How much the store holds: documents, entities, links, the pairs that cooperate most.": "数据库概况："
    "文档数、各类实体与关联的数量、合作最多的各对。",
    "Cooperating pairs to list.": "列出的合作对数。",
    "The dated links of NAME, or of all, in order of time, each with its sentence.": "某实体（或全部）有日期的关联，按时间排列，附句子。",
    "An entity; all links unless given.": "一个实体；不给则为全部。",
    "Count by year or month instead of listing.": "按 year（年）或 month（月）计数，不逐条列出。",
    # export
    "Write the graph, or a part of it, as a file that other programs open.": "把图谱或其一部分写成其他软件可打开的文件。",
    "FORMAT is html, graphml, gexf, csv, xlsx, parquet, turtle, jsonld, cypher, neo4j, ftm, jsonl, json, cytoscape or "
    "dot; the ending of FILE is enough: `bingdi export out.gexf`. The filters are those of `neighbours`.": "格式为 html、"
    "graphml、gexf、csv、xlsx、parquet、turtle、jsonld、cypher、neo4j、ftm、jsonl、json、cytoscape 或 dot；只给文件名亦可："
    "`bingdi export out.gexf`。筛选条件与 `neighbours` 相同。",
    "Needed only where the file's ending does not tell.": "格式；仅当文件名后缀不足以判断时需要。",
    "The file to write; for parquet and neo4j a folder, for csv NAME.csv three files: NAME.nodes.csv, NAME.links.csv, "
    "NAME.evidence.csv.": "要写的文件；parquet、neo4j 为文件夹；csv 给出 NAME.csv 则写三个文件：NAME.nodes.csv、NAME.links.csv、NAME.evidence.csv。",
    "Only what lies around this entity; may be given again.": "只看此实体周围；可多次给出。",
    "With --around: so many steps from it.": "与 --around 同用：距其步数。",
    "graphml: one weighted edge for each pair.": "graphml：每对实体只写一条加权边。",
    "graphml: undirected edges where a relation has no direction; not for networkx.": "graphml：无方向的关系写成无向边；networkx 不能读。",
    "csv: begin with a byte order mark, for Excel.": "csv：以字节顺序标记开头，便于 Excel 打开。",
    # verify, annotate, learn
    "Read every mention and evidence against its document again, derive the ids anew, list what is broken.": "对照文档重新核对"
    "每处提及与每条依据，重算编号，列出有误之处。",
    "Exit code 1 where anything is.": "如有错误，退出码为 1。",
    "FILE with its mentions and links marked, and for each what decided and how surely.": "标出一篇文档中的"
    "提及与关联，并说明各由何种规则或特征判定、置信度多少。",
    "A document; - for standard input.": "一篇文档；- 表示标准输入。",
    "Write a page with the marked text here.": "把标注后的网页写到这里。",
    "Precision, recall and F1 of what bingdi finds in annotated documents.": "在已标注文档上的准确率、召回率与 F1。",
    "A folder with NAME.txt and NAME.json for each document.": "文件夹，每篇文档有 NAME.txt 与 NAME.json。",
    "Fit the scorers to annotated documents and write them to a folder.": "用已标注的文档训练模型并写入文件夹。",
    "The folder that the models are written to.": "写入模型的文件夹。",
}
"""English → Chinese."""


def translate(text: str, words: Words) -> str:
    """``text`` of a help page in the language of ``words``; as it is where there is no translation."""
    return CHINESE.get(text, text) if words.language == "zh" else text
