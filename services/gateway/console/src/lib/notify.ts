/** Desktop notifications of offers, for an agent whose console is behind another window; only with their consent. */
import { signal } from "@preact/signals";
import { stored } from "./storage.ts";

const wish = stored<"on" | "off">("dymek.notifications", "off", (value) => value === "on" || value === "off");

/** False where the browser has none, or the person has forbidden them for this site. */
export const possible = signal("Notification" in globalThis && Notification.permission !== "denied");
export const notifications = wish;

/** Turns them on or off; the browser may ask the person first. Call it from their own action. */
export async function setNotifications(on: boolean): Promise<void> {
  if (!on) {
    wish.value = "off";
    return;
  }
  const permission = await Notification.requestPermission();
  wish.value = permission === "granted" ? "on" : "off";
  possible.value = permission !== "denied";
}

/** Shows one while the page is out of sight; a press brings the page to the front. */
export function notify(title: string, body: string, tag: string): void {
  if (wish.value === "off" || !possible.value || document.visibilityState === "visible") return;
  try {
    const shown = new Notification(title, { body, tag, icon: "/console/favicon.svg", requireInteraction: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Some phones only allow them from a service worker: the sound and the card remain.
  }
}
