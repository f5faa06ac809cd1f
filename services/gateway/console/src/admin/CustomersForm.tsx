/** What administrators set for customers: whether cards come about by themselves, and the custom fields of every card. */
import type { CustomerSettings, FieldDefinitions } from "@dymek/wire";
import { words } from "../i18n/customers.ts";
import { get, put } from "../lib/api.ts";
import { fields as shownFields } from "../state/customers.ts";
import { checkFields, mergeFields, tidyFields } from "./customerFields.ts";
import { FieldList } from "./FieldList.tsx";
import { CheckField } from "./fields.tsx";
import { useForm } from "./form.ts";
import { FormFrame, Group } from "./FormFrame.tsx";
import { useLoaded } from "./loaded.ts";
import { Reading } from "./Reading.tsx";

const SETTINGS = "/api/admin/customer-settings";
const FIELDS = "/api/customer-fields";

const readSettings = (signal?: AbortSignal): Promise<CustomerSettings> => get<CustomerSettings>(SETTINGS, signal);
const readFields = (signal?: AbortSignal): Promise<FieldDefinitions> => get<FieldDefinitions>(FIELDS, signal);

interface Both {
  settings: CustomerSettings;
  fields: FieldDefinitions;
}

async function readBoth(signal: AbortSignal): Promise<Both> {
  const [settings, fields] = await Promise.all([readSettings(signal), readFields(signal)]);
  return { settings, fields };
}

export function CustomersSection() {
  const said = words().admin;
  const [loaded, again] = useLoaded(readBoth, "customers");
  return (
    <section aria-labelledby="admin-customers">
      <div class="admin__title">
        <div>
          <h2 id="admin-customers">{said.title}</h2>
          <p class="page__lead">{said.lead}</p>
        </div>
      </div>
      <Reading loaded={loaded} again={again}>
        {({ settings, fields }) => (
          <div class="admin__forms">
            <CreationForm settings={settings} />
            <FieldsForm list={fields} />
          </div>
        )}
      </Reading>
    </section>
  );
}

export function CreationForm({ settings }: { settings: CustomerSettings }) {
  const said = words().admin;
  const form = useForm<CustomerSettings>({
    key: "customer settings",
    fresh: settings,
    check: () => ({}),
    save: (draft) => put<CustomerSettings>(SETTINGS, draft),
    reload: readSettings,
  });
  return (
    <FormFrame form={form} label={said.settingsForm} nameOf={() => said.create_automatically}>
      <Group title={said.creating} lead={said.creatingLead}>
        <CheckField
          path="create_automatically"
          label={said.create_automatically}
          value={form.draft.create_automatically}
          onChange={(create_automatically) => form.set({ create_automatically })}
        />
        <p class="field__hint">{said.create_automaticallyHint}</p>
      </Group>
    </FormFrame>
  );
}

export function FieldsForm({ list }: { list: FieldDefinitions }) {
  const said = words().admin;
  const form = useForm<FieldDefinitions>({
    key: "customer fields",
    fresh: list,
    check: checkFields,
    tidy: tidyFields,
    merge: mergeFields,
    save: async (draft) => {
      const saved = await put<FieldDefinitions>("/api/admin/customer-fields", draft);
      shownFields.value = saved.fields;
      return saved;
    },
    reload: readFields,
  });
  return (
    <FormFrame form={form} label={said.fieldsForm} nameOf={() => said.fieldsTitle}>
      <Group title={said.fieldsTitle} lead={said.fieldsLead}>
        <FieldList
          fields={form.draft.fields}
          saved={form.base.fields}
          onChange={(fields) => form.set({ fields })}
        />
      </Group>
    </FormFrame>
  );
}
