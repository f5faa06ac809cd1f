/** Lets administrators into the settings; for others there are none, and nothing of them is loaded. */
import type { Me } from "@dymek/wire";
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { administers } from "../state/role.ts";
import { InfoIcon, WarnIcon } from "../ui/icons.tsx";
import { Blank, Skeleton } from "../ui/parts.tsx";

interface Place {
  section: string;
  id: string | null;
  me: Me;
}

type Page = FunctionComponent<Place>;

export function Door(place: Place) {
  const [Page, setPage] = useState<{ page: Page } | "fault" | null>(null);
  const allowed = administers.value;
  const load = (): void => {
    setPage(null);
    import("./AdminPage.tsx").then((module) => setPage({ page: module.default })).catch(() => setPage("fault"));
  };
  useEffect(() => {
    if (allowed) load();
  }, [allowed]);
  if (allowed && Page !== null && Page !== "fault") return <Page.page {...place} />;
  return (
    <main class="page page--middle" id="main" tabIndex={-1}>
      {!allowed ? (
        <Blank level={1} icon={<InfoIcon size={28} />} title={t().lost.title} text={t().lost.text}>
          <a class="button button--primary" href={paths.home}>
            {t().lost.home}
          </a>
        </Blank>
      ) : Page === "fault" ? (
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
