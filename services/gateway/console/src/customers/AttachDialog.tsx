/** Whose conversation it is: a customer is sought and chosen. */
import type { NamedRef } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { t } from "../i18n/index.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Avatar, Skeleton } from "../ui/parts.tsx";
import { useReadOn } from "./focus.ts";
import { Marked } from "./Marked.tsx";
import { statusOf, useSearch, useSettled } from "./search.ts";
import { SearchBox } from "./SearchBox.tsx";

interface AttachProps {
  current: string | null;
  /** True when it was done. */
  attach: (customer: NamedRef) => Promise<boolean>;
  onClose: () => void;
  /** What is asked, where it is not about a conversation. */
  title?: string;
  lead?: string;
}

export function AttachDialog({ current, attach, onClose, title, lead }: AttachProps) {
  const said = words().beside;
  const [text, setText] = useState("");
  const q = useSettled(text.trim());
  const search = useSearch(q || null, { limit: 20 });
  const [busy, setBusy] = useState(false);
  const { found, state, again, more } = search;
  const { list, pressed } = useReadOn<HTMLUListElement>(found?.customers.length ?? 0, found?.next === null);
  /** An answer that comes after it was closed must not close another one that is open by then. */
  const open = useRef(true);
  useEffect(() => () => void (open.current = false), []);
  const choose = async (customer: NamedRef): Promise<void> => {
    if (busy || customer.id === current) return;
    setBusy(true);
    const done = await attach(customer);
    if (!open.current) return;
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog title={title ?? said.dialogTitle} onClose={onClose}>
      <p class="dialog__text">{lead ?? said.dialogLead}</p>
      <SearchBox value={text} onChange={setText} hint={said.start} autoFocus />
      <div class="picker" aria-busy={busy}>
        {q && (
          <p class="found" role="status">
            {found?.customers.length === 0 ? words().list.noneTitle : statusOf(search)}
          </p>
        )}
        {q && state === "fault" && (
          <p class="note note--danger" role="alert">
            <span class="picker__fault">{words().list.fault}</span>
            <button type="button" class="link-button" onClick={again}>
              {t().retry}
            </button>
          </p>
        )}
        {q && !found && state !== "fault" && <Skeleton lines={3} />}
        {q && found && (
          <ul class="picks" ref={list} data-busy={state === "busy"}>
            {found.customers.map((customer) => (
              <li key={customer.id}>
                <button
                  type="button"
                  class="picks__one"
                  aria-disabled={busy || customer.id === current}
                  data-testid="customer-choice"
                  onClick={() => void choose({ id: customer.id, name: customer.name })}
                >
                  <Avatar name={customer.name} size="sm" />
                  <span class="picks__words">
                    <span class="picks__name">
                      <span>
                        <Marked text={customer.name} q={found.q} />
                      </span>
                      {customer.id === current && <span class="tag">{said.current}</span>}
                    </span>
                    <span class="picks__about">
                      {customer.company && (
                        <>
                          <Marked text={customer.company} q={found.q} />
                          {(customer.email || customer.phone) && " · "}
                        </>
                      )}
                      {customer.email ? (
                        <Marked text={customer.email} q={found.q} />
                      ) : (
                        <Marked text={customer.phone} q={found.q} phone />
                      )}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {q && found?.next && (
          <button
            type="button"
            class="button button--small"
            aria-disabled={state === "busy"}
            onClick={() => {
              pressed();
              more();
            }}
          >
            {words().list.more}
          </button>
        )}
      </div>
      <div class="dialog__actions">
        <button type="button" class="button" onClick={onClose}>
          {t().cancel}
        </button>
      </div>
    </Dialog>
  );
}
