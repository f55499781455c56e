"use strict";
/** The sentences behind a link: where they stand, who and what is marked in them, how they are cited. */
const evidence = (() => {
  const ROLES = ["head", "tail", "trigger"];

  /** Sentence and marked spans of an evidence, as {quote, spans: [{role, start, end}], rule, part}. */
  async function read(at) {
    const spans = await graph.spans();
    const stored = spans.quotes[at];
    const text = stored === undefined ? (await graph.text(graph.facets.document[at])).text : "";
    const [start, length] = [spans.start[at], spans.length[at]];
    const quote = stored === undefined ? text.slice(start, start + length) : stored;
    const marked = ROLES.filter((role) => spans[role][at] >= 0).map((role) => ({
      role,
      start: spans[role][at],
      end: spans[role][at] + spans[`${role}_length`][at],
    }));
    return {
      quote,
      start,
      length,
      spans: marked,
      rule: spans.rules[spans.rule[at]],
      part: spans.parts[spans.part[at]] || null,
    };
  }

  /** Text cut where marks begin and end; each piece knows every mark that covers it. */
  function cut(text, marks) {
    const edges = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
      .filter((edge) => edge >= 0 && edge <= text.length)
      .sort((a, b) => a - b);
    return edges.slice(0, -1).map((from, at) => ({
      from,
      text: text.slice(from, edges[at + 1]),
      marks: marks.filter(({ start, end }) => start <= from && end >= edges[at + 1]),
    }));
  }

  /** A sentence with head, tail and trigger marked; each mark says aloud what it is. */
  function drawQuote({ quote, spans }) {
    return h(
      "blockquote",
      {},
      cut(quote, spans).map(({ text, marks, from }) => {
        if (!marks.length) return document.createTextNode(text);
        const roles = marks.map(({ role }) => role);
        const begins = marks.filter(({ start }) => start === from).map(({ role }) => words.say(role));
        const told = begins.length ? h("span", { class: "unseen", text: `${begins.join("、")}: ` }) : null;
        return h(
          "mark",
          { class: roles.join(" "), title: roles.map((role) => words.say(role)).join(" · ") },
          told,
          text,
        );
      }),
    );
  }

  /** What the marks mean. */
  const drawRoles = () =>
    h(
      "p",
      { class: "roles", "aria-hidden": "true" },
      ROLES.map((role) => h("mark", { class: role, text: words.say(role) })),
    );

  /** One evidence as an article that fills itself when its document has been read. */
  function draw(at) {
    const holder = h(
      "article",
      { class: "evidence", "aria-busy": "true" },
      h("p", { class: "wait", text: words.say("loading") }),
    );
    read(at)
      .then((found) => {
        holder.removeAttribute("aria-busy");
        holder.replaceChildren(
          ...(found.part ? [drawPart(found.part)] : []),
          drawQuote(found),
          drawSource(at),
          drawFacts(at, found),
          drawActions(at, found),
        );
      })
      .catch(page.fail);
    return holder;
  }

  /** The bodies an evidence is about, where the file itself was written rolled up. */
  function drawPart([head, relation, tail]) {
    const kind = graph.relations.indexOf(relation);
    return h("p", { class: "quiet", text: `${head} ${look.relations[kind].directed ? "→" : "—"} ${tail}` });
  }

  const titleOf = (place) => graph.docs.title[place] || graph.docs.name[place] || words.say("untitled");

  function drawSource(at) {
    const place = graph.facets.document[at];
    const rest = [graph.publishers[graph.docs.publisher[place]], dates.write(graph.docs.date[place])].filter(
      Boolean,
    );
    return h(
      "p",
      { class: "source" },
      elements.button(titleOf(place), () => page.openDocument(place, at), {
        class: "link",
        title: words.say("open_document"),
      }),
      rest.length ? h("span", { text: rest.join(" · ") }) : null,
      elements.outside(graph.docs.url[place], words.say("source")),
    );
  }

  /** Date, status, fields, confidence and rule of an evidence as short labels. */
  function drawFacts(at, { rule }) {
    const { date, end, status, fieldset, confidence } = graph.facets;
    const when = dates.range(date[at], end[at]) || words.say("undated");
    const state_ = ["", "done", "ongoing", "planned"][status[at]];
    const chips = [
      [words.say("date"), when],
      state_ && [words.say("status"), words.say(`status_${state_}`)],
      ...graph.fieldsets[fieldset[at]].map((field) => [words.say("fields"), graph.fields[field]]),
      [words.say("confidence"), `${Math.round(confidence[at] / 10)}%`],
      rule && [words.say("rule"), rule],
    ].filter(Boolean);
    return h(
      "dl",
      { class: "chips" },
      chips.map(([name, value]) => h("div", {}, h("dt", { text: name }), h("dd", { text: value }))),
    );
  }

  function drawActions(at, found) {
    return h(
      "p",
      { class: "actions" },
      elements.button(words.say("copy_citation"), () => elements.copy(cite(at, found.quote))),
    );
  }

  /** A sentence with its source, in the manner of GB/T 7714 in Chinese and of a plain reference in English. */
  function cite(at, quote) {
    const place = graph.facets.document[at];
    const [publisher, url] = [
      graph.publishers[graph.docs.publisher[place]],
      elements.safeAddress(graph.docs.url[place]),
    ];
    const [title, date] = [titleOf(place), dates.write(graph.docs.date[place])];
    const clean = quote.replace(/\s+/g, " ").trim();
    if (words.lang === "zh") {
      const rest = [date && `(${date})`, url].filter(Boolean).join(". ");
      return `“${clean}”——${publisher ? `${publisher}. ` : ""}${title}${url ? "[EB/OL]" : ""}.${rest ? ` ${rest}` : ""}`;
    }
    return `“${clean}” — ${[publisher, `“${title}”`, date, url].filter(Boolean).join(", ")}.`;
  }

  /** Evidence of a link, newest first, a few at a time. */
  function drawList(items) {
    const ordered = [...items].sort(
      (a, b) =>
        graph.facets.date[b] - graph.facets.date[a] ||
        graph.facets.confidence[b] - graph.facets.confidence[a] ||
        a - b,
    );
    return elements.paged(ordered, draw, { page: 10, className: "evidence-list" });
  }

  return { read, cut, draw, drawList, drawRoles, drawQuote, cite, titleOf };
})();
