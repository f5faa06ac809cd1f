/** The agent's status as the server has it, its change, and how many conversations they carry. */
import type { AgentStatus, Desk } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { announce } from "../state/announce.ts";
import { ask, desk, pending } from "../state/live.ts";
import { finishTold } from "../state/missed.ts";
import { Skeleton, Spinner } from "../ui/parts.tsx";

export function statusText({ status }: Pick<Desk, "status">): string {
  return t().status[status];
}

/** Asks for a status; true when it was set. */
export async function setStatus(status: AgentStatus, reason = ""): Promise<boolean> {
  finishTold();
  const done = await ask({ do: "status", status, ...(reason && { reason }) });
  if (done) announce(t().status.changed(t().status[status]));
  return done;
}

export function StatusSwitch({ onDone }: { onDone?: () => void }) {
  // The reason is asked for while this is the status, or the break that was begun: null where it is not asked for.
  const [asked, setAsked] = useState<string | null>(null);
  const now = desk.value;
  const words = t().status;
  const onBreak = now?.status === "break" && now.status_cause === "chosen";
  const current = now && `${now.status} ${now.status_cause}`;
  useEffect(() => setAsked((before) => (before && (onBreak || before === current) ? current : null)), [current]);
  if (!now) return <Skeleton lines={3} />;
  // The newest wish decides where the spinner is; the pressed button stays what the server says.
  const wish = pending.value.findLast((one) => one.action.do === "status")?.action;
  const wished = wish?.do === "status" ? wish.status : null;
  // The break begins with the click, so that nothing is offered while its reason is being thought of.
  const takeBreak = (): void => {
    setAsked(asked ? null : current);
    if (asked || (wished ? wished === "break" : onBreak)) return;
    void setStatus("break").then((done) => done || setAsked(null));
  };
  const asking = asked !== null && (onBreak || asked === current);
  const choose = (status: AgentStatus): void => {
    if (status === "break") return takeBreak();
    setAsked(null);
    if (status !== now.status || wished) void setStatus(status).then(() => onDone?.());
  };
  return (
    <section class="status" aria-label={words.label}>
      <div class="status__options" role="group" aria-label={words.label}>
        {(["available", "break", "offline"] as const).map((status) => (
          <button
            key={status}
            type="button"
            class="status__option"
            aria-pressed={now.status === status}
            aria-expanded={status === "break" ? asking : undefined}
            onClick={() => choose(status)}
          >
            <span class={`status-dot status-dot--${status}`} />
            <span>{words[status]}</span>
            {wished === status && <Spinner />}
          </button>
        ))}
      </div>
      {now.status !== "available" && reasonOf(now) && !asking && <p class="status__reason">{reasonOf(now)}</p>}
      {asking && (
        <BreakForm
          before={onBreak ? now.status_reason : ""}
          onReason={(reason) => {
            setAsked(null);
            if (onBreak && reason === now.status_reason) return onDone?.();
            void setStatus("break", reason).then(() => onDone?.());
          }}
        />
      )}
      <Load load={now.load} capacity={now.capacity} />
      {now.missed_count > 0 && (
        <p class="status__missed" data-testid="missed-count">
          {t().team.away.count(now.missed_count)}
        </p>
      )}
    </section>
  );
}

/** Why the status is as it is: in the agent's words, or what set it for them. */
function reasonOf({ status_cause, status_reason }: Desk): string {
  return status_cause === "chosen" ? status_reason : t().team.away.reason[status_cause];
}

function BreakForm({ before, onReason }: { before: string; onReason: (reason: string) => void }) {
  const words = t().status;
  const input = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState(before);
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      class="break"
      onSubmit={(event) => {
        event.preventDefault();
        onReason(reason.trim());
      }}
    >
      <label class="break__label" for="break-reason">
        {words.reasonTitle}
      </label>
      <input
        ref={input}
        id="break-reason"
        class="input input--small"
        maxLength={120}
        value={reason}
        aria-describedby="break-hint"
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <span class="break__hint" id="break-hint">
        {words.reasonHint}
      </span>
      <div class="break__chips">
        {words.reasons.map((one) => (
          <button key={one} type="button" class="chip" aria-pressed={reason === one} onClick={() => setReason(one)}>
            {one}
          </button>
        ))}
      </div>
      <button type="submit" class="button button--primary button--small button--wide">
        {words.keepReason}
      </button>
    </form>
  );
}

function Load({ load, capacity }: { load: number; capacity: number }) {
  const words = t().status;
  return (
    <div class="load">
      <div
        class="load__bar"
        role="meter"
        aria-label={words.loadLabel}
        aria-valuemin={0}
        aria-valuemax={capacity}
        aria-valuenow={Math.min(load, capacity)}
        aria-valuetext={words.load(load, capacity)}
      >
        {Array.from({ length: Math.max(capacity, load) }, (_, index) => (
          <span key={index} class={index < load ? "is-full" : ""} />
        ))}
      </div>
      <span class="load__text">{words.load(load, capacity)}</span>
    </div>
  );
}
