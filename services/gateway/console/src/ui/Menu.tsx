/** A button with a menu: arrows, Home and End move, Escape and Tab close, focus goes back to the button. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { usePopup } from "./hooks.ts";

export interface MenuItem {
  key: string;
  label: string;
  icon: ComponentChildren;
  danger?: boolean;
  run: () => void;
}

export function Menu({ label, icon, items }: { label: string; icon: ComponentChildren; items: readonly MenuItem[] }) {
  const { open, setOpen, root, button } = usePopup();
  const list = useRef<HTMLDivElement>(null);
  const last = useRef(false);
  const id = useId();
  const entries = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];

  useEffect(() => {
    if (open) entries().at(last.current ? -1 : 0)?.focus();
  }, [open]);

  const show = (atEnd: boolean): void => {
    last.current = atEnd;
    setOpen(true);
  };
  const onButton = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    show(event.key === "ArrowUp");
  };
  const onList = (event: KeyboardEvent): void => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") setOpen(false);
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };
  const pick = (item: MenuItem): void => {
    setOpen(false);
    button.current?.focus();
    item.run();
  };
  if (items.length === 0) return null;
  return (
    <div class="popup-root" ref={root}>
      <button
        ref={button}
        type="button"
        class="button menu__button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => (open ? setOpen(false) : show(false))}
        onKeyDown={onButton}
      >
        {icon}
        <span class="menu__text">{label}</span>
      </button>
      {open && (
        <div ref={list} class="popup menu" role="menu" id={id} aria-label={label} onKeyDown={onList}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={`menu__item ${item.danger ? "menu__item--danger" : ""}`}
              onClick={() => pick(item)}
            >
              {item.icon}
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
