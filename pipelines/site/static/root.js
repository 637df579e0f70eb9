// The root chooses a language by the browser's; without scripts its two links do.
"use strict";
const first = (navigator.languages && navigator.languages[0]) || navigator.language || "";
location.replace((/^zh\b/i.test(first) ? "zh" : "en") + "/index.html");
