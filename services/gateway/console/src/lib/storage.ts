/** Preferences that outlive a reload. A browser that forbids storage only forgets them. */
import { effect, signal, type Signal } from "@preact/signals";

export function read(key: string, store: "local" | "session" = "local"): string | null {
  try {
    return (store === "local" ? localStorage : sessionStorage).getItem(key);
  } catch {
    return null;
  }
}

export function write(key: string, value: string | null, store: "local" | "session" = "local"): void {
  try {
    const place = store === "local" ? localStorage : sessionStorage;
    if (value === null) place.removeItem(key);
    else place.setItem(key, value);
  } catch {
    // Private windows may refuse; nothing depends on it.
  }
}

/** A signal whose value is kept under `key`; a stored value that `valid` does not know is dropped. */
export function stored<T extends string>(key: string, initial: T, valid: (value: string) => boolean): Signal<T> {
  const before = read(key);
  const value = signal<T>(before !== null && valid(before) ? (before as T) : initial);
  effect(() => write(key, value.value));
  return value;
}

export function readJson<T>(key: string, store: "local" | "session" = "local"): T | null {
  try {
    return JSON.parse(read(key, store) ?? "null") as T | null;
  } catch {
    return null;
  }
}
