/** What holds for all topics and all agents. */
import type { RoutingSettings } from "@dymek/wire";
import { words } from "../i18n/admin.ts";
import { put } from "../lib/api.ts";
import { checkRouting } from "./checks.ts";
import { CheckField, NumberField } from "./fields.tsx";
import { useForm } from "./form.ts";
import { FormFrame, Group } from "./FormFrame.tsx";
import { useLoaded } from "./loaded.ts";
import { Reading } from "./Reading.tsx";
import { readRouting, ROUTING } from "./reads.ts";

export function RoutingPage() {
  const said = words().routing;
  const [loaded, again] = useLoaded(readRouting, "routing");
  return (
    <section aria-labelledby="admin-routing">
      <div class="admin__title">
        <div>
          <h2 id="admin-routing">{said.title}</h2>
          <p class="page__lead">{said.lead}</p>
        </div>
      </div>
      <Reading loaded={loaded} again={again}>
        {(routing) => <RoutingForm routing={routing} />}
      </Reading>
    </section>
  );
}

export function RoutingForm({ routing }: { routing: RoutingSettings }) {
  const said = words().routing;
  const { seconds, chats } = words().units;
  const form = useForm<RoutingSettings>({
    key: "routing",
    fresh: routing,
    check: checkRouting,
    save: (draft) => put<RoutingSettings>(ROUTING, draft),
    reload: readRouting,
  });
  const { draft, set } = form;
  return (
    <FormFrame form={form} label={said.title} nameOf={(name) => String(said[name as keyof typeof said] ?? name)}>
      <Group title={said.agents} lead={said.agentsLead}>
        <NumberField
          path="default_capacity"
          label={said.default_capacity}
          hint={said.default_capacityHint}
          unit={chats(draft.default_capacity)}
          value={draft.default_capacity}
          onChange={(default_capacity) => set({ default_capacity })}
        />
        <CheckField
          path="break_after_missed"
          label={said.break_after_missed}
          value={draft.break_after_missed}
          onChange={(break_after_missed) => set({ break_after_missed })}
        />
      </Group>
      <Group title={said.lost} lead={said.lostLead}>
        <NumberField
          path="offers_lost_seconds"
          label={said.offers_lost_seconds}
          unit={seconds}
          value={draft.offers_lost_seconds}
          onChange={(offers_lost_seconds) => set({ offers_lost_seconds })}
        />
        <NumberField
          path="conversations_lost_seconds"
          label={said.conversations_lost_seconds}
          hint={said.conversations_lost_secondsHint}
          unit={seconds}
          value={draft.conversations_lost_seconds}
          onChange={(conversations_lost_seconds) => set({ conversations_lost_seconds })}
        />
      </Group>
    </FormFrame>
  );
}
