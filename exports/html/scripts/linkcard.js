"use strict";
/** The card of a link, or of all links of a pair, with the evidence of each. */
const linkCard = (() => {
  /** The links a name of the address stands for: one relation, or `*` for all of a pair; strongest first. */
  function findAll(view, name) {
    const { head, relation, tail } = state.readLink(name);
    const [one, other] = [growth.at(view, head), growth.at(view, tail)];
    if (one < 0 || other < 0) return { one, other, links: [] };
    const links = shown.linksOf(view, one).filter((link) => shown.otherEnd(view.level, link, one) === other);
    const fits = (link) => relation === "*" || graph.relations[view.level.relation[link]] === relation;
    const straight = (link) =>
      !look.relations[view.level.relation[link]].directed ||
      relation === "*" ||
      view.level.head[link] === one;
    return {
      one,
      other,
      links: links.filter((link) => fits(link) && straight(link)),
      rest: links.filter((link) => !fits(link) || !straight(link)),
    };
  }

  /** The strongest of them, -1 when there is none. */
  const find = (view, name) => {
    const { links } = view ? findAll(view, name) : { links: [] };
    return links.length ? links[0] : -1;
  };

  /** The parts of the card of a link, by its name in the address. */
  function draw(view, name) {
    const { one, other, links, rest = [] } = findAll(view, name);
    const close = () => state.set({ link: "" });
    if (!links.length)
      return [
        cards.drawHead(words.say("no_links"), close),
        one >= 0 && other >= 0 ? drawPair(one, "—", other) : null,
      ];
    const { relation } = state.readLink(name);
    const title = relation === "*" ? words.say("links") : look.relationName(view.level.relation[links[0]]);
    return [
      cards.drawHead(title, close),
      relation === "*" ? drawPair(one, "—", other) : null,
      evidence.drawRoles(),
      ...links.map((link) => drawOneLink(view, link, relation === "*")),
      drawRest(view, rest),
    ];
  }

  function drawPair(one, sign, other) {
    return h(
      "p",
      { class: "pair" },
      cards.nodeButton(one),
      h("span", { class: "sign", text: sign }),
      cards.nodeButton(other),
    );
  }

  function drawOneLink(view, link, titled) {
    const { level } = view;
    const kind = level.relation[link];
    const items = shown.evidenceOf(view, link);
    const { first, last } = shown.span(items);
    const sources = new Set(items.map((at) => graph.facets.document[at])).size;
    const told = [
      words.say("evidence_n", { n: items.length }),
      words.say("documents_n", { n: sources }),
      dates.range(first, last) || words.say("undated"),
    ];
    return h(
      "section",
      { class: "one-link" },
      titled
        ? h("h3", {}, look.stroke(kind), h("span", { text: look.relationName(kind) }))
        : drawPair(level.head[link], look.relations[kind].directed ? "→" : "—", level.tail[link]),
      h("p", { class: "quiet", text: told.join(" · ") }),
      level.parts ? drawParts(view, link) : evidence.drawList(items),
    );
  }

  /** A rolled-up link opens into the links it was made of. */
  function drawParts(view, link) {
    const base = graph.level("entity");
    const parts = [...graph.row(view.level.parts, link)]
      .map((part) => ({ part, items: graph.evidence(base, part).filter((at) => view.passes[at]) }))
      .filter(({ items }) => items.length)
      .sort((a, b) => b.items.length - a.items.length);
    const sign = look.relations[view.level.relation[link]].directed ? "→" : "—";
    const draw = ({ part, items }) =>
      cards.lazyDetails(
        h(
          "summary",
          {},
          h("span", { text: `${graph.name[base.head[part]]} ${sign} ${graph.name[base.tail[part]]}` }),
          h("span", { class: "amount", text: words.count(items.length) }),
        ),
        () => evidence.drawList(items),
        parts.length === 1,
      );
    return [
      h("p", { class: "quiet", text: words.say("parts", { n: parts.length }) }),
      elements.paged(parts, draw, { page: 12, className: "parts" }),
    ];
  }

  function drawRest(view, rest) {
    if (!rest.length) return null;
    return h(
      "section",
      { class: "group" },
      h("h3", { text: words.say("between") }),
      h(
        "ul",
        { class: "partners" },
        rest.map((link) => {
          const kind = view.level.relation[link];
          return h(
            "li",
            {},
            h(
              "button",
              { type: "button", class: "partner", click: () => page.openLink(view.level, link) },
              look.stroke(kind),
              h("span", { class: "name", text: look.relationName(kind) }),
              h("span", { class: "amount", text: words.count(view.weight[link]) }),
            ),
          );
        }),
      ),
    );
  }

  return { draw, find };
})();
