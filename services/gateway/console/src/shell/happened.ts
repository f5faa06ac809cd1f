/** What an entry means for this agent beyond its line in the log: told wherever they are in the console. */
import type { Entry } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { successor } from "../lib/rights.ts";
import type { LogView } from "../state/live.ts";
import type { Toast } from "../state/toasts.ts";

type Notice = Omit<Toast, "id">;

export function noticeOf({ seq, body }: Entry, log: LogView, id: string, agentId: string): Notice | null {
  const visitor = log.header.visitor_name ?? "";
  const at = log.entries.findIndex((entry) => entry.seq === seq);
  const action = { label: t().team.handOver.open, href: paths.chat(id) };
  if (body.kind === "offer_ended") {
    const made = log.entries.find((one) => one.body.kind === "offer_made" && one.body.offer_id === body.offer_id)?.body;
    if (made?.kind !== "offer_made" || made.chosen_by?.id !== agentId) return null;
    const leads = log.header.owner?.id === agentId;
    const words = t().team.handOver;
    switch (body.outcome) {
      case "accepted":
        return { tone: "good", text: words.accepted(body.agent.name, visitor) };
      case "declined":
        return { tone: "info", text: (leads ? words.declined : words.declinedOther)(body.agent.name, visitor), action };
      case "expired":
        return { tone: "info", text: (leads ? words.expired : words.expiredOther)(body.agent.name, visitor), action };
      case "withdrawn":
        return null;
    }
  }
  if (body.kind !== "agent_left" || body.agent.id !== agentId) return null;
  const words = t().team.lost;
  switch (body.reason) {
    case "not_answered":
      return { tone: "danger", text: words.not_answered(visitor) };
    case "connection_lost":
      return { tone: "danger", text: words.connection_lost(visitor) };
    case "taken_over": {
      const by = successor(log.entries, at)?.name;
      return { tone: "info", text: by ? words.taken_over(visitor, by) : words.taken_over_unknown(visitor) };
    }
    default:
      return null; // the agent's own doing
  }
}
