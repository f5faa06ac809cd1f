/**
 * To whom the conversation goes: an agent of its topic, who is asked, or another topic, in whose queue it waits.
 * Both lists are read when they are opened; only those who have room can be chosen, and the others say why not.
 */
import type { Colleague, Colleagues, Header, Me, Refusal, TopicView } from "@dymek/wire";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { sentence, t } from "../i18n/index.ts";
import { get } from "../lib/api.ts";
import { announce } from "../state/announce.ts";
import { attempt } from "../state/live.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Avatar, Skeleton, Spinner } from "../ui/parts.tsx";

type To = "agent" | "topic";

interface Choice {
  id: string;
  name: string;
  /** Why it cannot be chosen, or what to know of it. */
  note: ComponentChildren;
  open: boolean;
  avatar?: ComponentChildren;
}

export function HandOver({ header, me, to, onClose }: { header: Header; me: Me; to: To; onClose: () => void }) {
  const words = t().team.handOver;
  const [side, setSide] = useState<To>(to);
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div class="segments segments--wide" role="group" aria-label={words.title}>
        {(["agent", "topic"] as const).map((one) => (
          <button
            key={one}
            type="button"
            class="segments__item"
            aria-pressed={side === one}
            onClick={() => setSide(one)}
          >
            {one === "agent" ? words.toAgent : words.toTopic}
          </button>
        ))}
      </div>
      {side === "agent" ? (
        <ToAgent header={header} me={me} onClose={onClose} />
      ) : (
        <ToTopic header={header} onClose={onClose} />
      )}
    </Dialog>
  );
}

function ToAgent({ header, me, onClose }: { header: Header; me: Me; onClose: () => void }) {
  const words = t().team.handOver;
  const id = header.conversation_id;
  const leads = header.owner?.id === me.agent_id;
  const lead = leads
    ? words.agentLead
    : header.owner
      ? words.agentLeadOther(header.owner.name)
      : words.agentLeadWaiting;
  return (
    <Picker
      path={`/api/conversations/${id}/colleagues`}
      read={(answer: Colleagues) =>
        // Whoever opens the list and leads knows that; of others it is worth saying.
        answer.agents
          .filter(({ agent }) => !leads || agent.id !== me.agent_id)
          .map((one) => agentChoice(one, header))
          .sort((a, b) => Number(b.open) - Number(a.open))
      }
      lead={lead}
      warning={header.offer ? words.replaces(header.offer.agent.name) : ""}
      legend={words.agents}
      empty={words.nobody}
      confirm={words.offer}
      choose={(chosen) => attempt({ do: "choose", agent_id: chosen.id }, id)}
      done={(chosen) => words.asked(chosen.name)}
      onClose={onClose}
    />
  );
}

function agentChoice({ agent, status, connected, load, capacity, has_room }: Colleague, header: Header): Choice {
  const words = t().team.handOver;
  const owner = header.owner?.id === agent.id;
  const inside = header.participants.some(({ id }) => id === agent.id);
  // Whoever is in it already carries it: becoming its owner needs no room.
  const open = !owner && (has_room || (inside && connected && status === "available"));
  const state = connected ? t().status[status] : t().team.board.away;
  const why = owner ? words.owner : inside ? words.inside : status === "available" && !has_room ? words.full : "";
  return {
    id: agent.id,
    name: agent.name,
    open,
    avatar: <Avatar name={agent.name} size="sm" />,
    note: (
      <>
        <span class={`status-dot status-dot--${connected ? status : "offline"}`} aria-hidden="true" />
        {[state, words.load(load, capacity), why].filter(Boolean).join(" · ")}
      </>
    ),
  };
}

function ToTopic({ header, onClose }: { header: Header; onClose: () => void }) {
  const words = t().team.handOver;
  return (
    <Picker
      path="/api/topics"
      read={(answer: { topics: TopicView[] }) =>
        answer.topics
          .filter(({ id }) => id !== header.topic?.id)
          .map(({ id, name, open, staffed }) => ({
            id,
            name,
            open,
            note: open ? (staffed ? "" : words.unstaffed) : words.closed,
          }))
      }
      lead={words.topicLead}
      warning={header.offer ? words.replaces(header.offer.agent.name) : ""}
      legend={words.topics}
      empty={words.noTopics}
      confirm={words.move}
      choose={(chosen) => attempt({ do: "move", topic_id: chosen.id }, header.conversation_id)}
      done={(chosen) => words.moved(chosen.name)}
      onClose={onClose}
    />
  );
}

interface PickerProps<T> {
  path: string;
  read: (answer: T) => Choice[];
  lead: string;
  warning: string;
  legend: string;
  empty: string;
  confirm: string;
  choose: (choice: Choice) => Promise<Refusal | null>;
  done: (choice: Choice) => string;
  onClose: () => void;
}

/** A list read fresh, one to be chosen; after a refusal it is read again, as it was not what it seemed. */
function Picker<T>({ path, read, lead, warning, legend, empty, confirm, choose, done, onClose }: PickerProps<T>) {
  const name = useId();
  const [answer, setAnswer] = useState<T | "fault" | null>(null);
  const [reading, setReading] = useState(0);
  const [chosen, setChosen] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    get<T>(path, stop.signal).then(setAnswer, () => stop.signal.aborted || setAnswer("fault"));
    return () => stop.abort();
  }, [path, reading]);
  const again = (): void => setReading((before) => before + 1);
  const choices = answer !== null && answer !== "fault" ? read(answer) : [];
  const choice = choices.find(({ id, open }) => open && id === chosen);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!choice) return;
    setBusy(true);
    const refused = await choose(choice);
    setBusy(false);
    setRefusal(refused);
    if (refused) return again();
    announce(done(choice)); // the eye sees it in the conversation
    onClose();
  };
  return (
    <form class="picker" onSubmit={(event) => void submit(event)}>
      <p class="dialog__text">{lead}</p>
      {warning && <p class="note note--info">{warning}</p>}
      {answer === null && <Skeleton lines={3} />}
      {answer === "fault" && (
        <p class="note note--danger" role="alert">
          <span class="picker__fault">{t().team.handOver.fault}</span>
          <button type="button" class="link-button" onClick={again}>
            {t().retry}
          </button>
        </p>
      )}
      {answer !== null && answer !== "fault" && choices.length === 0 && <p class="picker__empty">{empty}</p>}
      {choices.length > 0 && (
        <fieldset class="picker__list">
          <legend class="sr">{legend}</legend>
          {choices.map((one) => (
            <label key={one.id} class="picker__choice" data-open={one.open} data-testid="choice">
              <input
                type="radio"
                name={name}
                value={one.id}
                checked={choice?.id === one.id}
                disabled={!one.open || busy}
                onChange={() => setChosen(one.id)}
              />
              {one.avatar}
              <span class="picker__words">
                <span class="picker__name">{one.name}</span>
                {one.note && <span class="picker__note">{one.note}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {refusal && (
        <p class="note note--danger" role="alert">
          {refusal.code === "outside_hours" ? t().team.handOver.closedMeanwhile : sentence(refusal)}
        </p>
      )}
      <div class="dialog__actions">
        <button type="button" class="button" onClick={onClose}>
          {t().cancel}
        </button>
        <button type="submit" class="button button--primary" disabled={!choice || busy}>
          {busy && <Spinner />}
          {confirm}
        </button>
      </div>
    </form>
  );
}
