import { describe, expect, it } from "vitest";
import { S, Stage } from "./support.ts";

describe("an unsent text", () => {
  const typed = (stage: Stage): unknown[] => stage.socket.of("typing").map(({ typing, text }) => [typing, text]);

  function reconnected(stage: Stage): void {
    stage.socket.onclose?.();
    stage.clock.pass(500);
    stage.welcome();
  }

  it("is told again after a reconnect, once the conversation is asked for", () => {
    const stage = new Stage({ streams: [S] });
    stage.online();
    stage.connection.typing(S, true, "Czy macie ku");
    expect(typed(stage)).toEqual([[true, "Czy macie ku"]]);
    reconnected(stage);
    expect(stage.socket.sent.map((frame) => frame.t)).toEqual(["hello", "typing"]);
    expect(typed(stage)).toEqual([[false, "Czy macie ku"]]);
  });

  it("that was written without a connection is told when there is one", () => {
    const stage = new Stage({ streams: [S] });
    stage.connection.typing(S, true, "Halo?");
    stage.online();
    expect(typed(stage)).toEqual([[false, "Halo?"]]);
  });

  it("that was sent, emptied or left is not told again", () => {
    const stage = new Stage({ streams: [S, "other"] });
    stage.online();
    stage.connection.typing(S, true, "Halo?");
    stage.connection.typing(S, false, "");
    stage.connection.typing("other", true, "Halo?");
    stage.connection.leave("other");
    reconnected(stage);
    expect(typed(stage)).toEqual([]);
  });
});
