"use strict";
/** The period: a slider with two handles over the dated evidence, two written dates, and the undated. */
const period = (() => {
  /** From here on bars stand without room between them, which would leave nothing of them. */
  const DENSE = 70;
  let controls = [];
  let scale = [];

  /** The years, or for a short span the months, from the first dated evidence to the last. */
  function makeScale() {
    let [first, last] = [99999999, 0];
    const { date, end } = graph.facets;
    for (let at = 0; at < date.length; at += 1) {
      if (!date[at]) continue;
      first = Math.min(first, dates.earliest(date[at]));
      last = Math.max(last, dates.latest(end[at] || date[at]));
    }
    if (!last) return [];
    const [from, to] = [dates.year(first), dates.year(last)];
    const years = Array.from({ length: to - from + 1 }, (_, at) => String(from + at).padStart(4, "0"));
    if (years.length > 3) return years.length <= 200 ? years : years.slice(-200);
    return years.flatMap((year) =>
      Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}`),
    );
  }

  function draw(register) {
    controls = register;
    scale = makeScale();
    if (!scale.length) return null;
    const last = scale.length - 1;
    const slide = (key, label) => {
      const input = h("input", {
        type: "range",
        min: 0,
        max: last,
        step: 1,
        "aria-label": words.say(label),
        id: `period-${key}`,
      });
      filters.slide(input, (at) => periodOf(key, at, last));
      controls.push((now) => {
        const at = findStep(now[key]);
        input.value = at < 0 ? (key === "from" ? 0 : last) : at;
        input.setAttribute("aria-valuetext", now[key] || scale[Number(input.value)]);
      });
      return input;
    };
    return filters.group(
      "period",
      h(
        "div",
        { class: scale.length > DENSE ? "bars dense" : "bars", "aria-hidden": "true" },
        countSteps().map((share) => h("i", { style: { height: `${Math.max(4, share * 100)}%` } })),
      ),
      h("div", { class: "slider" }, slide("from", "from"), slide("to", "to")),
      h("div", { class: "two" }, drawDate("from"), drawDate("to")),
      drawUndated(),
    );
  }

  /** The patch a slider makes: its far end means unbounded, and the two handles do not cross. */
  function periodOf(key, at, last) {
    if (key === "from") {
      const to = findStep(state.now.to);
      return { from: at === 0 ? "" : scale[at], ...(to >= 0 && at > to ? { to: scale[at] } : {}) };
    }
    const from = findStep(state.now.from);
    return { to: at === last ? "" : scale[at], ...(from >= 0 && at < from ? { from: scale[at] } : {}) };
  }

  const findStep = (text) => (text ? scale.indexOf(text.slice(0, scale[0].length)) : -1);

  function countSteps() {
    const counts = scale.map(() => 0);
    const length = scale[0] ? scale[0].length : 4;
    const known = new Map();
    for (const date of graph.facets.date) {
      if (!known.has(date)) known.set(date, date ? scale.indexOf(dates.write(date).slice(0, length)) : -1);
      if (known.get(date) >= 0) counts[known.get(date)] += 1;
    }
    const most = Math.max(1, ...counts);
    return counts.map((n) => n / most);
  }

  function drawDate(key) {
    const input = h("input", {
      type: "text",
      inputmode: "numeric",
      maxlength: 10,
      id: `date-${key}`,
      placeholder: key === "from" ? scale[0] : scale.at(-1),
    });
    input.addEventListener("change", () => {
      const good = dates.parse(input.value) >= 0;
      input.setAttribute("aria-invalid", String(!good));
      if (good) state.set({ [key]: input.value.trim() });
      else elements.toast(words.say("bad_date"));
    });
    controls.push((now) => {
      input.value = now[key];
    });
    return h("label", {}, h("span", { text: words.say(key) }), input);
  }

  function drawUndated() {
    const box = h("input", { type: "checkbox", id: "undated" });
    box.addEventListener("change", () => state.set({ undated: box.checked }));
    controls.push((now) => {
      box.checked = now.undated;
    });
    const amount = graph.facets.date.reduce((sum, date) => sum + (date ? 0 : 1), 0);
    return h(
      "ul",
      { class: "boxes" },
      h(
        "li",
        {},
        h("label", {}, box, h("span", { text: words.say("with_undated") })),
        h("span", { class: "amount", text: words.count(amount) }),
      ),
    );
  }

  return { draw };
})();
