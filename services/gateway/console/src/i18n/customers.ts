/** The words of customers and their cards. */
import { computed } from "@preact/signals";
import { en } from "./customers.en.ts";
import { pl, type CustomerMessages } from "./customers.pl.ts";
import { language } from "./index.ts";

const messages = computed<CustomerMessages>(() => (language.value === "pl" ? pl : en));

export const words = (): CustomerMessages => messages.value;
