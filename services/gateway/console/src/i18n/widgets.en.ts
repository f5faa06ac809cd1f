/** The widgets' part of the settings in English. */
import type { WidgetMessages } from "./widgets.pl.ts";

export const en: WidgetMessages = {
  title: "Widgets",
  lead: "A site that knows its users can vouch for their e-mail addresses with a signature.",
  key: "Widget key",
  set: "Secret is set",
  none: "No secret",
  setText: "Addresses that the site has signed are marked as verified.",
  noneText: "Every address is only what the visitor says. With a secret, the site can sign addresses.",
  make: "Make a secret",
  renew: "New secret",
  makeFor: (title) => `Make a secret for the widget ${title}`,
  renewFor: (title) => `New secret for the widget ${title}`,
  question: "Make a new secret?",
  warning:
    "The present secret stops working at once, and addresses signed with it are not verified any more. The site has to sign with the new one.",
  failed: "No secret was made",
  unsure:
    "We cannot tell whether a secret was made. If so, the one before works no more, and this one cannot be shown. Make a new secret and set it on the site's server.",
  made: "Secret",
  once: "Copy it now: it is not shown again. Keep it on the site's server, never in its pages.",
  copy: "Copy",
  copied: "Copied",
  notCopied: "The browser does not let us copy. The secret is selected, copy it with the keyboard.",
  exampleNotCopied: "The browser does not let us copy. The example is selected, copy it with the keyboard.",
  hide: "Done, hide the secret",
  examples: "How to sign",
  examplesLead: "Ready code for the site's server. All of it is explained in the documentation, in docs/identity.md.",
  copyExample: (name) => `Copy the example: ${name}`,
  emptyTitle: "There are no widgets yet",
  emptyText: "Widgets are made during the installation.",
};
