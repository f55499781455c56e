"use strict";
/** The drawing itself: vis-network holds nodes, edges, camera and pointer; shapes and labels are drawn here. */
const picture = (() => {
  const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
  const SIZE = 12.5;
  const LINE = 15;
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const facts = new Map();
  const labels = new Set();
  let places = new Map();
  let network = null;
  let bright = null;
  let ring = "";
  let opened = false;
  let whole = false;
  let paint = {};

  /** Begin in a container; `options` are those that pyvis wrote. */
  function start(container, options) {
    network = new vis.Network(container, { nodes, edges }, options);
    network.on("beforeDrawing", (ctx) => chooseLabels(ctx));
    for (const own of ["zoom", "dragStart"]) network.on(own, () => (whole = false));
    network.on("dragEnd", ({ nodes: moved }) => {
      for (const [key, { x, y }] of Object.entries(network.getPositions(moved))) places.set(key, { x, y });
    });
    repaint();
    return network;
  }

  /** Draw once after several changes: vis-network would redraw after each. */
  function atOnce(change) {
    network.body.emitter.emit("_blockRedraw");
    try {
      return change();
    } finally {
      network.body.emitter.emit("_allowRedraw");
      network.redraw();
    }
  }

  /** Radius of a node: its area grows with its share of the strongest one's evidence. */
  const radius = (strength, most) => 6.5 + 13 * Math.sqrt(Math.max(0, strength) / Math.max(1, most));

  /** A name as the picture writes it: at most two lines, the rest in the card. */
  function wrap(name) {
    const signs = [...name];
    const narrow = signs.filter((sign) => sign.charCodeAt(0) < 0x2e80).length > signs.length / 2;
    const line = narrow ? 18 : 9;
    if (signs.length <= line) return [name];
    const half = signs.length <= line * 2 ? Math.ceil(signs.length / 2) : line;
    const second = signs.slice(half);
    return [
      signs.slice(0, half).join(""),
      second.length > line ? `${second.slice(0, line - 1).join("")}…` : second.join(""),
    ];
  }

  const ruler = document.createElement("canvas").getContext("2d");
  function measure(lines) {
    ruler.font = `${SIZE}px ${FONT}`;
    return Math.max(...lines.map((line) => ruler.measureText(line).width));
  }

  /**
   * Draw these nodes {key, type, name, strength} and links {key, head, tail, relation, weight}, keeping what
   * stood; `room` is the space to fill. Returns nothing; the picture is at rest afterwards.
   */
  function draw(items, links, { keep = true, room }) {
    const most = Math.max(1, ...items.map((item) => item.strength));
    facts.clear();
    for (const item of items) facts.set(item.key, makeFact(item, most));
    const old = new Map();
    if (keep) for (const item of items) if (places.has(item.key)) old.set(item.key, places.get(item.key));
    const kept = old.size * 2 >= items.length ? old : new Map();
    places = new Map([
      ...(keep ? places : []),
      ...layout.place([...facts.values()], links, { old: kept, room, tries: opened ? 1 : undefined }),
    ]);
    update(
      nodes,
      items.map(({ key }) => ({ id: key, shape: "custom", ctxRenderer: render, ...places.get(key) })),
    );
    update(edges, bend(links).map(makeEdge));
    return kept.size > 0;
  }

  function makeFact(item, most) {
    const lines = wrap(item.name);
    return {
      ...item,
      lines,
      radius: radius(item.strength, most),
      width: measure(lines),
      height: lines.length * LINE + 3,
    };
  }

  function update(set, items) {
    const wanted = new Set(items.map(({ id }) => id));
    set.remove(set.getIds().filter((id) => !wanted.has(id)));
    set.update(items);
  }

  /** Several links of one pair are bent apart. */
  function bend(links) {
    const pairs = new Map();
    for (const link of links) {
      const pair = link.head < link.tail ? `${link.head}\n${link.tail}` : `${link.tail}\n${link.head}`;
      if (!pairs.has(pair)) pairs.set(pair, []);
      pairs.get(pair).push(link);
    }
    return [...pairs.values()].flatMap((row) =>
      row.map((link, at) => {
        const side = (at - (row.length - 1) / 2) * (link.head < link.tail ? 1 : -1);
        return { ...link, bend: side * Math.min(0.22, 0.9 / row.length) };
      }),
    );
  }

  function makeEdge(link) {
    const { directed } = look.relations[link.relation];
    const dash = look.dash(link.relation);
    return {
      id: link.key,
      from: link.head,
      to: link.tail,
      relation: link.relation,
      bend: link.bend,
      width: thickness(link.weight),
      arrows: directed ? { to: { enabled: true, scaleFactor: 0.55 } } : "",
      dashes: dash ? dash.split(" ").map(Number) : false,
      smooth: link.bend
        ? { enabled: true, type: link.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(link.bend) }
        : false,
      ...edgeColor(link.key, link.relation),
    };
  }

  const thickness = (weight) => Math.min(7, 1 + Math.log2(1 + weight) * 0.8);

  function edgeColor(key, relation) {
    const color = look.relationColor(relation);
    const opacity = !bright ? 0.78 : bright.links.has(key) ? 1 : 0.12;
    return { color: { color, highlight: color, hover: color, opacity, inherit: false } };
  }

  /** Light up some nodes and links and dim the rest; null lights all. `chosen` gets a ring. */
  function emphasise(light, chosen = "") {
    bright = light;
    ring = chosen;
    edges.update(edges.get().map((edge) => ({ id: edge.id, ...edgeColor(edge.id, edge.relation) })));
  }

  /** Take the colours of the present theme. */
  function repaint() {
    paint = { text: look.style("--text"), ground: look.style("--ground"), accent: look.style("--accent") };
    edges.update(edges.get().map((edge) => ({ id: edge.id, ...edgeColor(edge.id, edge.relation) })));
    if (network) network.redraw();
  }

  const isDim = (key) => bright && !bright.nodes.has(key);

  function render({ ctx, id, x, y, state: { hover } }) {
    const fact = facts.get(id);
    if (!fact) return {};
    return {
      drawNode: () => drawShape(ctx, fact, x, y, hover),
      drawExternalLabel: () => drawLabel(ctx, fact, x, y, hover),
      nodeDimensions: { width: fact.radius * 2, height: fact.radius * 2 },
    };
  }

  function drawShape(ctx, fact, x, y, hover) {
    ctx.globalAlpha = isDim(fact.key) ? 0.18 : 1;
    if (fact.key === ring) outline(ctx, null, x, y, fact.radius + 6, { stroke: paint.accent, width: 3 });
    outline(ctx, look.CORNERS[look.types[fact.type].shape], x, y, fact.radius, {
      fill: look.typeColor(fact.type),
      stroke: hover ? paint.accent : look.border(fact.type),
      width: hover ? 3 : 1.5,
    });
  }

  function outline(ctx, corners, x, y, size, { fill, stroke, width }) {
    ctx.beginPath();
    if (corners) corners.forEach(([dx, dy]) => ctx.lineTo(x + dx * size, y + dy * size));
    else ctx.arc(x, y, size, 0, 2 * Math.PI);
    ctx.closePath();
    if (fill) {
      ctx.fillStyle = fill;
      ctx.fill();
    }
    ctx.lineWidth = width;
    ctx.lineJoin = "round";
    ctx.strokeStyle = stroke;
    ctx.stroke();
  }

  /** Letters keep their size on the screen when the picture shrinks. */
  const labelScale = () => Math.max(0.8, 1 / Math.min(1, network.getScale()));

  function drawLabel(ctx, fact, x, y, hover) {
    if (!labels.has(fact.key) && !hover && fact.key !== ring) return;
    const scale = labelScale();
    ctx.globalAlpha = isDim(fact.key) ? 0.25 : 1;
    ctx.font = `${fact.key === ring || hover ? "600 " : ""}${SIZE * scale}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4 * scale;
    ctx.strokeStyle = paint.ground;
    ctx.fillStyle = paint.text;
    fact.lines.forEach((line, at) => {
      const top = y + fact.radius + 3 + at * LINE * scale;
      ctx.strokeText(line, x, top);
      ctx.fillText(line, x, top);
    });
  }

  /** Which labels have room at this zoom: those lit and strongest first, none over another. */
  function chooseLabels() {
    labels.clear();
    const scale = labelScale();
    const taken = [];
    const order = [...facts.values()]
      .filter((fact) => nodes.get(fact.key))
      .sort((a, b) => rankLabel(b) - rankLabel(a));
    for (const fact of order) {
      const place = network.getPosition(fact.key);
      const half = (fact.width * scale) / 2;
      const top = place.y + fact.radius + 2;
      const box = [place.x - half, top, place.x + half, top + fact.lines.length * LINE * scale];
      if (
        taken.some(
          (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3],
        )
      )
        continue;
      taken.push(box);
      labels.add(fact.key);
    }
  }

  const rankLabel = (fact) =>
    fact.strength + (fact.key === ring ? 1e9 : 0) + (bright && bright.nodes.has(fact.key) ? 1e8 : 0);

  /** Show everything, or these keys, as large as fits into the upper part of the picture that is free. */
  function fit(keys = [...facts.keys()], free = find("network").clientHeight) {
    const boxes = keys
      .filter((key) => facts.has(key))
      .map((key) => ({ ...facts.get(key), ...network.getPosition(key) }));
    if (!boxes.length) return;
    whole = boxes.length === facts.size;
    const low = (axis, reach) => Math.min(...boxes.map((box) => box[axis] - reach(box)));
    const high = (axis, reach) => Math.max(...boxes.map((box) => box[axis] + reach(box)));
    const half = (box) => Math.max(box.radius, box.width / 2);
    const [left, right] = [low("x", half), high("x", half)];
    const [top, bottom] = [low("y", (box) => box.radius), high("y", (box) => box.radius + box.height)];
    const { clientWidth, clientHeight } = find("network");
    const scale = Math.min(1.15, (clientWidth - 40) / (right - left), (free - 56) / (bottom - top));
    network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale: Math.max(0.12, scale),
      offset: { x: 0, y: (free - clientHeight) / 2 },
    });
  }

  /** Bring a node into the sight that is free, of this height, without a jump when it already is. */
  function reveal(key, free) {
    if (!facts.has(key)) return;
    const { x, y } = network.canvasToDOM(network.getPosition(key));
    const { clientWidth, clientHeight } = find("network");
    if (x > 24 && y > 24 && x < clientWidth - 24 && y < free - 40) return;
    const offset = { x: 0, y: (free - clientHeight) / 2 };
    whole = false;
    network.moveTo({ position: network.getPosition(key), scale: Math.max(0.7, network.getScale()), offset });
  }

  function zoom(factor) {
    whole = false;
    network.moveTo({ scale: Math.min(4, Math.max(0.1, network.getScale() * factor)) });
  }

  return {
    start,
    draw,
    atOnce,
    emphasise,
    repaint,
    fit,
    reveal,
    zoom,
    nodes,
    edges,
    facts,
    thickness,
    FONT,
    SIZE,
    LINE,
    get network() {
      return network;
    },
    /** Whether everything is shown as ``fit`` left it, with no zoom or shift of the reader's own since. */
    get whole() {
      return whole;
    },
    places: () => network.getPositions(),
  };
})();
