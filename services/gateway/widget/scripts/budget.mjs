/**
 * Holds the widget to its weight, in bytes as they travel (gzip): what every page pays, what opening the panel costs
 * until the start form is there, what one conversation in one language costs, and what few visitors ever load.
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
  ["panel until the start form", form, 17_550],
  ["panel with a conversation", form + sum("later-"), 30_650],
  ["what comes while an agent answers: rating, transcript", sum("after-"), 2_500],
  ["what only some visitors load: ticket, earlier conversations, emoticons", sum("ticket-", "history-", "emoji-"), 5_000],
];

const counted = /^(panel|plural|pl|en|later|after|ticket|history|emoji-grid)-/;
const forgotten = assets.filter((name) => !counted.test(name));
if (forgotten.length) {
  console.error(`the budget does not count ${forgotten.join(", ")}`);
  process.exit(1);
}

let heavy = false;
for (const [what, bytes, most] of budgets) {
  console.log(`${what}: ${bytes} of ${most} bytes`);
  heavy ||= bytes > most;
}
if (heavy) {
  console.error("the widget has become too heavy");
  process.exit(1);
}
