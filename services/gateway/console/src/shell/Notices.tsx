/** Strips across the top: no connection, a status that set itself, and a sound that the browser does not let out. */
import type { Desk } from "@dymek/wire";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { awayCause } from "../lib/desk.ts";
import { blocked, unlock } from "../lib/ring.ts";
import { offersTotal } from "../state/glances.ts";
import { connectionStatus, desk } from "../state/live.ts";
import { ClockIcon, CloudOffIcon, MutedIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/parts.tsx";
import { setStatus } from "./StatusSwitch.tsx";

const PATIENCE_MS = 800;

export function Notices() {
  return (
    <>
      <ConnectionNotice />
      <AwayNotice now={desk.value} />
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

/** The agent did not choose this status: they are told why they have it, until they choose one. */
function AwayNotice({ now }: { now: Desk | null }) {
  const [busy, setBusy] = useState(false);
  const words = t().team.away;
  const cause = now && awayCause(now);
  const lost = cause === "connection_lost";
  const missed = now?.missed?.outcome === "expired" ? now.missed.visitor_name : "";
  const back = async (): Promise<void> => {
    setBusy(true);
    await setStatus("available");
    setBusy(false);
  };
  return (
    <div role="status" data-testid="away">
      {cause && (
        <div class="strip strip--warn strip--tall">
          {lost ? <CloudOffIcon /> : <ClockIcon />}
          <div class="strip__words">
            <p class="strip__title">{lost ? words.connectionTitle : words.missed(missed)}</p>
            <p>{lost ? words.connectionText : words.missedText}</p>
          </div>
          <button type="button" class="button button--primary" disabled={busy} onClick={() => void back()}>
            {busy && <Spinner />}
            {words.back}
          </button>
        </div>
      )}
    </div>
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
