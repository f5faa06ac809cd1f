/** Days and hours of this computer's zone, as the field for them writes them, and moments in ISO. Pure. */

const two = (n: number): string => String(n).padStart(2, "0");

/** 2026-11-24T09:00, or nothing. */
export function localOf(iso: string | null): string {
  const date = new Date(iso ?? "");
  if (Number.isNaN(date.getTime())) return "";
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment of a day and an hour; null where they are none. */
export function momentOf(local: string): string | null {
  const date = new Date(local);
  return local === "" || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function atNine(now: number, days: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(9, 0, 0, 0);
  return date.toISOString();
}

export const tomorrow = (now: number): string => atNine(now, 1);
export const inThreeDays = (now: number): string => atNine(now, 3);

/** The next Monday, a week later where it is Monday now. */
export const monday = (now: number): string => atNine(now, ((8 - new Date(now).getDay()) % 7) || 7);
