/** Effects that make an offer impossible to miss: sound, title, spoken words, and the keys that answer it. */
import { effect, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { paths, type Route } from "../lib/route.ts";
import { pageTitle } from "../lib/desk.ts";
import { notify } from "../lib/notify.ts";
import { startRinging, stopRinging, tick } from "../lib/ring.ts";
import { sounding } from "../lib/sounding.ts";
import { announce, announceOffer, keepAnnounced } from "../state/announce.ts";
import { arrivals, ask, desk, viewed } from "../state/live.ts";
import { finishOf } from "../state/missed.ts";
import { offersTotal, unreadTotal } from "../state/glances.ts";
import { sound } from "../state/preferences.ts";
import { tab } from "../state/shown.ts";
import { toast } from "../state/toasts.ts";
import { noticeOf } from "./happened.ts";

/** Accepts an offer and goes to its conversation. */
export async function accept(offerId: string, go: (path: string) => void): Promise<void> {
  const offer = desk.value?.offers.find((one) => one.offer_id === offerId);
  if (!offer) return;
  const { conversation_id: id } = offer;
  if (!(await ask({ do: "accept", offer_id: offerId }, id))) return;
  finishOf(id);
  tab.value = "own";
  go(paths.chat(id));
}

export async function decline(offerId: string): Promise<void> {
  const offer = desk.value?.offers.find((one) => one.offer_id === offerId);
  if (offer) await ask({ do: "decline", offer_id: offerId }, offer.conversation_id);
}

export function useSignals(route: Route, go: (path: string) => void): void {
  useEffect(() => {
    const stop = effect(() => {
      if (offersTotal.value > 0 && sound.value === "on" && sounding.value) startRinging();
      else stopRinging();
    });
    return () => {
      stop();
      stopRinging();
    };
  }, []);

  useEffect(() => {
    arrivals.offers = (_desk, fresh) => {
      for (const offer of fresh) {
        const { visitor_name: name, topic, chosen_by: by } = offer;
        const words = by ? t().team.offer.announce(by.name, name, topic.name) : t().offers.announce(name, topic.name);
        announceOffer(offer.offer_id, words);
        if (!sounding.value) continue;
        notify(by ? t().team.offer.from(by.name) : t().offers.title, `${name} · ${topic.name}`, offer.offer_id);
      }
    };
    arrivals.entry = (stream, entry, log) => {
      const looking = viewed.value === stream && document.visibilityState === "visible";
      const notice = noticeOf(entry, log, stream, desk.value?.agent_id ?? "");
      if (notice) announce(notice.text);
      // On the screen of the conversation itself its own place says how the agent came out of it.
      if (notice && !(looking && entry.body.kind === "agent_left"))
        toast(looking ? { tone: notice.tone, text: notice.text } : notice);
      if (entry.body.kind !== "visitor_message") return;
      const own = desk.value?.chats.some((chat) => chat.conversation_id === stream) ?? false;
      if (!own) return;
      announce(t().chat.announce(log.header.visitor_name ?? "", entry.body.text));
      if (!looking && sound.value === "on" && sounding.value) tick();
    };
  }, []);

  useSignalEffect(() => keepAnnounced(desk.value?.offers ?? []));

  const { page } = route;
  const entitle = (): void => {
    const place = t().nav[page === "missing" ? "chats" : page];
    document.title = pageTitle(place, offersTotal.value, unreadTotal.value, t().offers.title);
  };
  useSignalEffect(entitle);
  useEffect(entitle, [page]);

  useEffect(() => {
    const key = (event: KeyboardEvent): void => {
      const first = desk.value?.offers[0];
      if (!first || event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key === "F8") void accept(first.offer_id, go);
      else if (event.key === "F9") void decline(first.offer_id);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, [go]);
}
