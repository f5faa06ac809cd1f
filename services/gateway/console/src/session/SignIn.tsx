/** The sign-in page. */
import { useRef, useState } from "preact/hooks";
import { language, t } from "../i18n/index.ts";
import { ApiError } from "../lib/api.ts";
import { signIn } from "../state/session.ts";
import { EyeIcon, InfoIcon, Mark, WarnIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/parts.tsx";

function reason(error: unknown): string {
  const words = t().signIn;
  if (!(error instanceof ApiError)) return t().generalFault;
  if (error.code === "unauthorised" || error.status === 401 || error.code === "invalid") return words.wrong;
  if (error.code === "too_fast") return words.tooFast;
  return t().serviceFault;
}

export function SignIn({ expired }: { expired: boolean }) {
  const words = t().signIn;
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const email = String(data.get("email") ?? "").trim();
    const secret = String(data.get("password") ?? "");
    if (!email || !secret) return setFault(words.missing);
    setBusy(true);
    setFault(null);
    try {
      await signIn(email, secret);
    } catch (error) {
      setFault(reason(error));
      password.current?.select();
      password.current?.focus();
    } finally {
      setBusy(false);
    }
  }

  return (
    <div class="signin">
      <header class="signin__bar">
        <LanguageSwitch />
      </header>
      <main class="signin__main">
        <form class="signin__card" onSubmit={(event) => void submit(event)} noValidate aria-busy={busy}>
          <div class="signin__brand">
            <Mark size={40} />
            <span>{t().product}</span>
          </div>
          <h1 class="signin__title">{words.title}</h1>
          <p class="signin__lead">{words.lead}</p>
          {expired && !fault && (
            <p class="note note--info" role="status">
              <InfoIcon />
              {words.expired}
            </p>
          )}
          <div role="alert">
            {fault && (
              <p class="note note--danger" id="signin-fault">
                <WarnIcon />
                {fault}
              </p>
            )}
          </div>
          <label class="field">
            <span class="field__label">{words.email}</span>
            <input
              class="input"
              type="email"
              name="email"
              autoComplete="username"
              inputMode="email"
              autoFocus
              required
              aria-describedby={fault ? "signin-fault" : undefined}
            />
          </label>
          <div class="field">
            <label class="field__label" for="password">
              {words.password}
            </label>
            <span class="input-row">
              <input
                ref={password}
                id="password"
                class="input"
                type={(shown ? "text" : "password") as "password"}
                name="password"
                autoComplete="current-password"
                required
                aria-describedby={fault ? "signin-fault" : undefined}
              />
              <button
                type="button"
                class="icon-button"
                aria-pressed={shown}
                aria-label={shown ? words.hide : words.show}
                onClick={() => setShown(!shown)}
              >
                <EyeIcon />
              </button>
            </span>
          </div>
          <button class="button button--primary button--wide" type="submit" disabled={busy}>
            {busy && <Spinner />}
            {busy ? words.busy : words.submit}
          </button>
        </form>
      </main>
    </div>
  );
}

/** Both languages by their own names; the one in use is pressed. */
export function LanguageSwitch() {
  return (
    <div class="segments" role="group" aria-label={t().settings.language}>
      {(["pl", "en"] as const).map((code) => (
        <button
          key={code}
          type="button"
          class="segments__item"
          lang={code}
          aria-pressed={language.value === code}
          onClick={() => (language.value = code)}
        >
          {code === "pl" ? "Polski" : "English"}
        </button>
      ))}
    </div>
  );
}
