/** Under a conversation that a supervisor only watches: what it is, and the ways into it. */
import type { Header, Me } from "@dymek/wire";
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { EyeIcon } from "../ui/icons.tsx";
import { join, takeOver } from "./actions.ts";
import { Question, type Asking } from "./ChatMenu.tsx";

export function WatchBar({ header, me }: { header: Header; me: Me }) {
  const words = t().team.watch;
  const [asking, setAsking] = useState<Asking>(null);
  const id = header.conversation_id;
  return (
    <section class="watch" aria-label={t().team.head.watching} data-testid="watching">
      <EyeIcon />
      <p class="watch__words">{header.owner ? words.active(header.owner.name) : words.waiting}</p>
      <div class="watch__ways">
        {header.state === "active" && (
          <button type="button" class="button button--small" onClick={() => void join(id)}>
            {words.join}
          </button>
        )}
        <button type="button" class="button button--small" onClick={() => setAsking("choose")}>
          {words.reassign}
        </button>
        <button
          type="button"
          class="button button--small button--primary"
          onClick={() => (header.owner ? setAsking("take_over") : void takeOver(id))}
        >
          {words.takeOver}
        </button>
      </div>
      <Question header={header} me={me} asking={asking} onClose={() => setAsking(null)} />
    </section>
  );
}
