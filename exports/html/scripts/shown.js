"use strict";
/** What the filters let through, at either level: evidence first, then links, then nodes. */
const shown = (() => {
  /** The filters of a page that filters nothing. */
  const EMPTY = Object.freeze({
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

  const isFiltered = (filters) => Object.keys(EMPTY).some((key) => filters[key] !== EMPTY[key]);

  /** Weights of links and nodes under the filters; 0 is filtered out. */
  function compute(filters, levelName) {
    const level = graph.level(levelName);
    const passes = passEvidence(filters);
    const weight = weighLinks(level, passes);
    dropLinks(level, weight, filters);
    const node = new Int32Array(graph.all);
    const degree = new Int32Array(graph.all);
    let [links, evidence] = [0, 0];
    for (let link = 0; link < level.links; link += 1) {
      if (!weight[link]) continue;
      links += 1;
      evidence += weight[link];
      for (const end of [level.head[link], level.tail[link]]) {
        node[end] += weight[link];
        degree[end] += 1;
      }
    }
    return {
      level,
      passes,
      weight,
      node,
      degree,
      filters,
      ...countNodes(level, degree, filters),
      links,
      evidence,
    };
  }

  function passEvidence(filters) {
    const { facets } = graph;
    const total = facets.document.length;
    const passes = new Uint8Array(total).fill(1);
    const statuses = table(filters.statuses, 4);
    const fieldsets = passFieldsets(filters.fields);
    const publishers = passDocuments(filters.publishers);
    const [from, to] = [
      dates.earliest(Math.max(0, dates.parse(filters.from))),
      dates.latest(Math.max(0, dates.parse(filters.to))),
    ];
    const timed = Boolean(filters.from || filters.to);
    const least = Math.round(filters.confidence * 1000);
    for (let at = 0; at < total; at += 1) {
      if (statuses && !statuses[facets.status[at]]) passes[at] = 0;
      else if (fieldsets && !fieldsets[facets.fieldset[at]]) passes[at] = 0;
      else if (publishers && !publishers[facets.document[at]]) passes[at] = 0;
      else if (facets.confidence[at] < least) passes[at] = 0;
      else if (!facets.date[at]) passes[at] = filters.undated ? 1 : 0;
      else if (timed && !overlaps(at, from, filters.to ? to : 99999999)) passes[at] = 0;
    }
    return passes;
  }

  function overlaps(at, from, to) {
    const { date, end } = graph.facets;
    return dates.latest(end[at] || date[at]) >= from && dates.earliest(date[at]) <= to;
  }

  /** Which of n numbers are among the chosen; null where all are. */
  function table(chosen, n) {
    if (!chosen) return null;
    const made = new Uint8Array(n);
    for (const number of chosen) if (number >= 0 && number < n) made[number] = 1;
    return made;
  }

  function passFieldsets(chosen) {
    if (!chosen) return null;
    const wanted = new Set(chosen);
    return graph.fieldsets.map((set) =>
      set.length ? set.some((field) => wanted.has(field)) : wanted.has(-1),
    );
  }

  function passDocuments(chosen) {
    const wanted = table(chosen, graph.publishers.length);
    return wanted && graph.docs.publisher.map((publisher) => wanted[publisher]);
  }

  function weighLinks(level, passes) {
    const weight = new Int32Array(level.links);
    const { linkOf } = graph;
    for (let at = 0; at < passes.length; at += 1) {
      if (!passes[at]) continue;
      const link = level.of ? level.of[linkOf[at]] : linkOf[at];
      if (link >= 0) weight[link] += 1;
    }
    return weight;
  }

  function dropLinks(level, weight, filters) {
    const relations = table(filters.relations, graph.relations.length);
    const types = table(filters.types, graph.types.length);
    for (let link = 0; link < level.links; link += 1) {
      const kept =
        weight[link] >= filters.least &&
        (!relations || relations[level.relation[link]]) &&
        (!types || (types[graph.type[level.head[link]]] && types[graph.type[level.tail[link]]]));
      if (!kept) weight[link] = 0;
    }
  }

  /** Nodes that pass: of a chosen type, and linked unless no filter asks about links. */
  function countNodes(level, degree, filters) {
    const types = table(filters.types, graph.types.length);
    const asksLinks = isFiltered({ ...filters, types: null });
    const on = new Uint8Array(graph.all);
    let nodes = 0;
    for (let node = 0; node < graph.all; node += 1) {
      const kept = level.members[node] && (!types || types[graph.type[node]]) && (degree[node] || !asksLinks);
      if (kept) {
        on[node] = 1;
        nodes += 1;
      }
    }
    return { on, nodes };
  }

  /** Links of a node that pass, strongest first. */
  function linksOf(view, node) {
    const links = [...new Set(graph.row(view.level.around, node))].filter((link) => view.weight[link]);
    return links.sort((a, b) => view.weight[b] - view.weight[a] || a - b);
  }

  /** Neighbours of a node, by the evidence of all links between, strongest first, as [node, weight]. */
  function neighbours(view, node) {
    const sums = new Map();
    for (const link of linksOf(view, node)) {
      const other = otherEnd(view.level, link, node);
      if (other !== node) sums.set(other, (sums.get(other) || 0) + view.weight[link]);
    }
    return [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  const otherEnd = (level, link, node) => (level.head[link] === node ? level.tail[link] : level.head[link]);

  /** Evidence of a link that passes the filters. */
  const evidenceOf = (view, link) => graph.evidence(view.level, link).filter((at) => view.passes[at]);

  /** Earliest and latest date of some evidence. */
  function span(evidence) {
    let [first, last] = [0, 0];
    for (const at of evidence) {
      const date = graph.facets.date[at];
      const end = graph.facets.end[at] || date;
      // As the store has it: of 2023 and 2023-04 the first is 2023 and the last 2023-04.
      if (date && (!first || date < first)) first = date;
      if (end > last) last = end;
    }
    return { first, last };
  }

  return { EMPTY, isFiltered, compute, linksOf, neighbours, otherEnd, evidenceOf, span, now: null };
})();
