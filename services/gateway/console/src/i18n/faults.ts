/** Sentences about what is wrong that several forms say in the same words. */
import { plural } from "./plural.ts";

const count = plural("pl");

export const tooLong = {
  pl: (max: number): string =>
    `Za długie: najwyżej ${max} ${count(max, { one: "znak", few: "znaki", many: "znaków" })}.`,
  en: (max: number): string => `Too long: ${max} characters at most.`,
};
