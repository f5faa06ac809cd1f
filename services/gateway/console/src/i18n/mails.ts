/** The words of outgoing mail, for the settings and for the marks beside replies. */
import { computed } from "@preact/signals";
import { language } from "./index.ts";
import { en } from "./mails.en.ts";
import { pl, type MailMessages } from "./mails.pl.ts";

const messages = computed<MailMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): MailMessages => messages.value;

/** Why a mail was not sent, in words: of `refused: 550 No such user` the sentence, and what was said besides. */
export function reasonOf(reason: string): { why: string; said: string } {
  const colon = reason.indexOf(":");
  const word = colon < 0 ? reason : reason.slice(0, colon);
  const sentences: Partial<Record<string, string>> = words().reasons;
  const why = Object.hasOwn(sentences, word) ? sentences[word] : undefined;
  return why === undefined ? { why: reason, said: "" } : { why, said: colon < 0 ? "" : reason.slice(colon + 1).trim() };
}
