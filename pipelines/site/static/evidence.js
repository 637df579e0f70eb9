// From a number to where it stands: formula, cells or sentences, the table they are in, the document. #body/year/measure
"use strict";
(() => {
  const { make, word, value, marks, rows, outside } = gongkai;
  const place = document.getElementById("evidence");
  let turn = 0;

  async function show() {
    const mine = ++turn;
    const [slug, year, measure] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (!slug || !/^[\w-]+$/.test(slug) || !/^\d{4}$/.test(year || "")) return;
    place.replaceChildren(make("p", {}, word("evidence.loading")));
    try {
      const [data, index] = await Promise.all([gongkai.data("evidence/" + slug), gongkai.data("index")]);
      if (mine === turn) draw(unpack(data, Number(year)), index, slug, Number(year), measure);
    } catch {
      if (mine === turn) missing();
    }
  }

  function unpack(data, year) {
    const of = (name) => (data[name] ? rows(data[name].columns, data[name].count) : []).filter((row) => row.year === year);
    const all = Object.fromEntries(["reports", "documents", "measures", "facts", "figures"].map((name) => [name, of(name)]));
    all.body = data.body;
    for (const fact of all.facts) fact.id = `${fact.tab}/${fact.row_code}/${fact.column_code}`;
    return all;
  }

  const missing = () => place.replaceChildren(make("h1", {}, word("evidence.title")), make("p", {}, word("evidence.missing")));

  function draw(all, index, slug, year, code) {
    const report = all.reports[0];
    const names = new Map(index.measures.map((measure) => [measure.code, measure]));
    const chosen = all.measures.find((measure) => measure.measure === code);
    if (!report || (code && !chosen)) return missing();
    const heading = make("h1", {}, make("span", { lang: "zh-Hans" }, report.name), ` ${year}`);
    const back = make("p", { class: "note" }, make("a", { href: `body/${slug}.html` }, word("evidence.back")));
    const used = new Set();
    const parts = chosen ? chain(chosen, all, names, used, new Set()) : [];
    place.replaceChildren(back, heading, source(report, all.documents), ...parts, ...tables(all.facts, used), list(all, names, slug, year));
    document.title = `${report.name} ${year} · ${chosen ? names.get(code)[gongkai.lang] : word("evidence.title")}`;
  }

  // Whom the report speaks for, and the sentence that says so.
  function scopeOf(report) {
    const told = `${word("scope." + report.scope)} — ${word("scope_from." + report.scope_from)}`;
    return report.scope_sentence ? make("span", {}, told, make("q", { lang: "zh-Hans" }, report.scope_sentence)) : told;
  }

  // The document that the report was read from; a revision or a second file stands below it.
  function source(report, documents) {
    const entries = [
      [word("col.title"), report.title],
      [word("col.form"), word("form." + report.form)],
      [word("col.scope"), scopeOf(report)],
      [word("col.published"), report.published || "—"],
      [word("col.identity_from"), word("identity_from." + report.told_by)],
    ];
    for (const one of documents) {
      entries.push([word("col.document"), make("span", {}, one.file)]);
      entries.push([word("col.source"), address(one.url)]);
      entries.push([word("evidence.sha"), make("span", { class: "sha" }, one.sha)]);
    }
    return make("dl", { class: "facts" }, ...entries.map(([name, what]) => make("div", {}, make("dt", {}, name), make("dd", {}, what ?? "—"))));
  }

  function address(url) {
    const link = outside(url);
    return link ? make("a", { href: link, rel: "noopener noreferrer" }, link) : make("span", {}, url || word("evidence.given"));
  }

  // A measure, and below it what it is made of: cells and sentences, or the measures that it is a quotient of.
  function chain(row, all, names, used, seen) {
    if (seen.has(row.measure)) return [];
    seen.add(row.measure);
    const measure = names.get(row.measure);
    const unit = measure.unit === "share of 1" ? "" : " " + gongkai.unitName(measure.unit);
    const said = row.value === null ? word("state." + row.state) : value(row.value, measure.unit) + unit;
    const found = [
      make("h2", {}, measure[gongkai.lang]),
      make("p", { class: "lead" }, make("strong", { id: seen.size === 1 ? "value" : null }, said), ...marks(row.grade, row.comparability)),
      make("p", { class: "note" }, ...[row.grade && word("grade." + row.grade), word("comparability." + row.comparability), word("scope." + row.scope)].filter(Boolean).join(" · ")),
      make("p", { class: "note" }, word("evidence.formula") + ": ", make("code", {}, row.formula || "—"), " · ", make("a", { href: `measure/${row.measure}.html` }, word("evidence.rule"))),
    ];
    if (row.blank) found.push(make("p", { class: "note" }, word("evidence.blank_parts", { count: row.blank })));
    const parts = (row.formula || "").match(/[a-z0-9_]+/g) || [];
    const made = all.measures.filter((other) => row.formula.startsWith("(") && parts.includes(other.measure));
    if (made.length) {
      found.push(make("p", {}, word("evidence.made_of")));
      for (const part of made) found.push(...chain(part, all, names, used, seen));
      return found;
    }
    for (const id of (row.evidence || "").split(" ")) {
      const fact = all.facts.find((one) => one.id === id);
      const figure = all.figures.find((one) => one.id === id);
      if (fact) used.add(fact.id), found.push(cell(fact, all.documents));
      if (figure) found.push(sentence(figure, all.documents));
    }
    return found;
  }

  function file(sha, documents) {
    const one = documents.find((document) => document.sha === sha);
    return one ? make("span", {}, one.file) : make("span", { class: "sha" }, sha);
  }
  const described = (entries) => make("dl", {}, ...entries.flatMap(([name, what]) => [make("dt", {}, name), make("dd", {}, what)]));

  function cell(fact, documents) {
    const raw = fact.raw === "" ? word("evidence.blank") : fact.raw;
    const grid = fact.grid_row === null ? "" : " · " + word("evidence.grid", { row: fact.grid_row, column: fact.grid_column });
    const entries = [
      [word("evidence.literal"), make("span", { class: "raw", lang: "zh-Hans" }, raw)],
      [word("dictionary.tables"), word("table." + fact.tab)],
      [word("evidence.row"), make("span", { lang: "zh-Hans" }, fact.row_label || fact.row_code)],
      [word("evidence.column"), make("span", { lang: "zh-Hans" }, fact.column_label || fact.column_code)],
      [word("col.grade"), make("span", {}, word("grade." + fact.grade), ...marks(fact.grade), " — " + word("grade_says." + fact.grade))],
      [word("evidence.position"), fact.locator + grid],
      [word("col.document"), file(fact.sha, documents)],
    ];
    if (fact.correction) entries.push(corrected(fact));
    if (fact.confidence !== null) entries.push(["", word("evidence.read_by_ocr", { confidence: fact.confidence })]);
    if (fact.prose === "fails") entries.push(["", make("span", { class: "bad" }, word("evidence.prose_fails"))]);
    return make("div", { class: "cell" }, described(entries));
  }

  const corrected = (one) => [word("evidence.corrected"), make("span", {}, make("strong", {}, value(one.value, one.unit || "")), " — ", make("span", { lang: "zh-Hans" }, one.correction))];

  // The offsets count characters of Unicode, JavaScript counts halves of some.
  function sentence(figure, documents) {
    const all = Array.from(figure.sentence);
    const end = figure.at + Array.from(figure.raw).length;
    const text = make("span", { lang: "zh-Hans" }, all.slice(0, figure.at).join(""), make("mark", {}, all.slice(figure.at, end).join("")), all.slice(end).join(""));
    const entries = [
      [word("evidence.literal"), make("span", { class: "raw", lang: "zh-Hans" }, figure.raw)],
      [word("evidence.sentences"), text],
      [word("evidence.position"), word("evidence.section", { section: figure.section })],
      [word("col.scope"), word("scope." + figure.scope)],
      [word("col.grade"), make("span", {}, word("grade." + figure.grade), ...marks(figure.grade))],
      [word("col.document"), file(figure.sha, documents)],
    ];
    if (figure.correction) entries.push(corrected(figure));
    return make("div", { class: "cell" }, described(entries));
  }

  // The statutory tables as they were read, the cells of the number marked.
  function tables(facts, used) {
    const wanted = [...new Set(facts.map((fact) => fact.tab))].filter((tab) => facts.some((fact) => fact.tab === tab && used.has(fact.id)));
    return wanted.flatMap((tab) => {
      const own = facts.filter((fact) => fact.tab === tab);
      const title = make("h2", {}, word("table." + tab));
      return [title, make("p", { class: "note" }, word("evidence.whole")), scrolled(word("table." + tab), grid(own, used))];
    });
  }

  function grid(facts, used) {
    const columns = [...new Map(facts.map((fact) => [fact.column_code, fact.column_label || fact.column_code]))];
    const lines = [...new Map(facts.map((fact) => [fact.row_code, fact.row_label || fact.row_code]))];
    const at = new Map(facts.map((fact) => [fact.row_code + "/" + fact.column_code, fact]));
    const head = make("tr", {}, make("td"), ...columns.map(([, label]) => make("th", { scope: "col", class: "num", lang: "zh-Hans" }, label)));
    const body = lines.map(([code, label]) =>
      make("tr", {}, make("th", { scope: "row", lang: "zh-Hans" }, label), ...columns.map(([column]) => literal(at.get(code + "/" + column), used))),
    );
    return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
  }

  function literal(fact, used) {
    if (!fact) return make("td");
    const hit = used.has(fact.id) ? " hit" : "";
    return make("td", { class: "num" + hit }, fact.raw, ...marks(fact.grade === "unverified" ? null : fact.grade));
  }

  const scrolled = (label, table) => make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);

  function list(all, names, slug, year) {
    const lines = all.measures.map((row) => {
      const measure = names.get(row.measure);
      const number = make("a", { class: "n", href: `#${slug}/${year}/${row.measure}` }, row.value === null ? word("state." + row.state) : value(row.value, measure.unit));
      return make("tr", {}, make("th", { scope: "row" }, measure[gongkai.lang]), make("td", { class: "num" }, number, ...marks(row.grade, row.comparability)), make("td", {}, gongkai.unitName(measure.unit)));
    });
    return make("details", { open: all.measures.length && !location.hash.split("/")[2] ? "" : null }, make("summary", {}, word("evidence.all")), scrolled(word("evidence.all"), make("table", {}, make("tbody", {}, ...lines))));
  }

  addEventListener("hashchange", show);
  show();
})();
