/** The console's entry: styles, then the application. */
import "@fontsource-variable/inter/wght.css";
import "@dymek/wire/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/parts.css";
import "./styles/shell.css";
import "./styles/rail.css";
import "./styles/offers.css";
import "./styles/chats.css";
import "./styles/board.css";
import "./styles/conversation.css";
import "./styles/messages.css";
import "./styles/composer.css";
import "./styles/details.css";
import "./styles/customers.css";
import "./styles/teamwork.css";
import "./styles/templates.css";
import "./styles/tickets.css";
import "./styles/narrow.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { unlockOnTouch } from "./lib/ring.ts";
import { takeTurns } from "./lib/sounding.ts";

unlockOnTouch();
takeTurns();
render(<App />, document.getElementById("app")!);
