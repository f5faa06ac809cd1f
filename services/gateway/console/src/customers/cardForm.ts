/**
 * Editing a card: saved as a whole under the version that was read. What was typed survives a refusal, somebody else's
 * change, a server that does not answer, and leaving the card for another page; only saving, cancelling, a reload or
 * signing out ends it.
 */
import type { Customer, CustomerConflict, FieldDefinition, NamedRef } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { dropForm, keepForm, keptForm, type Kept } from "../admin/kept.ts";
import { words } from "../i18n/customers.ts";
import { ApiError, get, put as send } from "../lib/api.ts";
import { fields as known, keepCustomer, loadFields } from "../state/customers.ts";
import { toast } from "../state/toasts.ts";
import { checkCard, sameAddress, type CardFaults } from "./check.ts";
import { bodyOf, changedParts, draftOf, mergeCards, openClashes, partOf, tidy, withPart, type CardDraft, type Part } from "./draft.ts";

export type Trouble =
  | { kind: "kept" | "faults" | "fields" | "clashes" }
  | { kind: "merged"; theirs: readonly Part[] }
  | { kind: "refused"; said: string }
  | { kind: "fault"; code: ApiError["code"] };

export interface CardForm {
  base: CardDraft;
  draft: CardDraft;
  dirty: boolean;
  busy: boolean;
  trouble: Trouble | null;
  /** What to show beside the fields now. */
  faults: CardFaults;
  /** Where somebody else has written something different: what, until this person has chosen. */
  clashes: Readonly<Record<Part, string>>;
  set: (patch: Partial<CardDraft>) => void;
  setPart: (part: Part, text: string) => void;
  touch: (path: string) => void;
  takeTheirs: (part: Part) => void;
  keepMine: (part: Part) => void;
  /** `halfDates`: the paths of dates of which only a part is typed, which only the browser knows. */
  submit: (halfDates?: readonly string[]) => Promise<void>;
  discard: () => void;
}

interface Options {
  /** Under which what is typed is kept. */
  key: string;
  fresh: CardDraft;
  /** Null while the list of fields is not known. */
  fields: readonly FieldDefinition[] | null;
  /** It was saved, or there was nothing to save (null). */
  onDone: (saved: Customer | null) => void;
}

interface State extends Kept<CardDraft> {
  clashes: Record<Part, string>;
}

export const cardKey = (id: string): string => `customer ${id}`;

export function useCardForm({ key, fresh, fields, onDone }: Options): CardForm {
  const [state, setState] = useState<State>(() => restored(key, fresh));
  const { base, draft, clashes } = state;
  const [trouble, setTrouble] = useState<Trouble | null>(() => (differs(state) ? { kind: "kept" } : null));
  const [busy, setBusy] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string> | "all">(new Set<string>());
  const [told, setTold] = useState<CardFaults>({});
  /** What stands in the fields now, for answers that come later. */
  const now = useRef(state);
  /** Known at once, so that a second press in the same moment asks for nothing. */
  const running = useRef(false);
  const dirty = differs(state);
  const faults = checkCard(draft, base, fields);

  const put = (next: State): void => {
    now.current = next;
    setState(next);
    if (differs(next)) keepForm<CardDraft>(key, next);
    else dropForm(key);
  };
  const change = (next: CardDraft): void => put({ ...now.current, draft: next });

  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);

  const done = (saved: Customer): void => {
    keepCustomer(saved);
    toast({ tone: "good", text: words().card.saved });
    onDone(saved);
  };

  const overtaken = async (sent: CardDraft, conflict: Partial<CustomerConflict> | null): Promise<void> => {
    const taken = conflict?.taken ?? [];
    if (taken.length > 0) {
      setTold(takenFaults(sent.emails, taken));
      setTrouble({ kind: "faults" });
      return;
    }
    const present = conflict?.present ?? (await get<Customer>(`/api/customers/${sent.id}`));
    keepCustomer(present);
    const newer = draftOf(present);
    const merged = mergeCards(now.current.base, now.current.draft, newer);
    put({ base: newer, draft: merged.draft, clashes: openClashes(now.current.clashes, merged, newer) });
    if (changedParts(newer, merged.draft).length === 0) return done(present);
    setTrouble({ kind: "merged", theirs: merged.theirs });
  };

  const fail = async (error: unknown, sent: CardDraft): Promise<void> => {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "conflict") return overtaken(sent, error.body as Partial<CustomerConflict> | null);
    if (error.code !== "invalid") return setTrouble({ kind: "fault", code: error.code });
    const path = error.field ?? "";
    if (path.startsWith("values.")) {
      await loadFields();
      if (!known.peek()?.some(({ id }) => path === `values.${id}`)) return setTrouble({ kind: "fields" });
    }
    setTold({ [path]: { rule: "refused", said: error.said } });
    setTrouble(shownPath(path) ? { kind: "faults" } : { kind: "refused", said: error.said });
  };

  const submit = async (halfDates: readonly string[] = []): Promise<void> => {
    if (running.current) return;
    // Saved now, it would overwrite the other's word without anybody having said so.
    if (Object.keys(now.current.clashes).length > 0) return setTrouble({ kind: "clashes" });
    const sent = tidy(now.current.draft, fields);
    change(sent);
    setTouched("all");
    const half: CardFaults = Object.fromEntries(halfDates.map((path) => [path, { rule: "date" as const }]));
    setTold(half);
    if (Object.keys({ ...checkCard(sent, now.current.base, fields), ...half }).length > 0)
      return setTrouble({ kind: "faults" });
    if (sent.version > 0 && changedParts(now.current.base, sent).length === 0) return onDone(null);
    running.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      const saved = await send<Customer>(`/api/customers/${sent.id}`, bodyOf(sent, fields));
      const after = draftOf(saved);
      const left = mergeCards(sent, now.current.draft, after).draft;
      put({ base: after, draft: left, clashes: {} });
      // What was typed while it was being saved is not: the form stays for it.
      if (changedParts(after, left).length === 0) done(saved);
      else keepCustomer(saved);
    } catch (error) {
      await fail(error, sent).catch((again: unknown) =>
        setTrouble({ kind: "fault", code: again instanceof ApiError ? again.code : "unavailable" }),
      );
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  return {
    base,
    draft,
    dirty,
    busy,
    trouble,
    faults: {
      ...Object.fromEntries(Object.entries(faults).filter(([path]) => touched === "all" || touched.has(path))),
      ...told,
    },
    clashes,
    set: (patch) => {
      setTold((before) => without(before, Object.keys(patch)));
      change({ ...now.current.draft, ...patch });
    },
    setPart: (part, text) => {
      setTold((before) => without(before, [part]));
      change(withPart(now.current.draft, part, text));
    },
    touch: (path) => {
      if (path) setTouched((before) => (before === "all" || before.has(path) ? before : new Set([...before, path])));
    },
    takeTheirs: (part) =>
      put({
        ...now.current,
        draft: withPart(now.current.draft, part, partOf(now.current.base, part)),
        clashes: dropped(now.current.clashes, part),
      }),
    keepMine: (part) => put({ ...now.current, clashes: dropped(now.current.clashes, part) }),
    submit,
    discard: () => {
      dropForm(key);
      onDone(null);
    },
  };
}

/** Whether something typed would be lost; lines and blanks that say nothing would not. */
const differs = ({ base, draft }: Kept<CardDraft>): boolean => changedParts(base, tidy(draft, known.peek())).length > 0;

function restored(key: string, fresh: CardDraft): State {
  const before = keptForm<CardDraft>(key) as State | undefined;
  if (!before) return { base: fresh, draft: fresh, clashes: {} };
  // Of a card that is only being made nothing newer was read: what it was begun with is nobody else's word.
  if (fresh.version === 0) return before;
  const merged = mergeCards(before.base, before.draft, fresh);
  return { base: fresh, draft: merged.draft, clashes: openClashes(before.clashes, merged, fresh) };
}

const dropped = (clashes: Record<Part, string>, part: Part): Record<Part, string> =>
  Object.fromEntries(Object.entries(clashes).filter(([one]) => one !== part));

/** A fault that the server told stands until its field is changed. */
const without = (faults: CardFaults, parts: readonly string[]): CardFaults =>
  Object.fromEntries(
    Object.entries(faults).filter(([path]) => !parts.some((part) => path === part || path.startsWith(`${part}.`))),
  );

export function takenFaults(
  emails: readonly string[],
  taken: readonly { email: string; customer: NamedRef | null }[],
): CardFaults {
  return Object.fromEntries(
    taken.map(({ email, customer }) => {
      const at = emails.findIndex((one) => sameAddress(one, email));
      return [`emails.${Math.max(at, 0)}`, { rule: "taken" as const, customer }];
    }),
  );
}

const shownPath = (path: string): boolean => /^(?:name|company|note|values\..+|(?:emails|phones)\.\d+)$/u.test(path);
