/** A small grid of emoticons: a button, a grid that arrow keys walk, Escape closes. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { EMOJI } from "@dymek/wire";
import { Icon } from "./icons.tsx";
import type { Words } from "../words.ts";

const COLUMNS = 8;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };

export function EmojiPicker({ words, choose }: { words: Words; choose: (char: string) => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    grid.current?.querySelector("button")?.focus();
    const outside = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [open]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    }
    const step = STEPS[event.key];
    if (!step || !open) return;
    event.preventDefault();
    const all = [...(grid.current?.querySelectorAll("button") ?? [])];
    const here = all.indexOf(document.activeElement as HTMLButtonElement);
    all[Math.max(0, Math.min(all.length - 1, here + step))]?.focus();
  }

  return (
    <div class="emoji" ref={box} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="round plain"
        ref={button}
        aria-label={words.t.emoji}
        title={words.t.emoji}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="smile" />
      </button>
      {open && (
        <div class="emoji-grid" role="group" aria-label={words.t.emoji} ref={grid}>
          {EMOJI.map(({ char, name }, index) => (
            <button
              type="button"
              key={char}
              tabIndex={index === 0 ? 0 : -1}
              aria-label={name[words.language]}
              title={name[words.language]}
              onClick={() => {
                choose(char);
                setOpen(false);
              }}
            >
              {char}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
