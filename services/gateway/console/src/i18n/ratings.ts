/** The words of the figures, apart from the others: only supervisors load them. */
import { computed } from "@preact/signals";
import { language } from "./index.ts";
import { en } from "./ratings.en.ts";
import { pl, type RatingsMessages } from "./ratings.pl.ts";

const messages = computed<RatingsMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): RatingsMessages => messages.value;
