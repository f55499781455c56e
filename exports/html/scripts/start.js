"use strict";
/** Brings the parts together: reads the data, follows the state, answers what is asked of the page. */
const page = (() => {
  const VIEWS = {
    matrix: (view, now) => matrix.render(now),
    timeline: (view, now) => timeline.render(view, now),
    documents: (view, now) => reader.render(view, now),
    table: (view, now) => table.render(view, now),
  };
  const views = new Map();

  /** What the present filters let through at a level; kept while they hold. */
  function viewAt(level) {
    const key = JSON.stringify(state.filters());
    if (views.get("key") !== key) {
      views.clear();
      views.set("key", key);
    }
    if (!views.has(level)) views.set(level, shown.compute(state.filters(), level));
    return views.get(level);
  }

  const changed = (now, before, ...keys) => !before || keys.some((key) => now[key] !== before[key]);

  function render(now, before) {
    if (!graph.ready) return;
    if (changed(now, before, "lang")) speak(now.lang);
    const view = viewAt(now.level);
    const refiltered = shown.now !== view;
    shown.now = view;
    if (refiltered || changed(now, before, "lang")) showCounts(view);
    filters.sync(now);
    showTabs(now);
    // The card takes room from the other views; the overview beside the network tells what that has drawn.
    const first = now.view !== "network";
    if (first) renderCard(view, now, before, refiltered);
    renderView(view, now, before, refiltered);
    if (!first) renderCard(view, now, before, refiltered);
    networkView.settle(view, now);
  }

  function renderCard(view, now, before, refiltered) {
    const asked = changed(now, before, "lang", "node", "link", "path", "period", "view", "around");
    if (refiltered || asked) cards.render(view, now);
  }

  function renderView(view, now, before, refiltered) {
    networkView.hideTip();
    if (now.view === "network") {
      if (changed(now, before, "lang")) picture.repaint();
      return networkView.render(view, now);
    }
    const keys = {
      matrix: ["order", "cells", "link"],
      timeline: ["step", "period"],
      documents: ["doc", "sort"],
      table: ["rows", "sort", "find"],
    };
    if (refiltered || changed(now, before, "view", "lang", ...keys[now.view])) VIEWS[now.view](view, now);
    return undefined;
  }

  /** Rewrite everything that holds words. */
  function speak(lang) {
    words.lang = lang;
    words.dress(document);
    filters.build();
    saving.build();
    if (window.matchMedia("(max-width: 760px)").matches)
      find("search").placeholder = words.say("search_short");
    find("language").setAttribute("lang", lang === "zh" ? "en" : "zh-CN");
  }

  function showCounts(view) {
    const whole = total(view.level);
    find("counts").textContent = words.say("counts", {
      n: view.nodes,
      nodes: view.level.size,
      l: view.links,
      links: view.level.links,
      e: view.evidence,
      evidence: whole,
    });
  }

  const totals = new Map();
  function total(level) {
    if (!totals.has(level)) {
      const { linkOf } = graph;
      totals.set(
        level,
        level.of ? linkOf.reduce((sum, link) => sum + (level.of[link] >= 0 ? 1 : 0), 0) : linkOf.length,
      );
    }
    return totals.get(level);
  }

  function showTabs(now) {
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const mine = tab.dataset.view === now.view;
      tab.setAttribute("aria-selected", String(mine));
      tab.tabIndex = mine ? 0 : -1;
      find(`view-${tab.dataset.view}`).hidden = !mine;
    }
    for (const button of document.querySelectorAll("nav [data-level]")) {
      const mine = button.dataset.level === now.level;
      button.setAttribute("aria-checked", String(mine));
      button.tabIndex = mine ? 0 : -1;
    }
    document.body.dataset.view = now.view;
  }

  /** Show an entity's card; in the network it is drawn too. */
  function openNode(node) {
    const id = graph.id[node];
    const there = networkView.drawn.nodes.includes(growth.at(shown.now, id));
    const grown = there ? state.now.grown : [...state.now.grown, id];
    state.set({ node: id, link: "", path: null, grown });
  }

  function openLink(level, link, { keep = false } = {}) {
    const name = networkView.linkName(level, link);
    state.set({ link: name, path: null, ...(keep || state.now.view !== "network" ? {} : { node: "" }) });
  }

  function openDocument(place, at = -1) {
    reader.aimAt(at);
    state.set({ view: "documents", doc: graph.docs.id[place] });
    find("main").focus();
  }

  /** Draw more neighbours of an entity. */
  function expand(id) {
    const before = networkView.drawn.nodes.length;
    state.set({ view: "network", node: id, link: "", path: null, grown: [...state.now.grown, id] });
    elements.speak(
      words.say("drawn", { n: networkView.drawn.nodes.length, l: networkView.drawn.links.length }),
    );
    if (networkView.drawn.nodes.length === before && networkView.drawn.full)
      elements.toast(words.say("drawn_full", { n: growth.FULL }));
  }

  /** Choose the other end of a way from here; from nowhere, both. */
  function startPath(id) {
    state.set({ path: [id || "", ""], link: "" });
    const field = document.getElementById(id ? "path-1" : "path-0");
    if (field) field.focus();
  }

  /** A click in the picture: while a way is being chosen it names the missing end. */
  function clickNode(id) {
    const { path } = state.now;
    if (path && (!path[0] || !path[1])) state.set({ path: path[0] ? [path[0], id] : [id, path[1]] });
    else state.set({ node: id, link: "", path: null });
  }

  const openView = (view) => state.set({ view, ...(view === "timeline" ? {} : { period: "" }), sort: "" });

  function switchLevel(level = state.now.level === "unit" ? "entity" : "unit") {
    state.set({ level, grown: [], around: "" });
  }

  function switchTheme() {
    look.toggle();
    repaint();
  }

  function repaint() {
    picture.repaint();
    if (!graph.ready) return;
    filters.build();
    cards.render(shown.now, state.now);
    networkView.describe(shown.now);
    if (VIEWS[state.now.view]) VIEWS[state.now.view](shown.now, state.now);
  }

  function toggleFilters(open = !document.body.classList.contains("filters-open")) {
    document.body.classList.toggle("filters-open", open);
    document.body.classList.toggle("filters-shut", !open);
    find("open-filters").setAttribute("aria-expanded", String(open));
    if (open) find("filters").querySelector("input, button").focus({ preventScroll: true });
  }

  function fail(error) {
    find("failure").textContent =
      words.say("failure") + (error && error.message ? error.message : String(error));
    find("failure").hidden = false;
    console.error(error);
  }

  function listen() {
    const click = (id, action) => find(id).addEventListener("click", action);
    click("language", () => state.set({ lang: state.now.lang === "zh" ? "en" : "zh" }));
    click("theme", switchTheme);
    click("open-filters", () => toggleFilters());
    click("open-path", () => startPath(state.now.node));
    click("reset", () => {
      state.set({ grown: [], around: "", node: "", link: "", path: null });
      picture.fit();
    });
    click("closer", () => picture.zoom(1.3));
    click("farther", () => picture.zoom(1 / 1.3));
    click("whole", () => picture.fit());
    click("skip", () => find("main").focus());
    for (const tab of document.querySelectorAll("[role=tab]"))
      tab.addEventListener("click", () => openView(tab.dataset.view));
    for (const button of document.querySelectorAll("nav [data-level]"))
      button.addEventListener("click", () => switchLevel(button.dataset.level));
    names.offer(find("search"), (node) => {
      openNode(node);
      find("search").value = "";
      (state.now.view === "network" ? find("network") : find("main")).focus();
    });
  }

  async function start() {
    look.start(repaint);
    state.start(render);
    words.lang = state.now.lang;
    words.dress(document);
    showTabs(state.now);
    listen();
    networkView.start({
      node: (id) => graph.ready && clickNode(id),
      link: (name) => graph.ready && state.set({ link: name, node: "", path: null }),
      nothing: () => graph.ready && state.set({ node: "", link: "", path: state.now.path }),
      expand: (id) => graph.ready && expand(id),
    });
    await new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
    await graph.load();
    if (!graph.canRollUp) document.body.classList.add("one-level");
    keys.start();
    saving.start();
    render(state.now, null);
    document.body.dataset.ready = "true";
    requestIdleCallback ? requestIdleCallback(names.ready) : setTimeout(names.ready, 200);
  }

  return {
    start,
    render,
    viewAt,
    openNode,
    openLink,
    openDocument,
    openView,
    expand,
    startPath,
    switchLevel,
    switchTheme,
    toggleFilters,
    fail,
  };
})();

page.start().catch(page.fail);
