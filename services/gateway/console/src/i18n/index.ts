/** The language in use, remembered per browser; reading `t()` while rendering follows its changes. */
import { refusalText, type LanguageCode, type Refusal } from "@dymek/wire";
import { computed, effect } from "@preact/signals";
import { stored } from "../lib/storage.ts";
import { en } from "./en.ts";
import { pl, type Messages } from "./pl.ts";

export const language = stored<LanguageCode>("dymek.language", "pl", (value) => value === "pl" || value === "en");

const messages = computed<Messages>(() => (language.value === "pl" ? pl : en));

export const t = (): Messages => messages.value;

export const sentence = (refusal: Pick<Refusal, "code">): string => refusalText(refusal, language.value);

effect(() => {
  document.documentElement.lang = language.value;
});
