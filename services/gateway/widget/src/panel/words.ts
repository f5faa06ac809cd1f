/** The panel's words in the visitor's language, and its way to write times. Only that language is loaded. */
import type { LanguageCode } from "@dymek/wire";
import type { Texts } from "./texts/pl.ts";

export class Words {
  readonly #clock: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  constructor(
    readonly language: LanguageCode,
    readonly t: Texts,
  ) {
    const locale = language === "en" ? "en-GB" : language;
    this.#clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  }

  /** The hour, of another day with its date. */
  time(at: string): string {
    const date = new Date(at);
    return isToday(date) ? this.#clock.format(date) : this.#day.format(date);
  }

  /** The same as part of a sentence. */
  moment(at: string): string {
    return isToday(new Date(at)) ? this.t.today(this.time(at)) : this.time(at);
  }
}

function isToday(date: Date): boolean {
  return date.toDateString() === new Date().toDateString();
}

export function languageOf(...wishes: (string | null | undefined)[]): LanguageCode {
  for (const wish of wishes) {
    const code = wish?.slice(0, 2).toLowerCase();
    if (code === "pl" || code === "en") return code;
  }
  return "pl";
}

export async function loadWords(language: LanguageCode): Promise<Words> {
  const { texts } = await (language === "pl" ? import("./texts/pl.ts") : import("./texts/en.ts"));
  return new Words(language, texts);
}
