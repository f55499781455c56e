"use strict";
/** Colours and shapes of types and relations, fitted to the light or dark ground. */
const look = (() => {
  const page = JSON.parse(find("page-data").textContent);
  const types = Object.entries(page.types).map(([key, [color, shape, zh, en]]) => ({
    key,
    color,
    shape,
    zh,
    en,
  }));
  const relations = Object.entries(page.relations).map(([key, [color, group, directed, zh, en]]) => ({
    key,
    color,
    group,
    directed,
    zh,
    en,
  }));
  const GROUNDS = { light: "#ffffff", dark: "#15191e" };
  const DASHES = { cooperation: "", geography: "9 5", structure: "2 4" };
  const asked = window.matchMedia("(prefers-color-scheme: dark)");
  let chosen = "";

  const theme = () => chosen || (asked.matches ? "dark" : "light");

  /** Show the theme; `change` is called when the system's wish changes it. */
  function start(change) {
    document.documentElement.dataset.theme = theme();
    asked.addEventListener("change", () => {
      if (chosen) return;
      document.documentElement.dataset.theme = theme();
      change();
    });
  }

  function toggle() {
    chosen = theme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
  }

  const parts = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const channel = (value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const light = (color) => {
    const [red, green, blue] = parts(color).map(channel);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  function contrast(one, other) {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }

  function mix(color, other, share) {
    const [one, two] = [parts(color), parts(other)];
    const hex = (value) => Math.round(value).toString(16).padStart(2, "0");
    return `#${one.map((value, at) => hex(value + (two[at] - value) * share)).join("")}`;
  }

  const made = new Map();

  /** The colour, moved away from the ground until it stands out from it. */
  function readable(color, least) {
    const key = `${theme()} ${color} ${least}`;
    if (!made.has(key)) made.set(key, setOff(color, least));
    return made.get(key);
  }

  function setOff(color, least) {
    const ground = GROUNDS[theme()];
    const away = theme() === "dark" ? "#ffffff" : "#000000";
    if (theme() === "dark" && color === "#000000") return away;
    let share = 0;
    while (contrast(mix(color, away, share), ground) < least && share < 1) share += 0.06;
    return mix(color, away, Math.min(1, share));
  }

  const typeColor = (type) => readable(types[type].color, theme() === "dark" ? 2.6 : 1.5);
  const relationColor = (relation) => readable(relations[relation].color, theme() === "dark" ? 3 : 2);
  const border = (type) => mix(typeColor(type), theme() === "dark" ? "#ffffff" : "#000000", 0.35);
  const typeName = (type) => words.pick(types[type].zh, types[type].en);
  const relationName = (relation) => words.pick(relations[relation].zh, relations[relation].en);
  const dash = (relation) => DASHES[relations[relation].group];
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const turned = (sides, first) =>
    Array.from({ length: sides }, (_, at) => {
      const angle = ((first + (at * 360) / sides) * Math.PI) / 180;
      return [Math.cos(angle), Math.sin(angle)];
    });
  const star = () => turned(10, -90).map(([x, y], at) => (at % 2 ? [x * 0.45, y * 0.45] : [x, y]));

  /** Corners of a shape in a circle of radius 1; null for a disc. */
  const CORNERS = {
    dot: null,
    star: star(),
    hexagon: turned(6, 0),
    square: turned(4, 45).map(([x, y]) => [x * 1.25, y * 1.25]),
    diamond: turned(4, 0).map(([x, y]) => [x * 1.1, y * 1.1]),
    triangle: turned(3, -90),
    triangleDown: turned(3, 90),
    box: [
      [-1.15, -0.62],
      [1.15, -0.62],
      [1.15, 0.62],
      [-1.15, 0.62],
    ],
  };

  /** A type's shape as an SVG element around (x, y). */
  function shape(type, x, y, radius) {
    const corners = CORNERS[types[type].shape];
    const paint = { fill: typeColor(type), stroke: border(type), "stroke-width": Math.max(1, radius / 9) };
    if (!corners) return s("circle", { cx: round(x), cy: round(y), r: round(radius), ...paint });
    const points = corners.map(([dx, dy]) => `${round(x + dx * radius)},${round(y + dy * radius)}`).join(" ");
    return s("polygon", { points, "stroke-linejoin": "round", ...paint });
  }

  const round = (number) => Math.round(number * 100) / 100;

  /** A type's shape as a small picture beside its name. */
  function icon(type) {
    return s("svg", { class: "mark", viewBox: "0 0 20 20", "aria-hidden": "true" }, shape(type, 10, 10, 7));
  }

  /** A relation's line as a small picture beside its name. */
  function stroke(relation) {
    const paint = {
      stroke: relationColor(relation),
      "stroke-width": 2.5,
      "stroke-dasharray": dash(relation) || null,
    };
    const arrow =
      relations[relation].directed && s("path", { d: "M20 2l6 4-6 4z", fill: relationColor(relation) });
    return s(
      "svg",
      { class: "line", viewBox: "0 0 28 12", "aria-hidden": "true" },
      s("path", { d: arrow ? "M1 6h19" : "M1 6h26", ...paint }),
      arrow || null,
    );
  }

  return {
    page,
    types,
    relations,
    start,
    toggle,
    theme,
    typeColor,
    relationColor,
    border,
    typeName,
    relationName,
    dash,
    style,
    shape,
    icon,
    stroke,
    contrast,
    mix,
    round,
    CORNERS,
    GROUNDS,
  };
})();
