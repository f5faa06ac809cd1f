/** Hours as a person types them: spans of clock times per day. Pure. */
import type { Hours, Opening, Span } from "@dymek/wire";

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
export const MINUTES = 24 * 60;

/** What a week looks like to somebody who turns the plan on. */
export const OFFICE: readonly Opening[] = [1, 2, 3, 4, 5].map((day) => ({ day, opens: "08:00", closes: "16:00" }));

/** "8", "830", "8.30" and "8:30" are times too; what is none stays as it was typed. */
export function tidyTime(text: string): string {
  const digits = /^(\d{1,2})(?:[:.,\s]?(\d{2}))?$/u.exec(text.trim());
  const [hours, minutes] = [Number(digits?.[1]), Number(digits?.[2] ?? 0)];
  if (!digits || minutes > 59 || hours * 60 + minutes > MINUTES) return text.trim();
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** Minutes since midnight; NaN for what is no time. */
export function minutesOf(time: string): number {
  if (!/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/u.test(time)) return Number.NaN;
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Whether the span begins while another one of the same day runs. */
export function overlaps(span: Span, others: readonly Span[]): boolean {
  const start = minutesOf(span.opens);
  return others.some((other) => other !== span && minutesOf(other.opens) <= start && start < minutesOf(other.closes));
}

/** A further span for a day: after its last one, where there is room. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = Math.max(...spans.map((span) => minutesOf(span.closes)), -1);
  if (!(last >= 0) || last > 22 * 60) return { opens: spans.length ? "" : "08:00", closes: spans.length ? "" : "16:00" };
  const clock = (minutes: number): string => tidyTime(`${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`);
  return { opens: clock(last + 60), closes: clock(Math.min(last + 120, MINUTES)) };
}

/** The hours in the order in which they are read. */
export function inOrder(hours: Hours): Hours {
  const byTime = (a: Span, b: Span): number => a.opens.localeCompare(b.opens);
  return {
    ...hours,
    weekly: hours.weekly && [...hours.weekly].sort((a, b) => a.day - b.day || byTime(a, b)),
    holidays: [...hours.holidays]
      .sort((a, b) => a.day.localeCompare(b.day))
      .map((holiday) => ({ ...holiday, spans: [...holiday.spans].sort(byTime) })),
  };
}

export function timeZones(present: string): string[] {
  const all = Intl.supportedValuesOf("timeZone");
  return all.includes(present) ? all : [present, ...all];
}
