/** The few signs of the panel, drawn with the colour of the text around them. */
import type { JSX } from "preact";

const PATHS = {
  down: "M6 9l6 6 6-6",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  end: "M6 6l12 12M18 6L6 18",
  back: "M15 6l-6 6 6 6",
  send: "M4 12l16-8-6 16-3-6.5L4 12z",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c.9 1.3 2.1 2 3.5 2s2.6-.7 3.5-2M9 9.5v.01M15 9.5v.01",
  check: "M5 13l4 4L19 7",
  checks: "M2 13l4 4L16 7M11 16l1 1L22 7",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  arrow: "M12 5v14M6 13l6 6 6-6",
  warn: "M12 8v5M12 16.5v.01M12 3l9.5 17h-19L12 3z",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
