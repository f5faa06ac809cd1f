/** Something that is on or off, said in words as well. */
import { t } from "../i18n/index.ts";

export function Switch({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  const words = t().settings;
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={on}
      aria-label={label}
      onClick={() => onChange(!on)}
    >
      <span class="switch__track" />
      {on ? words.on : words.off}
    </button>
  );
}
