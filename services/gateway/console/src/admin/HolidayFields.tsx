/** Days with hours of their own. */
import type { Holiday } from "@dymek/wire";
import { words } from "../i18n/admin.ts";
import { CloseIcon } from "../ui/icons.tsx";
import { FaultLine, useField } from "./fields.tsx";
import { nextSpan } from "./hours.ts";
import { removing, SpanFields } from "./SpanFields.tsx";

export function Holidays({ holidays, onChange }: { holidays: readonly Holiday[]; onChange: (holidays: Holiday[]) => void }) {
  const said = words().topic;
  const change = (at: number, patch: Partial<Holiday>): void =>
    onChange(holidays.map((one, n) => (n === at ? { ...one, ...patch } : one)));
  return (
    <fieldset class="holidays">
      <legend class="field__label">{said.holidays}</legend>
      <p class="field__hint">{said.holidaysLead}</p>
      {holidays.length === 0 && <p class="week__closed">{said.noHolidays}</p>}
      <ul class="holidays__list">
        {holidays.map((holiday, at) => (
          <HolidayRow
            key={at}
            path={`hours.holidays.${at}`}
            holiday={holiday}
            onChange={(patch) => change(at, patch)}
            onRemove={() => onChange(holidays.filter((_, n) => n !== at))}
          />
        ))}
      </ul>
      <button
        type="button"
        class="button button--small"
        data-add="add-day"
        onClick={() => onChange([...holidays, { day: "", name: "", spans: [] }])}
      >
        {said.addHoliday}
      </button>
    </fieldset>
  );
}

interface HolidayProps {
  path: string;
  holiday: Holiday;
  onChange: (patch: Partial<Holiday>) => void;
  onRemove: () => void;
}

function HolidayRow({ path, holiday, onChange, onRemove }: HolidayProps) {
  const said = words().topic;
  const day = useField(`${path}.day`);
  const name = useField(`${path}.name`);
  const called = holiday.name || holiday.day || said.newDay;
  return (
    <li class="holiday">
      <div class="field">
        <label class="field__sub" for={day.id}>
          {said.holidayDay}
        </label>
        <input
          {...day.control}
          class="input input--small"
          type="date"
          value={holiday.day}
          onInput={(event) => onChange({ day: event.currentTarget.value })}
        />
        <FaultLine id={day.id} fault={day.fault} />
      </div>
      <div class="field holiday__name">
        <label class="field__sub" for={name.id}>
          {said.holidayName}
        </label>
        <input
          {...name.control}
          class="input input--small"
          autoComplete="off"
          value={holiday.name}
          onInput={(event) => onChange({ name: event.currentTarget.value })}
        />
        <FaultLine id={name.id} fault={name.fault} />
      </div>
      <div class="week__spans">
        {holiday.spans.length === 0 && <span class="week__closed">{said.closed}</span>}
        {holiday.spans.map((span, n) => (
          <SpanFields
            key={n}
            path={`${path}.spans.${n}`}
            day={called}
            number={n + 1}
            span={span}
            onChange={(patch) => onChange({ spans: holiday.spans.map((one, m) => (m === n ? { ...one, ...patch } : one)) })}
            onRemove={() => onChange({ spans: holiday.spans.filter((_, m) => m !== n) })}
          />
        ))}
      </div>
      <div class="holiday__actions">
        <button
          type="button"
          class="button button--small button--quiet"
          data-add="add-span"
          aria-label={said.addSpan(called)}
          onClick={() => onChange({ spans: [...holiday.spans, nextSpan(holiday.spans)] })}
        >
          {said.addHours}
        </button>
        <button type="button" class="icon-button" aria-label={said.removeHoliday(called)} onClick={removing("add-day", onRemove)}>
          <CloseIcon size={18} />
        </button>
      </div>
    </li>
  );
}
