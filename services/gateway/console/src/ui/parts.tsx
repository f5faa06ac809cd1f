/** Small parts that many screens share. */
import { linkPieces } from "@dymek/wire";
import type { ComponentChildren } from "preact";
import { t } from "../i18n/index.ts";
import { initials, toneOf } from "../lib/format.ts";

export function Avatar({
  name,
  online,
  size = "md",
}: {
  name: string;
  online?: boolean | undefined;
  size?: "sm" | "md" | "lg";
}) {
  return (
    <span class={`avatar avatar--${size} tone-${toneOf(name)}`} aria-hidden="true">
      {initials(name)}
      {online !== undefined && <span class={`avatar__dot ${online ? "is-online" : "is-away"}`} />}
    </span>
  );
}

/** A person's text: text nodes, with web addresses as links that cannot reach back into this page. */
export function RichText({ text }: { text: string }) {
  return (
    <>
      {linkPieces(text).map((piece, index) =>
        piece.href ? (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}

interface BlankProps {
  icon: ComponentChildren;
  title: string;
  text?: string;
  children?: ComponentChildren;
  tone?: "calm" | "warn";
  level?: 1 | 2 | 3;
}

/** A designed nothing: an empty list, an error, a page that waits for a choice. */
export function Blank({ icon, title, text, children, tone = "calm", level = 2 }: BlankProps) {
  const Heading = `h${level}` as "h2";
  return (
    <div class={`blank blank--${tone}`}>
      <span class="blank__icon">{icon}</span>
      <Heading class="blank__title">{title}</Heading>
      {text && <p class="blank__text">{text}</p>}
      {children && <div class="blank__more">{children}</div>}
    </div>
  );
}

/** Grey bars where text will be; the words are for those who listen. */
export function Skeleton({ lines = 3, label }: { lines?: number; label?: string }) {
  return (
    <div class="skeleton" role="status">
      <span class="sr">{label ?? t().loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="skeleton__bar" style={{ width: `${88 - ((index * 23) % 45)}%` }} />
      ))}
    </div>
  );
}

export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}
