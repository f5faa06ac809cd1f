/** Beside a conversation: the customer, the browser, the conversation's own facts. */
import type { Header } from "@dymek/wire";
import { useEffect, useRef } from "preact/hooks";
import { EarlierConversations, Tickets } from "../customers/Beside.tsx";
import { language, t } from "../i18n/index.ts";
import { fullTime, plainAddress } from "../lib/format.ts";
import { Card, Fact } from "../ui/facts.tsx";
import { BackIcon, GlobeIcon, LinkIcon, PinIcon, ScreenIcon, SystemIcon, WindowIcon, ArrowIcon } from "../ui/icons.tsx";
import { CustomerCard } from "./CustomerCard.tsx";

export function Details({ header, onClose }: { header: Header; onClose: (() => void) | null }) {
  const words = t().details;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!onClose) return;
    const before = document.activeElement as HTMLElement | null;
    back.current?.focus();
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Escape") onClose();
    };
    document.addEventListener("keydown", key);
    return () => {
      document.removeEventListener("keydown", key);
      before?.focus?.();
    };
  }, [onClose !== null]);
  return (
    <aside class="details" aria-label={words.title} data-over={onClose !== null}>
      {onClose && (
        <div class="details__bar">
          <button ref={back} type="button" class="icon-button" aria-label={t().back} onClick={onClose}>
            <BackIcon />
          </button>
          <span>{words.title}</span>
        </div>
      )}
      <CustomerCard header={header} />
      <Tickets header={header} />
      <EarlierConversations header={header} />
      <BrowserCard header={header} />
      <Card title={words.chat}>
        <dl class="facts">
          <Fact label={words.topic}>{header.topic?.name}</Fact>
          <Fact label={words.startedAt}>{header.started_at && fullTime(header.started_at, language.value)}</Fact>
          <Fact label={words.participants}>
            {header.participants
              .map(({ id, name }) => (id === header.owner?.id ? `${name} (${words.owner})` : name))
              .join(", ")}
          </Fact>
        </dl>
      </Card>
    </aside>
  );
}

function BrowserCard({ header }: { header: Header }) {
  const words = t().details;
  const { browser, system, languages, screen, page_url, page_title, referrer, address, user_agent } = header.browser;
  const nothing = ![browser, system, languages, screen, page_url, referrer, address].some(Boolean);
  return (
    <Card title={words.browser}>
      {nothing ? (
        <p class="card__nothing">{words.nothing}</p>
      ) : (
        <dl class="facts facts--icons">
          <Fact label={words.agent} icon={<WindowIcon size={18} />}>
            {browser && <span title={user_agent}>{browser}</span>}
          </Fact>
          <Fact label={words.system} icon={<SystemIcon size={18} />}>
            {system}
          </Fact>
          <Fact label={words.languages} icon={<GlobeIcon size={18} />}>
            {languages}
          </Fact>
          <Fact label={words.screen} icon={<ScreenIcon size={18} />}>
            {screen}
          </Fact>
          <Fact label={words.page} icon={<LinkIcon size={18} />}>
            {page_url && <PageLink url={page_url} title={page_title} />}
          </Fact>
          <Fact label={words.referrer} icon={<ArrowIcon size={18} />}>
            {referrer && <PageLink url={referrer} />}
          </Fact>
          <Fact label={words.address} icon={<PinIcon size={18} />}>
            {address}
          </Fact>
        </dl>
      )}
    </Card>
  );
}

/** The visitor's browser told this address: only a web address becomes a link. */
function PageLink({ url, title = "" }: { url: string; title?: string }) {
  const text = title || plainAddress(url);
  if (!/^https?:\/\//iu.test(url)) return <>{text}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
      {text}
    </a>
  );
}
