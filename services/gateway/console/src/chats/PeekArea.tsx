/**
 * What the visitor is typing, before it is sent. The place is always kept, whatever is in it, so that the input below
 * never moves. It is drawn, not announced: every keystroke spoken aloud would drown the conversation.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import type { Peek } from "../state/live.ts";
import { useNow } from "../ui/hooks.ts";

/** "Is typing" without a text fades by itself should its end be lost on the way. */
const STALE_MS = 8_000;

export function PeekArea({ name, peek }: { name: string; peek: Peek | null }) {
  const now = useNow(1000);
  const text = useRef<HTMLSpanElement>(null);
  const shown = peek && (peek.text || now - peek.since < STALE_MS) ? peek : null;
  useLayoutEffect(() => {
    if (text.current) text.current.scrollTop = text.current.scrollHeight;
  }, [shown?.text]);
  return (
    <div class="peek" data-testid="peek" data-on={shown !== null}>
      {shown && (
        <>
          <span class="peek__dots" aria-hidden="true" data-still={!shown.typing}>
            <i />
            <i />
            <i />
          </span>
          <span class="peek__name">{shown.typing ? t().peek.typing(name) : t().peek.unsent(name)}</span>
          <span class="peek__text" ref={text} data-testid="peek-text">
            {shown.text}
          </span>
        </>
      )}
    </div>
  );
}
