"use strict";
/** The whole page from the keyboard, and the help that lists the keys. */
const keys = (() => {
  const VIEWS = ["network", "matrix", "timeline", "documents", "table"];
  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const LIST = [
    ["/", "key_search"],
    ["1–5", "key_views"],
    ["F", "key_filters"],
    ["P", "key_path"],
    ["U", "key_level"],
    ["← ↑ → ↓", "key_arrows"],
    ["Enter", "key_enter"],
    ["E", "key_expand"],
    ["L", "key_links"],
    ["+ − 0", "key_zoom"],
    ["T", "key_theme"],
    ["Esc", "key_escape"],
    ["?", "key_help"],
  ];

  const isTyping = (target) =>
    target.closest("input:not([type=checkbox]):not([type=range]), select, textarea");

  function press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (find("help").open) return;
    const done =
      event.key === "Escape"
        ? escape(event)
        : !isTyping(event.target) && (inPicture(event) || anywhere(event));
    if (done) event.preventDefault();
  }

  function anywhere(event) {
    const actions = {
      "/": () => find("search").focus(),
      "?": help,
      f: () => page.toggleFilters(),
      p: () => page.startPath(state.now.node),
      u: () => page.switchLevel(),
      t: page.switchTheme,
    };
    const view = VIEWS[Number(event.key) - 1];
    if (view) page.openView(view);
    else if (actions[event.key.toLowerCase()]) actions[event.key.toLowerCase()]();
    else return false;
    return true;
  }

  function inPicture(event) {
    if (state.now.view !== "network" || !graph.ready) return false;
    const factor = { "+": 1.25, "=": 1.25, "-": 0.8 }[event.key];
    if (factor) picture.zoom(factor);
    else if (event.key === "0") picture.fit();
    else if (event.key.toLowerCase() === "e" && state.now.node) page.expand(state.now.node);
    else if (event.key.toLowerCase() === "l" && state.now.node) nextLink();
    else if (event.target === find("network") && ARROWS[event.key]) move(ARROWS[event.key]);
    else if (event.target === find("network") && event.key === "Enter") find("card").focus();
    else return false;
    return true;
  }

  function move(direction) {
    const view = shown.now;
    const now = growth.at(view, state.now.node);
    const next = networkView.step(now < 0 ? "" : graph.id[now], direction);
    if (!next) return;
    state.set({ node: next, link: "", path: null }, { replace: Boolean(state.now.node) });
    const node = graph.place.get(next);
    elements.speak(
      `${graph.name[node]}, ${look.typeName(graph.type[node])}, ${words.say("evidence_n", { n: view.node[node] })}`,
    );
  }

  let turn = 0;
  function nextLink() {
    const node = growth.at(shown.now, state.now.node);
    const links = shown.linksOf(shown.now, node);
    if (!links.length) return;
    const link = links[turn % links.length];
    turn += 1;
    page.openLink(shown.now.level, link, { keep: true });
    const { level } = shown.now;
    elements.speak(
      `${graph.name[level.head[link]]} ${look.relationName(level.relation[link])} ${graph.name[level.tail[link]]}, ${words.say("evidence_n", { n: shown.now.weight[link] })}`,
    );
  }

  function escape(event) {
    const now = state.now;
    if (!find("save-menu").hidden) saving.toggle(false);
    else if (isTyping(event.target)) event.target.blur();
    else if (now.path) state.set({ path: null });
    else if (now.link) state.set({ link: "" });
    else if (now.period) state.set({ period: "" });
    else if (now.node) state.set({ node: "" });
    else return false;
    return true;
  }

  function help() {
    const dialog = find("help");
    dialog.replaceChildren(
      h(
        "header",
        { class: "card-head" },
        h("h2", { id: "help-title", text: words.say("help_title") }),
        elements.button(words.say("close"), () => dialog.close()),
      ),
      h("p", { text: words.say("help_intro") }),
      h("p", { text: words.say("tips") }),
      h(
        "dl",
        { class: "keys" },
        LIST.map(([key, text]) => [h("dt", {}, h("kbd", { text: key })), h("dd", { text: words.say(text) })]),
      ),
    );
    dialog.showModal();
  }

  /** Tabs: arrows move between them, as a tab list should. */
  function walkTabs(event) {
    const tabs = [...event.currentTarget.querySelectorAll("button")];
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
    event.preventDefault();
  }

  function start() {
    document.addEventListener("keydown", press);
    for (const list of document.querySelectorAll(".tabs, nav .levels"))
      list.addEventListener("keydown", walkTabs);
    find("open-help").addEventListener("click", help);
  }

  return { start };
})();
