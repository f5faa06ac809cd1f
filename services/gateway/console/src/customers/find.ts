/**
 * Which part of a found card answers what was sought, to be marked in the list. Pure.
 *
 * The customers service decides what is found; this follows its rules (services/customers/domain/search.py): the
 * beginnings of words whatever their capitals and diacritics, and a phone's digits however they are spaced.
 */
import { fold, plain } from "../lib/fold.ts";

export interface Mark {
  text: string;
  hit: boolean;
}

const WORD = /[\p{L}\p{N}]/u;
const DIALLED = /^[+\-()./ \d]*$/u;
const MIN_DIALLED = 5;

/** `text` cut where what is sought begins and ends; whole and unmarked where nothing of it is in there. */
export function marks(text: string, q: string): Mark[] {
  const { folded, from } = mapped(text);
  const hits: [number, number][] = [];
  for (const part of parts(q))
    for (let at = folded.indexOf(part); at >= 0; at = folded.indexOf(part, at + 1))
      if (at === 0 || !WORD.test(folded[at - 1]!)) hits.push([from[at]!, endOf(from, at + part.length)]);
  return cut(text, hits);
}

/** The same for a phone, in which only digits count. */
export function phoneMarks(phone: string, q: string): Mark[] {
  const places = [...phone.matchAll(/\d/gu)].map(({ index }) => index);
  const digits = phone.replace(/\D/gu, "");
  const hits: [number, number][] = [];
  for (const part of dialled(q))
    for (let at = digits.indexOf(part); at >= 0; at = digits.indexOf(part, at + 1))
      hits.push([places[at]!, places[at + part.length - 1]! + 1]);
  return cut(phone, hits);
}

/** The text folded, and where in the text each of its characters, and its end, comes from. */
function mapped(text: string): { folded: string; from: number[] } {
  let folded = "";
  const from: number[] = [];
  let at = 0;
  for (const character of text) {
    const letters = plain(character);
    for (let n = 0; n < letters.length; n++) from.push(at);
    folded += letters;
    at += character.length;
  }
  from.push(at);
  return { folded, from };
}

/** Where in the text the letter before `at` ends: whole, also where it is two letters when folded. */
function endOf(from: readonly number[], at: number): number {
  const last = from[at - 1]!;
  return from.slice(at).find((place) => place > last) ?? last;
}

function parts(q: string): string[] {
  return fold(q)
    .split(" ")
    .map((part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter(Boolean);
}

function dialled(q: string): string[] {
  const folded = fold(q);
  const whole = digitsOf(folded);
  if (folded.includes(" ") && whole.length >= MIN_DIALLED) return [whole];
  return folded.split(" ").map(digitsOf).filter(Boolean);
}

/** Nought first is the way out of a country or a town, which the card may write as "+". */
function digitsOf(part: string): string {
  if (!DIALLED.test(part)) return "";
  const digits = part.replace(/\D/gu, "");
  return digits.replace(/^0+/u, "") || digits;
}

function cut(text: string, hits: [number, number][]): Mark[] {
  const pieces: Mark[] = [];
  let at = 0;
  for (const [from, to] of hits.sort((a, b) => a[0] - b[0])) {
    if (to <= at) continue;
    const begins = Math.max(from, at);
    if (begins > at) pieces.push({ text: text.slice(at, begins), hit: false });
    const last = pieces.at(-1);
    if (last?.hit) last.text += text.slice(begins, to);
    else pieces.push({ text: text.slice(begins, to), hit: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}
