"use strict";
/** Partial dates as numbers: 2023-08 is 20230800, no date is 0. */
const dates = (() => {
  const WRITTEN = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/;

  /** The number of a written date, 0 for an empty one, -1 when it is no date. */
  function parse(text) {
    if (!text) return 0;
    const found = WRITTEN.exec(text.trim());
    if (!found) return -1;
    const [month, day] = [Number(found[2] || 0), Number(found[3] || 0)];
    if (month > 12 || day > 31) return -1;
    return Number(found[1]) * 10000 + month * 100 + day;
  }

  /** A number as it is written. */
  function write(date) {
    if (!date) return "";
    const [year, month, day] = [Math.floor(date / 10000), Math.floor(date / 100) % 100, date % 100];
    const two = (number) => String(number).padStart(2, "0");
    return String(year).padStart(4, "0") + (month ? `-${two(month)}` : "") + (day ? `-${two(day)}` : "");
  }

  const earliest = (date) => date + (date % 10000 === 0 ? 101 : date % 100 === 0 ? 1 : 0);
  const latest = (date) => date + (date % 10000 === 0 ? 1231 : date % 100 === 0 ? 31 : 0);
  const year = (date) => Math.floor(date / 10000);
  const hasMonth = (date) => date % 10000 !== 0;

  /** From one date to another, as written. */
  function range(first, last) {
    if (!first && !last) return "";
    if (!last || first === last) return write(first);
    return first ? `${write(first)} – ${write(last)}` : write(last);
  }

  return { parse, write, earliest, latest, year, hasMonth, range };
})();
