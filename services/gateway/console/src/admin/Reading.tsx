/** What stands in a page's place until what it shows has been read, or when it cannot be. */
import type { ComponentChildren } from "preact";
import { words } from "../i18n/admin.ts";
import { t } from "../i18n/index.ts";
import { InfoIcon, WarnIcon } from "../ui/icons.tsx";
import { Blank, Skeleton } from "../ui/parts.tsx";
import type { Loaded } from "./loaded.ts";

/** There is nothing under this address. */
export function Missing() {
  return <Blank icon={<InfoIcon size={28} />} title={words().missing.title} text={words().missing.text} />;
}

interface ReadingProps<T> {
  loaded: Loaded<T>;
  again: () => void;
  children: (value: T) => ComponentChildren;
}

export function Reading<T>({ loaded, again, children }: ReadingProps<T>) {
  switch (loaded.state) {
    case "loading":
      return <Skeleton lines={8} />;
    case "ready":
      return <>{children(loaded.value)}</>;
    case "fault":
      return (
        <Blank icon={<WarnIcon size={28} />} title={t().serviceFault} tone="warn">
          <button type="button" class="button" onClick={again}>
            {t().retry}
          </button>
        </Blank>
      );
  }
}
