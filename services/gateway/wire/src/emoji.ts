/** The emoticons of the picker: a small set that every system can draw, each with its name for those who listen. */
import type { LanguageCode } from "./types.ts";

type Named = Record<LanguageCode, string>;

export interface Emoji {
  char: string;
  name: Named;
}

const emoji = (char: string, pl: string, en: string): Emoji => ({ char, name: { pl, en } });

export const EMOJI: readonly Emoji[] = [
  emoji("🙂", "uśmiech", "smile"),
  emoji("😀", "szeroki uśmiech", "grin"),
  emoji("😄", "śmiejące się oczy", "smiling eyes"),
  emoji("😂", "śmiech do łez", "tears of joy"),
  emoji("😉", "mrugnięcie", "wink"),
  emoji("😊", "rumieniec", "blush"),
  emoji("😍", "zachwyt", "heart eyes"),
  emoji("😎", "w okularach", "sunglasses"),
  emoji("🤔", "zastanowienie", "thinking"),
  emoji("😐", "obojętność", "neutral"),
  emoji("🙄", "przewracanie oczami", "rolling eyes"),
  emoji("😴", "senność", "sleepy"),
  emoji("🙁", "smutek", "sad"),
  emoji("😢", "łza", "crying"),
  emoji("😮", "zdziwienie", "surprised"),
  emoji("😡", "złość", "angry"),
  emoji("👍", "kciuk w górę", "thumbs up"),
  emoji("👎", "kciuk w dół", "thumbs down"),
  emoji("👋", "machanie", "wave"),
  emoji("👏", "brawa", "clapping"),
  emoji("🙏", "proszę lub dziękuję", "please or thank you"),
  emoji("💪", "siła", "strength"),
  emoji("❤️", "serce", "heart"),
  emoji("🎉", "świętowanie", "celebration"),
  emoji("✅", "gotowe", "done"),
  emoji("❌", "nie", "no"),
  emoji("❓", "pytanie", "question"),
  emoji("💡", "pomysł", "idea"),
  emoji("📦", "paczka", "parcel"),
  emoji("🚚", "dostawa", "delivery"),
  emoji("☕", "kawa", "coffee"),
  emoji("🌞", "słońce", "sun"),
];
