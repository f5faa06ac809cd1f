/** The emoticons themselves, loaded when they are first asked for: arrow keys walk the grid. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { EMOJI } from "@dymek/wire";
import type { Words } from "../words.ts";

const COLUMNS = 8;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };

export function EmojiGrid({ words, choose }: { words: Words; choose: (char: string) => void }): JSX.Element {
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => grid.current?.querySelector("button")?.focus(), []);

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...(grid.current?.querySelectorAll("button") ?? [])];
    const here = all.indexOf(document.activeElement as HTMLButtonElement);
    all[Math.max(0, Math.min(all.length - 1, here + step))]?.focus();
  }

  return (
    <div class="emoji-grid" role="group" aria-label={words.t.emoji} ref={grid} onKeyDown={onKeyDown}>
      {EMOJI.map(({ char, name }, index) => (
        <button
          type="button"
          key={char}
          tabIndex={index === 0 ? 0 : -1}
          aria-label={name[words.language]}
          title={name[words.language]}
          onClick={() => choose(char)}
        >
          {char}
        </button>
      ))}
    </div>
  );
}
