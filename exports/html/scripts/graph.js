"use strict";
/**
 * The embedded graph as columns. Nodes are numbers: first the entities, then units that are no entity
 * themselves. Links are numbers too, of entities or rolled up: a level holds either kind.
 */
const graph = (() => {
  const chunks = new Map();
  const levels = new Map();
  const self = { nodes: 0, all: 0, load, level, evidence, text, ready: false };

  /** The value of an embedded chunk; its element is emptied, so that the text is held once. */
  function read(name) {
    if (!chunks.has(name)) chunks.set(name, unpack(find(`chunk-${name}`)));
    return chunks.get(name);
  }

  async function unpack(element) {
    if (!element) throw new Error("a part of the file is missing");
    const text = element.textContent;
    element.replaceChildren();
    if (element.dataset.encoding === "json") return JSON.parse(text);
    if (typeof DecompressionStream === "undefined") throw new Error(words.say("old_browser"));
    const stream = new Blob([decode(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  function decode(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  }

  async function load() {
    const data = await read("graph");
    chunks.delete("graph");
    const extra = data.extra;
    Object.assign(self, data.nodes, {
      nodes: data.nodes.id.length,
      all: data.nodes.id.length + extra.length,
      types: data.types,
      relations: data.relations,
      fields: data.fields,
      fieldsets: data.fieldsets,
      publishers: data.publishers,
      docs: data.documents,
      reasons: data.reasons,
      readings: data.readings,
      withoutText: data.without_text,
    });
    addExtra(extra);
    self.unit = Int32Array.from(self.unit);
    self.type = Uint8Array.from(self.type);
    self.place = new Map(self.id.map((id, place) => [id, place]));
    self.textPlace = countPlaces(self.docs.chunk);
    self.facets = typed(data.evidence);
    levels.set("entity", makeEntityLevel(data.links));
    self.links = data.links.head.length;
    self.canRollUp = self.unit.some((unit, node) => unit >= 0 && unit !== node);
    self.ready = true;
  }

  function addExtra(extra) {
    for (const [id, name, type] of extra) {
      const rest = {
        id,
        name,
        type,
        aliases: 0,
        code: "",
        reason: 0,
        mentions: 0,
        documents: 0,
        unit: self.id.length,
      };
      for (const [key, value] of Object.entries(rest)) self[key].push(value);
    }
  }

  function typed(columns) {
    const made = {};
    for (const [name, column] of Object.entries(columns)) made[name] = Int32Array.from(column);
    made.status = Uint8Array.from(columns.status);
    return made;
  }

  function makeEntityLevel({ head, tail, relation, count }) {
    const links = head.length;
    const starts = new Int32Array(links + 1);
    for (let link = 0; link < links; link += 1) starts[link + 1] = starts[link] + count[link];
    self.evidenceStarts = starts;
    self.linkOf = new Int32Array(starts[links]);
    for (let link = 0; link < links; link += 1) self.linkOf.fill(link, starts[link], starts[link + 1]);
    const level = {
      name: "entity",
      links,
      head: Int32Array.from(head),
      tail: Int32Array.from(tail),
      relation: Uint8Array.from(relation),
      of: null,
      members: Uint8Array.from({ length: self.all }, (_, node) => (node < self.nodes ? 1 : 0)),
    };
    return finish(level);
  }

  /** Links between units: `of` is the rolled-up link of each entity link, -1 where it has none (both ends in one unit, or an end in none). */
  function makeUnitLevel(base) {
    const numbers = new Map();
    const [head, tail, relation] = [[], [], []];
    const of = new Int32Array(base.links);
    const members = new Uint8Array(self.all);
    for (const unit of self.unit) if (unit >= 0) members[unit] = 1;
    const outside = self.unit.reduce((sum, unit) => sum + (unit < 0 ? 1 : 0), 0);
    let [inside, loose] = [0, 0];
    for (let link = 0; link < base.links; link += 1) {
      let [one, other] = [self.unit[base.head[link]], self.unit[base.tail[link]]];
      if (one < 0 || other < 0 || one === other) {
        of[link] = -1;
        if (one >= 0 && one === other) inside += 1;
        else loose += 1;
        continue;
      }
      const kind = base.relation[link];
      if (!look.relations[kind].directed && self.id[one] > self.id[other]) [one, other] = [other, one];
      const key = (one * self.all + other) * 16 + kind;
      let number = numbers.get(key);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(key, number);
        head.push(one);
        tail.push(other);
        relation.push(kind);
      }
      of[link] = number;
    }
    return finish({
      name: "unit",
      links: head.length,
      head: Int32Array.from(head),
      tail: Int32Array.from(tail),
      relation: Uint8Array.from(relation),
      of,
      members,
      inside,
      outside,
      loose,
    });
  }

  /** Give a level the links around each node, the parts of each link and its count of nodes. */
  function finish(level) {
    level.around = gather(level.links * 2, self.all, (slot) => {
      const link = slot >> 1;
      return [slot & 1 ? level.tail[link] : level.head[link], link];
    });
    level.parts = level.of ? gather(level.of.length, level.links, (link) => [level.of[link], link]) : null;
    level.size = level.members.reduce((sum, member) => sum + member, 0);
    return level;
  }

  /** Items in rows: row i is list[starts[i]] … list[starts[i + 1] - 1]; rows below 0 are left out. */
  function gather(slots, rows, where) {
    const starts = new Int32Array(rows + 1);
    for (let slot = 0; slot < slots; slot += 1) {
      const [row] = where(slot);
      if (row >= 0) starts[row + 1] += 1;
    }
    for (let row = 0; row < rows; row += 1) starts[row + 1] += starts[row];
    const next = starts.slice(0, rows);
    const list = new Int32Array(starts[rows]);
    for (let slot = 0; slot < slots; slot += 1) {
      const [row, item] = where(slot);
      if (row >= 0) list[next[row]++] = item;
    }
    return { starts, list };
  }

  function level(name) {
    if (!levels.has(name)) levels.set(name, makeUnitLevel(levels.get("entity")));
    return levels.get(name);
  }

  /** Numbers of all evidence of a level's link. */
  function evidence(of, link) {
    const found = [];
    const add = (base) => {
      for (let at = self.evidenceStarts[base]; at < self.evidenceStarts[base + 1]; at += 1) found.push(at);
    };
    if (!of.parts) add(link);
    else for (const base of row(of.parts, link)) add(base);
    return found;
  }

  const row = ({ starts, list }, index) => list.subarray(starts[index], starts[index + 1]);

  /** The text and mentions of a document, or null where this file holds none. */
  async function text(place) {
    const chunk = self.docs.chunk[place];
    if (chunk < 0) return null;
    const { texts, mentions } = await read(`texts-${chunk}`);
    const at = self.textPlace[place];
    return { text: texts[at], mentions: mentions[at] };
  }

  /** Where each document stands in its chunk of texts. */
  function countPlaces(numbers) {
    const next = new Map();
    return numbers.map((chunk) => {
      const at = next.get(chunk) || 0;
      next.set(chunk, at + 1);
      return at;
    });
  }

  /** Places of the sentences: read once, after the first view. */
  self.spans = () => read("evidence");
  self.row = row;
  return self;
})();
