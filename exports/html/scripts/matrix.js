"use strict";
/** Divisions by provinces and localities, shaded by the evidence between them. */
const matrix = (() => {
  const COLUMNS = 40;
  const isRow = (node) => ["corps", "division"].includes(graph.types[graph.type[node]]);
  const isColumn = (node) => graph.types[graph.type[node]] === "locality";

  /** Sums of evidence by row and column: {rows, columns, cells, most}. */
  function sum(view, order) {
    const cells = new Map();
    const totals = new Map();
    const { level, weight } = view;
    for (let link = 0; link < level.links; link += 1) {
      if (!weight[link]) continue;
      const [row, column] = isRow(level.head[link])
        ? [level.head[link], level.tail[link]]
        : [level.tail[link], level.head[link]];
      if (!isRow(row) || !isColumn(column)) continue;
      const key = row * graph.all + column;
      cells.set(key, (cells.get(key) || 0) + weight[link]);
      for (const node of [row, column]) totals.set(node, (totals.get(node) || 0) + weight[link]);
    }
    const nodes = [...totals.keys()].sort(compare(order, totals));
    return {
      rows: nodes.filter(isRow),
      columns: nodes.filter(isColumn),
      cells,
      totals,
      most: Math.max(1, ...cells.values()),
    };
  }

  function compare(order, totals) {
    const written = (a, b) => graph.name[a].localeCompare(graph.name[b], "zh");
    const code = (node) => graph.code[node] || "\uffff";
    if (order === "name") return written;
    if (order === "code") return (a, b) => (code(a) < code(b) ? -1 : code(a) > code(b) ? 1 : written(a, b));
    return (a, b) => totals.get(b) - totals.get(a) || written(a, b);
  }

  /** Draw it rolled up, whatever level the other views show. */
  function render(now) {
    const view = page.viewAt("unit");
    const found = sum(view, now.order);
    const columns = pickColumns(found, now);
    const place = find("view-matrix");
    const told = [
      h("p", { class: "about", text: words.say("matrix_about") }),
      drawControls(found, columns, now),
    ];
    if (!found.rows.length)
      return place.replaceChildren(...told, h("p", { class: "quiet", text: words.say("matrix_none") }));
    return place.replaceChildren(
      ...told,
      h("div", { class: "scroll", tabindex: "-1" }, drawTable(found, columns, now)),
    );
  }

  function pickColumns(found, now) {
    const most = [...found.columns].sort(compare("weight", found.totals)).slice(0, COLUMNS * (1 + now.cells));
    const kept = new Set(most);
    return found.columns.filter((column) => kept.has(column));
  }

  function drawControls(found, columns, now) {
    const choice = h(
      "select",
      { id: "matrix-order" },
      ["weight", "code", "name"].map((order) =>
        h("option", { value: order, text: words.say(`order_${order}`) }),
      ),
    );
    choice.value = now.order || "weight";
    choice.addEventListener("change", () =>
      state.set({ order: choice.value === "weight" ? "" : choice.value }),
    );
    const left = found.columns.length - columns.length;
    return h(
      "p",
      { class: "controls" },
      h("label", {}, h("span", { text: words.say("matrix_order") }), choice),
      h("span", {
        class: "quiet",
        text: words.say("matrix_columns", { n: columns.length, all: found.columns.length }),
      }),
      left
        ? elements.button(words.say("matrix_more", { n: Math.min(COLUMNS, left) }), () =>
            state.set({ cells: now.cells + 1 }, { replace: true }),
          )
        : null,
      h(
        "span",
        { class: "scale" },
        h("span", { text: words.say("fewer_many") }),
        [0.1, 0.3, 0.55, 0.8, 1].map((share) => h("i", { style: { background: shade(share) } })),
      ),
    );
  }

  const shade = (share) =>
    look.mix(
      look.GROUNDS[look.theme()],
      look.theme() === "dark" ? "#5fb0ea" : "#0b5c9e",
      0.12 + 0.88 * share,
    );

  function drawTable(found, columns, now) {
    const head = h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td", {}),
        columns.map((column) => drawColumnHead(column)),
        h("th", { scope: "col", class: "sum", text: words.say("total") }),
      ),
    );
    const body = h(
      "tbody",
      {},
      found.rows.map((row) => drawRow(found, columns, row, now)),
    );
    const table = h(
      "table",
      { class: "matrix", role: "grid", "aria-label": words.say("matrix_about") },
      head,
      body,
    );
    table.addEventListener("keydown", walk);
    const first = table.querySelector("td button");
    if (first) first.tabIndex = 0;
    return table;
  }

  function drawColumnHead(column) {
    return h(
      "th",
      { scope: "col" },
      h(
        "button",
        { type: "button", click: () => page.openNode(column), title: graph.name[column] },
        h("span", { text: graph.name[column] }),
      ),
    );
  }

  function drawRow(found, columns, row, now) {
    return h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        h("button", { type: "button", click: () => page.openNode(row), text: graph.name[row] }),
      ),
      columns.map((column) => drawCell(found, row, column, now)),
      h("td", { class: "sum", text: words.count(found.totals.get(row)) }),
    );
  }

  function drawCell(found, row, column, now) {
    const n = found.cells.get(row * graph.all + column);
    if (!n) return h("td", {});
    const name = state.nameLink(graph.id[row], "*", graph.id[column]);
    const ground = shade(Math.sqrt(n / found.most));
    const dark = look.contrast(ground, "#000000") > look.contrast(ground, "#ffffff");
    return h(
      "td",
      {},
      h("button", {
        type: "button",
        tabindex: "-1",
        text: n > 999 ? `${Math.round(n / 100) / 10}k` : String(n),
        "aria-pressed": String(now.link === name),
        "aria-label": words.say("matrix_cell", { a: graph.name[row], b: graph.name[column], n }),
        title: words.say("matrix_cell", { a: graph.name[row], b: graph.name[column], n }),
        style: { background: ground, color: dark ? "#101418" : "#ffffff" },
        click: () => state.set({ link: name, node: "", path: null, level: "unit" }),
      }),
    );
  }

  /** Arrow keys walk from one filled cell to the next. */
  function walk(event) {
    const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    const cell = event.target.closest("td");
    if (!moves[event.key] || !cell) return;
    event.preventDefault();
    const [down, right] = moves[event.key];
    const rows = [...event.currentTarget.tBodies[0].rows];
    let [row, column] = [rows.indexOf(cell.parentElement) + down, cell.cellIndex + right];
    while (rows[row] && rows[row].cells[column] && rows[row].cells[column].tagName === "TD") {
      const next = rows[row].cells[column].querySelector("button");
      if (next) {
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        return next.focus();
      }
      [row, column] = [row + down, column + right];
    }
    return undefined;
  }

  return { render };
})();
