// Shows a measure in a field: one year, level, kind of body, function, scope and series. Ranks and the reasons for none are
// those of the release, nothing is ranked here. What is chosen stands in the address. The table is drawn first; the chart
// library comes after it.
"use strict";
(() => {
  const { make, word, value, marks, lang } = gongkai;
  const byId = (id) => document.getElementById(id);
  const FIELDS = ["measure", "year", "level", "province", "group", "kind", "function", "scope"];
  const DEFAULTS = { measure: "granted_or_partial_share", level: "prefecture", kind: "government", scope: "territory" };
  const DRAWN = 25;
  const LEVELS = ["state", "province", "prefecture", "county", "township", "unresolved"];
  let index = null;
  let bodies = [];
  let turn = 0;
  let shown = { ranked: [], out: [], measure: null, year: null };

  // ------------------------------------------------------------ what is chosen

  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const name of FIELDS) {
      const wanted = given.get(name) ?? DEFAULTS[name] ?? "";
      const select = byId(name);
      const known = [...select.options].map((option) => option.value);
      select.value = known.includes(wanted) ? wanted : known[0];
    }
    settle("");
    return given.has("year");
  }

  function toAddress() {
    const state = new URLSearchParams(FIELDS.map((name) => [name, byId(name).value]).filter(([, chosen]) => chosen));
    history.replaceState(null, "", "#" + state);
    document.dispatchEvent(new Event("gongkai:state"));
  }

  const option = (code, text) => make("option", { value: code }, text);
  const all = () => option("", word("compare.all"));

  function fill() {
    const groups = new Map();
    for (const measure of index.measures) {
      if (!groups.has(measure.grp)) groups.set(measure.grp, make("optgroup", { label: word("group." + measure.grp) }));
      groups.get(measure.grp).append(option(measure.code, measure[lang]));
    }
    const there = (name) => new Set(bodies.map((body) => body[name]));
    byId("measure").replaceChildren(...groups.values());
    byId("year").replaceChildren(...index.years.map((year) => option(String(year), String(year))));
    byId("level").replaceChildren(...LEVELS.filter((level) => there("level").has(level)).map((level) => option(level, word("level." + level))));
    byId("province").replaceChildren(all(), ...Object.entries(index.provinces).sort().map(([code, name]) => option(code, name)));
    byId("group").replaceChildren(all(), ...Object.entries(index.groups).map(([code, group]) => option(code, group.zh)));
    byId("function").replaceChildren(...Object.entries(index.functions).map(([code, name]) => option(code, name[lang])));
    byId("kind").replaceChildren(...[...there("kind")].sort().map((kind) => option(kind, word("kind." + kind))));
    byId("scope").replaceChildren(...["territory", "own_level", "organ", "not_stated"].map((scope) => option(scope, word("scope." + scope))));
  }

  // ------------------------------------------------------------ the ranking

  // A group is of one level and of governments; a province and a group exclude each other. Only departments have functions.
  function settle(changed) {
    const choice = (name) => byId(name).value;
    if (choice("group") && choice("province")) byId(changed === "province" ? "group" : "province").value = "";
    if (choice("group")) {
      byId("level").value = index.groups[choice("group")].level;
      byId("kind").value = "government";
    }
    byId("level").disabled = byId("kind").disabled = Boolean(choice("group"));
    byId("function").disabled = choice("kind") !== "department";
    byId("function").parentElement.hidden = byId("function").disabled;
  }

  function chosen() {
    const choice = Object.fromEntries(FIELDS.map((name) => [name, byId(name).value]));
    if (choice.kind !== "department") choice.function = "";
    const place = choice.province ? `province/${choice.province}/${choice.level}` : `level/${choice.level}`;
    return { ...choice, field: choice.group ? `peer_group/${choice.group}` : place };
  }

  // The values of the field that is chosen, by year, each with its rank or the reason for none.
  function inField(data, choice) {
    const rows = gongkai.rows(data.columns, data.count);
    const years = new Map();
    for (const place of gongkai.rows(data.places.columns, data.places.count)) {
      if (place.field !== choice.field || place.kind !== choice.kind || (choice.function && place.function !== choice.function)) continue;
      const row = rows[place.row];
      row.body = bodies[row.body];
      row.rank = row.scope === choice.scope ? place.rank : null;
      row.members = place.members;
      row.why = row.rank !== null ? null : reason(row, place, choice);
      if (!years.has(row.year)) years.set(row.year, []);
      years.get(row.year).push(row);
    }
    return years;
  }

  function reason(row, place, choice) {
    if (row.value === null) return word("state." + row.state);
    if (row.scope !== choice.scope) return word("compare.other_scope");
    return place.why === "doubtful" ? word("grade." + row.grade) : word("unranked." + place.why);
  }

  // Ranks of two series do not stand in one table: that of the fullest series is shown.
  function ranking(rows) {
    const counts = new Map();
    for (const row of rows) if (row.rank !== null) counts.set(row.series, (counts.get(row.series) || 0) + 1);
    const series = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name)[0] ?? null;
    const isShown = (row) => row.rank !== null && row.series === series;
    const ranked = rows.filter(isShown).sort((a, b) => a.rank - b.rank || (a.body.id < b.body.id ? -1 : 1));
    const out = rows.filter((row) => !isShown(row));
    for (const row of out) row.why ??= word("compare.other_series");
    return { ranked, out, series, isMixed: counts.size > 1 };
  }

  // Linear between the neighbours, as DuckDB's quantile_cont.
  function quantile(ranked, share) {
    if (!ranked.length) return null;
    const place = (ranked.length - 1) * (1 - share);
    const low = Math.floor(place);
    const high = Math.ceil(place);
    return ranked[low].value + (ranked[high].value - ranked[low].value) * (place - low);
  }

  // ------------------------------------------------------------ the page

  const link = (row, measure) =>
    make("a", { class: "n", href: `evidence.html#${row.body.slug}/${row.year}/${measure.code}` }, value(row.value, measure.unit));
  const named = (row) => make("td", { lang: "zh-Hans" }, make("a", { href: `body/${row.body.slug}.html` }, row.name ?? row.body.name));

  function rankedLine(row, measure) {
    return make(
      "tr",
      {},
      make("td", { class: "num" }, String(row.rank)),
      named(row),
      make("td", { class: "num" }, link(row, measure), ...marks(row.comparability)),
      make("td", {}, word("level." + row.body.level)),
      make("td", { lang: "zh-Hans" }, index.provinces[row.body.province_code] || "—"),
      make("td", {}, word("grade." + row.grade), ...marks(row.grade)),
    );
  }

  function outLine(row, measure) {
    const number = make("td", { class: "num" }, row.value === null ? "—" : link(row, measure), ...marks(row.grade));
    return make("tr", {}, named(row), make("td", {}, word("level." + row.body.level)), number, make("td", {}, row.why));
  }

  async function draw(keepsYear = true) {
    const mine = ++turn;
    const code = byId("measure").value;
    let data;
    try {
      data = await gongkai.data("measure/" + code);
    } catch {
      byId("summary").textContent = word("compare.failed");
      return;
    }
    if (mine !== turn) return;
    const started = performance.now();
    const measure = index.measures.find((one) => one.code === code);
    if (!keepsYear) {
      const { year, value: values } = data.columns;
      const stated = year.filter((_, place) => values[place] !== null);
      if (stated.length) byId("year").value = String(stated.reduce((a, b) => Math.max(a, b)));
    }
    const choice = chosen();
    const years = inField(data, choice);
    const found = ranking(years.get(Number(choice.year)) || []);
    shown = { ...found, measure, year: choice.year };
    table(found, measure, choice);
    const trend = [...years.keys()].sort().map((year) => ({ year, ...ranking(years.get(year)) }));
    overTime(trend, measure, data.laws);
    toAddress();
    document.body.dataset.drawn = `${code} ${choice.year} ${Math.round(performance.now() - started)}`;
    await charts(found.ranked, trend, measure, mine);
  }

  function table({ ranked, out, isMixed }, measure, choice) {
    const median = value(quantile(ranked, 0.5), measure.unit);
    const said = ranked.length ? word("compare.summary", { count: ranked.length, median, out: out.length }) : word("compare.none", { out: out.length });
    byId("summary").textContent = said + (isMixed ? " " + word("compare.series_note") : "");
    byId("unit").textContent = gongkai.unitName(measure.unit);
    byId("definition").href = `measure/${measure.code}.html`;
    byId("ranked").tBodies[0].replaceChildren(...ranked.map((row) => rankedLine(row, measure)));
    byId("unranked").querySelector("tbody").replaceChildren(...out.map((row) => outLine(row, measure)));
    byId("unranked-title").textContent = `${word("compare.out")} (${out.length})`;
    byId("download").disabled = !ranked.length && !out.length;
    byId("chart-title").textContent = word("compare.chart", { measure: measure[lang], year: choice.year });
    byId("chart-note").textContent = ranked.length > DRAWN ? word("compare.chart_note", { count: DRAWN }) : "";
  }

  // A law in the course of a year touches two years, and is told once.
  function tellLaws(laws, trend) {
    const years = trend.filter((one) => one.median !== null).map((one) => one.year);
    const told = laws.filter((law) => law.year > Math.min(...years) && law.year <= Math.max(...years));
    const lines = [...new Map(told.map((law) => [law.date + law.kind, law])).values()].map((law) =>
      make("li", {}, make("b", {}, law.date), ` ${word("law." + law.kind)}: ${law[lang]} (${law.source.replace("needs_source", word("law.open"))})`),
    );
    byId("laws").replaceChildren(...lines);
  }

  function overTime(trend, measure, laws) {
    const cut = new Set(laws.filter((law) => law.kind === "break").map((law) => law.year));
    let before = null;
    for (const one of trend) {
      [one.low, one.median, one.high] = [0.25, 0.5, 0.75].map((share) => quantile(one.ranked, share));
      if (one.median === null) continue;
      one.isBreak = before !== null && (before.series !== one.series || before.year !== one.year - 1 || cut.has(one.year));
      one.segment = before === null ? 1 : before.segment + (one.isBreak ? 1 : 0);
      before = one;
    }
    const lines = trend.map((one) => {
      const breaks = (place) => (one.isBreak && place === 0 ? " break" : "");
      const span = one.median === null ? "—" : `${value(one.low, measure.unit)} – ${value(one.high, measure.unit)}`;
      const cells = [String(one.ranked.length), value(one.median, measure.unit), span];
      return make("tr", {}, make("th", { scope: "row" }, String(one.year)), ...cells.map((text, place) => make("td", { class: "num" + breaks(place) }, text)));
    });
    byId("years").tBodies[0].replaceChildren(...lines);
    tellLaws(laws, trend);
  }

  // ------------------------------------------------------------ charts

  const ACCENT = "#17517e";
  const QUIET = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: null,
    config: { view: { stroke: null }, axis: { domainColor: "#565f68", gridColor: "#e2e6e9", labelColor: "#1b2024", labelFontSize: 12, labelFont: "sans-serif", labelLimit: 170, title: null } },
  };
  const format = (measure) => (measure.unit === "share of 1" ? { format: ".0~%" } : { labelExpr: "format(datum.value, abs(datum.value) < 10000 ? ',' : '~s')" });

  function bars(ranked, measure, width) {
    const values = ranked.slice(0, DRAWN).map((row) => ({ name: row.name ?? row.body.name, key: row.body.id, value: row.value, said: value(row.value, measure.unit) }));
    const names = Object.fromEntries(values.map((one) => [one.key, one.name]));
    const y = { field: "key", type: "nominal", sort: null, axis: { labelExpr: `(${JSON.stringify(names)})[datum.value]`, grid: false, ticks: false } };
    const x = { field: "value", type: "quantitative", axis: { ...format(measure), tickCount: 4, orient: "top" } };
    const encoding = { y, x };
    return {
      ...QUIET,
      width,
      height: { step: 19 },
      data: { values },
      layer: [
        { mark: { type: "bar", color: ACCENT, height: 12 }, encoding },
        { data: { values: [{ value: quantile(ranked, 0.5) }] }, mark: { type: "rule", color: "#8a4b00", strokeDash: [3, 3] }, encoding: { x } },
        { mark: { type: "text", align: "left", dx: 4, fontSize: 11, color: "#1b2024" }, encoding: { ...encoding, text: { field: "said" } } },
      ],
    };
  }

  function band(trend, measure, width) {
    const values = trend.filter((one) => one.median !== null).map(({ year, segment, low, median, high }) => ({ year, segment, low, median, high }));
    const x = { field: "year", type: "quantitative", scale: { nice: false, zero: false, padding: 8 }, axis: { format: "d", grid: false, tickMinStep: 1 } };
    const y = { field: "median", type: "quantitative", axis: { ...format(measure), tickCount: 4 } };
    return {
      ...QUIET,
      width,
      height: 180,
      data: { values },
      layer: [
        { mark: { type: "area", color: ACCENT, opacity: 0.16 }, encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, detail: { field: "segment" } } },
        { mark: { type: "line", color: ACCENT, strokeWidth: 1.8 }, encoding: { x, y, detail: { field: "segment" } } },
        { mark: { type: "point", color: ACCENT, filled: true, size: 34, opacity: 1 }, encoding: { x, y } },
      ],
    };
  }

  // With the interpreter of expressions (`ast`) nothing is compiled from text: the page's policy forbids it.
  async function charts(ranked, trend, measure, mine) {
    await gongkai.once("assets/vega.js");
    if (mine !== turn) return;
    const room = byId("chart").clientWidth || 320;
    const options = { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: false };
    const labels = Math.min(170, room * 0.42);
    if (ranked.length) await vegaEmbed("#chart", bars(ranked, measure, Math.min(640, room - labels - 70)), options);
    else byId("chart").replaceChildren();
    if (mine !== turn) return;
    if (trend.some((one) => one.median !== null)) await vegaEmbed("#years-chart", band(trend, measure, Math.min(680, room - 60)), options);
    else byId("years-chart").replaceChildren();
    if (mine === turn) document.body.dataset.charted = `${measure.code} ${byId("year").value}`;
  }

  // ------------------------------------------------------------ taking it away

  function save() {
    const { ranked, out, measure, year } = shown;
    const names = ["rank", "member_count", "unranked_reason", "body_id", "body_name", "level", "province_name", "report_year", "measure", "value", "unit", "grade", "comparability", "series", "scope"];
    const lines = [...ranked, ...out].map((row) => [
      row.why ? null : row.rank, row.why ? null : row.members, row.why, row.body.id, row.name ?? row.body.name, row.body.level,
      index.provinces[row.body.province_code] ?? null, row.year, measure.code, row.value, measure.unit, row.grade, row.comparability,
      row.series, row.scope,
    ]);
    gongkai.download(`gongkai-${measure.code}-${year}.csv`, gongkai.csv(names, lines));
  }

  async function share() {
    await navigator.clipboard.writeText(location.href);
    byId("share").textContent = word("compare.copied");
  }

  async function start() {
    index = await gongkai.data("index");
    bodies = gongkai.rows(index.bodies, index.count);
    fill();
    const hasYear = fromAddress();
    byId("choices").addEventListener("change", (event) => {
      settle(event.target.id);
      draw();
    });
    byId("choices").addEventListener("submit", (event) => event.preventDefault());
    byId("download").addEventListener("click", save);
    if (navigator.clipboard) byId("share").addEventListener("click", share);
    else byId("share").hidden = true;
    addEventListener("hashchange", () => draw(fromAddress()));
    await draw(hasYear);
  }
  start().catch(() => (byId("summary").textContent = word("compare.failed")));
})();
