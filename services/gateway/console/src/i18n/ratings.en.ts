/** Ratings in English. */
import { plural } from "./plural.ts";
import type { RatingsMessages } from "./ratings.pl.ts";

const count = plural("en");

export const en: RatingsMessages = {
  title: "Ratings",
  lead: "How visitors rate conversations: all together, by topic, agent and day.",
  span: {
    label: "Period",
    last: (days) => count(days, { one: "Last day", other: `Last ${days} days` }),
    own: "Own period",
    since: "From",
    until: "To",
    show: "Show",
    faults: {
      missing: "Give a date.",
      order: "The period cannot end before it begins.",
      long: "366 days at once at the most.",
    },
    shown: (since, until) => (since === until ? since : `${since} – ${until}`),
    zone: (zone) => `Days of the time zone ${zone}`,
  },
  total: {
    title: "All together",
    ratings: (n) => count(n, { one: `${n} rating`, other: `${n} ratings` }),
    good: "good ratings",
  },
  columns: { good: "Good", neutral: "So-so", bad: "Bad", all: "All", share: "Good" },
  topics: { title: "By topic", name: "Topic" },
  agents: { title: "By agent", name: "Agent", empty: "None of these conversations had an agent." },
  days: { title: "By day", name: "Day" },
  comments: {
    title: "Newest comments",
    empty: "Nobody has left a comment.",
    open: "Open the conversation",
    openOf: (comment) => `Open the conversation: ${comment}`,
  },
  emptyTitle: "Nobody rated a conversation in this period",
  emptyText: "Choose a longer period, or come back later.",
};
