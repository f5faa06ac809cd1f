/** Every parameter of one topic. */
import type { TopicSettings } from "@dymek/wire";
import { words } from "../i18n/admin.ts";
import { put } from "../lib/api.ts";
import { paths } from "../lib/route.ts";
import { BackIcon } from "../ui/icons.tsx";
import { checkTopic, TEXTS } from "./checks.ts";
import { CheckField, NumberField, RadioField, SelectField, TextField } from "./fields.tsx";
import { useForm } from "./form.ts";
import { FormFrame, Group } from "./FormFrame.tsx";
import { inOrder } from "./hours.ts";
import { HoursFields } from "./HoursFields.tsx";
import { LocalisedField } from "./LocalisedField.tsx";
import { useLoaded } from "./loaded.ts";
import { Missing, Reading } from "./Reading.tsx";
import { readTopic, readTopics, TOPICS } from "./reads.ts";

export function TopicPage({ id }: { id: string }) {
  const [loaded, again] = useLoaded(readTopics, id);
  return (
    <>
      <a class="crumb" href={paths.settings("topics")}>
        <BackIcon size={18} />
        {words().topics.back}
      </a>
      <Reading loaded={loaded} again={again}>
        {(topics) => {
          const topic = topics.find((one) => one.id === id);
          return topic ? <TopicForm topic={topic} /> : <Missing />;
        }}
      </Reading>
    </>
  );
}

const pairs = <T extends string>(names: Record<T, string>): (readonly [T, string])[] =>
  Object.entries(names) as [T, string][];

export function TopicForm({ topic }: { topic: TopicSettings }) {
  const said = words().topic;
  const seconds = words().units.seconds;
  const form = useForm<TopicSettings>({
    key: `topic ${topic.id}`,
    fresh: topic,
    check: checkTopic,
    tidy: (draft) => ({ ...draft, name: draft.name.trim(), hours: inOrder(draft.hours) }),
    save: (draft) => put<TopicSettings>(`${TOPICS}/${draft.id}`, draft),
    reload: () => readTopic(topic.id),
  });
  const { draft, set } = form;
  return (
    <>
      <h2 class="admin__what">{form.base.name}</h2>
      <FormFrame form={form} label={form.base.name} nameOf={(name) => String(said[name as keyof typeof said] ?? name)}>
        <Group title={said.basics} lead={said.basicsLead}>
          <TextField path="name" label={said.name} value={draft.name} onChange={(name) => set({ name })} />
        </Group>
        <Group title={said.routing} lead={said.routingLead}>
          <NumberField
            path="offer_seconds"
            label={said.offer_seconds}
            hint={said.offer_secondsHint}
            unit={seconds}
            value={draft.offer_seconds}
            onChange={(offer_seconds) => set({ offer_seconds })}
          />
          <NumberField
            path="first_answer_seconds"
            label={said.first_answer_seconds}
            hint={said.first_answer_secondsHint}
            unit={seconds}
            value={draft.first_answer_seconds}
            onChange={(first_answer_seconds) => set({ first_answer_seconds })}
          />
          <SelectField
            path="choice"
            label={said.choice}
            value={draft.choice}
            options={pairs(said.choices)}
            onChange={(choice) => set({ choice })}
          />
          <CheckField
            path="returning_first"
            label={said.returning_first}
            value={draft.returning_first}
            onChange={(returning_first) => set({ returning_first })}
          />
        </Group>
        <Group title={said.inactivity} lead={said.inactivityLead}>
          <NumberField
            path="inactivity_seconds"
            label={said.inactivity_seconds}
            unit={seconds}
            value={draft.inactivity_seconds}
            onChange={(inactivity_seconds) => set({ inactivity_seconds })}
          />
          <NumberField
            path="inactivity_warning_seconds"
            label={said.inactivity_warning_seconds}
            hint={said.inactivity_warning_secondsHint}
            unit={seconds}
            value={draft.inactivity_warning_seconds}
            onChange={(inactivity_warning_seconds) => set({ inactivity_warning_seconds })}
          />
          <RadioField
            name="inactivity_from"
            label={said.inactivity_from}
            value={draft.inactivity_from}
            options={pairs(said.inactivityFroms)}
            onChange={(inactivity_from) => set({ inactivity_from })}
          />
        </Group>
        <HoursFields hours={draft.hours} onChange={(hours) => set({ hours })} />
        <Group title={said.texts} lead={said.textsLead}>
          <SelectField
            path="welcome"
            label={said.welcome}
            value={draft.welcome}
            options={pairs(said.welcomes)}
            onChange={(welcome) => set({ welcome })}
          />
          {TEXTS.map((name) => (
            <LocalisedField
              key={name}
              path={name}
              label={said[name]}
              value={draft[name]}
              onChange={(text) => set({ [name]: text })}
            />
          ))}
        </Group>
        <Group title={said.tickets} lead={said.ticketsLead}>
          <TextField
            path="ticket_subject"
            label={said.ticket_subject}
            hint={said.ticket_subjectHint}
            value={draft.ticket_subject}
            onChange={(ticket_subject) => set({ ticket_subject })}
          />
        </Group>
      </FormFrame>
    </>
  );
}
