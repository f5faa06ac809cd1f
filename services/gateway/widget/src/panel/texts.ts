/** All words of the panel, in both languages, with correct plurals. */
import type { LanguageCode } from "@dymek/wire";

const PL = {
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
  needTopic: "Wybierz temat rozmowy.",
  needName: "Wpisz imię.",
  needEmail: "Wpisz adres e-mail.",
  badEmail: "To nie wygląda na adres e-mail. Przykład: anna@example.com",
  needText: "Wpisz wiadomość.",
  tooLong: "Za długie.",

  searching: "Szukamy wolnego konsultanta",
  place: (place: number) => `Twoje miejsce w kolejce: ${place}`,
  ahead: (count: number) =>
    count === 0
      ? "Jesteś na początku kolejki."
      : `Przed Tobą ${plural("pl", count, { one: "czeka", few: "czekają", many: "czeka" })} ${count} ${plural("pl", count, { one: "osoba", few: "osoby", many: "osób" })}.`,
  mayWrite: "Możesz już opisać sprawę, konsultant przeczyta wszystko.",
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
      ? `${plural("pl", count, { one: "Został", few: "Zostały", many: "Zostało" })} ${count} ${plural("pl", count, { one: "znak", few: "znaki", many: "znaków" })}`
      : `Za długie o ${-count} ${plural("pl", -count, { one: "znak", few: "znaki", many: "znaków" })}`,
  sneakPeek: "Konsultant może widzieć, co piszesz, zanim to wyślesz.",

  endChat: "Zakończ rozmowę",
  endQuestion: "Zakończyć rozmowę?",
  endExplained: "Nie da się do niej wrócić, ale zawsze możesz zacząć nową.",
  end: "Zakończ",
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
  offlineHint: "Możesz pisać dalej, wyślemy wszystko, gdy wróci.",
  today: (time: string) => `dziś o ${time}`,
};

type Texts = typeof PL;

const EN: Texts = {
  chat: "Chat",
  minimise: "Minimise the chat",
  loading: "Loading…",
  loadFailed: "The chat could not be loaded.",
  tryAgain: "Try again",
  unknownWidget: "This chat does not exist. Check the address in the page's code.",

  greeting: "Hello! How can we help?",
  topic: "Topic",
  name: "Name",
  email: "E-mail",
  optional: "(optional)",
  start: "Start",
  starting: "Starting…",
  needTopic: "Choose a topic.",
  needName: "Enter your name.",
  needEmail: "Enter your e-mail address.",
  badEmail: "This does not look like an e-mail address. Example: anna@example.com",
  needText: "Enter a message.",
  tooLong: "Too long.",

  searching: "Looking for a free agent",
  place: (place) => `Your place in the queue: ${place}`,
  ahead: (count) =>
    count === 0
      ? "You are at the head of the queue."
      : `${count} ${plural("en", count, { one: "person is", other: "people are" })} ahead of you.`,
  mayWrite: "You can describe your question now, the agent will read everything.",
  leaveMessage: "Leave a message",
  noTime: "Rather not wait?",
  backToWaiting: "Back to the queue",
  ticketIntro: "We will answer to the e-mail address you give.",
  message: "Message",
  sendMessage: "Send the message",
  sending: "Sending…",
  ticketTitle: "Thank you, we have your message",
  ticketNumber: (number) => `Ticket number: #${number}`,
  ticketNumbering: "Getting a ticket number…",
  ticketAnswer: "We will answer by e-mail as soon as we can.",

  conversation: "Conversation",
  startedAt: (time) => `Conversation started ${time}`,
  joined: (name, time) => `${name} joined at ${time}`,
  joinedNow: (name) => `${name} joined the conversation`,
  agent: "Agent",
  agentWrites: (name) => `${name} is typing…`,
  somebodyWrites: "The agent is typing…",
  you: "You",
  unsent: "Sending…",
  sent: "Sent",
  delivered: "Delivered",
  notSent: "Not sent.",
  again: "Send again",
  remove: "Remove",
  newMessages: "New messages",
  newTab: "(opens in a new tab)",

  compose: "Write a message…",
  send: "Send",
  emoji: "Emoticons",
  left: (count) =>
    count >= 0
      ? `${count} ${plural("en", count, { one: "character", other: "characters" })} left`
      : `${-count} ${plural("en", -count, { one: "character", other: "characters" })} too long`,
  sneakPeek: "The agent may see what you write before you send it.",

  endChat: "End the chat",
  endQuestion: "End this chat?",
  endExplained: "You cannot return to it, but you can always start a new one.",
  end: "End",
  stay: "Back to the chat",
  ended: {
    ended_by_agent: (name, time) => `${name ?? "The agent"} ended the conversation at ${time}`,
    ended_by_visitor: (_, time) => `You ended the conversation at ${time}`,
    inactive: (_, time) => `The conversation was closed at ${time} because of inactivity`,
    became_ticket: (_, time) => `The conversation became a ticket at ${time}`,
  },
  rateQuestion: "How was this conversation?",
  scores: { good: "Good", neutral: "Neutral", bad: "Bad" },
  rateThanks: "Thank you for your rating!",
  comment: "Comment",
  sendComment: "Send the comment",
  commentSent: "Thank you for your comment.",
  startNew: "Start a new conversation",

  offline: "Connection lost. Reconnecting…",
  offlineHint: "You can go on writing, everything is sent once it is back.",
  today: (time) => `today at ${time}`,
};

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

function plural(language: LanguageCode, count: number, forms: Forms): string {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.many ?? forms.other ?? "";
}

export class Words {
  readonly t: Texts;
  readonly #clock: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  constructor(readonly language: LanguageCode) {
    this.t = language === "pl" ? PL : EN;
    this.#clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  }

  /** The hour, of another day with its date. */
  time(at: string): string {
    const date = new Date(at);
    return isToday(date) ? this.#clock.format(date) : this.#day.format(date);
  }

  /** The same as part of a sentence. */
  moment(at: string): string {
    return isToday(new Date(at)) ? this.t.today(this.time(at)) : this.time(at);
  }
}

function isToday(date: Date): boolean {
  return date.toDateString() === new Date().toDateString();
}

export function languageOf(...wishes: (string | null | undefined)[]): LanguageCode {
  for (const wish of wishes) {
    const code = wish?.slice(0, 2).toLowerCase();
    if (code === "pl" || code === "en") return code;
  }
  return "pl";
}
