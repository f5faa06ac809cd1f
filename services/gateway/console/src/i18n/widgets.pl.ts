/** The widgets' part of the settings in Polish, and the shape that every other language must have. */
import type { Widen } from "./widen.ts";

export const pl = {
  title: "Widżety",
  lead: "Strona, która zna swoich użytkowników, może zaręczyć podpisem za ich adres e-mail.",
  key: "Klucz widżetu",
  set: "Sekret ustawiony",
  none: "Bez sekretu",
  setText: "Adresy podpisane przez stronę są oznaczone jako zweryfikowane.",
  noneText: "Każdy adres jest tylko deklaracją gościa. Po ustawieniu sekretu strona może podpisywać adresy.",
  make: "Utwórz sekret",
  renew: "Nowy sekret",
  makeFor: (title: string) => `Utwórz sekret widżetu ${title}`,
  renewFor: (title: string) => `Nowy sekret widżetu ${title}`,
  question: "Utworzyć nowy sekret?",
  warning:
    "Obecny sekret przestanie działać od razu, a adresy podpisane nim nie będą już zweryfikowane. Strona musi podpisywać nowym.",
  failed: "Nie utworzono sekretu",
  unsure:
    "Nie wiemy, czy sekret powstał. Jeśli tak, poprzedni już nie działa, a tego nie da się już pokazać. Utwórz nowy sekret i wpisz go na serwerze strony.",
  made: "Sekret",
  once: "Skopiuj go teraz: drugi raz go nie pokażemy. Trzymaj go na serwerze strony, nigdy w jej kodzie HTML.",
  copy: "Kopiuj",
  copied: "Skopiowano",
  notCopied: "Przeglądarka nie pozwala kopiować. Sekret jest zaznaczony, skopiuj go z klawiatury.",
  exampleNotCopied: "Przeglądarka nie pozwala kopiować. Przykład jest zaznaczony, skopiuj go z klawiatury.",
  hide: "Gotowe, schowaj sekret",
  examples: "Jak podpisywać",
  examplesLead: "Gotowy kod dla serwera strony. Pełny opis jest w dokumentacji, w pliku docs/identity.md.",
  copyExample: (name: string) => `Kopiuj przykład: ${name}`,
  emptyTitle: "Nie ma jeszcze widżetów",
  emptyText: "Widżety zakłada się podczas instalacji.",
};

export type WidgetMessages = Widen<typeof pl>;
