/**
 * What can be wrong in a form, by the path of the field, before anything is sent. Pure.
 * The bounds are the contract's; the server checks the same and more.
 */
import type { Hours, Localised, RoutingSettings, Span, TopicSettings } from "@dymek/wire";
import type { AgentDraft } from "./agent.ts";
import { minutesOf, overlaps } from "./hours.ts";

export type Fault =
  | { rule: "range"; min: number; max: number }
  | { rule: "long"; max: number }
  | { rule: "short"; min: number }
  | { rule: "missing" | "email" | "time" | "order" | "overlap" | "date" | "twice" | "warning" | "lost" }
  | { rule: "taken" | "lastAdministrator" }
  | { rule: "refused"; said: string }
  /** What a form outside the settings says in its own words. */
  | { rule: "said"; text: string };
export type Faults = Record<string, Fault>;

export const BOUNDS = {
  offer_seconds: [5, 3600],
  first_answer_seconds: [5, 3600],
  inactivity_seconds: [30, 604800],
  inactivity_warning_seconds: [0, 86400],
  default_capacity: [1, 100],
  offers_lost_seconds: [5, 600],
  conversations_lost_seconds: [10, 3600],
  capacity: [1, 100],
} as const;
export const MAX_NAME = 120;
export const MAX_LINE = 300;
export const MAX_TEXT = 1000;
export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 200;

type Bounded = keyof typeof BOUNDS;
export const TEXTS = ["welcome_text", "waiting_text", "after_hours_text", "closing_text"] as const;

function numbers<T extends Partial<Record<Bounded, number | null>>>(values: T, names: readonly (Bounded & keyof T)[]): Faults {
  const faults: Faults = {};
  for (const name of names) {
    const [min, max] = BOUNDS[name];
    const value = values[name] as number;
    if (!(Number.isInteger(value) && value >= min && value <= max)) faults[name] = { rule: "range", min, max };
  }
  return faults;
}

function line(text: string, max: number): Fault | null {
  if (!text.trim()) return { rule: "missing" };
  return [...text.trim()].length > max ? { rule: "long", max } : null;
}

function texts(path: string, text: Localised): Faults {
  const faults: Faults = {};
  for (const code of ["pl", "en"] as const)
    if ([...text[code].trim()].length > MAX_TEXT) faults[`${path}.${code}`] = { rule: "long", max: MAX_TEXT };
  return faults;
}

function span(path: string, one: Span, others: readonly Span[]): Faults {
  const [opens, closes] = [minutesOf(one.opens), minutesOf(one.closes)];
  const faults: Faults = {};
  if (Number.isNaN(opens)) faults[`${path}.opens`] = { rule: "time" };
  if (Number.isNaN(closes)) faults[`${path}.closes`] = { rule: "time" };
  else if (opens >= closes) faults[`${path}.closes`] = { rule: "order" };
  else if (overlaps(one, others)) faults[`${path}.opens`] = { rule: "overlap" };
  return faults;
}

function hours({ weekly, holidays }: Hours): Faults {
  const faults: Faults = {};
  weekly?.forEach((one, at) =>
    Object.assign(faults, span(`hours.weekly.${at}`, one, weekly.filter(({ day }) => day === one.day))),
  );
  holidays.forEach((holiday, at) => {
    const path = `hours.holidays.${at}`;
    if (!/^\d{4}-\d{2}-\d{2}$/u.test(holiday.day)) faults[`${path}.day`] = { rule: "date" };
    else if (holidays.findIndex(({ day }) => day === holiday.day) < at) faults[`${path}.day`] = { rule: "twice" };
    if ([...holiday.name].length > MAX_LINE) faults[`${path}.name`] = { rule: "long", max: MAX_LINE };
    holiday.spans.forEach((one, n) => Object.assign(faults, span(`${path}.spans.${n}`, one, holiday.spans)));
  });
  return faults;
}

function found(faults: Record<string, Fault | null>): Faults {
  return Object.fromEntries(Object.entries(faults).filter((pair): pair is [string, Fault] => pair[1] !== null));
}

export function checkTopic(topic: TopicSettings): Faults {
  const faults: Faults = {
    ...found({ name: line(topic.name, MAX_NAME), ticket_subject: line(topic.ticket_subject, MAX_LINE) }),
    ...numbers(topic, ["offer_seconds", "first_answer_seconds", "inactivity_seconds", "inactivity_warning_seconds"]),
    ...hours(topic.hours),
  };
  for (const name of TEXTS) Object.assign(faults, texts(name, topic[name]));
  if (!faults["inactivity_warning_seconds"] && topic.inactivity_warning_seconds >= topic.inactivity_seconds)
    faults["inactivity_warning_seconds"] = { rule: "warning" };
  return faults;
}

export function checkRouting(routing: RoutingSettings): Faults {
  const faults = numbers(routing, ["default_capacity", "offers_lost_seconds", "conversations_lost_seconds"]);
  if (!faults["conversations_lost_seconds"] && routing.conversations_lost_seconds < routing.offers_lost_seconds)
    faults["conversations_lost_seconds"] = { rule: "lost" };
  return faults;
}

export function checkAgent(agent: AgentDraft): Faults {
  const faults = found({ name: line(agent.name, MAX_NAME), email: line(agent.email, 254) });
  if (!faults["email"] && !/^[^@\s]+@[^@\s]+$/u.test(agent.email.trim())) faults["email"] = { rule: "email" };
  if (agent.capacity !== null) Object.assign(faults, numbers(agent, ["capacity"]));
  if (agent.password.length > MAX_PASSWORD) faults["password"] = { rule: "long", max: MAX_PASSWORD };
  else if (agent.password.length < MIN_PASSWORD && (agent.password || !agent.agent_id))
    faults["password"] = { rule: "short", min: MIN_PASSWORD };
  return faults;
}
