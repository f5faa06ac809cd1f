/** Filling in and sending a new ticket. Sent as often as one likes, it makes one ticket (kept.ts). */
import type { Ticket } from "@dymek/wire";
import { useRef, useState } from "preact/hooks";
import type { Faults } from "../../admin/checks.ts";
import { words } from "../../i18n/newticket.ts";
import { sentence, t } from "../../i18n/index.ts";
import { ApiError, put } from "../../lib/api.ts";
import { madeHere } from "../../state/tickets.ts";
import { toast } from "../../state/toasts.ts";
import { check, newTicketOf, type Draft, type Sources } from "./draft.ts";
import { drop, keep, keptForm, type Earlier } from "./kept.ts";

export type Trouble =
  | { kind: "faults" | "unsure" }
  | { kind: "refused"; said: string }
  /** An earlier attempt had arrived: the ticket is there, with what stood here then. */
  | { kind: "earlier"; ticket: Earlier };

export interface TicketForm {
  draft: Draft;
  /** Whether something typed would be lost. */
  dirty: boolean;
  /** Whether what was typed before a reload stands in the fields. */
  restored: boolean;
  busy: boolean;
  trouble: Trouble | null;
  faults: Faults;
  set: (patch: Partial<Draft> | ((draft: Draft) => Draft)) => void;
  touch: (path: string) => void;
  submit: () => Promise<void>;
  /** Makes what stands in the fields a ticket of its own, beside the one that an earlier attempt made. */
  another: () => Promise<void>;
  startAnew: () => void;
  /** Forgets the form. */
  leave: () => void;
}

export function useTicketForm(key: string, fresh: Draft, sources: Sources, done: (ticket: Ticket) => void): TicketForm {
  const [kept, setKept] = useState(() => keptForm(key));
  const [restored, setRestored] = useState(kept.draft !== null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(() => kept.earlier ? { kind: "earlier", ticket: kept.earlier } : null);
  const [touched, setTouched] = useState<ReadonlySet<string> | "all">(new Set<string>());
  const [told, setTold] = useState<Faults>({});
  /** What is typed while an answer is awaited counts too, and two presses of one moment are one. */
  const now = useRef(kept);
  const sending = useRef(false);
  const draft = kept.draft ?? fresh;

  const hold = (next: typeof kept): void => {
    now.current = next;
    setKept(next);
    keep(key, next);
  };

  const send = async (): Promise<void> => {
    if (sending.current) return;
    const { id, draft: typed } = now.current;
    const filled = typed ?? fresh;
    setTouched("all");
    setTold({});
    if (Object.keys(check(filled, sources)).length > 0) return setTrouble({ kind: "faults" });
    const sent = newTicketOf(filled, sources);
    madeHere.add(id);
    sending.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      const ticket = await put<Ticket>(`/api/tickets/${id}`, sent);
      drop(key);
      toast({ tone: "good", text: words().created(ticket.number) });
      done(ticket);
    } catch (error) {
      fail(error);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  const fail = (error: unknown): void => {
    if (!(error instanceof ApiError)) throw error;
    const field = error.field?.split(".")[0] ?? "";
    const present = error.code === "conflict" ? (error.body as { present?: Ticket } | null)?.present : undefined;
    if (present) {
      const earlier = { id: present.id, number: present.number };
      hold({ ...now.current, draft: now.current.draft ?? fresh, earlier });
      setTrouble({ kind: "earlier", ticket: earlier });
    } else if (error.code === "invalid" && field in NAMES) {
      setTold({ [NAMES[field]!]: { rule: "refused", said: error.said } });
      setTrouble({ kind: "faults" });
    } else if (error.code === "offline" || error.code === "unavailable") {
      setTrouble({ kind: "unsure" });
    } else {
      setTrouble({ kind: "refused", said: error.said || (error.code === "unauthorised" ? t().signIn.expired : sentence({ code: error.code })) });
    }
  };

  const found = check(draft, sources);
  return {
    draft,
    dirty: JSON.stringify(draft) !== JSON.stringify(fresh),
    restored,
    busy,
    trouble,
    faults: { ...Object.fromEntries(Object.entries(found).filter(([path]) => touched === "all" || touched.has(path))), ...told },
    set: (patch) => {
      const before = now.current.draft ?? fresh;
      const after = typeof patch === "function" ? patch(before) : { ...before, ...patch };
      setTold({});
      hold({ ...now.current, draft: after });
    },
    touch: (path) => {
      if (path) setTouched((before) => (before === "all" || before.has(path) ? before : new Set([...before, path])));
    },
    submit: send,
    another: () => {
      drop(key);
      hold({ ...keptForm(key), draft: now.current.draft });
      return send();
    },
    startAnew: () => {
      // What is written now is none of a ticket that is there already.
      if (now.current.earlier) drop(key);
      hold({ ...(now.current.earlier ? keptForm(key) : now.current), draft: null });
      setRestored(false);
      setTouched(new Set());
      setTold({});
      setTrouble(null);
    },
    leave: () => drop(key),
  };
}

/** The fields of what is sent, as the form calls them. */
const NAMES: Readonly<Record<string, string>> = {
  name: "name",
  email: "email",
  topic: "topic",
  subject_line: "subject_line",
  text: "text",
};
