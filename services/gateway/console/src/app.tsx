/** The application's door: it asks who is signed in, then shows the sign-in page or the console. */
import { LocationProvider } from "preact-iso";
import { useEffect } from "preact/hooks";
import { t } from "./i18n/index.ts";
import { SignIn } from "./session/SignIn.tsx";
import { Shell } from "./shell/Shell.tsx";
import { forgetCustomers } from "./state/customers.ts";
import { startLive, stopLive } from "./state/live.ts";
import { checkSession, session } from "./state/session.ts";
import { forgetTickets } from "./state/tickets.ts";
import { CloudOffIcon, Mark } from "./ui/icons.tsx";
import { Blank } from "./ui/parts.tsx";
import "./state/preferences.ts";

export function App() {
  const now = session.value;
  const agentId = now.state === "in" ? now.me.agent_id : null;
  useEffect(() => void checkSession(), []);
  useEffect(() => {
    if (!agentId) return;
    startLive(agentId);
    return () => {
      stopLive();
      forgetTickets();
      forgetCustomers();
    };
  }, [agentId]);
  switch (now.state) {
    case "checking":
      return (
        <main class="door" aria-busy="true">
          <div class="door__wait" role="status">
            <Mark size={48} />
            <span class="sr">{t().loading}</span>
          </div>
        </main>
      );
    case "fault":
      return (
        <main class="door">
          <Blank icon={<CloudOffIcon size={28} />} title={t().serviceFault} tone="warn">
            <button class="button button--primary" onClick={() => void checkSession()}>
              {t().retry}
            </button>
          </Blank>
        </main>
      );
    case "out":
      return <SignIn expired={now.expired} />;
    case "in":
      return (
        <LocationProvider scope="/console">
          <Shell me={now.me} />
        </LocationProvider>
      );
  }
}
