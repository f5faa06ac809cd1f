/** The words of the form of a new ticket; loaded with it. */
import { computed } from "@preact/signals";
import { language } from "./index.ts";
import { en } from "./newticket.en.ts";
import { pl, type NewTicketMessages } from "./newticket.pl.ts";

const messages = computed<NewTicketMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): NewTicketMessages => messages.value;
