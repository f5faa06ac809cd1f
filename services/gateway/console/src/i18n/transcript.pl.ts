/** A conversation that is over, to read: in Polish, and the shape that every other language must have. */
import type { Widen } from "./widen.ts";

export const pl = {
  title: (name: string) => `Rozmowa: ${name}`,
  back: "Czaty",
  transcript: "Zapis rozmowy",
  transcriptLead: "To, co widział gość, bez wpisów dla konsultantów.",
  download: "Pobierz jako tekst",
  fileName: (day: string) => `rozmowa-${day}.txt`,
  preparing: "Zapis rozmowy będzie gotowy za chwilę…",
  late: { title: "Zapisu rozmowy jeszcze nie ma", text: "Rozmowa jest zakończona, ale jej zapis jeszcze nie dotarł." },
  facts: "O rozmowie",
  topic: "Temat",
  started: "Początek",
  ended: "Koniec",
  reason: "Zakończenie",
  agents: "Konsultanci",
  nobody: "nikt nie odebrał",
  visitor: "Gość",
  customer: "Karta klienta",
  openCustomer: "Otwórz kartę klienta",
  noCustomer: "Bez karty klienta",
  inChats: "Otwórz w czatach",
  rating: "Ocena",
  noRating: "Gość nie ocenił rozmowy.",
  noRatingOfTicket: "Rozmów zamienionych w zgłoszenie się nie ocenia.",
  tickets: "Zgłoszenia",
  noTickets: "Nie ma zgłoszeń z tej rozmowy.",
  newTicket: "Utwórz zgłoszenie",
  mail: "Zapis dla gościa",
  noMail: "Gość nie prosił o zapis rozmowy e-mailem.",
  mailTo: (email: string) => `Do: ${email}`,
  fault: "Nie udało się wczytać.",
  going: { title: "Ta rozmowa jeszcze trwa", text: "Zapis powstanie, gdy się zakończy.", open: "Przejdź do rozmowy" },
  gone: { title: "Nie ma takiej rozmowy", text: "Adres jest niepełny albo błędny." },
};

export type TranscriptMessages = Widen<typeof pl>;
