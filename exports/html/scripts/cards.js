"use strict";
/** The panel beside the views: overview, an entity, a link with its evidence, the ways between two. */
const cards = (() => {
  /** Show what the state has chosen. */
  function render(view, now) {
    const card = find("card");
    const drawn = now.path
      ? ways.drawCard(view, now.path)
      : now.link
        ? linkCard.draw(view, now.link)
        : now.period && now.view === "timeline"
          ? timeline.drawCard(view, now.period)
          : now.node
            ? entityCard.draw(view, now.node)
            : drawOverview(view);
    card.replaceChildren(...drawn.flat().filter(Boolean));
    card.scrollTop = 0;
    card.classList.toggle(
      "open",
      Boolean(now.path || now.link || now.node || (now.period && now.view === "timeline")),
    );
  }

  /** Heading of a card with its button to close it. */
  function drawHead(title, close, icon = null) {
    return h("header", { class: "card-head" }, icon, h("h2", { text: title }), closer(close));
  }

  /** The cross that closes a panel. */
  function closer(close) {
    const said = words.say("close");
    const cross = s("path", { d: "M6 6l12 12M18 6L6 18" });
    const icon = s("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, cross);
    return h(
      "button",
      { type: "button", class: "close", "aria-label": said, title: said, click: close },
      icon,
    );
  }

  /** An entity as a button that opens its card. */
  function nodeButton(node) {
    return h(
      "button",
      { type: "button", class: "entity", click: () => page.openNode(node) },
      look.icon(graph.type[node]),
      h("span", { text: graph.name[node] || graph.id[node] }),
    );
  }

  /** A part that is drawn when it is first opened. */
  function lazyDetails(summary, draw, open = false) {
    const details = h("details", {}, summary);
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(draw());
    });
    if (open) {
      details.append(draw());
      details.open = true;
    }
    return details;
  }

  function drawOverview(view) {
    return [
      h("header", { class: "card-head" }, h("h2", { text: words.say("about") })),
      drawFigures(view),
      leftOut(view).map((text) => h("p", { class: "quiet left-out", text })),
      h("p", { class: "quiet", text: words.say("tips") }),
      drawBest(view),
      drawRelations(view, view.level),
    ];
  }

  function drawFigures(view) {
    const figures = [
      ["entities", view.nodes],
      ["links", view.links],
      ["documents", graph.docs.id.length],
      ["evidence", view.evidence],
    ];
    const draw = ([key, n]) =>
      h("div", {}, h("dd", { text: words.count(n) }), h("dt", { text: words.say(key) }));
    return h("dl", { class: "figures" }, figures.map(draw));
  }

  function drawBest(view) {
    const best = [...graph.id.keys()].filter((node) => view.degree[node]);
    if (!best.length) return null;
    best.sort((a, b) => view.node[b] - view.node[a] || a - b);
    const rank = (node) => {
      const amount = h("span", { class: "amount", text: words.count(view.node[node]) });
      return h("li", {}, nodeButton(node), bar(view.node[node] / view.node[best[0]]), amount);
    };
    const rows = best.slice(0, 12).map(rank);
    return h(
      "section",
      {},
      h("h3", { text: words.say("most_connected") }),
      h("ol", { class: "ranks" }, rows),
    );
  }

  /** What the opening view does not show, in words: nothing is left out silently. */
  function leftOut(view) {
    const told = [];
    const rest = view.nodes - networkView.drawn.nodes.length;
    if (look.page.level === "unit" && view.level.name === "unit") told.push(words.say("about_rolled"));
    if (rest > 0 && networkView.drawn.nodes.length)
      told.push(words.say("about_left", { n: networkView.drawn.nodes.length, rest }));
    if (view.level.inside) told.push(words.say("about_inside", { n: view.level.inside }));
    if (view.level.outside)
      told.push(words.say("about_outside", { n: view.level.outside, l: view.level.loose }));
    if (graph.withoutText) told.push(words.say("about_texts", { n: graph.withoutText }));
    return told;
  }

  const bar = (share) =>
    h(
      "span",
      { class: "bar-line", "aria-hidden": "true" },
      h("i", { style: { width: `${Math.round(share * 100)}%` } }),
    );

  function drawRelations(view, level) {
    const counts = look.relations.map(() => 0);
    for (let link = 0; link < level.links; link += 1)
      if (view.weight[link]) counts[level.relation[link]] += 1;
    const most = Math.max(1, ...counts);
    const rows = counts.flatMap((n, kind) =>
      n
        ? [
            h(
              "li",
              {},
              h("span", { class: "entity" }, look.stroke(kind), h("span", { text: look.relationName(kind) })),
              bar(n / most),
              h("span", { class: "amount", text: words.count(n) }),
            ),
          ]
        : [],
    );
    return rows.length
      ? h("section", {}, h("h3", { text: words.say("by_relation") }), h("ul", { class: "ranks" }, rows))
      : null;
  }

  return { render, drawHead, closer, nodeButton, lazyDetails };
})();
