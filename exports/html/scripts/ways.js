"use strict";
/** The shortest ways between two entities, each step with its evidence. */
const ways = (() => {
  const MOST = 12;
  let known = { view: null, key: "", found: null };

  /** Shortest ways under the filters, those of most evidence first: {ways: [[node, …]], steps, more}. */
  function find(view, [start, end]) {
    const key = `${start}~${end}`;
    if (known.view === view && known.key === key) return known.found;
    const found = search(view, growth.at(view, start), growth.at(view, end));
    known = { view, key, found };
    return found;
  }

  function search(view, from, to) {
    const none = { ways: [], length: 0, more: false, from, to };
    if (from < 0 || to < 0 || from === to) return none;
    const distance = walk(view, from, to);
    if (!distance.has(to)) return none;
    return { ...none, ...trace(view, distance, to), length: distance.get(to) };
  }

  /** Steps from a node to every node met before the goal's ring is complete. */
  function walk(view, from, to) {
    const distance = new Map([[from, 0]]);
    let ring = [from];
    while (ring.length && !distance.has(to)) {
      const next = [];
      for (const node of ring) {
        for (const link of graph.row(view.level.around, node)) {
          const other = shown.otherEnd(view.level, link, node);
          if (!view.weight[link] || distance.has(other)) continue;
          distance.set(other, distance.get(node) + 1);
          next.push(other);
        }
      }
      ring = next;
    }
    return distance;
  }

  /** All ways back from the goal, the best supported first, up to a limit. */
  function trace(view, distance, to) {
    let partial = [{ nodes: [to], weight: 0 }];
    let more = false;
    for (let left = distance.get(to); left > 0; left -= 1) {
      const next = [];
      for (const { nodes, weight } of partial) {
        for (const [other, strength] of shown.neighbours(view, nodes[0])) {
          if (distance.get(other) === left - 1)
            next.push({ nodes: [other, ...nodes], weight: weight + Math.log2(1 + strength) });
        }
      }
      next.sort((a, b) => b.weight - a.weight);
      more = more || next.length > MOST;
      partial = next.slice(0, MOST);
    }
    return { ways: partial.map(({ nodes }) => nodes), more };
  }

  /** Every node on the ways, or the ends where there are none. */
  function stations(view, path) {
    const { ways: list, from, to } = find(view, path);
    return list.length ? [...new Set(list.flat())] : [from, to].filter((node) => node >= 0);
  }

  /** Every link on the ways. */
  function steps(view, { ways: list }) {
    return list.flatMap((nodes) => nodes.slice(1).flatMap((node, at) => between(view, nodes[at], node)));
  }

  /** Links of a pair that pass the filters, strongest first. */
  const between = (view, one, other) =>
    shown.linksOf(view, one).filter((link) => shown.otherEnd(view.level, link, one) === other);

  /** The card for choosing two entities and reading the ways between them. */
  function drawCard(view, path) {
    const fields = h(
      "div",
      { class: "path-ends" },
      drawField(0, path, "path_start"),
      elements.button("⇅", () => state.set({ path: [path[1], path[0]] }), {
        class: "swap",
        "aria-label": words.say("path_swap"),
        title: words.say("path_swap"),
      }),
      drawField(1, path, "path_end"),
    );
    return [
      cards.drawHead(words.say("path_title"), () => state.set({ path: null })),
      fields,
      ...drawWays(view, path),
    ];
  }

  function drawField(place, path, label) {
    const id = `path-${place}`;
    const node = names.resolve(path[place]);
    const input = h("input", {
      id,
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: words.say("search_hint"),
      value: node >= 0 ? graph.name[node] : "",
    });
    const holder = h(
      "div",
      { class: "field" },
      h("label", { for: id, text: words.say(label) }),
      h("div", { class: "box" }, input),
    );
    names.offer(input, (chosen) => {
      const next = [...path];
      next[place] = graph.id[chosen];
      state.set({ path: next });
      const other = document.getElementById(`path-${1 - place}`);
      (other && !other.value ? other : document.getElementById(id)).focus();
    });
    return holder;
  }

  function drawWays(view, path) {
    if (!path[0] || !path[1]) return [h("p", { class: "quiet", text: words.say("path_choose") })];
    const found = find(view, path);
    if (found.from === found.to) return [h("p", { class: "quiet", text: words.say("path_same") })];
    if (!found.ways.length) return [h("p", { class: "quiet", text: words.say("path_none") })];
    const told = words.say(found.more ? "path_more" : "path_found", {
      n: found.ways.length,
      k: found.length,
    });
    return [
      h("p", { class: "quiet", role: "status", text: told }),
      ...found.ways.map((nodes, at) => drawWay(view, nodes, at)),
    ];
  }

  function drawWay(view, nodes, at) {
    const rows = nodes
      .slice(1)
      .map((node, step) => h("li", {}, cards.nodeButton(nodes[step]), drawStep(view, nodes[step], node)));
    rows.push(h("li", {}, cards.nodeButton(nodes.at(-1))));
    return h(
      "section",
      { class: "way" },
      h("h3", { text: words.say("path_n", { n: at + 1 }) }),
      h("ol", {}, rows),
    );
  }

  function drawStep(view, one, other) {
    const { level } = view;
    return h(
      "ul",
      { class: "steps" },
      between(view, one, other).map((link) => {
        const kind = level.relation[link];
        const { directed } = look.relations[kind];
        const sign = !directed ? "—" : level.head[link] === one ? "↓" : "↑";
        const summary = h(
          "summary",
          {},
          look.stroke(kind),
          h("span", { text: `${look.relationName(kind)} ${sign}` }),
          h("span", { class: "amount", text: words.say("evidence_n", { n: view.weight[link] }) }),
        );
        return h(
          "li",
          {},
          cards.lazyDetails(summary, () => evidence.drawList(shown.evidenceOf(view, link))),
        );
      }),
    );
  }

  return { find, stations, steps, drawCard };
})();
