/** Where the keyboard goes when a screen appears in the place of the one that had it. */

/** Nothing has the focus, although the visitor is here: what had it is gone. */
export function focusIsLost(): boolean {
  return document.hasFocus() && (!document.activeElement || document.activeElement === document.body);
}

/** A field takes the focus by itself only where that does not raise a keyboard over the screen. */
export const hasKeyboard = (): boolean => matchMedia("(hover: hover) and (pointer: fine)").matches;
