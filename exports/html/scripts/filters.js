"use strict";
/** The filter panel: what may be chosen, how often it occurs, and the state it sets. */
const filters = (() => {
  let controls = [];

  /** Build the panel in the present language. */
  function build() {
    controls = [];
    const groups = [
      drawTypes(),
      drawRelations(),
      period.draw(controls),
      drawAmounts(),
      drawStatuses(),
      drawFields(),
      drawPublishers(),
    ];
    const reset = elements.button(words.say("reset"), () => state.set({ ...state.FILTERS }), {
      class: "reset",
      id: "reset-filters",
    });
    controls.push((now) => {
      reset.disabled = Object.entries(state.FILTERS).every(([key, value]) => now[key] === value);
    });
    find("filters").replaceChildren(
      h(
        "header",
        { class: "card-head" },
        h("h2", { text: words.say("filters") }),
        reset,
        cards.closer(() => page.toggleFilters(false)),
      ),
      ...groups.filter(Boolean),
    );
    sync(state.now);
  }

  /** Show the state in every control. */
  function sync(now) {
    for (const control of controls) control(now);
  }

  const group = (key, ...content) => h("fieldset", {}, h("legend", { text: words.say(key) }), content);

  /**
   * Boxes that are all ticked while nothing is filtered; `options` are {value, text, icon, amount}.
   * A second button keeps one of them only.
   */
  function drawBoxes(key, options) {
    const all = options.map(({ value }) => value);
    const put = (chosen) =>
      state.set({ [key]: all.every((value) => chosen.includes(value)) ? null : chosen });
    return h(
      "ul",
      { class: "boxes" },
      options.map(({ value, text, icon, amount }) => {
        const box = h("input", { type: "checkbox", "data-filter": key, "data-value": value });
        box.addEventListener("change", () => {
          const chosen = state.now[key] || all;
          put(box.checked ? [...chosen, value] : chosen.filter((other) => other !== value));
        });
        controls.push((now) => {
          box.checked = !now[key] || now[key].includes(value);
        });
        return h(
          "li",
          {},
          h("label", {}, box, icon, h("span", { text })),
          h("span", { class: "amount", text: words.count(amount) }),
          elements.button(words.say("only"), () => put([value]), {
            class: "only",
            "aria-label": `${words.say("only")} ${text}`,
          }),
        );
      }),
    );
  }

  function drawTypes() {
    const counts = graph.types.map(() => 0);
    for (let node = 0; node < graph.nodes; node += 1) counts[graph.type[node]] += 1;
    const options = look.types.map((type, at) => ({
      value: type.key,
      text: look.typeName(at),
      icon: look.icon(at),
      amount: counts[at],
    }));
    return group(
      "types",
      drawBoxes(
        "types",
        options.filter(({ amount }) => amount),
      ),
    );
  }

  function drawRelations() {
    const level = graph.level("entity");
    const counts = graph.relations.map(() => 0);
    for (let link = 0; link < level.links; link += 1) counts[level.relation[link]] += 1;
    const options = look.relations.map((relation, at) => ({
      value: relation.key,
      text: look.relationName(at),
      icon: look.stroke(at),
      amount: counts[at],
      group: relation.group,
    }));
    return group(
      "relations",
      drawBoxes(
        "relations",
        options.filter(({ amount }) => amount),
      ),
    );
  }

  function drawStatuses() {
    const counts = [0, 0, 0, 0];
    for (const status of graph.facets.status) counts[status] += 1;
    const keys = ["none", "done", "ongoing", "planned"];
    const options = keys.map((value, at) => ({
      value,
      text: words.say(`status_${at ? value : ""}`),
      icon: null,
      amount: counts[at],
    }));
    return group(
      "status",
      drawBoxes(
        "statuses",
        [...options.slice(1), options[0]].filter(({ amount }) => amount),
      ),
    );
  }

  function drawFields() {
    const counts = new Map();
    for (const set of graph.facets.fieldset) {
      for (const field of graph.fieldsets[set].length ? graph.fieldsets[set] : [-1])
        counts.set(field, (counts.get(field) || 0) + 1);
    }
    if (![...counts.keys()].some((field) => field >= 0)) return null;
    const options = [...counts].map(([field, amount]) => ({
      value: field < 0 ? "-" : graph.fields[field],
      text: field < 0 ? words.say("field_none") : graph.fields[field],
      amount,
    }));
    return group("fields", drawChoice("fields", options));
  }

  function drawPublishers() {
    const counts = new Map();
    for (const publisher of graph.docs.publisher) counts.set(publisher, (counts.get(publisher) || 0) + 1);
    if (counts.size < 2) return null;
    const options = [...counts].map(([publisher, amount]) => {
      const name = graph.publishers[publisher];
      return { value: name || "-", text: name || words.say("publisher_none"), amount };
    });
    return group("publishers", drawChoice("publishers", options));
  }

  /** Boxes none of which is ticked while nothing is filtered; long lists show the commonest, and can be searched. */
  function drawChoice(key, options) {
    options.sort((a, b) => b.amount - a.amount || (a.text < b.text ? -1 : 1));
    const list = h("ul", { class: "boxes" });
    const narrow =
      options.length > 8
        ? h("input", {
            type: "text",
            class: "narrow",
            placeholder: words.say("narrow"),
            "aria-label": `${words.say("narrow")} ${words.say(key)}`,
          })
        : null;
    const draw = () => {
      const wanted = narrow ? narrow.value.trim().toLowerCase() : "";
      const chosen = state.now[key] || [];
      const fitting = options.filter(
        ({ value, text }) => chosen.includes(value) || text.toLowerCase().includes(wanted),
      );
      fitting.sort((a, b) => chosen.includes(b.value) - chosen.includes(a.value));
      const rest = fitting.length - 8;
      list.replaceChildren(
        ...fitting.slice(0, Math.max(8, chosen.length)).map((option) => drawOption(key, option)),
      );
      if (rest > 0) list.append(h("li", { class: "quiet", text: `… ${words.count(rest)}` }));
    };
    if (narrow) narrow.addEventListener("input", draw);
    draw();
    controls.push((now) => {
      if (
        narrow &&
        now[key] &&
        !now[key].every((value) => list.querySelector(`[data-value="${CSS.escape(value)}"]`))
      )
        draw();
      for (const box of list.querySelectorAll("input"))
        box.checked = Boolean(now[key] && now[key].includes(box.dataset.value));
    });
    return [narrow, list];
  }

  function drawOption(key, { value, text, amount }) {
    const box = h("input", {
      type: "checkbox",
      "data-filter": key,
      "data-value": value,
      checked: Boolean(state.now[key] && state.now[key].includes(value)),
    });
    box.addEventListener("change", () => {
      const chosen = (state.now[key] || []).filter((other) => other !== value);
      if (box.checked) chosen.push(value);
      state.set({ [key]: chosen.length ? chosen : null });
    });
    return h(
      "li",
      {},
      h("label", {}, box, h("span", { text })),
      h("span", { class: "amount", text: words.count(amount) }),
    );
  }

  function drawAmounts() {
    return group(
      "evidence",
      drawRange("least", "least", { min: 1, max: 20, step: 1, show: words.count }),
      drawRange("confidence", "least_confidence", {
        min: 0,
        max: 1,
        step: 0.05,
        show: (value) => `${Math.round(value * 100)}%`,
      }),
    );
  }

  function drawRange(key, label, { min, max, step, show }) {
    const input = h("input", { type: "range", min, max, step, id: `filter-${key}` });
    const told = h("output", { for: `filter-${key}` });
    slide(input, (value) => ({ [key]: value }));
    controls.push((now) => {
      input.value = now[key];
      told.textContent = show(now[key]);
    });
    return h("label", { class: "range" }, h("span", { text: words.say(label) }), input, told);
  }

  /** Set the state while a slider moves: one step of the history for each time it is moved. */
  function slide(input, patchOf) {
    let moving = false;
    input.addEventListener("input", () => {
      state.set(patchOf(Number(input.value)), { replace: moving });
      moving = true;
    });
    input.addEventListener("change", () => {
      moving = false;
    });
  }

  return { build, sync, group, slide };
})();
