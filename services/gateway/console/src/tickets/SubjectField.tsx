/** The subject, changed where it stands; one line, however many it needs on the screen. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../i18n/tickets.ts";
import { drafted, LONGEST_SUBJECT } from "./edit.ts";
import { Fault, faultOf } from "./Fault.tsx";
import type { OpenTicket } from "./open.ts";

export function SubjectField({ open }: { open: OpenTicket }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const edit = open.edit.value!;
  const text = drafted(edit).subject_line;
  const fault = faultOf(open.trouble.value, "subject_line");
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  return (
    <div>
      <textarea
        ref={field}
        class="ticket__subject"
        rows={1}
        value={text}
        maxLength={LONGEST_SUBJECT}
        aria-label={words().card.subject}
        aria-invalid={fault ? "true" : undefined}
        aria-describedby={fault ? "ticket-subject-fault" : undefined}
        onInput={(event) => open.set("subject_line", event.currentTarget.value.replace(/\s*\n\s*/gu, " "))}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          void open.save();
        }}
      />
      <Fault id="ticket-subject-fault" text={fault} />
    </div>
  );
}
