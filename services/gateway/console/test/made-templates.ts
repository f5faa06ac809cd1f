/** Templates for tests, whole ones. */
import type { Template } from "@dymek/wire";

let ids = 0;

export const template = (fields: Partial<Template> = {}): Template => ({
  id: `t${++ids}`,
  version: 1,
  shortcut: "hej",
  title: "Powitanie",
  text: "Dzień dobry!",
  topic_ids: [],
  own: false,
  ...fields,
});
