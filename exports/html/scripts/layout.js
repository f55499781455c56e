"use strict";
/**
 * Where nodes stand: forces first, then boxes (each node with its label) are pushed apart. Everything
 * is computed before it is drawn, so that the picture is at rest from the start, and the same each time.
 */
const layout = (() => {
  const GOLDEN = Math.PI * (3 - Math.sqrt(5));

  /** Nodes this many ideal lengths apart leave each other alone, so that loose parts do not drift off. */
  const REACH = 4.5;

  /** A small picture is arranged from several starts, and the best is kept. */
  const TRIES = 6;

  /**
   * Positions of all nodes. Nodes are {key, radius, width, height} (size of the label), links {head, tail,
   * weight} by key; `old` holds positions that are kept, `room` the {width, height} to fill when there are none; of so
   * many `tries` the best is taken.
   */
  function place(nodes, links, { old = new Map(), room, tries = TRIES }) {
    if (old.size) return arrange(nodes, links, { old, room, turn: 0 }).places;
    const made = Array.from({ length: nodes.length > 150 ? 1 : tries }, (_, turn) =>
      arrange(nodes, links, { old, room, turn }),
    );
    return made.reduce((best, next) => (next.worth > best.worth ? next : best)).places;
  }

  function arrange(nodes, links, { old, room, turn }) {
    const bodies = nodes.map((node) => ({ ...node, ...(old.get(node.key) || {}), fixed: old.has(node.key) }));
    const byKey = new Map(bodies.map((body) => [body.key, body]));
    const springs = links
      .map((link) => ({
        a: byKey.get(link.head),
        b: byKey.get(link.tail),
        pull: 0.6 + Math.log2(1 + link.weight) / 4,
      }))
      .filter(({ a, b }) => a !== b);
    scatter(bodies, springs, { room, turn });
    const ratio = Math.min(2.2, Math.max(0.45, room.width / room.height));
    // What stood comes last, so that each new body meets it once.
    bodies.sort((a, b) => Number(a.fixed) - Number(b.fixed));
    relax(bodies, springs, { ratio, ideal: idealLength(bodies, room), steps: old.size ? 120 : 220 });
    if (!old.size) stretch(bodies, room);
    separate(bodies);
    if (!old.size) {
      stretch(bodies, room);
      separate(bodies);
    }
    return {
      places: new Map(bodies.map((body) => [body.key, { x: body.x, y: body.y }])),
      worth: judge(bodies, springs, room),
    };
  }

  /** How well an arrangement fits the room, less the length of its lines. */
  function judge(bodies, springs, room) {
    const span = (axis) =>
      Math.max(...bodies.map((body) => body[axis])) - Math.min(...bodies.map((body) => body[axis]));
    const fits = Math.min(
      1,
      (room.width - 110) / Math.max(1, span("x")),
      (room.height - 90) / Math.max(1, span("y")),
    );
    const long =
      springs.reduce((sum, { a, b }) => sum + Math.hypot(a.x - b.x, a.y - b.y), 0) /
      Math.max(1, springs.length);
    return fits - 0.8 * (long / Math.hypot(room.width, room.height));
  }

  const idealLength = (bodies, room) =>
    Math.max(60, 0.72 * Math.sqrt((room.width * room.height) / Math.max(1, bodies.length)));

  /** Start: near a partner that already stands, else on a spiral in the order given. */
  function scatter(bodies, springs, { room, turn }) {
    const anchor = new Map();
    for (const { a, b } of springs) {
      if (a.fixed && !b.fixed && !anchor.has(b)) anchor.set(b, a);
      if (b.fixed && !a.fixed && !anchor.has(a)) anchor.set(a, b);
    }
    const spread = Math.min(room.width, room.height) / 2.2 / Math.sqrt(bodies.length || 1);
    bodies.forEach((body, order) => {
      if (body.fixed) return;
      const near = anchor.get(body);
      const reach = near ? 70 + 6 * Math.sqrt(order) : spread * Math.sqrt(order + 0.5);
      body.x = (near ? near.x : 0) + reach * Math.cos((order + turn) * GOLDEN * (1 + turn / 7));
      body.y = (near ? near.y : 0) + reach * Math.sin((order + turn) * GOLDEN * (1 + turn / 7));
    });
  }

  function relax(bodies, springs, { ratio, ideal, steps }) {
    for (let step = 0; step < steps; step += 1) {
      for (const body of bodies) [body.dx, body.dy] = [0, 0];
      repel(bodies, ideal);
      attract(springs, ideal);
      const heat = ideal * 0.6 * (1 - step / steps) ** 1.5;
      for (const body of bodies) if (!body.fixed) move(body, heat, ratio);
    }
  }

  function repel(bodies, ideal) {
    const force = ideal * ideal;
    const reach = force * REACH * REACH;
    for (let one = 0; one < bodies.length && !bodies[one].fixed; one += 1) {
      const a = bodies[one];
      for (let other = one + 1; other < bodies.length; other += 1) {
        const b = bodies[other];
        let [x, y] = [a.x - b.x, a.y - b.y];
        let square = x * x + y * y;
        if (square < 1) [x, y, square] = [0.7 * Math.cos(one), 0.7 * Math.sin(one), 1];
        if (square > reach) continue;
        const push = force / square;
        a.dx += x * push;
        a.dy += y * push;
        b.dx -= x * push;
        b.dy -= y * push;
      }
    }
  }

  function attract(springs, ideal) {
    for (const { a, b, pull } of springs) {
      const [x, y] = [a.x - b.x, a.y - b.y];
      const strength = (pull * Math.sqrt(x * x + y * y)) / ideal / 2;
      a.dx -= x * strength;
      a.dy -= y * strength;
      b.dx += x * strength;
      b.dy += y * strength;
    }
  }

  // Gravity keeps parts that no link ties to the rest within sight; the wider side pulls less.
  function move(body, heat, ratio) {
    const dx = body.dx - (body.x * 0.9) / ratio;
    const dy = body.dy - body.y * 0.9 * ratio;
    const length = Math.sqrt(dx * dx + dy * dy) || 1;
    const step = Math.min(length, heat) / length;
    body.x += dx * step;
    body.y += dy * step;
  }

  /** Fit the whole into the room, either side stretched or shrunk on its own. */
  function stretch(bodies, room) {
    for (const [axis, size] of [
      ["x", room.width - 110],
      ["y", room.height - 90],
    ]) {
      const values = bodies.map((body) => body[axis]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const scale = Math.min(2.5, size / Math.max(1, high - low));
      for (const body of bodies) body[axis] = (body[axis] - (low + high) / 2) * scale;
    }
  }

  /** Push overlapping boxes apart along the shorter way; what stood before stays. */
  function separate(bodies) {
    for (let pass = 0; pass < 160; pass += 1) {
      let moved = false;
      for (let one = 0; one < bodies.length && !bodies[one].fixed; one += 1) {
        for (let other = one + 1; other < bodies.length; other += 1) {
          moved = part(bodies[one], bodies[other]) || moved;
        }
      }
      if (!moved) return;
    }
  }

  function part(a, b) {
    const wide = halfWidth(a) + halfWidth(b) + 8 - Math.abs(a.x - b.x);
    if (wide <= 0) return false;
    const [middleA, middleB] = [a.y + a.height / 2, b.y + b.height / 2];
    const high = halfHeight(a) + halfHeight(b) + 6 - Math.abs(middleA - middleB);
    if (high <= 0) return false;
    const shares = !a.fixed && !b.fixed ? [0.5, 0.5] : a.fixed ? [0, 1] : [1, 0];
    const [axis, size, sign] =
      wide < high
        ? ["x", wide, a.x < b.x || (a.x === b.x && a.key < b.key) ? -1 : 1]
        : ["y", high, middleA < middleB || (middleA === middleB && a.key < b.key) ? -1 : 1];
    a[axis] += sign * size * shares[0];
    b[axis] -= sign * size * shares[1];
    return size > 0.5;
  }

  const halfWidth = (body) => Math.max(body.radius, body.width / 2);
  const halfHeight = (body) => body.radius + body.height / 2;

  return { place };
})();
