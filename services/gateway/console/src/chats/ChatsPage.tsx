/** Chats: the list, the conversation of the address, and the details beside it where there is room. */
import type { Me } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { setStatus } from "../shell/StatusSwitch.tsx";
import { desk } from "../state/live.ts";
import { ChatIcon, CheckIcon, CupIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Blank, Skeleton } from "../ui/parts.tsx";
import { ChatList } from "./ChatList.tsx";
import { ChatRoom } from "./ChatRoom.tsx";

export function ChatsPage({ id, me }: { id: string | null; me: Me }) {
  return (
    <div class="chats">
      {!(narrow.value && id) && <ChatList open={id} as={narrow.value ? "main" : "aside"} />}
      {id ? <ChatRoom key={id} id={id} me={me} /> : narrow.value ? null : <Welcome />}
    </div>
  );
}

/** No conversation is chosen: what to do next depends on the status. */
function Welcome() {
  const now = desk.value;
  const words = t().welcome;
  return (
    <main class="welcome" id="main" tabIndex={-1}>
      <WelcomeWords
        status={now?.status ?? null}
        chosen={now?.status_cause === "chosen"}
        chats={(now?.offers.length ?? 0) + (now?.chats.length ?? 0)}
        words={words}
      />
    </main>
  );
}

function WelcomeWords({
  status,
  chosen,
  chats,
  words,
}: {
  status: string | null;
  /** Otherwise the strip above has the way back. */
  chosen: boolean;
  chats: number;
  words: ReturnType<typeof t>["welcome"];
}) {
  if (status === null) return <Skeleton lines={3} />;
  if (status === "available") {
    return chats ? (
      <Blank icon={<ChatIcon size={30} />} title={words.pickTitle} text={words.pickText} />
    ) : (
      <Blank icon={<CheckIcon size={30} />} title={words.readyTitle} text={words.readyText} />
    );
  }
  const onBreak = status === "break";
  return (
    <Blank
      icon={onBreak ? <CupIcon size={30} /> : <ChatIcon size={30} />}
      title={onBreak ? words.breakTitle : words.awayTitle}
      text={onBreak ? words.breakText : words.awayText}
    >
      {chosen && (
        <button type="button" class="button button--primary button--big" onClick={() => void setStatus("available")}>
          {words.go}
        </button>
      )}
    </Blank>
  );
}
