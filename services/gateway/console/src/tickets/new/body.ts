/** A conversation as the text of a ticket: who wrote what and when. Pure. */
import { charCount, type ConversationRecord, type LanguageCode, type VisitorEntry } from "@dymek/wire";
import type { NewTicketMessages } from "../../i18n/newticket.pl.ts";

/** Characters that a ticket's text can have (contracts/tickets.py). */
export const MAX_TEXT = 15_000;
/** Room for saying how much was left out. */
const NOTE = 60;

type Written = Pick<ConversationRecord, "entries" | "visitor_name">;

/**
 * What was written, the oldest first, on the clock of `zone`. The newest is kept where all of it is too long.
 * The entries are those that the visitor saw: nothing of the agents' own is among them. Only the line that says who
 * wrote begins at the margin, so that no words can look like another's.
 */
export function bodyOf(
  { entries, visitor_name }: Written,
  words: NewTicketMessages["body"],
  language: LanguageCode,
  zone?: string,
): string {
  const clock = new Intl.DateTimeFormat(language === "pl" ? "pl-PL" : "en-GB", {
    dateStyle: "short",
    timeStyle: "short",
    ...(zone ? { timeZone: zone } : {}),
  });
  const blocks = entries.flatMap((entry) => {
    const said = saidIn(entry, visitor_name, words);
    return said ? [`[${clock.format(new Date(entry.at))}] ${oneLine(said.who)}:\n${indented(said.text)}`] : [];
  });
  const kept: string[] = [];
  let room = MAX_TEXT - NOTE;
  for (const block of [...blocks].reverse()) {
    room -= charCount(block) + 2;
    if (room < 0) break;
    kept.unshift(block);
  }
  const left = blocks.length - kept.length;
  return [...(left ? [words.left(left)] : []), ...kept].join("\n\n");
}

const oneLine = (name: string): string => name.replace(/\s+/gu, " ");

const indented = (text: string): string => text.replace(/^/gmu, "  ");

function saidIn(
  { body }: VisitorEntry,
  visitor: string,
  words: NewTicketMessages["body"],
): { who: string; text: string } | null {
  switch (body?.kind) {
    case "visitor_message":
      return { who: words.visitor(visitor), text: body.text };
    case "agent_message":
      return { who: body.agent_name, text: body.text };
    case "system_message":
      return { who: words.company, text: body.text };
    default:
      return null;
  }
}
