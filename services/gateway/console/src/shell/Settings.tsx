/** What an agent chooses for themselves: language, appearance, sound, mails; and the way out. */
import type { Me } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { words as templateWords } from "../i18n/templates.ts";
import { notifications, possible, setNotifications } from "../lib/notify.ts";
import { sample } from "../lib/ring.ts";
import { paths } from "../lib/route.ts";
import { sound, theme, type Theme } from "../state/preferences.ts";
import { signOut } from "../state/session.ts";
import { LanguageSwitch } from "../session/SignIn.tsx";
import { OutIcon, TemplateIcon } from "../ui/icons.tsx";
import { MailWishes } from "./MailWishes.tsx";
import { Switch } from "./Switch.tsx";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function Settings({ me, onLeave }: { me: Me; onLeave: () => void }) {
  const words = t().settings;
  return (
    <div class="popup popup--settings" role="dialog" aria-label={words.title}>
      <div class="popup__row">
        <span class="popup__label">{words.language}</span>
        <LanguageSwitch />
      </div>
      <div class="popup__row">
        <span class="popup__label">{words.theme}</span>
        <div class="segments" role="group" aria-label={words.theme}>
          {THEMES.map((one) => (
            <button
              key={one}
              type="button"
              class="segments__item"
              aria-pressed={theme.value === one}
              onClick={() => (theme.value = one)}
            >
              {words.themes[one]}
            </button>
          ))}
        </div>
      </div>
      <div class="popup__row">
        <span class="popup__label">{words.sound}</span>
        <div class="popup__pair">
          <Switch label={words.sound} on={sound.value === "on"} onChange={(on) => (sound.value = on ? "on" : "off")} />
          <button type="button" class="button button--small button--quiet" onClick={sample}>
            {words.soundTest}
          </button>
        </div>
      </div>
      <div class="popup__row">
        <span class="popup__label">{words.notifications}</span>
        {possible.value ? (
          <Switch
            label={words.notifications}
            on={notifications.value === "on"}
            onChange={(on) => void setNotifications(on)}
          />
        ) : (
          <span class="popup__who">{words.notificationsForbidden}</span>
        )}
      </div>
      <MailWishes />
      <div class="popup__end">
        <a class="button button--small button--wide" href={paths.templates()} onClick={onLeave}>
          <TemplateIcon size={18} />
          {templateWords().title}
        </a>
        <span class="popup__who">{words.signedInAs(me.email)}</span>
        <button type="button" class="button button--small button--wide" onClick={() => void signOut()}>
          <OutIcon size={18} />
          {words.signOut}
        </button>
      </div>
    </div>
  );
}
