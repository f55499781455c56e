"use strict";
/** Building the page: text reaches it only as text, addresses only when they are http or https. */
const elements = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const find = (id) => document.getElementById(id);

  /** An HTML element; attributes that are functions listen, `null` and `false` are left out. */
  function h(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }

  /** The same for SVG. */
  function s(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  }

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) set(element, name, value);
    for (const child of children.flat(2)) {
      if (child !== null && child !== undefined && child !== false) element.append(child);
    }
    return element;
  }

  function set(element, name, value) {
    if (value === null || value === undefined || value === false) return;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "text") element.textContent = value;
    else if (name === "style") Object.assign(element.style, value);
    else if (name.startsWith("on") || name === "srcdoc") throw new Error(`${name} may not come from data`);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "open")
      element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }

  /** The address when a browser may follow it (http, https), else an empty string. */
  function safeAddress(address) {
    if (!/^https?:\/\//i.test(address)) return "";
    try {
      const url = new URL(address);
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
    } catch {
      return "";
    }
  }

  /** A link that opens elsewhere and tells the other side nothing; plain text for other schemes. */
  function outside(address, text) {
    const href = safeAddress(address);
    if (!href) return address ? h("span", { class: "plain-address", text: address }) : null;
    return h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow", text, title: href });
  }

  const button = (text, click, attributes = {}) =>
    h("button", { type: "button", text, click, ...attributes });

  /** Rows a page at a time, with a button for the next page. */
  function paged(rows, draw, { page = 20, tag = "div", className = "" } = {}) {
    const holder = h(tag, { class: className });
    let done = 0;
    const more = h("button", { type: "button", class: "more" });
    more.addEventListener("click", () => {
      const before = holder.lastElementChild === more ? more.previousElementSibling : null;
      grow();
      const first = before ? before.nextElementSibling : null;
      const target = first && first.querySelector("button, a, summary");
      if (target) target.focus();
    });
    function grow() {
      more.remove();
      for (const row of rows.slice(done, done + page)) holder.append(draw(row));
      done = Math.min(done + page, rows.length);
      if (done < rows.length) {
        more.textContent = words.say("more", { n: Math.min(page, rows.length - done) });
        holder.append(tag === "ul" || tag === "ol" ? h("li", { class: "more-row" }, more) : more);
      }
    }
    grow();
    return holder;
  }

  /** Offer a file to be saved. */
  function download(name, content, kind) {
    const blob = content instanceof Blob ? content : new Blob([content], { type: kind });
    const address = URL.createObjectURL(blob);
    const link = h("a", { download: name });
    link.href = address;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    toast(words.say("saved", { f: name }));
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyBySelection(text)) return toast(words.say("copy_failed"));
    }
    return toast(words.say("copied"));
  }

  // Without a permission (a file opened from disk in some browsers) the selection still copies.
  function copyBySelection(text) {
    const area = h("textarea", { class: "unseen", value: text });
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (focused) focused.focus();
    return done;
  }

  let hiding = 0;
  function toast(text) {
    const place = find("toast");
    place.textContent = text;
    place.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => {
      place.hidden = true;
    }, 2600);
  }

  /** Tell a screen reader. */
  function speak(text) {
    find("spoken").textContent = text;
  }

  return { h, s, find, button, outside, safeAddress, paged, download, copy, toast, speak };
})();
const { h, s, find } = elements;
