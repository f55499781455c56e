"use strict";
/** Each document: what it says, and its text with mentions and links marked. */
const reader = (() => {
  let aim = -1;
  let wanted = "";

  /** Numbers of links that pass the filters, by document. */
  function countLinks(view) {
    const counts = new Int32Array(graph.docs.id.length);
    const seen = new Set();
    for (let at = 0; at < view.passes.length; at += 1) {
      if (!view.passes[at] || !isShown(view, at)) continue;
      const key = graph.facets.document[at] * graph.links + graph.linkOf[at];
      if (!seen.has(key)) {
        seen.add(key);
        counts[graph.facets.document[at]] += 1;
      }
    }
    return counts;
  }

  function isShown(view, at) {
    const base = graph.linkOf[at];
    const link = view.level.of ? view.level.of[base] : base;
    return link >= 0 && view.weight[link] > 0;
  }

  function render(view, now) {
    const place = graph.docs.id.indexOf(now.doc);
    const holder = find("view-documents");
    const counts = countLinks(view);
    const list = drawList(counts, now, place);
    const text = h("div", { class: "text", tabindex: "-1" });
    holder.replaceChildren(list, text);
    holder.classList.toggle("reading", place >= 0);
    const chosen = list.querySelector('[aria-current="true"]');
    if (chosen) chosen.scrollIntoView({ block: "center" });
    if (place < 0) text.append(h("p", { class: "quiet empty", text: words.say("document_choose") }));
    else drawDocument(view, place, text).catch(page.fail);
  }

  function drawList(counts, now, chosen) {
    const input = h("input", {
      id: "document-find",
      type: "text",
      placeholder: words.say("documents_find"),
      "aria-label": words.say("documents_find"),
      value: wanted,
    });
    const choice = h(
      "select",
      { "aria-label": words.say("matrix_order") },
      ["date", "weight", "name"].map((order) =>
        h("option", { value: order, text: words.say(`order_${order}`) }),
      ),
    );
    choice.value = now.sort && ["date", "weight", "name"].includes(now.sort) ? now.sort : "date";
    choice.addEventListener("change", () => state.set({ sort: choice.value === "date" ? "" : choice.value }));
    const holder = h("div", { class: "documents" });
    const fill = () => {
      wanted = input.value;
      holder.replaceChildren(...drawRows(counts, choice.value, chosen));
    };
    input.addEventListener("input", fill);
    fill();
    return h("div", { class: "document-list" }, h("div", { class: "controls" }, input, choice), holder);
  }

  function drawRows(counts, order, chosen) {
    const text = wanted.trim().toLowerCase();
    const { docs } = graph;
    const found = [...docs.id.keys()].filter(
      (place) =>
        counts[place] &&
        (!text ||
          `${evidence.titleOf(place)} ${graph.publishers[docs.publisher[place]]}`
            .toLowerCase()
            .includes(text)),
    );
    const byName = (a, b) => (evidence.titleOf(a) < evidence.titleOf(b) ? -1 : 1);
    found.sort(
      order === "weight"
        ? (a, b) => counts[b] - counts[a] || byName(a, b)
        : order === "name"
          ? byName
          : (a, b) => docs.date[b] - docs.date[a] || byName(a, b),
    );
    const at = found.indexOf(chosen);
    if (at > 30) found.unshift(...found.splice(at, 1));
    return [
      h("p", {
        class: "quiet",
        role: "status",
        text: words.say("documents_count", { n: found.length, all: docs.id.length }),
      }),
      elements.paged(found, (place) => drawRow(place, counts[place], chosen), {
        page: 60,
        tag: "ul",
        className: "rows",
      }),
    ];
  }

  function drawRow(place, n, chosen) {
    const rest = [
      graph.publishers[graph.docs.publisher[place]],
      dates.write(graph.docs.date[place]),
      words.say("document_says_n", { n }),
    ];
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          "aria-current": place === chosen ? "true" : null,
          click: () => page.openDocument(place),
        },
        h("b", { text: evidence.titleOf(place) }),
        h("span", { text: rest.filter(Boolean).join(" · ") }),
      ),
    );
  }

  async function drawDocument(view, place, holder) {
    const items = itemsOf(view, place);
    holder.append(drawHead(place), drawSays(view, items), h("h3", { text: words.say("document_text") }));
    const [held, spans] = await Promise.all([graph.text(place), graph.spans()]);
    if (!holder.isConnected) return;
    if (!held)
      return holder.append(
        h("p", { class: "quiet", text: words.say("document_no_text") }),
        evidence.drawList(items),
      );
    holder.append(drawText(held, items, spans));
    scrollTo(holder);
  }

  function itemsOf(view, place) {
    const items = [];
    graph.facets.document.forEach((document_, at) => {
      if (document_ === place && view.passes[at] && isShown(view, at)) items.push(at);
    });
    return items;
  }

  function drawHead(place) {
    const { docs } = graph;
    const rest = [graph.publishers[docs.publisher[place]], dates.write(docs.date[place]), docs.name[place]];
    return h(
      "header",
      {},
      elements.button(`← ${words.say("back_to_list")}`, () => state.set({ doc: "" }), { class: "back" }),
      h("h2", { text: evidence.titleOf(place) }),
      h(
        "p",
        { class: "quiet" },
        h("span", { text: rest.filter(Boolean).join(" · ") }),
        " ",
        elements.outside(docs.url[place], words.say("source")),
      ),
    );
  }

  function drawSays(view, items) {
    const base = graph.level("entity");
    const links = [...new Set(items.map((at) => graph.linkOf[at]))];
    const draw = (link) => {
      const kind = base.relation[link];
      return h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "partner",
            click: () =>
              openLink(
                base,
                link,
                items.find((at) => graph.linkOf[at] === link),
              ),
          },
          look.stroke(kind),
          h("span", {
            class: "name",
            text: `${graph.name[base.head[link]]} ${look.relations[kind].directed ? "→" : "—"} ${graph.name[base.tail[link]]}`,
          }),
          h("span", { class: "when", text: look.relationName(kind) }),
        ),
      );
    };
    return h(
      "section",
      { class: "says" },
      h(
        "h3",
        {},
        h("span", { text: words.say("document_says") }),
        h("span", { class: "amount", text: words.count(links.length) }),
      ),
      elements.paged(links, draw, { page: 8, tag: "ul", className: "partners" }),
    );
  }

  function openLink(level, link, at) {
    aim = at;
    page.openLink(level, link);
  }

  function drawText({ text, mentions }, items, spans) {
    const marks = [...markMentions(mentions), ...items.flatMap((at) => markEvidence(at, spans))];
    return h(
      "div",
      { class: "body" },
      evidence
        .cut(
          text,
          marks.filter(({ start }) => start >= 0),
        )
        .map(drawPiece),
    );
  }

  function markMentions(flat) {
    const marks = [];
    for (let at = 0; at < flat.length; at += 3) {
      marks.push({ role: "mention", start: flat[at], end: flat[at] + flat[at + 1], node: flat[at + 2] });
    }
    return marks;
  }

  function markEvidence(at, spans) {
    if (spans.quotes[at] !== undefined) return [];
    const base = graph.level("entity");
    const start = spans.start[at];
    const inner = (role, node) => ({
      role,
      node,
      at,
      start: spans[role][at] < 0 ? -1 : start + spans[role][at],
      end: start + spans[role][at] + spans[`${role}_length`][at],
    });
    const link = graph.linkOf[at];
    return [
      { role: "sentence", at, start, end: start + spans.length[at] },
      inner("head", base.head[link]),
      inner("tail", base.tail[link]),
      inner("trigger"),
    ];
  }

  function drawPiece({ text, marks }) {
    if (!marks.length) return document.createTextNode(text);
    const entity = marks.find(({ node }) => node !== undefined && node >= 0);
    const said = marks.find(({ at }) => at !== undefined);
    const open = () =>
      entity ? page.openNode(entity.node) : openLink(graph.level("entity"), graph.linkOf[said.at], said.at);
    return h("mark", {
      class: [...new Set(marks.map(({ role }) => role))].join(" "),
      "data-evidence": said ? said.at : null,
      title: entity ? graph.name[entity.node] : words.say("evidence"),
      tabindex: entity ? "0" : null,
      role: entity ? "link" : null,
      click: open,
      keydown: (event) => {
        if (event.key === "Enter") open();
      },
      text,
    });
  }

  /** Bring the sentence that was asked for into sight. */
  function scrollTo(holder) {
    const target = aim >= 0 && holder.querySelector(`[data-evidence="${aim}"]`);
    if (target) {
      target.scrollIntoView({ block: "center" });
      for (const mark of holder.querySelectorAll(`[data-evidence="${aim}"]`)) mark.classList.add("aimed");
    } else holder.scrollTop = 0;
    aim = -1;
  }

  return {
    render,
    aimAt: (at) => {
      aim = at;
    },
  };
})();
