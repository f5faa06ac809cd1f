/** Outgoing mail in English. */
import type { MailMessages } from "./mails.pl.ts";
import { plural } from "./plural.ts";

const count = plural("en");

export const en: MailMessages = {
  states: {
    pending: "Waiting to be sent",
    sending: "Being sent",
    sent: "Sent",
    failed: "Not sent",
  },
  reasons: {
    refused: "The mail server refused the message.",
    busy: "The mail server does not take messages at the moment.",
    no_connection: "The mail server could not be reached.",
    no_answer: "The mail server did not answer in time.",
    log_in: "The mail server did not accept the user name or the password.",
    encryption: "An encrypted connection to the mail server could not be made.",
    address: "No message can be sent to this address.",
    unexpected: "Something unexpected went wrong while it was being sent.",
    limit_recipient: "This address got as many confirmations in the last 24 hours as are allowed.",
    limit_day: "As many confirmations as are allowed were sent in the last 24 hours.",
  },
  details: (said) => `Details: ${said}`,
  title: "Outgoing mail",
  lead: "What Dymek has sent or will send by e-mail, the newest first.",
  refresh: "Refresh",
  state: "State",
  all: "All",
  mail: "Message",
  to: "To",
  asked: "Asked for",
  attempts: "Attempts",
  kinds: {
    ticket_confirmation: "Confirmation of a ticket",
    ticket_reply: "Reply to a ticket",
    transcript: "Transcript of a chat",
    new_ticket: "Alert about a new ticket",
    missed_chat: "Alert about a missed chat",
  },
  tries: (n) => count(n, { one: `${n} attempt`, other: `${n} attempts` }),
  nextTry: (time) => `Next attempt: ${time}`,
  sentAt: (time) => `Sent: ${time}`,
  about: (name) => `About: ${name}`,
  emptyTitle: "There is no mail yet",
  emptyText: "Confirmations of tickets, replies and transcripts will appear here.",
  noneTitle: "There are no such messages",
  noneText: "No message is in the chosen state now.",
  showAll: "Show all",
  older: "Show older",
  end: "These are all messages.",
  read: (n) => count(n, { one: `${n} message was read.`, other: `${n} messages were read.` }),
  ofTicket: {
    title: "Mail to the customer",
    none: "There is no mail in this matter yet.",
    loading: "Loading the mail…",
    fault: "The mail could not be loaded.",
    stale: "It could not be loaded anew. This was loaded before.",
  },
  stale: "The list could not be refreshed. Below is what was read before.",
};
