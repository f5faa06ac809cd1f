/** Short notices at the screen's edge. One that offers an action stays longer; the focus in it holds it. */
import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  tone: "info" | "danger" | "good";
  text: string;
  detail?: string;
  action?: { label: string; href: string };
  about?: "ticket";
}

export const toasts = signal<readonly Toast[]>([]);
let last = 0;

export function toast(notice: Omit<Toast, "id">): void {
  const same = toasts.value.filter((other) => other.text !== notice.text || other.detail !== notice.detail);
  toasts.value = [...same, { ...notice, id: ++last }].slice(-4);
}

export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((other) => other.id !== id);
}
