/** The page of templates, loaded when somebody opens it. */
import type { Me } from "@dymek/wire";
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { WarnIcon } from "../ui/icons.tsx";
import { Blank, Skeleton } from "../ui/parts.tsx";

interface Place {
  id: string | null;
  me: Me;
}

export function TemplatesDoor(place: Place) {
  const [Page, setPage] = useState<{ page: FunctionComponent<Place> } | "fault" | null>(null);
  const load = (): void => {
    setPage(null);
    import("./TemplatesPage.tsx").then((module) => setPage({ page: module.default })).catch(() => setPage("fault"));
  };
  useEffect(load, []);
  if (Page !== null && Page !== "fault") return <Page.page {...place} />;
  return (
    <main class="page page--middle" id="main" tabIndex={-1}>
      {Page === "fault" ? (
        <Blank level={1} icon={<WarnIcon size={28} />} title={t().serviceFault} tone="warn">
          <button type="button" class="button" onClick={load}>
            {t().retry}
          </button>
        </Blank>
      ) : (
        <Skeleton />
      )}
    </main>
  );
}
