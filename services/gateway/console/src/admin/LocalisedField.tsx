/** A text in every language, side by side. */
import { words } from "../i18n/admin.ts";
import { FaultLine, useField, type FieldProps } from "./fields.tsx";

export function LocalisedField({
  path,
  label,
  value,
  onChange,
}: FieldProps & { value: { pl: string; en: string }; onChange: (value: { pl: string; en: string }) => void }) {
  return (
    <fieldset class="localised">
      <legend class="field__label">{label}</legend>
      {(["pl", "en"] as const).map((code) => (
        <LanguageArea
          key={code}
          path={`${path}.${code}`}
          label={words().topic.languages[code]}
          lang={code}
          value={value[code]}
          onChange={(text) => onChange({ ...value, [code]: text })}
        />
      ))}
    </fieldset>
  );
}

function LanguageArea({ path, label, lang, value, onChange }: FieldProps & { lang: string; value: string; onChange: (value: string) => void }) {
  const { id, fault, control } = useField(path);
  return (
    <div class="field">
      <label class="field__sub" for={id}>
        {label}
      </label>
      <textarea
        {...control}
        class="input textarea"
        rows={2}
        lang={lang}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <FaultLine id={id} fault={fault} />
    </div>
  );
}
