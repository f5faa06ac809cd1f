/** The panel's words in the visitor's language, and its way to write times. Only that language is loaded. */
import type { LanguageCode, Localised, Refusal } from "@dymek/wire";
import type { Texts } from "./texts/pl.ts";

const MAX_HEADING = 60;

export class Words {
  readonly #clock: Intl.DateTimeFormat;
  readonly #moment: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  constructor(
    readonly language: LanguageCode,
    readonly t: Texts,
  ) {
    const locale = language === "en" ? "en-GB" : language;
    this.#clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
    this.#moment = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
  }

  /** The hour, of another day with its date. */
  time(at: string): string {
    const date = new Date(at);
    return isToday(date) ? this.#clock.format(date) : this.#moment.format(date);
  }

  /** The same as part of a sentence. */
  moment(at: string): string {
    return isToday(new Date(at)) ? this.t.today(this.time(at)) : this.time(at);
  }

  /** A moment that comes, on the visitor's clock, as part of a sentence. */
  when(at: string): string {
    const date = new Date(at);
    const clock = this.#clock.format(date);
    if (isToday(date)) return this.t.today(clock);
    if (isToday(date, 1)) return this.t.tomorrow(clock);
    return this.t.onDay(date.getDay(), this.#day.format(date), clock);
  }

  /**
   * A heading and what stands below it: what the company says in the visitor's language instead of the `usual`; a text
   * too long for a heading stands below the usual one.
   */
  said(own: Localised | undefined, usual: string): [heading: string, below: string] {
    const text = own?.[this.language] ?? "";
    if (!text) return [usual, ""];
    return text.length > MAX_HEADING || text.includes("\n") ? [usual, text] : [text, ""];
  }

  refused({ code }: Pick<Refusal, "code">): string {
    const { refused } = this.t;
    return (refused as Partial<Record<string, string>>)[code] ?? refused.other;
  }
}

function isToday(date: Date, ahead = 0): boolean {
  const today = new Date();
  today.setDate(today.getDate() + ahead);
  return date.toDateString() === today.toDateString();
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
