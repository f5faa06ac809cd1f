/** What is drawn only once a conversation has begun. */
import "./css/waiting.css";
import "./css/messages.css";
import "./css/composer.css";
import "./css/after.css";

export { Conversation } from "./conversation.tsx";
export { vouchedToken } from "./identity.ts";
export { Messages } from "./parts/messages.tsx";
export { Reading } from "./reading.ts";
export { Talk } from "./talk.ts";
