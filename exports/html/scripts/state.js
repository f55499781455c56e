"use strict";
/** What the page shows, kept in the address: each change can be linked, and back and forward work. */
const state = (() => {
  const LISTS = {
    types: "types",
    relations: "relations",
    statuses: "status",
    fields: "fields",
    publishers: "publishers",
  };
  const WORDS = {
    view: ["view", "network"],
    level: ["level", look.page.level],
    lang: ["lang", look.page.lang],
    node: ["node", ""],
    link: ["link", ""],
    doc: ["doc", ""],
    period: ["period", ""],
    around: ["around", ""],
    from: ["from", ""],
    to: ["to", ""],
    order: ["order", ""],
    sort: ["sort", ""],
    find: ["find", ""],
    rows: ["rows", "links"],
    step: ["step", "year"],
  };
  const CHOICES = {
    view: ["network", "matrix", "timeline", "documents", "table"],
    level: ["entity", "unit"],
    lang: ["zh", "en"],
    rows: ["links", "entities"],
    step: ["year", "month"],
  };
  const KNOWN = {
    types: look.types.map(({ key }) => key),
    relations: look.relations.map(({ key }) => key),
    statuses: ["none", "done", "ongoing", "planned"],
  };
  let now = null;
  let listen = () => {};

  const encode = (text) => encodeURIComponent(text).replace(/~/g, "%7E").replace(/'/g, "%27");
  const encodeEach = (items, joint) => items.map(encode).join(joint);

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** The state of an address; what it does not say, or says wrongly, is as on opening. */
  function parse(hash) {
    const said = new Map(
      hash
        .replace(/^#/, "")
        .split("&")
        .filter(Boolean)
        .map((pair) => {
          const at = pair.indexOf("=");
          return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
        }),
    );
    const made = {};
    for (const [key, [name, usual]] of Object.entries(WORDS)) {
      const value = said.has(name) ? decodeLink(key, said.get(name)) : usual;
      made[key] = CHOICES[key] && !CHOICES[key].includes(value) ? usual : value;
    }
    for (const [key, name] of Object.entries(LISTS)) {
      made[key] = said.has(name)
        ? readList(key, said.get(name).split(",").filter(Boolean).map(decode))
        : null;
    }
    made.grown = (said.get("grown") || "").split(",").filter(Boolean).map(decode);
    made.path = said.has("path") ? readPath(said.get("path")) : null;
    return Object.freeze({ ...made, ...parseNumbers(said) });
  }

  /** A list of the address; one that names nothing known filters nothing. */
  function readList(key, items) {
    const known = KNOWN[key] ? items.filter((item) => KNOWN[key].includes(item)) : items;
    return known.length || !items.length ? known : null;
  }

  // The parts of a link keep their own escapes, so that an id may hold a tilde.
  const decodeLink = (key, text) => (key === "link" ? text : decode(text));

  function readPath(text) {
    const [start = "", end = ""] = text.split("~").map(decode);
    return [start, end];
  }

  function parseNumbers(said) {
    const date = (name) => (dates.parse(decode(said.get(name) || "")) > 0 ? decode(said.get(name)) : "");
    return {
      from: date("from"),
      to: date("to"),
      undated: said.get("undated") !== "0",
      least: Math.max(1, Math.floor(Number(said.get("least"))) || 1),
      confidence: Math.min(1, Math.max(0, Number(said.get("confidence")) || 0)),
      cells: Math.max(0, Math.floor(Number(said.get("cells"))) || 0),
    };
  }

  function format(value) {
    const parts = [];
    for (const [key, [name, usual]] of Object.entries(WORDS)) {
      if (value[key] !== usual) parts.push(`${name}=${key === "link" ? value[key] : encode(value[key])}`);
    }
    for (const [key, name] of Object.entries(LISTS)) {
      if (value[key]) parts.push(`${name}=${encodeEach(value[key], ",")}`);
    }
    if (value.grown.length) parts.push(`grown=${encodeEach(value.grown, ",")}`);
    if (value.path) parts.push(`path=${encodeEach(value.path, "~")}`);
    if (!value.undated) parts.push("undated=0");
    for (const [name, usual] of [
      ["least", 1],
      ["confidence", 0],
      ["cells", 0],
    ]) {
      if (value[name] !== usual) parts.push(`${name}=${value[name]}`);
    }
    return parts.length ? `#${parts.join("&")}` : "#";
  }

  /** Change some of the state; `replace` takes the place of the present step of the history. */
  function set(patch, { replace = false } = {}) {
    const before = now;
    now = Object.freeze({ ...now, ...patch });
    const address = format(now);
    if (address !== format(before)) {
      if (replace) window.history.replaceState(null, "", address);
      else window.history.pushState(null, "", address);
    }
    listen(now, before);
  }

  function follow() {
    const next = parse(window.location.hash);
    if (format(next) === format(now)) return;
    const before = now;
    now = next;
    listen(now, before);
  }

  function start(listener) {
    now = parse(window.location.hash);
    listen = listener;
    window.addEventListener("popstate", follow);
    window.addEventListener("hashchange", follow);
  }

  /** How a link is named in the address: its ends and its relation, `*` for any relation between the two. */
  const nameLink = (head, relation, tail) => `${encode(head)}~${encode(relation)}~${encode(tail)}`;

  /** Ends and relation of a link's name. */
  function readLink(name) {
    const [head = "", relation = "", tail = ""] = name.split("~").map(decode);
    return { head, relation, tail };
  }

  /** The filters as numbers that the columns use. */
  function filters() {
    const number = (list, among) => list && list.map((key) => among.indexOf(key));
    return {
      types: number(now.types, graph.types),
      relations: number(now.relations, graph.relations),
      statuses: number(now.statuses, KNOWN.statuses),
      fields:
        now.fields &&
        now.fields
          .map((name) => (name === "-" ? -1 : graph.fields.indexOf(name)))
          .filter((at, order) => at >= 0 || now.fields[order] === "-"),
      publishers:
        now.publishers && now.publishers.map((name) => graph.publishers.indexOf(name === "-" ? "" : name)),
      from: now.from,
      to: now.to,
      undated: now.undated,
      least: now.least,
      confidence: now.confidence,
    };
  }

  const FILTERS = Object.freeze({
    types: null,
    relations: null,
    statuses: null,
    fields: null,
    publishers: null,
    from: "",
    to: "",
    undated: true,
    least: 1,
    confidence: 0,
  });

  return {
    get now() {
      return now;
    },
    set,
    start,
    filters,
    nameLink,
    readLink,
    parse,
    format,
    FILTERS,
  };
})();
