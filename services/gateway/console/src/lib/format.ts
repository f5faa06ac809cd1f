/** Times and names as people read them. Pure: the language and the present are given. */
import type { LanguageCode } from "@dymek/wire";

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: LanguageCode, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(language === "pl" ? "pl-PL" : "en-GB", options)));
  return format;
}

/** 14:05 */
export function clockTime(iso: string, language: LanguageCode): string {
  return dateFormat(language, { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

/** 23 listopada 2026, 14:05 */
export function fullTime(iso: string, language: LanguageCode): string {
  return dateFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(iso));
}

/** The time zone of who looks, as the server names it. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** A day of its own, YYYY-MM-DD, wherever it is read: 23 listopada 2026 */
export function longDay(day: string, language: LanguageCode): string {
  return dateFormat(language, { dateStyle: "long" }).format(new Date(`${day}T12:00`));
}

/** The day as a heading: the given words for today and yesterday, else 23 listopada 2026. */
export function dayName(
  iso: string,
  now: number,
  language: LanguageCode,
  words: { today: string; yesterday: string },
): string {
  const days = daysBetween(new Date(iso), new Date(now));
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  return dateFormat(language, { dateStyle: "long" }).format(new Date(iso));
}

/** In a list: the time today, the day and month otherwise. */
export function shortMoment(iso: string, now: number, language: LanguageCode): string {
  if (daysBetween(new Date(iso), new Date(now)) === 0) return clockTime(iso, language);
  return dateFormat(language, { day: "numeric", month: "short" }).format(new Date(iso));
}

export function sameDay(a: string, b: string): boolean {
  return daysBetween(new Date(a), new Date(b)) === 0;
}

function daysBetween(a: Date, b: Date): number {
  const midnight = (d: Date): number => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((midnight(b) - midnight(a)) / 86_400_000);
}

/** How long something takes: 45 s, 12 min, 2 h 5 min. Never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest ? `${Math.floor(minutes / 60)} h ${rest} min` : `${Math.floor(minutes / 60)} h`;
}

/** Up to two initials; an empty name has a dot, so that the circle is never bare. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? "")][0] ?? "·";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

/** One of `tones` colours, always the same one for the same text. */
export function toneOf(text: string, tones = 6): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % tones;
}

/** An address without what everybody knows: no scheme, no closing slash. */
export function plainAddress(url: string): string {
  return url.replace(/^https?:\/\//iu, "").replace(/\/$/u, "");
}
