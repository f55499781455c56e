"use strict";
/** Links or entities as a table that sorts, filters, and leaves as text or CSV. */
const table = (() => {
  const PAGE = 50;
  let at = 0;
  let last = { view: null, key: "" };
  let typing = 0;

  const linkColumns = [
    {
      key: "head",
      get: (view, link) => graph.name[view.level.head[link]],
      node: (view, link) => view.level.head[link],
    },
    {
      key: "relation",
      get: (view, link) => look.relationName(view.level.relation[link]),
      order: (view, link) => view.level.relation[link],
    },
    {
      key: "tail",
      get: (view, link) => graph.name[view.level.tail[link]],
      node: (view, link) => view.level.tail[link],
    },
    { key: "weight", get: (view, link) => view.weight[link], number: true },
    {
      key: "documents",
      get: (view, link) =>
        new Set(shown.evidenceOf(view, link).map((item) => graph.facets.document[item])).size,
      number: true,
    },
    { key: "first", get: (view, link) => dates.write(shown.span(shown.evidenceOf(view, link)).first) },
    { key: "last", get: (view, link) => dates.write(shown.span(shown.evidenceOf(view, link)).last) },
    { key: "status", get: (view, link) => statusOf(shown.evidenceOf(view, link)) },
    { key: "fields", get: (view, link) => fieldsOf(shown.evidenceOf(view, link)) },
    {
      key: "confidence",
      get: (view, link) =>
        Math.max(...shown.evidenceOf(view, link).map((item) => graph.facets.confidence[item])) / 1000,
      number: true,
    },
  ];
  const entityColumns = [
    { key: "name", get: (view, node) => graph.name[node], node: (view, node) => node },
    {
      key: "type",
      get: (view, node) => look.typeName(graph.type[node]),
      order: (view, node) => graph.type[node],
    },
    { key: "unit", get: (view, node) => (graph.unit[node] >= 0 ? graph.name[graph.unit[node]] : "") },
    { key: "aliases", get: (view, node) => (graph.aliases[node] || []).join("、") },
    { key: "code", get: (view, node) => graph.code[node] },
    { key: "links_count", get: (view, node) => view.degree[node], number: true },
    { key: "weight", get: (view, node) => view.node[node], number: true },
    { key: "mentions", get: (view, node) => graph.mentions[node], number: true },
    { key: "documents", get: (view, node) => graph.documents[node], number: true },
  ];

  /** The status of the latest evidence that has one. */
  function statusOf(items) {
    let [best, date] = [0, -1];
    for (const item of items) {
      if (graph.facets.status[item] && graph.facets.date[item] >= date)
        [best, date] = [graph.facets.status[item], graph.facets.date[item]];
    }
    return best ? words.say(`status_${["", "done", "ongoing", "planned"][best]}`) : "";
  }

  function fieldsOf(items) {
    const found = new Set(items.flatMap((item) => graph.fieldsets[graph.facets.fieldset[item]]));
    return [...found]
      .map((field) => graph.fields[field])
      .sort()
      .join("、");
  }

  const columnsOf = (rows) => (rows === "entities" ? entityColumns : linkColumns);

  function rowsOf(view, kind) {
    const rows = [];
    if (kind === "entities")
      for (let node = 0; node < graph.all; node += 1) {
        if (view.on[node]) rows.push(node);
      }
    if (kind === "links")
      for (let link = 0; link < view.level.links; link += 1) {
        if (view.weight[link]) rows.push(link);
      }
    return rows;
  }

  /** Rows of the state's kind that hold the text, in the state's order. */
  function choose(view, now) {
    const columns = columnsOf(now.rows);
    const text = now.find.trim().toLowerCase();
    const searched = columns.filter(({ number, key }) => !number && !["first", "last"].includes(key));
    const rows = rowsOf(view, now.rows).filter(
      (row) => !text || searched.some((column) => String(column.get(view, row)).toLowerCase().includes(text)),
    );
    return sort(view, rows, readOrder(now, columns));
  }

  function readOrder(now, columns) {
    const found = /^(\w+)([+-])$/.exec(now.sort);
    const column = found && columns.find(({ key }) => key === found[1]);
    return column
      ? { column, sign: found[2] === "+" ? 1 : -1 }
      : { column: columns.find(({ key }) => key === "weight"), sign: -1 };
  }

  function sort(view, rows, { column, sign }) {
    const read = column.order || column.get;
    const keys = new Map(rows.map((row) => [row, read(view, row)]));
    const collator = new Intl.Collator("zh");
    const compare = (a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      if (typeof one === "number") return sign * (one - other) || a - b;
      if (!one || !other) return one ? -1 : other ? 1 : a - b;
      return sign * collator.compare(one, other) || a - b;
    };
    return rows.sort(compare);
  }

  function render(view, now) {
    const key = `${now.rows} ${now.sort} ${now.find}`;
    if (last.view !== view || last.key !== key) at = 0;
    last = { view, key };
    const rows = choose(view, now);
    const place = find("view-table");
    const focused = document.activeElement && document.activeElement.id === "table-find";
    place.replaceChildren(
      drawControls(view, now, rows),
      h("div", { class: "scroll", tabindex: "-1" }, drawTable(view, now, rows)),
      drawPages(view, now, rows),
    );
    if (focused) {
      const input = find("table-find");
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    }
  }

  function drawControls(view, now, rows) {
    const input = h("input", {
      id: "table-find",
      type: "text",
      placeholder: words.say("table_find"),
      "aria-label": words.say("table_find"),
      value: now.find,
    });
    input.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => {
        // By then another view may be open, whose address this is not.
        if (state.now.view === "table") state.set({ find: input.value }, { replace: true });
      }, 120);
    });
    return h(
      "div",
      { class: "controls" },
      h(
        "span",
        { class: "levels", role: "radiogroup", "aria-label": words.say("view_table") },
        ["links", "entities"].map((kind) =>
          elements.button(words.say(`table_${kind}`), () => state.set({ rows: kind, sort: "" }), {
            role: "radio",
            "aria-checked": String(now.rows === kind),
            "data-rows": kind,
          }),
        ),
      ),
      input,
      elements.button(words.say("copy_table"), () =>
        elements.copy(writers.tabbed(cells(view, now.rows, rows))),
      ),
      elements.button(
        words.say("save_csv"),
        () =>
          elements.download(
            `bingdi-${now.rows}.csv`,
            writers.csv(cells(view, now.rows, rows)),
            "text/csv;charset=utf-8",
          ),
        { id: "table-csv" },
      ),
    );
  }

  /** Headings and rows as the present language writes them. */
  function cells(view, kind, rows) {
    const columns = columnsOf(kind);
    return [
      columns.map(({ key }) => words.say(key)),
      ...rows.map((row) => columns.map((column) => column.get(view, row))),
    ];
  }

  function drawTable(view, now, rows) {
    const columns = columnsOf(now.rows);
    const order = readOrder(now, columns);
    const head = columns.map((column) => drawHead(column, order));
    const body = rows.slice(at, at + PAGE).map((row) => drawRow(view, now, columns, row));
    if (!rows.length) return h("p", { class: "quiet", text: words.say("table_none") });
    return h("table", { class: "rows-table" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body));
  }

  function drawHead(column, { column: sorted, sign }) {
    const mine = column === sorted;
    const next = mine ? (sign > 0 ? "-" : "+") : column.number ? "-" : "+";
    return h(
      "th",
      {
        scope: "col",
        "aria-sort": mine ? (sign > 0 ? "ascending" : "descending") : null,
        class: column.number ? "number" : null,
      },
      elements.button(
        words.say(column.key) + (mine ? (sign > 0 ? " ↑" : " ↓") : ""),
        () => state.set({ sort: column.key + next }, { replace: true }),
        { title: words.say("sort_by", { c: words.say(column.key) }), "data-sort": column.key },
      ),
    );
  }

  function drawRow(view, now, columns, row) {
    const open = now.rows === "links" ? () => page.openLink(view.level, row) : () => page.openNode(row);
    return h(
      "tr",
      {},
      columns.map((column) => {
        const value = column.get(view, row);
        if (column.node) return h("th", { scope: "row" }, cards.nodeButton(column.node(view, row)));
        if (column.key === "relation")
          return h(
            "td",
            {},
            h(
              "button",
              { type: "button", class: "entity", click: open },
              look.stroke(view.level.relation[row]),
              h("span", { text: value }),
            ),
          );
        const text =
          column.key === "confidence"
            ? `${Math.round(value * 100)}%`
            : column.number
              ? words.count(value)
              : value;
        return h("td", { class: column.number ? "number" : null, text });
      }),
    );
  }

  function drawPages(view, now, rows) {
    const move = (step) => () => {
      at += step;
      render(view, now);
      find("view-table").querySelector(".scroll").scrollTop = 0;
    };
    return h(
      "p",
      { class: "controls pages" },
      elements.button(words.say("previous"), move(-PAGE), { disabled: at === 0 }),
      h("span", {
        role: "status",
        text: words.say("table_rows", {
          a: rows.length ? at + 1 : 0,
          b: Math.min(rows.length, at + PAGE),
          n: rows.length,
        }),
      }),
      elements.button(words.say("next"), move(PAGE), { disabled: at + PAGE >= rows.length }),
    );
  }

  return { render, choose, cells, columnsOf, rowsOf, linkColumns, entityColumns };
})();
