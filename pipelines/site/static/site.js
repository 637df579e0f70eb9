// What every page shares: data files as scripts (they load from a folder too), words, numbers, safe CSV.
"use strict";
const gongkai = (() => {
  const root = document.body.dataset.root || "";
  const loaded = new Map();
  const waiting = new Map();

  // A data file calls this with its own name.
  function take(name, data) {
    const waits = waiting.get(name);
    waiting.delete(name);
    if (waits) waits(data);
  }

  function script(path) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = root + path;
      element.onload = resolve;
      element.onerror = () => reject(new Error(path));
      document.head.append(element);
    });
  }

  function data(name) {
    if (!loaded.has(name)) {
      const found = new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        script(`data/${name}.js`).catch(reject);
      });
      loaded.set(name, found);
      found.catch(() => loaded.delete(name));
    }
    return loaded.get(name);
  }

  let library = null;
  const once = (path) => (library ??= script(path));

  const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const given = document.getElementById("words");
  const texts = given ? JSON.parse(given.textContent) : {};
  const word = (key, values = {}) =>
    (texts[key] ?? key.slice(key.indexOf(".") + 1)).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  // Exact decimals of the number that is stored, rounded half up by the locale-free rules of Intl.
  const counts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
  const shares = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  function value(number, unit) {
    if (number === null || number === undefined) return "—";
    return unit === "share of 1" ? shares.format(100 * number) + "%" : counts.format(number);
  }
  const unitName = (unit) => word("unit." + unit);

  const MARKS = { contradicted: "✕", conflicting: "≠", unverified: "?", corrected: "✎", approximate: "≈" };
  function marks(...codes) {
    return codes.filter((code) => MARKS[code]).map((code) => make("span", { class: "mark " + code }, MARKS[code]));
  }

  // Elements are made of text alone: nothing that a report says is ever parsed as HTML.
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, content] of Object.entries(attributes)) {
      if (content !== null && content !== undefined && content !== false) element.setAttribute(name, content);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  // A column is a list, or {of: distinct values, at: index into them}.
  const column = (packed, index) => (packed.of ? (packed.at[index] < 0 ? null : packed.of[packed.at[index]]) : packed[index]);
  function rows(table, count) {
    const names = Object.keys(table);
    return Array.from({ length: count }, (_, i) => Object.fromEntries(names.map((name) => [name, column(table[name], i)])));
  }

  // As in the release's own CSV: no text is a formula, and Excel is told that it is UTF-8.
  function cell(content) {
    if (content === null || content === undefined) return "";
    let text = String(content);
    if (typeof content === "string" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  }
  const csv = (names, lines) => "\ufeff" + [names, ...lines].map((line) => line.map(cell).join(",")).join("\n") + "\n";
  function download(name, text) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  const outside = (address) => (/^https?:\/\/[^/]/i.test(address || "") ? address : null);

  // The language link keeps what was chosen on the page.
  const other = document.getElementById("other-language");
  if (other) {
    const target = other.getAttribute("href");
    const follow = () => other.setAttribute("href", target + location.hash);
    addEventListener("hashchange", follow);
    document.addEventListener("gongkai:state", follow);
    follow();
  }
  return { take, data, script, once, word, value, unitName, marks, make, column, rows, csv, download, outside, lang, root };
})();
