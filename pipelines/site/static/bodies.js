// Finds bodies by a part of their name or by their code. The list of provinces works without it.
"use strict";
(() => {
  const MOST = 60;
  const field = document.getElementById("name");
  const hits = document.getElementById("hits");
  const found = document.getElementById("found");
  document.getElementById("find").addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", async () => {
    const wanted = field.value.trim();
    const index = await gongkai.data("index");
    if (wanted !== field.value.trim()) return;
    const bodies = wanted ? gongkai.rows(index.bodies, index.count) : [];
    const fits = bodies.filter((body) => body.name.includes(wanted) || (body.government_code || "").startsWith(wanted));
    found.textContent = wanted ? gongkai.word("bodies.found", { count: fits.length }) : "";
    hits.replaceChildren(
      ...fits.slice(0, MOST).map((body) =>
        gongkai.make("li", { lang: "zh-Hans" }, gongkai.make("a", { href: `body/${body.slug}.html` }, body.name)),
      ),
    );
  });
})();
