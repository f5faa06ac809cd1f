/** Text as it is compared when something is sought: by the customers service's rules (its domain/search.py). Pure. */

/** Letters that no normal form takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: "l",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ø: "o",
  ŧ: "t",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ß: "ss",
};

/** In small letters without diacritics, with one blank between words. */
export function fold(text: string): string {
  return [...text].map(plain).join("").trim().replace(/\s+/gu, " ");
}

/** One character, which may become several letters or none. */
export function plain(character: string): string {
  const bare = character.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  return [...bare].map((one) => LETTERS[one] ?? one).join("");
}
