// Asks the release's database in the browser. DuckDB comes from `assets/duckdb/`, built from npm (see web/).
"use strict";
(() => {
  const { make, word } = gongkai;
  const byId = (id) => document.getElementById(id);
  const SHOWN = 500;
  const query = byId("query");
  const status = byId("status");
  const examples = JSON.parse(byId("examples").textContent);
  let engine = null;
  let last = null;

  const failed = (message) => (status.textContent = word("sql.failed", { message }));

  function given() {
    const asked = new URLSearchParams(location.hash.slice(1)).get("query");
    if (asked) query.value = asked;
  }

  async function start() {
    byId("ask").addEventListener("submit", (event) => (event.preventDefault(), run()));
    byId("save").addEventListener("click", () => gongkai.download("gongkai-query.csv", gongkai.csv(last.names, last.rows)));
    byId("example").addEventListener("change", () => (query.value = examples[byId("example").value].query));
    query.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && run());
    addEventListener("hashchange", given);
    given();
    if (location.protocol === "file:") return (status.textContent = word("sql.file"));
    const folder = new URL(gongkai.root + "assets/duckdb/", location.href).href;
    engine = await gongkaiDuckDB.open(folder, new URL(byId("ask").dataset.database, location.href).href);
    byId("run").disabled = false;
    status.textContent = word("sql.ready");
  }

  async function run() {
    if (!engine) return;
    byId("run").disabled = true;
    const address = new URLSearchParams({ query: query.value });
    history.replaceState(null, "", "#" + address);
    document.dispatchEvent(new Event("gongkai:state"));
    const started = performance.now();
    try {
      last = await engine.query(query.value);
      show(Math.round(performance.now() - started));
    } catch (error) {
      status.textContent = String(error.message || error).split("\n").slice(0, 4).join(" ");
      status.className = "bad";
    }
    byId("run").disabled = false;
  }

  function show(ms) {
    const { names, rows, isNumber } = last;
    const kind = (place) => ({ class: isNumber[place] ? "num" : "text" });
    const more = rows.length > SHOWN ? " " + word("sql.more", { count: SHOWN }) : "";
    status.className = "";
    status.textContent = word("sql.took", { rows: rows.length, ms }) + more;
    byId("result").tHead.replaceChildren(make("tr", {}, ...names.map((name, place) => make("th", { scope: "col", class: isNumber[place] ? "num" : null }, name))));
    byId("result").tBodies[0].replaceChildren(
      ...rows.slice(0, SHOWN).map((row) => make("tr", {}, ...row.map((cell, place) => make("td", kind(place), cell === null ? "—" : String(cell))))),
    );
    byId("save").disabled = false;
  }

  start().catch((error) => failed(error.message || error));
})();
