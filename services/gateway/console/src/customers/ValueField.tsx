/** Custom fields: each kind is typed and read in its own way. */
import type { CustomField, FieldDefinition, LanguageCode } from "@dymek/wire";
import { words } from "../i18n/customers.ts";
import { language } from "../i18n/index.ts";
import { Field } from "./fieldFrame.tsx";
import { kept, shownValue, typed } from "./values.ts";

export const shownOf = (field: Pick<CustomField, "kind">, value: string, code: LanguageCode): string =>
  shownValue(field.kind, value, code, words().card);

/** A custom field, by its kind. */
export function ValueField({ field, value, before }: { field: FieldDefinition; value: string; before: string }) {
  const code = language.value;
  const said = words().card;
  const hints = { number: said.numberHint, link: said.linkHint } as Partial<Record<FieldDefinition["kind"], string>>;
  const hint = hints[field.kind];
  return (
    <Field
      part={`values.${field.id}`}
      label={field.label}
      value={value}
      shown={(theirs) => shownOf(field, theirs, code)}
      {...(hint ? { hint } : {})}
    >
      {(control, text, set) => {
        switch (field.kind) {
          case "choice":
          case "yes_no":
            return (
              <select {...control} class="input input--small cform__select" value={text} onChange={(event) => set(event.currentTarget.value)}>
                <option value="">{said.notSet}</option>
                {optionsOf(field, [text, before]).map(([key, name]) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </select>
            );
          default:
            return (
              <input
                {...control}
                class="input input--small"
                type={(field.kind === "date" ? "date" : field.kind === "link" ? "url" : "text") as "text"}
                inputMode={field.kind === "number" ? "decimal" : undefined}
                autoComplete="off"
                value={typed(field.kind, text, code)}
                onInput={(event) => set(kept(field.kind, event.currentTarget.value, code))}
              />
            );
        }
      }}
    </Field>
  );
}

/** What is on the card stays to be chosen, also when it was taken off the list. */
function optionsOf(field: FieldDefinition, values: readonly string[]): [string, string][] {
  const said = words().card;
  if (field.kind === "yes_no")
    return [
      ["yes", said.yes],
      ["no", said.no],
    ];
  const off = [...new Set(values)].filter((value) => value && !field.choices.includes(value));
  return [
    ...field.choices.map((choice): [string, string] => [choice, choice]),
    ...off.map((value): [string, string] => [value, said.notOffered(value)]),
  ];
}
