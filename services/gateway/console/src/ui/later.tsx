/** A page whose code is loaded when it is shown first; while that lasts, or where it fails, it says so. */
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { WarnIcon } from "./icons.tsx";
import { Blank, Skeleton } from "./parts.tsx";

export function later<P extends object>(load: () => Promise<{ default: FunctionComponent<P> }>): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | null = null;
  return function Later(props: P) {
    const [state, setState] = useState<"loading" | "ready" | "fault">(loaded ? "ready" : "loading");
    const [tries, setTries] = useState(0);
    const focused = useRef(false);
    useEffect(() => {
      if (loaded) return;
      setState("loading");
      load()
        .then((module) => {
          loaded = module.default;
          focused.current = document.activeElement?.id === "main";
          setState("ready");
        })
        .catch(() => setState("fault"));
    }, [tries]);
    // Whoever has been led to this page stays in it when the page itself takes the place of these lines.
    useEffect(() => {
      if (state === "ready" && focused.current) document.getElementById("main")?.focus();
    }, [state]);
    const Page = loaded;
    if (state === "ready" && Page) return <Page {...props} />;
    return (
      <main class="page page--middle" id="main" tabIndex={-1}>
        {state === "fault" ? (
          <Blank level={1} icon={<WarnIcon size={28} />} title={t().serviceFault} tone="warn">
            <button type="button" class="button" onClick={() => setTries(tries + 1)}>
              {t().retry}
            </button>
          </Blank>
        ) : (
          <Skeleton />
        )}
      </main>
    );
  };
}
