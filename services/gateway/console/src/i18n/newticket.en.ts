/** The form of a new ticket in English. */
import type { NewTicketMessages } from "./newticket.pl.ts";
import { plural } from "./plural.ts";

const count = plural("en");

export const en: NewTicketMessages = {
  title: "New ticket",
  leads: {
    chat: (name) => `Out of a chat (${name}). The chat goes on, and the ticket will be linked to it.`,
    ended: (name) => `Out of a chat (${name}). The ticket will be linked to it.`,
    customer: (name) => `For the customer ${name}`,
    hand: "A matter that came another way, by telephone for example.",
  },
  back: "All tickets",
  toConversation: "Open the conversation",
  author: { title: "Who asks", lead: "We send the confirmation with its number to this address, and later the answers." },
  matter: { title: "The matter", lead: "Agents see it. Every field is required." },
  name: "Name",
  email: "E-mail address",
  language: "Language of mails to the customer",
  languages: { pl: "Polish", en: "English" },
  link: (name) => `Keep it in the history of the customer ${name}`,
  topic: "Topic",
  chooseTopic: "Choose a topic",
  subject: "Subject",
  text: "Text",
  textHint: "What the visitor and the agents wrote. You can change it or add to it.",
  left: (n) => count(n, { one: `${n} character left`, other: `${n} characters left` }),
  save: "Create the ticket",
  saving: "Creating…",
  cancel: "Cancel",
  discard: {
    title: "Discard what was typed?",
    text: "There will be no ticket, and what was typed cannot be brought back.",
    confirm: "Discard",
    stay: "Back to the form",
  },
  created: (number) => `Ticket #${number} has been created`,
  unsure: "We cannot tell whether the ticket was saved. Send it again: there will be only one.",
  refused: (said) => `Not saved. ${said}`,
  faults: (n) => count(n, { one: `Correct ${n} field`, other: `Correct ${n} fields` }),
  earlier: (number) =>
    `The attempt before went well: ticket #${number} exists, without the latest changes. They are not lost: they still stand in the form.`,
  openEarlier: (number) => `Open ticket #${number}`,
  another: "Create a second ticket",
  kept: "What had been typed is here again.",
  startAnew: "Start anew",
  noTopics: { title: "There are no topics yet", text: "A ticket belongs to a topic, and topics are an administrator's." },
  gone: {
    title: "This conversation cannot be loaded",
    text: "The address is wrong, or somebody else leads the conversation now.",
    byHand: "Fill in a ticket by hand",
  },
  body: {
    company: "Automatic message",
    visitor: (name) => `${name} (visitor)`,
    left: (n) => count(n, { one: `[${n} earlier message left out]`, other: `[${n} earlier messages left out]` }),
  },
};
