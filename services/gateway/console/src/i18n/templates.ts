/** The words of reply templates and of mail alerts. */
import { computed } from "@preact/signals";
import { language } from "./index.ts";
import { en } from "./templates.en.ts";
import { pl, type TemplateMessages } from "./templates.pl.ts";

const messages = computed<TemplateMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): TemplateMessages => messages.value;
