/**
 * The log on the screen. It stays at its end while the reader is there, and where they are while they read above.
 * It is no live region: new messages are announced one by one (shell/signals.ts), never the history.
 */
import type { Pending } from "@dymek/wire";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { timeline } from "../lib/timeline.ts";
import type { LogView } from "../state/live.ts";
import { DownIcon } from "../ui/icons.tsx";
import { LogItem } from "./LogItem.tsx";

const NEAR_END = 80;

export function Messages({ log, agentId, pending }: { log: LogView; agentId: string; pending: readonly Pending[] }) {
  const words = t().chat;
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [away, setAway] = useState(false);
  const name = log.header.visitor_name ?? "";
  const items = useMemo(() => timeline(log.entries, pending, agentId, name), [log.entries, pending, agentId, name]);
  const own = pending.at(-1)?.id;

  const toEnd = (): void => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  }, [items]);
  // Who has just written wants to see it; that it was stored moves nobody who reads above.
  useLayoutEffect(() => {
    if (own) toEnd();
  }, [own]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scrolled = (): void => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    setAway(!atEnd.current);
  };
  return (
    <div class="messages-frame">
      <div class="messages" ref={box} onScroll={scrolled} role="region" aria-label={words.messages} tabIndex={0}>
        <ol class="messages__list" data-testid="messages">
          {items.map((item) => (
            <LogItem key={item.key} item={item} />
          ))}
        </ol>
      </div>
      {away && (
        <button
          type="button"
          class="messages__jump"
          onClick={() => {
            atEnd.current = true;
            toEnd();
          }}
        >
          <DownIcon size={18} />
          {words.jump}
        </button>
      )}
    </div>
  );
}
