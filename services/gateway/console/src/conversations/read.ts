/** Reading what is left of a conversation that is over. Each part may fail by itself. */
import type { ConversationRecord, LanguageCode, Mail, Mails, Rating, TicketPage, TicketSummary } from "@dymek/wire";
import { ApiError, exists, get } from "../lib/api.ts";

export type Found = { state: "over"; record: ConversationRecord } | { state: "going" | "gone" };

const address = (id: string, part = ""): string => `/api/conversations/${encodeURIComponent(id)}${part}`;

/** Raises ApiError where there is no telling. Of one that goes on only those who take part may read more. */
export async function readConversation(id: string, off: AbortSignal): Promise<Found> {
  try {
    const record = await get<ConversationRecord>(address(id), off);
    return record.state === "closed" ? { state: "over", record } : { state: "going" };
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return { state: "going" };
    if (error instanceof ApiError && (error.status === 404 || error.status === 422)) return { state: "gone" };
    throw error;
  }
}

export async function readRating(id: string, off: AbortSignal): Promise<Rating | null> {
  try {
    return await get<Rating>(address(id, "/rating"), off);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

export const readTickets = async (id: string, off: AbortSignal): Promise<TicketSummary[]> =>
  (await get<TicketPage>(`/api/tickets?${new URLSearchParams({ conversation: id, sort: "number", order: "asc" })}`, off))
    .tickets;

/** The mails that carry the transcript: one, or none where the visitor has not asked for it. */
export const readCopies = async (id: string, off: AbortSignal): Promise<Mail[]> =>
  (await get<Mails>(`/api/mails?${new URLSearchParams({ conversation_id: id })}`, off)).mails.filter(
    ({ kind }) => kind === "transcript",
  );

/** `language`: of whoever reads it, for what stands around the words that were written. */
export function transcriptUrl(id: string, format: "html" | "text", zone: string, language: LanguageCode): string {
  return address(id, `/transcript?${new URLSearchParams({ format, zone, language })}`);
}

/** How often, and how many ms apart, a transcript is looked for that must be on its way. */
export const PATIENCE = { times: 10, every: 1500 };

/** Whether the transcript is there. It is made after the end: by an event that may take a moment. */
export async function waitForTranscript(url: string, off: AbortSignal, patience = PATIENCE): Promise<boolean> {
  for (let look = 1; ; look++) {
    if (await exists(url, off)) return true;
    if (look >= patience.times) return false;
    await new Promise((after) => setTimeout(after, patience.every));
    off.throwIfAborted();
  }
}
