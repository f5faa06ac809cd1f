/** The words of the tickets tab. */
import { computed } from "@preact/signals";
import { language } from "./index.ts";
import { en } from "./tickets.en.ts";
import { pl, type TicketMessages } from "./tickets.pl.ts";

const messages = computed<TicketMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): TicketMessages => messages.value;
