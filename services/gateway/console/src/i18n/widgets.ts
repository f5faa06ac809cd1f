/** The words of the widgets' part of the settings. */
import { computed } from "@preact/signals";
import { language } from "./index.ts";
import { en } from "./widgets.en.ts";
import { pl, type WidgetMessages } from "./widgets.pl.ts";

const messages = computed<WidgetMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): WidgetMessages => messages.value;
