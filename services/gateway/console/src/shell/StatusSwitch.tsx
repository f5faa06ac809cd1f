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

export async function setStatus(status: AgentStatus, reason = ""): Promise<void> {
  finishTold();
  if (await ask({ do: "status", status, ...(reason && { reason }) })) announce(t().status.changed(t().status[status]));
}

export function StatusSwitch({ onDone }: { onDone?: () => void }) {
  const [asking, setAsking] = useState(false);
  const now = desk.value;
  const words = t().status;
  if (!now) return <Skeleton lines={3} />;
  // The newest wish decides where the spinner is; the pressed button stays what the server says.
  const wish = pending.value.findLast((one) => one.action.do === "status")?.action;
  const wished = wish?.do === "status" ? wish.status : null;
  const choose = (status: AgentStatus): void => {
    setAsking(status === "break" && !asking);
    if (status === "break" || (status === now.status && !wished)) return;
    void setStatus(status).then(onDone);
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
          onStart={(reason) => {
            setAsking(false);
            void setStatus("break", reason).then(onDone);
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

function BreakForm({ onStart }: { onStart: (reason: string) => void }) {
  const words = t().status;
  const input = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState("");
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      class="break"
      onSubmit={(event) => {
        event.preventDefault();
        onStart(reason.trim());
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
        {words.start}
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
