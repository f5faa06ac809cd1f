/** What is drawn only once a conversation has begun. */
export { Chat } from "./chat.tsx";
export { EndQuestion } from "./parts/end.tsx";
export { TicketDone, TicketForm } from "./ticket.tsx";
export { Talk } from "./talk.ts";
