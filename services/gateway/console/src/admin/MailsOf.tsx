/** The mails that went out about a ticket, the newest first: what each is, to whom, and what became of it. */
import "../styles/mails.css";
import type { Mail, Mails } from "@dymek/wire";
import { useEffect, useState } from "preact/hooks";
import { language, t } from "../i18n/index.ts";
import { words } from "../i18n/mails.ts";
import { get } from "../lib/api.ts";
import { fullTime, shortMoment } from "../lib/format.ts";
import { MailMark } from "../ui/MailMark.tsx";
import { Skeleton } from "../ui/parts.tsx";

interface MailsOfProps {
  ticketId: string;
  /** The ticket's version, say: where it changes, the mails are read anew, and what is shown stays meanwhile. */
  version?: number;
}

interface Known {
  of: string;
  mails: readonly Mail[] | null;
  fault: boolean;
}

export function MailsOf({ ticketId, version }: MailsOfProps) {
  const said = words().ofTicket;
  const [known, setKnown] = useState<Known>({ of: ticketId, mails: null, fault: false });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const off = new AbortController();
    setKnown((before) => ({ of: ticketId, mails: before.of === ticketId ? before.mails : null, fault: false }));
    get<Mails>(`/api/mails?${new URLSearchParams({ ticket_id: ticketId })}`, off.signal)
      .then(({ mails }) => setKnown({ of: ticketId, mails, fault: false }))
      .catch(() => {
        if (!off.signal.aborted) setKnown((before) => ({ ...before, fault: true }));
      });
    return () => off.abort();
  }, [ticketId, version, tries]);
  const { mails, fault } = known;
  return (
    <section class="mails-of" aria-label={said.title} data-testid="mails-of">
      {fault && (
        <p class="card__nothing" role="alert">
          {mails ? said.stale : said.fault}{" "}
          <button type="button" class="link-button" onClick={() => setTries(tries + 1)}>
            {t().retry}
          </button>
        </p>
      )}
      {mails === null && !fault && <Skeleton lines={2} label={said.loading} />}
      {mails?.length === 0 && <p class="card__nothing">{said.none}</p>}
      {mails && mails.length > 0 && (
        <ul class="mails-of__list">
          {mails.map((mail) => (
            <One key={mail.mail_id} mail={mail} />
          ))}
        </ul>
      )}
    </section>
  );
}

function One({ mail }: { mail: Mail }) {
  const kinds: Partial<Record<string, string>> = words().kinds;
  return (
    <li>
      <span class="mails-of__what">
        <span>{kinds[mail.kind] ?? mail.kind}</span>
        <time dateTime={mail.asked_at} title={fullTime(mail.asked_at, language.value)}>
          {shortMoment(mail.asked_at, Date.now(), language.value)}
        </time>
      </span>
      <span class="mails-of__to">{mail.to}</span>
      <MailMark state={mail.state} reason={mail.reason} />
    </li>
  );
}
