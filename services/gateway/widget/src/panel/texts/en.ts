/** All words of the panel in English. */
import { pluralIn } from "./plural.ts";
import type { Texts } from "./pl.ts";

const plural = pluralIn("en");

export const texts: Texts = {
  chat: "Chat",
  minimise: "Minimise the chat",
  loading: "Loading…",
  loadFailed: "The chat could not be loaded.",
  tryAgain: "Try again",
  unknownWidget: "This chat does not exist. Check the address in the page's code.",

  greeting: "Hello! How can we help?",
  topic: "Topic",
  name: "Name",
  email: "E-mail",
  optional: "(optional)",
  start: "Start",
  starting: "Starting…",
  expired: "The session has expired. Start the conversation again.",
  needTopic: "Choose a topic.",
  needName: "Enter your name.",
  needEmail: "Enter your e-mail address.",
  badEmail: "This does not look like an e-mail address. For example: anna@example.com",
  needText: "Enter a message.",
  tooLong: "This is too long.",

  searching: "Looking for a free agent",
  place: (place) => `Your place in the queue: ${place}`,
  ahead: (count) =>
    count === 0
      ? "You are first in the queue."
      : `${count} ${plural(count, { one: "person is", other: "people are" })} ahead of you.`,
  mayWrite: "You can already describe your question: the agent will read it from the start.",
  leaveMessage: "Leave a message",
  noTime: "Rather not wait?",
  backToWaiting: "Back to the queue",
  ticketIntro: "We will answer to the e-mail address you give.",
  message: "Message",
  sendMessage: "Send the message",
  sending: "Sending…",
  ticketTitle: "Thank you, we have your message",
  ticketNumber: (number) => `Ticket number: #${number}`,
  ticketNumbering: "Getting a ticket number…",
  ticketAnswer: "We will answer by e-mail as soon as we can.",

  conversation: "Conversation",
  startedAt: (time) => `Conversation started ${time}`,
  joined: (name, time) => `${name} joined at ${time}`,
  joinedNow: (name) => `${name} joined the conversation`,
  agent: "Agent",
  agentWrites: (name) => `${name} is typing…`,
  somebodyWrites: "The agent is typing…",
  you: "You",
  unsent: "Sending…",
  sent: "Sent",
  delivered: "Delivered",
  notSent: "Not sent.",
  again: "Send again",
  remove: "Remove",
  newMessages: "New messages",
  newTab: "(opens in a new tab)",

  compose: "Write a message…",
  send: "Send",
  emoji: "Emoticons",
  left: (count) =>
    count >= 0
      ? `${count} ${plural(count, { one: "character", other: "characters" })} left`
      : `${-count} ${plural(-count, { one: "character", other: "characters" })} too long`,
  sneakPeek: "The agent may see what you write before you send it.",

  endChat: "End the chat",
  endQuestion: "End this chat?",
  endExplained: "You cannot return to it, but you can always start a new one.",
  end: "End",
  ending: "Ending…",
  stay: "Back to the chat",
  ended: {
    ended_by_agent: (name, time) => `${name ?? "The agent"} ended the conversation at ${time}`,
    ended_by_visitor: (_, time) => `You ended the conversation at ${time}`,
    inactive: (_, time) => `The conversation was closed at ${time} because of inactivity`,
    became_ticket: (_, time) => `The conversation became a ticket at ${time}`,
  },
  rateQuestion: "How was this conversation?",
  scores: { good: "Good", neutral: "Neutral", bad: "Bad" },
  rateThanks: "Thank you for your rating!",
  comment: "Comment",
  sendComment: "Send the comment",
  commentSent: "Thank you for your comment.",
  startNew: "Start a new conversation",

  offline: "Connection lost. Reconnecting…",
  offlineHint: "Go on writing: everything will be sent once the connection is back.",
  today: (time) => `today at ${time}`,
};
