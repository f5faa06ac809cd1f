/** Every refusal in words: what happened and, where there is something to do, what. */
import type { LanguageCode, Refusal, RefusalCode } from "./types.ts";

type Sentences = Record<RefusalCode, string>;

const PL: Sentences = {
  too_late: "Za późno: ta propozycja rozmowy jest już nieaktualna.",
  taken: "Tę rozmowę prowadzi już inna osoba.",
  not_yours: "Nie bierzesz udziału w tej rozmowie.",
  closed: "Ta rozmowa jest już zakończona.",
  not_closed: "Ocenić można dopiero zakończoną rozmowę.",
  not_waiting: "Konsultant już odpowiada na tę rozmowę, więc nie można jej zamienić w zgłoszenie.",
  no_capacity: "Masz już tyle rozmów, ile możesz prowadzić naraz.",
  unknown: "Nie znaleziono tej rozmowy.",
  invalid: "Coś jest wpisane nieprawidłowo. Popraw i spróbuj ponownie.",
  too_long: "Wiadomość jest za długa: może mieć najwyżej 4000 znaków.",
  too_fast: "Za szybko. Odczekaj chwilę i spróbuj ponownie.",
  unavailable: "Usługa chwilowo nie odpowiada. Nic nie zginęło: spróbuj ponownie za moment.",
  unauthorised: "Sesja wygasła. Otwórz stronę jeszcze raz.",
};

const EN: Sentences = {
  too_late: "Too late: this offer has already ended.",
  taken: "Somebody else already has this conversation.",
  not_yours: "You do not take part in this conversation.",
  closed: "This conversation has ended.",
  not_closed: "A conversation can be rated once it has ended.",
  not_waiting: "An agent is already answering this conversation, so it cannot become a ticket.",
  no_capacity: "You already have as many conversations as you can take at once.",
  unknown: "This conversation was not found.",
  invalid: "Something was not filled in correctly. Correct it and try again.",
  too_long: "The message is too long: it can have up to 4,000 characters.",
  too_fast: "Too fast. Wait a moment and try again.",
  unavailable: "The service is not answering right now. Nothing was lost; try again in a moment.",
  unauthorised: "The session has expired. Open the page again.",
};

const GENERAL = {
  pl: "To się nie udało. Spróbuj ponownie.",
  en: "That did not work. Try again.",
} as const satisfies Record<LanguageCode, string>;

/** The sentence for a refusal; the general one for a code that this build does not know. */
export function refusalText(refusal: Pick<Refusal, "code">, language: LanguageCode): string {
  return (language === "pl" ? PL : EN)[refusal.code] ?? GENERAL[language];
}
