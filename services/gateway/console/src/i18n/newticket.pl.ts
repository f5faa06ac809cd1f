/** The form of a new ticket in Polish, and the shape that every other language must have. */
import { plural } from "./plural.ts";
import type { Widen } from "./widen.ts";

const count = plural("pl");

export const pl = {
  title: "Nowe zgłoszenie",
  leads: {
    chat: (name: string) => `Z rozmowy (${name}). Rozmowa trwa dalej, a zgłoszenie będzie z nią połączone.`,
    ended: (name: string) => `Z rozmowy (${name}). Zgłoszenie będzie z nią połączone.`,
    customer: (name: string) => `Dla klienta: ${name}`,
    hand: "Sprawa, która przyszła inną drogą, na przykład telefonem.",
  },
  back: "Wszystkie zgłoszenia",
  toConversation: "Otwórz rozmowę",
  author: { title: "Kto pyta", lead: "Na ten adres wyślemy potwierdzenie z numerem, a później odpowiedzi." },
  matter: { title: "Sprawa", lead: "Widzą ją konsultanci. Wszystkie pola są wymagane." },
  name: "Imię i nazwisko",
  email: "Adres e-mail",
  language: "Język wiadomości do klienta",
  languages: { pl: "polski", en: "angielski" },
  link: (name: string) => `Zapisz w historii klienta: ${name}`,
  topic: "Temat",
  chooseTopic: "Wybierz temat",
  subject: "Tytuł",
  text: "Treść",
  textHint: "To, co napisali gość i konsultanci. Możesz to zmienić albo dopisać.",
  left: (n: number) => count(n, { one: `Został ${n} znak`, few: `Zostały ${n} znaki`, many: `Zostało ${n} znaków` }),
  save: "Utwórz zgłoszenie",
  saving: "Tworzenie…",
  cancel: "Anuluj",
  discard: {
    title: "Odrzucić to, co wpisano?",
    text: "Zgłoszenie nie powstanie, a wpisanego tekstu nie da się przywrócić.",
    confirm: "Odrzuć",
    stay: "Wróć do formularza",
  },
  created: (number: number) => `Utworzono zgłoszenie #${number}`,
  unsure: "Nie wiemy, czy zgłoszenie zostało zapisane. Wyślij je ponownie: powstanie tylko jedno.",
  refused: (said: string) => `Nie zapisano. ${said}`,
  faults: (n: number) => count(n, { one: `Popraw ${n} pole`, few: `Popraw ${n} pola`, many: `Popraw ${n} pól` }),
  earlier: (number: number) =>
    `Poprzednia próba się udała: zgłoszenie #${number} już istnieje, ale bez ostatnich poprawek. Nie zginęły: są nadal w polach formularza.`,
  openEarlier: (number: number) => `Otwórz zgłoszenie #${number}`,
  another: "Utwórz drugie zgłoszenie",
  kept: "Przywróciliśmy to, co było wpisane.",
  startAnew: "Zacznij od nowa",
  noTopics: { title: "Nie ma jeszcze tematów", text: "Każde zgłoszenie ma temat. Tematy zakłada administrator." },
  gone: {
    title: "Nie można wczytać tej rozmowy",
    text: "Adres jest błędny albo rozmowę prowadzi teraz ktoś inny.",
    byHand: "Wypełnij zgłoszenie ręcznie",
  },
  body: {
    company: "Wiadomość automatyczna",
    visitor: (name: string) => `${name} (gość)`,
    left: (n: number) =>
      count(n, {
        one: `[Pominięto ${n} wcześniejszą wiadomość]`,
        few: `[Pominięto ${n} wcześniejsze wiadomości]`,
        many: `[Pominięto ${n} wcześniejszych wiadomości]`,
      }),
  },
};

export type NewTicketMessages = Widen<typeof pl>;
