/** Ratings in Polish, and the shape that every other language must have. */
import { plural } from "./plural.ts";
import type { Widen } from "./widen.ts";

const count = plural("pl");

export const pl = {
  title: "Oceny",
  lead: "Jak goście oceniają rozmowy: wszystkie razem, według tematów, konsultantów i dni.",
  span: {
    label: "Okres",
    last: (days: number) => count(days, { one: `Ostatni dzień`, few: `Ostatnie ${days} dni`, many: `Ostatnie ${days} dni` }),
    own: "Własny okres",
    since: "Od",
    until: "Do",
    show: "Pokaż",
    faults: {
      missing: "Podaj datę.",
      order: "Koniec okresu nie może być przed początkiem.",
      long: "Najwyżej 366 dni naraz.",
    },
    shown: (since: string, until: string) => (since === until ? since : `${since} – ${until}`),
    zone: (zone: string) => `Dni według strefy ${zone}`,
  },
  total: {
    title: "Razem",
    ratings: (n: number) => count(n, { one: `${n} ocena`, few: `${n} oceny`, many: `${n} ocen` }),
    good: "dobrych ocen",
  },
  columns: { good: "Dobre", neutral: "Tak sobie", bad: "Złe", all: "Razem", share: "Dobrych" },
  topics: { title: "Według tematów", name: "Temat" },
  agents: { title: "Według konsultantów", name: "Konsultant", empty: "Żadna z tych rozmów nie miała konsultanta." },
  days: { title: "Według dni", name: "Dzień" },
  comments: {
    title: "Najnowsze komentarze",
    empty: "Nikt nie dodał komentarza.",
    open: "Otwórz rozmowę",
    openOf: (comment: string) => `Otwórz rozmowę: ${comment}`,
  },
  emptyTitle: "W tym okresie nikt nie ocenił rozmowy",
  emptyText: "Wybierz dłuższy okres albo zajrzyj tu później.",
};

export type RatingsMessages = Widen<typeof pl>;
