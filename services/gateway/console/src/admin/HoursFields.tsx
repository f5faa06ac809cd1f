/** When a topic is open: a zone, a week of spans per day, and days with hours of their own. */
import type { Hours, Opening, Span } from "@dymek/wire";
import { useMemo } from "preact/hooks";
import { words } from "../i18n/admin.ts";
import { RadioField, SelectField } from "./fields.tsx";
import { Group } from "./FormFrame.tsx";
import { Holidays } from "./HolidayFields.tsx";
import { DAYS, MINUTES, minutesOf, nextSpan, OFFICE, timeZones } from "./hours.ts";
import { SpanFields } from "./SpanFields.tsx";

interface HoursProps {
  hours: Hours;
  onChange: (hours: Hours) => void;
}

export function HoursFields({ hours, onChange }: HoursProps) {
  const said = words().topic;
  const zones = useMemo(() => timeZones(hours.time_zone), [hours.time_zone]);
  return (
    <Group title={said.hours} lead={said.hoursLead}>
      <SelectField
        path="hours.time_zone"
        label={said.time_zone}
        value={hours.time_zone}
        options={zones.map((zone) => [zone, zone.replaceAll("_", " ")] as const)}
        onChange={(time_zone) => onChange({ ...hours, time_zone })}
      />
      <RadioField
        name="weekly"
        label={said.weekly}
        value={hours.weekly === null ? "always" : "planned"}
        options={[
          ["always", said.always],
          ["planned", said.planned],
        ]}
        onChange={(kind) => onChange({ ...hours, weekly: kind === "always" ? null : [...OFFICE] })}
      />
      {hours.weekly !== null && (
        <Week weekly={hours.weekly} onChange={(weekly) => onChange({ ...hours, weekly })} />
      )}
      <Holidays holidays={hours.holidays} onChange={(holidays) => onChange({ ...hours, holidays })} />
    </Group>
  );
}

function Week({ weekly, onChange }: { weekly: readonly Opening[]; onChange: (weekly: Opening[]) => void }) {
  const said = words().topic;
  const spansOf = (day: number): Opening[] => weekly.filter((one) => one.day === day);
  const repeat = (day: number): void =>
    onChange([
      ...weekly.filter((one) => one.day > 5),
      ...[1, 2, 3, 4, 5].flatMap((to) => spansOf(day).map((span) => ({ ...span, day: to }))),
    ]);
  return (
    <ul class="week">
      {DAYS.map((day) => (
        <li key={day} class="week__day">
          <span class="week__name">{said.days[day]}</span>
          <Bar spans={spansOf(day)} />
          <div class="week__spans">
            {spansOf(day).length === 0 && <span class="week__closed">{said.closed}</span>}
            {weekly.map(
              (span, at) =>
                span.day === day && (
                  <SpanFields
                    key={at}
                    path={`hours.weekly.${at}`}
                    day={said.days[day] ?? ""}
                    number={weekly.slice(0, at + 1).filter((one) => one.day === day).length}
                    span={span}
                    onChange={(patch) => onChange(weekly.map((one, n) => (n === at ? { ...one, ...patch } : one)))}
                    onRemove={() => onChange(weekly.filter((_, n) => n !== at))}
                  />
                ),
            )}
          </div>
          <div class="week__actions">
            <button
              type="button"
              class="button button--small button--quiet"
              data-add="add-span"
              aria-label={said.addSpan(said.days[day] ?? "")}
              onClick={() => onChange([...weekly, { day, ...nextSpan(spansOf(day)) }])}
            >
              {said.add}
            </button>
            {day === 1 && (
              <button
                type="button"
                class="button button--small button--quiet"
                aria-label={said.copyDown(said.days[day] ?? "")}
                onClick={() => repeat(day)}
              >
                {said.copy}
              </button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The day at a glance; what it shows stands in the fields beside it. */
function Bar({ spans }: { spans: readonly Span[] }) {
  return (
    <span class="week__bar" aria-hidden="true">
      {spans.map((span, at) => {
        const [from, to] = [minutesOf(span.opens), minutesOf(span.closes)];
        if (!(from < to)) return null;
        return <span key={at} style={{ left: `${(from / MINUTES) * 100}%`, width: `${((to - from) / MINUTES) * 100}%` }} />;
      })}
    </span>
  );
}
