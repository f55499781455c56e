"use strict";
/** The menu that saves pictures and files. */
const saving = (() => {
  const NAME = "bingdi";

  const GROUPS = [
    [
      "save_picture",
      [
        ["png", "save_png", savePng],
        ["svg", "save_svg", saveSvg],
      ],
    ],
    [
      "save_drawn",
      [
        ["graphml-drawn", "save_graphml", () => saveGraphml(...drawnPart(), "drawn")],
        ["links-drawn", "save_csv_links", () => saveCsv("links", drawnPart()[1], "drawn")],
        ["entities-drawn", "save_csv_nodes", () => saveCsv("entities", drawnPart()[0], "drawn")],
      ],
    ],
    [
      "save_shown",
      [
        ["graphml", "save_graphml", () => saveGraphml(...shownPart(), "all")],
        ["links", "save_csv_links", () => saveCsv("links", shownPart()[1], "all")],
        ["entities", "save_csv_nodes", () => saveCsv("entities", shownPart()[0], "all")],
      ],
    ],
  ];

  const drawnPart = () => [networkView.drawn.nodes, networkView.drawn.links];
  const shownPart = () => [table.rowsOf(shown.now, "entities"), table.rowsOf(shown.now, "links")];

  function saveGraphml(nodes, links, part) {
    const text = writers.graphml(shown.now, nodes, links, picture.places());
    elements.download(`${NAME}-${part}.graphml`, text, "application/graphml+xml");
  }

  function saveCsv(kind, rows, part) {
    elements.download(
      `${NAME}-${kind}-${part}.csv`,
      writers.csv(table.cells(shown.now, kind, rows)),
      "text/csv;charset=utf-8",
    );
  }

  function saveSvg() {
    const { drawn, places } = networkView.picture();
    if (drawn.nodes.length)
      elements.download(`${NAME}.svg`, writers.svg(drawn, places).text, "image/svg+xml");
  }

  /** The SVG as pixels, twice as fine as the screen, within what a canvas can hold. */
  async function savePng() {
    const { drawn, places } = networkView.picture();
    if (!drawn.nodes.length) return;
    const { text, width, height } = writers.svg(drawn, places);
    const scale = Math.min(2, 8000 / Math.max(width, height));
    const canvas = h("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    const image = new Image();
    image.src = address;
    await image.decode();
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => elements.download(`${NAME}.png`, blob, "image/png"), "image/png");
  }

  /** Build the menu in the present language. */
  function build() {
    const menu = find("save-menu");
    menu.replaceChildren(
      ...GROUPS.map(([title, items]) =>
        h(
          "div",
          { role: "group", "aria-label": words.say(title) },
          h("p", { text: words.say(title), "aria-hidden": "true" }),
          items.map(([key, text, save]) =>
            elements.button(words.say(text), () => choose(save), {
              role: "menuitem",
              tabindex: "-1",
              "data-save": key,
            }),
          ),
        ),
      ),
    );
  }

  function choose(save) {
    toggle(false);
    Promise.resolve().then(save).catch(page.fail);
  }

  function toggle(open = find("save-menu").hidden) {
    find("save-menu").hidden = !open;
    find("open-save").setAttribute("aria-expanded", String(open));
    if (open) find("save-menu").querySelector("button").focus();
    else if (find("save-menu").contains(document.activeElement)) find("open-save").focus();
  }

  function start() {
    find("open-save").addEventListener("click", () => toggle());
    find("save-menu").addEventListener("keydown", (event) => {
      const items = [...find("save-menu").querySelectorAll("button")];
      const at = items.indexOf(document.activeElement);
      const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
      if (event.key === "Escape") toggle(false);
      else if (next !== undefined) items[(next + items.length) % items.length].focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!find("save-menu").hidden && !event.target.closest("#save-menu, #open-save")) toggle(false);
    });
  }

  return { build, start, toggle };
})();
