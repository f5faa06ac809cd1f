/** The list's end: more of it, or that there is no more. */
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { listing, loadOlder } from "../state/tickets.ts";
import { toast } from "../state/toasts.ts";
import { Spinner } from "../ui/parts.tsx";

export function Older() {
  const said = words().list;
  const [busy, setBusy] = useState(false);
  if (!listing.value?.next) return <p class="page__end">{said.all}</p>;
  const more = async (): Promise<void> => {
    setBusy(true);
    await loadOlder().catch(() => toast({ tone: "danger", text: t().serviceFault }));
    setBusy(false);
  };
  return (
    <p class="page__end">
      <button type="button" class="button" aria-disabled={busy} onClick={() => !busy && void more()}>
        {busy && <Spinner />}
        {said.more}
      </button>
    </p>
  );
}
