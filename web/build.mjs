// Builds DuckDB for the browser into a folder: node build.mjs FOLDER. The site takes it from there.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const out = process.argv[2];
if (!out) throw new Error("node build.mjs FOLDER");
const dist = dirname(createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm"));
await mkdir(out, { recursive: true });
await build({
  entryPoints: [join(import.meta.dirname, "duckdb.js")],
  outfile: join(out, "duckdb.js"),
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "gongkaiDuckDB",
  target: "es2022",
  legalComments: "eof",
  logLevel: "warning",
});
for (const name of ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"]) await copyFile(join(dist, name), join(out, name));
