"use strict";
/** What the page says, in Chinese and English. */
const words = (() => {
  const texts = {
    skip: ["跳到主要内容", "Skip to the main part"],
    search: ["查找实体", "Find an entity"],
    search_hint: ["名称、别名、拼音或首字母", "Name, alias, pinyin or initials"],
    search_short: ["查找名称、拼音", "Name or pinyin"],
    search_none: ["没有找到", "Nothing found"],
    search_found: ["找到 {n} 个", "{n} found"],
    tools: ["工具", "Tools"],
    filters: ["筛选", "Filters"],
    path: ["路径", "Path"],
    save: ["保存", "Save"],
    language: ["Switch to English", "切换为中文"],
    other_language: ["EN", "中"],
    theme: ["深色或浅色", "Light or dark"],
    help: ["帮助", "Help"],
    close: ["关闭", "Close"],
    views: ["视图", "Views"],
    view_network: ["网络", "Network"],
    view_matrix: ["矩阵", "Matrix"],
    view_timeline: ["时间线", "Timeline"],
    view_documents: ["文档", "Documents"],
    view_table: ["表格", "Table"],
    level: ["层级", "Level"],
    level_entity: ["原名", "As named"],
    level_unit: ["归并到师市与地方", "Rolled up"],
    level_entity_hint: ["各机构按原文名称", "Bodies as the texts name them"],
    level_unit_hint: ["把机构归入所属师市与地方", "Bodies counted with their division or locality"],
    counts: [
      "实体 {n}/{nodes} · 关联 {l}/{links} · 依据 {e}/{evidence}",
      "{n}/{nodes} entities · {l}/{links} links · {e}/{evidence} evidence",
    ],
    drawn: ["图上 {n} 个实体、{l} 条关联", "Drawn: {n} entities, {l} links"],
    drawn_left: ["另有 {l} 条较弱的关联未画", "{l} weaker links among them not drawn"],
    drawn_full: [
      "图上已满 {n} 个；按“回到首屏”或筛选后再展开",
      "The picture is full at {n}; go back to the opening view or filter first",
    ],
    drawn_none: ["没有符合筛选条件的关联", "No link passes the filters"],
    network_label: ["关系网络图", "Network of entities"],
    network_keys: [
      "方向键在实体间移动，回车查看，E 展开邻居，L 逐条看关联，加减号缩放，0 看全图，Esc 取消选择。表格视图列出同样的内容。",
      "Arrow keys move between entities, Enter opens, E expands, L walks along links, plus and minus zoom, 0 fits, Escape clears. The table view lists the same content.",
    ],
    picture_tools: ["图上工具", "Picture tools"],
    opening: ["回到首屏", "Back to the opening view"],
    closer: ["放大", "Zoom in"],
    farther: ["缩小", "Zoom out"],
    whole: ["看全图", "Fit"],
    legend: ["图例", "Legend"],
    legend_size: ["大小：依据数", "Size: amount of evidence"],
    legend_directed: ["箭头：有方向", "Arrow: directed"],
    card: ["详情", "Details"],
    loading: ["正在读取…", "Reading…"],
    failure: ["页面无法读取其中的数据：", "The page cannot read its data: "],
    old_browser: [
      "浏览器过旧：需要 Chromium 80、Firefox 113 或 Safari 16.4 以上",
      "The browser is too old: Chromium 80, Firefox 113 or Safari 16.4 are needed",
    ],

    about: ["概览", "Overview"],
    about_left: [
      "首屏只画依据最多的 {n} 个；其余 {rest} 个可查找、展开，或在其他视图中查看。",
      "The opening view draws the {n} with the most evidence; the other {rest} are found by search, by expanding, or in the other views.",
    ],
    about_rolled: [
      "实体超过 20,000 个，因此先按所属师市与地方归并；选“原名”可看全部实体。",
      "There are more than 20,000 entities, so the page opens rolled up to divisions and localities; choose “As named” for all of them.",
    ],
    about_texts: [
      "为控制文件大小，{n} 篇文档只收录依据句，未收录全文。",
      "To keep the file small, {n} documents are here by their evidence sentences only, without their full text.",
    ],
    about_outside: [
      "归并时，{n} 个实体没有已知的所属单位，它们的 {l} 条关联不在此层级。",
      "Rolled up, {n} entities have no known division or locality; their {l} links are not at this level.",
    ],
    about_inside: [
      "归并时，{n} 条关联的两端同属一个单位，不再画出。",
      "Rolled up, {n} links lie inside one unit and are not drawn.",
    ],
    most_connected: ["依据最多", "Most evidence"],
    by_relation: ["各类关联", "Links by relation"],
    tips: [
      "单击查看，双击展开邻居；按 / 查找，按 ? 看快捷键。",
      "Click to open, double click to expand; / searches, ? lists the keys.",
    ],
    entities: ["实体", "Entities"],
    links: ["关联", "Links"],
    documents: ["文档", "Documents"],
    evidence: ["依据", "Evidence"],
    evidence_n: ["{n} 条依据", "{n} evidence"],
    documents_n: ["{n} 篇文档", "{n} documents"],

    type: ["类型", "Type"],
    aliases: ["别名", "Aliases"],
    code: ["代码", "Code"],
    unit: ["所属", "Belongs to"],
    unit_self: ["自成一级", "Stands for itself"],
    reason_structure: ["据文中隶属关系", "by what the texts say"],
    reason_gazetteer: ["据地名表", "by the gazetteer"],
    reason_name: ["据其名称", "by its name"],
    unit_none: ["未知", "Unknown"],
    period: ["时间", "Period"],
    mentions: ["提及", "Mentions"],
    weight: ["依据数", "Evidence"],
    expand: ["展开邻居", "Expand"],
    around: ["只看周边", "Only its surroundings"],
    around_off: ["恢复全图", "Back to the whole view"],
    path_from: ["以此为起点", "Path from here"],
    copy_address: ["复制链接", "Copy link"],
    members: ["下属实体", "Members"],
    no_links: ["当前筛选下没有关联。", "No links pass the present filters."],
    more: ["再显示 {n} 条", "Show {n} more"],
    relation: ["关系", "Relation"],
    head: ["甲方", "Head"],
    tail: ["乙方", "Tail"],
    trigger: ["触发词", "Trigger"],
    status: ["状态", "Status"],
    fields: ["领域", "Fields"],
    confidence: ["置信度", "Confidence"],
    rule: ["判定依据", "Decided by"],
    date: ["日期", "Date"],
    between: ["两者间的其他关系", "Other relations between the two"],
    parts: ["由 {n} 条具体关联归并而成", "Rolled up from {n} links"],
    source: ["来源", "Source"],
    open_document: ["看全文", "Read in full"],
    copy_citation: ["复制引文", "Copy citation"],
    copied: ["已复制", "Copied"],
    copy_failed: ["浏览器不允许复制", "The browser does not allow copying"],
    untitled: ["（无题）", "(untitled)"],
    undated: ["未注明日期", "Undated"],
    first: ["最早", "First"],
    last: ["最晚", "Last"],

    status_: ["未注明", "Not stated"],
    status_done: ["已完成", "Done"],
    status_ongoing: ["进行中", "Ongoing"],
    status_planned: ["计划中", "Planned"],
    group_cooperation: ["合作", "Cooperation"],
    group_geography: ["地理", "Geography"],
    group_structure: ["结构", "Structure"],
    types: ["实体类型", "Entity types"],
    relations: ["关系", "Relations"],
    publishers: ["发布者", "Publishers"],
    publisher_none: ["未注明", "Not stated"],
    field_none: ["未注明", "Not stated"],
    from: ["起", "From"],
    to: ["止", "To"],
    with_undated: ["含未注明日期的", "Include undated"],
    least: ["依据不少于", "Evidence at least"],
    least_confidence: ["置信度不低于", "Confidence at least"],
    reset: ["清除筛选", "Clear filters"],
    only: ["仅此", "only"],
    all: ["全部", "All"],
    none: ["全不选", "None"],
    narrow: ["查找…", "Find…"],
    bad_date: ["写作 2020、2020-05 或 2020-05-01", "Write 2020, 2020-05 or 2020-05-01"],

    path_title: ["两个实体之间的最短路径", "Shortest ways between two entities"],
    path_start: ["起点", "From"],
    path_end: ["终点", "To"],
    path_swap: ["互换", "Swap"],
    path_choose: [
      "选两个实体：输入名称，或在图上选一个后按“以此为起点”。",
      "Choose two entities: type names, or select one in the picture and press “Path from here”.",
    ],
    path_none: [
      "在当前筛选下，两者之间没有路径。",
      "There is no way between them under the present filters.",
    ],
    path_same: ["起点与终点相同。", "Both ends are the same."],
    path_found: ["{n} 条路径，各 {k} 步", "{n} ways of {k} steps"],
    path_more: [
      "至少 {n} 条路径，各 {k} 步；先列依据最多的",
      "At least {n} ways of {k} steps, those with most evidence first",
    ],
    path_n: ["路径 {n}", "Way {n}"],

    matrix_about: [
      "兵团与师市（行）× 省区与地方（列），归并后的依据数；点格子看依据。",
      "Corps and divisions (rows) by provinces and localities (columns), evidence after rolling up; a cell opens its evidence.",
    ],
    matrix_columns: ["列出 {n}/{all} 个地方", "{n} of {all} localities"],
    matrix_order: ["排序", "Order"],
    order_weight: ["按依据数", "By evidence"],
    order_name: ["按名称", "By name"],
    order_code: ["按代码", "By code"],
    order_date: ["按日期", "By date"],
    matrix_more: ["再列 {n} 个", "Add {n}"],
    matrix_none: [
      "当前筛选下没有师市与地方之间的关联。",
      "No link between a division and a locality passes the filters.",
    ],
    matrix_cell: ["{a} 与 {b}：{n} 条依据", "{a} and {b}: {n} evidence"],
    total: ["合计", "Total"],
    fewer_many: ["少 → 多", "few → many"],

    timeline_about: [
      "每{u}有依据的关联数，按关系分色；点柱看当期关联。",
      "Links with evidence in each {u}, by relation; a bar opens its links.",
    ],
    by_year: ["按年", "Years"],
    by_month: ["按月", "Months"],
    year: ["年", "year"],
    month: ["月", "month"],
    timeline_undated: ["{n} 条关联没有注明日期，不在图中。", "{n} links are undated and not in the chart."],
    timeline_coarse: [
      "{n} 条关联只注明年份，不在月视图中。",
      "{n} links are dated by year only and not in the months.",
    ],
    timeline_none: ["当前筛选下没有注明日期的关联。", "No dated link passes the filters."],
    timeline_cell: ["{d} {r}：{n} 条关联", "{d}, {r}: {n} links"],
    only_period: ["只看这一时段", "Only this period"],
    links_of: ["{d} 的关联", "Links of {d}"],

    documents_find: ["标题、发布者", "Title, publisher"],
    documents_count: ["{n}/{all} 篇", "{n} of {all}"],
    document_choose: ["从列表中选一篇文档阅读。", "Choose a document from the list to read it."],
    document_says: ["本文说到的关联", "What it says"],
    document_text: ["全文", "Text"],
    document_no_text: [
      "此处未收录全文，只有依据句。",
      "The full text is not in this file; only its evidence sentences are.",
    ],
    document_says_n: ["{n} 条关联", "{n} links"],
    back_to_list: ["返回列表", "Back to the list"],

    table_links: ["关联表", "Links"],
    table_entities: ["实体表", "Entities"],
    table_find: ["在表中查找", "Find in the table"],
    table_rows: ["{a}–{b} / {n} 行", "{a}–{b} of {n} rows"],
    previous: ["上一页", "Previous"],
    next: ["下一页", "Next"],
    copy_table: ["复制表格", "Copy table"],
    save_csv: ["存为 CSV", "Save as CSV"],
    table_none: ["没有符合条件的行。", "No row matches."],
    name: ["名称", "Name"],
    links_count: ["关联数", "Links"],
    sort_by: ["按{c}排序", "Sort by {c}"],

    save_picture: ["图片（网络图）", "Picture of the network"],
    save_drawn: ["图上所画", "What is drawn"],
    save_shown: ["筛选所得", "All that pass the filters"],
    save_png: ["PNG 图片", "PNG picture"],
    save_svg: ["SVG 矢量图", "SVG drawing"],
    save_graphml: ["GraphML（Gephi 等）", "GraphML (Gephi and others)"],
    save_csv_links: ["CSV：关联", "CSV: links"],
    save_csv_nodes: ["CSV：实体", "CSV: entities"],
    saved: ["已保存 {f}", "Saved {f}"],

    help_title: ["如何使用", "How to use this page"],
    help_intro: [
      "图谱中的每一条关联都出自文档中的一句话；点关联可看原句。所有数据都在这个文件里，离线可用。",
      "Every link stands on sentences of the documents; click a link to read them. All data is in this file; it works offline.",
    ],
    key_search: ["查找", "Search"],
    key_views: ["切换视图", "Switch views"],
    key_filters: ["筛选栏", "Filters"],
    key_path: ["路径", "Path"],
    key_level: ["切换层级", "Switch level"],
    key_arrows: ["在图上移动到邻近实体", "Move to the nearest entity in the picture"],
    key_enter: ["打开所选", "Open what is selected"],
    key_expand: ["展开邻居", "Expand neighbours"],
    key_links: ["逐条看所选实体的关联", "Walk along the links of the selected entity"],
    key_zoom: ["缩放、看全图", "Zoom, fit"],
    key_theme: ["深色或浅色", "Light or dark"],
    key_escape: ["关闭或取消选择", "Close, or clear the selection"],
    key_help: ["本帮助", "This help"],
  };
  let lang = "zh";
  const column = () => (lang === "zh" ? 0 : 1);

  /** The text of a key, its {names} filled in; numbers are grouped by thousands. */
  function say(key, values = {}) {
    const text = texts[key];
    if (!text) throw new Error(`no words for ${key}`);
    return text[column()].replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? show(values[name]) : whole,
    );
  }

  /** The text of a key, or what is given where the data says something that has no words here. */
  const sayOr = (key, given) => (texts[key] ? say(key) : given);

  const show = (value) => (typeof value === "number" ? count(value) : String(value));
  const figures = new Intl.NumberFormat("en-US");
  const count = (value) => figures.format(value);

  /** Fill in every element of the skeleton that names its words. */
  function dress(root) {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    for (const element of root.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
    for (const element of root.querySelectorAll("[data-l]")) {
      element.setAttribute("aria-label", say(element.dataset.l));
      if (element.tagName === "BUTTON") element.title = say(element.dataset.l);
    }
    for (const element of root.querySelectorAll("[data-h]")) element.title = say(element.dataset.h);
    for (const element of root.querySelectorAll("[data-p]")) element.placeholder = say(element.dataset.p);
  }

  return {
    say,
    sayOr,
    count,
    dress,
    get lang() {
      return lang;
    },
    set lang(value) {
      lang = value === "en" ? "en" : "zh";
    },
    pick: (chinese, english) => (lang === "zh" ? chinese : english),
  };
})();
