/** What the tests ask of the page; injected into the tab, beside the page's own scripts. */
window.probe = {
  settle: () => new Promise((done) => setTimeout(done, 5)),

  async until(condition) {
    const patience = performance.now() + 15000;
    while (!condition()) {
      if (performance.now() > patience) throw new Error(`never true: ${condition}`);
      await probe.settle();
    }
  },

  /** So many frames later: sizes are observed and pictures drawn within a frame. */
  async frames(n) {
    for (let frame = 0; frame < n; frame += 1) await new Promise(requestAnimationFrame);
  },

  /** Until every timer of this length or less that runs by now has ended: they end in order. */
  timers: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds + 1)),

  /** Keep the page busy from now on; returns at once. */
  occupy: (milliseconds) => {
    setTimeout(() => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
    });
  },

  /** How many lines the text of an element takes. */
  lines(selector) {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(selector));
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  },

  /** Where an entity stands in the window. */
  spot(name) {
    const key = graph.id[graph.name.indexOf(name)];
    const at = picture.network.canvasToDOM(picture.network.getPosition(key));
    const box = document.getElementById("network").getBoundingClientRect();
    return [box.x + at.x, box.y + at.y];
  },

  /** Left, top, right and bottom of every drawn node with its label. */
  boxes: () =>
    [...picture.facts.values()].map((fact) => {
      const { x, y } = picture.network.getPosition(fact.key);
      const half = Math.max(fact.radius, fact.width / 2);
      return [x - half, y - fact.radius, x + half, y + fact.radius + fact.height];
    }),

  /** Links that pass: head, relation, tail, weight. */
  links() {
    const { level, weight } = shown.now;
    return [...weight.keys()]
      .filter((link) => weight[link])
      .map((link) => [
        graph.name[level.head[link]],
        graph.relations[level.relation[link]],
        graph.name[level.tail[link]],
        weight[link],
      ]);
  },

  /** Entities with most links, by id. */
  hubs: (n) =>
    [...graph.id.keys()]
      .sort((a, b) => shown.now.degree[b] - shown.now.degree[a])
      .slice(0, n)
      .map((node) => graph.id[node]),

  /** Sentences of the card without what is said of their marks. */
  quotes: () =>
    [...document.querySelectorAll("#card blockquote")].map((quote) => {
      const copy = quote.cloneNode(true);
      copy.querySelectorAll(".unseen").forEach((element) => element.remove());
      return copy.textContent;
    }),

  ways: () =>
    [...document.querySelectorAll("#card .way")].map((way) =>
      [...way.querySelectorAll(":scope > ol > li > .entity")].map((button) => button.textContent),
    ),

  matrix: () =>
    Object.fromEntries(
      [...document.querySelectorAll(".matrix tbody tr")].map((row) => [
        row.cells[0].textContent,
        [...row.cells].slice(1).map((cell) => cell.textContent),
      ]),
    ),

  columns: () =>
    [...document.querySelectorAll(".matrix thead th button")].map((button) => button.textContent),

  bars: () =>
    [...document.querySelectorAll(".period[data-period]")].map((period) => [
      period.dataset.period,
      period.querySelectorAll(".slice").length,
      period.getAttribute("aria-label"),
    ]),

  /** For every entity: its name, the title of its card, the sentence of its first link, and the links out. */
  async cards() {
    const told = [];
    for (let node = 0; node < graph.nodes; node += 1) {
      state.set({ node: graph.id[node], link: "" });
      const title = document.querySelector("#card h2").textContent;
      page.openLink(graph.level("entity"), graph.row(graph.level("entity").around, node)[0]);
      await probe.until(() => !document.querySelector("#card [aria-busy]"));
      const links = [...document.querySelectorAll("#card a")].map((link) => link.href);
      told.push([graph.name[node], title, probe.quotes()[0], links]);
    }
    return told;
  },

  /** Title and text of every document as the page shows it. */
  async documents() {
    const told = [];
    for (const [place, id] of graph.docs.id.entries()) {
      state.set({ view: "documents", doc: id });
      await probe.until(() => document.querySelector(".text .body"));
      told.push([graph.docs.title[place], document.querySelector(".text .body").textContent]);
    }
    return told;
  },

  /** The words of a view, without those that come from the data. */
  words(view) {
    const copy = document.getElementById(`view-${view}`).cloneNode(true);
    const data = ".entity, .matrix button, .rows b, .rows span, .option-name, td, th";
    copy.querySelectorAll(data).forEach((element) => element.remove());
    return copy.textContent;
  },

  /** Every key of words that the page or its scripts name, and that has no words in a language. */
  wordless() {
    const marked = [...document.querySelectorAll("[data-t], [data-l], [data-h], [data-p]")];
    const said = [...document.scripts].flatMap((script) => [
      ...script.textContent.matchAll(/words\.say\("(\w+)"/g),
    ]);
    const keys = [
      ...marked.flatMap(({ dataset }) => [dataset.t, dataset.l, dataset.h, dataset.p].filter(Boolean)),
      ...said.map(([, key]) => key),
    ];
    const fails = (key) => {
      try {
        return !words.say(key);
      } catch {
        return true;
      }
    };
    const missing = ["zh", "en"].flatMap((lang) => {
      words.lang = lang;
      return keys.filter(fails);
    });
    words.lang = "zh";
    return { checked: keys.length, missing };
  },

  /** Contrast of inks on grounds, and of every relation on the ground. */
  contrasts() {
    const found = {};
    for (const ink of ["--text", "--quiet", "--accent"]) {
      for (const ground of ["--ground", "--panel", "--raised"]) {
        found[ink + ground] = look.contrast(look.style(ink), look.style(ground));
      }
    }
    for (const ground of ["--head", "--tail", "--trigger", "--accent-soft"]) {
      found[ground] = look.contrast(look.style("--text"), look.style(ground));
    }
    found.button = look.contrast(look.style("--on-accent"), look.style("--accent"));
    return found;
  },

  /** What can be pressed and has no name. */
  nameless: () =>
    [...document.querySelectorAll("button, input, select, a, [role]")]
      .filter((element) => element.checkVisibility())
      .filter((element) => !element.closest("[aria-hidden=true], [role=status], [role=alert]"))
      .filter((element) => {
        const named = ["aria-label", "aria-labelledby"].some((name) => element.getAttribute(name));
        return !named && !element.textContent.trim() && !(element.labels && element.labels.length);
      })
      .map((element) => element.outerHTML.slice(0, 120)),

  /** What is cut off or stands outside the window. */
  cut() {
    const parts = ".bar button, .views button, .tabs span, .controls button, legend, h2, dt";
    return [...document.querySelectorAll(parts)]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const narrow = element.clientWidth && element.scrollWidth > element.clientWidth + 1;
        return narrow || element.getBoundingClientRect().right > innerWidth + 1;
      })
      .map((element) => element.outerHTML.slice(0, 100));
  },

  /** A state after it has been written into an address and read back. */
  roundTrip(wanted) {
    const back = state.parse(state.format({ ...state.now, ...wanted }));
    return Object.fromEntries(Object.keys(wanted).map((key) => [key, back[key]]));
  },
};
