/** The words of a conversation that is over; loaded with its page. */
import { computed } from "@preact/signals";
import { language } from "./index.ts";
import { en } from "./transcript.en.ts";
import { pl, type TranscriptMessages } from "./transcript.pl.ts";

const messages = computed<TranscriptMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): TranscriptMessages => messages.value;
