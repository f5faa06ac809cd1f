/**
 * Holds the widget to its weight, in bytes as they travel (gzip): what every page pays, what opening the panel costs
 * until the start form is there, and all that one conversation in one language ever loads.
 */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const folder = new URL("../../static/widget/", import.meta.url);
const weight = (path) => gzipSync(readFileSync(new URL(path, folder)), { level: 9 }).length;
const assets = readdirSync(new URL("assets/", folder));
const sum = (...starts) =>
  assets.filter((name) => starts.some((start) => name.startsWith(start))).reduce((total, name) => total + weight(`assets/${name}`), 0);

const form = weight("panel.html") + sum("panel-", "plural-") + Math.max(sum("pl-"), sum("en-"));
const budgets = [
  ["loader", weight("loader.js"), 2_048],
  ["panel until the start form", form, 18_000],
  ["panel, all of it", form + sum("later-"), 28_500],
];

let heavy = false;
for (const [what, bytes, most] of budgets) {
  console.log(`${what}: ${bytes} of ${most} bytes`);
  heavy ||= bytes > most;
}
if (heavy) {
  console.error("the widget has become too heavy");
  process.exit(1);
}
