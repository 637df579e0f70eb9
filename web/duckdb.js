// DuckDB in the browser over one attached file: what `static/sql.js` needs of it, as plain rows.
import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from "@duckdb/duckdb-wasm/dist/duckdb-browser.mjs";
import { DataType } from "apache-arrow";

// A worker made of a blob keeps the page's policy: nothing that a query says reaches another host.
function worker(folder) {
  const text = `importScripts(${JSON.stringify(folder + "duckdb-browser-eh.worker.js")});`;
  return new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}

// Parts of the file are read where the server can give parts, else the file is read whole.
async function register(db, address) {
  const head = await fetch(address, { method: "HEAD" });
  if (!head.ok) throw new Error(`${head.status} ${address}`);
  if (head.headers.get("accept-ranges") === "bytes") {
    await db.registerFileURL("gongkai.duckdb", address, DuckDBDataProtocol.HTTP, false);
  } else {
    const whole = await fetch(address);
    await db.registerFileBuffer("gongkai.duckdb", new Uint8Array(await whole.arrayBuffer()));
  }
}

export async function open(folder, address) {
  const db = new AsyncDuckDB(new VoidLogger(), worker(folder));
  await db.instantiate(folder + "duckdb-eh.wasm");
  await db.open({ path: ":memory:", query: { castBigIntToDouble: true } });
  await register(db, address);
  const connection = await db.connect();
  await connection.query("set autoinstall_known_extensions = false");
  await connection.query("set autoload_known_extensions = false");
  await connection.query("attach 'gongkai.duckdb' as gongkai (read_only)");
  await connection.query("use gongkai");
  return { query: async (text) => plain(await connection.query(text)) };
}

function plain(table) {
  const fields = table.schema.fields;
  const columns = fields.map((_, place) => table.getChildAt(place));
  const rows = Array.from({ length: table.numRows }, (_, row) => columns.map((column, place) => cell(column.get(row), fields[place].type)));
  const isNumber = fields.map(({ type }) => DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type));
  return { names: fields.map((field) => field.name), rows, isNumber };
}

function cell(value, type) {
  if (value === null || value === undefined) return null;
  if (DataType.isDate(type)) return new Date(Number(value)).toISOString().slice(0, 10);
  if (DataType.isTimestamp(type)) return new Date(Number(value)).toISOString();
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return typeof value === "object" ? String(value) : value;
}
