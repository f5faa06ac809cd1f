/** The ids of cards that are being made: chosen once per form, so that saving twice makes one card. */
import { newId, type Uuid } from "@dymek/wire";

const chosen = new Map<string, Uuid>();

export function idFor(form: string): Uuid {
  const id = chosen.get(form) ?? newId();
  chosen.set(form, id);
  return id;
}

/** The form is done with: the next one makes another card. */
export const forgetId = (form: string): void => void chosen.delete(form);
