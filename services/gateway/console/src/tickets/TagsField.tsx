/** A ticket's tags: each can be taken away, and one is added by Enter, a comma, or leaving the field. */
import { useRef, useState } from "preact/hooks";
import { words } from "../i18n/tickets.ts";
import { announce } from "../state/announce.ts";
import { listing } from "../state/tickets.ts";
import { CloseIcon } from "../ui/icons.tsx";
import { drafted } from "./edit.ts";
import { Fault, faultOf } from "./Fault.tsx";
import type { OpenTicket } from "./open.ts";
import { addTags, withoutTag } from "./tags.ts";

export function TagsField({ open }: { open: OpenTicket }) {
  const said = words().card;
  const { tags } = drafted(open.edit.value!);
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const known = [...new Set(listing.value?.rows.flatMap((ticket) => ticket.tags))].filter((tag) => !tags.includes(tag)).sort();
  const add = (typed: string): void => {
    const added = addTags(tags, typed);
    setText(added.rest);
    setWrong(added.rest !== "");
    if (added.tags.length > tags.length) open.set("tags", added.tags);
  };
  const drop = (tag: string): void => {
    open.set("tags", withoutTag(tags, tag));
    announce(said.tagDropped(tag));
    input.current?.focus();
  };
  const fault = wrong ? said.tagWrong : faultOf(open.trouble.value, "tags");
  return (
    <div class="field">
      <label class="field__label" for="ticket-tags">
        {said.tags}
      </label>
      {tags.length > 0 && (
        <ul class="ticket__tags">
          {tags.map((tag) => (
            <li key={tag} class="tag">
              {tag}
              <button type="button" class="ticket__drop" aria-label={said.dropTag(tag)} onClick={() => drop(tag)}>
                <CloseIcon size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={input}
        id="ticket-tags"
        class="input input--small"
        value={text}
        list="ticket-known-tags"
        autoComplete="off"
        aria-invalid={fault ? "true" : undefined}
        aria-describedby={`ticket-tags-hint${fault ? " ticket-tags-fault" : ""}`}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          setText(typed);
          setWrong(false);
          if (typed.includes(",")) add(typed);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.isComposing) {
            event.preventDefault();
            add(text);
          } else if (event.key === "Backspace" && !event.repeat && !text && tags.length > 0) {
            // Held down it only empties the field.
            drop(tags.at(-1)!);
          }
        }}
        onBlur={() => text && add(text)}
      />
      <datalist id="ticket-known-tags">
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <span class="field__hint" id="ticket-tags-hint">
        {said.tagsHint}
      </span>
      <Fault id="ticket-tags-fault" text={fault} />
    </div>
  );
}
