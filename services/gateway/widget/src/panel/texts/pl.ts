/** All words of the panel in Polish, and by their shape what every other language has to say. */
import { pluralIn } from "./plural.ts";

const plural = pluralIn("pl");

export const texts = {
  chat: "Czat",
  minimise: "Zwiń czat",
  loading: "Ładowanie…",
  loadFailed: "Nie udało się wczytać czatu.",
  tryAgain: "Spróbuj ponownie",
  unknownWidget: "Ten czat nie istnieje. Sprawdź adres w kodzie strony.",

  greeting: "Dzień dobry! W czym możemy pomóc?",
  topic: "Temat rozmowy",
  name: "Imię",
  email: "E-mail",
  optional: "(nieobowiązkowe)",
  start: "Rozpocznij",
  starting: "Rozpoczynamy…",
  expired: "Sesja wygasła. Rozpocznij rozmowę jeszcze raz.",
  needTopic: "Wybierz temat rozmowy.",
  needName: "Wpisz imię.",
  needEmail: "Wpisz adres e-mail.",
  badEmail: "To nie wygląda na adres e-mail. Przykład: anna@example.com",
  needText: "Wpisz wiadomość.",
  tooLong: "To jest za długie.",

  searching: "Szukamy wolnego konsultanta",
  place: (place: number) => `Twoje miejsce w kolejce: ${place}`,
  ahead: (count: number) =>
    count === 0
      ? "Jesteś na początku kolejki."
      : `Przed Tobą ${plural(count, { one: "czeka", few: "czekają", many: "czeka" })} ${count} ${plural(count, { one: "osoba", few: "osoby", many: "osób" })}.`,
  mayWrite: "Możesz już opisać sprawę, konsultant przeczyta ją od początku.",
  leaveMessage: "Zostaw wiadomość",
  noTime: "Nie chcesz czekać?",
  backToWaiting: "Wróć do kolejki",
  ticketIntro: "Odpowiemy na podany adres e-mail.",
  message: "Wiadomość",
  sendMessage: "Wyślij wiadomość",
  sending: "Wysyłamy…",
  ticketTitle: "Dziękujemy, mamy Twoją wiadomość",
  ticketNumber: (number: number) => `Numer zgłoszenia: #${number}`,
  ticketNumbering: "Nadajemy numer zgłoszenia…",
  ticketAnswer: "Odpowiemy e-mailem najszybciej, jak to możliwe.",

  conversation: "Rozmowa",
  startedAt: (time: string) => `Rozmowa rozpoczęta ${time}`,
  joined: (name: string, time: string) => `${name} dołącza do rozmowy, ${time}`,
  joinedNow: (name: string) => `${name} dołącza do rozmowy`,
  agent: "Konsultant",
  agentWrites: (name: string) => `${name} pisze…`,
  somebodyWrites: "Konsultant pisze…",
  you: "Ty",
  unsent: "Wysyłanie…",
  sent: "Wysłano",
  delivered: "Dostarczono",
  notSent: "Nie wysłano.",
  again: "Wyślij ponownie",
  remove: "Usuń",
  newMessages: "Nowe wiadomości",
  newTab: "(otwiera się w nowej karcie)",

  compose: "Napisz wiadomość…",
  send: "Wyślij",
  emoji: "Emotikony",
  left: (count: number) =>
    count >= 0
      ? `${plural(count, { one: "Został", few: "Zostały", many: "Zostało" })} ${count} ${plural(count, { one: "znak", few: "znaki", many: "znaków" })}`
      : `Za długie o ${-count} ${plural(-count, { one: "znak", few: "znaki", many: "znaków" })}`,
  sneakPeek: "Konsultant może widzieć, co piszesz, zanim to wyślesz.",

  endChat: "Zakończ rozmowę",
  endQuestion: "Zakończyć rozmowę?",
  endExplained: "Nie da się do niej wrócić, ale zawsze możesz zacząć nową.",
  end: "Zakończ",
  ending: "Kończymy…",
  stay: "Wróć do rozmowy",
  ended: {
    ended_by_agent: (name: string | null, time: string) => `${name ?? "Konsultant"} kończy rozmowę, ${time}`,
    ended_by_visitor: (_: string | null, time: string) => `Rozmowa zakończona przez Ciebie, ${time}`,
    inactive: (_: string | null, time: string) => `Rozmowa zakończona z powodu braku aktywności, ${time}`,
    became_ticket: (_: string | null, time: string) => `Rozmowa zamieniona w zgłoszenie, ${time}`,
  },
  rateQuestion: "Jak oceniasz tę rozmowę?",
  scores: { good: "Dobrze", neutral: "Tak sobie", bad: "Źle" },
  rateThanks: "Dziękujemy za ocenę!",
  comment: "Komentarz",
  sendComment: "Wyślij komentarz",
  commentSent: "Dziękujemy za komentarz.",
  startNew: "Rozpocznij nową rozmowę",

  offline: "Brak połączenia. Łączymy ponownie…",
  offlineHint: "Możesz pisać dalej, wyślemy wszystko, gdy połączenie wróci.",
  today: (time: string) => `dziś o ${time}`,
};

export type Texts = typeof texts;
