/** The list's end: more of it, or that there is no more; then the focus stays here and does not fall to the page's top. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { listing, loadOlder } from "../state/tickets.ts";
import { toast } from "../state/toasts.ts";
import { Spinner } from "../ui/parts.tsx";

export function Older() {
  const said = words().list;
  const [busy, setBusy] = useState(false);
  const end = useRef<HTMLParagraphElement>(null);
  const asked = useRef(false);
  const whole = !listing.value?.next;
  useEffect(() => {
    if (!whole || !asked.current) return;
    asked.current = false;
    if (document.activeElement === document.body || !document.activeElement?.isConnected) end.current?.focus();
  }, [whole]);
  const more = async (): Promise<void> => {
    asked.current = true;
    setBusy(true);
    await loadOlder().catch(() => toast({ tone: "danger", text: t().serviceFault }));
    setBusy(false);
  };
  return (
    <p class="page__end" ref={end} tabIndex={-1}>
      {whole ? (
        said.all
      ) : (
        <button type="button" class="button" aria-disabled={busy} onClick={() => !busy && void more()}>
          {busy && <Spinner />}
          {said.more}
        </button>
      )}
    </p>
  );
}
