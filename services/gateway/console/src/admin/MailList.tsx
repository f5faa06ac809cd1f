/** Outgoing mail: what was sent, what was not and why, and what is tried again when. */
import "../styles/mails.css";
import type { Mail } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { language, t } from "../i18n/index.ts";
import { words } from "../i18n/mails.ts";
import { clockTime, fullTime, sameDay, shortMoment } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { MailIcon, RefreshIcon, WarnIcon } from "../ui/icons.tsx";
import { MailMark } from "../ui/MailMark.tsx";
import { narrow } from "../ui/media.ts";
import { Blank, Skeleton, Spinner } from "../ui/parts.tsx";
import { useMails, type Chosen, type MailList as List } from "./mails.ts";

const STATES = ["pending", "sending", "sent", "failed"] as const;

/** `alone`: it is a page's whole content, and not one of the settings. */
export function MailList({ alone = false }: { alone?: boolean }) {
  const said = words();
  const [chosen, setChosen] = useState<Chosen>("all");
  const [list, refresh, older] = useMails(chosen);
  const Title = alone ? "h1" : "h2";
  return (
    <section class="mails" aria-labelledby="admin-mails" aria-busy={list.busy}>
      <div class="admin__title">
        <div>
          <Title id="admin-mails" class={alone ? "page__title" : undefined}>
            {said.title}
          </Title>
          <p class="page__lead">{said.lead}</p>
        </div>
      </div>
      <div class="mails__bar">
        <label class="mails__state">
          <span class="field__label">{said.state}</span>
          <select
            class="input select"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value as Chosen)}
          >
            <option value="all">{said.all}</option>
            {STATES.map((state) => (
              <option key={state} value={state}>
                {said.states[state]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button" onClick={refresh}>
          {list.busy && list.state === "ready" ? <Spinner /> : <RefreshIcon size={18} />}
          {said.refresh}
        </button>
      </div>
      <p class="sr" role="status">
        {list.spoken && said.read(list.mails.length)}
      </p>
      {list.stale && (
        <p class="note note--danger" role="alert">
          <WarnIcon size={18} />
          <span>{said.stale}</span>
        </p>
      )}
      <Content list={list} chosen={chosen} refresh={refresh} older={older} all={() => setChosen("all")} level={alone ? 2 : 3} />
    </section>
  );
}

interface ContentProps {
  list: List;
  chosen: Chosen;
  refresh: () => void;
  older: () => Promise<void>;
  all: () => void;
  level: 2 | 3;
}

function Content({ list, chosen, refresh, older, all, level }: ContentProps) {
  const said = words();
  if (list.state === "loading") return <Skeleton lines={8} />;
  if (list.state === "fault")
    return (
      <Blank icon={<WarnIcon size={28} />} title={t().serviceFault} tone="warn">
        <button type="button" class="button" onClick={refresh}>
          {t().retry}
        </button>
      </Blank>
    );
  if (list.mails.length === 0 && chosen !== "all")
    return (
      <Blank icon={<MailIcon size={28} />} title={said.noneTitle} text={said.noneText} level={level}>
        <button type="button" class="button" onClick={all}>
          {said.showAll}
        </button>
      </Blank>
    );
  if (list.mails.length === 0)
    return <Blank icon={<MailIcon size={28} />} title={said.emptyTitle} text={said.emptyText} level={level} />;
  return (
    <>
      {narrow.value ? <Cards mails={list.mails} /> : <Table mails={list.mails} />}
      <Older list={list} older={older} />
    </>
  );
}

function Table({ mails }: { mails: readonly Mail[] }) {
  const said = words();
  return (
    <table class="table">
      <caption class="sr">{said.title}</caption>
      <thead>
        <tr>
          <th scope="col">{said.mail}</th>
          <th scope="col">{said.to}</th>
          <th scope="col">{said.state}</th>
          <th scope="col">{said.attempts}</th>
          <th scope="col">{said.asked}</th>
        </tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <tr key={mail.mail_id} data-testid="mail-row">
            <td class="mails__what">
              <What mail={mail} />
            </td>
            <td class="mails__to">{mail.to}</td>
            <td class="mails__why">
              <MailMark state={mail.state} reason={mail.reason} />
            </td>
            <td>
              <Tries mail={mail} />
            </td>
            <td class="table__time">
              <Moment at={mail.asked_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ mails }: { mails: readonly Mail[] }) {
  return (
    <ul class="ticket-cards">
      {mails.map((mail) => (
        <li key={mail.mail_id} class="ticket-card" data-testid="mail-row">
          <span class="ticket-card__top">
            <span>{mail.to}</span>
            <Moment at={mail.asked_at} />
          </span>
          <What mail={mail} />
          <MailMark state={mail.state} reason={mail.reason} />
          <span class="ticket-card__who">
            <Tries mail={mail} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the mail is and what it is about, with the way there. */
function What({ mail }: { mail: Mail }) {
  const kinds: Partial<Record<string, string>> = words().kinds;
  const name = mail.about?.name ?? "";
  const href = mail.ticket_id
    ? paths.ticket(mail.ticket_id)
    : mail.conversation_id
      ? paths.chat(mail.conversation_id)
      : null;
  return (
    <span>
      <span class="mails__subject">{mail.subject_line}</span>
      <span class="mails__sub">{kinds[mail.kind] ?? mail.kind}</span>
      {href && name && (
        <a class="mails__sub" href={href}>
          {words().about(name)}
        </a>
      )}
    </span>
  );
}

function Tries({ mail }: { mail: Mail }) {
  const said = words();
  return (
    <>
      {said.tries(mail.attempts)}
      {mail.next_try_at && <span class="mails__sub">{said.nextTry(moment(mail.next_try_at))}</span>}
      {mail.sent_at && <span class="mails__sub">{said.sentAt(moment(mail.sent_at))}</span>}
    </>
  );
}

/** The time; of another day the day as well. */
function moment(at: string): string {
  const today = sameDay(at, new Date().toISOString());
  return today ? clockTime(at, language.value) : fullTime(at, language.value);
}

function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at, language.value)}>
      {shortMoment(at, Date.now(), language.value)}
    </time>
  );
}

/** The way to what is older. When there is no more, the focus stays here and does not fall to the top of the page. */
function Older({ list, older }: { list: List; older: () => Promise<void> }) {
  const said = words();
  const end = useRef<HTMLParagraphElement>(null);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (asked && list.whole) end.current?.focus();
  }, [asked, list.whole]);
  const more = async (): Promise<void> => {
    setAsked(true);
    await older();
  };
  return (
    <p class="page__end" ref={end} tabIndex={-1}>
      {list.whole ? (
        said.end
      ) : (
        <button type="button" class="button" onClick={() => void more()}>
          {list.busy && <Spinner />}
          {said.older}
        </button>
      )}
    </p>
  );
}
