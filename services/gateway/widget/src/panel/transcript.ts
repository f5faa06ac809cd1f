/** When the conversation by e-mail is offered. */
import type { WidgetConfig } from "@dymek/wire";
import type { Talk } from "./talk.ts";

/** Whether it is offered: the widget does so, there is an address to send it to, and there is an answer to be kept. */
export function offersTranscript({ transcript, email_field: email }: WidgetConfig, talk: Talk): boolean {
  const addressed = email.required || Boolean(talk.person?.email);
  return transcript && addressed && talk.entries.some(({ body }) => body?.kind === "agent_message");
}
