"use strict";
/** The network view: what is drawn, what the pointer and the keys do with it. */
const networkView = (() => {
  let drawn = { nodes: [], links: [], leftLinks: 0, full: false };
  let last = null;
  let handlers = {};

  const room = () => {
    const { clientWidth, clientHeight } = find("network");
    return { width: Math.max(320, clientWidth), height: Math.max(320, clientHeight) };
  };

  const typeOf = (key) => look.types.findIndex((type) => type.key === key);
  const relationOf = (key) => look.relations.findIndex((relation) => relation.key === key);

  /** Show what pyvis holds, before the rest of the file has been read; `on` are the page's answers. */
  function start(on) {
    handlers = on;
    picture.start(find("network"), JSON.parse(find("vis-options").textContent));
    listen(picture.network);
    if (window.location.hash.length > 1) return;
    const { nodes, links } = growth.written(growth.capacity(room()));
    picture.draw(
      nodes.map(({ id, label, kind, value }) => ({
        key: id,
        name: label,
        type: typeOf(kind),
        strength: value,
      })),
      links.map(({ from, to, relation, value }) => ({
        key: state.nameLink(from, relation, to),
        head: from,
        tail: to,
        relation: relationOf(relation),
        weight: value,
      })),
      { room: room() },
    );
    picture.fit();
  }

  function listen(network) {
    network.on("click", ({ nodes, edges }) => {
      if (nodes.length) handlers.node(nodes[0]);
      else if (edges.length) handlers.link(edges[0]);
      else handlers.nothing();
    });
    listenToClicks(network);
    network.on("hoverNode", ({ node, pointer }) => showTip(nodeTip(node), pointer.DOM));
    network.on("hoverEdge", ({ edge, pointer }) => showTip(edgeTip(edge), pointer.DOM));
    for (const gone of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(gone, hideTip);
    network.on("dragEnd", () => network.unselectAll());
    new ResizeObserver(resized).observe(find("network"));
  }

  /**
   * vis-network measures clicks by when the page comes to them: of a slow one it makes a click with a timer, after
   * whatever was done since, and on a busy page a double click would be two. So every press is a click when it
   * ends, and of a mouse the browser tells what is a double click.
   */
  function listenToClicks(network) {
    const { hammer } = network.canvas;
    hammer.get("tap").set({ time: Infinity });
    hammer.get("press").set({ enable: false });
    hammer.get("doubletap").set({ interval: 600 });
    const box = find("network");
    let touched = false;
    box.addEventListener("pointerdown", ({ pointerType }) => {
      touched = pointerType !== "mouse";
    });
    box.addEventListener("dblclick", ({ clientX, clientY }) => {
      const { left, top } = box.getBoundingClientRect();
      const node = network.getNodeAt({ x: clientX - left, y: clientY - top });
      if (!touched && node !== undefined) handlers.expand(node);
    });
    network.on("doubleClick", ({ nodes }) => {
      if (touched && nodes.length) handlers.expand(nodes[0]);
    });
  }

  let size = { width: 0, height: 0 };

  /** vis-network keeps the sight when the room changes, so that what fitted would be cut; an own zoom stays. */
  function resized() {
    const { clientWidth: width, clientHeight: height } = find("network");
    const wider = size.width && Math.abs(width - size.width) > 40;
    const taller = size.height && height !== size.height && picture.whole;
    if (width && (wider || taller)) {
      picture.network.setSize();
      picture.fit();
    }
    if (width) size = { width, height };
  }

  function showTip(lines, at) {
    const tip = find("tip");
    tip.replaceChildren(...lines.map((line, order) => h(order ? "span" : "b", { text: line })));
    tip.hidden = false;
    const { clientWidth, clientHeight } = find("network");
    const left = Math.max(8, Math.min(at.x + 14, clientWidth - tip.offsetWidth - 8));
    const top = at.y + 18 + tip.offsetHeight > clientHeight ? at.y - tip.offsetHeight - 10 : at.y + 18;
    Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
  }

  function hideTip() {
    find("tip").hidden = true;
  }

  function nodeTip(key) {
    const node = graph.ready ? names.resolve(key) : -1;
    if (node < 0) return [picture.facts.get(key).name];
    return [
      graph.name[node],
      `${look.typeName(graph.type[node])} · ${words.say("evidence_n", { n: shown.now.node[node] })}`,
    ];
  }

  function edgeTip(key) {
    const { head, relation, tail } = state.readLink(key);
    const kind = relationOf(relation);
    const sign = look.relations[kind].directed ? "→" : "—";
    const name = (id) => (picture.facts.get(id) || { name: id }).name;
    const lines = [`${name(head)} ${sign} ${name(tail)}`, look.relationName(kind)];
    const link = linkCard.find(shown.now, key);
    if (link >= 0) lines[1] += ` · ${words.say("evidence_n", { n: shown.now.weight[link] })}`;
    return lines;
  }

  const render = (view, now) => picture.atOnce(() => drawState(view, now));

  /** Draw the state; called when filters, level, growth or selection have changed. */
  function drawState(view, now) {
    const before = last;
    last = { view, around: now.around, level: view.level.name };
    const next = growth.choose(view, now, room());
    const fresh = !before || before.around !== now.around || before.level !== view.level.name;
    if (!before || !same(drawn, next) || before.view !== view) {
      drawn = next;
      const stays = redraw(view, fresh && Boolean(before));
      if (!stays || fresh) picture.fit();
    }
    picture.emphasise(...highlight(view, now));
    describe(view);
  }

  /** Bring what was chosen into sight, once its card stands: on a phone the card covers the lower part. */
  function settle(view, now) {
    if (now.view !== "network") return;
    if (now.path) {
      if (now.path !== settled) fitPath(view, now.path);
      settled = now.path;
      return;
    }
    settled = null;
    const { head } = state.readLink(now.link);
    const node = growth.at(view, now.node || head);
    if (node >= 0) picture.reveal(graph.id[node], room().height - covered());
  }

  let settled = null;

  function fitPath(view, path) {
    const stations = ways.stations(view, path).filter((node) => node >= 0);
    const keys = stations.map((node) => graph.id[node]);
    if (keys.length > 1) picture.fit(keys, room().height - covered());
  }

  function covered() {
    const card = find("card");
    if (getComputedStyle(card).position !== "fixed" || !card.classList.contains("open")) return 0;
    return Math.max(0, find("network").getBoundingClientRect().bottom - card.getBoundingClientRect().top);
  }

  const same = (one, other) =>
    one.nodes.length === other.nodes.length &&
    one.links.length === other.links.length &&
    one.nodes.every((node, at) => node === other.nodes[at]) &&
    one.links.every((link, at) => link === other.links[at]);

  function redraw(view, afresh) {
    const { level } = view;
    const items = drawn.nodes.map((node) => ({
      key: graph.id[node],
      name: graph.name[node],
      type: graph.type[node],
      strength: view.node[node],
    }));
    const links = drawn.links.map((link) => ({
      key: linkName(level, link),
      head: graph.id[level.head[link]],
      tail: graph.id[level.tail[link]],
      relation: level.relation[link],
      weight: view.weight[link],
    }));
    return picture.draw(items, links, { keep: !afresh, room: room() });
  }

  const linkName = (level, link) =>
    state.nameLink(
      graph.id[level.head[link]],
      graph.relations[level.relation[link]],
      graph.id[level.tail[link]],
    );

  /** What stands out: the chosen node with its links, the chosen link, or the ways between two nodes. */
  function highlight(view, now) {
    const { level } = view;
    if (now.path) {
      const found = ways.find(view, now.path);
      if (found.ways.length)
        return [light(level, ways.stations(view, now.path), ways.steps(view, found)), ""];
    }
    if (now.link) {
      const { head, relation, tail } = state.readLink(now.link);
      const ends = [growth.at(view, head), growth.at(view, tail)];
      const links = drawn.links.filter(
        (link) =>
          ends.includes(level.head[link]) &&
          ends.includes(level.tail[link]) &&
          (relation === "*" || graph.relations[level.relation[link]] === relation),
      );
      return [light(level, ends, links), ""];
    }
    const node = growth.at(view, now.node);
    if (node < 0) return [null, ""];
    const links = drawn.links.filter((link) => level.head[link] === node || level.tail[link] === node);
    const around = links.map((link) => shown.otherEnd(level, link, node));
    return [light(level, [node, ...around], links), graph.id[node]];
  }

  const light = (level, nodes, links) => ({
    nodes: new Set(nodes.filter((node) => node >= 0).map((node) => graph.id[node])),
    links: new Set(links.map((link) => linkName(level, link))),
  });

  function describe(view) {
    const parts = [words.say("drawn", { n: drawn.nodes.length, l: drawn.links.length })];
    if (!drawn.nodes.length) parts[0] = words.say("drawn_none");
    if (drawn.leftLinks) parts.push(words.say("drawn_left", { l: drawn.leftLinks }));
    if (drawn.full) parts.push(words.say("drawn_full", { n: growth.FULL }));
    find("drawn").textContent = parts.join(" · ");
    drawLegend(view);
  }

  function drawLegend(view) {
    const types = new Set(drawn.nodes.map((node) => graph.type[node]));
    const relations = new Set(drawn.links.map((link) => view.level.relation[link]));
    const row = (icon, text) => h("li", {}, icon, h("span", { text }));
    const inOrder = (set) => [...set].sort((a, b) => a - b);
    find("legend-rows").replaceChildren(
      h(
        "ul",
        {},
        inOrder(types).map((type) => row(look.icon(type), look.typeName(type))),
      ),
      h(
        "ul",
        {},
        inOrder(relations).map((relation) => row(look.stroke(relation), look.relationName(relation))),
      ),
      h("p", { text: `${words.say("legend_size")} · ${words.say("legend_directed")}` }),
    );
  }

  /** The drawn node nearest to the chosen one in a direction, for the arrow keys. */
  function step(key, [x, y]) {
    const places = picture.places();
    const from = places[key];
    const keys = Object.keys(places);
    if (!from)
      return keys.length
        ? graph.id[drawn.nodes.reduce((a, b) => (shown.now.node[b] > shown.now.node[a] ? b : a))]
        : "";
    let [best, least] = ["", Infinity];
    for (const other of keys) {
      const [dx, dy] = [places[other].x - from.x, places[other].y - from.y];
      const along = dx * x + dy * y;
      const aside = Math.abs(dx * y) + Math.abs(dy * x);
      const far = along + 2 * aside;
      if (other !== key && along > 0 && aside < along * 1.8 && far < least) [best, least] = [other, far];
    }
    return best;
  }

  return {
    start,
    render,
    settle,
    step,
    linkName,
    hideTip,
    describe,
    get drawn() {
      return drawn;
    },
    picture: () => ({ drawn, places: picture.places() }),
  };
})();
