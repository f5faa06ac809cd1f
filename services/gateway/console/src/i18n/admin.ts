/** The words of the settings, apart from the others: only administrators load them. */
import { computed } from "@preact/signals";
import { en } from "./admin.en.ts";
import { pl, type AdminMessages } from "./admin.pl.ts";
import { language } from "./index.ts";

const messages = computed<AdminMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): AdminMessages => messages.value;
