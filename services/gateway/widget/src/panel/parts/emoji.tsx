/** The button that opens the emoticons; Escape and a click elsewhere close them. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { emojiChunk } from "../chunk.ts";
import { Icon } from "./icons.tsx";
import type { Words } from "../words.ts";

export function EmojiPicker({ words, choose }: { words: Words; choose: (char: string) => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { here } = emojiChunk;

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, [open]);

  async function toggle(): Promise<void> {
    if (!open) await emojiChunk.load();
    setOpen(!open && emojiChunk.here !== "failed");
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
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
        onClick={() => void toggle()}
      >
        <Icon name="smile" />
      </button>
      {open && here && here !== "failed" && (
        <here.EmojiGrid
          words={words}
          choose={(char) => {
            choose(char);
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}
