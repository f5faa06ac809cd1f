/** A titled card at a page's side, and the named facts on it. */
import type { ComponentChildren } from "preact";

export function Card({
  title,
  badge,
  children,
}: {
  title: string;
  badge?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="card" aria-label={title}>
      <div class="card__head">
        <h2 class="card__title">{title}</h2>
        {badge}
      </div>
      {children}
    </section>
  );
}

/** One named fact; nothing at all where there is no value. */
export function Fact({
  label,
  icon,
  children,
}: {
  label: string;
  icon?: ComponentChildren;
  children: ComponentChildren;
}) {
  if (children === null || children === undefined || children === "" || children === false) return null;
  return (
    <div class="fact">
      <dt>
        {icon}
        {label}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
