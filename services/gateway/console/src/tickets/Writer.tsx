/**
 * Where a reply or a comment is written, each with its own text; Ctrl+Enter sends what is in sight. A text that was not
 * taken stays in its field with the reason.
 */
import { charCount, MAX_MESSAGE_CHARS, type Ticket } from "@dymek/wire";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/tickets.ts";
import { cards, loadCustomer } from "../state/customers.ts";
import { session } from "../state/session.ts";
import { TemplateButton, Unfilled } from "../templates/TemplatePicker.tsx";
import { useTemplates } from "../templates/useTemplates.tsx";
import { WarnIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/parts.tsx";
import { drafted } from "./edit.ts";
import type { TicketStatus } from "./filter.ts";
import type { OpenTicket } from "./open.ts";
import type { Unsent } from "./outcomes.ts";
import { stateText, untilText } from "./StatusTag.tsx";
import { valuesOfTicket } from "./values.ts";
import type { Kind } from "./writing.ts";

const TELL_FROM = 300;
const KINDS: readonly Kind[] = ["reply", "comment"];
type After = TicketStatus | "";
const AFTER: Record<Kind, readonly After[]> = {
  reply: ["waiting", "open", "closed"],
  comment: ["", "open", "waiting", "closed"],
};

/** What the ticket may be after the text, its own choice first. A reply does not end a postponing by itself. */
const choicesOf = (kind: Kind, { status }: Ticket): readonly After[] =>
  kind === "reply" && status === "postponed" ? ["postponed", ...AFTER.reply] : AFTER[kind];

export function Writer({ open, ticket }: { open: OpenTicket; ticket: Ticket }) {
  const said = words().write;
  const id = useId();
  const { kind } = open.writing.value;
  const { text } = open.writing.value[kind];
  const other: Kind = kind === "reply" ? "comment" : "reply";
  const input = useRef<HTMLTextAreaElement>(null);
  const tabs = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [picked, pick] = useState<After | null>(null);
  const choices = choicesOf(kind, ticket);
  // What cannot be any more, because the ticket has become another meanwhile, is not chosen.
  const after = picked !== null && choices.includes(picked) ? picked : choices[0]!;
  const left = MAX_MESSAGE_CHARS - charCount(text.trim());
  const busy = open.busy.value !== null;
  const unsent = open.unsent.value[kind];
  const sendable = text.trim() !== "" && left >= 0 && !busy;
  const chosen = open.edit.value?.mine.state;
  const me = session.value.state === "in" ? session.value.me : null;
  const card = ticket.customer ? cards.value.get(ticket.customer.id) : undefined;
  const templates = useTemplates({
    input,
    text,
    change: open.type,
    values: valuesOfTicket(ticket, me, card?.state === "ready" ? card.customer : null),
    topicId: ticket.topic.id,
  });

  useEffect(() => {
    if (ticket.customer) void loadCustomer(ticket.customer.id);
  }, [ticket.customer?.id]);
  useEffect(() => pick(null), [kind]);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text, kind]);

  const send = async (): Promise<void> => {
    if (!sendable || templates.holds()) return;
    if (!(await open.send(after || null))) return;
    // It was for this text alone; another one chosen meanwhile is for the next.
    pick((now) => (now === picked ? null : now));
    // Whoever has gone on to another field stays there.
    if (button.current === document.activeElement || document.activeElement === document.body) input.current?.focus();
  };
  const turn = (event: KeyboardEvent): void => {
    if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const to = event.key === "Home" ? "reply" : event.key === "End" ? "comment" : other;
    open.turnTo(to);
    tabs.current?.querySelector<HTMLElement>(`[data-kind="${to}"]`)?.focus();
  };
  return (
    <section class={`writer writer--${kind}`} aria-label={said.label}>
      <div ref={tabs} class="writer__tabs" role="tablist" aria-label={said.label} onKeyDown={turn}>
        {KINDS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            data-kind={one}
            class="writer__tab"
            aria-selected={one === kind}
            aria-controls={`${id}-panel`}
            tabIndex={one === kind ? 0 : -1}
            onClick={() => open.turnTo(one)}
          >
            {said[one]}
          </button>
        ))}
        {open.writing.value[other].text.trim() && <span class="writer__other">{said.other[other]}</span>}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${kind}`}>
        <form
          class="writer__panel"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          {kind === "reply" && <p class="writer__to">{said.replyTo(ticket.email)}</p>}
          <div class="templates-anchor">
            {templates.popup}
            <textarea
              key={kind}
              ref={input}
              class="writer__input"
              rows={4}
              value={text}
              aria-label={kind === "reply" ? said.replyText : said.commentText}
              aria-describedby={`${id}-hint`}
              aria-invalid={left < 0}
              {...templates.control}
              onInput={(event) => open.type(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (templates.key(event)) return;
                if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
                event.preventDefault();
                void send();
              }}
            />
            <Unfilled of={templates} />
          </div>
          <p class="writer__hint" id={`${id}-hint`} data-over={left < 0}>
            {left < 0 ? said.over(-left) : left < TELL_FROM ? said.left(left) : said.hints[kind]}
          </p>
          <div role="alert">{unsent && <UnsentNote unsent={unsent} />}</div>
          <div class="writer__foot">
            <TemplateButton of={templates} />
            {chosen ? (
              <span class="writer__after">{said.afterState(stateText(drafted(open.edit.value!).state))}</span>
            ) : (
              <label class="writer__after">
                {said.after[kind]}
                <select
                  class="input input--small select"
                  value={after}
                  onChange={(event) => pick(event.currentTarget.value as After)}
                >
                  {choices.map((status) => (
                    <option key={status} value={status}>
                      {status === "postponed"
                        ? said.staysUntil(untilText(ticket))
                        : status
                          ? words().statuses[status]
                          : said.unchanged}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <button ref={button} type="submit" class="button button--primary" aria-disabled={!sendable}>
              {open.busy.value === "sending" && <Spinner />}
              {open.busy.value === "sending" ? said.sending : kind === "reply" ? said.sendReply : said.sendComment}
            </button>
          </div>
        </form>
      </div>
    </section>
  );
}

function UnsentNote({ unsent }: { unsent: Unsent }) {
  const said = words().write;
  const text = {
    refused: unsent.kind === "refused" ? said.refused(unsent.said) : "",
    earlier: said.earlier,
    gone: words().card.goneTitle,
    fault: said.fault,
  }[unsent.kind];
  return (
    <p class="note note--danger">
      <WarnIcon />
      <span>{text}</span>
    </p>
  );
}
