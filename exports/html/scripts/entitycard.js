"use strict";
/** The card of an entity: what it is, what it belongs to, and its links by relation. */
const entityCard = (() => {
  /** The parts of the card of an entity, by its id. */
  function draw(view, id) {
    const node = growth.at(view, id);
    if (node < 0)
      return [
        cards.drawHead(words.say("search_none"), () => state.set({ node: "" })),
        h("p", { class: "quiet", text: id }),
      ];
    const close = () => state.set({ node: "" });
    return [
      cards.drawHead(graph.name[node] || graph.id[node], close, look.icon(graph.type[node])),
      drawNodeActions(node),
      drawNodeFacts(view, node),
      drawNodeLinks(view, node),
      drawMembers(view, node),
    ];
  }

  function drawNodeActions(node) {
    const id = graph.id[node];
    const around =
      state.now.around === id
        ? elements.button(words.say("around_off"), () => state.set({ around: "" }))
        : elements.button(words.say("around"), () => state.set({ view: "network", around: id, grown: [] }));
    return h(
      "p",
      { class: "actions" },
      elements.button(words.say("expand"), () => page.expand(id)),
      around,
      elements.button(words.say("path_from"), () => page.startPath(id)),
      elements.button(words.say("copy_address"), () => elements.copy(window.location.href)),
    );
  }

  function drawNodeFacts(view, node) {
    const links = shown.linksOf(view, node);
    const { first, last } = shown.span(links.flatMap((link) => shown.evidenceOf(view, link)));
    const rows = [
      ["type", look.typeName(graph.type[node])],
      ["aliases", (graph.aliases[node] || []).join("、")],
      ["code", graph.code[node]],
      ["unit", unitOf(node)],
      ["period", dates.range(first, last)],
      ["links", `${words.count(links.length)} · ${words.say("evidence_n", { n: view.node[node] })}`],
      [
        "mentions",
        graph.mentions[node]
          ? `${words.count(graph.mentions[node])} · ${words.say("documents_n", { n: graph.documents[node] })}`
          : "",
      ],
    ].filter(([, value]) => value);
    return h(
      "dl",
      { class: "facts" },
      rows.map(([key, value]) => [h("dt", { text: words.say(key) }), h("dd", {}, value)]),
    );
  }

  function unitOf(node) {
    const unit = graph.unit[node];
    if (unit < 0 || unit === node) return unit < 0 ? words.say("unit_none") : words.say("unit_self");
    const reason = graph.reasons[graph.reason[node]];
    return h(
      "span",
      {},
      cards.nodeButton(unit),
      reason ? h("span", { class: "reason", text: words.sayOr(`reason_${reason}`, reason) }) : null,
    );
  }

  /** Links by relation and direction, each with partner, dates and weight. */
  function drawNodeLinks(view, node) {
    const groups = new Map();
    for (const link of shown.linksOf(view, node)) {
      const kind = view.level.relation[link];
      const key = kind * 2 + (look.relations[kind].directed && view.level.tail[link] === node ? 1 : 0);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(link);
    }
    if (!groups.size) return h("p", { class: "quiet", text: words.say("no_links") });
    return [...groups].sort(([a], [b]) => a - b).map(([key, links]) => drawGroup(view, node, key, links));
  }

  function drawGroup(view, node, key, links) {
    const kind = key >> 1;
    const sign = !look.relations[kind].directed ? "" : key & 1 ? " ←" : " →";
    return h(
      "section",
      { class: "group" },
      h(
        "h3",
        {},
        look.stroke(kind),
        h("span", { text: look.relationName(kind) + sign }),
        h("span", { class: "amount", text: words.count(links.length) }),
      ),
      elements.paged(links, (link) => drawPartner(view, node, link), {
        page: 8,
        tag: "ul",
        className: "partners",
      }),
    );
  }

  function drawPartner(view, node, link) {
    const other = shown.otherEnd(view.level, link, node);
    const { first, last } = shown.span(shown.evidenceOf(view, link));
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "partner", click: () => page.openLink(view.level, link) },
        look.icon(graph.type[other]),
        h("span", { class: "name", text: graph.name[other] || graph.id[other] }),
        h("span", { class: "when", text: dates.range(first, last) }),
        h("span", { class: "amount", text: words.count(view.weight[link]), title: words.say("weight") }),
      ),
    );
  }

  /** Bodies that a unit stands for when rolled up. */
  function drawMembers(view, node) {
    const members =
      view.level.name === "unit"
        ? [...graph.unit.keys()].filter((at) => graph.unit[at] === node && at !== node && at < graph.nodes)
        : [];
    if (!members.length) return null;
    const open = (member) => {
      state.set({ level: "entity", node: graph.id[member] });
    };
    return h(
      "section",
      { class: "group" },
      h(
        "h3",
        {},
        h("span", { text: words.say("members") }),
        h("span", { class: "amount", text: words.count(members.length) }),
      ),
      elements.paged(
        members,
        (member) =>
          h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "entity", click: () => open(member) },
              look.icon(graph.type[member]),
              h("span", { text: graph.name[member] }),
            ),
          ),
        { page: 8, tag: "ul", className: "partners" },
      ),
    );
  }

  return { draw };
})();
