/** Emoticons in a grid that arrows walk through; one Tab stop, as a toolbar has. */
import { EMOJI } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { language, t } from "../i18n/index.ts";
import { usePopup } from "../ui/hooks.ts";
import { SmileIcon } from "../ui/icons.tsx";

const COLUMNS = 8;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };

export function EmojiPicker({ onPick }: { onPick: (char: string) => void }) {
  const { open, setOpen, root, button } = usePopup();
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) (grid.current?.children[at] as HTMLElement | undefined)?.focus();
  }, [open, at]);

  const walk = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    setAt((now) => Math.min(EMOJI.length - 1, Math.max(0, now + step)));
  };
  return (
    <div class="popup-root" ref={root}>
      <button
        ref={button}
        type="button"
        class="icon-button icon-button--big"
        aria-label={t().composer.emoji}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <SmileIcon size={22} />
      </button>
      {open && (
        <div class="popup popup--emoji" role="toolbar" aria-label={t().composer.emoji} ref={grid} onKeyDown={walk}>
          {EMOJI.map((emoji, index) => (
            <button
              key={emoji.char}
              type="button"
              class="emoji"
              tabIndex={index === at ? 0 : -1}
              aria-label={emoji.name[language.value]}
              title={emoji.name[language.value]}
              onClick={() => {
                setOpen(false);
                onPick(emoji.char);
              }}
            >
              {emoji.char}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
