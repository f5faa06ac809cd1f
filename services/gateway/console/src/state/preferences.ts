/** Appearance and sound, remembered per browser. */
import { effect } from "@preact/signals";
import { stored } from "../lib/storage.ts";

export type Theme = "system" | "light" | "dark";

export const theme = stored<Theme>("dymek.theme", "system", (value) => ["system", "light", "dark"].includes(value));
export const sound = stored<"on" | "off">("dymek.sound", "on", (value) => value === "on" || value === "off");

effect(() => {
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
