/** Outgoing mail in Polish, and the shape that every other language must have. */
import { plural } from "./plural.ts";
import type { Widen } from "./widen.ts";

const count = plural("pl");

export const pl = {
  states: {
    pending: "Czeka na wysłanie",
    sending: "Wysyłanie",
    sent: "Wysłano",
    failed: "Nie wysłano",
  },
  /** By the words of contracts/mail.py. */
  reasons: {
    refused: "Serwer pocztowy odrzucił wiadomość.",
    busy: "Serwer pocztowy chwilowo nie przyjmuje wiadomości.",
    no_connection: "Nie udało się połączyć z serwerem pocztowym.",
    no_answer: "Serwer pocztowy nie odpowiedział na czas.",
    log_in: "Serwer pocztowy nie przyjął nazwy użytkownika lub hasła.",
    encryption: "Nie udało się nawiązać szyfrowanego połączenia z serwerem pocztowym.",
    address: "Na ten adres nie można wysłać wiadomości.",
    unexpected: "Przy wysyłaniu wystąpił nieoczekiwany błąd.",
    limit_recipient: "Na ten adres wysłano w ciągu doby już tyle potwierdzeń i zapisów rozmów, ile wolno.",
    limit_day: "W ciągu doby wysłano już tyle potwierdzeń i zapisów rozmów, ile wolno.",
  },
  details: (said: string) => `Szczegóły: ${said}`,
  title: "Poczta wychodząca",
  lead: "Co Dymek wysłał lub ma wysłać e-mailem, od najnowszych.",
  refresh: "Odśwież",
  state: "Stan",
  all: "Wszystkie",
  mail: "Wiadomość",
  to: "Do",
  asked: "Zlecono",
  attempts: "Próby",
  kinds: {
    ticket_confirmation: "Potwierdzenie zgłoszenia",
    ticket_reply: "Odpowiedź na zgłoszenie",
    transcript: "Zapis rozmowy",
    new_ticket: "Powiadomienie o nowym zgłoszeniu",
    missed_chat: "Powiadomienie o nieodebranej rozmowie",
  },
  tries: (n: number) => count(n, { one: `${n} próba`, few: `${n} próby`, many: `${n} prób` }),
  nextTry: (time: string) => `Następna próba: ${time}`,
  sentAt: (time: string) => `Wysłano: ${time}`,
  about: (name: string) => `Dotyczy: ${name}`,
  emptyTitle: "Nie ma jeszcze żadnej poczty",
  emptyText: "Potwierdzenia zgłoszeń, odpowiedzi i zapisy rozmów pojawią się tutaj.",
  noneTitle: "Nie ma takich wiadomości",
  noneText: "Żadna wiadomość nie jest teraz w wybranym stanie.",
  showAll: "Pokaż wszystkie",
  older: "Pokaż starsze",
  end: "To wszystkie wiadomości.",
  read: (n: number) =>
    count(n, { one: `Wczytano ${n} wiadomość.`, few: `Wczytano ${n} wiadomości.`, many: `Wczytano ${n} wiadomości.` }),
  ofTicket: {
    title: "Poczta do klienta",
    none: "Nie ma jeszcze poczty w tej sprawie.",
    loading: "Wczytywanie poczty…",
    fault: "Nie udało się wczytać poczty.",
    stale: "Nie udało się odświeżyć. To stan wczytany wcześniej.",
  },
  stale: "Nie udało się odświeżyć listy. Poniżej stoi to, co wczytano wcześniej.",
};

export type MailMessages = Widen<typeof pl>;
