import { agentView } from "@dymek/wire";
import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { ChatHead } from "../src/chats/ChatHead.tsx";
import { ChatList } from "../src/chats/ChatList.tsx";
import { desk, visitorsOnline } from "../src/state/live.ts";
import { SALES, at, chat, desk as deskOf, me } from "./made.ts";

afterEach(() => {
  cleanup();
  desk.value = null;
  visitorsOnline.value = new Map();
});

const header = {
  ...agentView.empty("x"),
  state: "active" as const,
  topic: SALES,
  visitor_name: "Anna",
  started_at: at(0),
};

function dotOf(container: Element): string | undefined {
  return container.querySelector(".avatar__dot")?.className.replace("avatar__dot ", "");
}

const screens = {
  head: () => render(<ChatHead header={header} me={me()} active={false} onDetails={null} />),
  card: () => render(<ChatList open={null} as="aside" />),
};

test.each(["head", "card"] as const)("the %s says of a visitor what is known, and nothing where nothing is", (screen) => {
  desk.value = deskOf({ chats: [chat("x")] });
  expect(dotOf(screens[screen]().container)).toBeUndefined();
  cleanup();
  visitorsOnline.value = new Map([["x", false]]);
  expect(dotOf(screens[screen]().container)).toBe("is-away");
  cleanup();
  visitorsOnline.value = new Map([["x", true]]);
  expect(dotOf(screens[screen]().container)).toBe("is-online");
});
