"use strict";
/** Which part of the graph is drawn: the opening choice, and what was expanded, chosen or asked for. */
const growth = (() => {
  const FULL = 400;
  const LINKS = 600;
  const STEP = 15;
  const MAIN = new Set(["corps", "division", "locality"]);
  const FEW = 12;

  /** How many nodes an opening view may show with room for their labels. */
  const capacity = (room) => Math.max(16, Math.min(60, Math.floor((room.width * room.height) / 9500)));

  /** The best connected main bodies that are tied to one another, as the export chooses them. */
  function pick(view, limit) {
    if (!view.links) return [...view.on.keys()].filter((node) => view.on[node]).slice(0, limit);
    const wanted = view.filters.types || view.nodes <= limit ? null : MAIN;
    const chosen = pickAmong(view, limit, (node) => !wanted || wanted.has(graph.types[graph.type[node]]));
    return chosen.length < FEW ? pickAmong(view, limit, () => true) : chosen;
  }

  function pickAmong(view, limit, fits) {
    const { level, weight } = view;
    const strength = new Map();
    for (let link = 0; link < level.links; link += 1) {
      const [head, tail] = [level.head[link], level.tail[link]];
      if (!weight[link] || head === tail || !fits(head) || !fits(tail)) continue;
      const worth = look.relations[level.relation[link]].group === "structure" ? 1 : 4 * weight[link];
      strength.set(head, (strength.get(head) || 0) + worth);
      strength.set(tail, (strength.get(tail) || 0) + worth);
    }
    const ranked = [...strength].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([node]) => node);
    const first = new Set(ranked.slice(0, limit));
    const tied = ranked.filter((node) => touches(view, node, first)).slice(0, limit);
    const kept = new Set(tied);
    return tied.filter((node) => touches(view, node, kept));
  }

  function touches(view, node, among) {
    for (const link of graph.row(view.level.around, node)) {
      const other = shown.otherEnd(view.level, link, node);
      if (view.weight[link] && other !== node && among.has(other)) return true;
    }
    return false;
  }

  /** The nodes and links to draw for a state, and what is left out of the picture. */
  function choose(view, now, room) {
    const drawn = new Set();
    const add = (node) => {
      if (node >= 0 && drawn.size < FULL && (view.on[node] || node === must)) drawn.add(node);
    };
    const must = at(view, now.node);
    const ends = endsOf(view, now);
    add(must);
    for (const node of ends) add(node);
    for (const node of base(view, now, room)) add(node);
    for (const [id, times] of count(now.grown)) expand(view, at(view, id), times, add);
    if (must >= 0 && !isTied(view, must, drawn)) expand(view, must, 1, add);
    const links = linksAmong(view, drawn);
    const first = links.filter(
      (link) => ends.includes(view.level.head[link]) && ends.includes(view.level.tail[link]),
    );
    const kept = [...new Set([...first, ...links])].slice(0, LINKS);
    return {
      nodes: [...drawn],
      links: kept,
      leftLinks: links.length - kept.length,
      full: drawn.size >= FULL,
    };
  }

  const isTied = (view, node, drawn) => touches(view, node, drawn);

  function base(view, now, room) {
    const centre = at(view, now.around);
    if (centre >= 0)
      return [
        centre,
        ...shown
          .neighbours(view, centre)
          .slice(0, 45)
          .map(([node]) => node),
      ];
    return opening(view, capacity(room));
  }

  const chosen = new Map();

  /** The opening choice under these filters, remembered while they hold. */
  function opening(view, limit) {
    if (chosen.get("view") !== view || chosen.get("limit") !== limit) {
      const asWritten = view.level.name === look.page.level && !shown.isFiltered(view.filters);
      const nodes = asWritten ? written(limit).nodes.map(({ id }) => graph.place.get(id)) : pick(view, limit);
      chosen
        .set("view", view)
        .set("limit", limit)
        .set("nodes", nodes.length ? nodes : pick(view, limit));
    }
    return chosen.get("nodes");
  }

  /** What pyvis holds, cut to the room: nodes by strength, each tied to another, and their links. */
  function written(limit) {
    const read = (id) => JSON.parse(find(id).textContent);
    const kept = new Set(
      read("opening-nodes")
        .slice(0, limit)
        .map(({ id }) => id),
    );
    const links = read("opening-edges").filter(({ from, to }) => kept.has(from) && kept.has(to));
    const tied = new Set(links.flatMap(({ from, to }) => [from, to]));
    return { nodes: read("opening-nodes").filter(({ id }) => kept.has(id) && tied.has(id)), links };
  }

  /** Ends of a chosen link, and stations of the ways between two chosen nodes. */
  function endsOf(view, now) {
    const ends = [];
    if (now.link) {
      const { head, tail } = state.readLink(now.link);
      ends.push(at(view, head), at(view, tail));
    }
    if (now.path) ends.push(...ways.stations(view, now.path));
    return ends.filter((node) => node >= 0 && view.on[node]);
  }

  /** A node's number at the view's level; rolled up, a body stands for its unit. */
  function at(view, id) {
    const node = names.resolve(id);
    if (node < 0 || view.level.name === "entity") return node;
    return view.level.members[node] ? node : graph.unit[node];
  }

  const count = (items) => {
    const counts = new Map();
    for (const item of items) counts.set(item, (counts.get(item) || 0) + 1);
    return counts;
  };

  function expand(view, node, times, add) {
    if (node < 0) return;
    add(node);
    for (const [other] of shown.neighbours(view, node).slice(0, STEP * times)) add(other);
  }

  function linksAmong(view, drawn) {
    const found = new Set();
    for (const node of drawn) {
      for (const link of graph.row(view.level.around, node)) {
        const [head, tail] = [view.level.head[link], view.level.tail[link]];
        if (view.weight[link] && head !== tail && drawn.has(head) && drawn.has(tail)) found.add(link);
      }
    }
    return [...found].sort((a, b) => view.weight[b] - view.weight[a] || a - b);
  }

  return { choose, at, written, capacity, pick, FULL, STEP };
})();
