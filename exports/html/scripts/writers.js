"use strict";
/** Files of the page: CSV, GraphML and SVG, each written so that other programs read it back. */
const writers = (() => {
  // XML 1.0 has no place for these; Gephi stops at them.
  const UNFIT =
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const fit = (text) => String(text).replace(UNFIT, "");

  /** Rows as CSV with a byte order mark, so that a spreadsheet reads the Chinese. */
  function csv(rows) {
    return `\ufeff${rows.map((row) => row.map(quoteCell).join(",")).join("\r\n")}\r\n`;
  }

  // A text that begins like a formula would be run by a spreadsheet: an apostrophe makes it text.
  function quoteCell(value) {
    const text =
      typeof value === "number" ? String(value) : String(value).replace(/^([=+\-@\t\r\n＝＋－＠])/, "'$1");
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  /** Rows for the clipboard: tabs between cells. */
  const tabbed = (rows) =>
    rows.map((row) => row.map((value) => String(value).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");

  const NODE_KEYS = [
    ["label", "string"],
    ["n_type", "string"],
    ["n_code", "string"],
    ["n_aliases", "string"],
    ["n_unit", "string"],
    ["n_weight", "int"],
    ["size", "double"],
    ["color", "string"],
    ["x", "double"],
    ["y", "double"],
  ];
  const EDGE_KEYS = [
    ["e_relation", "string"],
    ["weight", "double"],
    ["e_documents", "int"],
    ["e_first", "string"],
    ["e_last", "string"],
    ["e_status", "string"],
    ["e_fields", "string"],
    ["e_confidence", "double"],
    ["color", "string"],
  ];
  const NAMESPACE = "http://graphml.graphdrawing.org/xmlns";

  /** GraphML of some nodes and links of a view; `places` are their positions where they are drawn. */
  function graphml(view, nodes, links, places = {}) {
    const tree = document.implementation.createDocument(NAMESPACE, "graphml", null);
    const add = (parent, name, attributes, text) => {
      const element = tree.createElementNS(NAMESPACE, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, fit(value));
      if (text !== undefined) element.textContent = fit(text);
      parent.append(element);
      return element;
    };
    const root = tree.documentElement;
    for (const [keys, kind, mark] of [
      [NODE_KEYS, "node", "n"],
      [EDGE_KEYS, "edge", "e"],
    ]) {
      for (const [key, type] of keys)
        add(root, "key", { id: keyId(mark, key), for: kind, "attr.name": key, "attr.type": type });
    }
    const body = add(root, "graph", { id: "G", edgedefault: "undirected" });
    const put = (parent, mark, values) => {
      for (const [key, value] of Object.entries(values))
        if (value !== "" && value !== undefined) add(parent, "data", { key: keyId(mark, key) }, value);
    };
    for (const node of nodes)
      put(add(body, "node", { id: graph.id[node] }), "n", nodeValues(view, node, places));
    for (const link of links) {
      const { directed, key } = look.relations[view.level.relation[link]];
      const [source, target] = [graph.id[view.level.head[link]], graph.id[view.level.tail[link]]];
      const attributes = {
        id: `${source}-${key}-${target}`,
        source,
        target,
        label: key,
        ...(directed ? { directed: "true" } : {}),
      };
      put(add(body, "edge", attributes), "e", linkValues(view, link));
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(tree)}\n`;
  }

  // Gephi knows these keys by their id; `color` and `weight` exist for nodes and edges.
  const keyId = (mark, key) => (key === "color" ? `${mark}_color` : key);

  function nodeValues(view, node, places) {
    const place = places[graph.id[node]];
    return {
      label: graph.name[node],
      n_type: graph.types[graph.type[node]],
      n_code: graph.code[node],
      n_aliases: (graph.aliases[node] || []).join("|"),
      n_unit: graph.unit[node] >= 0 ? graph.name[graph.unit[node]] : "",
      n_weight: view.node[node],
      size: look.round(4 + Math.sqrt(view.node[node])),
      color: look.types[graph.type[node]].color,
      ...(place ? { x: look.round(place.x), y: look.round(-place.y) } : {}),
    };
  }

  function linkValues(view, link) {
    const items = shown.evidenceOf(view, link);
    const { first, last } = shown.span(items);
    const fields = new Set(items.flatMap((at) => graph.fieldsets[graph.facets.fieldset[at]]));
    const latest = items
      .filter((at) => graph.facets.status[at])
      .sort((a, b) => graph.facets.date[b] - graph.facets.date[a])[0];
    return {
      e_relation: look.relations[view.level.relation[link]].key,
      weight: view.weight[link],
      e_documents: new Set(items.map((at) => graph.facets.document[at])).size,
      e_first: dates.write(first),
      e_last: dates.write(last),
      e_status: latest === undefined ? "" : ["", "done", "ongoing", "planned"][graph.facets.status[latest]],
      e_fields: [...fields]
        .map((field) => graph.fields[field])
        .sort()
        .join("|"),
      e_confidence: Math.max(...items.map((at) => graph.facets.confidence[at])) / 1000,
      color: look.relations[view.level.relation[link]].color,
    };
  }

  /** The drawn network as SVG with a legend beneath, in the present theme. */
  function svg(drawn, places) {
    const facts = drawn.nodes.map((node) => ({
      ...picture.facts.get(graph.id[node]),
      ...places[graph.id[node]],
    }));
    const { left, right, top, bottom } = bounds(facts);
    const width = Math.max(520, right - left);
    const key = drawKey(facts, width);
    const height = bottom - top + key.height + 34;
    const root = drawSheet(width, height);
    root.append(
      s(
        "g",
        { transform: `translate(${point((width - right + left) / 2 - left, -top)})` },
        picture.edges.get().map((edge) => drawEdge(edge, places)),
        facts.map(drawNode),
      ),
      s("g", { transform: `translate(${point(24, bottom - top + 12)})` }, key.rows, drawFoot(key.height + 6)),
    );
    const text = new XMLSerializer().serializeToString(root);
    return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, width, height };
  }

  function bounds(facts) {
    const reach = (fact) => Math.max(fact.radius, fact.width / 2);
    return {
      left: Math.min(...facts.map((fact) => fact.x - reach(fact))) - 24,
      right: Math.max(...facts.map((fact) => fact.x + reach(fact))) + 24,
      top: Math.min(...facts.map((fact) => fact.y - fact.radius)) - 24,
      bottom: Math.max(...facts.map((fact) => fact.y + fact.radius + fact.height)) + 24,
    };
  }

  function drawSheet(width, height) {
    const [wide, high] = [look.round(width), look.round(height)];
    const font = { "font-family": picture.FONT.replace(/"/g, "'"), "font-size": picture.SIZE };
    return s(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width: wide,
        height: high,
        viewBox: `0 0 ${wide} ${high}`,
        ...font,
      },
      s("title", { text: fit(document.title) }),
      s("rect", { width: "100%", height: "100%", fill: look.style("--ground") }),
    );
  }

  function drawFoot(y) {
    const text = fit(`${document.title} · ${find("drawn").textContent}`);
    return s("text", { y, fill: look.style("--quiet"), "font-size": 11, text });
  }

  function drawEdge(edge, places) {
    const [from, to] = [places[edge.from], places[edge.to]];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const far = Math.sqrt(dx * dx + dy * dy) || 1;
    const middle = [(from.x + to.x) / 2 + dy * edge.bend, (from.y + to.y) / 2 - dx * edge.bend];
    const color = look.relationColor(edge.relation);
    const path = `M${point(from.x, from.y)}${edge.bend ? `Q${point(...middle)} ` : "L"}${point(to.x, to.y)}`;
    const line = s("path", {
      d: path,
      fill: "none",
      stroke: color,
      "stroke-width": look.round(edge.width),
      "stroke-opacity": 0.75,
      "stroke-dasharray": look.dash(edge.relation) || null,
    });
    if (!look.relations[edge.relation].directed) return line;
    const back = picture.facts.get(edge.to).radius + 3;
    const aim = edge.bend ? [to.x - middle[0], to.y - middle[1]] : [dx, dy];
    const length = Math.sqrt(aim[0] ** 2 + aim[1] ** 2) || far;
    const [ux, uy] = [aim[0] / length, aim[1] / length];
    const tip = [to.x - ux * back, to.y - uy * back];
    const wing = (side) => point(tip[0] - ux * 10 + side * uy * 4.5, tip[1] - uy * 10 - side * ux * 4.5);
    return [line, s("polygon", { points: `${point(...tip)} ${wing(1)} ${wing(-1)}`, fill: color })];
  }

  const point = (x, y) => `${look.round(x)},${look.round(y)}`;

  function drawNode(fact) {
    const lines = fact.lines.map((line, at) =>
      s("text", {
        x: look.round(fact.x),
        y: look.round(fact.y + fact.radius + 3 + picture.SIZE + at * picture.LINE),
        "text-anchor": "middle",
        fill: look.style("--text"),
        stroke: look.style("--ground"),
        "stroke-width": 4,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
        text: fit(line),
      }),
    );
    return s(
      "g",
      {},
      s("title", { text: fit(fact.name) }),
      look.shape(fact.type, fact.x, fact.y, fact.radius),
      lines,
    );
  }

  /** A legend in rows no wider than the picture. */
  function drawKey(facts, width) {
    const types = [...new Set(facts.map((fact) => fact.type))]
      .sort((a, b) => a - b)
      .map((type) => [look.shape(type, 8, -4, 7), look.typeName(type)]);
    const relations = [...new Set(picture.edges.get().map((edge) => edge.relation))]
      .sort((a, b) => a - b)
      .map((kind) => [
        s("path", {
          d: "M0 -4h22",
          stroke: look.relationColor(kind),
          "stroke-width": 2.5,
          "stroke-dasharray": look.dash(kind) || null,
        }),
        look.relationName(kind),
      ]);
    let [x, y] = [0, 10];
    const rows = [...types, ...relations].map(([mark, text]) => {
      const wide = 44 + [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 13 : 7.5), 0);
      if (x + wide > width - 48) [x, y] = [0, y + 22];
      const row = s(
        "g",
        { transform: `translate(${x} ${y})` },
        mark,
        s("text", { x: 28, fill: look.style("--text"), text }),
      );
      x += wide;
      return row;
    });
    return { rows, height: y + 14 };
  }

  return { csv, tabbed, graphml, svg };
})();
