/** Settings for tests, whole ones. */
import type { AgentAccount, RoutingSettings, TopicSettings } from "@dymek/wire";

const NOTHING = { pl: "", en: "" };

export const topic = (fields: Partial<TopicSettings> = {}): TopicSettings => ({
  id: "sales",
  version: 3,
  name: "Sprzedaż",
  offer_seconds: 60,
  first_answer_seconds: 60,
  choice: "longest_idle",
  inactivity_seconds: 3600,
  inactivity_warning_seconds: 300,
  inactivity_from: "page_closed",
  welcome: "at_start",
  returning_first: false,
  hours: { time_zone: "Europe/Warsaw", weekly: null, holidays: [] },
  welcome_text: NOTHING,
  waiting_text: NOTHING,
  after_hours_text: NOTHING,
  closing_text: NOTHING,
  ticket_subject: "Zgłoszenie dla czata z kolejki <topic>",
  ...fields,
});

export const ROUTING: RoutingSettings = {
  version: 2,
  default_capacity: 3,
  break_after_missed: true,
  offers_lost_seconds: 20,
  conversations_lost_seconds: 60,
};

export const ACCOUNT: AgentAccount = {
  agent_id: "ewa",
  version: 4,
  email: "ewa@example.com",
  name: "Ewa Zielińska",
  role: "agent",
  capacity: null,
  topic_ids: ["sales"],
  priorities: {},
};
