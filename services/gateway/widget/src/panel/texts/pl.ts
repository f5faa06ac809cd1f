/** All words of the panel in Polish, and by their shape what every other language has to say. */
import { pluralIn } from "./plural.ts";

const plural = pluralIn("pl");
const ON_DAYS = ["w niedzielę", "w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę"];

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
  closed: "Biuro obsługi jest nieczynne",
  closedShort: "Nieczynne",
  opens: (when: string) => `Otwieramy ${when}.`,
  nobody: "W tej chwili nikt nie jest dostępny.",
  nobodyHint: "Możesz poczekać w kolejce albo zostawić wiadomość, a odpowiemy e-mailem.",
  openNow: "Już jesteśmy. Możesz porozmawiać od razu, a wpisany tekst przejdzie do rozmowy.",
  chatInstead: "Porozmawiaj teraz",
  earlier: "Wcześniejsze rozmowy",
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
  stopWaiting: "Przestań czekać",
  stillWaiting: "Twoja rozmowa nadal czeka w kolejce.",
  shutMeanwhile: "Możesz zostawić wiadomość albo czekać dalej.",
  backToWaiting: "Wróć do kolejki",
  waitOn: "Czekaj dalej",
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
  gone: {
    left: (name: string, time: string) => `${name} opuszcza rozmowę, ${time}`,
    connection_lost: (name: string, time: string) => `${name} traci połączenie, ${time}`,
  },
  waitingAgain: {
    left: (_: string) => "Szukamy innego konsultanta",
    not_answered: (_: string) => "Konsultant nie odpowiada, szukamy innego",
    connection_lost: (_: string) => "Konsultant nie wraca, szukamy innego",
    moved: (topic: string) => `Rozmowa przechodzi do tematu „${topic}”, szukamy konsultanta`,
  },
  closes: (when: string) => `Nic się tu nie dzieje. Jeśli nic nie napiszesz, zamkniemy rozmowę ${when}.`,
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
  endExplained: "Potem możesz ją przeczytać albo zacząć nową.",
  stopQuestion: "Przestać czekać?",
  stopExplained: "Stracisz miejsce w kolejce, ale zawsze możesz zacząć od nowa.",
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
  otherTopic: "Zmień temat lub dane",

  back: "Wróć",
  noneEarlier: "Nie ma tu jeszcze żadnej rozmowy.",
  loadEarlierFailed: "Nie udało się wczytać rozmów.",
  goesOn: "Rozmowa trwa",
  outcomes: {
    ended_by_agent: "Zakończona przez konsultanta",
    ended_by_visitor: "Zakończona przez Ciebie",
    inactive: "Zakończona z powodu braku aktywności",
    became_ticket: "Zostawiona wiadomość",
  },

  offline: "Brak połączenia. Łączymy ponownie…",
  offlineHint: "Możesz pisać dalej, wyślemy wszystko, gdy połączenie wróci.",
  today: (time: string) => `dziś o ${time}`,
  tomorrow: (time: string) => `jutro o ${time}`,
  onDay: (weekday: number, day: string, time: string) => `${ON_DAYS[weekday]}, ${day}, o ${time}`,

  refused: {
    outside_hours: "Biuro obsługi właśnie jest nieczynne. Możesz zostawić wiadomość.",
    closed: "Ta rozmowa jest już zakończona.",
    not_closed: "Ocenić można dopiero zakończoną rozmowę.",
    not_waiting: "Konsultant jest już w rozmowie, więc nie trzeba zostawiać wiadomości.",
    not_yours: "Tej rozmowy nie można tu otworzyć.",
    unknown: "Nie znaleziono tej rozmowy.",
    invalid: "Coś jest wpisane nieprawidłowo. Popraw i spróbuj ponownie.",
    too_long: "Wiadomość jest za długa: może mieć najwyżej 4000 znaków.",
    too_fast: "Za szybko. Odczekaj chwilę i spróbuj ponownie.",
    unavailable: "Usługa chwilowo nie odpowiada. Nic nie zginęło: spróbuj ponownie za moment.",
    unauthorised: "Sesja wygasła. Spróbuj ponownie.",
    /** Whatever else: only agents are refused so, or a gateway that is newer than this panel. */
    other: "To się nie udało. Spróbuj ponownie.",
  },
};

export type Texts = typeof texts;
