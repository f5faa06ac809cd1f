/** One message. Its text goes out as text nodes only; addresses in it become links to http and https. */
import type { JSX } from "preact";
import { linkPieces, type Refusal } from "@dymek/wire";
import { Icon } from "./icons.tsx";
import type { Words } from "../words.ts";

export type Delivery = "unsent" | "sent" | "delivered" | "refused";

interface BubbleProps {
  text: string;
  time: string;
  /** Named above the first of several messages of one agent. */
  author: string | null;
  own?: boolean;
  delivery?: Delivery;
  refusal?: Refusal | null;
  words: Words;
  again?: () => void;
  remove?: () => void;
}

const SIGNS = { unsent: "clock", sent: "check", delivered: "checks", refused: "warn" } as const;

export function Bubble({ text, time, author, own, delivery, refusal, words, again, remove }: BubbleProps): JSX.Element {
  const { t } = words;
  const refused = delivery === "refused";
  const states = { unsent: t.unsent, sent: t.sent, delivered: t.delivered, refused: t.notSent };
  return (
    <li class={`message ${own ? "own" : "other"} ${delivery ?? ""}`} data-delivery={delivery}>
      {author && <span class="author">{author}</span>}
      {own && <span class="unseen">{t.you}:</span>}
      <div class="bubble">
        <p class={onlyEmoji(text) ? "big" : undefined}>{linked(text, t.newTab)}</p>
        <span class="meta">
          <time>{time}</time>
          {delivery && (
            <span class="state" title={states[delivery]}>
              <Icon name={SIGNS[delivery]} />
              <span class="unseen">{states[delivery]}</span>
            </span>
          )}
        </span>
      </div>
      {refused && (
        <p class="error">
          {t.notSent} {refusal && words.refused(refusal)}{" "}
          <button type="button" class="link" onClick={again}>{t.again}</button>{" "}
          <button type="button" class="link" onClick={remove}>{t.remove}</button>
        </p>
      )}
    </li>
  );
}

function linked(text: string, newTab: string): (string | JSX.Element)[] {
  return linkPieces(text).map(({ text: piece, href }, index) =>
    href ? (
      <a key={index} href={href} target="_blank" rel="noopener noreferrer">
        {piece}
        <span class="unseen"> {newTab}</span>
      </a>
    ) : (
      piece
    ),
  );
}

function onlyEmoji(text: string): boolean {
  return text.length <= 12 && /^(?:\p{Extended_Pictographic}\uFE0F?\s*){1,3}$/u.test(text);
}
