/** Every refusal in words: what happened and, where there is something to do, what. */
import type { LanguageCode, Refusal, RefusalCode } from "./types.ts";

type Sentences = Record<RefusalCode, string>;

const PL: Sentences = {
  too_late: "Za późno: ta propozycja rozmowy jest już nieaktualna.",
  taken: "Tę rozmowę prowadzi już inna osoba.",
  visitor_left: "Gość zakończył tę rozmowę albo zostawił ją jako zgłoszenie.",
  away: "Połączenie było przerwane zbyt długo i rozmowa toczy się dalej bez Ciebie.",
  agent_away: "Ta osoba nie przyjmuje teraz rozmów. Wybierz kogoś innego.",
  not_active: "W tej rozmowie nie ma teraz żadnego konsultanta.",
  outside_hours: "O tej porze nie odpowiadamy na czacie. Możesz zostawić wiadomość.",
  not_allowed: "Do tego potrzebne są szersze uprawnienia.",
  conflict: "Ktoś inny zmienił to w międzyczasie. Sprawdź, jak jest teraz, i spróbuj ponownie.",
  not_yours: "Nie bierzesz udziału w tej rozmowie.",
  closed: "Ta rozmowa jest już zakończona.",
  not_closed: "Ocenić można dopiero zakończoną rozmowę.",
  not_waiting: "Konsultant już odpowiada na tę rozmowę, więc nie można jej zamienić w zgłoszenie.",
  no_capacity: "Nie ma miejsca: limit rozmów prowadzonych naraz jest wyczerpany.",
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
  visitor_left: "The visitor ended this conversation or left it as a ticket.",
  away: "You were disconnected too long, and the conversation has gone on without you.",
  agent_away: "This person is not taking conversations now. Choose somebody else.",
  not_active: "There is no agent in this conversation now.",
  outside_hours: "We are not answering chats at this hour. You can leave a message.",
  not_allowed: "Your role does not allow this.",
  conflict: "Somebody else changed this meanwhile. Look at it as it is now and try again.",
  not_yours: "You do not take part in this conversation.",
  closed: "This conversation has ended.",
  not_closed: "A conversation can be rated once it has ended.",
  not_waiting: "An agent is already answering this conversation, so it cannot become a ticket.",
  no_capacity: "There is no room: the limit of conversations at once has been reached.",
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
