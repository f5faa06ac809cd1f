/** A template's text with what its variables stand for, each marked by what it is. */
import type { Piece } from "./fill.ts";

export function Preview({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <p class="template-preview">
      {pieces.map(({ kind, text }, index) =>
        kind === "text" ? (
          text
        ) : (
          <mark key={index} class={`variable variable--${kind}`}>
            {text}
          </mark>
        ),
      )}
    </p>
  );
}
