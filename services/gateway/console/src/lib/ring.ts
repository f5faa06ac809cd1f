/**
 * The console's sounds, made by WebAudio: a ring that repeats while an offer waits, and one soft tone for a message.
 * Browsers keep an audio context suspended until the person has touched the page: `blocked` says so in a plain word.
 */
import { signal } from "@preact/signals";

const AGAIN_MS = 2_800;

interface Tone {
  hertz: number;
  at: number;
  seconds: number;
  volume: number;
}

const RING: Tone[] = [
  { hertz: 784, at: 0, seconds: 0.28, volume: 0.22 },
  { hertz: 988, at: 0.16, seconds: 0.28, volume: 0.22 },
  { hertz: 1175, at: 0.32, seconds: 0.5, volume: 0.22 },
];
const TICK: Tone[] = [{ hertz: 880, at: 0, seconds: 0.16, volume: 0.1 }];

/** True while a sound is wanted and the browser does not let it out. */
export const blocked = signal(false);

let context: AudioContext | null = null;
let timer: ReturnType<typeof setInterval> | null = null;

function ready(): AudioContext | null {
  try {
    context ??= new AudioContext();
  } catch {
    return null; // no audio device: nothing that a person could unblock here
  }
  return context;
}

function play(tones: readonly Tone[]): void {
  const audio = ready();
  if (!audio) return;
  blocked.value = audio.state === "suspended";
  if (blocked.value) {
    void unlock();
    return;
  }
  for (const tone of tones) {
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    const start = audio.currentTime + tone.at;
    oscillator.type = "sine";
    oscillator.frequency.value = tone.hertz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(tone.volume, start + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + tone.seconds);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + tone.seconds + 0.05);
  }
}

/** Must be called from a person's own action to have an effect. */
export async function unlock(): Promise<void> {
  const audio = ready();
  if (!audio) return;
  await audio.resume().catch(() => undefined);
  if (audio.state === "running") blocked.value = false;
}

export function startRinging(): void {
  if (timer) return;
  play(RING);
  timer = setInterval(() => play(RING), AGAIN_MS);
}

export function stopRinging(): void {
  if (timer) clearInterval(timer);
  timer = null;
}

export function tick(): void {
  play(TICK);
}

export function sample(): void {
  void unlock().then(() => play(RING));
}

/** Any touch of the page lets sound out from then on. */
export function unlockOnTouch(): void {
  const touched = (): void => void unlock();
  for (const event of ["pointerdown", "keydown"])
    window.addEventListener(event, touched, { once: true, passive: true });
}
