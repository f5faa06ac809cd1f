/** The three lists of conversations as tabs: arrows move between them, and the chosen one is shown at once. */
import { useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { offersTotal, unreadTotal } from "../state/glances.ts";
import { tab, totals, type Tab } from "../state/shown.ts";

const TABS: readonly Tab[] = ["own", "waiting", "team"];
export const PANEL = "chat-list-panel";

export function Tabs() {
  const words = t().team.board;
  const list = useRef<HTMLDivElement>(null);
  const counts: Record<Tab, number> = { own: offersTotal.value + unreadTotal.value, ...totals.value };
  const key = (event: KeyboardEvent): void => {
    const at = TABS.indexOf(tab.value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    tab.value = TABS.at(to % TABS.length)!;
    list.current?.querySelector<HTMLElement>(`[data-tab=${tab.value}]`)?.focus();
  };
  return (
    <div ref={list} class="tabs" role="tablist" aria-label={words.label} onKeyDown={key}>
      {TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          class="tabs__tab"
          id={`tab-${one}`}
          data-tab={one}
          aria-selected={tab.value === one}
          aria-controls={PANEL}
          tabIndex={tab.value === one ? 0 : -1}
          onClick={() => (tab.value = one)}
        >
          {words[one]}
          {counts[one] > 0 && (
            <span class={`count ${one === "own" ? "" : "count--calm"}`}>{counts[one] > 99 ? "99+" : counts[one]}</span>
          )}
        </button>
      ))}
    </div>
  );
}
