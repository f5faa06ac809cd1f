/** Language, appearance, sound, and the way out. */
import type { Me } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { sample } from "../lib/ring.ts";
import { sound, theme, type Theme } from "../state/preferences.ts";
import { signOut } from "../state/session.ts";
import { LanguageSwitch } from "../session/SignIn.tsx";
import { MutedIcon, OutIcon, SoundIcon } from "../ui/icons.tsx";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function Settings({ me }: { me: Me }) {
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
            <button key={one} type="button" class="segments__item" aria-pressed={theme.value === one} onClick={() => (theme.value = one)}>
              {words.themes[one]}
            </button>
          ))}
        </div>
      </div>
      <div class="popup__row">
        <span class="popup__label">{words.sound}</span>
        <div class="popup__pair">
          <button type="button" class="button button--small" role="switch" aria-checked={sound.value === "on"} aria-label={words.sound} onClick={() => (sound.value = sound.value === "on" ? "off" : "on")}>
            {sound.value === "on" ? <SoundIcon size={18} /> : <MutedIcon size={18} />}
            {sound.value === "on" ? words.soundOn : words.soundOff}
          </button>
          <button type="button" class="button button--small button--quiet" onClick={sample}>
            {words.soundTest}
          </button>
        </div>
      </div>
      <div class="popup__end">
        <span class="popup__who">{words.signedInAs(me.email)}</span>
        <button type="button" class="button button--small button--wide" onClick={() => void signOut()}>
          <OutIcon size={18} />
          {words.signOut}
        </button>
      </div>
    </div>
  );
}
