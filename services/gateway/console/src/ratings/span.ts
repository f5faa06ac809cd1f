/** Which days are counted, as the address says. Pure; a day is YYYY-MM-DD on the clock of who looks. */

export const PRESETS = [7, 30] as const;
export type Preset = (typeof PRESETS)[number];
/** What the server counts at once. */
export const LONGEST_DAYS = 366;

export interface Span {
  since: string;
  until: string;
}

export interface Chosen extends Span {
  /** So many days up to today; null for days of one's own choice. */
  preset: Preset | null;
}

export type SpanFault = "missing" | "order" | "long";
export type SpanFaults = Partial<Record<keyof Span, SpanFault>>;

const DAY_MS = 86_400_000;

/** The day of a moment on the local clock. */
export function dayOf(moment: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** Midnight of the day in UTC, or NaN where there is no such day. */
function dateOf(day: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // 31 February is read as a day of March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? at : Number.NaN;
}

export function plus(day: string, days: number): string {
  return new Date(dateOf(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function spanFaults({ since, until }: Span): SpanFaults {
  const [begin, end] = [dateOf(since), dateOf(until)];
  const faults: SpanFaults = {};
  if (Number.isNaN(begin)) faults.since = "missing";
  if (Number.isNaN(end)) faults.until = "missing";
  else if (begin > end) faults.until = "order";
  else if ((end - begin) / DAY_MS >= LONGEST_DAYS) faults.until = "long";
  return faults;
}

/** The days that the address's query names; the last seven where it names none that can be counted. */
export function chosen(query: Partial<Record<string, string>>, today: string): Chosen {
  const { since = "", until = "", days } = query;
  const own = { since, until };
  if (days === undefined && Object.keys(spanFaults(own)).length === 0) return { ...own, preset: null };
  const preset = PRESETS.find((one) => String(one) === days) ?? PRESETS[0];
  return { preset, since: plus(today, 1 - preset), until: today };
}

export const queryOf = (span: Span): string => `?${new URLSearchParams({ since: span.since, until: span.until })}`;
export const queryOfPreset = (days: Preset): string => `?days=${days}`;
