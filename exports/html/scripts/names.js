"use strict";
/** Finding entities by name, alias, pinyin and initials, and the field that offers them. */
const names = (() => {
  const DIGITS = { 零: 0, 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
  const TENS = { 十: 10, 百: 100, 千: 1000 };
  let index = null;
  let sounds = null;

  /** A name as it is compared: width, case, spaces and the ways to write zero do not matter. */
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s'’]/g, "")
      .replace(/[零○]/g, "〇");

  /** The same with numbers in digits: 第十二师 is 第12师, 一〇四团 and 一百〇四团 are 104团. */
  const inDigits = (text) => text.replace(/[〇一二三四五六七八九十百千]+/g, readNumber);

  function readNumber(written) {
    if (![...written].some((sign) => TENS[sign])) return [...written].map((sign) => DIGITS[sign]).join("");
    let [sum, digit] = [0, 0];
    for (const sign of written) {
      if (TENS[sign]) {
        sum += (digit || 1) * TENS[sign];
        digit = 0;
      } else digit = DIGITS[sign];
    }
    return String(sum + digit);
  }

  function build() {
    const [node, key, digits, letters, main] = [[], [], [], [], []];
    sounds = new Map(Object.entries(graph.readings).map(([sign, list]) => [sign, list.split(" ")]));
    for (let at = 0; at < graph.all; at += 1) {
      for (const [order, name] of [graph.name[at], ...(graph.aliases[at] || [])].entries()) {
        const folded = fold(name);
        const numbered = inDigits(folded);
        node.push(at);
        main.push(order === 0);
        key.push(folded);
        digits.push(numbered);
        letters.push(maskOf(folded));
      }
    }
    return { node, key, digits, letters, main };
  }

  /** Which letters begin a sound of the name, one bit each. */
  function maskOf(text) {
    let mask = 0;
    for (const sign of text) {
      for (const sound of sounds.get(sign) || [sign]) mask |= bit(sound);
    }
    return mask;
  }

  const bit = (sound) => {
    const letter = sound.charCodeAt(0) - 97;
    return letter >= 0 && letter < 26 ? 1 << letter : 1 << 26;
  };

  /** Entities that answer to the text, best first, as [{node, name}]; name is the one that matched. */
  function search(text, limit = 30) {
    index = index || build();
    const wanted = fold(text);
    if (!wanted) return [];
    const best = new Map();
    const numbered = inDigits(wanted);
    const spelt = /^[a-z0-9]*[a-z][a-z0-9]*$/.test(wanted);
    collect(best, (at) => rankWritten(at, wanted, numbered));
    if (spelt) collect(best, (at) => rankSpelt(at, wanted));
    if (spelt && !best.size && wanted.length > 4 && wanted.length < 31) collect(best, makeTolerant(wanted));
    const found = [...best.values()].filter(({ node }) => shown.now.level.members[node]);
    const weight = ({ node }) => shown.now.node[node];
    found.sort((a, b) => a.rank - b.rank || weight(b) - weight(a) || a.node - b.node);
    return found.slice(0, limit);
  }

  function collect(best, rankOf) {
    for (let at = 0; at < index.node.length; at += 1) {
      const rank = rankOf(at);
      if (rank < 0) continue;
      const node = index.node[at];
      const known = best.get(node);
      if (!known || rank < known.rank) best.set(node, { node, rank, name: index.key[at] });
    }
  }

  function rankWritten(at, wanted, numbered) {
    const key = index.key[at];
    if (key === wanted) return index.main[at] ? 0 : 1;
    const found = key.indexOf(wanted);
    if (found === 0) return index.main[at] ? 2 : 3;
    const digits = index.digits[at];
    if (digits === numbered) return 3;
    if (found > 0) return 4;
    return digits.includes(numbered) ? 5 : -1;
  }

  function rankSpelt(at, wanted) {
    if (!(index.letters[at] & bit(wanted)) && wanted.charCodeAt(0) > 57) return -1;
    for (const key of index.key[at] === index.digits[at]
      ? [index.key[at]]
      : [index.key[at], index.digits[at]]) {
      for (let start = 0; start < key.length; start += 1) {
        if (sounds.has(key[start]) || start === 0 || /[0-9]/.test(key[start])) {
          if (soundsLike(key, start, wanted, 0))
            return start > 0 ? 8 : soundsLike(key, 0, wanted, 0, true) ? 6 : 7;
        }
      }
    }
    return -1;
  }

  /**
   * Whether the rest of the query spells the name from here, by sounds, initials, or a mix of them;
   * `whole` asks that nothing of the name is left over.
   */
  function soundsLike(key, at, wanted, from, whole = false) {
    if (from === wanted.length) return !whole || at === key.length;
    if (at === key.length) return false;
    for (const sound of sounds.get(key[at]) || [key[at]]) {
      const rest = wanted.length - from;
      if (!whole && rest < sound.length && sound.startsWith(wanted.slice(from))) return true;
      for (const piece of pieces(sound)) {
        if (wanted.startsWith(piece, from) && soundsLike(key, at + 1, wanted, from + piece.length, whole))
          return true;
      }
    }
    return false;
  }

  function pieces(sound) {
    if (sound.length === 1) return [sound];
    return sound[1] === "h" ? [sound, sound.slice(0, 2), sound[0]] : [sound, sound[0]];
  }

  /** A ranking that forgives one letter too many, too few or wrong in the full pinyin. */
  function makeTolerant(wanted) {
    const masks = new Map();
    [...wanted].forEach((letter, at) => masks.set(letter, (masks.get(letter) || 0) | (1 << at)));
    const done = 1 << (wanted.length - 1);
    return (at) => {
      let [exact, near] = [0, 1];
      for (const sign of index.key[at]) {
        for (const letter of (sounds.get(sign) || [sign])[0]) {
          const mask = masks.get(letter) || 0;
          const before = exact;
          exact = ((exact << 1) | 1) & mask;
          near = (((near << 1) | 1) & mask) | before | ((before | exact) << 1) | 1;
          if (near & done) return 9;
        }
      }
      return -1;
    };
  }

  /** Forget the index: names have changed. */
  const ready = () => {
    index = index || build();
  };

  /** Make a text field offer entities as one types; `choose(node)` is called with the one taken. */
  function offer(input, choose) {
    const id = `${input.id}-found`;
    const list = h("ul", {
      id,
      class: "found",
      role: "listbox",
      hidden: true,
      "aria-label": words.say("search"),
    });
    input.parentElement.append(list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
    }))
      input.setAttribute(name, value);
    const box = { input, list, choose, found: [], active: -1, timer: 0 };
    input.addEventListener("input", () => {
      clearTimeout(box.timer);
      box.timer = setTimeout(() => suggest(box), graph.nodes > 20000 ? 120 : 0);
    });
    input.addEventListener("keydown", (event) => press(box, event));
    input.addEventListener("blur", () => {
      // Whoever is back in the field by then is looking at a new list.
      setTimeout(() => {
        if (document.activeElement !== input) hide(box);
      }, 150);
    });
  }

  function suggest(box) {
    box.timer = 0;
    box.found = graph.ready ? search(box.input.value) : [];
    box.active = box.found.length ? 0 : -1;
    const options = box.found.map((item, at) => drawOption(box, item, at));
    const nothing = h("li", {
      class: "nothing",
      role: "option",
      "aria-disabled": "true",
      text: words.say("search_none"),
    });
    box.list.replaceChildren(...(options.length ? options : [nothing]));
    box.list.hidden = !box.input.value.trim();
    box.input.setAttribute("aria-expanded", String(!box.list.hidden));
    mark(box);
    if (!box.list.hidden)
      elements.speak(words.say(box.found.length ? "search_found" : "search_none", { n: box.found.length }));
  }

  function drawOption(box, item, at) {
    const { node, name } = item;
    const alias = name === fold(graph.name[node]) || item.rank > 4 ? "" : originalAlias(node, name);
    return h(
      "li",
      {
        id: `${box.list.id}-${at}`,
        role: "option",
        pointerdown: (event) => {
          event.preventDefault();
          take(box, at);
        },
      },
      look.icon(graph.type[node]),
      h("span", { class: "option-name", text: graph.name[node] }),
      alias && h("span", { class: "option-alias", text: alias }),
      h("span", { class: "amount", text: words.count(shown.now.node[node]) }),
    );
  }

  const originalAlias = (node, folded) =>
    (graph.aliases[node] || []).find((alias) => fold(alias) === folded) || "";

  function mark(box) {
    [...box.list.children].forEach((option, at) =>
      option.setAttribute("aria-selected", String(at === box.active)),
    );
    const active = box.list.children[box.active];
    if (active && !box.list.hidden) {
      box.input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else box.input.removeAttribute("aria-activedescendant");
  }

  function press(box, event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (moves[event.key] && box.found.length && !box.list.hidden) {
      box.active = (box.active + moves[event.key] + box.found.length) % box.found.length;
      mark(box);
    } else if (event.key === "Enter" && box.input.value.trim()) {
      clearTimeout(box.timer);
      if (box.list.hidden || box.timer) suggest(box);
      take(box, Math.max(0, box.active));
    } else if (event.key === "Escape" && (box.timer || !box.list.hidden)) hide(box);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function take(box, at) {
    if (!box.found[at]) return;
    const { node } = box.found[at];
    hide(box);
    box.choose(node);
  }

  function hide(box) {
    // What was typed last and not looked for yet would open the list again.
    clearTimeout(box.timer);
    box.timer = 0;
    box.list.hidden = true;
    box.input.setAttribute("aria-expanded", "false");
    box.input.removeAttribute("aria-activedescendant");
  }

  /** The node of an id, or of a name that only one carries; -1 when there is none. */
  function resolve(text) {
    if (!text) return -1;
    if (graph.place.has(text)) return graph.place.get(text);
    const found = search(text, 1)[0];
    return found && found.rank < 2 ? found.node : -1;
  }

  return { search, offer, resolve, ready };
})();
