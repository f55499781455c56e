"use strict";
/** Links with evidence in each year or month, by relation. */
const timeline = (() => {
  const BASE = 40;
  const LEFT = 46;
  let height = 300;
  const EMPTY = 4;

  /** The period a date falls in, at a step of years or months; empty when it cannot be told. */
  function periodOf(date, step) {
    if (!date) return "";
    if (step === "year") return dates.write(date).slice(0, 4);
    return dates.hasMonth(date) ? dates.write(date).slice(0, 7) : "";
  }

  /** Links of each period: Map period → [Set of links by relation]; and how many have no place. */
  function count(view, step) {
    const periods = new Map();
    const dated = new Uint8Array(view.level.links);
    for (let at = 0; at < view.passes.length; at += 1) {
      const link = linkOf(view, at);
      if (link < 0) continue;
      const date = graph.facets.date[at];
      const period = periodOf(date, step);
      dated[link] |= period ? 2 : date ? 1 : 0;
      if (!period) continue;
      if (!periods.has(period))
        periods.set(
          period,
          graph.relations.map(() => new Set()),
        );
      periods.get(period)[view.level.relation[link]].add(link);
    }
    let [undated, coarse] = [0, 0];
    for (let link = 0; link < view.level.links; link += 1) {
      if (!view.weight[link]) continue;
      if (!dated[link]) undated += 1;
      else if (dated[link] === 1) coarse += 1;
    }
    return { periods: fillGaps(periods, step), undated, coarse };
  }

  function linkOf(view, at) {
    if (!view.passes[at]) return -1;
    const base = graph.linkOf[at];
    const link = view.level.of ? view.level.of[base] : base;
    return link >= 0 && view.weight[link] ? link : -1;
  }

  /** Every period between the first and the last, also empty ones; a long empty run is one gap. */
  function fillGaps(periods, step) {
    const keys = [...periods.keys()].sort();
    const full = [];
    keys.forEach((period, order) => {
      const empty = [];
      let at = order ? following(keys[order - 1], step) : period;
      for (; at < period && empty.length <= EMPTY; at = following(at, step))
        empty.push({ period: at, links: null });
      if (empty.length > EMPTY) full.push({ period: "⋯", links: null });
      else full.push(...empty);
      full.push({ period, links: periods.get(period) });
    });
    return full;
  }

  function following(period, step) {
    const [year, month] = period.split("-").map(Number);
    const pad = (number, size) => String(number).padStart(size, "0");
    if (step === "year") return pad(year + 1, 4);
    return month === 12 ? `${pad(year + 1, 4)}-01` : `${pad(year, 4)}-${pad(month + 1, 2)}`;
  }

  function render(view, now) {
    const counted = count(view, now.step);
    height = Math.max(200, Math.min(460, find("main").clientHeight - 260));
    const unit = words.say(now.step);
    const notes = [
      [counted.undated, "timeline_undated"],
      [counted.coarse, "timeline_coarse"],
    ]
      .filter(([n]) => n)
      .map(([n, key]) => h("p", { class: "quiet", text: words.say(key, { n }) }));
    const chart = counted.periods.length
      ? drawChart(counted.periods, now)
      : h("p", { class: "quiet", text: words.say("timeline_none") });
    const scroll = h("div", { class: "scroll", tabindex: "-1" }, chart);
    find("view-timeline").replaceChildren(
      h("p", { class: "about", text: words.say("timeline_about", { u: unit }) }),
      drawSteps(now),
      scroll,
      drawKey(counted.periods),
      ...notes,
    );
    const chosen = scroll.querySelector(".chosen");
    const middle = chosen ? chosen.getBBox().x - scroll.clientWidth / 2 : scroll.scrollWidth;
    scroll.scrollLeft = middle;
  }

  function drawSteps(now) {
    return h(
      "p",
      { class: "controls" },
      h(
        "span",
        { class: "levels", role: "radiogroup", "aria-label": words.say("period") },
        ["year", "month"].map((step) =>
          elements.button(
            words.say(step === "year" ? "by_year" : "by_month"),
            () => state.set({ step, period: "" }),
            { role: "radio", "aria-checked": String(now.step === step), "data-step": step },
          ),
        ),
      ),
    );
  }

  function drawChart(periods, now) {
    const room = Math.max(280, find("main").clientWidth - 60);
    const width = Math.max(now.step === "year" ? 34 : 20, Math.min(84, (room - LEFT - 10) / periods.length));
    const sums = periods.map(({ links }) => (links ? links.reduce((sum, set) => sum + set.size, 0) : 0));
    const most = niceTop(Math.max(...sums));
    const total = LEFT + width * periods.length + 10;
    return s(
      "svg",
      {
        class: "chart",
        width: total,
        height: height + BASE,
        viewBox: `0 0 ${total} ${height + BASE}`,
        role: "group",
        "aria-label": words.say("view_timeline"),
      },
      drawGrid(most, total),
      periods.map(({ period, links }, at) =>
        drawPeriod(period, links, { x: LEFT + at * width, width, most, sum: sums[at], now, at }),
      ),
    );
  }

  function niceTop(most) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
    const tops = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12].map((step) => step * power);
    return tops.find((top) => top >= most && top % 4 === 0) || 4;
  }

  const yOf = (n, most) => height - ((height - 24) * n) / most;

  function drawGrid(most, total) {
    return [0, 0.25, 0.5, 0.75, 1]
      .filter((share) => Number.isInteger(most * share))
      .map((share) => {
        const y = yOf(most * share, most);
        return s(
          "g",
          {},
          s("path", { class: "grid", d: `M${LEFT - 4} ${y}H${total}` }),
          s("text", {
            class: "axis",
            x: LEFT - 8,
            y: y + 4,
            "text-anchor": "end",
            text: words.count(most * share),
          }),
        );
      });
  }

  function drawPeriod(period, links, { x, width, most, sum, now, at }) {
    const label = now.step === "year" ? period : labelMonth(period, at, width);
    const middle = x + width / 2;
    return s(
      "g",
      sum ? press(period, sum, now) : { class: "period empty" },
      s("rect", { class: "behind", x, y: 14, width, height: height - 14 }),
      drawSlices(period, links || [], { x, width, most }),
      sum ? write(middle, yOf(sum, most) - 5, words.count(sum)) : null,
      label.split("\n").map((line, row) => write(middle, height + 17 + row * 16, line)),
    );
  }

  const write = (x, y, text) => s("text", { class: "axis", x, y, "text-anchor": "middle", text });

  /** What makes a period a button that opens its links. */
  function press(period, sum, now) {
    const open = () => state.set({ period, node: "", link: "", path: null });
    const keydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      open();
    };
    return {
      class: now.period === period ? "period chosen" : "period",
      role: "button",
      tabindex: "0",
      "data-period": period,
      "aria-label": words.say("timeline_cell", { d: period, r: words.say("total"), n: sum }),
      click: open,
      keydown,
    };
  }

  function drawSlices(period, links, { x, width, most }) {
    let done = 0;
    return links.flatMap((set, kind) => {
      if (!set.size) return [];
      const [low, high] = [yOf(done, most), yOf(done + set.size, most)];
      done += set.size;
      const told = words.say("timeline_cell", { d: period, r: look.relationName(kind), n: set.size });
      const box = { x: x + width * 0.14, y: high, width: width * 0.72, height: Math.max(0.8, low - high) };
      return [
        s("rect", { ...box, fill: look.relationColor(kind), class: "slice" }, s("title", { text: told })),
      ];
    });
  }

  const labelMonth = (period, at, width) => {
    if (period === "⋯") return period;
    const [year, month] = period.split("-");
    const every = width >= 18 ? 1 : 3;
    const told = (Number(month) - 1) % every === 0 ? String(Number(month)) : "";
    return month === "01" || at === 0 ? `${told}\n${year}` : told;
  };

  function drawKey(periods) {
    const used = look.relations
      .map((_, kind) => kind)
      .filter((kind) => periods.some(({ links }) => links && links[kind].size));
    return h(
      "ul",
      { class: "key" },
      used.map((kind) =>
        h(
          "li",
          {},
          h("i", { style: { background: look.relationColor(kind) } }),
          h("span", { text: look.relationName(kind) }),
        ),
      ),
    );
  }

  /** The links of one period, strongest first. */
  function drawCard(view, period) {
    const step = period.length === 4 ? "year" : "month";
    const found = new Map();
    for (let at = 0; at < view.passes.length; at += 1) {
      const link = linkOf(view, at);
      if (link >= 0 && periodOf(graph.facets.date[at], step) === period)
        found.set(link, (found.get(link) || 0) + 1);
    }
    const links = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return [
      cards.drawHead(words.say("links_of", { d: period }), () => state.set({ period: "" })),
      h(
        "p",
        { class: "actions" },
        elements.button(words.say("only_period"), () =>
          state.set({ from: period, to: period, undated: false }),
        ),
      ),
      elements.paged(links, ([link, n]) => drawLink(view, link, n), {
        page: 30,
        tag: "ul",
        className: "partners",
      }),
    ];
  }

  function drawLink(view, link, n) {
    const { level } = view;
    const kind = level.relation[link];
    const sign = look.relations[kind].directed ? "→" : "—";
    return h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "partner", click: () => page.openLink(level, link) },
        look.stroke(kind),
        h("span", {
          class: "name",
          text: `${graph.name[level.head[link]]} ${sign} ${graph.name[level.tail[link]]}`,
        }),
        h("span", { class: "when", text: look.relationName(kind) }),
        h("span", { class: "amount", text: words.count(n) }),
      ),
    );
  }

  return { render, drawCard, count };
})();
