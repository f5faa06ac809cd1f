/** What is wrong with a field of a ticket, beside it. */
import { words } from "../i18n/tickets.ts";
import type { Field } from "./edit.ts";
import type { Trouble } from "./outcomes.ts";

export function faultOf(trouble: Trouble | null, field: Field): string | null {
  if (trouble?.kind === "wrong") {
    const wrong = trouble.wrong[field];
    return wrong ? words().save.wrong[wrong] : null;
  }
  return trouble?.kind === "refused" && trouble.field === field ? words().save.refused(trouble.said) : null;
}

export function Fault({ id, text }: { id: string; text: string | null }) {
  if (!text) return null;
  return (
    <p class="field__fault" id={id}>
      {text}
    </p>
  );
}
