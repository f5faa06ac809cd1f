/**
 * A form for something that is saved as a whole with its version: what is typed survives a refusal, somebody else's
 * change, the time that saving takes, leaving the page for a chat, and a session that runs out. Only a reload of the
 * page or signing out forgets it.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { words } from "../i18n/admin.ts";
import { ApiError } from "../lib/api.ts";
import { announce } from "../state/announce.ts";
import { toast } from "../state/toasts.ts";
import type { Fault, Faults } from "./checks.ts";
import { dropForm, keepForm, keptForm, type Kept } from "./kept.ts";
import { changed, merge as mergeByName, type Merged } from "./merge.ts";

export type Trouble =
  | { kind: "kept" | "conflict" | "merged"; clashes: string[] }
  | { kind: "faults" }
  | { kind: "refused"; said: string }
  | { kind: "fault"; code: ApiError["code"] };

export interface Form<T> {
  draft: T;
  base: T;
  dirty: boolean;
  busy: boolean;
  trouble: Trouble | null;
  /** What to show beside the fields now. */
  faults: Faults;
  set: (patch: Partial<T>) => void;
  touch: (path: string) => void;
  submit: () => Promise<boolean>;
  loadNewer: () => Promise<void>;
  discard: () => void;
}

interface Options<T> {
  /** Under which the draft is kept. */
  key: string;
  fresh: T;
  check: (draft: T) => Faults;
  /** The draft as it is sent and compared. */
  tidy?: (draft: T) => T;
  save: (draft: T) => Promise<T>;
  /** What a field that the server refuses is told, where this form has words of its own for it. */
  explain?: (field: string) => Fault | null;
  /** What becomes of a draft when somebody else saved meanwhile, where the names of its parts do not tell. */
  merge?: (base: T, draft: T, newer: T) => Merged<T>;
  reload: () => Promise<T>;
}

export function useForm<T extends object>({
  key,
  fresh,
  check,
  tidy = (draft) => draft,
  save,
  explain,
  merge = mergeByName,
  reload,
}: Options<T>): Form<T> {
  const [{ base, draft }, setState] = useState<Kept<T>>(() => restored(key, fresh, merge));
  const [trouble, setTrouble] = useState<Trouble | null>(() =>
    changed(base, draft).length ? { kind: "kept", clashes: [] } : null,
  );
  const [busy, setBusy] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string> | "all">(new Set<string>());
  const [told, setTold] = useState<{ path: string; fault: Fault } | null>(null);
  /** What stands in the fields now, for answers that come later. */
  const now = useRef<Kept<T>>({ base, draft });
  const dirty = changed(base, draft).length > 0;
  const faults = check(draft);

  const put = (next: Kept<T>): void => {
    now.current = next;
    setState(next);
    if (changed(next.base, next.draft).length) keepForm(key, next);
    else dropForm(key);
  };

  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);

  const fail = (error: unknown): void => {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "conflict") {
      setTrouble({ kind: "conflict", clashes: [] });
    } else if (error.code === "invalid") {
      const fault = explain?.(error.field ?? "") ?? ruleOf(error.field ?? "", error.said);
      setTold({ path: error.field ?? "", fault });
      setTrouble(fault.rule === "refused" ? { kind: "refused", said: error.said } : { kind: "faults" });
    } else {
      setTrouble({ kind: "fault", code: error.code });
    }
  };

  const submit = async (): Promise<boolean> => {
    if (busy || !dirty) return false;
    const sent = tidy(draft);
    const wrong = check(sent);
    setTouched("all");
    setTold(null);
    put({ base, draft: sent });
    if (Object.keys(wrong).length) {
      setTrouble({ kind: "faults" });
      return false;
    }
    setBusy(true);
    setTrouble(null);
    try {
      const saved = await save(sent);
      put({ base: saved, draft: merge(sent, now.current.draft, saved).draft });
      setTouched(new Set());
      toast({ tone: "good", text: words().form.saved });
      return true;
    } catch (error) {
      fail(error);
      return false;
    } finally {
      setBusy(false);
    }
  };

  const loadNewer = async (): Promise<void> => {
    setBusy(true);
    try {
      const newer = await reload();
      const merged = merge(now.current.base, now.current.draft, newer);
      put({ base: newer, draft: merged.draft });
      setTrouble({ kind: "merged", clashes: merged.clashes as string[] });
      announce(words().form.merged);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };

  return {
    draft,
    base,
    dirty,
    busy,
    trouble,
    faults: {
      ...Object.fromEntries(Object.entries(faults).filter(([path]) => touched === "all" || touched.has(path))),
      ...(told ? { [told.path]: told.fault } : {}),
    },
    set: (patch) => {
      if (told && Object.keys(patch).some((name) => told.path.split(".")[0] === name)) setTold(null);
      put({ ...now.current, draft: { ...now.current.draft, ...patch } });
    },
    touch: (path) => {
      if (path) setTouched((before) => (before === "all" || before.has(path) ? before : new Set([...before, path])));
    },
    submit,
    loadNewer,
    discard: () => {
      put({ base, draft: base });
      setTrouble(null);
      setTold(null);
      setTouched(new Set());
    },
  };
}

function restored<T extends object>(key: string, fresh: T, merge: typeof mergeByName<T>): Kept<T> {
  const before = keptForm<T>(key);
  // Of what is only being made nothing newer was read, and the id that it was sent under stays its own.
  if (before && "version" in fresh && fresh.version === 0) return before;
  return before ? { base: fresh, draft: merge(before.base, before.draft, fresh).draft } : { base: fresh, draft: fresh };
}

function ruleOf(path: string, said: string): Fault {
  if (path === "email") return { rule: "taken" };
  if (path === "role") return { rule: "lastAdministrator" };
  return { rule: "refused", said };
}

/** The sentence of a trouble that no field explains. */
export function sentenceOf(code: ApiError["code"]): string {
  if (code === "unknown") return words().form.gone;
  if (code === "not_allowed") return words().form.forbidden;
  return t().serviceFault;
}
