/** The custom fields in their order: added, moved by buttons, removed after a warning. The focus follows what moves. */
import { newId } from "@dymek/wire";
import type { FieldDefinition } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { announce } from "../state/announce.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { CloseIcon, DownIcon, UpIcon } from "../ui/icons.tsx";
import { choicesOf, KINDS, MAX_FIELDS, moved, newField } from "./customerFields.ts";
import { CheckField, FaultLine, SelectField, TextField, useField } from "./fields.tsx";

interface ListProps {
  fields: readonly FieldDefinition[];
  /** As the server has them: their kind stays, and removing one takes its values from all cards. */
  saved: readonly FieldDefinition[];
  onChange: (fields: FieldDefinition[]) => void;
}

export function FieldList({ fields, saved, onChange }: ListProps) {
  const said = words().admin;
  const root = useRef<HTMLDivElement>(null);
  /** What gets the focus once the list is drawn anew. */
  const focus = useRef<string | null>(null);
  const [removing, setRemoving] = useState<FieldDefinition | null>(null);
  const { id: listId, fault } = useField("fields");
  useEffect(() => {
    if (focus.current === null) return;
    const wanted = root.current?.querySelector<HTMLElement>(focus.current);
    if (wanted) focus.current = null;
    wanted?.focus();
  });

  const nameOf = (field: FieldDefinition): string => said.field(field.label.trim(), fields.indexOf(field) + 1);
  const move = (from: number, to: number): void => {
    const field = fields[from]!;
    const way = to < from ? "up" : "down";
    const end = to === 0 ? "down" : to === fields.length - 1 ? "up" : way;
    focus.current = `[data-field="${field.id}"] [data-move="${end}"]`;
    onChange(moved(fields, from, to));
    announce(said.moved(nameOf(field), to + 1, fields.length));
  };
  const remove = (field: FieldDefinition): void => {
    const at = fields.findIndex(({ id }) => id === field.id);
    const next = fields[at + 1] ?? fields[at - 1];
    focus.current = next ? `[data-field="${next.id}"] input` : "[data-add]";
    onChange(fields.filter(({ id }) => id !== field.id));
  };
  return (
    <div class="flist" ref={root} id={listId}>
      {fields.length === 0 && <p class="field__hint">{said.none}</p>}
      <ol class="flist__all">
        {fields.map((field, at) => (
          <FieldRow
            key={field.id}
            path={`fields.${at}`}
            field={field}
            name={nameOf(field)}
            fixed={saved.some(({ id }) => id === field.id)}
            up={at > 0 ? () => move(at, at - 1) : null}
            down={at < fields.length - 1 ? () => move(at, at + 1) : null}
            onChange={(patch) => onChange(fields.map((one) => (one.id === field.id ? { ...one, ...patch } : one)))}
            onRemove={() => (saved.some(({ id }) => id === field.id) ? setRemoving(field) : remove(field))}
          />
        ))}
      </ol>
      <FaultLine id={listId} fault={fault} />
      {fields.length < MAX_FIELDS && (
        <button
          type="button"
          class="button flist__add"
          data-add
          onClick={() => {
            const field = newField(newId());
            focus.current = `[data-field="${field.id}"] input`;
            onChange([...fields, field]);
          }}
        >
          {said.add}
        </button>
      )}
      {removing && (
        <Confirm
          title={said.removeTitle(nameOf(removing))}
          text={said.removeText}
          confirm={said.removeConfirm}
          tone="danger"
          run={() => {
            remove(removing);
            announce(said.removed(removing.label));
            return Promise.resolve();
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  );
}

interface RowProps {
  path: string;
  field: FieldDefinition;
  name: string;
  fixed: boolean;
  up: (() => void) | null;
  down: (() => void) | null;
  onChange: (patch: Partial<FieldDefinition>) => void;
  onRemove: () => void;
}

function FieldRow({ path, field, name, fixed, up, down, onChange, onRemove }: RowProps) {
  const said = words().admin;
  return (
    <li class="flist__one" data-field={field.id} data-testid="field-row">
      <div class="flist__head">
        <span class="flist__name">
          <strong>{name}</strong>
          {fixed && <span class="tag">{said.kinds[field.kind]}</span>}
        </span>
        <button
          type="button"
          class="icon-button"
          data-move="up"
          aria-label={said.up(name)}
          disabled={up === null}
          onClick={() => up?.()}
        >
          <UpIcon size={18} />
        </button>
        <button
          type="button"
          class="icon-button"
          data-move="down"
          aria-label={said.down(name)}
          disabled={down === null}
          onClick={() => down?.()}
        >
          <DownIcon size={18} />
        </button>
        <button type="button" class="icon-button" aria-label={said.remove(name)} onClick={onRemove}>
          <CloseIcon size={18} />
        </button>
      </div>
      <div class="flist__pair">
        <TextField path={`${path}.label`} label={said.label} value={field.label} onChange={(label) => onChange({ label })} />
        {!fixed && (
          <SelectField
            path={`${path}.kind`}
            label={said.kind}
            value={field.kind}
            options={KINDS.map((kind) => [kind, said.kinds[kind]] as const)}
            onChange={(kind) => onChange({ kind })}
          />
        )}
      </div>
      {field.kind === "choice" && (
        <Choices path={`${path}.choices`} choices={field.choices} onChange={(choices) => onChange({ choices })} />
      )}
      <CheckField
        path={`${path}.show_in_chat`}
        label={said.show_in_chat}
        value={field.show_in_chat}
        onChange={(show_in_chat) => onChange({ show_in_chat })}
      />
    </li>
  );
}

function Choices({ path, choices, onChange }: { path: string; choices: readonly string[]; onChange: (choices: string[]) => void }) {
  const said = words().admin;
  const { id, fault, control } = useField(path, true);
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {said.choices}
      </label>
      <textarea
        {...control}
        class="input textarea"
        rows={Math.min(8, Math.max(3, choices.length + 1))}
        value={choices.join("\n")}
        onInput={(event) => onChange(choicesOf(event.currentTarget.value))}
      />
      <span class="field__hint" id={`${id}-hint`}>
        {said.choicesHint}
      </span>
      <FaultLine id={id} fault={fault} />
    </div>
  );
}
