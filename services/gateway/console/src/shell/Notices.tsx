/** Strips across the top: no connection, and a sound that the browser does not let out. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { blocked, unlock } from "../lib/ring.ts";
import { offersTotal } from "../state/glances.ts";
import { connectionStatus } from "../state/live.ts";
import { CloudOffIcon, MutedIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/parts.tsx";

const PATIENCE_MS = 800;

export function Notices() {
  return (
    <>
      <ConnectionNotice />
      {blocked.value && offersTotal.value > 0 && (
        <div class="strip strip--warn" role="status">
          <MutedIcon />
          <span>{t().offers.soundBlocked}</span>
          <button type="button" class="button button--small" onClick={() => void unlock()}>
            {t().offers.soundEnable}
          </button>
        </div>
      )}
    </>
  );
}

/** Waits a little before it speaks: a reconnection within a blink is nobody's business. */
function ConnectionNotice() {
  const lost = connectionStatus.value === "offline" || connectionStatus.value === "rejected";
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) return setShown(false);
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status" data-testid="connection">
      {shown && (
        <div class="strip strip--danger">
          <CloudOffIcon />
          <span>{t().connection.offline}</span>
          <Spinner />
        </div>
      )}
    </div>
  );
}
